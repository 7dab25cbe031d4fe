"""How the members of a zip file lie: one behind the other, with nothing between that belongs to none of them.

Programs that read a zip file as a stream go from member to member, and find what its directory does not know of.

Source: APPNOTE.TXT 6.3.10, 4.3.1 (order of what a zip file has), 4.3.9 (data descriptors).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from solander.files.members import Roll
from solander.files.zip_directory import ENCRYPTED_FLAGS, Local, begin_of, descriptor_bytes

DESCRIPTOR_FLAG = 0x8
"""The size and checksum of a member stand behind its bytes, and not, or not only, before them."""


class InZip(NamedTuple):
    """Where a member lies, and what the directory says of it."""

    at: int
    packed_bytes: int
    method: int
    flags: int
    crc: int
    name_crc: int


Differing: TypeAlias = tuple[str, str, str]
"""What is so, what the directory says, and what the member's own header does."""


Span: TypeAlias = tuple[int, int, str, InZip, int]
"""A member of any kind by the directory: where it begins; where it ends if its own header has no extra field and no
data descriptor follows; its name from the archive's top, empty where it is not listed; the directory's line; its size.
A plain tuple, for there are as many as members."""


def tell_between(file: int, spans: Sequence[Span], directory_at: int, roll: Roll[InZip]) -> None:
    """Tell members that lie in one another, and what stands between two and belongs to neither.

    A bomb of a few mebibytes holds one member a million times. A member's own header is read only where the directory
    leaves room behind the member.

    Args:
        file: the open zip file.
        spans: in the order in which they lie.
        directory_at: where the directory begins.
        roll: gets the faults.
    """
    reached = 0
    last = len(spans) - 1
    for number, span in enumerate(spans):
        at, least_end, path, _, _ = span
        next_at = directory_at if number == last else spans[number + 1][0]
        if at < reached or least_end > directory_at:
            what = "in another member" if at < reached else "beyond the last byte before the directory"
            roll.fault("serialised-member-harmed", path, f"by the directory it lies {what}")
        elif least_end < next_at:
            _tell_behind(file, span, next_at, roll)
        reached = max(reached, least_end)


def _tell_behind(file: int, span: Span, next_at: int, roll: Roll[InZip]) -> None:
    at, _, path, where, size_bytes = span
    end = begin_of(file, at) + where.packed_bytes
    if where.flags & DESCRIPTOR_FLAG and end < next_at:
        length = descriptor_bytes(file, end, where.crc, where.packed_bytes, size_bytes)
        if length < 0:
            what = "the data descriptor behind it says otherwise than the directory"
            roll.fault("serialised-member-harmed", path, what)
            return
        end += length
    if end < next_at:
        what = f"{next_at - end:,} bytes stand behind it that the directory does not know of; they were not read"
        roll.fault("serialised-edges-irregular", path, what)


def difference(local: Local, where: InZip, size_bytes: int) -> Differing | None:
    """What a member's own header says otherwise than the directory: what is so, the directory's value, its own.

    Where a data descriptor follows the member, its header may leave checksum and sizes at nothing (4.4.4).
    """
    is_same = local.packed_bytes == where.packed_bytes and local.size_bytes == size_bytes and local.crc == where.crc
    if (is_same and local.method == where.method) or local.flags & ENCRYPTED_FLAGS:
        return None
    rows = (
        ("compression method", where.method, local.method, ""),
        ("CRC-32", where.crc, local.crc, "08x"),
        ("size", size_bytes, local.size_bytes, ""),
        ("compressed size", where.packed_bytes, local.packed_bytes, ""),
    )
    for name, said, own, form in rows:
        is_left_open = local.flags & DESCRIPTOR_FLAG and not own and name != "compression method"
        if own != said and not is_left_open:
            return f"its own header has another {name} than the directory", format(said, form), format(own, form)
    return None
