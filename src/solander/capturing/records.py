"""Records of a file, one after the other, whatever its format: how each is read to its end, and how reading goes on.

No record is skipped in silence. Where one is broken, reading goes on at the next that can be found, and what lies
between is told too.

Source: ISO 28500:2017, section 4; RFC 1952, 2.2 (members).
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator

from solander.capturing.members import MemberDamaged, Members, Passed
from solander.model.ports import Readable
from solander.model.warc import Met, RecordEnd, RecordHead

VERSION_LINE = re.compile(rb"WARC/([0-9]{1,3})\.([0-9]{1,3})[ \t]*\r?\n?\Z")
RETURNS_LIMIT = 32
"""So often a file is gone through again behind a record whose length is wrong."""
LOOK_BYTES = 8192
"""So far ahead is looked for a record, at a time."""

_NEXT = re.compile(rb"(?:\A|(?<=\n))WARC/[0-9]+\.[0-9]+[ \t]*\r?\n")


class Record:
    """A record whose block can be read, once and in order; ``finish`` ends it."""

    def __init__(self, head: RecordHead, members: Members, begins: re.Pattern[bytes] | None = None) -> None:
        """Begin behind a header; ``begins`` is how another record does, where it may be gone back to."""
        self.head = head
        self._begins = begins
        self.went_back = False
        """Whether another record was found within the block, and reading goes on there."""
        self._members = members
        self.begin_bytes = members.offset_bytes
        """Where the block begins, in a file that is not compressed."""
        self._left = head.length_bytes or 0
        self._met: list[Met] = []
        self._damaged = False
        self._end: RecordEnd | None = None
        self._last = b""
        self.tail = b""
        """Of a record of ARC, the line ends behind its block."""

    def chunks(self) -> Iterator[bytes]:
        """The rest of the block, in pieces; it stops where the file does, or where it is damaged."""
        while self._left and not self._damaged:
            try:
                piece = self._members.read(min(self._left, 1 << 16), across=self._members.form == "plain")
            except MemberDamaged as damage:
                self._met.append(told(damage))
                self._damaged = True
                return
            if not piece:
                return
            self._left -= len(piece)
            self._last = (self._last + piece)[-4096:]
            yield piece

    @property
    def is_read(self) -> bool:
        """Whether nothing is left of the block."""
        return not self._left

    def finish(self) -> RecordEnd:
        """Read what is left of the record, and how it ends."""
        if self._end is None:
            for _ in self.chunks():
                pass
            self._end = self._finish()
        return self._end

    def _finish(self) -> RecordEnd:
        members, met = self._members, self._met
        if self._damaged:
            return RecordEnd(members.member_offset, False, False, tuple(met))
        if self._left:
            met.append(self._cut())
            return RecordEnd(members.next_offset_bytes, False, False, tuple(met))
        try:
            return self._closed()
        except MemberDamaged as damage:
            met.append(told(damage))
            self._damaged = True
            return RecordEnd(members.member_offset, False, False, tuple(met))

    def _cut(self) -> Met:
        wanted = self.head.length_bytes or 0
        # Had the length been right, another record would not stand within the block.
        within = _NEXT.search(self._last)
        if within is not None and self._last[: within.start()].endswith(b"\r\n\r\n"):
            return Met("length-too-long", "the block runs into the next record", None, str(wanted))
        what = "the record ends before its block does"
        return Met("record-truncated", what, f"{wanted:,} bytes", f"{wanted - self._left:,} bytes")

    def _closed(self) -> RecordEnd:
        members, met = self._members, self._met
        across = members.form == "plain"
        if self.head.length_bytes is None:
            self._skip_block()
            return RecordEnd(members.next_offset_bytes, False, False, tuple(met))
        tail = members.peek(4) if across or not members.is_done() else b""
        if tail == b"\r\n\r\n":
            members.read(4, across=across)
        elif self.head.version.startswith("ARC"):
            # One line end parts records; writers that leave the block's last one out of its length write two.
            while (across or not members.is_done()) and members.peek(1) == b"\n":
                self.tail += members.read(1, across=across)
        elif tail[:2] == b"\n\n":
            met.append(Met("line-ends-bare", "two bare line feeds close the record", "CRLF CRLF", "LF LF"))
            members.read(2, across=across)
        else:
            met.append(self._unclosed(tail))
        closes = members.form == "plain" or members.is_done()
        return RecordEnd(members.next_offset_bytes, True, closes, tuple(met))

    def _skip_block(self) -> None:
        """Pass by a block whose length nobody knows: up to what looks like the next record."""
        members = self._members
        across = members.form == "plain"
        while across or not members.is_done():
            head = members.peek(32)
            if not head or VERSION_LINE.match(head.partition(b"\n")[0] + b"\n"):
                return
            members.read_line(LOOK_BYTES, across=across)

    def _unclosed(self, tail: bytes) -> Met:
        members = self._members
        within = _NEXT.search(self._last + members.peek(32))
        if within is not None and within.start() < len(self._last):
            if members.form == "plain":
                near = members.offset_bytes - len(self._last) + within.start()
                # There may be more of them before the last few bytes.
                first = members.found(self._begins, self.begin_bytes) if self._begins is not None else None
                self.went_back = first is not None and first < near
                members.go_to(first if first is not None and self.went_back else near)
            return Met("length-too-long", "the block runs into the next record", None, str(self.head.length_bytes))
        if not tail.strip(b"\r\n"):
            members.read(len(tail), across=False)
            return Met("record-end-missing", "two line ends should close the record", "CRLF CRLF", _ends(tail))
        ahead = members.peek(LOOK_BYTES)
        following = _NEXT.search(ahead)
        stop = following.start() if following else len(ahead) if len(ahead) < LOOK_BYTES else None
        if stop is not None and ahead[:stop].endswith(b"\r\n\r\n"):
            members.read(stop)
            wanted = (self.head.length_bytes or 0) + stop - 4
            what = "the block goes on behind its length, up to the two line ends"
            return Met("length-too-short", what, f"{wanted:,} bytes", f"{self.head.length_bytes:,} bytes")
        return Met("record-end-missing", "two line ends should close the record", "CRLF CRLF", shown(tail))


def _ends(tail: bytes) -> str:
    return tail.decode("ascii").replace("\r\n", "CRLF ").replace("\n", "LF ").replace("\r", "CR ").strip() or "nothing"


class Records(ABC):
    """The records of a file; iterate, and read of each what is wanted."""

    def __init__(self, source: Readable, *, offset_bytes: int = 0) -> None:
        """Begin at a record."""
        self.members = Members(source, offset_bytes)
        self.met: list[tuple[int, Met]] = []
        """What was met between records, with its place in the file."""
        self.number = 0
        """How many records were begun."""
        self._returns = 0

    def __iter__(self) -> Iterator[Record]:
        """Each record; what of it is not read by the time that the next is asked for is passed over."""
        while True:
            try:
                head = self._read_head()
            except MemberDamaged as damage:
                self.met.append((self.members.member_offset, told(damage)))
                if damage.is_cut:
                    return
                self.members.skip_member()
                continue
            if head is None:
                return
            may_go_back = self.members.form == "plain" and self._returns < RETURNS_LIMIT
            record = Record(head, self.members, self.begins if may_go_back else None)
            yield record
            end = record.finish()
            self._returns += record.went_back
            if not end.is_whole:
                if self.members.form == "plain":
                    if not record.is_read and not self._goes_on(record):
                        return
                elif any(one.kind == "compression-cut" for one in end.met):
                    return
                elif any(one.kind == "compression-damaged" for one in end.met):
                    self.members.skip_member()

    def _goes_on(self, record: Record) -> bool:
        """Go back to what begins like a record within a block that runs over the file's end: its length is wrong."""
        found = self.members.found(self.begins, record.begin_bytes) if self._returns < RETURNS_LIMIT else None
        if found is None:
            return False
        self._returns += 1
        self.members.go_to(found)
        return True

    @property
    @abstractmethod
    def begins(self) -> re.Pattern[bytes]:
        """How a record begins behind the end of another: what stands before its first line is the other's."""

    @abstractmethod
    def _read_head(self) -> RecordHead | None:
        """The next record's header; ``None`` at the end of the file."""


def told(damage: MemberDamaged) -> Met:
    """What is wrong with a compressed member."""
    return Met("compression-cut" if damage.is_cut else "compression-damaged", str(damage))


def told_passed(passed: Passed) -> Met:
    """What stands between two compressed members."""
    if not passed.first:
        return Met("bytes-between-records", f"{passed.size_bytes:,} bytes of zero stand between records")
    return Met("bytes-between-records", f"{passed.size_bytes:,} bytes are no record", None, shown(passed.first))


def shown(content: bytes) -> str:
    """Bytes for a person: short, on one line, harmless."""
    return " ".join(content[:60].decode("ascii", "backslashreplace").split())
