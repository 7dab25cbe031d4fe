"""What could not be read is not said to be lacking: no list, no folder and no name in another normal form."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.making import PAYLOAD, Maker, bag, manifest_of

import solander
from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.packing.parse import parse_bag
from solander.pipeline.showing.holdings import look_into

TWO = {name: manifest_of(PAYLOAD, name) for name in ("sha512", "sha256")}


@pytest.fixture
def judged_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Judge a bag of which the system lets nobody read some files; the codes of what is found."""

    def judge(make: Maker, *unread: str) -> list[str]:
        folder = tmp_path / "bag"
        folder.mkdir()
        make(folder)
        chunks = Folder.chunks

        def refused(self: Folder, path: str) -> object:
            if path in unread:
                raise ArchiveError(folder / path, "no permission to read it")
            return chunks(self, path)

        monkeypatch.setattr(Folder, "chunks", refused)
        report = solander.validate(folder)
        assert report.unchecked
        return [one.code for one in report.findings]

    return judge


def test_nobody_says_what_a_manifest_lacks_that_was_not_read(judged_without: Callable[..., list[str]]) -> None:
    assert judged_without(bag(), "manifest-sha512.txt") == ["BAG025"]


def test_nobody_says_what_a_tag_manifest_lacks_that_was_not_read(judged_without: Callable[..., list[str]]) -> None:
    assert judged_without(bag(), "tagmanifest-sha512.txt") == ["BAG025"]


def test_of_two_manifests_the_one_that_was_read_is_held_to_what_it_says(
    judged_without: Callable[..., list[str]],
) -> None:
    manifests = {f"manifest-{name}.txt": lines for name, lines in TWO.items()}
    assert judged_without(bag(manifests=manifests, without=("data/a.txt",)), "manifest-sha256.txt") == [
        "BAG025",
        "BAG004",
    ]


def test_a_file_in_another_normal_form_is_shown_as_there(tmp_path: Path) -> None:
    listed, there = (unicodedata.normalize(form, "data/café.txt") for form in ("NFC", "NFD"))
    bag({listed: b"a", "data/gone": b"b"}, without=(listed, "data/gone"), unlisted={there: b"a"})(tmp_path)
    assert parse_bag(Folder(tmp_path)).lacking() == ["data/gone"]
    assert look_into(tmp_path).damage == ("data/gone: there is no such file",)
