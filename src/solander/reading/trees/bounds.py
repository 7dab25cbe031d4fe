"""What a page may cost to read: bounds, reckoned from its markup before any tree is built.

A page beyond them is refused in one line. They lie far beyond what pages have (at most 15,800 elements in the 2,095
pages of the corpora), and a page within them takes ten seconds at most (measured: 30 µs an element).

Source: HTML Standard, 13.2.4.3 (formatting elements that are opened anew), 13.2.6.4.7 (``html`` and ``body`` tags add
their attributes to the first).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

import turbohtml

from solander.model.late_pattern import late

MAXIMUM_ELEMENTS = 300_000
"""How many elements a page may have."""

MAXIMUM_COPIES = 3_000_000
"""How often unclosed formatting elements may be opened anew, at the worst: each time is an element more."""

MAXIMUM_BUILT = 600_000
"""How many elements a page's tree may have, with those that were opened anew: the estimate before the tree is built
has to be generous, and three million of them take half a minute and two gigabytes (measured)."""

BUILT_TOO_MANY = f"its elements, and those opened anew in every block, are more than {MAXIMUM_BUILT:,}"

MAXIMUM_ROOT_ATTRIBUTES = 5_000
"""How many attributes its ``html`` and ``body`` tags may bear together: each is compared with all that are there."""

MAXIMUM_LINES = 500_000
"""How many lines a plain text may have."""

MAXIMUM_ATTRIBUTES = 1_000_000
"""How many attributes an element may bear: two million take the parser five seconds, five million forty (measured)."""

MAXIMUM_POINTERS = 1 << 26
"""How many characters the pointers of a page may have together; deep nesting makes long ones."""

POINTERS_TOO_LONG = f"its pointers would take more than {MAXIMUM_POINTERS:,} characters: too much nests too deep"

POINTER_STEPS = 200
"""How many steps a pointer has at most; XML tools refuse trees not much deeper."""

POINTED_DEEP = POINTER_STEPS - 2
"""How deep below the body elements have pointers of their own."""

MARKS_DEEP = 40
"""How many marks may lie in one another (``b`` in ``b`` in ``b`` …); the words of deeper ones stand in these."""

CONTAINERS_DEEP = 90
"""How many lists, tables and quotations may lie in one another; deeper ones are running text."""

DETAILS_DEEP = 3
"""How many ``details`` may lie in one another as divisions; deeper ones only group."""

_FEW = 2_000
_START = re.compile("<[A-Za-z]")
_DOUBTED = ("frameset", "math", "select", "svg", "template")
_DOUBT = re.compile(rf"<(?:{'|'.join(_DOUBTED)})(?=[\s/>])", re.IGNORECASE)
"""In these a text that is raw elsewhere, as a ``title`` is, may hold elements."""
_NOSCRIPT = re.compile(r"(</?)noscript(?=[\s/>])", re.IGNORECASE)

# A first letter of either case is refused in half the time; ``<c>`` and ``<e>``, which no page has, are counted too.
_FORMATTING_STARTS = re.compile(r"<[bcefistuBCEFISTU](?i:|ig|ode|m|ont|mall|trike|trong|t)(?=[\s/>])")
_NAMES = frozenset(("a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"))
_WALLS = frozenset(("applet", "caption", "marquee", "object", "table", "template"))
"""Elements out of which no end tag reaches, and with which all ends that was opened in them."""

_ALONE = frozenset(("a", "nobr"))
"""Formatting elements of which one ends the other."""

_ALIKE = 3
"""How many that are alike are opened anew at most ("Noah's Ark clause")."""

BORNE = r"((?:=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))|[^>])*+)"
"""What a start tag bears, up to its end; a ``>`` within quotation marks is no end."""
_ROOT = re.compile(rf"<(?:html|body)(?=[\s/]){BORNE}", re.IGNORECASE)
_TAGS = late(rf"<([a-z][^\s/>]*+){BORNE}", re.IGNORECASE)
_ROOTS = ("html", "body")
_ATTRIBUTE = re.compile(
    r"([^\s/>][^\s/>=]*+)(?:[ \t\r\n\f]*+=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z)|[^\s>]*+))?+"
)


def beyond_bounds(markup: str) -> str | None:
    """Say why a page of HTML is not read, or ``None``."""
    marks = markup.count("<")
    if marks < _FEW:
        return None
    if marks > MAXIMUM_ELEMENTS and _has_more_elements(markup):
        return f"the page has more than the {MAXIMUM_ELEMENTS:,} elements that are read"
    copies = _copies(markup, marks)
    if copies > MAXIMUM_COPIES:
        return f"unclosed formatting elements would be opened more than {MAXIMUM_COPIES:,} times anew"
    return None


def _tokens(markup: str) -> Iterator[turbohtml.Token]:
    """The tokens of a page; ``noscript``, in which the tokenizer alone sees no tags, is called otherwise."""
    written = _NOSCRIPT.sub(r"\1x-noscript", markup)
    return iter(turbohtml.tokenize(written, capture_source=True, capture_attributes=False))


def _has_more_elements(markup: str) -> bool:
    """Whether a page has more than ``MAXIMUM_ELEMENTS``, or as many comments: one costs as much."""
    types = turbohtml.TokenType
    in_texts = _DOUBT.search(markup) is not None
    elements = 0
    for token in _tokens(markup):
        if token.type is types.START_TAG or token.type is types.COMMENT:
            elements += 1
            # Nobody counts on beyond the bound.
            if elements > MAXIMUM_ELEMENTS:
                return True
        elif in_texts and token.type is types.TEXT and "<" in (token.data or ""):
            elements += len(_START.findall(token.data or ""))
    return elements > MAXIMUM_ELEMENTS


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
        roots: where its ``html`` and ``body`` tags may begin.
    """
    # An attribute takes a character, and what parts it from the next another.
    if len(markup) <= 2 * MAXIMUM_ATTRIBUTES and not _may_add_many(markup, roots):
        return None
    of_roots: set[str] = set()
    for name, written in _tags_that_bear_much(markup):
        borne = [attribute[1] for attribute in islice(_ATTRIBUTE.finditer(written), MAXIMUM_ATTRIBUTES + 1)]
        if len(borne) > MAXIMUM_ATTRIBUTES:
            return f"one of its elements bears more than {MAXIMUM_ATTRIBUTES:,} attributes"
        if name in _ROOTS:
            of_roots.update(map(str.lower, borne))
    if len(of_roots) > MAXIMUM_ROOT_ATTRIBUTES:
        return f"its html and body tags bear {len(of_roots):,} attributes, more than {MAXIMUM_ROOT_ATTRIBUTES:,}"
    return None


