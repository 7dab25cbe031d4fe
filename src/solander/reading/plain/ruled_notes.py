"""Notes as printers and typists set them: below a rule, or last of all, each with its figure or its sign.

The text refers to them by ``(1)`` or ``1)`` right behind a word or a stop, by a raised figure, or by a sign. As points
of a list are marked alike, all that stand together must be referred to, in their order, by the text that lies between
the notes before and these.

Source: TEI P5 4.12.0, 3.9.1 (notes and simple annotation).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from solander.reading.plain.lines import SENTENCE_END, Line

ROUND = r"(?:(?<=[^\W\d_]{2})|(?<=[.,;:!?\"'”’»]))(?P<round>\(?[0-9]{1,2}\))(?![\w(])|(?<= )(?P<spaced>\([0-9]{1,2}\))(?=[.,;:!?])"  # fmt: skip  # noqa: E501
"""A figure and a bracket that refer to a note: before what they count they stand in lists within a sentence."""

_ROUND = re.compile(ROUND)
_RAISED = re.compile(r"(?:(?<=[^\W\d_]{3})|(?<=[.,;:!?)\]\"'”’»…]))[⁰¹²³⁴-⁹]{1,2}(?![\w⁰¹²³⁴-⁹])")
_SIGN = re.compile(r"(?<=[^\s*†‡(\[])(?:\*{1,4}|†{1,2}|‡{1,2})(?![\w*†‡)\]])")
_RULE = re.compile(r"(?:_{3,}|-{3,}|—{2,}|–{2,}|─{3,}|(?:[-_] ){2,}[-_])\Z")
_RULES = frozenset("_-—–─")
_NOTE = re.compile(
    r"(?:(?P<round>\(?[0-9]{1,2}\)) ?|(?P<plain>[0-9]{1,2})[.:]? |(?P<sign>\*{1,4}|†{1,2}|‡{1,2}) ?)"
    r"(?=[^\W_]|[\"'“„«‘(])"
)
_RAISE = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BEGINS = frozenset("(0123456789*†‡")


class _Note(NamedTuple):
    at: int
    """Its line."""
    mark: str
    length: int


def ruled_notes(lines: Sequence[Line]) -> Mapping[int, tuple[str, int]]:
    """Find the lines that begin such notes.

    Args:
        lines: those of the text proper, in order.

    Returns:
        By the number of each line its mark, as ``round_mark`` or a raised figure gives it, and the mark's length.
    """
    blocks = [
        block
        for at, line in enumerate(lines)
        if _is_rule(line)
        # A rule right below a heading underlines it.
        and at
        and (line.gap or SENTENCE_END.search(lines[at - 1].text))
        and (block := _block(lines, at + 1))
    ]
    last = _last(lines, blocks[-1][0].at if blocks else 0)
    found: dict[int, tuple[str, int]] = {}
    done = last_figure = signed = referred = 0
    for block in (*blocks, *([last] if last else [])):
        above = [line.text for line in lines[done : block[0].at]]
        figure = _figure(block[0].mark)
        if figure in (0, 1, last_figure + 1) and (marks := _referred(block, above)) is not None:
            found.update({note.at: (mark, note.length) for note, mark in zip(block, marks, strict=True)})
            last_figure = _figure(block[-1].mark)
            referred += not figure
        signed += not figure
        done = block[-1].at + 1
    # Where rules stand above items whose stars nothing refers to, those that seem to be notes are items as well.
    return {at: one for at, one in found.items() if " " in one[0] or 2 * referred > signed}


def round_mark(written: str) -> str:
    """The mark that a figure with brackets is."""
    return f"round {int(written.strip('()'))}"


def _block(lines: Sequence[Line], at: int) -> list[_Note]:
    """The notes that stand together from a line on; to the end of the page, or to what is none after an empty line."""
    notes: list[_Note] = []
    for number in range(at, len(lines)):
        line = lines[number]
        note = _note(lines, number)
        follows = note is not None and (not notes or _follows(notes[-1].mark, note.mark))
        if follows and note is not None:
            notes.append(note)
        elif note is not None and not note.mark.rpartition(" ")[0]:
            return []  # the next item of a list
        elif not notes or line.gap or _is_rule(line):
            break
        if line.turn is not None:
            break
    return notes


def _last(lines: Sequence[Line], after: int) -> list[_Note]:
    """The notes with which the text ends though no rule stands above them: two at the least, in brackets."""
    at = len(lines)
    while at > after + 1 and not (lines[at - 1].gap and _note(lines, at - 1) is None):
        at -= 1
        if lines[at].gap and (note := _note(lines, at)) is not None and note.mark == "round 1":
            block = _block(lines, at)
            return block if len(block) > 1 else []
    return []


def _note(lines: Sequence[Line], at: int) -> _Note | None:
    text = lines[at].text
    match = _NOTE.match(text) if text[0] in _BEGINS else None
    if match is None:
        return None
    if match["round"]:
        return _Note(at, round_mark(match["round"]), match.end())
    sign = match["sign"]
    if sign and text.count(sign[0]) > len(sign):
        return None  # a word that is stressed
    return _Note(at, sign or f"plain {match['plain']}", match.end())


def _is_rule(line: Line) -> bool:
    return line.text[0] in _RULES and _RULE.match(line.text) is not None


def _figure(mark: str) -> int:
    """The figure that a mark is; 0 for a sign."""
    kind, _, figure = mark.rpartition(" ")
    return int(figure) if kind else 0


def _follows(mark: str, after: str) -> bool:
    if mark.rpartition(" ")[0] != after.rpartition(" ")[0]:
        return False
    return _figure(after) == _figure(mark) + 1 if _figure(mark) else mark != after


def _referred(block: Sequence[_Note], above: Sequence[str]) -> list[str] | None:
    """The marks by which the lines above refer to each note of a block, if they do to all, in order."""
    kind = block[0].mark.rpartition(" ")[0]
    if kind == "round":
        marks = [note.mark for note in block]
        seen = [round_mark(match[0]) for text in above if ")" in text for match in _ROUND.finditer(text)]
    elif kind:
        marks = [f"raised {note.mark.rpartition(' ')[2].translate(_RAISE)}" for note in block]
        seen = [f"raised {match[0]}" for text in above if not text.isascii() for match in _RAISED.finditer(text)]
    else:
        marks = [note.mark for note in block]
        seen = [match[0] for text in above if "*" in text or not text.isascii() for match in _SIGN.finditer(text)]
        # A sign that comes back may as well stress a word.
        if any(seen.count(mark) != 1 for mark in marks):
            return None
    first = [seen.index(mark) if mark in seen else -1 for mark in marks]
    return marks if first[0] >= 0 and first == sorted(set(first)) else None
