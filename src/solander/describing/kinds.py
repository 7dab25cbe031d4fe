"""Kinds of what candidates are read from: what rules ask for, where the words of the evidence are for people.

A kind is given where a candidate is made. Its words become the evidence's detail, and may be put in others without
any rule's noticing; the name that stands in them is the page's own, and rules may ask for it.
"""

# ruff: noqa: PIE796 - what differs in its sense alone, "{}", is told apart by ``__new__``.
from __future__ import annotations

from enum import Enum

from solander.model.description import ORIGINS


class Kind(Enum):
    """What a candidate is read from: the origin of its evidence, and the words that say it to people."""

    origin: str
    """One of ``ORIGINS``."""
    rank: int
    """The place of the origin among them: the lower is the stronger."""
    words: str
    """The detail of the evidence; ``{}`` stands for the page's own name."""

    # In the head.
    DUBLIN_CORE = "meta", "{}"
    CATALOGUE = "meta", "{}"
    SHARED = "open-graph", "{}"
    META = "markup", "{}"
    ON_CARD = "open-graph", "{}"
    """The data under a label of the card for those who share a link."""
    TITLE = "markup", "title"
    LINK = "markup", "link rel={}"
    HTML_LANG = "markup", "html lang"

    # JSON-LD: the name is type and property, "Article.author".
    NODE = "json-ld", "{}"
    PAGE_NODE = "json-ld", "{}"
    """Said by the node of the page as such, ``WebPage`` or one of its kinds."""
    NODE_WITHOUT_BODY = "json-ld", "{} (no organisation)"
    """A publisher that its node calls no organisation."""
    SITE_NODE = "json-ld", "{}"
    SITE_NODE_WITHOUT_BODY = "json-ld", "{} (no organisation)"
    UNREADABLE = "json-ld", "unreadable"

    # Marks in the body.
    ITEMPROP = "microdata", "itemprop={}"
    PROPERTY = "microdata", "property={}"
    H1 = "markup", "h1"
    TIME = "markup", "time"
    REL = "markup", "a rel={}"
    CLASS = "markup", "class {}"
    LINK_TO_AUTHOR = "markup", "link to an author"
    LINK_TO_LICENCE = "markup", "link to a licence"

    # Lines that readers see.
    TITLE_LINE = "text", "title line"
    SUBTITLE = "text", "subtitle"
    TEXT_HEADING = "text", "heading of the text"
    BYLINE = "text", "byline"
    FAR_BYLINE = "text", "byline far off"
    LABEL = "text", "label {}"
    DATELINE = "text", "dateline"
    FAR_DAY = "text", "day far off"
    POSTED_DAY = "text", "day of the post"
    LAST_CHANGE = "text", "foot of the page"
    NAME_BY_TITLE = "text", "name by the title"
    PERSON_BY_TITLE = "text", "person by the title"
    NAME_BY_DAY = "text", "name beside the day"
    NAME_AT_END = "text", "name at the end"
    AGENCY = "text", "agency by the title"
    AUTHOR_BOX = "text", "box about the author"
    COPYRIGHT_LINE = "text", "copyright line"
    TITLE_END = "text", "title's end"
    MASTHEAD = "text", "masthead"
    PRINTED_DOI = "text", "printed DOI"
    DETECTED = "text", "detected"

    # What no reader sees, and what is known from without.
    SCRIPT = "script", "script {}"
    ADDRESS = "uri", "path"
    HEADER = "transport", "{}"
    CAPTURE = "capture", "{}"

    def __new__(cls, origin: str, words: str) -> Kind:
        """Number the kinds: two that say the same to people are two all the same."""
        member = object.__new__(cls)
        member._value_ = len(cls.__members__)
        member.origin, member.rank, member.words = origin, ORIGINS.index(origin), words
        return member

    # Kinds are keys of what is counted line by line: they are told apart as objects are, without their names.
    __hash__ = object.__hash__

    def detail(self, name: str) -> str:
        """What was read, in words: those of the kind, with the page's own name in them."""
        return self.words.replace("{}", name)


TITLE_MARKS = ((Kind.TITLE, ""), (Kind.META, "title"))
"""The marks of ``<title>``, and of the ``meta`` of that name, which templates fill alike."""
OG_TITLE = (Kind.SHARED, "og:title")
