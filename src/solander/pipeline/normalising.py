"""From a source to TEI: capture, read, describe, encode, in this order."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, TypeAlias

from solander.errors import SourceUnreadable, UsageError
from solander.model.capture import Capture, whole_seconds
from solander.model.description import ELEMENTS, Description, Evidence, Statement
from solander.model.document import Document, Imprint
from solander.model.page import Page
from solander.pipeline.clock import moment

Source: TypeAlias = str | Path | Capture
"""A path, ``-`` for standard input, or a capture in hand."""

Stated: TypeAlias = str | Sequence[str]
"""What a person states of one element: a value, or several."""

STATED_EVIDENCE = Evidence("person", "stated when packing")
"""The evidence of what a person says, the same from the command line and from Python: it decides "already there"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Normalised:
    """A page with everything that was made of it on the way to TEI."""

    capture: Capture
    page: Page
    description: Description
    tei: Document

    said: tuple[Statement, ...]
    """What a person stated."""

    at: datetime
    """The moment of the work, aware, UTC."""

    imprint: Imprint
    """Under which the TEI was made."""


def statements(said: Sequence[Statement] = (), **stated: Stated) -> tuple[Statement, ...]:
    """Make statements of what a person says by element: ``statements(title="A page", creator=["A", "B"])``.

    Raises:
        UsageError: an element is none of Dublin Core's, or a value is empty.
    """
    made = list(said)
    for element in ELEMENTS:
        values = stated.pop(element, ())
        for value in (values,) if isinstance(values, str) else values:
            text = " ".join(value.split())
            if not text:
                raise UsageError(f"the {element} that is stated is empty; leave it out, or say it")
            made.append(Statement(element, text, STATED_EVIDENCE))
    if stated:
        raise TypeError(f"{', '.join(stated)}: no element of Dublin Core; there are {', '.join(ELEMENTS)}")
    return tuple(dict.fromkeys(made))


def capture_of(
    source: Source,
    *,
    uri: str | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
    limit_bytes: int | None = None,
    stdin: BinaryIO | None = None,
) -> Capture:
    """Take a capture as it is, or read one.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        UsageError: ``captured_at`` has no time zone, or something is said of a capture that knows it already.
    """
    if isinstance(source, Capture):
        if uri is not None or captured_at is not None or declared_charset is not None:
            raise UsageError("a Capture bears its own uri, captured_at and declared_charset: say them when making it")
        return source
    try:
        captured_at = whole_seconds(captured_at)
    except ValueError as error:
        raise UsageError(str(error)) from error
    from solander.capturing import DEFAULT_LIMIT_BYTES, read_capture

    return read_capture(
        str(source),
        uri=uri,
        captured_at=captured_at,
        declared_charset=declared_charset,
        limit_bytes=DEFAULT_LIMIT_BYTES if limit_bytes is None else limit_bytes,
        stdin=_standard_input() if stdin is None and str(source) == "-" else stdin,
    )


def _standard_input() -> BinaryIO:
    # Python has none where it was closed before the program began.
    if sys.stdin is None:
        raise SourceUnreadable("-", "standard input is closed")
    return sys.stdin.buffer


def normalise(
    source: Source,
    *,
    uri: str | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
    limit_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    at: datetime | None = None,
    said: Sequence[Statement] = (),
    imprint: Imprint | None = None,
    **stated: Stated,
) -> Normalised:
    """Turn one page into TEI.

    Args:
        source: a path, ``-`` for standard input, or a capture in hand.
        uri: where the page was; links are resolved against it.
        captured_at: when it was captured, aware; a file does not say.
        declared_charset: the transport's word on its encoding.
        limit_bytes: refuse larger pages.
        stdin: what ``-`` reads; the program's own if not given.
        at: the moment of the work, instead of now.
        said: statements of a person, beside ``stated``.
        imprint: who makes the file, and its licence.
        **stated: what a person says of an element of Dublin Core: ``title="…"``, ``creator=["…", "…"]``.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        UsageError: a moment has no time zone, or a stated value is empty.
    """
    now = moment(at)
    spoken = statements(said, **stated)
    capture = capture_of(
        source,
        uri=uri,
        captured_at=captured_at,
        declared_charset=declared_charset,
        limit_bytes=limit_bytes,
        stdin=stdin,
    )
    return normalise_capture(capture, now, spoken, imprint or Imprint())


def normalise_capture(capture: Capture, at: datetime, said: tuple[Statement, ...], imprint: Imprint) -> Normalised:
    """Read, describe and encode: a function of its arguments alone."""
    # Late, for the readers and their libraries are not wanted where only bags are looked at.
    from solander.describing import describe
    from solander.encoding.tei import encode_tei
    from solander.reading import read_page

    page = read_page(capture)
    description = describe(page, capture, said=said)
    tei = encode_tei(page, description, capture, at=at, imprint=imprint)
    return Normalised(capture=capture, page=page, description=description, tei=tei, said=said, at=at, imprint=imprint)
