"""The notes of a plain text: lines that begin with the mark by which the text refers to them. Nothing moves.

Sure are those of which both ends are there: ``[1]``, ``[^1]``, ``[*]`` or ``[Kerr98]`` among words, a raised figure or
a sign behind one, and below it lines of their own that begin with it, or ``[Footnote 1: …]``. Numbered lines are notes
where a heading says so. A mark that comes back (each chapter counts its notes from one) leads to the next note of it.

Source: TEI P5 4.12.0, 3.9.1 (notes and simple annotation).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent, leaves, plain
from solander.reading.plain.lines import BULLET, Line
from solander.reading.plain.marks import mark_of
from solander.reading.plain.ruled_notes import ROUND, round_mark, ruled_notes

LABEL_CHARACTERS = 16
"""The mark of a note is no longer than this."""

NOTES_LINE = 40
"""So long may the line be that says that notes stand below it."""

_LABEL = r"[0-9]{1,4}[a-z]?|[a-z]|[*†‡§¶#]{1,4}|[^\W\d_][\w+&.-]{0,12}[0-9]{2,4}[a-z]?"
_CALLED = (
    r"(?:foot|end)?note|fußnote|anmerkung|anm\.|voetnoot|noot|nota|nota al pie|fotnote?|fodnote|przypis|poznámka|"
    r"alaviite|lábjegyzet|сноска|прим\.|примечание|σημείωση|注|脚注"
)
_OPENING = re.compile(
    rf"\[(?P<label>{_LABEL}|\^[\w-]{{1,30}})\](?::|(?=[ \w<]))(?=.)"
    rf"|\[(?:{_CALLED}) (?P<called>{_LABEL}) ?[:.](?=.)"
    r"|(?P<raised>[⁰¹²³⁴-⁹]{1,3}) ?(?=[^\s⁰¹²³⁴-⁹])"
    r"|(?P<sign>\*{1,4}|†{1,2}|‡{1,2}) ?(?=[\w\"'“„«‘(])",
    re.IGNORECASE,
)
_APART = re.compile(r"\[[^\]]{1,80}\]: ?\S|\[\S{1,14}\] ")
"""What a line below a note begins with that does not go on with it: an address by its name, an unused note."""
_REFERENCE = re.compile(
    rf"\[(?:(?:{_CALLED}) )?(?P<label>{_LABEL}|\^[\w-]{{1,30}})\]"
    r"|(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)\]\"'”’»…]))(?P<raised>[⁰¹²³⁴-⁹]{1,3})(?![\w⁰¹²³⁴-⁹])"
    r"|(?<=[^\s*†‡(\[])(?P<sign>\*{1,4}|†{1,2}|‡{1,2})(?![\w*†‡)\]])",
    re.IGNORECASE,
)
_REFERENCE_OR_ROUND = re.compile(f"{_REFERENCE.pattern}|{ROUND}", re.IGNORECASE)
_LOOK_ROUND = re.compile("[][*†‡⁰¹²³⁴-⁹)]")
_LOOK = re.compile("[][*†‡⁰¹²³⁴-⁹]")
_ADDRESS = re.compile(r"[a-z]+://|www\.")
_HEADED = re.compile(
    r"(?:[0-9]{1,2}\.? )?(?:(?:foot|end)?notes|notes (?:and|&) references|references|citations|works cited|"
    r"fußnoten|anmerkungen|einzelnachweise|quellen|notes et références|références|notas|referencias|referências|note|"
    r"riferimenti|noten|voetnoten|referenties|noter|referenser|fotnoter|przypisy|poznámky|reference|jegyzetek|viitteet|примечания|"
    r"сноски|примітки|σημειώσεις|παραπομπές|注釈|脚注|注释|参考文献|参考资料|visible links)[:.]?\Z",
    re.IGNORECASE,
)


class Opening(NamedTuple):
    """Where a note begins."""

    begin: int
    """The place of its mark in the text."""
    mark: str
    """What the text refers to it by, brackets left out."""
    length: int
    """How many characters of the line its mark takes."""


def openings_of(lines: Sequence[Line]) -> Mapping[int, Opening]:
    """Find the lines that begin a note to which the lines above refer.

    Args:
        lines: those of the text proper, in order.

    Returns:
        Each note by the place in the text where its line begins, and what stands right below one and is none, without
        a mark.
    """
    ruled = {lines[at].begin: Opening(lines[at].begin, *one) for at, one in ruled_notes(lines).items()}
    return {**_bracketed(lines), **ruled}


def _bracketed(lines: Sequence[Line]) -> Mapping[int, Opening]:
    """Those by the form of their marks, which are no other's."""
    looked = [at for at, line in enumerate(lines) if _LOOK.search(line.text)]
    first = {at: one for at in looked if (one := _opening(lines[at])) is not None}
    if not first:
        return {}
    references: dict[str, list[int]] = {}
    for at in looked:
        text = lines[at].text
        stars = {sign: text.count(sign) for sign in "*†‡"}
        for match in _REFERENCE.finditer(text, first[at].length if at in first else 0):
            # A second star in the line may make it a word that is stressed.
            if match["sign"] is None or stars[match["sign"][0]] == len(match["sign"]):
                references.setdefault(_mark(match), []).append(lines[at].begin)
    counts = Counter(one.mark for one in first.values())
    blocks = [
        {at: first[at] for at in block if references.get(first[at].mark, [first[at].begin])[0] < first[at].begin}
        for block in _standing(lines, first)
    ]
    # A block of several, or one beside another, is sure; a single line may as well begin with a mark by chance.
    counted = [0, *map(len, blocks), 0]
    grouped = [sum(counted[at : at + 3]) > 1 for at in range(len(blocks))]
    together = {one.mark for block, is_one in zip(blocks, grouped, strict=True) if is_one for one in block.values()}
    found: dict[int, Opening] = {}
    for block, is_grouped in zip(blocks, grouped, strict=True):
        for at, one in block.items():
            text = lines[at].text
            if not is_grouped and (one.mark in together or _may_be_chance(one, text)):
                continue
            # A sign is as well a bullet or a star of a hotel: it is sure where each end stands once.
            if text[0] in "*†‡" and (counts[one.mark] > 1 or len(references[one.mark]) > 1):
                continue
            found[one.begin] = one
    return {**found, **_apart(lines, found)}


