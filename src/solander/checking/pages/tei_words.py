"""The words of a TEI file, each with the pointer of the nearest element around it that bears one.

The promise: every character of ``text`` is in exactly one piece, but for what stands for an attribute of the page
(``figDesc desc expan``); nothing of ``teiHeader`` is.

Source: TEI P5, ``att.global.source`` (where a pointer stands) and chapter 4 (which elements are divisions and blocks).
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from solander.checking.grammars.relax_ng import safe_parser
from solander.checking.pages.words import APART, PERHAPS, WHITE_SPACE

NAMESPACE = "{http://www.tei-c.org/ns/1.0}"

BLOCKS = frozenset(
    (
        *("ab", "address", "addrLine", "argument", "back", "body", "byline", "cell", "cit", "closer"),
        *("dateline", "div", "eg", "figure", "floatingText", "front", "head", "item", "l", "label", "lb", "lg"),
        *("list", "milestone", "opener", "p", "post", "quote", "row", "salute", "signed", "sp", "speaker"),
        *("stage", "table", "text", "titlePage", "trailer"),
    )
)
"""Elements whose edges part words; so does ``lb``."""

PERHAPS_APART = frozenset(("bibl", "gap", "note", "formula", "graphic", "media"))
"""Elements that stand in the line or by themselves: whether they part words is for the page to say."""

NOT_THE_PAGES = frozenset(("figDesc", "desc", "expan"))
"""Elements whose text comes from an attribute of the page (``alt``, ``title``), or is said of it."""

_GAP = f"{NAMESPACE}gap"

_PARTS_DEEP = 2
"""How many elements are open where ``front``, ``body`` or ``back`` begins, ``text`` and itself."""

Owner: TypeAlias = tuple[str, int]
"""A pointer as written, and the line on which the element that bears it begins."""

_PLAIN, _BLOCK, _PERHAPS, _OUT = range(4)


class Piece(NamedTuple):
    """Neighbouring text under one pointer."""

    pointer: str
    """``@source`` as written, of the nearest element; empty where there is none."""
    marked: str
    """The text with marks, as ``page_words`` has them; the first mark tells how it hangs on what precedes it."""
    line: int
    """The line of the file on which the element begins."""
    part: str
    """``front``, ``body`` or ``back``."""


def read_tei_words(content: bytes, gaps: dict[str, int] | None = None) -> list[Piece] | str:
    """Read the pieces, in the order of the file; or say in one line why the file cannot be read.

    Args:
        content: the file.
        gaps: how many gaps there are for each reason is added to it.
    """
    # lxml is loaded only where a TEI file is checked.
    from lxml import etree

    try:
        root = etree.fromstring(content, safe_parser(remarks=False))
    except etree.XMLSyntaxError as error:
        return f"it is not well-formed XML, or nests too deep; line {error.position[0]}"
    text = root.find(f"{NAMESPACE}text")
    if text is None:
        return "it has no text element"

    kinds: dict[str, int] = {}
    pieces: list[Piece] = []
    strings: list[str] = []
    owners: list[Owner] = []
    owner: Owner = ("", 0)
    piece_owner, piece_part = owner, ""
    part, mark = "", APART
    walk = etree.iterwalk(text, events=("start", "end"))
    for event, element in walk:
        tag: str = element.tag
        kind = kinds.get(tag)
        if kind is None:
            kind = kinds[tag] = _kind(tag)
        if kind == _BLOCK:
            mark = APART
        elif kind == _PERHAPS:
            mark = mark or PERHAPS
        if event == "start":
            if tag == _GAP and gaps is not None:
                reason = element.get("reason", "unknown")
                gaps[reason] = gaps.get(reason, 0) + 1
            owners.append(owner)
            source = element.get("source")
            if source is not None:
                owner = (source, element.sourceline or 0)
            string = element.text
            if kind == _OUT:
                walk.skip_subtree()
                string = None
            if len(owners) == _PARTS_DEEP:
                part = tag.removeprefix(NAMESPACE)
        else:
            owner = owners.pop()
            string = element.tail
        if not string:
            continue
        if not string.strip(WHITE_SPACE):
            mark = APART
            continue
        # Another element with the same pointer is another piece: each must begin where its pointer says.
        if owner is not piece_owner or part != piece_part:
            if strings:
                pieces.append(Piece(piece_owner[0], "".join(strings), piece_owner[1], piece_part))
            strings = []
            piece_owner, piece_part = owner, part
        strings.append(mark)
        strings.append(string)
        mark = ""
    if strings:
        pieces.append(Piece(piece_owner[0], "".join(strings), piece_owner[1], piece_part))
    return pieces


def _kind(tag: str) -> int:
    name = tag.removeprefix(NAMESPACE) if isinstance(tag, str) else ""
    if name in NOT_THE_PAGES:
        return _OUT
    if name in BLOCKS:
        return _BLOCK
    return _PERHAPS if name in PERHAPS_APART else _PLAIN
