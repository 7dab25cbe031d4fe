"""Other objects of the same bytes or of the same address are told, the first of them by name and the rest by number."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.pipeline.ferry import AT, PAGE, URI, contents

import solander


def _captured(day: int, content: bytes = PAGE, uri: str | None = URI) -> solander.Capture:
    return solander.Capture(content=content, uri=uri, captured_at=AT - timedelta(days=day))


def test_what_is_told_of_a_thousandth_capture_is_no_longer_than_of_the_fourth(tmp_path: Path):
    archive = tmp_path / "archive"
    made = [solander.pack(_captured(day), into=archive, at=AT) for day in range(6)]
    assert [one.same_bytes_total for one in made] == [0, 1, 2, 3, 4, 5]
    assert [len(one.same_bytes) for one in made] == [0, 1, 2, 3, 3, 3]
    assert all(one.same_address == () for one in made)


def test_a_page_that_changed_at_its_address_is_told_where_the_other_stands(tmp_path: Path):
    archive = tmp_path / "archive"
    first = solander.pack(_captured(1), into=archive, at=AT)
    changed = _captured(0, PAGE.replace(b"ferry", b"boat"))
    second = solander.pack(changed, into=archive, at=AT)
    assert (second.same_address, second.same_address_total, second.same_bytes) == ((first.name,), 1, ())
    assert second.version == 1
    assert solander.pack(changed, into=archive).same_address == ()
    assert solander.pack(changed, into=archive, at=AT, title="Boats").same_address == ()
    alone = solander.pack(changed, into=tmp_path / "alone", at=AT)
    assert contents(alone.path) == contents(second.path)


def test_pages_without_an_address_or_of_another_have_nothing_in_common(tmp_path: Path):
    archive = tmp_path / "archive"
    solander.pack(_captured(1, uri=None), into=archive, at=AT)
    solander.pack(_captured(1), into=archive, at=AT)
    other = PAGE.replace(b"ferry", b"boat")
    assert solander.pack(_captured(0, other, None), into=archive, at=AT).same_address == ()
    assert solander.pack(_captured(0, other, f"{URI}s"), into=archive, at=AT).same_address == ()
