"""Tar files as trees, compressed or not: read where they lie, twice at most, and what is cut or harmed is told."""

from __future__ import annotations

import gzip
import io
import os
import random
import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.files.archive_files import (
    BLOCK,
    FILES,
    PACKED,
    assert_holds_the_files,
    faults,
    gzip_of,
    in_root,
    pax,
    refused,
    tar_bytes,
    tar_member,
    told,
    tree_of,
    wanted,
)

from solander.errors import ArchiveError
from solander.files import tar_tree
from solander.files.serialised import find_serialised
from solander.files.tar_tree import TarTree
from solander.model.ports import Entry


@pytest.mark.parametrize("form", PACKED)
def test_a_tar_file_is_a_tree(tmp_path: Path, form: str) -> None:
    tree = tree_of(tmp_path / "called-anything", PACKED[form](tar_bytes(in_root(FILES))))
    assert_holds_the_files(tree)
    assert told(tree) == []
    assert tree.serialisation().form == form


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_that_python_writes_is_read(tmp_path: Path, form: int) -> None:
    names = ["bag/a", "bag/" + "folder/" * 12 + "x" * 40, "bag/é.txt"]
    if form != tarfile.USTAR_FORMAT:
        names += ["bag/" + "folder/" * 40 + "y" * 200, "bag/\udcff.txt"]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=form, errors="surrogateescape") as archive:
        for name in names:
            member = tarfile.TarInfo(name)
            member.size, member.mtime = 5, 1.5
            archive.addfile(member, io.BytesIO(b"words"))
    tree = tree_of(tmp_path / "bag.tar", made.getvalue())
    assert {f"bag/{one.path}" for one in wanted(tree)} == set(names)
    assert tree.read(names[-1][4:], 5) == b"words"
    assert told(tree) == []


@pytest.mark.parametrize("form", ["v7", "oldgnu", "gnu", "ustar", "posix"])
def test_every_form_that_gnu_tar_writes_is_read(tmp_path: Path, form: str) -> None:
    for name, content in in_root(FILES).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    made = subprocess.run(
        ["tar", "-cf", "-", f"--format={form}", "./bag"], cwd=tmp_path, capture_output=True, check=True
    )
    tree = tree_of(tmp_path / "bag.tar", made.stdout)
    assert {one.path for one in wanted(tree)} == set(FILES)
    assert told(tree) == []


@pytest.mark.parametrize("name", ["/etc/passwd", "../evil", "bag/../../evil", "bag\\data\\a", "C:/evil"])
def test_a_name_that_leads_elsewhere_is_told_and_not_listed(tmp_path: Path, name: str) -> None:
    for more in (tar_member(name, b"evil"), pax(path=name) + tar_member("bag/a", b"evil")):
        tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/bagit.txt": b""}, more))
        assert told(tree) == [("member-outside", ".")]
        assert [one.path for one in tree.entries()] == ["bagit.txt"]


def test_a_nul_in_a_name_is_told(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b""}, pax(path="bag/b\0.txt") + tar_member("bag/b")))
    assert [fault.message for fault in faults(tree, "member-outside")] == [
        "bag/b\0.txt: its name holds a NUL; it was not read"
    ]


def test_links_and_devices_are_named_and_never_followed(tmp_path: Path) -> None:
    more = [
        tar_member("bag/link", flag=b"2", link=b"/etc/passwd"),
        tar_member("bag/pipe", flag=b"6"),
        tar_member("bag/disk", flag=b"4"),
        tar_member("bag/hard", flag=b"1", link=b"bag/a"),
        tar_member("bag/other", b"words", flag=b"Q"),
    ]
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b""}, *more))
    assert sorted(tree.entries()) == [
        Entry("a", "file", 0),
        Entry("disk", "special"),
        Entry("link", "symlink"),
        Entry("pipe", "special"),
    ]
    assert refused(tree, "link") == "it is a symbolic link"
    assert told(tree) == [("member-irregular", "hard"), ("member-irregular", "other")]


def test_a_link_is_no_folder_to_pass_through(tmp_path: Path) -> None:
    more = [tar_member("bag/data", flag=b"2", link=b"/etc"), tar_member("bag/data/passwd", b"evil")]
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b""}, *more))
    assert told(tree) == [("member-repeated", "data/passwd")]
    assert refused(tree, "data/passwd") == "there is no such member"


def test_a_name_that_stands_twice_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    more = [tar_member("./bag/a", b"second"), tar_member("bag/d/", flag=b"5"), tar_member("bag/d/", flag=b"5")]
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b"first"}, *more))
    assert told(tree) == [("member-repeated", "a")]
    assert tree.read("a", 5) == b"first"


def test_two_roots_are_told(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"one/bagit.txt": b"", "two/bagit.txt": b""}))
    (fault,) = faults(tree, "root-not-one")
    assert fault.found == "one, two"


