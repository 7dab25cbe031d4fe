"""A disk that is full or refuses, and a place where nothing may be written, are told in a line; nothing is left."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.files.folders import FILES, contents, names
from tests.permissions import as_nobody
from tests.small_disks import small_disk_at

from solander.errors import ArchiveUnwritable
from solander.files import whole
from solander.files.refusals import WHY
from solander.files.whole import made_folder, write_file, write_folder


@pytest.fixture
def small_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    with small_disk_at(tmp_path, 256 * 1024, monkeypatch) as disk:
        yield disk


def test_a_full_disk_is_told_in_one_line_and_leaves_nothing(small_disk: Path) -> None:
    with pytest.raises(ArchiveUnwritable, match="the disk is full; nothing was kept") as caught:
        write_folder(small_disk, "bag", [*FILES, ("large", [b"x" * 65536] * 8)])
    assert "\n" not in str(caught.value)
    assert names(small_disk) == []
    with pytest.raises(ArchiveUnwritable, match="the disk is full"):
        write_file(small_disk / "large", b"x" * 512 * 1024)
    assert names(small_disk) == []


@pytest.mark.parametrize("number", [errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES])
def test_a_refusal_at_the_last_moment_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refuse(_: int) -> bool:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(whole, "sync_file_system", refuse)
    with pytest.raises(ArchiveUnwritable) as caught:
        write_folder(tmp_path, "bag", FILES)
    assert caught.value.what == WHY[number]
    assert names(tmp_path) == []


def test_no_permission_is_told_in_one_line() -> None:
    with tempfile.TemporaryDirectory() as name:
        archive = Path(name)
        archive.chmod(0o555)
        with as_nobody():
            for act in (
                lambda: write_folder(archive, "bag", FILES),
                lambda: write_file(archive / "x", b""),
                lambda: made_folder(archive / "a" / "b").__enter__(),
            ):
                with pytest.raises(ArchiveUnwritable, match="no permission to write here"):
                    act()
        assert names(archive) == []


def test_an_archive_that_is_missing_or_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveUnwritable, match="there is no such folder"):
        write_folder(tmp_path / "none", "bag", FILES)
    with pytest.raises(ArchiveUnwritable, match="this is no folder"):
        write_folder(tmp_path / "file", "bag", FILES)
    with pytest.raises(ArchiveUnwritable, match="this is no folder"), made_folder(tmp_path / "file" / "below"):
        pass


def test_another_file_system_is_written_to_like_any(tmp_path: Path) -> None:
    # Shared memory is a file system of its own on every Linux; nothing is ever renamed across.
    here = tmp_path.stat().st_dev
    places = map(Path, ("/dev/shm", Path(__file__).parent, "/var/tmp", "/tmp"))
    other = next(one for one in places if one.stat().st_dev != here)
    with tempfile.TemporaryDirectory(dir=other) as name:
        assert contents(write_folder(Path(name), "bag", FILES)) == dict(FILES)
        assert names(Path(name)) == ["bag"]
