"""Tar files as trees, compressed or not: read where they lie, twice at most, and no header is believed."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import random
import subprocess
import tarfile
from pathlib import Path

import pytest
from tests.files.archive_files import (
    BLOCK,
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
)

from solander.errors import ArchiveError
from solander.files import members, tar_tree
from solander.files.members import SerialisedTree
from solander.files.serialised import find_serialised
from solander.files.tar_tree import TarTree
from solander.model.ports import Entry, Wanted

FILES = {"bagit.txt": b"BagIt", "data/a/page.html": b"<p>Words" * 90_000, "data/empty": b""}
PACKED = {"tar": bytes, "tar.gz": gzip.compress, "tar.bz2": bz2.compress, "tar.xz": lzma.compress}


def refused(tree: SerialisedTree, path: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        b"".join(tree.chunks(path))
    return caught.value.what


def wanted(tree: SerialisedTree) -> list[Wanted]:
    return [Wanted(one.path, one.size_bytes, ("md5",)) for one in tree.entries() if one.kind == "file"]


@pytest.mark.parametrize("form", PACKED)
def test_a_tar_file_is_a_tree(tmp_path: Path, form: str) -> None:
    tree = tree_of(tmp_path / "called-anything", PACKED[form](tar_bytes(in_root(FILES))))
    assert sorted(tree.entries()) == [
        Entry("bagit.txt", "file", 5),
        Entry("data", "folder"),
        Entry("data/a", "folder"),
        Entry("data/a/page.html", "file", 720_000),
        Entry("data/empty", "file", 0),
    ]
    assert tree.read("bagit.txt", 5) == b"BagIt"
    assert b"".join(tree.chunks("data/a/page.html")) == FILES["data/a/page.html"]
    assert {one.path: one.digests for one in tree.hashed(wanted(tree))} == {
        path: (hashlib.md5(content).hexdigest(),) for path, content in FILES.items()
    }
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
    assert bomb(tmp_path / f"bag.{form}", 1 << 30, form) < 1.1 * (1 << 20)
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


@pytest.mark.parametrize("seed", range(300))
def test_no_harm_to_a_tar_file_ends_in_anything_but_facts(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    form = chance.choice([*PACKED])
    sound = tar_bytes(in_root(FILES), pax(path="bag/long") + tar_member("bag/b", b"words"))
    content = bytearray(sound if seed % 2 else PACKED[form](sound))
    for _ in range(chance.randint(1, 4)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 2:
        content = bytearray(PACKED[form](bytes(content)))
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
    source = TarTree._source
    monkeypatch.setattr(TarTree, "_source", lambda *asked: decoded.append(1) or source(*asked))
    found = {name: b"".join(pieces) for name, pieces in tree.contents()}
    assert found == {name.removeprefix("bag/"): name.encode() * 50 for name in names}
    assert list(found) == told
    assert len(decoded) == 1