@pytest.mark.parametrize("form", PACKED)
def test_a_tar_file_that_is_cut_off_is_never_read_as_whole(tmp_path: Path, form: str) -> None:
    chance = random.Random(7)
    whole = PACKED[form](tar_bytes(in_root({"a": chance.randbytes(9000), "b": chance.randbytes(9000)})))
    for kept in (len(whole) // 3, len(whole) - 6000, len(whole) - 1500, len(whole) - 20):
        tree = tree_of(tmp_path / f"bag.{form}", whole[:kept])
        assert {kind for kind, _ in told(tree)} & {"unreadable", "edges-irregular"} or form == "tar"
        found = list(tree.hashed(wanted(tree)))
        assert all(one.digests or one.fault for one in found)
        if form == "tar" and kept < len(whole) - 1024:
            assert told(tree)


def test_a_tar_file_without_its_end_is_read_and_told(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b"words"})[: -2 * BLOCK])
    assert told(tree) == [("edges-irregular", ".")]
    assert tree.read("a", 5) == b"words"


@pytest.mark.parametrize("form", PACKED)
def test_bytes_behind_the_end_are_told(tmp_path: Path, form: str) -> None:
    sound = tar_bytes({"bag/a": b"words"})
    for content in (sound + b"tail", sound + bytes(2 << 20), sound + tar_bytes({"bag/b": b""})):
        assert told(tree_of(tmp_path / "bag.tar", PACKED[form](content))) == [("edges-irregular", ".")]
    assert told(tree_of(tmp_path / "bag.tar", PACKED[form](sound + bytes(10_240)))) == []


@pytest.mark.parametrize("form", ["tar.gz", "tar.bz2", "tar.xz"])
def test_compressed_parts_follow_one_another_and_what_is_none_is_told(tmp_path: Path, form: str) -> None:
    content = tar_bytes({"bag/a": b"words" * 1000})
    parts = PACKED[form](content[:700]) + PACKED[form](content[700:])
    tree = tree_of(tmp_path / "bag.tar", parts)
    assert tree.read("a", 5000) == b"words" * 1000
    assert told(tree) == []
    assert told(tree_of(tmp_path / "bag.tar", parts + bytes(1024))) == []
    assert told(tree_of(tmp_path / "bag.tar", parts + b"tail")) == [("edges-irregular", ".")]
    assert told(tree_of(tmp_path / "bag.tar", parts + bytes(99) + b"tail")) == [("edges-irregular", ".")]


@pytest.mark.parametrize("form", ["tar.gz", "tar.bz2", "tar.xz"])
def test_a_damaged_compression_is_told(tmp_path: Path, form: str) -> None:
    whole = bytearray(PACKED[form](tar_bytes(in_root({"a": random.Random(7).randbytes(900_000)}))))
    whole[-30 if form != "tar.gz" else -7] ^= 0x55
    assert told(tree_of(tmp_path / "bag.tar", bytes(whole))) == [("unreadable", ".")]


def test_what_is_compressed_and_no_tar_file_is_none(tmp_path: Path) -> None:
    for content in (gzip.compress(b"<p>Words" * 99), gzip_of([bytes(1 << 23)]), bytes(10_240)):
        (tmp_path / "page.tar.gz").write_bytes(content)
        assert find_serialised(tmp_path / "page.tar.gz") is None


def test_of_what_cannot_be_decompressed_the_name_tells(tmp_path: Path) -> None:
    for content in (b"\x1f\x8b\x08", b"BZh91AY", b"\xfd7zXZ\0"):
        (tmp_path / "page.gz").write_bytes(content)
        assert find_serialised(tmp_path / "page.gz") is None
        assert told(tree_of(tmp_path / "bag.tgz", content))[0] == ("unreadable", ".")


def test_small_members_of_a_compressed_file_are_kept_and_large_ones_decoded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tar_tree, "KEPT_TAG_BYTES", 1000)
    monkeypatch.setattr(tar_tree, "KEPT_PAYLOAD_BYTES", 8)
    files = {"bagit.txt": b"BagIt", "data/a": b"a" * 9, "data/b": b"b" * 7, "data/c": b"c" * 7, "large": b"l" * 1500}
    tree = tree_of(tmp_path / "bag.tar.gz", gzip.compress(tar_bytes(in_root(files))))
    assert {path: tree.read(path, 1500) for path in files} == files
    (tmp_path / "bag.tar.gz").unlink()
    # What was kept is kept from the bytes that were read first; the file must be there all the same.
    assert refused(tree, "bagit.txt") == "there is no such file or folder"


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.tar", gzip.compress(tar_bytes(in_root(FILES))))
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    next(tree.chunks("data/a/page.html"))
    refused(tree, "none")
    next(tree.hashed(wanted(tree)))
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before


def test_a_pipe_is_no_archive_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "bag.tar")
    with pytest.raises(ArchiveError, match="no regular file"):
        find_serialised(tmp_path / "bag.tar")


@pytest.mark.parametrize("compression", [None, "gz"])
def test_all_files_are_read_in_one_pass_whatever_is_compressed(tmp_path, monkeypatch, compression):
    names = [f"bag/data/{number:03}.txt" for number in range(200)]
    content = tar_bytes({name: name.encode() * 50 for name in names})
    path = tmp_path / "bag.tar"
    path.write_bytes(gzip.compress(content) if compression else content)
    tree = TarTree(path, "gz" if compression else None)
    told = [one.path for one in tree.entries() if one.kind == "file"]
    decoded = []
    source = TarTree.source_of
    monkeypatch.setattr(TarTree, "source_of", lambda *asked: decoded.append(1) or source(*asked))
    found = {name: b"".join(pieces) for name, pieces in tree.contents()}
    assert found == {name.removeprefix("bag/"): name.encode() * 50 for name in names}
    assert list(found) == told
    assert len(decoded) == 1
