"""A page as it was read: blocks in the order of the source, each with a pointer to where it came from.

The values here are made by the thousand for each page, so they are named tuples: cheap, frozen, and equal by content.

**Blocks.** A block of a kind in ``TEXT_KINDS`` is a *leaf*: its ``content`` holds text and inlines. Every other block
is a *container*: its ``content`` holds blocks. Headings do not nest; the encoder builds the outline from their levels.

============== ======================================================= =============================================
kind           attributes                                              stands for
============== ======================================================= =============================================
paragraph                                                              ``p``
text                                                                   a run of text with no element of its own
heading        level ``1``–``6``                                        ``h1``–``h6``, a plain-text title line
preformatted   language?                                               ``pre``, ``listing``, ``xmp``, ``textarea``
caption                                                                ``caption``, ``figcaption``, ``legend``
summary                                                                ``summary``
term                                                                   ``dt``
byline dateline                                                        what a text says of its author, day and place
subtitle                                                               a line between a title and its dateline
kicker                                                                 a line above an entry's heading
salutation                                                             the greeting that opens a letter or a speech
valediction signature                                                  the words and the names that close one
speech                                                                 a turn of a conversation: speaker, then blocks
speaker                                                                the label of a turn ("Q:")
stanza verse                                                           lines of verse that the page calls so
list           ordered? start? kind? rend?                              ``ul``, ``ol``, ``menu``, ``dir``
item           value?                                                  ``li``
glossary                                                               ``dl``
definition                                                             ``dd``
table                                                                  ``table`` that holds data
row            role?                                                   ``tr``
cell           role? columns? rows?                                    ``td``, ``th``
quote          cite?                                                   ``blockquote``
figure                                                                 ``figure``, or an image that stands alone
post           when? id? name? answers? depth?                         a message of a reader or of a thread
rule                                                                   ``hr`` (holds nothing)
details                                                                ``details``: a summary, then blocks
box                                                                    a note, a warning, an aside within the text
============== ======================================================= =============================================

A post's ``id`` is the page's, its ``name`` ours: that of a post which another ``answers``, so many answers deep.
Every block may bear ``hidden`` (hidden by CSS or attribute), ``lang`` and ``dir``; a leaf ``role`` (``address``,
``attribution`` of a quotation, or ``stage``: a direction of a play); an item, a definition or a leaf ``note``: the id
under which a reference leads to it.

**Inlines** (kind, attributes): ``emphasis strong bold italic underline strike small mark subscript superscript big
teletype`` · ``code keyboard sample variable`` · ``link`` (target, written, role: ``noteref``,
``backlink`` or ``permalink``) · ``image`` (url, written, alt, width,
height; no content) · ``media`` (url, written, media_type) · ``break`` · ``quotation`` · ``title`` (``cite``) ·
``abbreviation`` (expansion) · ``definition`` (``dfn``) · ``inserted deleted`` (when) · ``date`` (when, written) ·
``place`` · ``person`` and ``citation`` (a ``cite`` that is no title) · ``foreign`` (lang) · ``anchor`` (id) ·
``note`` · ``gap`` (reason, description) · ``ruby`` (content: ``base`` and ``reading`` inlines) ·
``formula`` (notation, written; with ``numerator denominator over under root``) · ``drawing`` · ``number`` (value) ·
``slotted`` (source) ·
``hidden`` · ``direction`` (dir) ·
``twin`` (a second showing of the formula beside it) · ``control`` (by which a section is edited) ·
``running`` (a running head or foot of a page of paper, a number in its margin, times of a subtitle; place: ``header``,
``footer``, ``pageNum``, ``lineNum`` or ``cue``) · ``page`` (where such a page
begins; n?).
``code`` may bear its ``language``; every mark ``lang``, ``dir`` and ``hidden``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

TEXT_KINDS = frozenset(
    (
        *("paragraph", "text", "heading", "preformatted", "caption", "summary", "term"),
        *("byline", "dateline", "subtitle", "kicker", "salutation", "valediction", "signature", "speaker", "verse"),
    )
)
"""Kinds of block whose content is text and inlines; all others hold blocks."""

LINE_KINDS = frozenset(("paragraph", "text"))
"""Leaves that nothing but their place tells apart: paragraphs, and text that stands in none."""

BESIDE_WORDS = frozenset(("twin", "control", "running"))
"""Inlines whose words stand in the page and say nothing more: a formula's second showing, a section's "[edit]", a
running head."""

ZONES = (
    "main",
    "navigation",
    "banner",
    "sidebar",
    "footer",
    "comments",
    "form",
    "related",
    "dialog",
    "other",
)
"""What a division is to its page: ``main`` is the text proper, the others are the boilerplate around it."""

TEXT_CHARACTERS = 2_000_000
"""How long one run of text may be; XML tools refuse one of ten million bytes, and no character has more than four."""

PIECE_CHARACTERS = 1 << 20
"""Of a longer text, white space is collapsed piece by piece."""


class Inline(NamedTuple):
    """A stretch of text that is marked, or a thing that stands in the line."""

    kind: str
    content: tuple[Inline | str, ...] = ()
    attributes: Mapping[str, str] | None = None


class Block(NamedTuple):
    """A block of the page: a leaf that holds text, or a container of blocks (``TEXT_KINDS`` tells)."""

    kind: str
    source: str
    """A fragment that points into the original: ``xpath(/html/body/p[2])``, or ``char=10,20`` (RFC 5147)."""
    content: tuple[Block, ...] | tuple[Inline | str, ...] = ()
    attributes: Mapping[str, str] | None = None


InlineContent: TypeAlias = tuple[Inline | str, ...]
BlockContent: TypeAlias = tuple[Block, ...]


class Division(NamedTuple):
    """Neighbouring blocks of one zone."""

    zone: str
    blocks: tuple[Block, ...]


class Signal(NamedTuple):
    """What a page says of itself, as it says it; ``describing`` weighs it.

    ``origin`` is ``meta`` (name: the lower-case name, property or http-equiv), ``link`` (name: rel; value: href),
    ``json-ld`` (value: the script's text), ``title``, ``lang`` (``html lang``), ``time`` (name: the words before it in
    its line, perhaps none; value: ``datetime`` or the text), ``microdata`` (name: itemprop), ``rel``
    (``a rel="author"``, name ``author``, and ``tag``: its text; ``license`` and, in a picture's credit,
    ``picture license``: its href), ``class`` (name: ``byline``, ``author`` or ``date``; value: the text), ``script``
    (name: as a script has it, ``publishedAt``; value: the day), ``heading`` (name: ``h1``),
    ``line`` (of a plain text; ``title``: its title line; ``from`` and ``sent``: of a letter's head,
    ``from`` in HTML too) or ``transport`` (name: the header).
    """

    origin: str
    name: str
    value: str
    source: str = ""


class Charset(NamedTuple):
    """Which character encoding was believed, and why."""

    name: str
    """The canonical name of the Encoding Standard, lower case: ``utf-8``, ``windows-1252``, ``gbk``."""
    evidence: str
    """``bom``, ``transport``, ``meta``, ``xml-declaration``, ``utf-8-valid``, ``guess`` or ``default``."""
    replaced: int
    """Characters (not bytes) that became U+FFFD because the bytes fitted no character."""
    declared: str | None = None
    """What the page's ``meta`` or XML declaration says, as written, whether or not it was believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page read: its text in blocks, what it says of itself, and how its bytes were understood."""

    uri: str | None
    """The address that links were resolved against, before ``base``; ``None`` if unknown."""

    title: str | None
    """``<title>`` or the title line of a plain text, white space collapsed; ``None`` if there is none."""

    languages: tuple[str, ...]
    """Declared languages as written (``html lang`` first); ``describing`` decides."""

    divisions: tuple[Division, ...]
    """All blocks, in the order of the source, neighbours of one zone together."""

    signals: tuple[Signal, ...]
    """What the page says of itself."""

    charset: Charset
    """How the bytes were decoded."""

    normalisations: tuple[tuple[str, int], ...] = ()
    """Each rule that *ran* and how often, by name: ``controls-replaced``, ``scripts-left-out`` …"""

    facts: tuple[str, ...] = ()
    """What reading met, in the words of a rule's name (``frames-only``, ``depth-cut``); checks judge it."""

    def text(self, zones: str = "main") -> str:
        """The words, one leaf block a line: of the text proper (``main``), or of the whole page (``all``).

        Raises:
            ValueError: ``zones`` is neither.
        """
        if zones not in ("main", "all"):
            raise ValueError(f"text() takes 'main' or 'all', not {zones!r}")
        lines: list[str] = []
        for division in self.divisions:
            if zones == "all" or division.zone == "main":
                lines.extend(line for leaf in leaves(division.blocks) if (line := plain(leaf, whole=zones == "all")))
        return "\n".join(lines)


