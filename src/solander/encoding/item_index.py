"""The index of a bag of many pages: CSV, a row for each. ``parse_index`` undoes ``format_row``.

Indexes written before there were sketches have no such column, and are read as well.

Source: RFC 4180 (UTF-8, a line of names first, CRLF).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from solander.model.bag import one_line
from solander.model.item import Item

COLUMNS = (
    *("item", "uri", "captured", "record", "identifier", "sha256", "tei", "media-type", "charset"),
    *("language", "title", "words", "findings", "same-as", "like", "sketch", "note"),
)
"""The names of the columns, in order."""

_WITHOUT_SKETCHES = tuple(name for name in COLUMNS if name != "sketch")
_SKETCH = re.compile("[0-9a-f]{16}")

FIELD_LIMIT = 1 << 20
"""Characters of one field that are read."""


class IndexUnreadable(ValueError):
    """A row of an index is not as Solander writes it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line


def index_head() -> bytes:
    """The line of names."""
    return (",".join(COLUMNS) + "\r\n").encode()


def format_row(item: Item) -> bytes:
    """One row, with its line end."""
    out = io.StringIO()
    fields = (
        item.number,
        item.uri,
        item.captured,
        item.record,
        item.identifier,
        item.sha256,
        item.tei,
        item.media_type,
        item.charset,
        item.language,
        one_line(item.title),
        item.words,
        " ".join(item.findings),
        item.same_as or "",
        item.like or "",
        format_sketch(item.sketch),
        one_line(item.note),
    )
    csv.writer(out, lineterminator="\r\n").writerow(fields)
    return out.getvalue().encode("utf-8", "replace")


def parse_index(pieces: Iterable[bytes]) -> Iterator[Item]:
    """Read an index, row by row.

    Args:
        pieces: the file's bytes.

    Raises:
        IndexUnreadable: it is no UTF-8, its first line has other names, or a row does not fit them.
    """
    csv.field_size_limit(FIELD_LIMIT)
    rows = csv.reader(_lines(pieces), strict=True)
    try:
        names = tuple(next(rows, ()))
        if names not in (COLUMNS, _WITHOUT_SKETCHES):
            raise IndexUnreadable(1, "the first line does not name the columns")
        for row in rows:
            yield _item(row, names, rows.line_num)
    except csv.Error as error:
        raise IndexUnreadable(rows.line_num, f"this is no CSV: {error}") from error


def format_sketch(sketch: int | None) -> str:
    """Sixteen hexadecimal digits; nothing where there is no sketch."""
    return "" if sketch is None else f"{sketch:016x}"


def _item(row: list[str], names: tuple[str, ...], line: int) -> Item:
    if len(row) != len(names):
        raise IndexUnreadable(line, f"{len(row)} fields, and there are {len(names)} columns")
    said = dict(zip(names, row, strict=True))
    try:
        return Item(
            number=_number(said["item"]),
            uri=said["uri"],
            captured=said["captured"],
            record=said["record"],
            identifier=said["identifier"],
            sha256=said["sha256"],
            tei=said["tei"],
            media_type=said["media-type"],
            charset=said["charset"],
            language=said["language"],
            title=said["title"],
            words=_number(said["words"]),
            findings=tuple(said["findings"].split()),
            same_as=_number(said["same-as"]) if said["same-as"] else None,
            like=_number(said["like"]) if said["like"] else None,
            sketch=_bits(said["sketch"]) if said.get("sketch") else None,
            note=said["note"],
        )
    except ValueError as error:
        raise IndexUnreadable(line, str(error)) from None


def _number(written: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) <= 12):
        raise ValueError(f"{written[:40]!r} is no number")
    return int(written)


def _bits(written: str) -> int:
    if not _SKETCH.fullmatch(written):
        raise ValueError(f"{written[:40]!r} is no sketch")
    return int(written, 16)


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    rest, number = b"", 0
    for piece in pieces:
        *lines, rest = (rest + piece).split(b"\n")
        for line in lines:
            number += 1
            yield _text(line + b"\n", number)
    if rest:
        yield _text(rest, number + 1)


def _text(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise IndexUnreadable(number, "it is no UTF-8") from None
