"""The tags of a page as a parser would find them, without any tree, in one pass of a regular expression.

What follows from them must hold whatever a page is made of: a quotation mark in a comment, or an end tag in an
attribute, must hide nothing. Where tags alone do not tell (whether a ``title`` is a drawing's, and so holds tags), what
may stand there is counted as well; where that is of no use, all that follows is taken to be tags.

Source: HTML Standard, 13.2.5 (tokenization).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple, TypeAlias

from solander.model.late_pattern import late

Tag: TypeAlias = tuple[str, str, str, str, str, str]
"""The text before it; ``/`` for an end tag; its name as written, if a raw text begins with it, or else the next; its
attributes; and the raw text. A comment has no name."""

_SPACE = "[ \t\r\n\f]"
_ATTRIBUTES = (
    rf"((?:[ \t\r\n\f/]++|(?:=[^ \t\r\n\f/>=]*+|[^ \t\r\n\f/>=]++)"
    rf"(?:{_SPACE}*+={_SPACE}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\r\n\f>\"'][^ \t\r\n\f>]*+)?+)?+)*+)"
)
"""An equals sign begins a name where none stands before it, and so the quotation mark behind it is no quotation."""

RAW = ("iframe", "noembed", "noframes", "script", "style", "textarea", "title", "xmp")
"""Elements in which there is no markup but their own end tag: in HTML, and not in drawings, choices and templates."""

_COMMENT = r"!--(?:-?>|(?:[^-]++|-(?!-!?>))*+(?:--!?>|\Z))"
_NAME = r"[A-Za-z][^ \t\r\n\f/>]*+"
_TOKEN = late(
    rf"([^<]*+)(?:\Z|<(?:{_COMMENT}"
    rf"|(/?)(?:(?<!/)((?i:{'|'.join(RAW)}))(?=[ \t\r\n\f/>])|({_NAME})){_ATTRIBUTES}>?+"
    rf"(?(3)((?:[^<]++|<(?!/(?i:\3)[ \t\r\n\f/>]))*+))"
    r"|[!?/][^>]*+>?+|))"
)
_MARKUP = late(rf"<(?:{_COMMENT}|(/?)({_NAME}){_ATTRIBUTES}>?+|[!?/][^>]*+>?+|)")
_CDATA = r"!\[CDATA\[(?:[^\]]++|\](?!\]>))*+(?:\]\]>|\Z)"
_MARKUP_IN_DRAWING = late(rf"<(?:{_CDATA}|{_COMMENT}|(/?)({_NAME}){_ATTRIBUTES}>?+|[!?/][^>]*+>?+|)")
_SECTION = re.compile(rf"<{_CDATA}")
_START = re.compile(rf"<({_NAME})")
_TAG_LIKE = re.compile(r"<[A-Za-z/!?]")
_SCRIPT = re.compile(r"<script[ \t\r\n\f/>]", re.IGNORECASE)

_DRAWINGS = ("math", "svg")
_DOUBT = re.compile(r"<(?:frameset|math|select|svg|template)(?=[ \t\r\n\f/>])", re.IGNORECASE)
"""In these what is raw elsewhere is not, or is nothing."""

_HOLD_HTML = frozenset(("annotation-xml", "desc", "foreignobject", "mi", "mn", "mo", "ms", "mtext", "title"))
"""Elements of drawings and formulas in which HTML's rules hold (13.2.6, "integration point")."""

CLOSE_SELECT = frozenset(("input", "keygen", "select", "textarea"))
"""Elements that end a ``select`` in which they begin."""
_LOOKED_AT = frozenset(("frameset", "template", *_DRAWINGS, *CLOSE_SELECT, *_HOLD_HTML))

_STRAYS = re.compile(rf"<(?:frameset|math|select|svg|table|template|{'|'.join(RAW)})(?=[ \t\r\n\f/>])", re.IGNORECASE)
"""What leads on, if a raw text is none: nobody follows it."""


class Tags(NamedTuple):
    """The tags of a page, in order."""

    tags: list[Tag]
    sure: int
    """How many of them stand where they are read. What follows may be tags or not; end tags are left out of it."""
    rest: str
    """The markup that follows."""


