"""The records of an ARC file for the word checker, which reads them by itself.

``warcio`` knows version 1 alone, and splits lines at every space.

Source: the ARC file format, versions 1 and 2 (Internet Archive, 1996).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping

_LINE = re.compile(rb"([a-z][a-z0-9+.-]*:.*) ([^ ]+) ([0-9]{14}) .*?([0-9]{1,18})\Z", re.IGNORECASE)
_ODD = re.compile(rb"([a-z][a-z0-9+.-]*:.*) ([^ ]+) ([^ ]+) [^ ]+ ([0-9]{1,18})\Z", re.IGNORECASE)
"""Where the third word is no moment."""

_LINE_LIMIT_BYTES = 64 * 1024


def records_of_arc(content: bytes) -> Iterator[tuple[str, Mapping[str, str], io.BytesIO]]:
    """What each record is, its address and moment as written, and its block."""
    stream = io.BytesIO(content)
    while line := stream.readline(_LINE_LIMIT_BYTES):
        found = _LINE.match(line.rstrip(b"\r\n")) or _ODD.match(line.rstrip(b"\r\n"))
        if found is None:
            continue
        block = io.BytesIO(stream.read(int(found[4])))
        kind = "arc_header" if line.startswith(b"filedesc://") else "response"
        yield kind, {"uri": found[1].decode("utf-8", "replace"), "archive-date": found[3].decode("latin-1")}, block