def leaves(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Walk the leaf blocks in order, without recursion: material may nest as deep as it likes.

    A table's captions come before its rows wherever they stand: so browsers show them, and so TEI has them.
    """
    stack = [iter(blocks)]
    while stack:
        for block in stack[-1]:
            if block.kind in TEXT_KINDS:
                yield block
            else:
                parts: tuple[Block, ...] = block.content  # type: ignore[assignment]
                if block.kind == "table":
                    parts = tuple(sorted(parts, key=lambda part: part.kind != "caption"))
                stack.append(iter(parts))
                break
        else:
            stack.pop()


def plain(leaf: Block, *, whole: bool = False) -> str:
    """The words of a leaf block, white space collapsed, in one line; a ``break`` is a space.

    What is beside the words (``BESIDE_WORDS``) is left out, unless the ``whole`` is wanted.
    """
    content = leaf.content
    if len(content) == 1 and isinstance(content[0], str):
        return one_line(content[0])
    parts: list[str] = []
    owed = False
    stack: list[Iterator[Inline | str | Block]] = [iter(content)]
    while stack:
        for part in stack[-1]:
            if isinstance(part, str):
                if owed:
                    owed = False
                    if part[:1].isalnum():
                        parts.append(" ")
                parts.append(part)
            elif part.kind == "break":
                parts.append(" ")
            elif not whole and (part.kind in BESIDE_WORDS or (part.kind == "link" and _is_permalink(part))):
                # The space before it was written for it alone where behind it stands another, or a stop.
                if parts and parts[-1].endswith(" "):
                    parts[-1] = parts[-1].rstrip(" ")
                    owed = True
                continue
            elif part.kind == "note":
                # It stands in the line and is none of its words.
                stack.append(iter((" ", *part.content, " ")))
                break
            elif part.content:
                inner = part.content
                if len(inner) == 1 and isinstance(inner[0], str) and not owed:
                    parts.append(inner[0])  # what most marks hold
                    continue
                stack.append(iter(inner))
                break
        else:
            stack.pop()
    return one_line("".join(parts))


def _is_permalink(link: Inline | Block) -> bool:
    """Whether a link gives the address of the heading that it stands in: a control, and no word of the heading."""
    return link.attributes is not None and link.attributes.get("role") == "permalink"


def one_line(text: str) -> str:
    """A text with white space collapsed, and none at its ends, as ``" ".join(text.split())`` has it.

    Most texts are so already, and the longest would be millions of words before they were joined again.
    """
    # Of all white space a space alone is printable.
    if text.isprintable() and "  " not in text:
        return text.strip(" ")
    if len(text) <= PIECE_CHARACTERS:
        return " ".join(text.split())
    out: list[str] = []
    parted = False
    for at in range(0, len(text), PIECE_CHARACTERS):
        piece = text[at : at + PIECE_CHARACTERS]
        words = " ".join(piece.split())
        if words and out and (parted or piece[0].isspace()):
            out.append(" ")
        if words:
            out.append(words)
        parted = piece[-1].isspace()
    return "".join(out)
