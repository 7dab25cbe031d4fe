"""MHTML files: a page with what it shows, as browsers save it in the form of a mail.

The page is the root part: the one that ``start``, ``Snapshot-Content-Location`` or the file's own address names, else
the first of HTML. A reader of mail takes the last alternative instead, and shows a frame. What is broken in the form of
the mail is read as far as it can be told; ``checking.contained_mail`` finds the same bytes by itself.

Source: RFC 2557 (MHTML), RFC 2387 (multipart/related), RFC 2045 and 2046 (MIME).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple

from solander.capturing.parts import PAGES, Part, captured, web_address
from solander.errors import SourceUnreadable
from solander.model.capture import Capture, Container, Transport, whole_seconds

PARTS_LIMIT = 5_000
DEPTH_LIMIT = 8
HEADER_LIMIT_BYTES = 64 * 1024

_CODINGS_NOT_UNDONE = ("uu", "x-uu", "yenc", "x-yenc", "binhex", "x-binhex", "mac-binhex")
"""How the names of transfer codings begin that no browser undoes: what is in one is no page (RFC 2045, 6.4)."""

_PARAMETER = re.compile(r';\s*([\w*-]+)\s*=\s*(?:"((?:[^"\\]|\\.?)*)(?:"|\Z)|([^\s;"]+))')
_AFTER_BOUNDARY = re.compile(rb"(--)?[ \t]*\r?(?:\n|\Z)")
_LINE_FEED = 0x0A
_BOUNDARY_LINE = re.compile(rb"(?:\A|\n)--([^\s-][^\r\n]{0,200}?)[ \t]*\r?\n[A-Za-z-]+:")


def read_mhtml(
    content: bytes,
    place: str,
    *,
    uri: str | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
) -> Capture:
    """Read the page of an MHTML file, and what the file has of what the page shows.

    Args:
        content: the file.
        place: what to call it to a person.
        uri: instead of the address that the file names.
        captured_at: instead of the moment that it names.
        declared_charset: instead of the root part's.

    Raises:
        SourceError: it holds no page.
    """
    fields, body = _head(content)
    unread: list[str] = []
    parts = list(_parts(fields, body, unread))
    root = _root(fields, parts)
    if root is None:
        raise SourceUnreadable(place, f"no part of this MHTML file is a page ({len(parts)} parts)")
    return captured(
        root,
        parts,
        place,
        Container(name="page.mhtml", media_type="multipart/related", content=content),
        uri=uri or web_address(fields.get("snapshot-content-location", "")),
        captured_at=whole_seconds(captured_at) or _moment(fields.get("date", "")),
        declared_charset=declared_charset,
        transport=Transport(software=_software(fields)),
        facts=(
            *(() if _boundary(fields) or len(parts) == 1 else ("boundary-missing",)),
            *(() if _is_whole(fields, body) else ("mail-cut",)),
        ),
        unread=unread,
    )


def _head(content: bytes) -> tuple[dict[str, str], bytes]:
    """A header and what follows it; a line that is no field is taken for the end of the one before it."""
    fields: dict[str, str] = {}
    last = ""
    at = 0
    while at < len(content) and at < HEADER_LIMIT_BYTES:
        end = content.find(b"\n", at)
        end = len(content) if end < 0 else end + 1
        line = content[at:end].decode("utf-8", "replace").rstrip("\r\n")
        if not line.strip(" \t\r"):
            if fields:
                return fields, content[end:]
            at = end
            continue
        name, colon, value = line.partition(":")
        if line[0] in " \t" or not colon or not re.fullmatch(r"[A-Za-z0-9-]+[ \t]*", name):
            if not last:
                return fields, content[at:]
            fields[last] = f"{fields[last]} {line.strip()}"
        else:
            last = name.strip().lower()
            fields.setdefault(last, value.strip())
        at = end
    return fields, content[at:]


def _boundary(fields: dict[str, str]) -> str | None:
    return (_parameters(fields).get("boundary") or "").strip() or None


def _parameters(fields: dict[str, str]) -> dict[str, str]:
    """What the type of a part says beside its name; of two of a name, the first."""
    found: dict[str, str] = {}
    for one in _PARAMETER.finditer(fields.get("content-type", "")):
        found.setdefault(one[1].lower(), re.sub(r"\\(.?)", r"\1", one[2]) if one[2] is not None else one[3])
    return found


def _parting(fields: dict[str, str], body: bytes, depth: int) -> str | None:
    """The boundary as it is said; of the whole file, else the first line that could be one."""
    said = _boundary(fields)
    if said is not None or depth or (line := _BOUNDARY_LINE.search(body)) is None:
        return said
    return line[1].decode("utf-8", "replace")


def _parts(fields: dict[str, str], body: bytes, unread: list[str], depth: int = 0) -> Iterator[Part]:
    """Every part that holds no others, in order; ``unread`` is given the names of those beyond the bound."""
    kind = fields.get("content-type", "").partition(";")[0].strip().lower()
    boundary = _parting(fields, body, depth)
    if boundary is None:
        yield _part(fields, kind, body)
        return
    for number, piece in enumerate(_between(body, boundary.encode()), 1):
        inner, content = _head(piece)
        if number > PARTS_LIMIT:
            unread.append(_location(inner) or inner.get("content-id", "") or f"part {number:,}")
            continue
        if inner.get("content-type", "").lower().startswith("multipart/") and depth < DEPTH_LIMIT:
            yield from _parts(inner, content, unread, depth + 1)
        else:
            yield _part(inner, inner.get("content-type", "").partition(";")[0].strip().lower(), content)


def _between(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between lines of a boundary; the last one, where the file was cut, as far as it is there."""
    begin: int | None = None
    for line in _marks(body, boundary):
        if begin is not None and begin < line.begin:
            yield body[begin : line.begin]
        if line.closes:
            return
        begin = line.end
    if begin is not None and body[begin:].strip():
        # The line end before a boundary is the boundary's, also of the one that is lacking (RFC 2046, 5.1.1).
        yield body[begin:].removesuffix(b"\n").removesuffix(b"\r")


