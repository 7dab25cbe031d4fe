"""Archive files are written whole or not at all, the same bytes everywhere, and are read by others."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.files.archive_files import told

from solander.errors import ArchiveError, ArchiveUnwritable, NameTaken
from solander.files.folder import Folder
from solander.files.serialised import find_serialised
from solander.files.serialising import (
    FORMS,
    MOMENT,
    ZipMember,
    directory_end,
    directory_line,
    local_header,
    stored_gzip,
    write_serialised,
)
from solander.model.ports import Entry, Wanted

FILES = {
    "bagit.txt": b"BagIt",
    "data/100%.txt": b"",
    "data/a folder/page.html": b"<p>Words" * 90_000,
    "data/é\n.txt": b"words",
    "data/" + "long-" * 40 + "name": b"long",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bag"
    for name, content in FILES.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_bytes(content)
    (made / "data" / "empty").mkdir()
    return made


def digests(tree) -> list:
    found = [entry for entry in tree.entries() if entry.kind == "file"]
    return sorted(tree.hashed([Wanted(one.path, one.size_bytes, ("sha256",)) for one in found]))


@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read_as_the_folder_is(folder: Path, tmp_path: Path, form: str) -> None:
    made = write_serialised(tmp_path / f"bag.{form}", Folder(folder), "bag", form)
    tree = find_serialised(made)
    assert tree is not None
    assert sorted(tree.entries()) == sorted(Folder(folder).entries())
    assert digests(tree) == digests(Folder(folder))
    assert told(tree) == []
    assert (tree.form, tree.serialisation().root) == (form, "bag")


@pytest.mark.parametrize("form", FORMS)
def test_others_read_what_is_written(folder: Path, tmp_path: Path, form: str) -> None:
    made = write_serialised(tmp_path / f"bag.{form}", Folder(folder), "bag", form)
    (tmp_path / "out").mkdir()
    if form == "zip":
        with zipfile.ZipFile(made) as archive:
            assert archive.testzip() is None
            archive.extractall(tmp_path / "out")
    else:
        subprocess.run(["tar", "-xf", made], cwd=tmp_path / "out", check=True)
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["bag"]
    assert sorted(Folder(tmp_path / "out" / "bag").entries()) == sorted(Folder(folder).entries())
    assert digests(Folder(tmp_path / "out" / "bag")) == digests(Folder(folder))


@pytest.mark.parametrize(
    ("form", "sha256"),
    [
        ("zip", "26e3d78dac3a33943f301711dbc02bfb9edc21016b98e9489cefb1d1e2e3ed48"),
        ("tar", "9894ef67fa661f36f7f333059cbf2ad45d3dda8c666c934c4bd45c54957132fd"),
        ("tar.gz", "b1b469f23f82d951bcadbce34b8d959a6c938872eb6e2a1cc5a2ed6f107c834e"),
    ],
)
def test_the_same_folder_makes_the_same_bytes_on_every_machine(
    folder: Path, tmp_path: Path, form: str, sha256: str
) -> None:
    os.utime(folder / "bagit.txt", (1, 1))
    (folder / "bagit.txt").chmod(0o600)
    before = os.umask(0o077)
    try:
        made = write_serialised(tmp_path / "made", Folder(folder), "bag", form)
    finally:
        os.umask(before)
    assert hashlib.sha256(made.read_bytes()).hexdigest() == sha256
    assert made.stat().st_mode & 0o777 == 0o644


def test_owners_and_moments_are_nobodys(folder: Path, tmp_path: Path) -> None:
    with tarfile.open(write_serialised(tmp_path / "bag.tar", Folder(folder), "bag", "tar")) as archive:
        assert {(one.uid, one.gid, one.uname, one.gname, one.mtime) for one in archive} == {(0, 0, "", "", MOMENT)}
    with zipfile.ZipFile(write_serialised(tmp_path / "bag.zip", Folder(folder), "bag", "zip")) as archive:
        assert {(one.date_time, one.compress_type) for one in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


class Unruly(Folder):
    """A folder in which something happens while it is read."""

    def __init__(self, path: Path, happens: str) -> None:
        super().__init__(path)
        self.happens = happens
        self.reads = 0

    def chunks(self, path: str) -> Iterator[bytes]:
        self.reads += 1
        if path.endswith("page.html"):
            if self.happens == "refuses":
                raise ArchiveError(self.path / path, "no permission to read it")
            if self.happens == "grows":
                yield b"more"
            if self.happens == "changes":
                yield bytes([self.reads]) * 720_000
                return
            if self.happens == "shrinks":
                return
        yield from super().chunks(path)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("happens", ["refuses", "grows", "shrinks"])
def test_what_cannot_be_read_or_changes_leaves_nothing(folder: Path, tmp_path: Path, form: str, happens: str) -> None:
    with pytest.raises(ArchiveError):
        write_serialised(tmp_path / "made", Unruly(folder, happens), "bag", form)
    assert [one.name for one in tmp_path.iterdir()] == ["bag"]


def test_what_changes_without_changing_its_size_leaves_no_zip_file(folder: Path, tmp_path: Path) -> None:
    # A zip file has a checksum before the bytes, so that each file is read twice.
    with pytest.raises(ArchiveError, match="it changed while it was read"):
        write_serialised(tmp_path / "made", Unruly(folder, "changes"), "bag", "zip")
    assert [one.name for one in tmp_path.iterdir()] == ["bag"]


@pytest.mark.parametrize("form", FORMS)
def test_what_an_archive_file_should_not_hold_is_refused(folder: Path, tmp_path: Path, form: str) -> None:
    for harm in (
        lambda: (folder / "data" / "link").symlink_to("/etc/passwd"),
        lambda: os.mkfifo(folder / "data" / "pipe"),
        lambda: (folder / "data" / "a\\b").touch(),
    ):
        harm()
        with pytest.raises(ArchiveError):
            write_serialised(tmp_path / "made", Folder(folder), "bag", form)
        assert not (tmp_path / "made").exists()


def test_a_name_that_is_no_utf8_goes_into_a_tar_file_alone(folder: Path, tmp_path: Path) -> None:
    (folder / "data" / "\udcff").touch()
    with pytest.raises(ArchiveError, match="no UTF-8"):
        write_serialised(tmp_path / "bag.zip", Folder(folder), "bag", "zip")
    tree = find_serialised(write_serialised(tmp_path / "bag.tar", Folder(folder), "bag", "tar"))
    assert tree is not None
    assert Entry("data/\udcff", "file", 0) in set(tree.entries())


def test_nothing_is_replaced_unless_it_is_asked_for(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "bag.zip").write_bytes(b"mine")
    with pytest.raises(NameTaken):
        write_serialised(tmp_path / "bag.zip", Folder(folder), "bag", "zip")
    assert (tmp_path / "bag.zip").read_bytes() == b"mine"
    write_serialised(tmp_path / "bag.zip", Folder(folder), "bag", "zip", replace=True)
    assert zipfile.is_zipfile(tmp_path / "bag.zip")
    with pytest.raises(ArchiveUnwritable):
        write_serialised(tmp_path / "none" / "bag.zip", Folder(folder), "bag", "zip")


@pytest.mark.parametrize("root", ["", ".", "..", "a/b", "a\\b", "C:", "a\0"])
def test_a_root_is_one_folder(folder: Path, tmp_path: Path, root: str) -> None:
    with pytest.raises(ValueError, match="no name for a folder"):
        write_serialised(tmp_path / "made", Folder(folder), root, "tar")
    with pytest.raises(ValueError, match="none of"):
        write_serialised(tmp_path / "made", Folder(folder), "bag", "rar")


def test_what_passes_32_bits_has_64() -> None:
    # No disk is filled for it: the records are made, and Python's reader is asked.
    large = 5 << 30
    lines = [ZipMember(b"bag/a", False, large, 7, 0), ZipMember(b"bag/b", False, 3, 7, large + 55)]
    listed = b"".join(map(directory_line, lines))
    begin = large + 100
    end = directory_end(2, begin, begin + len(listed))
    with zipfile.ZipFile(Sparse(begin, listed + end)) as archive:
        assert [(one.file_size, one.compress_size, one.header_offset) for one in archive.infolist()] == [
            (large, large, 0),
            (3, 3, large + 55),
        ]
    local = local_header(lines[0])
    assert int.from_bytes(local[-16:-8], "little") == large


class Sparse:
    """A file of zeros with something at its end."""

    def __init__(self, begin: int, tail: bytes) -> None:
        self.begin, self.tail, self.at = begin, tail, 0

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.at

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + (0, self.at, self.begin + len(self.tail))[whence]
        return self.at

    def read(self, size: int = -1) -> bytes:
        found = self.tail[max(0, self.at - self.begin) :][: size if size >= 0 else None]
        self.at += len(found)
        return found


@given(pieces=st.lists(st.binary(max_size=200) | st.integers(0, 200_000).map(bytes)))
def test_a_gzip_file_of_stored_blocks_holds_what_was_given(pieces: list[bytes]) -> None:
    assert gzip.decompress(b"".join(stored_gzip(pieces))) == b"".join(pieces)
