"""Of many reports that are kept at once, what they say alike is kept once, and each says what it said."""

from __future__ import annotations

import pickle
import sys

from hypothesis import given
from tests.reporting.verdicts import parts

from solander.model.finding import Report
from solander.pipeline.judgement.reports_kept import Keeping


@given(report=parts)
def test_a_report_that_is_kept_says_what_it_said(report: Report) -> None:
    assert Keeping().kept(report) == report


def test_reports_from_another_process_share_their_rules() -> None:
    rules = tuple(f"{family}{number:03}" for family in ("BAG", "TEI") for number in range(80))
    report = Report(subject="a", rules=rules, counts=(("words of a page", 3),))
    keeping = Keeping()
    first, second = (keeping.kept(pickle.loads(pickle.dumps(report))) for _ in range(2))
    assert first.rules is second.rules
    assert first.counts[0][0] is second.counts[0][0] is sys.intern("words of a page")
