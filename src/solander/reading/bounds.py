"""What a page may cost to read: bounds, reckoned from its markup before any tree is built.

A page beyond them is refused in one line. They lie far beyond what pages have (at most 15,800 elements in the 2,095
pages of the corpora), and a page within them takes ten seconds at most (measured: 30 µs an element).

Source: HTML Standard, 13.2.4.3 (formatting elements that are opened anew), 13.2.6.4.7 (``html`` and ``body`` tags add
their attributes to the first).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice

MAXIMUM_ELEMENTS = 300_000
"""How many elements a page may have."""

MAXIMUM_COPIES = 3_000_000
"""How often unclosed formatting elements may be opened anew, at the worst: each time is an element more."""

MAXIMUM_BUILT = 600_000
"""How many elements a page's tree may have, with those that were opened anew: the estimate before the tree is built
has to be generous, and three million of them take half a minute and two gigabytes (measured)."""

BUILT_TOO_MANY = f"its unclosed elements, opened anew, make more than {MAXIMUM_BUILT:,} elements of it"

MAXIMUM_ROOT_ATTRIBUTES = 5_000
"""How many attributes further ``html`` and ``body`` tags may add: each is compared with all that are there."""

MAXIMUM_LINES = 500_000
"""How many lines a plain text may have."""

MAXIMUM_ATTRIBUTES = 1_000_000
"""How many attributes an element may bear: two million take the parser five seconds, five million forty (measured)."""

MAXIMUM_POINTERS = 1 << 26
"""How many characters the pointers of a page may have together; deep nesting makes long ones."""

POINTERS_TOO_LONG = f"its pointers would take more than {MAXIMUM_POINTERS:,} characters: too much nests too deep"

POINTER_STEPS = 200
"""How many steps a pointer has at most; XML tools refuse trees not much deeper."""

MARKS_DEEP = 40
"""How many marks may lie in one another (``b`` in ``b`` in ``b`` …); the words of deeper ones stand in these."""

CONTAINERS_DEEP = 90
"""How many lists, tables and quotations may lie in one another; deeper ones are running text."""

DETAILS_DEEP = 3
"""How many ``details`` may lie in one another as divisions; deeper ones only group."""

_FEW = 2_000
# Of what scripts hold nothing is an element; they themselves are. A comment costs as much as one.
_STARTS = re.compile(r"<script\b.*?(?:</script|\Z)|<!--.*?(?:-->|\Z)|<[a-z]", re.DOTALL | re.IGNORECASE)
_FORMATTING = re.compile(
    r"<(/?)(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])([^>]*+)", re.IGNORECASE
)
# A first letter of either case is refused in half the time; ``<c>`` and ``<e>``, which no page has, are counted too.
_FORMATTING_STARTS = re.compile(r"<[bcefistuBCEFISTU](?i:|ig|ode|m|ont|mall|trike|trong|t)(?=[\s/>])")
_FORMATTING_NAMES = re.compile(r"</?(?:b|big|code|em|font|i|s|small|strike|strong|tt|u)(?=[\s/>])", re.IGNORECASE)
_ALONE = frozenset(("a", "nobr"))
"""Formatting elements of which one ends the other."""

_ALIKE = 3
"""How many that are alike are opened anew at most ("Noah's Ark clause")."""

BORNE = r"((?:=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))|[^>])*+)"
"""What a start tag bears, up to its end; a ``>`` within quotation marks is no end."""
_ROOT = re.compile(rf"<(?:html|body)(?=[\s/]){BORNE}", re.IGNORECASE)
_TAGS = re.compile(rf"<[a-z][^\s/>]*+{BORNE}", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:[ \t\r\n\f]*+=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\s>]*+))?+"
)


def beyond_bounds(markup: str) -> str | None:
    """Say why a page of HTML is not read, or ``None``."""
    marks = markup.count("<")
    if marks < _FEW:
        return None
    if marks > MAXIMUM_ELEMENTS:
        # Nobody counts on beyond the bound: forty million elements would take ten seconds to count, and gigabytes.
        starts = sum(1 for _ in islice(_STARTS.finditer(markup), MAXIMUM_ELEMENTS + 1))
        if starts > MAXIMUM_ELEMENTS:
            return f"the page has more than the {MAXIMUM_ELEMENTS:,} elements that are read"
    copies = _copies(markup, marks)
    if copies > MAXIMUM_COPIES:
        return f"unclosed formatting elements would be opened {copies:,} times anew, more than {MAXIMUM_COPIES:,}"
    return None


def beyond_lines(text: str) -> str | None:
    """Say why a plain text is not read, or ``None``."""
    lines = max(text.count("\n"), text.count("\r"))
    if lines > MAXIMUM_LINES:
        return f"the text has {lines:,} lines, more than the {MAXIMUM_LINES:,} that are read"
    return None


def beyond_attributes(markup: str, roots: Iterable[int]) -> str | None:
    """Say why a page of HTML is not read because of attributes, or ``None``.

    Args:
        markup: the page.
        roots: where its ``html`` and ``body`` tags may begin, in order.
    """
    # An attribute takes a character, and what parts it from the next another.
    if len(markup) > 2 * MAXIMUM_ATTRIBUTES:
        for tag in _TAGS.finditer(markup):
            if tag.end() - tag.start() > 2 * MAXIMUM_ATTRIBUTES:
                count = sum(1 for _ in _ATTRIBUTE.finditer(markup, *tag.span(1)))
                if count > MAXIMUM_ATTRIBUTES:
                    return f"one of its elements bears {count:,} attributes, more than {MAXIMUM_ATTRIBUTES:,}"
    borne: list[str] = []
    end = 0
    for start in roots:
        # What is written within the attributes of another is no tag.
        root = _ROOT.match(markup, start) if start >= end else None
        if root is not None:
            borne.append(root[1])
            end = root.end()
    del borne[:1]
    if sum(map(len, borne)) < 2 * MAXIMUM_ROOT_ATTRIBUTES:
        return None
    added = len({name.lower() for attributes in map(_ATTRIBUTE.findall, borne) for name in attributes})
    if added > MAXIMUM_ROOT_ATTRIBUTES:
        return f"its html and body tags add {added:,} attributes, more than {MAXIMUM_ROOT_ATTRIBUTES:,}"
    return None


def _most_open(markup: str, enough: int) -> int:
    """How many formatting elements are open at once, at the most: so many may be opened anew for each tag.

    Where there are not ``enough`` of them, whatever is open, they are only counted.
    """
    standing = most = len(_ALONE)
    starts = len(_FORMATTING_STARTS.findall(markup)) + most
    if starts <= enough:
        return starts
    opened: dict[str, int] = {}
    for tag in _FORMATTING_NAMES.findall(markup):
        if tag[1] != "/":
            opened[tag] = opened.get(tag, 0) + 1
            standing += 1
            most = max(most, standing)
        elif opened.get(f"<{tag[2:]}"):
            opened[f"<{tag[2:]}"] -= 1
            standing -= 1
    return most


def _copies(markup: str, marks: int) -> int:
    """How often formatting elements may be opened anew: for every tag, those that are open then."""
    if _most_open(markup, MAXIMUM_COPIES // marks) * marks <= MAXIMUM_COPIES:
        return 0
    tags = list(_FORMATTING.finditer(markup))
    opened: dict[str, list[str]] = {}
    alike: dict[tuple[str, str], int] = {}
    standing = copies = 0
    at = 0
    for tag in tags:
        copies += standing * markup.count("<", at, tag.start())
        at = tag.start()
        name, attributes = tag[2].lower(), tag[3]
        written = opened.setdefault(name, [])
        if not tag[1] and not (name in _ALONE and written):
            written.append(attributes)
            alike[name, attributes] = alike.get((name, attributes), 0) + 1
            standing += alike[name, attributes] <= _ALIKE
        elif tag[1] and written:
            key = (name, written.pop())
            standing -= alike[key] <= _ALIKE
            alike[key] -= 1
    return copies + standing * markup.count("<", at)
