"""A message of HTTP as a record holds it: status line, fields, body; and whether its chunks are chunks.

Source: RFC 9112, sections 2 (message), 4 (status line), 5 (field syntax) and 7.1 (chunked).
"""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import quote

from solander.model.warc import HttpHead, Met

HEAD_LIMIT_BYTES = 512 * 1024
FIELDS_LIMIT = 1_000

_STATUS = re.compile(rb"HTTP/([0-9](?:\.[0-9])?)[ \t]+([^ \t\r\n]+)(?:[ \t]+([^\r\n]*))?[ \t]*\r?\n")
_INTERIM = re.compile(rb"HTTP/1\.[01][ \t]+1[0-9][0-9](?![0-9])")
_CODE = re.compile(rb"[0-9]{3}\Z")
_REQUEST = re.compile(rb"[A-Z][A-Za-z-]*[ \t]+[^\r\n]*?(?:[ \t]+HTTP/([0-9](?:\.[0-9])?))?[ \t]*\r?\n")
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


def parse_head(content: bytes, *, is_request: bool = False) -> HttpHead | None:
    """Read the head of a message.

    Args:
        content: the message, or as much of it as is at hand.
        is_request: whether it begins with a request line.

    Returns:
        The head, without a status where that is no number of three digits; ``None`` where the first line is none of
        HTTP's.
    """
    line = (_REQUEST if is_request else _STATUS).match(content, 0 if is_request else interim_bytes(content))
    if line is None:
        return None
    met: dict[str, Met] = {}
    has_code = is_request or _CODE.match(line[2]) is not None
    if not has_code:
        what = "the status of the message is no number of three digits"
        met["status"] = Met("http-header-malformed", what, None, _shown(line[2]))
    fields, size_bytes = _fields(content, line.end(), line.start() + HEAD_LIMIT_BYTES, met)
    version = (line[1] or b"0.9").decode() if is_request else line[1].decode()
    return HttpHead(
        version=version,
        status=None if is_request or not has_code else int(line[2]),
        reason="" if is_request else (line[3] or b"").decode("latin-1").strip(),
        fields=tuple(fields),
        size_bytes=size_bytes,
        met=tuple(met.values()),
    )


def _fields(content: bytes, at: int, limit: int, met: dict[str, Met]) -> tuple[list[tuple[str, str]], int]:
    """Read the fields of a head, and where it ends.

    Args:
        content: the message.
        at: where the fields begin.
        limit: where they end at the latest.
        met: takes what is wrong with them, each kind once.
    """
    fields: list[tuple[str, str]] = []
    while True:
        end = content.find(b"\n", at, limit)
        if end < 0:
            met["http-head-unfinished"] = Met("http-header-malformed", "no empty line ends the header of the message")
            at = len(content)
            break
        raw = content[at : end + 1]
        at = end + 1
        text = raw.strip(b"\r\n")
        if not text.strip():
            break
        if text[:1] in b" \t" and fields:
            met["folded"] = Met(
                "http-header-folded", "a header of the message goes on in another line", None, _shown(text)
            )
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {text.strip().decode('latin-1')}")
            continue
        name_bytes, colon, value_bytes = text.partition(b":")
        if not colon or not _NAME.match(name_bytes) or len(fields) >= FIELDS_LIMIT:
            met["line"] = Met(
                "http-header-malformed", "a header line of the message is no name, colon and value", None, _shown(text)
            )
            continue
        if not text.isascii():
            met["ascii"] = Met(
                "http-header-beyond-ascii", "a header of the message has bytes beyond ASCII", None, _shown(text)
            )
        fields.append((name_bytes.decode("ascii"), value_bytes.strip().decode("latin-1")))
    return fields, at


def location_of(message: HttpHead) -> str | None:
    """Whither a message redirects. Servers write letters beyond ASCII as they are, in UTF-8, and so browsers read them.

    Source: RFC 9110, 10.2.2; Fetch Standard, "location URL" (isomorphic encoding, then the bytes as they are).
    """
    written = message.first("Location")
    if written is None or written.isascii():
        return written
    # An address that is none in UTF-8 keeps its bytes, each escaped.
    return quote(written.encode("latin-1", "replace"), safe=_PRINTABLE)


def interim_bytes(content: bytes) -> int:
    """How many bytes answers take that come before the answer, and are none (RFC 9110, 15.2)."""
    at = 0
    while _INTERIM.match(content, at):
        ends = [end + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if (end := content.find(mark, at)) >= 0]
        if not ends or not content.startswith(b"HTTP/", min(ends)):
            break
        at = min(ends)
    return at


def head_is_there(begin: bytes) -> bool:
    """Whether enough of a message is at hand for its head to be read."""
    begin = begin[interim_bytes(begin) :]
    ends = b"\r\n\r\n" in begin or b"\n\n" in begin
    # Behind an interim answer the answer itself may follow.
    return ends and (_INTERIM.match(begin) is None or not begin.endswith(b"\n"))


def _shown(content: bytes) -> str:
    return content[:60].decode("ascii", "backslashreplace").strip()


class Dechunked(NamedTuple):
    """A body without its chunks."""

    body: bytes
    is_chunked: bool
    """Whether it was in chunks at all."""
    fault: str | None
    """Where chunks break off or break the form, in words."""
    trailers_at: int | None = None
    """Where the fields behind the last chunk begin."""


def dechunk(body: bytes) -> Dechunked:
    """Take a body out of its chunks; what never was in chunks comes back as it is."""
    parts: list[bytes] = []
    at, size = 0, 0
    while True:
        line = _CHUNK.match(body, at)
        if line is None:
            if not parts:
                return Dechunked(body, False, None)
            what = "is no size" if at < len(body) else "is missing"
            return Dechunked(b"".join(parts), True, f"the chunk after {size:,} bytes {what}")
        at = line.end()
        length = int(line[1], 16)
        if length == 0:
            return Dechunked(b"".join(parts), True, None, at)
        part = body[at : at + length]
        if len(part) < length:
            if not parts and not _looks_chunked(body, line.end(), length):
                return Dechunked(body, False, None)
            parts.append(part)
            return Dechunked(b"".join(parts), True, f"the last chunk ends {length - len(part):,} bytes too early")
        parts.append(part)
        size += length
        at += length
        ending = body[at : at + 2]
        if ending == b"\r\n":
            at += 2
        elif ending[:1] == b"\n":
            at += 1
        elif len(parts) == 1 and not _CHUNK.match(body, at):
            # One number at the beginning of a text is no chunk.
            return Dechunked(body, False, None)


def has_more(body: bytes, trailers_at: int) -> bool:
    """Whether anything stands behind the trailer section of a body in chunks, which an empty line ends."""
    at = trailers_at
    while at < len(body):
        end = body.find(b"\n", at)
        line = body[at : end if end >= 0 else len(body)].strip(b"\r\n")
        at = end + 1 if end >= 0 else len(body)
        if not line:
            return bool(body[at:].strip(b"\r\n"))
        if not _NAME.match(line.partition(b":")[0]) or b":" not in line:
            return True
    return False


def _looks_chunked(body: bytes, begin: int, length: int) -> bool:
    """Whether a first size that reaches beyond the body is one: it stands alone on its line, and is plausible."""
    return length < 1 << 31 and body[begin - 2 : begin] == b"\r\n"
