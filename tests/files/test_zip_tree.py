"""Zip files as trees: what they hold is read where it lies, and what they claim is not believed."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.files.archive_files import (
    faults,
    in_root,
    judged_alone,
    patched,
    told,
    tree_of,
    with_line,
    zip_bytes,
)

from solander.errors import ArchiveError
from solander.files import members
from solander.files.serialised import find_serialised
from solander.files.zip_tree import ZipTree
from solander.model.ports import Entry, Wanted

FILES = {"bagit.txt": b"BagIt", "data/a/page.html": b"<p>Words" * 90_000, "data/empty": b""}


def refused(tree: ZipTree, path: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        b"".join(tree.chunks(path))
    return caught.value.what


@pytest.mark.parametrize("packed", [False, True])
def test_a_zip_file_is_a_tree(tmp_path: Path, packed: bool) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES), packed=packed))
    assert sorted(tree.entries()) == [
        Entry("bagit.txt", "file", 5),
        Entry("data", "folder"),
        Entry("data/a", "folder"),
        Entry("data/a/page.html", "file", 720_000),
        Entry("data/empty", "file", 0),
    ]
    assert tree.read("bagit.txt", 5) == b"BagIt"
    assert b"".join(tree.chunks("data/a/page.html")) == FILES["data/a/page.html"]
    assert {one.path: one.digests for one in tree.hashed([Wanted(p, len(c), ("md5",)) for p, c in FILES.items()])} == {
        path: (hashlib.md5(content).hexdigest(),) for path, content in FILES.items()
    }
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


def test_an_encrypted_member_is_told_and_not_read(tmp_path: Path) -> None:
    content = with_line(zip_bytes({"bag/a": b"cipher", "bag/b": b"cipher"}), "bag/a", 8, "<H", 1)
    tree = tree_of(tmp_path / "bag.zip", patched(content, content.index(b"PK\x03\x04", 4) + 6, b"\x01"))
    assert told(tree) == [("encrypted", "a")]
    assert refused(tree, "a") == "it is encrypted"
    assert refused(tree, "b") == "it is encrypted, other than the directory says"


def test_a_member_whose_checksum_differs_is_told_and_its_bytes_have_their_own_digest(tmp_path: Path) -> None:
    content = zip_bytes({"bag/a": b"words"}).replace(b"words", b"werds")
    tree = tree_of(tmp_path / "bag.zip", content)
    (hashed,) = tree.hashed([Wanted("a", 5, ("md5",))])
    assert hashed.digests == (hashlib.md5(b"werds").hexdigest(),)
    (fault,) = faults(tree, "member-harmed")
    assert (fault.path, fault.expected, fault.found) == (
        "a",
        f"{zlib.crc32(b'words'):08x}",
        f"{zlib.crc32(b'werds'):08x}",
    )


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(("said", "words"), [(99, "holds more bytes"), (100_001, "holds fewer bytes")])
def test_a_directory_that_lies_of_a_size_is_told_and_nothing_beyond_is_read(
    tmp_path: Path, packed: bool, said: int, words: str
) -> None:
    content = with_line(zip_bytes({"bag/a": b"x" * 100_000}, packed=packed), "bag/a", 24, "<L", said)
    tree = tree_of(tmp_path / "bag.zip", content)
    read: list[bytes] = []
    with pytest.raises(ArchiveError, match=words):
        read.extend(tree.chunks("a"))
    assert sum(map(len, read)) <= said
    assert told(tree) == [("member-harmed", "a")]


def test_a_damaged_compressed_part_is_refused(tmp_path: Path) -> None:
    content = zip_bytes({"bag/a": os.urandom(5000) + bytes(5000)}, packed=True)
    tree = tree_of(tmp_path / "bag.zip", patched(content, 200, b"\xff" * 40))
    assert refused(tree, "a")


def test_bytes_hidden_behind_a_members_compressed_part_are_told(tmp_path: Path) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"words" * 99) + packer.flush()
    content = zip_bytes({"bag/a": packed + b"hidden"})
    for offset, form, value in ((10, "<H", 8), (16, "<L", zlib.crc32(b"words" * 99)), (24, "<L", 495)):
        content = with_line(content, "bag/a", offset, form, value)
    tree = tree_of(tmp_path / "bag.zip", content)
    assert refused(tree, "a") == "its compressed part ends before the member does"


def test_members_that_lie_in_one_another_are_told_and_not_read(tmp_path: Path) -> None:
    content = zip_bytes({"bag/a": b"x" * 100, "bag/b": b"y" * 100})
    content = with_line(with_line(content, "bag/a", 20, "<L", 150), "bag/a", 24, "<L", 150)
    tree = tree_of(tmp_path / "bag.zip", content)
    assert refused(tree, "a") == "it reaches into the next member; it was not read"
    assert ("member-harmed", "b") in told(tree)


def test_two_names_for_one_members_bytes_are_told(tmp_path: Path) -> None:
    content = with_line(zip_bytes({"bag/a": b"words", "bag/b": b"words"}), "bag/b", 42, "<L", 0)
    tree = tree_of(tmp_path / "bag.zip", content)
    assert tree.read("b", 5) == b"words"
    assert [fault.message for fault in faults(tree, "member-harmed")] == [
        "by the directory it lies in another member",
        "where the directory says that it lies stands a member of another name",
    ]


def test_a_member_that_is_not_where_it_should_be_is_refused(tmp_path: Path) -> None:
    content = with_line(zip_bytes({"bag/a": b"words", "bag/b": b"words"}), "bag/b", 42, "<L", 0xFFFFFF)
    tree = tree_of(tmp_path / "bag.zip", content)
    assert refused(tree, "b") == "no member begins where the directory says"


@pytest.mark.parametrize("kept", [20, 100, -1, -30])
def test_a_zip_file_that_is_cut_off_is_never_read_as_whole(tmp_path: Path, kept: int) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes(in_root(FILES))[:kept])
    assert list(tree.entries()) == []
    assert told(tree)[0] == ("unreadable", ".")


def test_a_directory_that_is_damaged_is_read_so_far(tmp_path: Path) -> None:
    content = zip_bytes({f"bag/{number}": b"" for number in range(9)})
    tree = tree_of(tmp_path / "bag.zip", with_line(content, "bag/5", 0, "<L", 0))
    assert [one.path for one in tree.entries()] == ["0", "1", "2", "3", "4"]
    assert told(tree) == [("unreadable", ".")]


def test_an_end_that_counts_otherwise_is_told(tmp_path: Path) -> None:
    content = zip_bytes({"bag/a": b"", "bag/b": b""})
    tree = tree_of(tmp_path / "bag.zip", patched(content, len(content) - 14, b"\x03\0\x03\0"))
    (fault,) = faults(tree, "unreadable")
    assert (fault.expected, fault.found) == ("3", "2")


@pytest.mark.parametrize("moved", [False, True])
def test_bytes_before_and_behind_a_zip_file_are_told_and_it_is_read(tmp_path: Path, moved: bool) -> None:
    before = b"#!/bin/sh\n" * 9
    (tmp_path / "bag.zip").write_bytes(before if moved else b"")
    with zipfile.ZipFile(tmp_path / "bag.zip", "a") as archive:
        archive.writestr("bag/a", b"words")
    whole = (b"" if moved else before) + (tmp_path / "bag.zip").read_bytes() + b"tail"
    tree = tree_of(tmp_path / "bag.zip", whole)
    assert tree.read("a", 5) == b"words"
    assert [fault.message for fault in faults(tree, "edges-irregular")] == [
        "90 bytes stand before its first member; they were not read",
        "4 bytes stand behind its end; they were not read",
    ]


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


def bomb(path: Path, size_bytes: int) -> int:
    """A zip file of one bag and a member of zeros; its own size."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        archive.writestr("bag/manifest-md5.txt", f"{'0' * 32}  data/zeros\n")
        with archive.open("bag/data/zeros", "w") as member:
            for _ in range(size_bytes >> 20):
                member.write(bytes(1 << 20))
    return path.stat().st_size


