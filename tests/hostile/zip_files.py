"""Hostile bags in zip files: such as two programs find two bags in, or one finds none.

Each is a bag without a fault in a zip file with one: what is judged is the file, and not the bag.
"""

from __future__ import annotations

import bz2
import struct
import zlib
from collections.abc import Callable

from tests.files.archive_files import bag_files, in_root, patched
from tests.hostile.making import POLICY, RFC
from tests.hostile.zip_making import (
    EVIL,
    STREAMED,
    A,
    Filed,
    Zipped,
    changed,
    deflated,
    descriptor,
    end_of,
    end_of_64,
    members,
    unfinished,
    zipped,
)

HIDDEN = Zipped(b"bag/data/hidden.txt", EVIL, listed=False)


def _zip() -> list[tuple[str, Callable[[], bytes], str, str, str]]:
    large = {"size": 0xFFFFFFFF, "packed": 0xFFFFFFFF}
    name = "bag/data/café.txt"
    return [
        ("as it should be", lambda: zipped(members()), "valid", "", RFC + "4"),
        *((f"a data descriptor, {'signed' if signed else 'bare'}, of {'64' if is_large else '32'} bits",
           changed(**STREAMED, behind=descriptor(A, signed=signed, large=is_large)), "valid", "", POLICY)
          for signed in (True, False) for is_large in (True, False)),
        ("no data descriptor where one should be", changed(**STREAMED), "valid", "", POLICY),
        ("a data descriptor that says otherwise", changed(**STREAMED, behind=descriptor(EVIL + b"x")),
         "invalid", "BAG077", POLICY),
        ("another size in its own header", changed(local={"size": 4, "packed": 4}), "invalid", "BAG077", POLICY),
        ("another checksum in its own header", changed(local={"crc": 1}), "invalid", "BAG077", POLICY),
        ("another method in its own header", changed(local={"method": 8}), "invalid", "BAG077", POLICY),
        ("another name in its own header", changed(local_name=b"bag/data/b.txt"), "invalid", "BAG077", POLICY),
        ("a longer name in its own header", changed(local_name=b"bag/data/a.txt.exe"), "invalid", "BAG077", POLICY),
        ("a NUL behind the name in its own header", changed(local_name=b"bag/data/a.txt\0"),
         "invalid", "BAG077", POLICY),
        ("encrypted by its own header alone", changed(local={"flags": 1}), "unchecked", "BAG025", POLICY),
        ("a large member's fields in its own header", changed(local=large,
         local_extra=struct.pack("<HHQQ", 1, 16, 5, 5)), "valid", "", POLICY),
        ("a large member's fields in its own header that say otherwise", changed(local=large,
         local_extra=struct.pack("<HHQQ", 1, 16, 4, 4)), "invalid", "BAG077", POLICY),
        ("a member that the directory does not know, before", lambda: zipped([HIDDEN, *members()]),
         "warning", "BAG078", POLICY),
        ("a member that the directory does not know, between",
         lambda: zipped([*members()[:2], HIDDEN, *members()[2:]]), "warning", "BAG078", POLICY),
        ("a member that the directory does not know, behind", lambda: zipped([*members(), HIDDEN]),
         "warning", "BAG078", POLICY),
        ("a member that the directory does not know, as a data descriptor",
         changed(**STREAMED, behind=descriptor(A) + b"hidden"), "warning", "BAG078", POLICY),
        ("bytes between two members", changed(behind=EVIL), "warning", "BAG078", POLICY),
        ("bytes between the last member and the directory", lambda: zipped(members(), between=bytes(64)),
         "warning", "BAG078", POLICY),
        ("bytes behind a folder", lambda: zipped([Zipped(b"bag/", b"", behind=EVIL, attributes=0x10), *members()]),
         "warning", "BAG078", POLICY),
        ("another order in the directory", _in_another_order, "valid", "", POLICY),
        ("bytes behind a member's bzip2", changed(method=12, packed=bz2.compress(A) + EVIL),
         "unchecked", "BAG025", POLICY),
        ("two bzip2 streams", changed(content=A + A, method=12, packed=bz2.compress(A) * 2),
         "unchecked", "BAG025", POLICY),
        ("bzip2 that is cut", changed(method=12, packed=bz2.compress(A)[:-5]), "unchecked", "BAG025", POLICY),
        ("deflate without its last block", changed(method=8, packed=unfinished(A)), "unchecked", "BAG025", POLICY),
        ("bzip2 as it should be", changed(method=12, packed=bz2.compress(A)), "valid", "", POLICY),
        ("bytes behind a member's deflate", changed(method=8, packed=deflated(A) + EVIL),
         "unchecked", "BAG025", POLICY),
        ("deflate that holds more", changed(method=8, packed=deflated(A + EVIL)),
         "unchecked", "BAG025 BAG077", POLICY),
        *((f"a method that is not known: {number}", changed(method=number), "unchecked", "BAG025", POLICY)
          for number in (1, 6, 9, 10, 14, 20, 93, 95, 97, 98, 255)),
        ("encrypted by AES", changed(method=99, flags=1), "unchecked", "BAG076", POLICY),
        ("the directory encrypted", changed(flags=0x2041), "unchecked", "BAG076", POLICY),
        ("patch data", changed(flags=0x20), "unchecked", "BAG025", POLICY),
        ("a wrong checksum of nothing", changed("data/empty.txt", crc=1), "invalid", "BAG077", POLICY),
        ("another name of a member that no manifest lists",
         lambda: zipped([*members(), Zipped(b"bag/x.txt", EVIL, local_name=b"bag/data/a.txt")]),
         "invalid", "BAG077", POLICY),
        ("another name of a folder",
         lambda: zipped([*members(), Zipped(b"bag/data/deep/", b"", local_name=b"bag/data/a.txt")]),
         "invalid", "BAG077", POLICY),
        ("4 GiB without the field that would say so", _full_without_field,
         "unchecked", "", POLICY),
        ("an extra field that is longer than the line", changed(extra=b"\1\0\xff\xff"), "valid", "", POLICY),
        ("an extra field of one byte", changed(extra=b"\1"), "valid", "", POLICY),
        ("a name in Unicode beside", lambda: _named(name.encode("cp437"), name, same=True), "valid", "", POLICY),
        ("a name in Unicode beside that belongs to another name",
         lambda: _named(name.encode("cp437"), name, same=False), "valid", "", POLICY),
        ("a name in Unicode that climbs", lambda: zipped(members({"data/a.txt": {
            "extra": _unicode(b"bag/data/a.txt", "bag/../../evil")}})), "invalid", "BAG072", POLICY),
        ("a name in Unicode that is absolute", lambda: zipped(members({"data/a.txt": {
            "extra": _unicode(b"bag/data/a.txt", "/etc/passwd")}})), "invalid", "BAG072", POLICY),
        ("an archive comment", lambda: zipped(members(), end=lambda *of: end_of(*of, b"a comment")),
         "valid", "", POLICY),
        ("an archive comment with a bag in it", _bag_in_comment, "warning", "BAG078", POLICY),
        ("an archive comment that is cut", lambda: zipped(members(), end=lambda *of: end_of(*of, b"x" * 50))[:-9],
         "unchecked", "BAG070", POLICY),
        ("a record of a large directory that nothing asks for",
         lambda: zipped(members(), end=lambda *of: end_of_64(*of) + end_of(*of)), "valid", "", POLICY),
        ("a record of a large directory of another one", _two_directories, "unchecked", "BAG070", POLICY),
        ("a record of a large directory that counts otherwise",
         lambda: zipped(members(), end=lambda n, s, a: end_of_64(n + 1, s, a) + end_of(n, s, a)),
         "unchecked", "BAG070", POLICY),
        ("a locator without a record", lambda: zipped(members(), end=lambda *of: end_of_64(*of)[56:] + end_of(*of)),
         "unchecked", "BAG070", POLICY),
        ("two zip files", lambda: zipped([Zipped(b"bag/data/a.txt", EVIL)]) + zipped(members()),
         "warning", "BAG078", POLICY),
        ("a zip file behind which nothing but zeros is", lambda: zipped(members()) + bytes(100),
         "warning", "BAG078", POLICY),
        ("a part of several", lambda: zipped(members(), end=lambda n, s, a: patched(end_of(n, s, a), 4, b"\1\0")),
         "unchecked", "BAG070", POLICY),
        ("a directory of 2 GiB", lambda: zipped(members(), end=lambda n, s, a: end_of(n, 2**31, a)),
         "unchecked", "BAG070", POLICY),
        ("two roots by their normal form", lambda: zipped([*members(), *_folder("café"), *_folder("cafe\u0301")]),
         "invalid", "BAG071", RFC + "4"),
        ("a link to a payload file", lambda: zipped([*members(), Zipped(b"bag/data/x", b"a.txt",
         attributes=0o120777 << 16)]), "invalid", "BAG017", POLICY),
        ("a pipe", lambda: zipped([*members(), Zipped(b"bag/data/x", b"", attributes=0o010644 << 16)]),
         "invalid", "BAG018", POLICY),
        ("a folder's name with bytes", lambda: zipped([*members(), Zipped(b"bag/data/x/", EVIL)]),
         "invalid", "BAG074", POLICY),
        ("a folder by its DOS attribute alone", lambda: zipped([*members(), Zipped(b"bag/data/deep", b"",
         attributes=0x10)]), "valid", "", POLICY),
        ("a member without a name", lambda: zipped([*members(), Zipped(b"", EVIL)]), "invalid", "BAG074", POLICY),
        ("a name of a slash", lambda: zipped([*members(), Zipped(b"/", b"")]), "invalid", "BAG072", POLICY),
        ("a drive", lambda: zipped([*members(), Zipped(b"C:evil", EVIL)]), "invalid", "BAG072", POLICY),
        ("a name with .. behind a NUL", lambda: zipped([*members(), Zipped(b"bag/data/x\0/../..", EVIL)]),
         "invalid", "BAG072", POLICY),
        ("a name twice with a slash more", lambda: zipped([*members(), Zipped(b"bag//data/./a.txt", EVIL)]),
         "invalid", "BAG073", POLICY),
        ("a file below a file", lambda: zipped([*members(), Zipped(b"bag/data/a.txt/x", EVIL)]),
         "invalid", "BAG073", POLICY),
        ("a file in the place of a folder", lambda: zipped([*members(), Zipped(b"bag/data", EVIL)]),
         "invalid", "BAG073", POLICY),
        ("a member that is at two places of the directory", _listed_twice, "invalid", "BAG077", POLICY),
    ]  # fmt: skip


