"""What the source names of the documentation is there: pages, sections, laws; and so is every prefix of a rule."""

import re
from pathlib import Path

import pytest
from tests.house import FILES, SOURCE

from solander.pipeline.judgement.rulebook import rules

ROOT = SOURCE.parents[1]

_CITED = re.compile(
    r"(?P<page>(?:docs/\w+|CONTRIBUTING)\.md)(?P<sections>(?:(?:,| and) \"[^\"]+\")*)(?P<numbers>, sections? [0-9])?"
)
_LAW = re.compile(r"docs/design\.md, (?:section 1(?:, | \())?laws? (?P<first>[0-9]+)(?: and (?P<second>[0-9]+))?")
_ELSEWHERE = re.compile(r"DESIGN|STYLE\b|\bissues? [0-9]")


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_section_that_a_source_line_cites_is_there(file: Path) -> None:
    for line in source_lines(file):
        assert not _ELSEWHERE.search(line), f"{file}: nobody else can open what this names: {line}"
        for cited in _CITED.finditer(line):
            page = (ROOT / cited["page"]).read_text(encoding="utf-8")
            for section in re.findall('"([^"]+)"', cited["sections"]):
                assert re.search(rf"^#+ {re.escape(section)}$|^(?:- )?\*\*{re.escape(section)}\.?\*\*", page, re.M), (
                    f"{file}: {cited['page']} has no {section!r}"
                )
            for number in re.findall("[0-9]", cited["numbers"] or ""):
                assert f"\n## {number}. " in page, f"{file}: {cited['page']} has no section {number}"


@pytest.mark.parametrize("file", FILES, ids=str)
def test_every_law_that_a_source_line_cites_is_one_of_seven(file: Path) -> None:
    for line in source_lines(file):
        for cited in _LAW.finditer(line):
            assert {int(one) for one in cited.groups() if one} <= set(range(1, 8)), f"{file}: {line}"


def source_lines(file: Path) -> list[str]:
    """What stands behind ``Source:`` in a file's docstrings, to the end of the paragraph, each as one line."""
    found = re.findall(
        r"^ *Sources?: (.*?)(?=\n\s*\n|\"\"\")", (SOURCE / file).read_text(encoding="utf-8"), re.M | re.S
    )
    return [" ".join(one.split()) for one in found]


def test_every_prefix_of_a_rule_is_told_in_the_design() -> None:
    design = (ROOT / "docs" / "design.md").read_text(encoding="utf-8")
    section = design.partition("\n## 7. ")[2].partition("\n## ")[0]
    told = set(re.findall("`([A-Z]{3})`", section))
    assert told == {rule.code[:3] for rule in rules()}
