"""Markup -> tree, by the parser; and what it makes otherwise than the Standard, set right around it.

Source: HTML Standard, 13.2.6 (tree construction, by turbohtml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count as count_from
from itertools import pairwise

import turbohtml
from turbohtml import Element, Text

from solander.errors import PageTooCostly
from solander.model.late_pattern import late
from solander.reading.elements import BLOCKS
from solander.reading.trees.bounds import beyond_attributes

DEEPEST = 500
"""Elements that nest deeper than some more than this come from the parser beside what they hold, and without an end."""

_NOTABLE = re.compile(r"<(/?+[sthbiSTHBI][eEtToOsSaA](?i:lectedcontent|mplate|ad|ml|dy|index|se))(?=[\s/>])")
"""The few tags that a page is looked through for before it is parsed, and some that no page has; one look for all."""

_ROOTS = frozenset(("html", "body"))
_HEAD_ANEW = re.compile(r"(</head(?:[\s/][^<>]*+)?>)(?:\s*+<(?:head(?:\s[^<>]*+)?|html\s*+)>)++", re.IGNORECASE)
"""A head that begins once more, or an ``html`` that says nothing, right behind the end of the head."""

_TEXTS = re.compile(r"<(/?)(title|textarea|xmp|iframe|noembed|noframes|plaintext|template)(?=[\s/>])", re.IGNORECASE)
"""Elements in which tags are text, or of another tree."""

_MISTAKEN = frozenset(("selectedcontent", "isindex"))
"""Elements that the parser takes for more than they are: it copies an option into one; nothing closes the other."""

_RENAMED = re.compile(r"(</?(?:selectedcontent|isindex))(?=[\s/>])", re.IGNORECASE)
_SUFFIXES = re.compile(r"-as-written-([0-9]+)(?=-)", re.IGNORECASE)

_START = re.compile(r"<[a-z]", re.IGNORECASE)
_BLOCK_END = late(rf"(</(?:{'|'.join(sorted(BLOCKS - {':slotted-block'}))})\s*+>)(?! )", re.IGNORECASE)
_SILENT = re.compile(r"(<(script|style)\b[^>]*+>).*?(?:(?=</\2[\s/>])|\Z)", re.IGNORECASE | re.DOTALL)


def notable_tags(markup: str) -> list[tuple[str, int]]:
    """The tags of ``html head body base template selectedcontent`` in a page, and where they begin.

    An end tag is ``/head``; what scripts and comments hold counts. They tell what else a page is looked through for.
    """
    return [(tag[1].lower(), tag.start()) for tag in _NOTABLE.finditer(markup)]


def parse_html(text: str, notable: Sequence[tuple[str, int]]) -> Element | None:
    """Parse a page of HTML.

    Args:
        text: the page.
        notable: its ``notable_tags``.

    Returns:
        The root. ``selectedcontent`` holds what is written in it, and no copy of an option.

    Raises:
        PageTooCostly: its ``html`` and ``body`` tags bear so many attributes that it would take minutes.
    """
    if why := beyond_attributes(text, (start for name, start in notable if name in _ROOTS)):
        raise PageTooCostly("-", why)
    # 13.2.6.4.6: such tags are passed over, and a title that follows is the head's. The parser would begin the body
    # there, and take the title for words that show.
    names = [name for name, _ in notable]
    again = _HEAD_ANEW.search(text) if _may_begin_anew(names) else None
    if again and not _is_within_text(text, again.start()):
        text = text[: again.end(1)] + text[again.end() :]
    mistaken = any(name.lstrip("/") in _MISTAKEN for name in names)
    suffix = _suffix_for(text) if mistaken else ""
    renamed, count = _RENAMED.subn(rf"\1{suffix}", text) if mistaken else (text, 0)
    # Shadow trees stay in their templates, with the pointers that these have; ``shadow`` puts them in their places.
    root = turbohtml.parse(renamed, positions=False, allow_declarative_shadow_roots=False).root
    if count and root is not None:
        _name_again(root, suffix)
    return root


def _may_begin_anew(names: Sequence[str]) -> bool:
    return any(end == "/head" and start in ("head", "html") for end, start in pairwise(names))


def _is_within_text(text: str, end: int) -> bool:
    opened = ""
    for tag in _TEXTS.finditer(text, 0, end):
        name = tag[2].lower()
        if not opened:
            opened = "" if tag[1] else name
        elif tag[1] and name == opened:
            opened = ""
    return bool(opened)


def _suffix_for(text: str) -> str:
    """What no name in a page ends in: what the page itself calls so keeps its name."""
    taken = set(_SUFFIXES.findall(text))
    number = next(number for number in count_from(1) if str(number) not in taken)
    return f"-as-written-{number}-"


def _name_again(root: Element, suffix: str) -> None:
    """Undo the renaming, in text as well: a ``textarea`` may speak of such an element."""
    in_text = re.compile(rf"(</?(?:selectedcontent|isindex)){suffix}", re.IGNORECASE)
    waiting = [root]
    while waiting:
        for node in tuple(waiting.pop().children):
            if type(node) is Element:
                waiting.append(node)
                if node.tag.removesuffix(suffix) in _MISTAKEN:
                    node.tag = node.tag.removesuffix(suffix)
            elif type(node) is Text and suffix in node.data:
                node.replace_with(Text(in_text.sub(r"\1", node.data)))


def is_cut(root: Element) -> bool:
    """Whether elements nest so deep that the parser gave some of them beside what they hold."""
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element.children if type(child) is Element]
        if not level:
            return False
    return True


def apart(text: str) -> str:
    """A page whose blocks end in white space, and whose scripts are empty where they may nest too deep.

    Where the parser cuts, the end of an element is lost, and with it that words come apart; and what a script holds
    would come out as words. Done again, it changes nothing.
    """
    starts = [match.start() for match, _ in zip(_START.finditer(text), range(DEEPEST), strict=False)]
    deep = starts[-1] if len(starts) == DEEPEST else len(text)
    return text[:deep] + _BLOCK_END.sub(r"\1 ", _SILENT.sub(r"\1", text[deep:]))
