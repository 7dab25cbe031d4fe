"""Records of an ARC file, the format before WARC, in the words of WARC.

A record has one line of header, and no name of its own; the first record describes the file and says which fields the
lines have.

Source: the ARC file format, versions 1 and 2 (Internet Archive, 1996).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from solander.capturing.records import Records, shown, told_passed
from solander.model.warc import Met, RecordHead, moment_of

LINE_LIMIT_BYTES = 64 * 1024
FIELDS = {1: 4, 2: 9}
"""How many fields follow the address, by the version of the format."""

_LENGTH = re.compile(rb"[0-9]{1,18}\Z")


_BEGINS = re.compile(rb"\n(https?://[^\n]{1,2000} [0-9]{14} [^\n]{1,400} [0-9]{1,18}\n)")
_MOMENT = re.compile(rb"[0-9]{14}\Z")


def _is_moment(parts: Sequence[bytes], at: int) -> bool:
    return _MOMENT.match(parts[at + 1]) is not None


class ArcRecords(Records):
    """The records of an ARC file."""

    _version = 1

    @property
    def begins(self) -> re.Pattern[bytes]:
        """A line of address, moment and length behind a line end."""
        return _BEGINS

    def _read_head(self) -> RecordHead | None:
        members = self.members
        skipped, first, at = 0, b"", 0
        while True:
            members.peek(1)
            opens = members.is_at_member_start
            line = members.read_line(LINE_LIMIT_BYTES)
            if not line:
                if members.trailing and (passed := members.skip_trailing()) is not None:
                    self.met.append((passed.offset_bytes, told_passed(passed)))
                    continue
                break
            offset = members.member_offset if members.form != "plain" else members.offset_bytes - len(line)
            head = self._parse(line, offset, opens=opens)
            if head is not None:
                break
            if line.strip():
                first, at = first or line, at or offset
                skipped += len(line)
        if skipped:
            self.met.append((at, Met("bytes-between-records", f"{skipped:,} bytes are no record", None, shown(first))))
        return head if line else None

    def _parse(self, line: bytes, offset: int, *, opens: bool) -> RecordHead | None:
        parts = line.rstrip(b"\r\n").split(b" ")
        is_file = line.startswith(b"filedesc://")
        wanted = 4 if is_file and len(parts) < 10 else FIELDS[self._version]
        if len(parts) <= wanted or not _LENGTH.match(parts[-1]) or not re.match(rb"[A-Za-z][A-Za-z0-9+.-]*:", line):
            return None
        # An address may hold spaces, and a media type too; between them stand an IP address and a moment.
        at = next(filter(partial(_is_moment, parts), range(len(parts) - wanted, 0, -1)), len(parts) - wanted)
        address, ip, date = b" ".join(parts[:at]), parts[at], parts[at + 1]
        kind = b" ".join(parts[at + 2 : len(parts) - wanted + 3])
        self.number += 1
        met: list[Met] = []
        moment = moment_of(date.decode("ascii", "replace"))
        if moment is None:
            met.append(Met("date-malformed", "the date is none", "fourteen digits", shown(date)))
        is_http = address.lower().startswith((b"http:", b"https:"))
        fields = [
            ("WARC-Type", "warcinfo" if is_file else "response" if is_http else "resource"),
            ("WARC-Target-URI", address.decode("utf-8", "replace")),
            ("WARC-Date", date.decode("ascii", "replace") if moment is None else f"{moment:%Y-%m-%dT%H:%M:%SZ}"),
            ("WARC-IP-Address", ip.decode("ascii", "replace")),
            ("Content-Type", "application/http; msgtype=response" if is_http else kind.decode("ascii", "replace")),
        ]
        head = RecordHead(
            number=self.number,
            offset_bytes=offset,
            version="ARC/1",
            fields=tuple(fields),
            written=line,
            length_bytes=int(parts[-1]),
            opens_member=opens,
            met=tuple(met),
        )
        if is_file:
            # The description's first line names the version: "2 0 InternetArchive".
            self._version = 2 if self.members.peek(2)[:1] == b"2" else 1
        return head