def _may_add_many(markup: str, roots: Iterable[int]) -> bool:
    """Whether there is room for so many attributes in the ``html`` and ``body`` tags, wherever one may begin."""
    room = 0
    for start in roots:
        tag = _ROOT.match(markup, start)
        room += len(tag[1]) if tag else 0
        # No further: each of many that do not end would be followed to the end of the page.
        if room > 2 * MAXIMUM_ROOT_ATTRIBUTES:
            return True
    return False


def _tags_that_bear_much(markup: str) -> Iterator[tuple[str, str]]:
    """The name of each element that may, and what its start tag bears; and of what may begin in a raw text."""
    in_texts = _DOUBT.search(markup) is not None
    for token in _tokens(markup):
        if token.type is turbohtml.TokenType.START_TAG:
            source = token.source or ""
            if token.tag in _ROOTS or len(source) > 2 * MAXIMUM_ATTRIBUTES:
                yield token.tag or "", source[1 + len(token.tag or "") :]
        elif in_texts and token.type is turbohtml.TokenType.TEXT and "<" in (token.data or ""):
            for tag in _TAGS.finditer(token.data or ""):
                name = tag[1].lower()
                if name in _ROOTS or len(tag[2]) > 2 * MAXIMUM_ATTRIBUTES:
                    yield name, tag[2]


def _copies(markup: str, marks: int) -> int:
    """How often formatting elements may be opened anew: for every tag, those that are open then."""
    # Were none of them ever closed: so it is with nearly all pages, whatever is quoted, raw or a comment in them.
    if (len(_FORMATTING_STARTS.findall(markup)) + len(_ALONE)) * marks <= MAXIMUM_COPIES:
        return 0
    standing = copies = 0
    walls = [""]
    opened: list[dict[str, tuple[list[str], Counter[str]]]] = [{}]
    """Behind each wall, the tags that opened each kind of element, and how many are alike."""
    start, end, text = turbohtml.TokenType.START_TAG, turbohtml.TokenType.END_TAG, turbohtml.TokenType.TEXT
    doubts = 0
    for token in _tokens(markup):
        is_end = token.type is end
        if doubts and token.type is text and "<" in (token.data or ""):
            # Within a drawing it may be markup; elsewhere scripts are full of tags that nobody opens.
            standing += len(_FORMATTING_STARTS.findall(token.data or ""))
            copies += standing * (token.data or "").count("<")
        if not is_end and token.type is not start:
            continue
        name = token.tag or ""
        copies += standing
        if copies > MAXIMUM_COPIES:
            break
        if name in _DOUBTED and not token.self_closing:
            doubts = max(0, doubts + (-1 if is_end else 1))
        if name in _NAMES:
            written, alike = opened[-1].setdefault(name, ([], Counter()))
            if is_end and written:
                source = written.pop()
                standing -= alike[source] <= _ALIKE
                alike[source] -= 1
            elif not is_end and not (name in _ALONE and written):
                source = token.source or ""
                written.append(source)
                alike[source] += 1
                standing += alike[source] <= _ALIKE
        elif name in _WALLS:
            if not is_end:
                walls.append(name)
                opened.append({})
                continue
            if name == "table" and walls[-1] == "caption":
                standing -= _standing(opened.pop())
                walls.pop()
            if walls[-1] == name:
                standing -= _standing(opened.pop())
                walls.pop()
    return copies


def _standing(opened: dict[str, tuple[list[str], Counter[str]]]) -> int:
    """How many are opened anew of these: of those that are alike, three at most."""
    return sum(min(count, _ALIKE) for _, alike in opened.values() for count in alike.values())