def noted(divisions: tuple[Division, ...], openings: Mapping[int, Opening]) -> tuple[Division, ...]:
    """Name the notes of a plain text, and the references to them.

    Args:
        divisions: the text's.
        openings: those of its lines that begin notes.
    """
    notes = _Notes(divisions, openings)
    if not notes.places:
        return divisions
    linked = tuple(division._replace(blocks=tuple(map(notes.linked, division.blocks))) for division in divisions)
    if not notes.led_to:
        return divisions
    return tuple(division._replace(blocks=_headed(tuple(map(notes.named, division.blocks)))) for division in linked)


class _Notes:
    """The notes that the blocks of a text hold, and which of them are referred to."""

    def __init__(self, divisions: Sequence[Division], openings: Mapping[int, Opening]) -> None:
        self.openings = dict(openings)
        self.items: set[int] = {one.begin for one in openings.values() if one.mark}
        """Where items begin that are notes."""
        has_round = any(one.mark.startswith("round ") for one in openings.values())
        self.reference, self.look = (_REFERENCE_OR_ROUND, _LOOK_ROUND) if has_round else (_REFERENCE, _LOOK)
        for division in divisions:
            self.openings.update(self._listed(division.blocks))
        self.places: dict[str, list[int]] = {}
        self.names: dict[int, str] = {}
        blocks = tuple(block for division in divisions for block in division.blocks)
        begins = {_begin(leaf) for leaf in leaves(blocks) if leaf.kind in ("paragraph", "text")}
        for one in sorted(self.openings.values()):
            if one.mark and one.begin in begins:
                places = self.places.setdefault(one.mark, [])
                places.append(one.begin)
                stem = one.mark if one.mark.isascii() and one.mark.isalnum() else f"sign-{len(self.names) + 1}"
                self.names[one.begin] = f"note-{stem}" if len(places) == 1 else f"note-{stem}-{len(places)}"
        self.led_to: set[str] = set()

    def _listed(self, blocks: Sequence[Block]) -> Iterator[tuple[int, Opening]]:
        """Items of a numbered list below a line that says that notes follow."""
        headed = False  # by a line that says so
        for block in blocks:
            if block.kind == "list" and headed:
                for item in block.content:
                    leaf = next(leaves((item,)))  # type: ignore[arg-type]
                    mark = mark_of(plain(leaf))
                    if mark is not None and len(mark.number) == 1:
                        begin = _begin(leaf)
                        self.items.add(begin)
                        yield begin, Opening(begin, str(mark.number[0]), 0)
            elif block.kind in TEXT_KINDS:
                headed = _says_notes(plain(block))

    def linked(self, block: Block) -> Block:
        """The block with its references as links."""
        if block.kind not in TEXT_KINDS:
            inner: tuple[Block, ...] = block.content  # type: ignore[assignment]
            return block._replace(content=tuple(map(self.linked, inner)))
        if block.kind == "preformatted":
            return block
        begin = _begin(block)
        own = self.openings[begin].length if begin in self.names else 0
        content: list[Inline | str] = []
        for at, part in enumerate(block.content):
            if isinstance(part, str) and self.look.search(part):
                content.extend(self._parted(part, begin, 0 if at else own))
            else:
                content.append(part)  # type: ignore[arg-type]
        return block._replace(content=tuple(content)) if len(content) > len(block.content) else block

    def _parted(self, text: str, begin: int, own: int) -> InlineContent:
        parts: list[Inline | str] = []
        end = 0
        for match in self.reference.finditer(text, own):
            places = self.places.get(_mark(match))
            if places is None:
                continue
            # The next note of that mark, or the last, for what stands below the notes.
            place = places[min(bisect_right(places, begin), len(places) - 1)]
            if place == begin:
                continue
            name = self.names[place]
            self.led_to.add(name)
            said = {"target": f"#{name}", "written": f"#{name}", "role": "noteref"}
            parts += [text[end : match.start()], Inline("link", (match[0],), said)]
            end = match.end()
        return tuple(part for part in (*parts, text[end:]) if part)

    def named(self, block: Block) -> Block:
        """The block, said to be a note where it is one that is referred to."""
        if block.kind in TEXT_KINDS:
            name = self.names.get(_begin(block), "") if block.kind in ("paragraph", "text") else ""
            return _with_note(block, name) if name in self.led_to else block
        inner: tuple[Block, ...] = block.content  # type: ignore[assignment]
        if block.kind == "item" and _begin(block) in self.items:
            name = self.names.get(_begin(block), "")
            return _with_note(block, name) if name in self.led_to else block
        return block._replace(content=tuple(map(self.named, inner)))


