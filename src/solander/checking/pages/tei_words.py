"""The words of a TEI file, each with the pointer of the nearest element around it that bears one.

The promise: every character of ``text`` is in exactly one piece, but for what stands for an attribute of the page
(``figDesc desc expan``); nothing of ``teiHeader`` is.

Source: TEI P5, ``att.global.source`` (where a pointer stands) and chapter 4 (which elements are divisions and blocks).
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

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
_REF, _THINGS = "ref", frozenset(("graphic", "media"))

_PARTS_DEEP = 2
"""How many elements are open where ``front``, ``body`` or ``back`` begins, ``text`` and itself."""

Owner: TypeAlias = tuple[str, int]
"""A pointer as written, and the line on which the element that bears it begins."""

_PLAIN, _BLOCK, _OUT, _REFERENCE, _PERHAPS, _THING = range(6)


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


class Reference(NamedTuple):
    """A ``ref``, or what shows a picture, a film or a sound: an address, and how the page wrote it."""

    target: str | None
    """``@target``, ``@url``; ``None`` where it leads nowhere."""
    written: str | None
    """``@n``: the address as the page has it, where that is another."""
    line: int
    pointer: str
    """``@source`` as written, of the nearest element; empty where there is none."""
    link: int
    """Of what is shown, in which link it stands; -1 where it stands in none."""


Run: TypeAlias = tuple[int, int, int]
"""Text that leads somewhere: of which piece, in the order of the file; of its strings which; and to which reference."""


class References:
    """Where the words of a TEI lead, and what it shows, in the order of the file."""

    __slots__ = ("areas", "links", "runs", "strings", "things")

    def __init__(self) -> None:
        self.links: list[Reference] = []
        self.runs: list[Run] = []
        """Text within links, each with the innermost."""
        self.strings: dict[int, list[str]] = {}
        """Of the pieces that such text stands in, what their marked text is joined from: mark, string, mark …"""
        self.areas: list[Reference] = []
        """The links that stand for a part of a picture."""
        self.things: list[Reference] = []
        """``graphic``, ``media`` and the ``ref`` that stands for a frame."""

    def add_link(self, one: Reference, role: str | None) -> None:
        """Take a ``ref``, by what its ``@type`` says that it stands for."""
        self.links.append(one)
        if role == "frame":
            self.things.append(one)
        elif role == "area":
            self.areas.append(one)


def read_tei_words(
    content: bytes, gaps: dict[str, int] | None = None, references: References | None = None
) -> list[Piece] | str:
    """Read the pieces, in the order of the file; or say in one line why the file cannot be read.

    Args:
        content: the file.
        gaps: how many gaps there are for each reason is added to it.
        references: takes where the words lead, and what is shown.
    """
    text = _text_element(content)
    return text if isinstance(text, str) else _pieces(text, gaps, References() if references is None else references)


def _text_element(content: bytes) -> Any:
    """The file's ``text``; or in one line why there is none."""
    # lxml is loaded only where a TEI file is checked.
    from lxml import etree

    try:
        root = etree.fromstring(content, safe_parser(remarks=False))
    except etree.XMLSyntaxError as error:
        return f"it is not well-formed XML, or nests too deep; line {error.position[0]}"
    text = root.find(f"{NAMESPACE}text")
    return "it has no text element" if text is None else text


def _pieces(text: Any, gaps: dict[str, int] | None, references: References) -> list[Piece]:
    """Walk ``text`` once; one loop, for a call for each of its elements would cost too much."""
    from lxml import etree

    kinds: dict[str, int] = {}
    pieces: list[Piece] = []
    strings: list[str] = []
    owners: list[Owner] = []
    owner: Owner = ("", 0)
    piece_owner, piece_part = owner, ""
    part, mark = "", APART
    runs, known = references.runs, references.links
    links: list[tuple[int, str]] = []
    """Of the links that are open, which they are, and the pointer of each."""
    walk = etree.iterwalk(text, events=("start", "end"))
    for event, element in walk:
        tag: str = element.tag
        kind = kinds.get(tag)
        if kind is None:
            kind = kinds[tag] = _kind(tag)
        if kind == _BLOCK:
            mark = APART
        elif kind >= _PERHAPS:
            mark = mark or PERHAPS
        if event == "start":
            owners.append(owner)
            source = element.get("source")
            if source is not None:
                owner = (source, element.sourceline or 0)
            string = element.text
            if kind <= _BLOCK:
                pass
            elif kind == _REFERENCE:
                one = _reference(element, "target", owner, links)
                links.append((len(known), owner[0]))
                references.add_link(one, element.get("type"))
            elif kind == _THING:
                references.things.append(_reference(element, "url", owner, links))
            elif kind == _OUT:
                walk.skip_subtree()
                string = None
            elif tag == _GAP and gaps is not None:
                reason = element.get("reason", "unknown")
                gaps[reason] = gaps.get(reason, 0) + 1
            if len(owners) == _PARTS_DEEP:
                part = tag.removeprefix(NAMESPACE)
        else:
            owner = owners.pop()
            string = element.tail
            if kind == _REFERENCE:
                links.pop()
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
        if links:
            which, pointer = links[-1]
            # What a shadow tree shows from elsewhere bears a pointer of its own, and leads where it stands in the page.
            if pointer == owner[0]:
                runs.append((len(pieces), len(strings) - 1, which))
                references.strings[len(pieces)] = strings
        mark = ""
    if strings:
        pieces.append(Piece(piece_owner[0], "".join(strings), piece_owner[1], piece_part))
    return pieces


def _reference(element: Any, address: str, owner: Owner, links: list[tuple[int, str]]) -> Reference:
    """What an element leads to by this attribute, within the innermost of the links that are open."""
    around = links[-1][0] if links else -1
    return Reference(element.get(address), element.get("n"), element.sourceline or 0, owner[0], around)


def _kind(tag: str) -> int:
    name = tag.removeprefix(NAMESPACE) if isinstance(tag, str) else ""
    if name in NOT_THE_PAGES:
        return _OUT
    if name in BLOCKS:
        return _BLOCK
    if name in _THINGS:
        return _THING
    if name == _REF:
        return _REFERENCE
    return _PERHAPS if name in PERHAPS_APART else _PLAIN
