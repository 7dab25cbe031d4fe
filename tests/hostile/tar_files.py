"""Hostile bags in tar files, plain and compressed: headers that lie, bytes behind the end, files that are cut.

Each is a bag without a fault in a tar file with one: what is judged is the file, and not the bag.
"""

from __future__ import annotations

import bz2
import lzma
import struct
import zlib
from collections.abc import Callable, Mapping

from tests.files.archive_files import BLOCK, bag_files, patched, pax, tar_bytes, tar_header, tar_member
from tests.hostile.making import POLICY, RFC
from tests.hostile.zip_making import EVIL, FILES, A, Filed, deflated, members, zipped


def tarred(*more: bytes, files: Mapping[str, bytes] = FILES, before: bytes = b"") -> bytes:
    return before + tar_bytes(dict(files), *more)


def _with(name: str, member: bytes) -> bytes:
    """The good bag in a tar file, one member written otherwise."""
    made = (member if one == f"bag/{name}" else tar_member(one, content) for one, content in FILES.items())
    return b"".join(made) + bytes(2 * BLOCK)


def _sized(content: bytes, field: bytes) -> bytes:
    return tar_header("bag/data/a.txt", field) + content + bytes(-len(content) % BLOCK)


def _global(records: bytes) -> bytes:
    return tar_member("pax", records, b"g")


def record(key: bytes, value: bytes) -> bytes:
    rest = b" " + key + b"=" + value + b"\n"
    length = len(rest) + len(str(len(rest) + 2))
    while len(b"%d" % length) + len(rest) != length:
        length += 1
    return b"%d" % length + rest


