"""Zip files as trees: what they hold is read where it lies, by the names that it has."""

from __future__ import annotations

import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.files.archive_files import (
    FILES,
    assert_holds_the_files,
    faults,
    in_root,
    refused,
    told,
    tree_of,
    with_line,
    zip_bytes,
)

from solander.errors import ArchiveError
from solander.files.serialised import find_serialised
from solander.files.zip_tree import ZipTree
from solander.model.ports import Entry, Wanted


@pytest.mark.parametrize("packed", [False, True])
def test_a_zip_file_is_a_tree(tmp_path: Path, packed: bool) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES), packed=packed))
    assert_holds_the_files(tree)
    assert told(tree) == []
    assert tree.serialisation().root == tree.serialisation().named_root == "bag"


def test_bzip2_is_read_and_other_methods_are_told(tmp_path: Path) -> None:
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / f"{method}.zip", "w", method) as archive:
            archive.writestr("bag/a", b"words" * 200_000)
    tree = ZipTree(tmp_path / "12.zip")
    assert b"".join(tree.chunks("a")) == b"words" * 200_000
    assert "method that is not known here (number 14)" in refused(ZipTree(tmp_path / "14.zip"), "a")


def test_what_cannot_be_read_is_refused_in_plain_words(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES)))
    assert refused(tree, "none") == "there is no such member"
    assert refused(tree, "data") == "it is a folder"
    assert refused(tree, "../bag/bagit.txt") == "there is no such member"
    with pytest.raises(ArchiveError, match="larger than the limit of 4 bytes"):
        tree.read("bagit.txt", 4)
    asked = [Wanted("none", 0, ("md5",)), Wanted("bagit.txt", 6, ("md5",))]
    assert [(one.digests, one.fault) for one in tree.hashed(asked)] == [
        ((), "there is no such member"),
        ((), "it changed while it was read"),
    ]


def test_a_file_that_changes_after_its_names_were_read_is_refused(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES)))
    list(tree.entries())
    (tmp_path / "bag.zip").write_bytes(zip_bytes(in_root(FILES | {"late": b""})))
    assert "it changed while it was read" in refused(tree, "bagit.txt")


@pytest.mark.parametrize("name", ["/etc/passwd", "../evil", "bag/../../evil", "C:/evil", "bag\\data\\a", "bag/a\0.txt"])
def test_a_name_that_leads_elsewhere_is_told_and_not_listed(tmp_path: Path, name: str) -> None:
    # ``zipfile`` writes no NUL and turns no backslash: a place is kept, and filled.
    content = zip_bytes([("bag/bagit.txt", b""), ("x" * len(name), b"evil")])
    tree = tree_of(tmp_path / "bag.zip", content.replace(b"x" * len(name), name.encode()))
    assert told(tree) == [("member-outside", ".")]
    assert [one.path for one in tree.entries()] == ["bagit.txt"]


def test_names_are_unicode_where_the_file_says_so_and_of_the_old_code_page_elsewhere(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as archive:
        archive.writestr("bag/é.txt", b"flagged")
        archive.writestr("bag/xx.txt", b"old")
        spelt = zipfile.ZipInfo("bag/yy.txt")
        unicode = "bag/ß.txt".encode()
        body = b"\x01" + struct.pack("<L", zlib.crc32(b"bag/yy.txt")) + unicode
        spelt.extra = struct.pack("<2H", 0x7075, len(body)) + body
        archive.writestr(spelt, b"spelt")
    content = (tmp_path / "bag.zip").read_bytes().replace(b"bag/xx.txt", b"bag/\x82\x84.txt")
    tree = tree_of(tmp_path / "bag.zip", content)
    assert {one.path: tree.read(one.path, 9) for one in tree.entries()} == {
        "é.txt": b"flagged",
        "éä.txt": b"old",
        "ß.txt": b"spelt",
    }


def test_a_name_that_stands_twice_is_told_and_the_first_is_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zip_bytes(
            [("bag/a", b"first"), ("bag/a", b"second"), ("bag/./a", b""), ("bag/a/b", b""), ("bag/d/", b"")]
        )
    tree = tree_of(tmp_path / "bag.zip", content)
    assert [fault.path for fault in faults(tree, "member-repeated")] == ["a", "a/b"]
    assert tree.read("a", 5) == b"first"


@pytest.mark.parametrize(
    ("names", "root"),
    [
        (["one/bagit.txt", "two/a"], "one"),
        (["one/a", "two/bagit.txt"], "two"),
        (["bag/bagit.txt", "__MACOSX/._a"], "bag"),
        (["bagit.txt", "data/a"], ""),
        (["bag/bagit.txt", "readme"], "bag"),
    ],
)
def test_more_than_one_thing_at_the_top_is_told_and_the_bag_is_read(
    tmp_path: Path, names: list[str], root: str
) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes([(name, b"") for name in names]))
    assert told(tree) == [("root-not-one", ".")]
    assert "bagit.txt" in {one.path for one in tree.entries()}
    assert tree.serialisation().root is None
    assert (f"; {root} was read" in tree.serialisation().faults[0].message) == bool(root)


