"""Every bag has its turn: first those that waited longest, damaged ones in every run, and no more than was asked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.auditing.audits import AT, DAY, NAMES, audit, bag, codes, harm, names

from solander.model.audit import LOG_NAME
from solander.pipeline import open_audit


def test_bags_never_checked_come_first_and_then_those_that_were_not_for_longest(archive: Path):
    assert names(audit(archive, bags=2)) == ["a", "b"]
    assert names(audit(archive, AT + DAY, bags=1)) == ["c"]
    bag(archive, "aa")
    assert names(audit(archive, AT + 2 * DAY, every=0)) == ["aa", "d", "e", "a", "b", "c"]


def test_what_was_found_valid_is_passed_by_until_its_days_are_over(archive: Path):
    audit(archive)
    with open_audit(archive, at=AT + 90 * DAY - timedelta(seconds=1)) as one:
        assert (one.due, one.passed_by, one.left) == ((), 5, 0)
    assert names(audit(archive, AT + 90 * DAY)) == NAMES


def test_what_was_found_damaged_is_checked_in_every_run_and_keeps_no_other_waiting(archive: Path):
    harm(archive / "a/data/letter.txt")
    assert names(audit(archive, bags=1)) == ["a"]
    assert [names(audit(archive, AT + n * DAY, bags=2)) for n in (1, 2, 3)] == [["b", "c"], ["d", "e"], ["a"]]
    assert "BAG003" in codes(audit(archive, AT + 4 * DAY))


def test_a_moment_that_is_yet_to_come_proves_nothing(archive: Path):
    audit(archive, AT + 1000 * DAY)
    assert names(audit(archive)) == NAMES


@settings(max_examples=15)
@given(limits=st.lists(st.integers(1, 4), min_size=1, max_size=6))
def test_however_the_work_is_parted_no_bag_has_a_second_turn_before_each_had_its_first(tmp_path_factory, limits):
    archive = tmp_path_factory.getbasetemp() / "parted" / "archive"
    if not archive.exists():
        for name in NAMES:
            bag(archive, name)
    (archive / LOG_NAME).unlink(missing_ok=True)
    turns = [
        name for day, limit in enumerate(limits) for name in names(audit(archive, AT + day * DAY, every=0, bags=limit))
    ]
    assert turns == [NAMES[number % 5] for number in range(sum(limits))]


@pytest.mark.parametrize("work", [{"size_bytes": 1}, {"minutes": 0}])
def test_a_bound_ends_a_run_after_one_bag_at_least(archive: Path, work: dict):
    assert [names(audit(archive, **work)) for _ in range(3)] == [["a"], ["b"], ["c"]]


def test_bytes_are_those_of_the_bags_that_were_checked(archive: Path):
    size_bytes = sum(path.stat().st_size for path in (archive / "a").rglob("*") if path.is_file())
    assert names(audit(archive, size_bytes=size_bytes + 1)) == ["a", "b"]
