"""The page in an MHTML file, found line by line; the capturing side goes by marks in the whole.

What is broken in the form of a mail is taken as the capturing side takes it: both must find the same bytes.

Source: RFC 2557, 4.2 and 5; RFC 2387, 3.2 (the ``start`` parameter); RFC 2045, 6; RFC 2046, 5.1.1.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

_PAGES = ("text/html", "application/xhtml+xml")
_NO_CODING_OF_OURS = ("uu", "x-uu", "yenc", "x-yenc", "binhex", "x-binhex", "mac-binhex")
_DEPTH = 8
_PARTS = 5_000
_HEAD_BYTES = 64 * 1024
_BLANK = b" \t\r\n"
_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
_STRANGE = bytes(set(range(256)) - set(_ALPHABET))


class _Entity(NamedTuple):
    """A header and what it is the header of."""

    fields: dict[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        return self.fields.get("content-type", "").split(";")[0].strip().lower()

    def field(self, name: str) -> str:
        """A field of one word, as an address or a name is."""
        return "".join(self.fields.get(name, "").split())


def page_in_mail(content: bytes) -> bytes | None:
    """The bytes of the root part; ``None`` where there is none."""
    mail = _entity(content)
    parts = [one for one in _leaves(mail) if not _coding(one).startswith(_NO_CODING_OF_OURS)]
    pages = [one for one in parts if one.kind in _PAGES]
    start = (_parameter(mail.fields.get("content-type", ""), "start") or "").strip().strip("<>")
    for name, wanted in (
        ("content-id", start),
        ("content-location", mail.field("snapshot-content-location")),
        ("content-location", mail.field("content-location")),
    ):
        for one in pages if wanted else ():
            named = one.fields.get(name, "").strip().strip("<>") if name == "content-id" else one.field(name)
            if named == wanted:
                return _decoded(one)
    for one in (*pages, *(one for one in parts if one.kind in ("", "text/plain"))):
        return _decoded(one)
    return None


def _entity(content: bytes) -> _Entity:
    fields: dict[str, str] = {}
    name, at = "", 0
    for line in _lines(content):
        if at >= _HEAD_BYTES:
            break
        bare = line.strip(_BLANK)
        if not bare and fields:
            at += len(line)
            break
        before, colon, after = line.decode("utf-8", "replace").partition(":")
        is_field = bool(colon) and line[:1] not in (b" ", b"\t") and re.fullmatch(r"[A-Za-z0-9-]+[ \t]*", before)
        if is_field:
            name = before.strip().lower()
            fields.setdefault(name, after.strip())
        elif bare and not name:
            break  # there is no header
        elif bare:
            fields[name] += " " + line.decode("utf-8", "replace").strip()
        at += len(line)
    return _Entity(fields, content[at:])


def _lines(content: bytes) -> Iterator[bytes]:
    """Lines with their ends, which only a line feed makes."""
    at = 0
    while at < len(content):
        end = content.find(b"\n", at) + 1 or len(content)
        yield content[at:end]
        at = end


def _leaves(entity: _Entity, depth: int = 0) -> Iterator[_Entity]:
    """Every part that holds no others, in order, whatever they are nested in."""
    boundary = (_parameter(entity.fields.get("content-type", ""), "boundary") or "").strip().encode()
    # Some files do not say what parts them; the first line that could is believed.
    boundary = boundary or (_likely_boundary(entity.body) if depth == 0 else b"")
    if not boundary:
        yield entity
        return
    for number, piece in enumerate(_pieces(entity.body, boundary)):
        if number == _PARTS:
            return
        inner = _entity(piece)
        if inner.kind.startswith("multipart/") and depth < _DEPTH:
            yield from _leaves(inner, depth + 1)
        else:
            yield inner


def _pieces(body: bytes, boundary: bytes) -> Iterator[bytes]:
    """What stands between the lines of a boundary, to which the line end before them belongs.

    Where the file was cut, the last line end is taken for that of the boundary that is lacking.
    """
    mark, at = b"--" + boundary, 0
    begin: int | None = None
    for line in _lines(body):
        said = line.rstrip(b"\n").removesuffix(b"\r").rstrip(b" \t") if line.startswith(mark) else b""
        if said and said in (mark, mark + b"--"):
            if begin is not None and (piece := body[begin:at].removesuffix(b"\n").removesuffix(b"\r")):
                yield piece
            if said != mark:
                return
            begin = at + len(line)
        at += len(line)
    if begin is not None and body[begin:].strip():
        yield body[begin:].removesuffix(b"\n").removesuffix(b"\r")


def _likely_boundary(body: bytes) -> bytes:
    last = b""
    for line in _lines(body):
        if last and re.match(rb"[A-Za-z-]+:", line):
            return last
        said = line.rstrip(b"\n").removesuffix(b"\r").rstrip(b" \t")[2:] if line.startswith(b"--") else b""
        fits = said and len(said) <= 201 and said[:1] not in b"-\r\f\v \t" and b"\r" not in said
        last = said if fits and line.endswith(b"\n") else b""
    return b""


def _parameter(value: str, wanted: str) -> str | None:
    """The first parameter of a name. A quotation mark that has no other is closed by the end."""
    at = value.find(";")
    while at >= 0 and (equals := value.find("=", at)) >= 0:
        name = value[value.rfind(";", 0, equals) + 1 : equals].strip()
        begin = equals + 1
        while value[begin : begin + 1].isspace():
            begin += 1
        end, said = begin, list[str]()
        if value[begin : begin + 1] == '"':
            end += 1
            while end < len(value) and value[end] != '"':
                end += value[end] == "\\"
                said.append(value[end : end + 1])
                end += 1
        else:
            while end < len(value) and not value[end].isspace() and value[end] not in ';"':
                said.append(value[end])
                end += 1
        if name.lower() == wanted and end > begin:
            return "".join(said)
        at = value.find(";", max(end, equals))
    return None


def _coding(part: _Entity) -> str:
    return part.field("content-transfer-encoding").lower()


def _decoded(part: _Entity) -> bytes:
    """A part without its transfer coding.

    RFC 2045, 6.8: letters that are none of base64's are passed over; a padding ends it.
    """
    coding = _coding(part)
    if coding == "quoted-printable":
        return quopri.decodestring(part.body)
    if coding != "base64":
        return part.body
    letters = part.body.split(b"=")[0].translate(None, _STRANGE)
    if len(letters) % 4 == 1:
        letters = letters[:-1]
    return base64.b64decode(letters + b"=" * (-len(letters) % 4))