def test_an_empty_zip_file_has_no_root(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes({}))
    assert list(tree.entries()) == []
    assert told(tree) == [("root-not-one", ".")]


def test_links_and_devices_are_named_and_never_followed(tmp_path: Path) -> None:
    content = zip_bytes([("bag/link", b"/etc/passwd"), ("bag/pipe", b""), ("bag/full/", b""), ("bag/a", b"")])
    for name, mode in (("bag/link", 0o120777), ("bag/pipe", 0o010644)):
        content = with_line(content, name, 38, "<L", mode << 16)
    content = with_line(content, "bag/full/", 24, "<L", 7)
    tree = tree_of(tmp_path / "bag.zip", content)
    assert sorted(tree.entries()) == [Entry("a", "file", 0), Entry("link", "symlink"), Entry("pipe", "special")]
    assert refused(tree, "link") == "it is a symbolic link"
    assert told(tree) == [("member-irregular", "full")]


def test_a_zip_file_with_64_bits_everywhere_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as archive:
        with archive.open("bag/large", "w", force_zip64=True) as member:
            member.write(b"words" * 1000)
        for number in range(0x10000):
            archive.writestr(f"bag/{number:05}", b"")
    tree = ZipTree(tmp_path / "bag.zip")
    assert sum(1 for _ in tree.entries()) == 0x10001
    assert tree.read("large", 5000) == b"words" * 1000
    assert told(tree) == []


def test_what_info_zip_streams_is_read(tmp_path: Path) -> None:
    (tmp_path / "bag").mkdir()
    (tmp_path / "bag" / "a").write_bytes(b"words" * 1000)
    made = subprocess.run(
        ["python3", "-c", _STREAMING], cwd=tmp_path, stdout=subprocess.PIPE, check=True
    ).stdout  # fmt: skip
    tree = tree_of(tmp_path / "bag.zip", made)
    assert tree.read("a", 5000) == b"words" * 1000
    assert told(tree) == []


_STREAMING = """
import sys, zipfile
class Pipe:
    def write(self, content): return sys.stdout.buffer.write(content)
    def flush(self): sys.stdout.buffer.flush()
with zipfile.ZipFile(Pipe(), "w", zipfile.ZIP_DEFLATED) as archive:
    archive.write("bag/a")
"""


def test_no_descriptor_stays_open(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES)))
    before = sum(1 for _ in Path("/proc/self/fd").iterdir())
    next(tree.chunks("data/a/page.html"))
    refused(tree, "none")
    next(tree.hashed([Wanted("bagit.txt", 5, ("md5",))]))
    assert sum(1 for _ in Path("/proc/self/fd").iterdir()) == before


def test_what_only_ends_as_a_zip_file_is_one_by_its_name_alone(tmp_path: Path) -> None:
    content = b"<!doctype html><p>Words" + zip_bytes({"bag/a": b""})
    (tmp_path / "page.html").write_bytes(content)
    assert find_serialised(tmp_path / "page.html") is None
    assert isinstance(tree_of(tmp_path / "bag.zip", content), ZipTree)
    (tmp_path / "words.zip").write_bytes(b"words")
    assert find_serialised(tmp_path / "words.zip") is None
