"""Records of a WARC file, one after the other, as they are written: what a reader would forgive is told.

No record is skipped in silence. Where one is broken, reading goes on at the next that can be found, and what lies
between is told too.

Source: ISO 28500:2017, sections 4 to 6.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from solander.capturing.members import MemberDamaged, Members, Passed
from solander.model.ports import Readable
from solander.model.warc import Met, RecordEnd, RecordHead

LINE_LIMIT_BYTES = 1024 * 1024
HEADER_LIMIT_BYTES = 16 * 1024 * 1024
"""A record with a longer header is none that is read: it could not be copied as it is."""

FIELDS_LIMIT = 1_000
LONG_LINE_BYTES = 32 * 1024
"""A longer line is told: readers refuse it, each from another length on."""

_VERSION = re.compile(rb"WARC/([0-9]{1,3})\.([0-9]{1,3})[ \t]*\r?\n?\Z")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_NEXT = re.compile(rb"(?:\A|(?<=\n))WARC/[0-9]+\.[0-9]+[ \t]*\r?\n")
_KNOWN = frozenset((b"WARC/1.0", b"WARC/1.1", b"WARC/0.18", b"WARC/0.17"))
_LOOK_BYTES = 8192

Piece: TypeAlias = Iterator[bytes]


class Record:
    """A record whose block can be read, once and in order; ``finish`` ends it."""

    def __init__(self, head: RecordHead, members: Members) -> None:
        self.head = head
        self._members = members
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
            if not head or _VERSION.match(head.partition(b"\n")[0] + b"\n"):
                return
            members.read_line(_LOOK_BYTES, across=across)

    def _unclosed(self, tail: bytes) -> Met:
        members = self._members
        within = _NEXT.search(self._last + members.peek(32))
        if within is not None and within.start() < len(self._last):
            if members.form == "plain":
                members.go_to(members.offset_bytes - len(self._last) + within.start())
            return Met("length-too-long", "the block runs into the next record", None, str(self.head.length_bytes))
        if not tail.strip(b"\r\n"):
            members.read(len(tail), across=False)
            return Met("record-end-missing", "two line ends should close the record", "CRLF CRLF", _ends(tail))
        ahead = members.peek(_LOOK_BYTES)
        following = _NEXT.search(ahead)
        stop = following.start() if following else len(ahead) if len(ahead) < _LOOK_BYTES else None
        if stop is not None and ahead[:stop].endswith(b"\r\n\r\n"):
            members.read(stop)
            wanted = (self.head.length_bytes or 0) + stop - 4
            what = "the block goes on behind its length, up to the two line ends"
            return Met("length-too-short", what, f"{wanted:,} bytes", f"{self.head.length_bytes:,} bytes")
        return Met("record-end-missing", "two line ends should close the record", "CRLF CRLF", shown(tail))


def _ends(tail: bytes) -> str:
    return tail.decode("ascii").replace("\r\n", "CRLF ").replace("\n", "LF ").replace("\r", "CR ").strip() or "nothing"


class WarcRecords:
    """The records of a WARC file; iterate, and read of each what is wanted."""

    def __init__(self, source: Readable, *, offset_bytes: int = 0) -> None:
        """Begin at a record."""
        self.members = Members(source, offset_bytes)
        self.met: list[tuple[int, Met]] = []
        """What was met between records, with its place in the file."""
        self._number = 0

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
            record = Record(head, self.members)
            yield record
            end = record.finish()
            if not end.is_whole:
                if self.members.form == "plain":
                    if record._left:
                        return
                elif any(one.kind == "compression-cut" for one in end.met):
                    return
                elif any(one.kind == "compression-damaged" for one in end.met):
                    self.members.skip_member()

    def _read_head(self) -> RecordHead | None:
        members = self.members
        self._skip_to_record()
        opens = members.is_at_member_start
        line = members.read_line(LINE_LIMIT_BYTES)
        if not line:
            # Zeros at the end are how disks are filled up; wherever else they stand, records may follow.
            if members.trailing and (passed := members.skip_trailing()) is not None:
                self.met.append((passed.offset_bytes, told_passed(passed)))
                return self._read_head()
            if members.trailing.strip(b"\0"):
                what = f"what follows is no {members.form} member"
                self.met.append(
                    (members.next_offset_bytes, Met("bytes-between-records", what, None, shown(members.trailing)))
                )
            return None
        offset = members.member_offset if members.form != "plain" else members.offset_bytes - len(line)
        self._number += 1
        return self._parse(line, offset, opens=opens)

    def _parse(self, line: bytes, offset: int, *, opens: bool) -> RecordHead:
        """Read a header, of which ``line`` is the first, to its empty line; what no standard has is told."""
        members = self.members
        met: list[Met] = []
        version = line.strip().decode("ascii", "replace")
        if line.strip() not in _KNOWN:
            met.append(
                Met(
                    "version-unknown",
                    "no such version is known; it is read as 1.1",
                    "WARC/1.0 or WARC/1.1",
                    version[:80],
                )
            )
        bare_ends = 0 if line.endswith(b"\r\n") else 1
        written = [line]
        fields: list[tuple[str, str]] = []
        while True:
            line = members.read_line(LINE_LIMIT_BYTES, across=members.form == "plain")
            written.append(line)
            bare_ends += line.endswith(b"\n") and not line.endswith(b"\r\n")
            if not line.strip(b"\r\n"):
                if not line:
                    met.append(Met("record-truncated", "the header ends before its empty line does"))
                break
            if len(line) > LONG_LINE_BYTES:
                rest = 0 if line.endswith(b"\n") else self._skip_line(written)
                what = f"a header line has {len(line) + rest:,} bytes; not every program reads it"
                met.append(Met("header-line-long", what))
            if len(fields) >= FIELDS_LIMIT:
                met.append(
                    Met(
                        "header-line-malformed",
                        f"the header has more than {FIELDS_LIMIT:,} fields; the rest is not read",
                    )
                )
                self._skip_header(written)
                break
            if line[:1] in b" \t" and fields:
                name, value = fields[-1]
                fields[-1] = (name, f"{value} {_text(line.strip(), met)}"[:LINE_LIMIT_BYTES])
                continue
            name_bytes, colon, value_bytes = line.partition(b":")
            if not colon or not _NAME.match(name_bytes):
                met.append(Met("header-line-malformed", "this line is no name, colon and value", None, shown(line)))
                continue
            fields.append((name_bytes.decode("ascii"), _text(value_bytes.strip(), met)))
        if bare_ends:
            met.append(Met("line-ends-bare", "header lines end in a bare line feed", "CRLF", "LF"))
        length, more = _length(fields)
        if sum(map(len, written)) > HEADER_LIMIT_BYTES:
            what = f"the header has more than {HEADER_LIMIT_BYTES:,} bytes: the record is passed by"
            length, more = None, [*more, Met("header-line-malformed", what)]
        return RecordHead(
            number=self._number,
            offset_bytes=offset,
            version=version[:80],
            fields=tuple(fields),
            written=b"".join(written),
            length_bytes=length,
            opens_member=opens,
            met=(*met, *more),
        )

    def _skip_to_record(self) -> None:
        """Pass by what is no record, and tell of it."""
        members = self.members
        skipped, first, at = 0, b"", members.offset_bytes
        while True:
            head = members.peek(32)
            if not head or _VERSION.match(head.partition(b"\n")[0] + b"\n"):
                break
            # After a damaged or cut-off part there may be very long lines: they are passed by in pieces.
            line = members.read_line(_LOOK_BYTES)
            if not skipped:
                at = members.offset_bytes - len(line) if members.form == "plain" else members.member_offset
            if not first.strip():
                first = line
            skipped += len(line)
        if skipped and first.strip():
            what = f"{skipped:,} bytes are no record"
            self.met.append((at, Met("bytes-between-records", what, None, shown(first))))
        elif skipped > 0 and self._number:
            self.met.append((at, Met("bytes-between-records", f"{skipped:,} bytes of empty lines too many")))

    def _skip_line(self, written: list[bytes]) -> int:
        """Pass by the rest of a line, which is kept as it is written up to a bound; how many bytes it has."""
        size = 0
        while piece := self.members.read_line(LINE_LIMIT_BYTES, across=False):
            size += len(piece)
            self._keep(piece, written)
            if piece.endswith(b"\n"):
                break
        return size

    def _skip_header(self, written: list[bytes]) -> None:
        begins = True
        while piece := self.members.read_line(LINE_LIMIT_BYTES, across=False):
            self._keep(piece, written)
            if begins and not piece.strip(b"\r\n"):
                break
            begins = piece.endswith(b"\n")

    def _keep(self, piece: bytes, written: list[bytes]) -> None:
        if sum(map(len, written)) <= HEADER_LIMIT_BYTES:
            written.append(piece)


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


def _text(value: bytes, met: list[Met]) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError:
        met.append(Met("header-undecodable", "a header line is not in UTF-8", None, shown(value)))
        return value.decode("latin-1")
    if not text.isascii():
        met.append(Met("header-beyond-ascii", "a header line has characters beyond ASCII", None, text[:60]))
    return text


def _length(fields: list[tuple[str, str]]) -> tuple[int | None, list[Met]]:
    values = [value for name, value in fields if name.lower() == "content-length"]
    if not values:
        return None, [Met("length-missing", "Content-Length is missing: where the block ends is not known")]
    if not (values[0].isascii() and values[0].isdigit() and len(values[0]) < 19):
        return None, [Met("length-malformed", "Content-Length is no number of bytes", None, values[0][:40])]
    return int(values[0]), []
