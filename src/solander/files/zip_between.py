"""How the members of a zip file lie: one behind the other, with nothing between that belongs to none of them.

Programs that read a zip file as a stream go from member to member, and find what its directory does not know of.

Source: APPNOTE.TXT 6.3.10, 4.3.1 (order of what a zip file has), 4.3.9 (data descriptors).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from solander.files.members import Broken, Roll
from solander.files.zip_directory import ENCRYPTED_FLAGS, LOCAL_BYTES, Local, descriptor_bytes, read_local

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


class Span(NamedTuple):
    """A member of any kind by the directory."""

    where: InZip
    name_bytes: int
    size_bytes: int
    path: str
    """From the archive's top; empty where it is not listed."""

    @property
    def least_end(self) -> int:
        """Where it ends if its own header has no extra field and no data descriptor follows."""
        return self.where.at + LOCAL_BYTES + self.name_bytes + self.where.packed_bytes


def tell_overlaps(spans: Sequence[Span], directory_at: int, roll: Roll[InZip]) -> None:
    """Tell members that lie in one another: a bomb of a few mebibytes holds one member a million times."""
    reached = 0
    for one in spans:
        if one.where.at < reached or one.least_end > directory_at:
            what = "in another member" if one.where.at < reached else "beyond the last byte before the directory"
            roll.fault("serialised-member-harmed", one.path, f"by the directory it lies {what}")
        reached = max(reached, one.least_end)


def tell_between(file: int, spans: Sequence[Span], directory_at: int, roll: Roll[InZip]) -> None:
    """Tell what stands between a member and the next, or the directory, and belongs to neither.

    A member's own header is read only where the directory leaves room behind the member.

    Args:
        file: the open zip file.
        spans: in the order in which they lie.
        directory_at: where the directory begins.
        roll: gets the faults.
    """
    following = (*[one.where.at for one in spans[1:]], directory_at)
    for one, next_at in zip(spans, following, strict=False):
        if one.least_end >= next_at:
            continue
        try:
            local = read_local(file, one.where.at)
        except Broken as error:
            roll.fault("serialised-member-harmed", one.path, str(error))
            continue
        end = local.begin + one.where.packed_bytes
        if (local.flags | one.where.flags) & DESCRIPTOR_FLAG and end < next_at:
            length = descriptor_bytes(file, end, one.where.crc, one.where.packed_bytes, one.size_bytes)
            if length < 0:
                what = "the data descriptor behind it says otherwise than the directory"
                roll.fault("serialised-member-harmed", one.path, what)
                continue
            end += length
        if end < next_at:
            what = f"{next_at - end:,} bytes stand behind it that the directory does not know of; they were not read"
            roll.fault("serialised-edges-irregular", one.path, what)


def difference(local: Local, where: InZip, size_bytes: int) -> Differing | None:
    """What a member's own header says otherwise than the directory: what is so, the directory's value, its own.

    Where a data descriptor follows the member, its header may leave checksum and sizes at nothing (4.4.4).
    """
    if local.flags & ENCRYPTED_FLAGS:
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
