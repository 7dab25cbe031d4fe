"""What parsing a page would cost the checker, reckoned from its tags as written, before any tree is built.

The checker's parser builds the trees of honest pages in milliseconds, and those of baits in minutes: it looks through
all open elements for many a tag, and through all attributes that it knows for a new one. Each bound here lies far
beyond what pages have (at most 15,800 elements in the 2,095 pages of the corpora), and costs it a few seconds.

Source: HTML Standard, 13.2.4.2 (the stack of open elements), 13.2.4.3 (the list of active formatting elements), 13.2.5.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import repeat

from solander.checking.pages.markup_tags import Tag, Tags, start_names, tags_of
from solander.checking.pages.text_costs import MAXIMUM_COPIED, copied

MAXIMUM_DEPTH = 20_000
"""Elements nested deeper are not checked: the parser's time grows with the square of the depth (measured: 1 s)."""

MAXIMUM_STEPS = 600_000_000
"""How many open elements may be looked through, if each tag looked through all that are open when it comes."""

MAXIMUM_COPIES = 3_000_000
"""How often unclosed formatting elements may be opened anew, at the worst; a million take 400 MB (measured)."""

MAXIMUM_ATTRIBUTES = 10_000
"""How many attributes a tag may bear; those of all ``html`` tags, and of all ``body`` tags, come together on one."""

MAXIMUM_NAMES = 40_000
"""How many names elements and attributes may have together: a new one is looked for among all of them."""

_CHEAP_TAGS = 4_000
"""Fewer are never costly by how they nest."""

_CHEAP_CHARACTERS = 5 * MAXIMUM_ATTRIBUTES
"""In fewer there is no room for too many attributes of different names."""

_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:[ \t\r\n\f]*+=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\s>]*+))?+"
)

_ANYTHING = re.compile(r"[^\s/>=]+")

_BETWEEN = ' "_" \'_\' _="" '
"""Stands between the attributes of two tags that are looked through together: it ends whatever was begun before it."""

_AT_ONCE = 100
"""The attributes of so many tags are looked through together: a million names are the most that they can be."""

_SHARED = ("body", "html")
"""Elements of which a page has one, and all tags of the name are its."""

