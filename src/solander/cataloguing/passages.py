"""Words around what was sought, with what was sought marked, in the characters of the text itself."""

from __future__ import annotations

from collections.abc import Sequence

from solander.cataloguing.folding import fold
from solander.model.catalogue import Passage

_CHARACTERS = 260
_BEFORE = 80
_LINE_CHARACTERS = 300
_NEAR = 20
"""A space so near is where a piece begins or ends."""


def excerpt(text: str, terms: Sequence[str]) -> tuple[Passage, ...]:
    """A piece of a text around the first place where a term stands; its beginning, where none does."""
    at = min((place for term in terms if (place := _find(text, term)) is not None), default=None)
    begin = 0 if at is None else max(0, at - _BEFORE)
    if begin:
        # At the beginning of a word, if there is one near.
        space = text.find(" ", begin, begin + _NEAR)
        begin = space + 1 if space >= 0 else begin
    end = begin + _CHARACTERS
    if end < len(text) and (space := text.rfind(" ", end - _NEAR, end + 1)) > 0:
        end = space
    piece = text[begin:end]
    marked = marks(" ".join(piece.split()), terms)
    before = (Passage("… ", False),) if begin else ()
    return (*before, *marked, *((Passage(" …", False),) if end < len(text) else ()))


def marks(line: str, terms: Sequence[str]) -> tuple[Passage, ...]:
    """A line in pieces, those that were sought told apart."""
    line = line[:_LINE_CHARACTERS]
    folded, places = _placed(line)
    spans: list[tuple[int, int]] = []
    for term in terms:
        at = folded.find(term)
        while at >= 0:
            spans.append((places[at], places[at + len(term) - 1] + 1))
            at = folded.find(term, at + len(term))
    out: list[Passage] = []
    done = 0
    for begin, end in sorted(spans):
        if end <= done:
            continue
        begin = max(begin, done)
        if begin > done:
            out.append(Passage(line[done:begin], False))
        out.append(Passage(line[begin:end], True))
        done = end
    if done < len(line):
        out.append(Passage(line[done:], False))
    return tuple(out)


def _find(text: str, term: str) -> int | None:
    folded = fold(text)
    at = folded.find(term)
    if at < 0:
        return None
    # Nearly always each character is one when folded; where it is not, the place is near enough for an excerpt.
    return at if len(folded) == len(text) else min(at * len(text) // max(len(folded), 1), len(text))


def _placed(line: str) -> tuple[str, list[int]]:
    """A line folded, and for each character of that the place in the line from which it came."""
    folded = fold(line)
    if len(folded) == len(line):
        return folded, list(range(len(line)))
    parts: list[str] = []
    places: list[int] = []
    for number, letter in enumerate(line):
        part = fold(letter)
        parts.append(part)
        places += [number] * len(part)
    return "".join(parts), places
