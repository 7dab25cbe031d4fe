"""Pages that are but lines (WET records, pages saved as text): which of the lines are the text proper.

Each paragraph of such a text is one long line, mostly without empty lines between them, and menus, buttons and other
surroundings stand about them. Nothing but its words tells them apart; what does was learnt from pages whose markup
was taken away (``training/flat.py``, ``flat_texts.json``).

Promise: linear in the text, with the same result on every machine; a line is named and not dropped.
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.reading.plain.foot import is_footer
from solander.reading.plain.lines import LONG_COLUMNS, SENTENCE_END, Line, columns
from solander.reading.plain.menu_words import is_entry
from solander.reading.plain.units import Unit
from solander.reading.survey import Survey

FEWEST_LINES, MOST_LINES = 12, 20_000
"""A text of fewer lines, or of more, is read by form alone."""

FEWEST_LONG = 2
"""So many lines must be longer than any column, and end as sentences do."""

FEWEST_SHORT = 4

FEWEST_SAID = 3
"""Where empty lines stand, so many lines must be a menu's or a footer's by their words."""

WIDE_COLUMNS = 80
"""What is long in scripts of wide characters."""

_MARKUP = frozenset("#`{}|")
_BULLETS = ("- ", "* ", "+ ")

SHARP = 130
"""Log odds are made greater by this, in hundredths, for the choice."""

BETWEEN, WITHIN_REACH = 200_000, 3
"""Between chosen lines what is so probable (in millionths) is text as well, where no more lines lie between them."""


def is_flat(lines: Sequence[Line]) -> bool:
    """Whether a text is a page as lines alone: long ones and short ones, and hardly an empty one between them.

    Where there are empty lines (as browsers copy a page), words of menus and footers must say that it is one.
    """
    if not FEWEST_LINES <= len(lines) <= MOST_LINES:
        return False
    gaps = sum(line.gap for line in lines)
    # What is set in, set in columns or marked up was written as text, and by its form it is read.
    formed = sum(line.indent > 0 or line.aligned or line.text[0] in _MARKUP for line in lines)
    listed = sum(line.text.startswith(_BULLETS) for line in lines)
    if 10 * gaps > len(lines) + 10 and not _has_surroundings(lines):
        return False
    if 7 * formed > len(lines) or 2 * listed > len(lines):
        return False
    widths = [columns(line.text) for line in lines]
    long = [
        line
        for line, width in zip(lines, widths, strict=True)
        if width > LONG_COLUMNS
        or (width > WIDE_COLUMNS and not line.text.isascii() and width > len(line.text) * 3 // 2)
    ]
    ended = sum(SENTENCE_END.search(line.text) is not None for line in long)
    return ended >= FEWEST_LONG and len(lines) - len(long) >= FEWEST_SHORT


def _has_surroundings(lines: Sequence[Line]) -> bool:
    """Whether lines say by their words that a menu or a footer stands about the text."""
    said = sum(is_entry(line.text) or is_footer(Unit((line,), "line")) for line in lines)
    return said >= FEWEST_SAID


def main_lines(lines: Sequence[Line]) -> dict[int, bool]:
    """Which lines are the text proper, by their place in the text; the first may be the page's title."""
    # numpy and the model are not wanted where no such text is read.
    from solander.reading.naming.zones import ancestry
    from solander.reading.plain.flat_columns import flat_columns
    from solander.reading.zoning.main_features import features
    from solander.reading.zoning.main_scores import (
        choose,
        log_odds,
        matrix_of,
        probabilities,
        shipped_flat_trees,
        shipped_model,
    )

    texts = [line.text for line in lines]
    survey = flat_survey(texts, texts[0])
    found = features(survey, ancestry(survey), shipped_model().words)
    told = {**found.columns, **flat_columns(found.leaves)}
    trees = shipped_flat_trees()
    chances = probabilities(log_odds(matrix_of(told, len(texts), trees.columns), trees), SHARP)
    chosen = drawn_together(choose(chances, found.leaves.tokens).tolist(), chances.tolist())
    return {line.begin: is_main for line, is_main in zip(lines, chosen, strict=True)}


def flat_survey(texts: Sequence[str], title: str) -> Survey:
    """A survey in which each line is a paragraph of the body, and nothing else is known."""
    survey = Survey()
    survey.title = title
    count = len(texts)
    survey.texts = list(texts)
    survey.tags = ["p"] * count
    survey.elements = list(range(2, count + 2))
    survey.links = [0] * count
    survey.link_characters = [0] * count
    survey.parents = [0, 0, *([1] * count)]
    survey.element_tags = ["html", "body", *(["p"] * count)]
    survey.classes = [""] * (count + 2)
    survey.roles = [""] * (count + 2)
    survey.hidden = [False] * (count + 2)
    survey.first = [0, 0, *range(count)]
    survey.last = [count, count, *range(1, count + 1)]
    return survey


def drawn_together(chosen: list[bool], chances: list[int]) -> list[bool]:
    """The choice, and what stands within it and is not improbable."""
    found = list(chosen)
    before = None
    for at, is_chosen in enumerate(chosen):
        if not is_chosen:
            continue
        if before is not None and 1 < at - before <= WITHIN_REACH + 1:
            for between in range(before + 1, at):
                found[between] = chances[between] >= BETWEEN
        before = at
    return found
