"""Records of a WARC file, one after the other, as they are written: what a reader would forgive is told.

No record is skipped in silence. Where one is broken, reading goes on at the next that can be found, and what lies
between is told too.

Source: ISO 28500:2017, sections 4 to 6.
"""

from __future__ import annotations

import re

from solander.capturing.records import LOOK_BYTES, VERSION_LINE, Records, shown, told_passed
from solander.model.warc import Met, RecordHead

LINE_LIMIT_BYTES = 1024 * 1024
HEADER_LIMIT_BYTES = 16 * 1024 * 1024
"""A record with a longer header is none that is read: it could not be copied as it is."""

FIELDS_LIMIT = 1_000
LONG_LINE_BYTES = 32 * 1024
"""A longer line is told: readers refuse it, each from another length on."""

_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_BEGINS = re.compile(rb"\r\n\r\n(WARC/[01]\.[0-9]{1,2}\r\n[A-Za-z-]{4,40}:)")
_KNOWN = frozenset((b"WARC/1.0", b"WARC/1.1", b"WARC/0.18", b"WARC/0.17"))


class WarcRecords(Records):
    """The records of a WARC file."""

    @property
    def begins(self) -> re.Pattern[bytes]:
        """Behind the two line ends that close a record."""
        return _BEGINS

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
        self.number += 1
        return self._parse(line, offset, opens=opens)

    def _parse(self, line: bytes, offset: int, *, opens: bool) -> RecordHead:
        """Read a header, of which ``line`` is the first, to its empty line; what no standard has is told."""
        met: list[Met] = []
        version = line.strip().decode("ascii", "replace")
        if line.strip() not in _KNOWN:
            met.append(
                Met(
                    "version-unknown",
                    "this version of WARC is not known; it is read as 1.1",
                    "WARC/1.0 or WARC/1.1",
                    version[:80],
                )
            )
        written = [line]
        fields = self._read_fields(written, met)
        length, more = _length(fields)
        if sum(map(len, written)) > HEADER_LIMIT_BYTES:
            what = f"the header has more than {HEADER_LIMIT_BYTES:,} bytes: the record is passed by"
            length, more = None, [*more, Met("header-line-malformed", what)]
        return RecordHead(
            number=self.number,
            offset_bytes=offset,
            version=version[:80],
            fields=tuple(fields),
            written=b"".join(written),
            length_bytes=length,
            opens_member=opens,
            met=(*met, *more),
        )

    def _read_fields(self, written: list[bytes], met: list[Met]) -> list[tuple[str, str]]:
        """Read the fields of a header to its empty line.

        Args:
            written: the line that begins the record; takes the others as they are written.
            met: takes what no standard has.
        """
        members = self.members
        bare_ends = 0 if written[0].endswith(b"\r\n") else 1
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
                met.append(
                    Met("header-line-malformed", "this line is not a name, a colon and a value", None, shown(line))
                )
                continue
            fields.append((name_bytes.decode("ascii"), _text(value_bytes.strip(), met)))
        if bare_ends:
            met.append(Met("line-ends-bare", "header lines end in a bare line feed", "CRLF", "LF"))
        return fields

    def _skip_to_record(self) -> None:
        """Pass by what is no record, and tell of it."""
        members = self.members
        skipped, first, at = 0, b"", members.offset_bytes
        while True:
            head = members.peek(32)
            if not head or VERSION_LINE.match(head.partition(b"\n")[0] + b"\n"):
                break
            # After a damaged or cut-off part there may be very long lines: they are passed by in pieces.
            line = members.read_line(LOOK_BYTES)
            if not skipped:
                at = members.offset_bytes - len(line) if members.form == "plain" else members.member_offset
            if not first.strip():
                first = line
            skipped += len(line)
        if skipped and first.strip():
            what = f"{skipped:,} bytes are no record"
            self.met.append((at, Met("bytes-between-records", what, None, shown(first))))
        elif skipped > 0 and self.number:
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
