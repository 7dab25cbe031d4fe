"""A clock that was set back between two versions of a bag: their order is that of their numbers, not of the clock."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.pipeline.ferry import AT, URI

import solander


@pytest.mark.parametrize("back", [timedelta(seconds=1), timedelta(days=400)])
def test_a_version_of_an_earlier_moment_follows_and_the_archive_is_valid(page: Path, tmp_path: Path, back: timedelta):
    archive = tmp_path / "archive"
    first = solander.pack(page, into=archive, uri=URI, at=AT)
    second = solander.pack(page, into=archive, uri=URI, at=AT - back, title="Ferries")
    third = solander.pack(page, into=archive, uri=URI, at=AT - back / 2, title="Boats")
    assert [one.version for one in (first, second, third)] == [1, 2, 3]
    assert [one.follows for one in (second, third)] == [first.name, second.name]
    assert len({one.path for one in (first, second, third)}) == 3
    report = solander.validate(archive)
    assert report.passed
    assert [one.code for one in report.at_or_above("warning") if one.code.startswith("PRM")] == []
    # What was stated last is what holds, whatever its clock said.
    again = solander.pack(page, into=archive, uri=URI, at=AT)
    assert again.already_there
    assert again.path == third.path