def _tar() -> list[tuple[str, Callable[[], bytes], str, str, str]]:
    a = "bag/data/a.txt"
    prefixed = patched(tar_header(b"data/a.txt", 5), 345, b"bag")
    prefixed = patched(prefixed, 148, b"%06o\0 " % sum(patched(prefixed, 148, b" " * 8)))
    gnu = patched(tar_header(a, 5), 257, b"ustar  \0")
    gnu = patched(gnu, 345, b"00000000000\0")
    gnu = patched(gnu, 148, b"%06o\0 " % sum(patched(gnu, 148, b" " * 8)))
    old = patched(tar_header(a, 5), 257, bytes(8))
    old = patched(old, 148, b"%06o\0 " % sum(patched(old, 148, b" " * 8)))
    body = A + bytes(BLOCK - len(A))
    far = tar_member("x", EVIL)
    return [
        ("as it should be", tarred, "valid", "", RFC + "4"),
        ("a name in two parts", lambda: _with("data/a.txt", prefixed + body), "valid", "", POLICY),
        ("moments where a name's first part would be", lambda: _with("data/a.txt", gnu + body), "valid", "", POLICY),
        ("no magic", lambda: _with("data/a.txt", old + body), "valid", "", POLICY),
        ("a size in base 256", lambda: _with("data/a.txt", _sized(A, b"\x80" + bytes(10) + b"\5")),
         "valid", "", POLICY),
        ("a size behind spaces", lambda: _with("data/a.txt", _sized(A, b"          5\0")), "valid", "", POLICY),
        ("a size without an end", lambda: _with("data/a.txt", _sized(A, b"000000000005")), "valid", "", POLICY),
        ("a size of two numbers", lambda: _with("data/a.txt", _sized(A, b"5 7        \0")),
         "unchecked", "BAG070", POLICY),
        ("a size with a NUL within", lambda: _with("data/a.txt", _sized(A, b"5\x007777777777")),
         "unchecked", "BAG070", POLICY),
        ("a size below nothing", lambda: _with("data/a.txt", _sized(A, b"-0000000005\0")),
         "unchecked", "BAG070", POLICY),
        ("a pax size that is true where the other is not",
         lambda: _with("data/a.txt", pax(size="5") + _sized(A, b"00000000000\0")), "valid", "", POLICY),
        ("a pax size that lies", lambda: _with("data/a.txt", pax(size="4") + tar_member(a, A)),
         "invalid", "BAG003", POLICY),
        ("a pax size of Arabic digits", lambda: _with("data/a.txt", pax(size="٥") + tar_member(a, A)),
         "unchecked", "BAG070", POLICY),
        ("a pax size of 5,000 digits", lambda: _with("data/a.txt", pax(size="9" * 5000) + tar_member(a, A)),
         "unchecked", "BAG070", POLICY),
        ("a pax size with a sign", lambda: _with("data/a.txt", pax(size="+5") + tar_member(a, A)),
         "unchecked", "BAG070", POLICY),
        ("a pax path", lambda: _with("data/a.txt", pax(path=a) + tar_member("../evil", A)), "valid", "", POLICY),
        ("a pax path that climbs", lambda: _with("data/a.txt", pax(path="bag/../../evil") + tar_member(a, A)),
         "invalid", "BAG072 BAG004", POLICY),
        ("a pax path that is absolute", lambda: _with("data/a.txt", pax(path="/etc/x") + tar_member(a, A)),
         "invalid", "BAG072 BAG004", POLICY),
        ("a pax path twice, the last is right",
         lambda: _with("data/a.txt", tar_member("pax", record(b"path", b"/etc/x") + record(b"path", a.encode()), b"x")
                       + tar_member("x", A)), "valid", "", POLICY),
        ("a pax path that is no UTF-8",
         lambda: tarred(tar_member("pax", record(b"path", b"bag/caf\xe9"), b"x") + far), "warning", "BAG008", POLICY),
        ("a pax path with a NUL", lambda: tarred(tar_member("pax", record(b"path", b"bag/a\0b"), b"x") + far),
         "invalid", "BAG072", POLICY),
        ("a pax path with a line end", lambda: tarred(tar_member("pax", record(b"path", b"bag/a\nb"), b"x") + far),
         "warning", "BAG008 BAG052", POLICY),
        ("a pax header of no records", lambda: tarred(tar_member("pax", b"", b"x") + tar_member("bag/x", b"")),
         "warning", "BAG008", POLICY),
        ("a pax header behind which nothing is", lambda: tarred(pax(path="bag/x")), "warning", "BAG078", POLICY),
        ("a pax record of no length", lambda: tarred(tar_member("pax", b"0 path=x\n", b"x") + far),
         "unchecked", "BAG070", POLICY),
        ("a pax record of too great a length", lambda: tarred(tar_member("pax", b"99 path=x\n", b"x") + far),
         "unchecked", "BAG070", POLICY),
        ("a pax record without a line end", lambda: tarred(tar_member("pax", b"10 path=xy", b"x") + far),
         "unchecked", "BAG070", POLICY),
        ("a comment for all members", lambda: tarred(before=_global(record(b"comment", b"0123abc"))),
         "valid", "", POLICY),
        ("a path for all members", lambda: tarred(before=_global(record(b"path", b"bag/x"))),
         "unchecked", "BAG070", POLICY),
        ("a size for all members", lambda: tarred(before=_global(record(b"size", b"1"))),
         "unchecked", "BAG070", POLICY),
        ("a charset for all members", lambda: tarred(before=_global(record(b"hdrcharset", b"BINARY"))),
         "valid", "", POLICY),
        ("a long name", lambda: _with("data/a.txt", tar_member("L", a.encode() + b"\0", b"L") + tar_member("x", A)),
         "valid", "", POLICY),
        ("a long name that does not end", lambda: _with("data/a.txt", tar_member("L", a.encode(), b"L")
         + tar_member("x", A)), "valid", "", POLICY),
        ("a long name that climbs", lambda: tarred(tar_member("L", b"bag/../../evil\0", b"L") + far),
         "invalid", "BAG072", POLICY),
        ("a long name behind which nothing is", lambda: tarred(tar_member("L", b"bag/x\0", b"L")),
         "warning", "BAG078", POLICY),
        ("a long name that is cut by the end of the file", lambda: tarred()[:-1024] + tar_header("L", 9, b"L"),
         "unchecked", "BAG070", POLICY),
        ("a long target", lambda: tarred(tar_member("K", b"a.txt\0", b"K") + tar_member("bag/data/x", b"", b"2")),
         "invalid", "BAG017", POLICY),
        ("a link to a payload file", lambda: tarred(tar_member("bag/data/x", b"", b"2", link=b"a.txt")),
         "invalid", "BAG017", POLICY),
        ("a link that has bytes", lambda: tarred(tar_header("bag/data/x", 5, b"2", link=b"a.txt")),
         "invalid", "BAG017", POLICY),
        ("a hard link to a member", lambda: tarred(tar_member("bag/data/x", b"", b"1", link=a.encode())),
         "invalid", "BAG074", POLICY),
        ("a hard link in a listed file's place", lambda: _with("data/a.txt", tar_member(a, b"", b"1", link=b"/etc/x")),
         "invalid", "BAG074 BAG004", POLICY),
        ("a folder that has a size", lambda: tarred(tar_header("bag/data/", 4096, b"5")), "valid", "", POLICY),
        ("a contiguous file", lambda: _with("data/a.txt", tar_member(a, A, b"7")), "valid", "", POLICY),
        ("a label of the volume", lambda: tarred(before=tar_member("bag", b"", b"V")), "invalid", "BAG074", POLICY),
        ("a kind that nobody knows", lambda: tarred(tar_member("bag/x", A, b"Z")), "invalid", "BAG074", POLICY),
        ("a file with holes (GNU)", lambda: tarred(tar_member("bag/x", A, b"S")), "invalid", "BAG074", POLICY),
        ("a file with holes (pax)", lambda: tarred(pax(GNU__sparse__major="1") + tar_member("bag/x", A)),
         "invalid", "BAG074", POLICY),
        ("a pipe", lambda: tarred(tar_member("bag/data/x", b"", b"6")), "invalid", "BAG018", POLICY),
        ("a file with the name of a folder", lambda: tarred(tar_member("bag/x/", EVIL)), "invalid", "BAG074", POLICY),
        ("a name twice", lambda: tarred(tar_member(a, EVIL)), "invalid", "BAG073", POLICY),
        ("a folder named as a file is", lambda: tarred(tar_member(a, b"", b"5")), "invalid", "BAG073", POLICY),
        ("./ before each name", lambda: tarred(files={f"./{name}": one for name, one in FILES.items()}),
         "valid", "", POLICY),
        ("no folder at the top", lambda: tarred(files=bag_files(("data/a.txt", A))), "invalid", "BAG071", RFC + "4"),
        ("one block of zeros between two members",
         lambda: tarred()[:-1024] + bytes(BLOCK) + tar_member("bag/x", EVIL) + bytes(1024),
         "warning", "BAG078", POLICY),
        ("two tar files", lambda: tarred() + tarred(files={"bag/data/a.txt": EVIL}), "warning", "BAG078", POLICY),
        ("rubbish behind its end", lambda: tarred() + EVIL, "warning", "BAG078", POLICY),
        ("one byte behind its end", lambda: tarred() + b"\1", "warning", "BAG078", POLICY),
        ("a zip file behind its end", lambda: tarred() + zipped(members()), "warning", "BAG078", POLICY),
        ("a checksum that is wrong", lambda: _with("data/a.txt", patched(tar_member(a, A), 148, b"000000\0 ")),
         "unchecked", "BAG070", POLICY),
        ("a checksum of spaces", lambda: _with("data/a.txt", patched(tar_member(a, A), 148, b" " * 8)),
         "unchecked", "BAG070", POLICY),
        ("cut between two members", lambda: _with("data/a.txt", body), "unchecked", "BAG070", POLICY),
        ("cut within a member", lambda: tarred()[: -2 * BLOCK - 300], "unchecked", "BAG070", POLICY),
        ("cut behind the members", lambda: tarred()[:-1024], "warning", "BAG078", POLICY),
    ]  # fmt: skip


