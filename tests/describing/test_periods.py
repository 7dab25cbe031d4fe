"""A day on which a time ends is no day of issue."""

from __future__ import annotations

import pytest

from solander.describing import describe
from solander.model.capture import Capture
from solander.reading import read_page

TEXT = """The Harbour Board

{line}

The Board met eleven times and heard the reports of its surveyor upon the dredging of the inner basin, which was done.
"""


def days(line: str) -> list[str]:
    capture = Capture.of_bytes(TEXT.format(line=line).encode(), media_type="text/plain")
    return [one.value for one in describe(read_page(capture), capture).statements if one.element == "date"]


@pytest.mark.parametrize(
    "line",
    [
        "For the year ending 31 December 1961",
        "Half-year ended on 30 June 1961",
        "Valid until 31 December 1961",
        "Geschäftsjahr bis zum 31. Dezember 1961",
        "Exercice clos le 31 décembre 1961",
        "Année close le 31 décembre 1961",
        "Отчёт с 1 января по 31 декабря 1961",
    ],
)
def test_a_day_on_which_a_time_ends_is_no_day_of_issue(line: str):
    assert days(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "31 December 1961",
        "Skerry Point, 31 December 1961",
        "Published 31 December 1961",
        "Grußwort zum 31. Dezember 1961",
        "At close 31 December 1961",
        "Отчёт по 31 декабря 1961",
    ],
)
def test_a_day_by_itself_still_is(line: str):
    assert days(line) == ["1961-12-31"]
