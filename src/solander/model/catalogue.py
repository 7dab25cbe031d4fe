"""A catalogue: what is told of each bag of an archive, how it is asked for, and what comes back.

Source: docs/showing.md, "The catalogue"; OAI-PMH 2.0, 2.3 (item) and 2.5 (record).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote

CATALOGUE_NAME = "catalogue.sqlite"
"""The file beside an archive's bags; it can be made again of them at any time."""

FACETS = ("site", "year", "language", "type", "collection", "finding", "deposited", "audit")
"""By what bags can be chosen, in the order in which a person is offered them."""

NEVER_AUDITED = "never"
"""The value of the facet ``audit`` of a bag that no log names."""

CLEAN = "none"
"""The value of the facet ``finding`` of a bag whose report has nothing above a remark."""

_PAGES = "/pages/"
"""Between the key of a bag of many pages and the number of one of them: no key of a bag holds a slash."""


def key_of(name: str) -> str:
    """The key of a bag: its name as it stands in an address."""
    return quote(name.encode("utf-8", "surrogateescape"), safe="")


def page_key(bag: str, number: int) -> str:
    """The key of a page of a bag of many pages: the bag's, and the page's number in it."""
    return f"{bag}{_PAGES}{number}"


def pages_span(bag: str) -> tuple[str, str]:
    """Between which keys those of the pages of a bag stand."""
    return f"{bag}{_PAGES}", f"{bag}{_PAGES[:-1]}0"  # "0" follows "/"


def parted(key: str) -> tuple[str, int | None]:
    """A bag's key, and which of its pages is meant; ``None`` for the bag itself."""
    bag, _, number = key.partition(_PAGES)
    # Where no number stands it is no key of ours, and names nothing.
    return (bag, int(number)) if number.isascii() and number.isdecimal() else (key, None)


VALUES_SHOWN = 12
"""So many values of a facet are given, the most frequent."""

LISTED_AT_MOST = 1000
"""So many hits are counted, ranked and given facets; that there are more is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """One bag, or what stands in a bag's place; or one page of a bag of many pages."""

    name: str
    """Of its folder or archive file; bytes that are no UTF-8 as lone surrogates."""

    kind: str
    """``bag``, ``serialised``, ``stray`` (a folder that is no bag) or ``page`` (of a bag of many pages)."""

    page: int | None = None
    """Of a page of a bag of many pages, its number there."""

    state: str = ""
    """What the system said of it when it was read: where it says the same again, nothing is read."""

    identifier: str
    """``External-Identifier``; where it has none, a ``urn:uuid`` of its name; of a page its own."""

    version: int = 1
    digest: str = ""
    """SHA-256 over its tag manifests, of a page over its TEI and its record; empty where they cannot be read."""

    title: str = ""
    creators: tuple[str, ...] = ()
    date: str = ""
    """Of the page, as the description has it; empty where it is not known."""
    uri: str = ""
    site: str = ""
    """The host of ``uri``, in small letters."""
    languages: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    abstract: str = ""
    captured_at: str = ""
    """As records write moments; of a bag of many pages the first and the last, with a slash between them."""
    packed_on: str = ""
    size_bytes: int = 0
    files: int = 0
    codes: tuple[str, ...] = ()
    """Of the rules that had more than a remark when it was packed."""
    errors: int = 0
    warnings: int = 0
    is_judged: bool = False
    damage: tuple[str, ...] = ()
    """What shows at a glance to be wrong, a line each."""
    text: str = ""
    """The text proper."""
    dublin_core: str = ""
    """The record as ``oai_dc``, without a declaration."""
    formats: tuple[str, ...] = ()
    """Further records that stand in the bag: ``tei``, ``datacite``."""

    @property
    def year(self) -> str:
        """Of the page; empty where no date is known."""
        return self.date[:4] if self.date[:4].isdecimal() and len(self.date) >= 4 else ""


class Passage(NamedTuple):
    """A piece of a line: words, and whether they are what was sought."""

    words: str
    is_hit: bool


class Hit(NamedTuple):
    """One bag of a list, or one page of a bag of many pages."""

    key: str
    """Its name as it stands in an address: percent-encoded; of a page as ``page_key`` has it."""
    name: str
    title: tuple[Passage, ...]
    creators: str
    date: str
    site: str
    language: str
    passages: tuple[Passage, ...]
    """Words around what was sought, or how the text begins."""
    errors: int
    warnings: int
    is_damaged: bool
    audit: str
    size_bytes: int
    packed_on: str
    captured_at: str = ""


class Query(NamedTuple):
    """What is asked of a catalogue."""

    words: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    """Pairs of one of ``FACETS`` and a value; all must hold."""
    page: int = 1
    size: int = 20


class Found(NamedTuple):
    """What a catalogue answers."""

    hits: tuple[Hit, ...]
    total: int
    """Exactly, up to ``LISTED_AT_MOST``."""
    has_more: bool
    """Whether there are more than ``LISTED_AT_MOST``: then the latest of them are listed, and counted in facets."""
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    """Of the hits: names of facets, their values and how often; the most frequent first."""
    pages: int = 0
    """Of ``total``, as many are pages of bags of many pages, and the rest are bags."""


class SignedLink(NamedTuple):
    """What a signpost says: how something stands to a bag, and where it is (RFC 8288)."""

    relation: str
    """``cite-as``, ``describedby``, ``item``, ``license``, ``type`` or ``linkset``."""
    target: str
    """Relative to the bag's page, or absolute."""
    media_type: str = ""


class Newest(NamedTuple):
    """A bag as a feed tells of it."""

    key: str
    identifier: str
    title: str
    creators: str
    abstract: str
    packed_on: str


class Tallies(NamedTuple):
    """An archive at a glance."""

    bags: int
    strays: int
    damaged: int
    size_bytes: int
    files: int
    with_errors: int
    with_warnings: int
    facets: tuple[tuple[str, tuple[tuple[str, int], ...]], ...]
    last_audit: str
    """The moment of the latest line of the log of audits; empty where there is none."""
    built_at: str
    """When the catalogue was last brought up to date."""
    pages: int = 0
    """Of bags of many pages, all together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What is harvested: an object with its latest bag, or the mark that it is gone."""

    identifier: str
    sequence: int
    """Grows with every change of any item; what a harvest has come to is told by it."""
    stamp: datetime
    """When the catalogue came to know its present state: aware, UTC, whole seconds; never less than that of an item of
    a smaller ``sequence``."""
    sets: tuple[str, ...]
    is_deleted: bool
    key: str = ""
    name: str = ""
    """Of the bag."""
    page: int | None = None
    """Which of its pages, if it has many and this is one of them."""
    dublin_core: str = ""
    formats: tuple[str, ...] = ()


class Harvest(NamedTuple):
    """Which items are wanted."""

    earliest: datetime | None = None
    latest: datetime | None = None
    in_set: str = ""
    format: str = "oai_dc"
    after: int = 0
    """Items of a greater ``sequence`` alone."""
    up_to: int = 0
    """Items of no greater ``sequence``: where the harvest stood when it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What is told of bags outside them: where they were deposited, and what became of their audits."""

    deposited: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Targets by the bag's name."""
    audits: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Outcome and moment of the latest audit by the bag's name."""
