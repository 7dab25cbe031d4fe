"""DCM rules: each trips on its specimen and on nothing else; a full description has no findings."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from tests.describing.pages import page_of

from solander.checking.records.description import RULES, check_description, is_w3cdtf
from solander.encoding.statements import Recorded, parse_statements
from solander.model.capture import Capture
from solander.model.finding import Finding
from solander.reading import read_page

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path for path in FAULTS.glob("DCM0*") if (path / "description.json").exists())


def recorded_in(specimen: Path) -> Recorded:
    return parse_statements((specimen / "description.json").read_bytes())


def judge(specimen: Path) -> list[Finding]:
    recorded = recorded_in(specimen)
    original = specimen / "page.html"
    page = read_page(Capture.of_bytes(original.read_bytes())) if original.exists() else page_of()
    moment = recorded.options.get("captured-at")
    return check_description(recorded.description, page, captured_at=datetime.fromisoformat(moment) if moment else None)


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    assert {f"{one.code}-{one.name}" for one in judge(specimen)} == {specimen.name}


def test_every_rule_has_a_specimen() -> None:
    assert [path.name[:6] for path in SPECIMENS] == sorted(check.rule.code for check in RULES)


def test_a_full_description_has_no_findings() -> None:
    assert check_description(recorded_in(FAULTS / "DCM010-date-after-capture").description) == []


def test_a_day_of_grace_is_given_for_the_clocks_of_the_world() -> None:
    description = recorded_in(FAULTS / "DCM010-date-after-capture").description
    assert check_description(description, captured_at=datetime.fromisoformat("2021-12-07T23:00:00+00:00")) == []


@pytest.mark.parametrize("value", ["2021", "2021-12", "2021-12-08", "2021-12-08T10:00Z", "2021-12-08T10:00:00.5+01:00"])
def test_w3cdtf_is_known(value: str) -> None:
    assert is_w3cdtf(value)


@pytest.mark.parametrize(
    "value", ["", "21", "2021-13", "2021-02-30", "2021-12-08T10:00", "2021-12-08 10:00", "8.12.2021"]
)
def test_what_is_no_w3cdtf_is_known(value: str) -> None:
    assert not is_w3cdtf(value)