def _folder(root: str) -> list[Zipped]:
    return [Zipped(f"{root}/x".encode(), b"", flags=0x800)]


def _unicode(old: bytes, new: str) -> bytes:
    content = b"\1" + struct.pack("<L", zlib.crc32(old)) + new.encode()
    return struct.pack("<HH", 0x7075, len(content)) + content


def _named(raw: bytes, name: str, *, same: bool) -> bytes:
    """A bag with a payload file that has a name in Unicode beside, right or of another old name."""
    files = in_root(bag_files((name.removeprefix("bag/"), A)))
    extra = _unicode(raw, name) if same else _unicode(b"other", "bag/data/evil")
    return zipped([
        Zipped(raw, content, extra=extra) if one == name else Zipped(one.encode(), content)
        for one, content in files.items()
    ])  # fmt: skip


def _in_another_order() -> bytes:
    content = zipped(members())
    at = content.index(b"PK\1\2")
    ends_at = content.index(b"PK\5\6")
    lines = [b"PK\1\2" + line for line in content[at:ends_at].split(b"PK\1\2")[1:]]
    return content[:at] + b"".join(reversed(lines)) + content[ends_at:]


def _full_without_field() -> bytes:
    content = zipped(members())
    at = content.index(b"PK\1\2")
    return patched(content, at + 24, b"\xff" * 4)


def _bag_in_comment() -> bytes:
    """Two bags: the one that stands in the comment is what lies nearest to the end."""
    return zipped([Zipped(b"bag/x", EVIL)], end=lambda *of: end_of(*of, zipped(members())))


def _two_directories() -> bytes:
    """The record of a large directory knows of other members than the end does."""
    whole = members()
    other = [*whole[:-1], whole[-1]._replace(content=EVIL)]
    first = zipped(other, end=lambda *of: b"")
    number = len(whole)
    at, size = first.index(b"PK\1\2"), len(first) - first.index(b"PK\1\2")
    return zipped([one._replace(before=first if not i else b"") for i, one in enumerate(whole)],
                    end=lambda n, s, a: end_of_64(number, size, at, here=a + s) + end_of(n, s, a))  # fmt: skip


def _listed_twice() -> bytes:
    content = zipped(members())
    at, ends_at = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    lines = [b"PK\1\2" + line for line in content[at:ends_at].split(b"PK\1\2")[1:]]
    lines.append(lines[-1].replace(b".txt", b".TXT"))
    directory = b"".join(lines)
    return content[:at] + directory + end_of(len(lines), len(directory), at)


ZIP = tuple(Filed(row[0], "bag.zip", *row[1:]) for row in _zip())
