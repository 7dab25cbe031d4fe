"""How a hostile zip file is made: member by member, each as it should be but for what is said."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

from tests.files.archive_files import bag_files, in_root

FILES = in_root(bag_files(("data/a.txt", b"words"), ("data/deep/b.txt", b"more words"), ("data/empty.txt", b"")))
"""A bag without a fault, by names from the top of an archive file."""

EVIL = b"EVIL!"


class Filed(NamedTuple):
    """One archive file and the judgement that it must have."""

    name: str
    file: str
    """What it is called."""
    make: Callable[[], bytes]
    verdict: str
    """As ``making.Case`` has it."""
    codes: str
    clause: str


class Zipped(NamedTuple):
    """A member as the zip file is to have it; what is not said is as it should be."""

    name: bytes
    content: bytes
    method: int = 0
    flags: int = 0
    packed: bytes | None = None
    """Its bytes as they stand there."""
    local: Mapping[str, int] = {}
    """Fields of its local header that are other than the directory's: ``flags``, ``method``, ``crc``, ``packed``,
    ``size``."""
    local_name: bytes | None = None
    local_extra: bytes = b""
    extra: bytes = b""
    """In the directory."""
    behind: bytes = b""
    """What follows its bytes: a data descriptor, or what should not be there."""
    before: bytes = b""
    listed: bool = True
    """Whether the directory knows of it."""
    crc: int | None = None
    """In the directory and in the local header."""
    attributes: int = 0o100644 << 16


def zipped(
    members: list[Zipped], *, end: Callable[[int, int, int], bytes] | None = None, between: bytes = b""
) -> bytes:
    """A zip file; ``end`` makes what follows the directory of its number of members, its size and where it begins."""
    body, lines, number = b"", b"", 0
    for one in members:
        body += one.before
        at = len(body)
        packed = one.content if one.packed is None else one.packed
        fields = {
            "flags": one.flags,
            "method": one.method,
            "crc": zlib.crc32(one.content) if one.crc is None else one.crc,
            "packed": len(packed),
            "size": len(one.content),
        }
        here = {**fields, **one.local}
        local_name = one.name if one.local_name is None else one.local_name
        body += struct.pack("<4s5H3L2H", b"PK\3\4", 20, here["flags"], here["method"], 0, 33, here["crc"],
                            here["packed"], here["size"], len(local_name), len(one.local_extra))  # fmt: skip
        body += local_name + one.local_extra + packed + one.behind
        if one.listed:
            number += 1
            lines += struct.pack("<4s6H3L5H2L", b"PK\1\2", 0x0314, 20, fields["flags"], fields["method"], 0, 33,
                                 fields["crc"], fields["packed"], fields["size"], len(one.name), len(one.extra),
                                 0, 0, 0, one.attributes, at)  # fmt: skip
            lines += one.name + one.extra
    body += between
    tail = end(number, len(lines), len(body)) if end else end_of(number, len(lines), len(body))
    return body + lines + tail


def end_of(number: int, size: int, at: int, comment: bytes = b"") -> bytes:
    return struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, size, at, len(comment)) + comment


def end_of_64(number: int, size: int, at: int, *, here: int | None = None) -> bytes:
    """The record of a large directory and its locator; ``here`` is where it stands, if not behind the directory."""
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, number, number, size, at)
    return record + struct.pack("<4sLQL", b"PK\6\7", 0, at + size if here is None else here, 1)


def members(change: Mapping[str, Mapping[str, object]] | None = None) -> list[Zipped]:
    """The good bag, with what is said of some members changed."""
    made = []
    for name, content in FILES.items():
        one = Zipped(name.encode(), content)
        made.append(one._replace(**(change or {}).get(name.removeprefix("bag/"), {})))
    return made


def changed(name: str = "data/a.txt", **change: object) -> Callable[[], bytes]:
    return lambda: zipped(members({name: change}))


def descriptor(content: bytes, *, signed: bool = True, large: bool = False) -> bytes:
    form = "<LQQ" if large else "<LLL"
    return (b"PK\7\x08" if signed else b"") + struct.pack(form, zlib.crc32(content), len(content), len(content))


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def unfinished(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)


STREAMED = {"flags": 8, "local": {"crc": 0, "packed": 0, "size": 0}}
A = b"words"
