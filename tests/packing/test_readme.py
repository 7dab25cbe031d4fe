"""The README of a bag: which day of its page it names, and what it calls it."""

from __future__ import annotations

import pytest

from solander.model.bag import BagInfo
from solander.model.description import Description, Evidence, Statement
from solander.packing.readme import write_readme


def said(**days: str) -> str:
    evidence = Evidence("meta", "date")
    statements = tuple(Statement("date", day, evidence, refinement=which) for which, day in days.items())
    text = write_readme(BagInfo(), (), ("sha512",), Description(statements=statements)).decode()
    (line,) = [line for line in text.splitlines() if line.lstrip().startswith("Date")]
    return line.partition("Date")[2].strip(" :")


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ({"issued": "2020-05-01", "modified": "2020-05-04"}, "2020-05-01"),
        ({"issued": "2020-05-01"}, "2020-05-01"),
        ({"modified": "2020-05-04"}, "last changed 2020-05-04"),
        ({}, "not known"),
    ],
)
def test_the_day_of_the_last_change_is_called_so_and_stands_only_where_no_other_is_known(
    days: dict[str, str], told: str
) -> None:
    assert said(**days) == told
