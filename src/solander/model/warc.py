"""Records of web archives: what a record's header says, and what was met in reading it.

Source: ISO 28500:2017 (WARC 1.1), sections 4 (file and record model) and 5 (named fields); the ARC file format,
version 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple

RECORD_TYPES = frozenset(
    ("warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation")
)
"""The types that the standard defines (5.5); others may be, and are passed over."""

SAME_PAYLOAD = "identical-payload-digest"
NOT_MODIFIED = "server-not-modified"
"""The last part of the two profiles of a revisit (6.7)."""

_SHAPES = {
    4: "%Y",
    7: "%Y-%m",
    10: "%Y-%m-%d",
    17: "%Y-%m-%dT%H:%MZ",
    20: "%Y-%m-%dT%H:%M:%SZ",
}


class Met(NamedTuple):
    """Something that reading met, by the name of the rule that judges it."""

    kind: str
    message: str
    expected: str | None = None
    found: str | None = None


@dataclass(frozen=True, kw_only=True)
class RecordHead:
    """A record up to its block: where it lies and what its header says."""

    number: int
    """From 1."""

    offset_bytes: int
    """Where the record, or the compressed member that holds it, begins in the file."""

    version: str
    """``WARC/1.1``; ``ARC/1`` for a record of an ARC file."""

    fields: tuple[tuple[str, str], ...]
    """Names and values in order, as written; of an ARC record the fields that mean the same."""

    written: bytes = b""
    """The header's own bytes, up to the block."""

    length_bytes: int | None = None
    """Of the block (``Content-Length``); ``None`` where it is not said."""

    opens_member: bool = True
    """Whether the record begins where a compressed member begins; true of what is not compressed."""

    met: tuple[Met, ...] = ()
    """What is odd about the header."""

    def first(self, name: str) -> str | None:
        """The first value of a field, whatever its capitals."""
        return self._by_name.get(name.lower())

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name, value in self.fields:
            found.setdefault(name.lower(), value)
        return found

    @property
    def kind(self) -> str:
        """``WARC-Type``, in small letters; empty where it is not said."""
        return (self.first("WARC-Type") or "").lower()

    @property
    def record_id(self) -> str | None:
        """``WARC-Record-ID`` without its brackets."""
        return bare(self.first("WARC-Record-ID"))

    @property
    def uri(self) -> str | None:
        """``WARC-Target-URI`` without the brackets that WARC 1.0 seemed to ask for, and that Wget writes."""
        return bare(self.first("WARC-Target-URI"))

    @property
    def moment(self) -> datetime | None:
        """``WARC-Date``, aware; ``None`` where there is none that can be read."""
        return moment_of(self.first("WARC-Date") or "")

    @property
    def holds_http(self) -> bool:
        """Whether its block is a message of HTTP; a response of that scheme ought to be one (6.3)."""
        return (self.first("Content-Type") or "").lower().replace(" ", "").startswith("application/http") or (
            self.kind in ("response", "request") and (self.uri or "").lower().startswith(("http:", "https:"))
        )


class RecordEnd(NamedTuple):
    """How a record ended."""

    offset_bytes: int
    """Where the next one, or the compressed member after this one's, begins in the file."""
    is_whole: bool
    """Its block was all there, and what was compressed came out as it went in."""
    closes_member: bool
    """Whether it ends where a compressed member ends; true of what is not compressed."""
    met: tuple[Met, ...] = ()


class HttpHead(NamedTuple):
    """The head of a message of HTTP."""

    version: str
    status: int | None
    """``None`` of a request."""
    reason: str
    fields: tuple[tuple[str, str], ...]
    size_bytes: int
    """Up to the body."""
    met: tuple[Met, ...] = ()

    def first(self, name: str) -> str | None:
        """The first value of a field."""
        wanted = name.lower()
        return next((value for one, value in self.fields if one.lower() == wanted), None)

    def values(self, name: str) -> list[str]:
        """Every value of a field whose values are a list, in order, in small letters."""
        wanted = name.lower()
        listed = ",".join(value for one, value in self.fields if one.lower() == wanted)
        return [one for part in listed.split(",") if (one := part.strip().lower())]


def bare(value: str | None) -> str | None:
    """An address without the brackets about it; ``None`` where nothing is left."""
    if value is None:
        return None
    text = value.strip()
    if text.startswith("<") and text.endswith(">"):
        text = text[1:-1].strip()
    return text or None


def moment_of(text: str) -> datetime | None:
    """A moment as the standard writes it (W3C's profile of ISO 8601, any precision); fourteen digits as ARC has it."""
    if len(text) == 14 and text.isascii() and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:8]}T{text[8:10]}:{text[10:12]}:{text[12:]}Z"
    shape = _SHAPES.get(len(text))
    if shape is None and len(text) > 20 and text.endswith("Z") and text[19] == "." and text[20:-1].isdigit():
        # Python has microseconds; of a finer fraction the rest is cut.
        text, shape = f"{text[:20]}{text[20:-1][:6]}Z", "%Y-%m-%dT%H:%M:%S.%fZ"
    if shape is None or not text.isascii():
        return None
    try:
        return datetime.strptime(text, shape).replace(tzinfo=UTC)
    except ValueError:
        return None


class DigestSeen(NamedTuple):
    """A digest that a record claims, held against its bytes."""

    name: str
    """``WARC-Block-Digest`` or ``WARC-Payload-Digest``."""
    written: str
    matched: str | None
    """Of which form of the bytes it is: ``block``; of a payload ``raw`` (as the message has it), ``de-chunked`` or
    ``decoded``; ``None`` where of none that was tried."""
    found: str | None = None
    """The digest of the bytes by the standard's meaning, written alike; ``None`` where it could not be reckoned."""
    fault: str | None = None
    """``digest-malformed`` or ``digest-algorithm-unknown``, where nothing was compared; ``cannot-tell`` where the
    payload of a revisit stands elsewhere, or a body was too large to be decoded."""


@dataclass(frozen=True, kw_only=True)
class RecordSeen:
    """A record that was read to its end: what there is to judge, and to choose by."""

    head: RecordHead
    end: RecordEnd
    http: HttpHead | None = None
    digests: tuple[DigestSeen, ...] = ()

    begin: bytes = b""
    """The first bytes of the payload, decoded; for telling what it is."""

    met: tuple[Met, ...] = ()
    """What was met in the message and its body."""

    @property
    def every(self) -> tuple[Met, ...]:
        """All that was met in it."""
        return (*self.head.met, *self.met, *self.end.met)


@dataclass(frozen=True, kw_only=True)
class Crawl:
    """What there is to say of a file of records as a whole, once all were read."""

    form: str
    """``plain``, ``gzip``, ``zstd`` or ``lz4``."""

    records: int
    met: tuple[tuple[int, Met], ...] = ()
    """What was met between records, with its place in the file."""

    ids: frozenset[str] = frozenset()
    """Every ``WARC-Record-ID``."""

    together: tuple[int, int] = (0, 0)
    """How many compressed records share a member with another, and the first one's place."""

    lost_revisits: tuple[tuple[int, int, str], ...] = ()
    """Number, place and address of each revisit whose original is not in the file."""
