"""No header of a tar file is believed: sizes, counts and depths have bounds, and no harm ends in anything but facts."""

from __future__ import annotations

import gzip
import lzma
import random
import subprocess
from functools import cache, partial
from pathlib import Path

import pytest
from tests.files.archive_files import (
    BEYOND_BYTES,
    BLOCK,
    FILES,
    PACKED,
    bag_files,
    faults,
    gzip_of,
    in_root,
    judged_alone,
    pax,
    tar_bytes,
    tar_header,
    tar_member,
    told,
    tree_of,
    wanted,
)

from solander.files import members
from solander.files.serialised import find_serialised
from solander.files.tar_tree import TarTree

QUICKLY = {**PACKED, "tar.xz": partial(lzma.compress, preset=0)}


@pytest.mark.parametrize("sort", ["gnu", "pax"])
def test_a_file_with_holes_of_a_tebibyte_is_told_and_not_read(tmp_path: Path, sort: str) -> None:
    with (tmp_path / "holes").open("wb") as file:
        file.truncate(1 << 40)
        file.write(b"words")
    asked = ["tar", "-cSf", "-", "--format", "gnu" if sort == "gnu" else "posix", "--transform", "s,^,bag/,", "holes"]
    made = subprocess.run(asked, cwd=tmp_path, capture_output=True, check=True)
    assert len(made.stdout) < 20_000
    tree = tree_of(tmp_path / "bag.tar", made.stdout)
    assert [one for one in tree.entries() if one.kind == "file"] == []
    assert [kind for kind, _ in told(tree)] == ["member-irregular"]


def test_a_member_that_claims_a_tebibyte_is_no_more_than_is_there(tmp_path: Path) -> None:
    claimed = b"\x80" + (1 << 40).to_bytes(11, "big")
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b"words"})[: 2 * BLOCK] + tar_header("bag/b", claimed))
    assert [one.size_bytes for one in tree.entries() if one.path == "b"] == [1 << 40]
    assert told(tree) == [("unreadable", ".")]
    assert tree.read("a", 5) == b"words"
    assert {one.path: bool(one.digests) for one in tree.hashed(wanted(tree))} == {"a": True, "b": False}


@pytest.mark.parametrize("flag", [b"x", b"g", b"L", b"K", b"X"])
@pytest.mark.parametrize("form", ["tar", "tar.gz"])
def test_a_header_that_claims_a_gibibyte_is_not_read(tmp_path: Path, flag: bytes, form: str) -> None:
    content = tar_member("bag/a", b"words") + tar_header("huge", 1 << 30, flag) + bytes(BLOCK)
    tree = tree_of(tmp_path / "bag.tar", PACKED[form](content))
    assert [one.path for one in tree.entries()] == ["a"]
    assert told(tree) == [("bound-exceeded", ".")]


@pytest.mark.parametrize(
    "size", [b"\xff" * 12, b"\xff" + b"\0" * 11, b"-0000000001\0", b"00000000009\0", b"\x80" + b"\xff" * 11]
)
def test_a_size_below_nothing_or_beyond_all_is_told_at_once(tmp_path: Path, size: bytes) -> None:
    tree = tree_of(tmp_path / "bag.tar", tar_member("bag/a", b"words") + tar_header("bag/b", size) + bytes(5 * BLOCK))
    assert [one.path for one in tree.entries()] == ["a"]
    assert told(tree) == [("unreadable", ".")]


@pytest.mark.parametrize(
    "record",
    [
        pax(size="-512"),
        pax(size="١"),
        tar_member("p", b"8 path=a\n", b"x"),
        tar_member("p", b"0 path=a\n", b"x"),
        tar_member("p", b"99999999999999999999999 path=a\n", b"x"),
        tar_member("p", b"-7 path=a\n", b"x"),
        tar_member("p", b"words", b"x"),
        pax(path="bag/c").replace(b"x" + b"\0" * 100, b"g" + b"\0" * 100, 1),
    ],
)
def test_a_pax_header_that_is_none_is_told(tmp_path: Path, record: bytes) -> None:
    more = record + tar_member("bag/b", b"words")
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b""}, more))
    assert [one.path for one in tree.entries()] == ["a"]
    assert told(tree) == [("unreadable", ".")]


def test_headers_upon_headers_do_not_recurse(tmp_path: Path) -> None:
    more = tar_member("L", b"bag/other\0", b"L") * 20_000 + tar_member("bag/b")
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/a": b""}, more))
    assert {one.path for one in tree.entries()} == {"a", "other"}


def bomb(path: Path, size_bytes: int, form: str) -> int:
    piece = bytes(1 << 20)
    sound = bag_files(("data/zeros", b""))
    head = b"".join(tar_member(f"bag/{name}", content) for name, content in sound.items() if "data" not in name)
    pieces = [head, tar_header("bag/data/zeros", size_bytes), *([piece] * (size_bytes >> 20)), bytes(2 * BLOCK)]
    if form == "tar.gz":
        path.write_bytes(gzip_of(pieces))
    else:
        packer = lzma.LZMACompressor(preset=0)
        path.write_bytes(b"".join([*(packer.compress(one) for one in pieces), packer.flush()]))
    return path.stat().st_size