_CLOSE_THEMSELVES = frozenset(
    (
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track"),
        *("wbr", "p", "li", "dd", "dt", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup"),
        *("html", "head", "body", "button", "form"),
    )
)
"""Elements that are empty, that another of their kind closes, or of which there is one."""

_HOLDERS = {"ul": 2, "ol": 2, "menu": 2, "dl": 2, "select": 2, "ruby": 2, "table": 4}
"""Elements whose parts, which close themselves, nest with them: how many are open where one of them is."""

_WALLS = frozenset(("applet", "caption", "foreignobject", "marquee", "object", "table", "template"))
"""Elements out of which an end tag does not reach (HTML Standard, "has an element in scope")."""

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "center", "details", "dialog", "dir", "div", "dl", "fieldset"),
        *("figcaption", "figure", "footer", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup"),
        *("listing", "main", "menu", "nav", "ol", "pre", "search", "section"),
        *("summary", "ul"),
    )
)
"""Elements whose end tag closes all that was opened in them; that of others closes nothing beyond one of these."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
"""Of which one closes another that nothing was opened in since."""

_DRAWINGS = frozenset(("svg", "math"))
LEAVE_DRAWINGS = frozenset(
    (
        *("b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1", "h2"),
        *("h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p", "pre"),
        *("ruby", "s", "small", "span", "strike", "strong", "sub", "sup", "table", "tt", "u", "ul", "var"),
    )
)
"""Elements that end a drawing or a formula in which they begin (HTML Standard, 13.2.6.5)."""

_NEAR = 8
"""How many open elements are looked through for the one that an end tag names, where a block would stand between."""

_FORMATTING = frozenset(
    ("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u")
)
_ALONE = frozenset(("a", "nobr"))
"""Formatting elements that another of their kind closes."""


_PLAIN, _OPENS, _CLOSES_ITSELF, _FORMATS = range(4)
"""What a tag does: open an element of which nothing else is to be known, open another, neither, or format."""


def too_costly(markup: str) -> str | None:
    """Say why a page must not be parsed, or ``None``: hostile markup would take minutes, or all memory."""
    marks = markup.count("<")
    nests = marks >= _CHEAP_TAGS and not _nests_little(markup, marks)
    copies = marks * len(markup) > 2 * MAXIMUM_COPIED
    if not nests and not copies and len(markup) < _CHEAP_CHARACTERS:
        return None
    tags = tags_of(markup)
    if nests and (why := _Nesting().why_not(tags.tags)):
        return why
    if copies and copied(tags) > MAXIMUM_COPIED:
        return f"what is added to its texts piece by piece may copy more than {MAXIMUM_COPIED:,} characters"
    return _bears_too_much(tags) if len(markup) >= _CHEAP_CHARACTERS else None


def _nests_little(markup: str, marks: int) -> bool:
    """Whether nothing would be too costly even if no element of the page ended: so it is with nearly all pages."""
    counts = Counter(start_names(markup))
    opened = formatting = 0
    for written, count in counts.items():
        name, kind = _kind_of(written.lower())
        if kind == _FORMATS:
            formatting += 1 if name in _ALONE else count
        elif kind != _CLOSES_ITSELF:
            opened += count * _HOLDERS.get(name, 1)
    return (
        opened + formatting <= MAXIMUM_DEPTH
        and formatting * marks <= MAXIMUM_COPIES
        and (opened + formatting) * marks <= MAXIMUM_STEPS
    )


class _Nesting:
    """How deep elements nest, at the worst: what is open where each tag comes."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        self.within: list[dict[str, int]] = [{}]
        """Behind each wall, how many of each name are open."""
        self.walls: list[str] = []
        self.depth = 0

    def why_not(self, tags: Iterable[Tag]) -> str | None:
        """Say why a page with these tags must not be parsed."""
        deepest = formatting = copies = steps = 0
        drawing = False
        opened, within, depth = self.opened, self.within[-1], 0
        known: dict[str, tuple[str, int]] = {}
        # Whole documents go through this, tag by tag: what comes most often is told first, and without a call.
        for _, is_end, raw, written, rest, _ in tags:
            written = written or raw
            name, kind = known.get(written) or known.setdefault(written, _kind_of(written.lower()))
            steps += depth + formatting
            if kind == _PLAIN and not drawing:
                if not is_end:
                    opened.append(name)
                    depth += 1
                    within[name] = within.get(name, 0) + 1
                    if len(opened) + formatting > deepest:
                        deepest = len(opened) + formatting
                elif opened and opened[-1] == name:
                    opened.pop()
                    depth -= 1
                    within[name] -= 1
                else:
                    self.depth = depth
                    formatting -= self._close(name)
                    within, depth = self.within[-1], self.depth
            elif kind == _CLOSES_ITSELF and not drawing:
                pass
            elif kind == _FORMATS:
                # What is alone is counted once, however often it begins; an end tag ends nothing beyond a wall.
                standing = within.get(name, 0)
                if is_end and standing:
                    within[name] = standing - 1
                    formatting -= 1
                elif not is_end and not (standing and name in _ALONE):
                    within[name] = standing + 1
                    formatting += 1
            elif is_end:
                drawing = drawing and name not in _DRAWINGS
                self.depth = depth
                formatting -= self._close(name)
                within, depth = self.within[-1], self.depth
            elif kind != _CLOSES_ITSELF and not (drawing and rest.endswith("/") and name not in LEAVE_DRAWINGS):
                drawing = name in _DRAWINGS or (drawing and name not in LEAVE_DRAWINGS)
                self.depth = depth
                self._open(name)
                within, depth = self.within[-1], self.depth
                deepest = max(deepest, len(opened) + formatting)
            else:
                drawing = drawing and name not in LEAVE_DRAWINGS
            if formatting and not is_end:
                copies += formatting
        if deepest > MAXIMUM_DEPTH:
            return f"its elements may nest {deepest} deep, more than {MAXIMUM_DEPTH}"
        if copies > MAXIMUM_COPIES:
            return f"its unclosed formatting elements may be opened {copies} times anew, more than {MAXIMUM_COPIES}"
        if steps > MAXIMUM_STEPS:
            return f"its tags may look through {steps} open elements, more than {MAXIMUM_STEPS}"
        return None

    def _open(self, name: str) -> None:
        if name in _HEADINGS and self.opened and self.opened[-1] in _HEADINGS:
            self._close(self.opened[-1])
        self.opened.append(name)
        self.depth += _HOLDERS.get(name, 1)
        within = self.within[-1]
        within[name] = within.get(name, 0) + 1
        if name in _WALLS:
            self.walls.append(name)
            self.within.append({})

    def _close(self, name: str) -> int:
        """Close an element, and say how many formatting elements end with it: those of a wall."""
        ended = 0
        is_wall = bool(self.walls) and self.walls[-1] == name
        if is_wall:
            self.walls.pop()
            ended = sum(map(self.within.pop().get, _FORMATTING, repeat(0)))
        elif self.within[-1].get(name, 0) <= 0 or (name not in _BLOCKS and not self._is_near(name)):
            return 0
        within = self.within[-1]
        closed = ""
        while closed != name:
            closed = self.opened.pop()
            self.depth -= _HOLDERS.get(closed, 1)
            if not is_wall or closed == name:
                within[closed] -= 1
        return ended

    def _is_near(self, name: str) -> bool:
        for open_name in self.opened[: -1 - _NEAR : -1]:
            if open_name == name:
                return True
            if open_name in _BLOCKS or open_name in _WALLS:
                return False
        return False


