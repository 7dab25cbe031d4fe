"""Every file of the corpora of captures is read, or refused with a reason: no traceback, no hang, bounded memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CORPORA = Path(__file__).parents[2] / "shared" / "corpora"
FOLDERS = ("warc", "wacz", "mhtml", "saved-html", "wet", "captures")
FILES = [path for folder in FOLDERS for path in sorted((CORPORA / folder).rglob("*")) if path.is_file()]
SECONDS = 600
"""After that a command hangs; none takes a tenth of it on a machine that does nothing else."""
MEMORY_MIB = 200

pytestmark = pytest.mark.corpora

Run = Callable[..., dict[str, object]]


@pytest.fixture(scope="module")
def solander() -> Iterator[Run]:
    """Commands of ``solander``, each in a process of its own; how it ended, what it said, and its peak of memory."""
    command = [sys.executable, str(Path(__file__).with_name("each_file_alone.py")), str(SECONDS)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        written, read = child.stdin, child.stdout

        def run(*arguments: str | Path) -> dict[str, object]:
            written.write(json.dumps([str(one) for one in arguments]) + "\n")
            written.flush()
            done = json.loads(read.readline())
            assert isinstance(done, dict)
            return done

        yield run
        written.close()


def test_the_corpora_are_all_there(shared: Path) -> None:
    found = [path for folder in FOLDERS for path in (shared / "corpora" / folder).rglob("*") if path.is_file()]
    assert len(found) == len(FILES) > 130


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPORA)))
def test_a_file_is_packed_or_refused_with_a_reason(path: Path, solander: Run, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    done = solander("pack", path, "--into", archive)
    said = str(done["stderr"])
    bags = [one for one in archive.iterdir() if one.name[0] != "."] if archive.exists() else []
    assert done["status"] in (0, 1, 3), said
    assert "Traceback" not in said
    assert 0 < float(str(done["peak_mib"])) < MEMORY_MIB
    # A page that a file holds twice is told twice, and is one bag.
    assert set(str(done["stdout"]).splitlines()) == set(map(str, bags))
    assert not list(archive.glob(".*")) if archive.exists() else True
    told = [line for line in said.splitlines() if line.startswith("solander: ")]
    # What there is no bag of, and no other page of the same file, is told with its name and a reason.
    assert bags or (told and all(len(line.partition(f"{path}: ")[2]) > 10 for line in told))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORPORA)))
def test_a_file_is_judged(path: Path, solander: Run) -> None:
    done = solander("validate", path)
    assert done["status"] in (0, 1, 3), done["stderr"]
    assert "Traceback" not in str(done["stderr"])
    assert 0 < float(str(done["peak_mib"])) < MEMORY_MIB
    assert done["stdout"] or "solander: " in str(done["stderr"])