def _headed(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks, a line that says that notes follow a heading where they do."""
    return tuple(
        block._replace(kind="heading", attributes={"level": "2"})
        if block.kind == "paragraph" and _says_notes(plain(block)) and _begins_note(after)
        else block
        for block, after in zip_longest(blocks, blocks[1:])
    )


def _begins_note(block: Block | None) -> bool:
    while block is not None and "note" not in (block.attributes or ()):
        if block.kind in TEXT_KINDS or not block.content:
            return False
        block = block.content[0]  # type: ignore[assignment]
    return block is not None


def _with_note(block: Block, name: str) -> Block:
    """The block, a note under a name; an anchor at its head bears it."""
    if block.kind in TEXT_KINDS:
        anchor = Inline("anchor", (), {"id": name})
        return block._replace(content=(anchor, *block.content), attributes={**(block.attributes or {}), "note": name})
    first: Block = block.content[0]  # type: ignore[assignment]
    within = _with_note(first, name)._replace(attributes=first.attributes)
    return block._replace(content=(within, *block.content[1:]), attributes={**(block.attributes or {}), "note": name})


def _opening(line: Line) -> Opening | None:
    match = _OPENING.match(line.text)
    return Opening(line.begin, _mark(match), match.end()) if match else None


def _mark(match: re.Match[str]) -> str:
    """What a note and the references to it have in common."""
    said = {name: value for name, value in match.groupdict().items() if value is not None}
    mark = next(iter(said.values()))
    if "round" in said or "spaced" in said:
        return round_mark(mark)
    return f"raised {mark}" if "raised" in said else mark.removeprefix("^").lower()


def _standing(lines: Sequence[Line], first: Mapping[int, Opening]) -> list[list[int]]:
    """Which lines may begin a note by their place: they open a block of lines, or stand below one that does in it."""
    blocks: list[list[int]] = [[]]
    begins = False
    for at, line in enumerate(lines):
        if line.gap:
            blocks.append([])
            begins = False
        if at in first and (begins or line.gap or _says_notes(lines[at - 1].text)):
            begins = True
            blocks[-1].append(at)
    return blocks


def _says_notes(text: str) -> bool:
    """Whether a line says that notes stand below it."""
    return len(text) <= NOTES_LINE and _HEADED.match(text) is not None


def _apart(lines: Sequence[Line], found: Mapping[int, Opening]) -> dict[int, Opening]:
    """Lines right below a note that begin something else."""
    apart: dict[int, Opening] = {}
    indent = -1
    for line in lines:
        if line.begin in found:
            indent = line.indent
        elif line.gap:
            indent = -1
        elif line.indent <= indent and (_APART.match(line.text) or BULLET.match(line.text)):
            apart[line.begin] = Opening(line.begin, "", 0)
    return apart


def _may_be_chance(one: Opening, text: str) -> bool:
    """Whether a line alone may begin with a mark by chance: a letter, or words that go on ("[1] and [2] say so")."""
    rest = text[one.length :].lstrip()
    if len(one.mark) == 1 and one.mark.isalpha() and text[1] != "^":
        return True
    return rest[:1].islower() and _ADDRESS.match(rest) is None


def _begin(block: Block) -> int:
    return int(block.source.removeprefix("char=").partition(",")[0])
