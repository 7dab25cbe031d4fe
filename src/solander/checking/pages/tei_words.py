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


class Run(NamedTuple):
    """Text that leads somewhere."""

    piece: int
    """Which of the pieces it stands in, in the order of the file."""
    begin: int
    end: int
    """Between which characters of the piece's marked text."""
    reference: int


class References:
    """Where the words of a TEI lead, and what it shows, in the order of the file."""

    __slots__ = ("links", "runs", "things")

    def __init__(self) -> None:
        self.links: list[Reference] = []
        self.runs: list[Run] = []
        """Text within links, each with the innermost."""
        self.things: list[Reference] = []
        """``graphic``, ``media`` and the ``ref`` that stands for a frame."""


def read_tei_words(
    content: bytes, gaps: dict[str, int] | None = None, references: References | None = None
) -> list[Piece] | str:
    """Read the pieces, in the order of the file; or say in one line why the file cannot be read.

    Args:
        content: the file.
        gaps: how many gaps there are for each reason is added to it.
        references: takes where the words lead, and what is shown.
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
    references = References() if references is None else references
    links: list[int] = []
    """Of the links that are open, which they are."""
    written = 0
    """How long the strings are."""
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
            if tag == _GAP and gaps is not None:
                reason = element.get("reason", "unknown")
                gaps[reason] = gaps.get(reason, 0) + 1
            owners.append(owner)
            source = element.get("source")
            if source is not None:
                owner = (source, element.sourceline or 0)
            string = element.text
            if kind >= _REFERENCE and kind != _PERHAPS:
                get = element.get
                name = "target" if kind == _REFERENCE else "url"
                one = Reference(get(name), get("n"), element.sourceline or 0, owner[0], links[-1] if links else -1)
                if kind == _REFERENCE:
                    links.append(len(references.links))
                    references.links.append(one)
                if kind == _THING or get("type") == "frame":
                    references.things.append(one)
            elif kind == _OUT:
                walk.skip_subtree()
                string = None
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
            written = 0
            piece_owner, piece_part = owner, part
        strings.append(mark)
        strings.append(string)
        begin = written
        written += len(mark) + len(string)
        # What a shadow tree shows from elsewhere bears a pointer of its own, and leads where it stands in the page.
        if links and references.links[links[-1]].pointer == owner[0]:
            references.runs.append(Run(len(pieces), begin, written, links[-1]))
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
    if name in _THINGS:
        return _THING
    if name == _REF:
        return _REFERENCE
    return _PERHAPS if name in PERHAPS_APART else _PLAIN
