"""Divisions -> the text of a view: what surrounds the text proper folded, in the order of the TEI.

Source: TEI P5 4.12.0, 4.6 and 4.7 (front, body, back); docs/design.md, section 5.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from solander.model.page import Block, Division, Inline
from solander.viewing.blocks import BlockViewer, Cell

FOLDS_IN_A_ROW = 3
"""More parts than that in a row lie in a fold of their own: who reads wants the text, and not the list of its frame."""

AROUND = "Around the text"

_NOTE_CHARACTERS = 400

ZONE_NAMES = {
    "main": "Text",
    "navigation": "Navigation",
    "banner": "Banner",
    "sidebar": "Beside the text",
    "footer": "Footer",
    "comments": "Comments",
    "form": "Form",
    "related": "Related pages",
    "dialog": "Dialogue window",
    "other": AROUND,
}


class Mapped(NamedTuple):
    """A division's leaves, for the word map."""

    zone: str
    cells: tuple[Cell, ...]


class Text(NamedTuple):
    """The text of a page as HTML, and what is told of it elsewhere."""

    html: str
    headings: tuple[tuple[int, str, str], ...]
    """Of the text proper: level, anchor, words."""
    divisions: tuple[Mapped, ...]
    """In the order of the original."""


def view_text(divisions: tuple[Division, ...]) -> Text:
    """Write all divisions: what precedes the first text proper, the text proper, the rest."""
    anchors, notes = _anchors_and_notes(divisions)
    viewer = BlockViewer(anchors, notes)
    mapped: dict[int, Mapped] = {}
    first = next((index for index, one in enumerate(divisions) if one.zone == "main"), len(divisions))
    first = 0 if first == len(divisions) else first
    numbered = list(enumerate(divisions))
    body = [(index, one) for index, one in numbered if one.zone == "main"]
    rest = [(index, one) for index, one in numbered[first:] if one.zone != "main"]
    _fold(viewer, numbered[:first], mapped)
    viewer.headings.clear()
    viewer.marks = True
    viewer.out.append('<article id="text">\n')
    for index, one in body:
        viewer.cells = []
        for block in one.blocks:
            viewer.block(block)
        mapped[index] = Mapped(one.zone, tuple(viewer.cells))
    viewer.out.append("</article>\n")
    viewer.marks = False
    headings = tuple(viewer.headings)
    _fold(viewer, rest, mapped)
    return Text("".join(viewer.out), headings, tuple(mapped[index] for index in range(len(divisions))))


def _fold(viewer: BlockViewer, numbered: list[tuple[int, Division]], mapped: dict[int, Mapped]) -> None:
    """Write what surrounds the text: a fold for each part, and one around them where many follow each other.

    Comments are no frame of the page: they are never among the many.
    """
    out = viewer.out
    for is_talk, run in groupby(numbered, lambda one: one[1].zone == "comments"):
        parts = list(run)
        is_long = not is_talk and len(parts) > FOLDS_IN_A_ROW
        at = len(out)
        if is_long:
            out.append("")
        for index, one in parts:
            mapped[index] = _folded(viewer, one)
        if is_long:
            words = sum(cell.words for index, _ in parts for cell in mapped[index].cells)
            told = f"{words:,} words in {len(parts):,} parts"
            out[at] = f'<details class="around">\n<summary data-ours>{AROUND} <span>{told}</span></summary>\n'
            out.append("</details>\n")


def _folded(viewer: BlockViewer, division: Division) -> Mapped:
    """A division of boilerplate, that a reader unfolds."""
    viewer.cells = []
    out = viewer.out
    at = len(out)
    out.append("")
    for block in division.blocks:
        viewer.block(block)
    words = sum(cell.words for cell in viewer.cells)
    name = ZONE_NAMES.get(division.zone, division.zone)
    told = "1 word" if words == 1 else f"{words:,} words"
    out[at] = f'<details class="around">\n<summary data-ours>{name} <span>{told}</span></summary>\n'
    out.append("</details>\n")
    return Mapped(division.zone, tuple(viewer.cells))


def _anchors_and_notes(divisions: tuple[Division, ...]) -> tuple[frozenset[str], dict[str, str]]:
    """The ids that stand in the text, and the words of each note by its id."""
    anchors: set[str] = set()
    notes: dict[str, str] = {}
    stack: list[Block | Inline] = [block for division in divisions for block in division.blocks]
    while stack:
        part = stack.pop()
        if part.attributes:
            if part.kind == "anchor":
                anchors.add(part.attributes["id"])
            elif "note" in part.attributes:
                notes[part.attributes["note"]] = _words(part)
        stack += [inner for inner in part.content if not isinstance(inner, str)]
    return frozenset(anchors), notes


def _words(note: Block | Inline) -> str:
    """A note's words in one line, cut where it is long: the whole stands where the page has it."""
    parts: list[str] = []
    stack: list[Block | Inline | str] = [note]
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            parts.append(part)
        elif (part.attributes or {}).get("role") != "backlink":
            if isinstance(part, Block) or part.kind == "break":
                parts.append(" ")
            stack.extend(reversed(part.content))
    line = " ".join("".join(parts).split())
    return line if len(line) <= _NOTE_CHARACTERS else f"{line[: _NOTE_CHARACTERS - 1].rstrip()}…"