@pytest.fixture(scope="module")
def made_bomb(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gibibyte of zeros in about a mebibyte."""
    path = tmp_path_factory.mktemp("bomb") / "bag.zip"
    assert bomb(path, 1 << 30) < 1.1 * (1 << 20)
    return path


def test_a_bomb_is_told_before_it_is_read(made_bomb: Path) -> None:
    found, memory_mib = judged_alone(made_bomb)
    assert {"BAG025", "BAG075"} <= found
    assert "BAG003" not in found
    assert memory_mib < 64


def test_a_bomb_that_declares_next_to_nothing_is_read_no_further_than_declared(made_bomb: Path, tmp_path: Path) -> None:
    content = with_line(made_bomb.read_bytes(), "bag/data/zeros", 24, "<L", 10)
    (tmp_path / "bag.zip").write_bytes(content)
    found, memory_mib = judged_alone(tmp_path / "bag.zip")
    assert {"BAG025", "BAG077"} <= found
    assert memory_mib < 64


def test_a_bomb_of_tag_files_is_told_before_it_is_read(tmp_path: Path) -> None:
    names = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"]
    with zipfile.ZipFile(tmp_path / "bag.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        for name in names:
            with archive.open(f"bag/manifest-{name}.txt", "w") as member:
                for _ in range(100):
                    member.write(b"0" * (1 << 20))
    found, memory_mib = judged_alone(tmp_path / "bag.zip")
    assert {"BAG025", "BAG075"} <= found
    assert memory_mib < 64
    assert ZipTree(tmp_path / "bag.zip").read("bagit.txt", 100).startswith(b"BagIt")


def test_a_bomb_of_one_member_under_many_names_is_told(tmp_path: Path) -> None:
    content = zip_bytes({"bag/0": bytes(1 << 24)}, packed=True)
    begin = content.index(b"PK\x01\x02")
    line, end = content[begin:-22], content[-22:]
    lines = b"".join(line.replace(b"bag/0", b"bag/%07d" % number) for number in range(1000))
    lines = lines.replace(line[28:30], struct.pack("<H", 11))
    numbers = struct.pack("<2HLL", 1000, 1000, len(lines), begin)
    tree = tree_of(tmp_path / "bag.zip", content[:begin] + lines + end[:8] + numbers + b"\0\0")
    assert len(list(tree.entries())) == 1000
    assert {kind for kind, _ in told(tree)} == {"member-harmed", "bound-exceeded"}


def test_two_hundred_thousand_members_are_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bag.zip", "w") as archive:
        for number in range(200_000):
            archive.writestr(zipfile.ZipInfo(f"bag/data/{number % 97}/{number}"), b"")
    assert sum(1 for _ in ZipTree(tmp_path / "bag.zip").entries()) == 200_000 + 97 + 1


def test_more_members_than_the_bound_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "ENTRIES_LIMIT", 10)
    tree = tree_of(tmp_path / "bag.zip", zip_bytes({f"bag/{number}": b"" for number in range(50)}))
    assert len(list(tree.entries())) == 10
    assert told(tree) == [("bound-exceeded", ".")]


def test_folders_deeper_than_the_bound_are_told(tmp_path: Path) -> None:
    tree = tree_of(tmp_path / "bag.zip", zip_bytes({"bag/bagit.txt": b"", "bag/" + "d/" * 2500 + "a": b""}))
    assert told(tree) == [("bound-exceeded", ".")]
    assert [one.path for one in tree.entries()] == ["bagit.txt"]


def test_faults_beyond_a_thousand_are_counted(tmp_path: Path) -> None:
    content = zip_bytes({"bag/a": b""} | {f"../{number}": b"" for number in range(1500)})
    found = faults(tree_of(tmp_path / "bag.zip", content), "member-outside")
    assert len(found) == 1001
    assert found[-1].message == "and 500 more of this kind, not told one by one"


@pytest.mark.parametrize("seed", range(300))
def test_no_harm_to_a_zip_file_ends_in_anything_but_facts(tmp_path: Path, seed: int) -> None:
    import random

    chance = random.Random(seed)
    content = bytearray(zip_bytes(in_root(FILES | {"data/b": b"words"}), packed=bool(seed % 2)))
    begin = content.index(b"PK\x01\x02")
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(begin if chance.random() < 0.8 else 0, len(content))] = chance.randrange(256)
    (tmp_path / "bag.zip").write_bytes(content)
    tree = ZipTree(tmp_path / "bag.zip")
    found = [entry for entry in tree.entries() if entry.kind == "file"]
    for one in tree.hashed([Wanted(entry.path, entry.size_bytes, ("md5",)) for entry in found]):
        assert one.digests or one.fault


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
