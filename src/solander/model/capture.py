"""A capture: the bytes of one page as they were received, and what the source said of them.

Source: ISO 28500 (WARC 1.1), 5.10 (``WARC-Target-URI``) and 5.3 (``WARC-Date``) for the names of the facts.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from solander.model.addresses import without_credentials as without_credentials
from solander.model.identifiers import named
from solander.model.media_type import tell

ORIGINAL_SUFFIXES = {"text/html": "html", "application/xhtml+xml": "xhtml", "text/plain": "txt"}
"""The suffix that ``data/original/page.…`` bears, by media type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a capture was found, in the words of the source."""

    path: str | None = None
    """The file's own name, without its folders: where it lay on somebody's disk is not archived."""

    record_id: str | None = None
    """``WARC-Record-ID``, where the source is a record."""

    offset_bytes: int | None = None
    """Where the record begins in its file."""

    redirects: tuple[str, ...] = ()
    """The addresses passed on the way, the requested one first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which captures of a file that holds many are wanted; without any of these, every page that succeeded."""

    urls: tuple[str, ...] = ()
    record_ids: tuple[str, ...] = ()
    """``WARC-Record-ID``, without brackets."""

    statuses: tuple[int, ...] = ()
    """Of HTTP, instead of success."""

    since: datetime | None = None
    at: datetime | None = None
    """The one moment of capture, in whole seconds."""

    @property
    def is_said(self) -> bool:
        """Whether anything is asked for."""
        return self != Choice()


@dataclass(frozen=True, slots=True, kw_only=True)
class Transport:
    """How a page was received, as whoever captured it recorded it; what nobody recorded is ``None``."""

    status: int | None = None
    """Of HTTP."""

    payload_digest: str | None = None
    """As the source wrote it: ``sha1:…``."""

    payload_digest_of: str | None = None
    """Of which bytes it is: ``raw`` (the body as it was sent), ``de-chunked``, ``decoded`` (as the page is read here);
    ``None`` where it is of none of them, or of what stands in another record."""

    codings: tuple[str, ...] = ()
    """What was undone to read the page, the outermost first: ``chunked``, ``gzip``, ``br`` …"""

    ip_address: str | None = None
    software: str | None = None
    """Who captured it: the program, as it names itself."""

    user_agent: str | None = None
    """As what that program presented itself."""

    revisited: str | None = None
    """``WARC-Record-ID`` of the record that has the content, where the page was found unchanged."""

    robots: str | None = None
    """What was decided on the site's ``robots.txt``, in the words of whoever captured."""

    rendered_by: str | None = None
    """The browser whose document this is, after its scripts ran; ``None`` where the page is as it was served."""

    not_fetched: tuple[str, ...] = ()
    """What the page shows or needs and who captured it could not have, each an address and why."""

    not_there: tuple[str, ...] = ()
    """What its server did not give, each an address and how it answered."""

    robots_tags: tuple[str, ...] = ()
    """What the server asks of robots with the page (``X-Robots-Tag``), small letters."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Medium:
    """What a page shows or needs beside its own bytes: an image, a style sheet, a frame."""

    uri: str
    """Its address, absolute."""

    name: str
    """Where it stands in the bag: ``data/media/0001-logo.png``, or within ``data/original/``."""

    media_type: str
    content: bytes
    role: str = "image"
    """``image``, ``sound``, ``film``, ``style``, ``frame``, ``icon``, ``rendering`` (the page itself) or ``other``."""

    record_id: str | None = None
    captured_at: datetime | None = None

    def __repr__(self) -> str:
        """Short: what, where."""
        return f"<Medium {self.name}: {self.uri}, {len(self.content):,} bytes>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Container:
    """The file in which a page was received with more than itself: a WARC, an MHTML file."""

    name: str
    """In ``data/original/``: ``capture.warc.gz``."""

    media_type: str
    content: bytes

    def __repr__(self) -> str:
        """Name and size, never the bytes."""
        return f"<Container {self.name}, {len(self.content):,} bytes>"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Capture:
    """The bytes of one page as they were received; nothing later alters them."""

    content: bytes
    """The page itself; where it was received compressed, what came out."""

    uri: str | None = None
    """Where the page was, as the source recorded it (``WARC-Target-URI``), without credentials; ``None`` if unknown."""

    captured_at: datetime | None = None
    """Aware, UTC, whole seconds; ``None`` where the source does not record it, as a plain file does not."""

    media_type: str = "text/html"
    """``text/html``, ``application/xhtml+xml`` or ``text/plain``, told from the content."""

    declared_charset: str | None = None
    """The transport's word, unchecked; ``None`` where it was silent."""

    received: bytes | None = None
    """The bytes as received where they differ from ``content`` (a gzipped file); ``None`` where they are the same."""

    origin: Origin = Origin()
    """Where it was found."""

    container: Container | None = None
    """The file that holds the page, where it came with more than itself; then that file is the original."""

    media: tuple[Medium, ...] = ()
    """What the page shows or needs, as far as it was captured with it."""

    left_out: tuple[str, ...] = ()
    """Addresses, or names, of what was captured with it and is beyond the bounds of a bag, or could not be read.

    Of what is there and is not whole, the reason stands behind the address.
    """

    transport: Transport | None = None
    """How it was received; ``None`` of a plain file."""

    facts: tuple[str, ...] = ()
    """What capturing met on the way, in the words of a CAP rule's name (``credentials-in-uri``); checks judge it."""

    def __post_init__(self) -> None:
        """Keep what every capture promises, however it was made: bytes, a moment in UTC, no credentials.

        Raises:
            TypeError: the content is no bytes, or the moment no ``datetime``.
            ValueError: the moment has no time zone.
        """
        for name in ("content", "received"):
            value = getattr(self, name)
            if not isinstance(value, bytes) and (name == "content" or value is not None):
                raise TypeError(
                    f"a capture's {name} is bytes as they were received, not {type(value).__name__}: "
                    "encode text first, and say with declared_charset how"
                )
        uri, known = without_credentials(self.uri)
        record_id, in_record = without_credentials(self.origin.record_id)
        passed = [without_credentials(one) for one in self.origin.redirects]
        if known or in_record or any(found for _, found in passed):
            facts = dict.fromkeys((*self.facts, "credentials-in-uri"))
            redirects = tuple(address for address, _ in passed if address)
            object.__setattr__(self, "origin", replace(self.origin, record_id=record_id, redirects=redirects))
            object.__setattr__(self, "facts", tuple(facts))
        object.__setattr__(self, "uri", uri)
        object.__setattr__(self, "captured_at", whole_seconds(self.captured_at))

    @classmethod
    def of_bytes(
        cls,
        content: bytes,
        *,
        uri: str | None = None,
        captured_at: datetime | None = None,
        media_type: str | None = None,
        declared_charset: str | None = None,
    ) -> Capture:
        """Make a capture of bytes in hand; credentials in ``uri`` are left out, and the fact is kept.

        Args:
            content: the page as it was received.
            uri: where it was.
            captured_at: when, with its time zone.
            media_type: where nobody says, it is told from the bytes; what is no page by them is taken for HTML.
            declared_charset: the transport's word.

        Raises:
            TypeError: ``content`` is no bytes, or ``captured_at`` no ``datetime``.
            ValueError: ``captured_at`` has no time zone.
        """
        return cls(
            content=content,
            uri=uri,
            captured_at=captured_at,
            media_type=media_type or _told(content),
            declared_charset=declared_charset,
        )

    def __repr__(self) -> str:
        """Short: which page, how large; never its text."""
        moment = f", captured {written_moment(self.captured_at)}" if self.captured_at else ""
        return f"<Capture of {self.uri or 'no address'}{moment}: {self.media_type}, {len(self.original):,} bytes>"

    @property
    def original(self) -> bytes:
        """The bytes as received, unaltered: what stands in ``data/original/``."""
        if self.container is not None:
            return self.container.content
        return self.content if self.received is None else self.received

    @property
    def original_name(self) -> str:
        """The file name in ``data/original/``: ``page.html``, ``page.xhtml``, ``page.txt``; ``.gz`` if it came so."""
        if self.container is not None:
            return self.container.name
        suffix = ORIGINAL_SUFFIXES.get(self.media_type, "bin")
        return f"page.{suffix}" if self.received is None else f"page.{suffix}.gz"

    @property
    def sha256(self) -> str:
        """The SHA-256 of the bytes as received, lower-case hexadecimal; of a page in a container its own alone.

        The same page is the same object, whatever else its container holds and however that is compressed.
        """
        return _sha256(self.content if self.container is not None else self.original)

    @property
    def identifier(self) -> str:
        """``urn:uuid:…``, version 5, of digest, URI and recorded moment: the object's name through all its versions."""
        moment = written_moment(self.captured_at) if self.captured_at else None
        return identifier_of(self.sha256, self.uri, moment)


