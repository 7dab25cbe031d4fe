"""Archive files for tests, sound ones and such as nobody would write who means well, made byte by byte."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path

import pytest

from solander.errors import ArchiveError
from solander.files.members import SerialisedTree
from solander.files.serialised import find_serialised
from solander.model.bag import BagInfo
from solander.model.ports import Entry, Wanted
from solander.model.serialised import MemberFault
from solander.packing import lay_out

BLOCK = 512
BEYOND_BYTES = 320 << 20
"""More than what is decoded of anything (256 MiB), and so much that memory would tell of it."""
FILES = {"bagit.txt": b"BagIt", "data/a/page.html": b"<p>Words" * 90_000, "data/empty": b""}
PACKED = {"tar": bytes, "tar.gz": gzip.compress, "tar.bz2": bz2.compress, "tar.xz": lzma.compress}


def bag_files(*payload: tuple[str, bytes]) -> dict[str, bytes]:
    """The files of a bag that breaks no rule."""
    return dict(
        lay_out(info=BagInfo.of([("Contact-Name", "A. Keeper")]), payload=payload or [("data/a.txt", b"words")])
    )


def zip_bytes(files: dict[str, bytes] | Iterable[tuple[str, bytes]], *, packed: bool = False) -> bytes:
    """A zip file; a name may stand in it twice."""
    made = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in files.items() if isinstance(files, dict) else files:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return made.getvalue()


def in_root(files: dict[str, bytes], root: str = "bag") -> dict[str, bytes]:
    return {f"{root}/{name}": content for name, content in files.items()}


def line_at(content: bytes, name: str) -> int:
    """Where the line of a member begins in the directory of a zip file."""
    at = content.index(b"PK\x01\x02")
    while True:
        lengths = struct.unpack_from("<3H", content, at + 28)
        if content[at + 46 : at + 46 + lengths[0]] == name.encode():
            return at
        at += 46 + sum(lengths)


def zip_of_empty_members(names: Iterable[str]) -> bytes:
    """A zip file of very many members of nothing, as ``zipfile`` would write it, in a tenth of the time."""
    members, lines, at, count = [], [], 0, 0
    for name in names:
        raw = name.encode()
        shared = struct.pack("<5H3L2H", 20, 0, 0, 0, 0x21, 0, 0, 0, len(raw), 0)
        member = b"PK\x03\x04" + shared + raw
        # Written by a Unix (3), with the rights of a file that its owner may read and write.
        lines.append(b"PK\x01\x02\x14\x03" + shared + struct.pack("<3H2L", 0, 0, 0, 0o600 << 16, at) + raw)
        members.append(member)
        at, count = at + len(member), count + 1
    directory = b"".join(lines)
    number = min(count, 0xFFFF)
    wide = b""
    if count > 0xFFFF:
        wide = b"PK\x06\x06" + struct.pack("<Q2H2L4Q", 44, 45, 45, 0, 0, count, count, len(directory), at)
        wide += b"PK\x06\x07" + struct.pack("<LQL", 0, at + len(directory), 1)
    end = b"PK\x05\x06" + struct.pack("<4H2LH", 0, 0, number, number, len(directory), at, 0)
    return b"".join([*members, directory, wide, end])


def patched(content: bytes, at: int, new: bytes) -> bytes:
    return content[:at] + new + content[at + len(new) :]


def with_line(content: bytes, name: str, offset: int, form: str, value: int) -> bytes:
    """The same zip file with one field of one line of its directory changed."""
    return patched(content, line_at(content, name) + offset, struct.pack(form, value))


def tar_header(name: str | bytes, size: int | bytes = 0, flag: bytes = b"0", *, link: bytes = b"") -> bytes:
    """One block; ``size`` as a number or as the twelve bytes that stand there."""
    raw = name if isinstance(name, bytes) else name.encode()
    number = b"%011o\0" % size if isinstance(size, int) else size
    block = raw.ljust(100, b"\0") + b"0000644\0" + b"0000000\0" * 2 + number + b"00000000000\0" + b" " * 8 + flag
    block += link.ljust(100, b"\0") + b"ustar\0" + b"00"
    block = block.ljust(BLOCK, b"\0")
    return patched(block, 148, b"%06o\0 " % sum(block))


def tar_member(name: str | bytes, content: bytes = b"", flag: bytes = b"0", *, link: bytes = b"") -> bytes:
    return tar_header(name, len(content), flag, link=link) + content + bytes(-len(content) % BLOCK)


def pax(**records: str) -> bytes:
    """A pax header with records for the next member."""
    content = b""
    for key, value in records.items():
        rest = f" {key.replace('__', '.')}={value}\n".encode()
        length = len(rest) + len(str(len(rest)))
        length = len(rest) + len(str(length))
        content += str(length).encode() + rest
    return tar_member("pax", content, b"x")


def tar_bytes(files: dict[str, bytes], *more: bytes) -> bytes:
    return b"".join([*(tar_member(name, content) for name, content in files.items()), *more, bytes(2 * BLOCK)])


def gzip_of(pieces: Iterable[bytes]) -> bytes:
    """A gzip file, packed as tightly as can be."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join([*(packer.compress(piece) for piece in pieces), packer.flush()])


def tree_of(path: Path, content: bytes) -> SerialisedTree:
    path.write_bytes(content)
    tree = find_serialised(path)
    assert tree is not None
    return tree


def told(tree: SerialisedTree) -> list[tuple[str, str]]:
    """Kinds and places of what was met."""
    return [(fault.kind.removeprefix("serialised-"), fault.path) for fault in tree.serialisation().faults]


def faults(tree: SerialisedTree, kind: str) -> list[MemberFault]:
    return [fault for fault in tree.serialisation().faults if fault.kind == f"serialised-{kind}"]


_JUDGING = """
import sys
from pathlib import Path
from solander.checking.bags.every_rule import check_bag
from solander.checking.bags.serialised import check_serialised
from solander.files.serialised import find_serialised
from solander.packing import parse_bag
tree = find_serialised(Path(sys.argv[1]))
findings = [*check_bag(parse_bag(tree), tree), *check_serialised(tree.serialisation())]
print(" ".join(sorted({one.code for one in findings})) or "-")
status = Path("/proc/self/status").read_text()
print(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
"""


def judged_alone(path: Path) -> tuple[set[str], float]:
    """The codes that a judgement in a process of its own found, and the memory that it took at most, in MiB."""
    ran = subprocess.run([sys.executable, "-c", _JUDGING, path], capture_output=True, text=True, check=True, timeout=60)
    codes, memory = ran.stdout.split("\n")[:2]
    return set(codes.split()), int(memory) / 1024


def refused(tree: SerialisedTree, path: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        b"".join(tree.chunks(path))
    return caught.value.what


def wanted(tree: SerialisedTree) -> list[Wanted]:
    return [Wanted(one.path, one.size_bytes, ("md5",)) for one in tree.entries() if one.kind == "file"]


def assert_holds_the_files(tree: SerialisedTree) -> None:
    """The tree lists, reads and hashes ``FILES``, and nothing else."""
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