def _kind_of(name: str) -> tuple[str, int]:
    """An element's name, and what its tags do; a comment, which has none, does nothing."""
    if name in _FORMATTING:
        return name, _FORMATS
    if name in _CLOSE_THEMSELVES or not name:
        return name, _CLOSES_ITSELF
    is_plain = not (name in _HOLDERS or name in _WALLS or name in _HEADINGS or name in _DRAWINGS)
    return name, _PLAIN if is_plain else _OPENS


def _bears_too_much(page: Tags) -> str | None:
    tags = page.tags
    names = {tag[3] or tag[2] for tag in tags}
    shared = {written for written in names if written.lower() in _SHARED}
    most, together = 0, dict.fromkeys(_SHARED, 0)
    long = 2 * MAXIMUM_ATTRIBUTES
    for written, rest in [(tag[3], tag[4]) for tag in tags if tag[3] in shared or len(tag[4]) > long]:
        found = len(_names(rest))
        most = max(most, found)
        if written in shared:
            together[written.lower()] += found
    most = max(most, *together.values())
    if most > MAXIMUM_ATTRIBUTES:
        return f"one of its elements bears more than {MAXIMUM_ATTRIBUTES} attributes"
    # Whatever stands where nobody knows what is a tag may be the name of an attribute.
    names.update(_ANYTHING.findall(page.rest))
    names = set(map(str.lower, names))
    # Many tags bear the same. Their order is kept: the last of a page may end in the midst of a quotation.
    rests = list(dict.fromkeys([tag[4] for tag in tags]))
    # A name takes a character, and what parts it from the next another.
    if sum(map(len, rests)) > 2 * MAXIMUM_NAMES:
        for at in range(0, len(rests), _AT_ONCE):
            # Many in one go: one by one costs six times as much.
            names.update(map(str.lower, set(_ATTRIBUTE.findall(_BETWEEN.join(rests[at : at + _AT_ONCE])))))
            if len(names) > MAXIMUM_NAMES:
                break
    if len(names) > MAXIMUM_NAMES:
        return f"its elements and attributes have {len(names)} names, more than {MAXIMUM_NAMES}"
    return None


def _names(attributes: str) -> set[str]:
    """The names of a tag's attributes; one more than is allowed, where there are too many."""
    found: set[str] = set()
    for attribute in _ATTRIBUTE.finditer(attributes):
        found.add(attribute[1].lower())
        if len(found) > MAXIMUM_ATTRIBUTES:
            break
    return found