class _Mark(NamedTuple):
    """A line of a boundary, with the line end before it, which is its own."""

    begin: int
    end: int
    closes: bool
    """Whether nothing follows that is a part."""


def _marks(body: bytes, boundary: bytes) -> Iterator[_Mark]:
    """The lines of a boundary; the end of one may be that before the next."""
    # Not one expression for the line and what stands before it: bytes are found many times faster.
    mark = b"--" + boundary
    at = body.find(mark)
    while at >= 0:
        line = _AFTER_BOUNDARY.match(body, at + len(mark)) if not at or body[at - 1] == _LINE_FEED else None
        if line is not None:
            begin = at - body.endswith(b"\n", 0, at) - body.endswith(b"\r\n", 0, at)
            yield _Mark(begin, line.end(), line[1] is not None)
        at = body.find(mark, at + len(mark))


def _is_whole(fields: dict[str, str], body: bytes) -> bool:
    """Whether the boundary that ends a file is there; without it nobody knows what more there was (RFC 2046, 5.1.1)."""
    boundary = _parting(fields, body, 0)
    return boundary is None or any(line.closes for line in _marks(body, boundary.encode()))


def _part(fields: dict[str, str], kind: str, body: bytes) -> Part:
    coding = "".join(fields.get("content-transfer-encoding", "").split()).lower()
    if coding == "quoted-printable":
        content = binascii.a2b_qp(body)
    elif coding == "base64":
        content = _base64(body)
    else:
        content = body
        kind = "application/octet-stream" if coding.startswith(_CODINGS_NOT_UNDONE) else kind
    charset = _parameters(fields).get("charset")
    name = fields.get("content-id", "").strip().strip("<>")
    return Part(location=_location(fields), name=name, media_type=kind, charset=charset or None, content=content)


def _location(fields: dict[str, str]) -> str:
    # Folding leaves white space in an address.
    return "".join(fields.get("content-location", "").split())


def _base64(body: bytes) -> bytes:
    """What is written in base64, up to its padding.

    Letters that are none of its own are passed over (RFC 2045, 6.8), and so is a last piece that is cut.
    """
    letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body.partition(b"=")[0])
    whole = letters[: len(letters) - (len(letters) % 4 == 1)]
    return binascii.a2b_base64(whole + b"=" * (-len(whole) % 4))


def _root(fields: dict[str, str], parts: list[Part]) -> Part | None:
    pages = [one for one in parts if one.media_type in PAGES]
    start = _parameters(fields).get("start", "").strip().strip("<>")
    wanted = (
        *(one for one in pages if start and one.name == start),
        *(
            one
            for header in ("snapshot-content-location", "content-location")
            for one in pages
            if (address := "".join(fields.get(header, "").split())) and one.location == address
        ),
        *pages,
        *(one for one in parts if not one.media_type or one.media_type == "text/plain"),
    )
    return next(iter(wanted), None)


def _moment(written: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError):
        return None
    # "-0000" says that the zone is not known; what is written then is UTC (RFC 5322, 3.3).
    try:
        return whole_seconds(moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC))
    except OverflowError:
        return None  # in that zone it is the calendar's last day, and in UTC it would be the one after


def _software(fields: dict[str, str]) -> str | None:
    said = fields.get("from", "")
    found = re.fullmatch(r"<?(Saved by [^<>]{1,80})>?", said.strip())
    return found[1].removeprefix("Saved by ").strip() if found else fields.get("x-mimeole")
