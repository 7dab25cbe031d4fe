"""The files of tests that take longest, so that none of them is begun when all others are done.

Each is given to one worker whole (``--dist loadfile``), and by itself xdist begins with those of most tests, which are
not those of most work. Measured by processor time, what they start included; the order is that of the measurement.
"""

from __future__ import annotations

from pathlib import Path

BEGUN_FIRST = (
    "depositing/test_contract.py",
    "test_capture_corpora.py",
    "test_corpora.py",
    "hostile/test_hostile.py",
    "cli/test_costly_input.py",
    "batch/test_killed.py",
    "checking/test_tei_grammar.py",
    "test_mutated_bags.py",
    "test_long_texts.py",
    "test_wheel.py",
    "depositing/test_odd_answers.py",
    "depositing/test_hiding.py",
    "test_docs.py",
    "test_in_ci.py",
    "test_bagging_killed.py",
    "depositing/test_secrets.py",
    "batch/test_elsewhere.py",
    "test_altered_words.py",
    "serving/crawls/test_as_files.py",
)


def place(path: Path) -> int:
    """Where the tests of a file stand: those that are not named come behind all that are, as they were found."""
    name = path.relative_to(Path(__file__).parent).as_posix()
    return BEGUN_FIRST.index(name) if name in BEGUN_FIRST else len(BEGUN_FIRST)
