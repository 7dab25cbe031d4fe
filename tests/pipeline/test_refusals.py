"""What cannot be meant, or stands in bags already, is refused in words before anything is written."""

from datetime import datetime
from pathlib import Path

import pytest
from tests.pipeline.ferry import AT, PAGE, URI

import solander
from solander.errors import OutputInsideSource, UsageError
from solander.pipeline import (
    find_sources,
    pack_all,
    passed_by,
)


def test_what_stands_in_bags_is_packed_already(page: Path, tmp_path: Path):
    bag = solander.pack(page, into=tmp_path / "archive", at=AT).path
    for place in (bag, bag / "data", bag.parent, tmp_path):
        with pytest.raises(UsageError, match="packed already") as caught:
            find_sources([str(place)], into=tmp_path.parent / "other")
        assert "\n" not in str(caught.value)
    (tmp_path / "new").mkdir()
    (tmp_path / "new/solander.toml").write_text("")
    with pytest.raises(UsageError, match="this is an archive"):
        find_sources([str(tmp_path / "new")], into=tmp_path / "other")
    # A file that is named is taken: whoever names it means it.
    assert find_sources([str(bag / "data/original/page.html")], into=tmp_path / "other")


def test_files_that_are_no_pages_are_counted(page: Path, tmp_path: Path):
    (tmp_path / "notes.md").write_text("")
    (tmp_path / "b.PDF").write_text("")
    (tmp_path / ".hidden").write_text("")
    (tmp_path / "ferry_files").mkdir()
    (tmp_path / "ferry_files/a.css").write_text("")
    found = find_sources([str(tmp_path)], into=tmp_path.parent / "archive")
    assert found == [str(page)]
    assert passed_by([str(tmp_path)], found) == {".md": 1, ".pdf": 1}


def test_a_capture_in_hand_is_told_nothing_twice(tmp_path: Path):
    with pytest.raises(UsageError, match="bears its own uri"):
        solander.pack(solander.Capture.of_bytes(PAGE), into=tmp_path, uri=URI)


def test_the_archive_may_not_lie_in_what_is_packed(tmp_path: Path, page: Path):
    with pytest.raises(OutputInsideSource):
        find_sources([str(tmp_path)], into=tmp_path / "archive")
    with pytest.raises(OutputInsideSource):
        find_sources([str(tmp_path)], into=tmp_path)


@pytest.mark.parametrize("stated", [{"title": ""}, {"creator": ["A", "  "]}])
def test_to_state_nothing_is_no_statement(page: Path, tmp_path: Path, stated):
    with pytest.raises(UsageError, match="empty"):
        solander.pack(page, into=tmp_path / "archive", **stated)


def test_an_element_that_is_none_is_a_mistake_in_the_program(page: Path, tmp_path: Path):
    with pytest.raises(TypeError, match="colour"):
        solander.pack(page, into=tmp_path / "archive", colour="red")


def test_a_moment_without_a_zone_is_none(page: Path, tmp_path: Path):
    naive = datetime(2026, 1, 1)  # noqa: DTZ001
    with pytest.raises(UsageError, match="time zone"):
        solander.pack(page, into=tmp_path / "archive", at=naive)
    with pytest.raises(UsageError, match="time zone"):
        solander.pack(page, into=tmp_path / "archive", captured_at=naive)


@pytest.mark.parametrize("name", ["at", "captured_at"])
def test_a_moment_of_another_kind_is_refused_in_words(page: Path, tmp_path: Path, name: str):
    with pytest.raises(TypeError, match="'2020' is no moment; give one as datetime"):
        solander.pack(page, into=tmp_path / "archive", **{name: "2020"})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"uri": "not a uri"}, "with its scheme"),
        ({"uri": "/rel/x"}, "with its scheme"),
        ({"uri": "http://ida:secret@[bad/"}, "with its scheme"),
        ({"date": "yesterday"}, "2021-12-08"),
        ({"date": "2021-02-30"}, "2021-12-08"),
        ({"language": "english"}, "did you mean en?"),
        ({"language": "en_US"}, "did you mean en-US?"),
        ({"language": "klingon"}, "as en, pt-BR or zh-Hans"),
        ({"fail_on": "never"}, "info, warning, error"),
        ({"algorithms": ["crc32"]}, "the algorithms are sha512"),
        ({"algorithms": []}, "every bag is made with sha512"),
    ],
    ids=str,
)
def test_what_cannot_be_meant_is_refused_before_anything_is_written(page: Path, tmp_path: Path, asked, words: str):
    with pytest.raises(UsageError) as caught:
        solander.pack(page, into=tmp_path / "archive", **asked)
    assert words in str(caught.value)
    assert "secret" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [page]


def test_what_is_true_of_one_page_is_not_said_of_several(page: Path, tmp_path: Path):
    for asked in ({"uri": URI}, {"title": "A"}, {"identifier": "doi:10.1/a"}):
        with pytest.raises(UsageError, match="one page at a time"):
            list(pack_all([page, page], into=tmp_path / "archive", **asked))
    assert not (tmp_path / "archive").exists()