def _gz(content: bytes, flags: int = 0, more: bytes = b"") -> bytes:
    """One gzip member with fields in its header."""
    packed = deflated(content)
    return b"\x1f\x8b\x08" + bytes([flags]) + bytes(4) + b"\2\xff" + more + packed + struct.pack(
        "<LL", zlib.crc32(content), len(content) & 0xFFFFFFFF
    )  # fmt: skip


def _packed() -> list[tuple[str, str, Callable[[], bytes], str, str, str]]:
    def gz(change: Callable[[bytes], bytes]) -> Callable[[], bytes]:
        return lambda: change(_gz(tarred()))

    head = b"\x1f\x8b\x08\x02" + bytes(4) + b"\2\xff"
    sum_of_head = struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    return [
        ("as it should be", "gz", gz(bytes), "valid", "", RFC + "4"),
        ("a name and a comment", "gz", lambda: _gz(tarred(), 0x18, b"/etc/passwd\0comment\0"), "valid", "", POLICY),
        ("an extra field", "gz", lambda: _gz(tarred(), 4, b"\4\0abcd"), "valid", "", POLICY),
        ("a checksum of the header", "gz", lambda: _gz(tarred(), 2, sum_of_head), "valid", "", POLICY),
        ("a wrong checksum of the header", "gz", lambda: _gz(tarred(), 2, b"xx"), "unchecked", "BAG070", POLICY),
        ("a flag that is reserved", "gz", lambda: _gz(tarred(), 0x20), "unchecked", "BAG070", POLICY),
        ("a wrong checksum", "gz", gz(lambda one: one[:-8] + b"xxxx" + one[-4:]), "unchecked", "BAG070", POLICY),
        ("a wrong size", "gz", gz(lambda one: one[:-4] + b"xxxx"), "unchecked", "BAG070", POLICY),
        ("without its last byte", "gz", gz(lambda one: one[:-1]), "unchecked", "BAG070", POLICY),
        ("without its last 8 bytes", "gz", gz(lambda one: one[:-8]), "unchecked", "BAG070", POLICY),
        ("one byte behind", "gz", gz(lambda one: one + b"x"), "warning", "BAG078", POLICY),
        ("a mark behind", "gz", gz(lambda one: one + b"\x1f\x8b"), "warning", "BAG078", POLICY),
        ("a member that is cut behind", "gz", gz(lambda one: one + one[:20]), "unchecked", "BAG070", POLICY),
        ("zeros behind", "gz", gz(lambda one: one + bytes(1000)), "valid", "", POLICY),
        ("a member for every byte", "gz", lambda: b"".join(_gz(bytes([one])) for one in tarred()[:6000])
         + _gz(tarred()[6000:]), "valid", "", POLICY),
        ("a member in the middle of a header", "gz", lambda: _gz(tarred()[:700]) + _gz(tarred()[700:]),
         "valid", "", POLICY),
        ("two tar files, each in its member", "gz", lambda: _gz(tarred()) + _gz(tarred(files={"bag/x": EVIL})),
         "warning", "BAG078", POLICY),
        ("bz2", "bz2", lambda: bz2.compress(tarred()), "valid", "", POLICY),
        ("bz2 in two streams", "bz2", lambda: bz2.compress(tarred()[:700]) + bz2.compress(tarred()[700:]),
         "valid", "", POLICY),
        ("bz2 that is cut", "bz2", lambda: bz2.compress(tarred())[:-3], "unchecked", "BAG070", POLICY),
        ("xz", "xz", lambda: lzma.compress(tarred()), "valid", "", POLICY),
        ("xz in two streams", "xz", lambda: lzma.compress(tarred()[:700]) + lzma.compress(tarred()[700:]),
         "valid", "", POLICY),
        ("xz without a checksum", "xz", lambda: lzma.compress(tarred(), check=lzma.CHECK_NONE), "valid", "", POLICY),
        ("xz with a bit turned", "xz", lambda: _turned(lzma.compress(tarred())), "unchecked", "BAG070", POLICY),
        ("a zip file named as a tar file", "gz", lambda: zipped(members()), "valid", "", POLICY),
        ("a tar file named as a packed one", "gz", tarred, "valid", "", POLICY),
    ]  # fmt: skip


def _turned(content: bytes) -> bytes:
    return patched(content, len(content) // 2, bytes([content[len(content) // 2] ^ 1]))


TAR = tuple(Filed(row[0], "bag.tar", *row[1:]) for row in _tar())
PACKED = tuple(Filed(name, f"bag.tar.{ending}", *rest) for name, ending, *rest in _packed())