def identifier_of(sha256: str, uri: str | None, captured_at: str | None) -> str:
    """The ``urn:uuid`` of a page, of its bytes' digest, its address and the moment as records write it.

    Args:
        sha256: of the page's bytes, in small hexadecimal digits.
        uri: where it was; ``None`` where nobody knows.
        captured_at: as ``2021-12-08T14:30:00Z``; ``None`` where the source does not record it.

    Source: docs/format.md, "Identity".
    """
    return named("\n".join((sha256, uri or "", captured_at or "")))


def _told(content: bytes) -> str:
    told = tell(content).media_type if isinstance(content, bytes) else None
    return told or "text/html"


def whole_seconds(moment: datetime | None) -> datetime | None:
    """Bring a moment to UTC and whole seconds.

    Raises:
        TypeError: it is none.
        ValueError: the moment has no time zone.
    """
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        raise TypeError(f"{moment!r} is no moment; give one as datetime(2021, 12, 8, 14, 30, tzinfo=UTC)")
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; write it with Z or an offset")
    return moment.astimezone(UTC).replace(microsecond=0)


def written_moment(moment: datetime) -> str:
    """A moment as all records write it: ``2021-12-08T14:30:00Z``, the year in four digits."""
    # strftime leaves out the noughts of a year before 1000 on some systems.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


_latest = (b"", hashlib.sha256(b"").hexdigest())
"""The bytes that a digest was asked of last, and it: a page's is wanted five times over."""


def _sha256(content: bytes) -> str:
    # Told by whether they are the same object: to look bytes up by value, Python reckons half a digest of its own.
    global _latest
    known, digest = _latest
    if known is not content:
        digest = hashlib.sha256(content).hexdigest()
        _latest = (content, digest)
    return digest
