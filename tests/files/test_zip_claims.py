"""What a zip file claims is not believed: lies of its directory are told, and bombs are, before they are read."""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from tests.files.archive_files import (
    BEYOND_BYTES,
    FILES,
    faults,
    in_root,
    judged_alone,
    patched,
    refused,
    told,
    tree_of,
    with_line,
    zip_bytes,
    zip_of_empty_members,
)

from solander.errors import ArchiveError
from solander.files import members
from solander.files.zip_tree import ZipTree
from solander.model.ports import Wanted


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
    """Zeros beyond what is read, in about a thousandth."""
    path = tmp_path_factory.mktemp("bomb") / "bag.zip"
    assert bomb(path, BEYOND_BYTES) < BEYOND_BYTES / 900
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
    names = [f"bag/data/{number % 97}/{number}" for number in range(200_000)]
    (tmp_path / "bag.zip").write_bytes(zip_of_empty_members(names))
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
