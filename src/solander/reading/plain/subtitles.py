"""Subtitles of a film as plain text (SubRip, WebVTT, SubViewer): each showing is a paragraph of its lines.

Its number or name and its times stand beside its words, for nobody reads them. Marks within the words (``<i>``,
``<v Ann>``) stay as they are written.

Source: WebVTT (W3C), 4 (syntax); what players take for SubRip, in outline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.page import Block, Inline
from solander.reading.plain.lines import Line

_MOMENT = r"(?:[0-9]{1,3}:)?[0-9]{1,2}:[0-9]{2}[.,][0-9]{1,3}"
_TIMES = re.compile(rf"{_MOMENT} ?--> ?{_MOMENT}(?:\s[^<>]{{0,120}})?\Z|{_MOMENT},{_MOMENT}\Z")
_NAME_CHARACTERS = 80
_FEWEST = 2
_BEGINS_WITHIN = 60
"""So many lines may stand above the first times: a head, styles and notes."""


def subtitles(lines: Sequence[Line], text: str) -> tuple[Block, ...]:
    """The showings of a text that is subtitles, in order; none for any other.

    Args:
        lines: all of them.
        text: of which they are.
    """
    if not any(line.text[0].isdigit() and _TIMES.match(line.text) for line in lines[:_BEGINS_WITHIN]):
        return ()
    times = [at for at, line in enumerate(lines) if line.text[0].isdigit() and _TIMES.match(line.text) is not None]
    begins = [at - 1 if _is_name(lines, at) else at for at in times]
    # Nearly all that empty lines part has times above it.
    parts = sum(line.gap for line in lines[begins[0] :])
    if len(times) < _FEWEST or 4 * len(times) < 3 * parts:
        return ()
    blocks = list(_above(lines[: begins[0]], text))
    for begin, timed, end in zip(begins, times, [*begins[1:], len(lines)], strict=True):
        blocks += _showing(lines[begin:end], timed + 1 - begin, text)
    return tuple(blocks)


def _is_name(lines: Sequence[Line], at: int) -> bool:
    """Whether the line above some times is the number or the name of what is shown then."""
    if not at or lines[at].gap:
        return False
    above = lines[at - 1]
    return above.text.isdecimal() or (above.gap and len(above.text) <= _NAME_CHARACTERS and "WEBVTT" not in above.text)


def _above(lines: Sequence[Line], text: str) -> list[Block]:
    begins = [at for at, line in enumerate(lines) if line.gap]
    if not begins:
        return []
    return [
        _paragraph(lines[begin:end], 0) if lines[begin].text != "STYLE" else _written(lines[begin:end], text)
        for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True)
    ]


def _showing(lines: Sequence[Line], head: int, text: str) -> list[Block]:
    """One showing, and notes of whoever wrote it that stand below it."""
    end = next((at for at in range(head + 1, len(lines)) if lines[at].gap and lines[at].text.startswith("NOTE")), None)
    return [_paragraph(lines[:end], head), *(_above(lines[end:], text) if end else ())]


def _paragraph(lines: Sequence[Line], head: int) -> Block:
    content: list[Inline | str] = []
    if head:
        said = " ".join(line.text for line in lines[:head])
        content.append(Inline("running", (said,), {"place": "cue"}))
    for at, line in enumerate(lines[head:]):
        content += [Inline("break") if at else " ", line.text] if content else [line.text]
    return Block("paragraph", f"char={lines[0].begin},{lines[-1].end}", tuple(content))


def _written(lines: Sequence[Line], text: str) -> Block:
    begin, end = lines[0].start, lines[-1].end
    return Block("preformatted", f"char={begin},{end}", (text[begin:end].replace("\r", "\n").replace("\f", " "),))
