"""From a source to TEI: capture, read, describe, encode, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Unpack

from solander.model.capture import Capture
from solander.model.description import Description, Statement
from solander.model.document import Document, Imprint
from solander.model.page import Page
from solander.pipeline.requests import Asked, Request
from solander.pipeline.sources.captures import Source, capture_of


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


def normalise(source: Source, *, imprint: Imprint | None = None, **asked: Unpack[Asked]) -> Normalised:
    """Turn one page into TEI.

    Args:
        source: a path, ``-`` for standard input, or a capture in hand.
        imprint: who makes the file, and its licence.
        **asked: what a file does not say (``uri``, ``captured_at``, ``declared_charset``), the moment of the work
            (``at``), ``limit_bytes``, ``stdin``, and what a person says of an element of Dublin Core: ``title="…"``,
            ``creator=["…", "…"]``, or as statements (``said``).

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        UsageError: a moment has no time zone, an address is none, or a statement has not the form of its element.
        TypeError: there is no such keyword, or a moment is none.
    """
    request = Request.of(**asked)
    return normalise_capture(capture_of(source, request), request.at, request.said, imprint or Imprint())


def normalise_capture(capture: Capture, at: datetime, said: tuple[Statement, ...], imprint: Imprint) -> Normalised:
    """Read, describe and encode: a function of its arguments alone.

    Args:
        capture: of one page.
        at: the moment that the TEI names, aware.
        said: a person's statements, which outrank what the page says.
        imprint: who makes the TEI, and its licence.

    Raises:
        SourceError: it is too deep or too costly to read.
    """
    # Late, for the readers and their libraries are not wanted where only bags are looked at.
    from solander.describing import describe
    from solander.encoding.tei import encode_tei
    from solander.reading import read_page

    page = read_page(capture)
    description = describe(page, capture, said=said)
    tei = encode_tei(page, description, capture, at=at, imprint=imprint)
    return Normalised(capture=capture, page=page, description=description, tei=tei, said=said, at=at, imprint=imprint)
