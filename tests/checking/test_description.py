"""DCM rules: each trips on its specimen and on nothing else; a full description has no findings."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.describing.pages import page_of

from solander.checking.description import RULES, check_description, is_w3cdtf
from solander.model.description import Description, Evidence, Statement
from solander.model.finding import Finding

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(FAULTS.glob("DCM0*"))


def description_of(statements: list[dict[str, Any]]) -> Description:
    return Description(
        statements=tuple(
            Statement(
                one["element"],
                one["value"],
                Evidence(one["origin"], one["detail"]),
                refinement=one.get("refinement"),
                chosen=one.get("chosen", True),
            )
            for one in statements
        )
    )


def judge(specimen: Path) -> list[Finding]:
    record = json.loads((specimen / "description.json").read_text(encoding="utf-8"))
    moment = record.get("captured_at")
    return check_description(
        description_of(record["statements"]),
        page_of(languages=tuple(record.get("page_languages", ()))),
        captured_at=datetime.fromisoformat(moment) if moment else None,
    )


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    assert {f"{one.code}-{one.name}" for one in judge(specimen)} == {specimen.name}


def test_every_rule_has_a_specimen() -> None:
    assert [path.name[:6] for path in SPECIMENS] == sorted(check.rule.code for check in RULES)


def test_a_full_description_has_no_findings() -> None:
    record = json.loads((FAULTS / "DCM010-date-after-capture" / "description.json").read_text(encoding="utf-8"))
    assert check_description(description_of(record["statements"])) == []


def test_a_day_of_grace_is_given_for_the_clocks_of_the_world() -> None:
    record = json.loads((FAULTS / "DCM010-date-after-capture" / "description.json").read_text(encoding="utf-8"))
    description = description_of(record["statements"])
    assert check_description(description, captured_at=datetime.fromisoformat("2021-12-07T23:00:00+00:00")) == []


@pytest.mark.parametrize("value", ["2021", "2021-12", "2021-12-08", "2021-12-08T10:00Z", "2021-12-08T10:00:00.5+01:00"])
def test_w3cdtf_is_known(value: str) -> None:
    assert is_w3cdtf(value)


@pytest.mark.parametrize(
    "value", ["", "21", "2021-13", "2021-02-30", "2021-12-08T10:00", "2021-12-08 10:00", "8.12.2021"]
)
def test_what_is_no_w3cdtf_is_known(value: str) -> None:
    assert not is_w3cdtf(value)