def start_names(markup: str) -> list[str]:
    """The names of all that may begin an element, as written, wherever it stands: quoted, in a comment, in a script."""
    return _START.findall(markup)


def tags_of(markup: str) -> Tags:
    """Find the tags of a page."""
    found: list[Tag] = _TOKEN.findall(markup)
    if "<![CDATA[" not in markup and not any("<" in tag[5] for tag in found if tag[5]):
        return Tags(found, len(found), "")
    doubt = _Doubt() if _DOUBT.search(markup) else None
    tags: list[Tag] = []
    done = 0
    for number, tag in enumerate(found):
        raw, content = tag[2], tag[5]
        if doubt and (raw or (tag[3] and tag[3].lower() in _LOOKED_AT)):
            doubt.take(tag, found[number + 1 : number + 2])
        if not raw or "<" not in content:
            continue
        within = _within(raw, content, found[number + 1 : number + 2]) if doubt and doubt.is_raised else []
        if within is None or ("<!--" in content and raw.lower() == "script" and _SCRIPT.search(content)):
            match = next(islice(_TOKEN.finditer(markup), number, None))
            return _lost(markup[match.start(6) :], [*tags, *found[done : number + 1]])
        if within:
            tags += found[done : number + 1]
            tags += within
            done = number + 1
    tags = [*tags, *found[done:]] if done else found
    if doubt and doubt.was_drawn and _sections_hide(markup, tags):
        return _lost(markup, [])
    return Tags(tags, len(tags), "")


class _Doubt:
    """Whether what is raw elsewhere may be none here."""

    def __init__(self) -> None:
        self.drawings = self.templates = 0
        self.in_select = False
        self.for_good = False
        """Whether nobody knows any more what is open."""
        self.was_drawn = False

    @property
    def is_raised(self) -> bool:
        """Whether a raw text that begins here may be none."""
        return self.for_good or self.in_select or self.drawings > 0 or self.templates > 0

    def take(self, tag: Tag, following: list[Tag]) -> None:
        """Take a tag of an element that is looked at."""
        name = (tag[3] or tag[2]).lower()
        step = -1 if tag[1] else 1
        if name in _DRAWINGS:
            self.was_drawn = True
            if tag[1] or not tag[4].endswith("/"):
                self.drawings = max(0, self.drawings + step)
        elif name == "template":
            self.for_good |= self.in_select
            self.templates = max(0, self.templates + step)
        elif name == "frameset":
            self.for_good = True
        elif name in CLOSE_SELECT:
            self.in_select = name == "select" and not tag[1] and not self.in_select
        elif self.drawings and not tag[1] and name in _HOLD_HTML:
            holds = _TAG_LIKE.search(tag[5]) if tag[2] else not following or not following[0][1]
            self.for_good |= bool(holds)


def _sections_hide(markup: str, tags: list[Tag]) -> bool:
    """Whether a CDATA section may hide tags: a drawing's goes on to its end, HTML's is a comment that ends sooner."""
    if "<![CDATA[" not in markup:
        return False
    in_raw = sum(tag[5].count("<![CDATA[") for tag in tags if tag[5])
    sections: list[str] = _SECTION.findall(markup)
    return len(sections) > in_raw and any("<" in section[1:] for section in sections)


def _within(raw: str, content: str, following: list[Tag]) -> list[Tag] | None:
    """The elements that begin in a raw text if it is none; ``None`` if nobody knows where it ends then."""
    if not _TAG_LIKE.search(content):
        return []
    end = following[0] if following else None
    if _STRAYS.search(content) or end is None or not end[1] or end[4].strip():
        return None
    closed = f"{content}</{raw}>"
    starts: list[Tag] = []
    for pattern in (_MARKUP, _MARKUP_IN_DRAWING) if "<![CDATA[" in content else (_MARKUP,):
        matches = list(pattern.finditer(f"{closed} "))
        if not any(match.end() == len(closed) for match in matches):
            return None
        starts += [("", "", "", match[2], match[3], "") for match in matches if match[2] and not match[1]]
    return starts


def _lost(rest: str, tags: list[Tag]) -> Tags:
    return Tags([*tags, *(("", "", "", name, "", "") for name in start_names(rest))], len(tags), rest)
