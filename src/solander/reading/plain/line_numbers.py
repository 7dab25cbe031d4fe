"""Numbers of lines in the margins of a plain text: each line's in what courts write down, or every fifth of a poem.

They are no words of the text: it is read as if blanks stood in their places, one for one, and each is put back where it
was printed. A court's count begins anew on each page; a poem's goes on, and as many lines as it says lie between two.

Source: TEI P5 4.12.0, 12.6 (``fw``) and 3.14.1 (``l``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from solander.reading.dividing.turn_labels import label_of
from solander.reading.plain.lines import Line

_AT_LEFT = re.compile(r"[ \t]*(?P<number>[0-9]{1,4})(?P<apart>[ \t]+(?=\S)|[ \t]*\Z)")
_DIGITS = "0123456789"
_MOST_DIGITS = 4
_STEPS = frozenset((3, 4, 5, 10, 20, 25))
"""Every so many lines of a poem are counted."""
_FEWEST_IN_VERSE = 3
_FEWEST_LINES = 20
_LONGEST_PAGE = 66
"""A page of paper has no more lines."""
_BRACKETED = re.compile(r"\([^()]+\)|\[[^\[\]]+\]")


class LineNumber(NamedTuple):
    """The number of a line."""

    begin: int
    end: int
    written: str
    is_left: bool
    """Whether it stands before its line."""
    of_verse: bool
    """Whether it counts the lines of a poem."""


class _Numbered(NamedTuple):
    at: int
    """Which of the lines that are not empty."""
    worth: int
    begin: int
    end: int


def line_numbers(lines: Sequence[Line], text: str) -> Sequence[LineNumber]:
    """Find the numbers of lines; none where not nearly all of them count as such numbers do.

    Args:
        lines: all of them.
        text: of which they are.
    """
    left = [
        _Numbered(at, int(match["number"]), *match.span("number"))
        for at, line in enumerate(lines)
        if line.text[0] in _DIGITS and (match := _AT_LEFT.match(text, line.start, line.end)) is not None
    ]
    if len(left) >= _FEWEST_LINES and (counted := _by_page(lines, left, text)):
        return [LineNumber(one.begin, one.end, text[one.begin : one.end], True, False) for one in counted]
    right = [one for at, line in enumerate(lines) if line.text[-1] in _DIGITS and (one := _at_right(line, at, text))]
    for found, is_left in ((left, True), (right, False)):
        if len(found) >= _FEWEST_IN_VERSE and (counted := _by_step(found)):
            return [LineNumber(one.begin, one.end, text[one.begin : one.end], is_left, True) for one in counted]
    return ()


def _at_right(line: Line, at: int, text: str) -> _Numbered | None:
    written = text[line.start : line.end]
    words = written.rstrip(_DIGITS)
    length = len(written) - len(words)
    if not 0 < length <= _MOST_DIGITS or not words.endswith(("  ", "\t")) or not words.strip():
        return None
    return _Numbered(at, int(written[-length:]), line.end - length, line.end)


def without_numbers(text: str, numbers: Sequence[LineNumber]) -> str:
    """The text with blanks in their places."""
    parts: list[str] = []
    end = 0
    for one in numbers:
        parts += [text[end : one.begin], " " * (one.end - one.begin)]
        end = one.end
    return "".join((*parts, text[end:]))


def parted_transcript(lines: Sequence[Line]) -> tuple[list[Line], frozenset[int]]:
    """The lines of a transcript whose lines are counted, a turn, a direction and a heading each apart from the rest.

    And where the lines begin with which somebody speaks.

    Args:
        lines: those of the text, without their numbers; no empty ones lie between them.
    """
    found: list[Line] = []
    spoken: set[int] = set()
    alone = False
    for line in lines:
        label = label_of(line.text)
        speaks = label is not None and (label.is_known or label.written.isupper())
        if speaks:
            spoken.add(line.begin)
        was_alone, alone = alone, _BRACKETED.fullmatch(line.text) is not None or line.text.isupper()
        found.append(line._replace(gap=line.gap or speaks or alone or was_alone))
    return found, frozenset(spoken)


def _by_page(lines: Sequence[Line], found: Sequence[_Numbered], text: str) -> Sequence[_Numbered]:
    """The numbers that count every line of each page, from one on; none where what stands beside them is no prose."""
    runs: list[list[_Numbered]] = []
    for one in found:
        if runs and one.worth == runs[-1][-1].worth + 1 and one.at - runs[-1][-1].at <= 1:
            runs[-1].append(one)
        elif one.worth == 1:
            runs.append([one])
    counted = [one for run in runs if len(run) > 4 for one in run]
    if 10 * len(counted) < 6 * len(lines) or max(map(len, runs), default=0) < 10:
        return ()
    again = sum(len(run) > 4 for run in runs) > 1
    if not again and len(counted) < _FEWEST_LINES:
        return ()
    # One margin: their last figures stand below one another, and room lies between them and the words.
    edges = Counter(one.end - lines[one.at].start for one in counted)
    words = [(one, text[one.end : lines[one.at].end]) for one in counted]
    filled = [rest for _, rest in words if rest.strip()]
    roomy = sum(rest.startswith(("  ", "\t")) for rest in filled)
    goes_on = sum(rest.lstrip()[0].islower() for rest in filled)
    longest = max(len(run) for run in runs)
    is_paper = longest <= _LONGEST_PAGE and max(edges.values()) * 2 >= len(counted)
    return counted if is_paper and 10 * roomy >= 9 * len(filled) and 5 * goes_on >= len(filled) else ()


def _by_step(found: Sequence[_Numbered]) -> Sequence[_Numbered]:
    """The numbers that count every fifth line, say: as many lines lie between two as they differ by."""
    # Heads of parts may lie between, and are not counted.
    steps = Counter(
        after.worth - one.worth
        for one, after in pairwise(found)
        if 0 <= after.at - one.at - after.worth + one.worth <= 2
    )
    step, often = next(((step, often) for step, often in steps.most_common() if step in _STEPS), (0, 0))
    counted = [one for one in found if step and one.worth % step == 0]
    is_sure = len(counted) >= _FEWEST_IN_VERSE and 5 * often >= 4 * (len(counted) - 1)
    return counted if is_sure and 5 * len(counted) >= 4 * len(found) else ()