@pytest.mark.parametrize("form", ["tar.gz", "tar.xz"])
def test_a_bomb_is_read_as_far_as_its_bound_and_told(tmp_path: Path, form: str) -> None:
    assert bomb(tmp_path / f"bag.{form}", BEYOND_BYTES, form) < BEYOND_BYTES / 900
    found, memory_mib = judged_alone(tmp_path / f"bag.{form}")
    assert {"BAG075", "BAG091"} <= found
    assert memory_mib < 64


def test_a_bomb_of_names_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "NAMES_LIMIT_CHARACTERS", 100_000)
    more = [pax(path=f"bag/{number}/" + "x" * 9000) + tar_member("bag/x") for number in range(50)]
    more.append(pax(path="bag/" + "y" * 20_000) + tar_member("bag/y"))
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({}, *reversed(more)))
    assert [fault.message[:40] for fault in faults(tree, "bound-exceeded")] == [
        "the name of a member is longer than 16,3",
        "the names of its members and folders are",
    ]


def test_two_hundred_thousand_members_are_read(tmp_path: Path) -> None:
    block = tar_member("bag/data/000000")
    total = int(block[148:154], 8) - 6 * ord("0")
    with (tmp_path / "bag.tar").open("wb") as file:
        for number in range(200_000):
            name = b"%06d" % number
            file.write(block[:9] + name + block[15:148] + b"%06o" % (total + sum(name)) + block[154:])
        file.write(bytes(2 * BLOCK))
    tree = TarTree(tmp_path / "bag.tar")
    assert sum(1 for _ in tree.entries()) == 200_001
    assert told(tree) == []


def test_more_members_than_the_bound_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "ENTRIES_LIMIT", 10)
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({f"bag/{number}": b"" for number in range(50)}))
    assert len(list(tree.entries())) == 10
    assert told(tree) == [("bound-exceeded", ".")]


def test_folders_deeper_than_the_bound_are_told(tmp_path: Path) -> None:
    more = pax(path="bag/" + "d/" * 2500 + "a") + tar_member("bag/a")
    tree = tree_of(tmp_path / "bag.tar", tar_bytes({"bag/bagit.txt": b""}, more))
    assert told(tree) == [("bound-exceeded", ".")]
    assert [one.path for one in tree.entries()] == ["bagit.txt"]


def test_a_million_gzip_members_of_nothing_are_told(tmp_path: Path) -> None:
    nothing = gzip.compress(b"")
    tree = tree_of(tmp_path / "bag.tar.gz", gzip.compress(tar_member("bag/a", b"words")) + nothing * 1_000_000)
    assert told(tree) == [("bound-exceeded", ".")]
    assert tree.read("a", 5) == b"words"


@cache
def sound_tar(form: str, words: int) -> bytes:
    """A tar file with a page of so many words: the fewer they are, the sooner harm meets a header."""
    files = FILES | {"data/a/page.html": b"<p>Words" * words}
    return PACKED[form](tar_bytes(in_root(files), pax(path="bag/long") + tar_member("bag/b", b"words")))


@pytest.mark.parametrize("seed", range(300))
def test_no_harm_to_a_tar_file_ends_in_anything_but_facts(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    form = chance.choice([*PACKED])
    content = bytearray(sound_tar("tar", 9_000) if seed % 2 else sound_tar(form, 90_000))
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 2:
        content = bytearray(QUICKLY[form](bytes(content)))
    (tmp_path / "bag.tar").write_bytes(content)
    tree = find_serialised(tmp_path / "bag.tar")
    for one in tree.hashed(wanted(tree)) if tree else ():
        assert one.digests or one.fault


@pytest.mark.parametrize("seed", range(200))
def test_a_harmed_header_of_right_checksum_ends_in_nothing_but_facts(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    block = bytearray(
        chance.choice([tar_header("bag/b", 5), tar_header("bag/b", 5, b"x"), tar_header("bag/d", 0, b"5")])
    )
    for _ in range(chance.randint(1, 6)):
        block[chance.randrange(BLOCK) if chance.random() < 0.3 else chance.randrange(124, 160)] = chance.randrange(256)
    block[148:156] = b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    content = tar_member("bag/a", b"words") + bytes(block) + b"words".ljust(BLOCK, b"\0") + tar_bytes({"bag/c": b""})
    tree = tree_of(tmp_path / "bag.tar", PACKED[chance.choice([*PACKED])](content))
    assert tree.read("a", 5) == b"words"
    for one in tree.hashed(wanted(tree)):
        assert one.digests or one.fault
