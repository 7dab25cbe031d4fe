"""A page that is a deck of slides is that deck: short lines and lists hardly read like text, and nothing else is there.

Promise: a pure function, in time linear in the elements; only what nothing names becomes main text, and a page without
such classes costs one look.

Source: HTML Standard, 4.3.3 (``section``); the decks of reveal.js, Pandoc, S5, Slidy and Shower.
"""

from __future__ import annotations

from solander.reading.naming.zones import Ancestry
from solander.reading.survey import Survey

FEWEST_SLIDES = 3

WORDS_IN = (2, 3)
"""A deck holds so great a part of the page's words; a show of pictures beside a text holds less."""

_TAGS = frozenset(("section", "div", "article"))


def with_slides(zones: list[str], survey: Survey, around: Ancestry) -> list[str]:
    """The zones, where all slides of a deck are main text but for what its names set apart."""
    if not any("slide" in classes for _, classes, _ in around.names):
        return zones
    slides = _slides(survey, around)
    if len(slides) < FEWEST_SLIDES:
        return zones
    held = sum(len(text) for first, last in slides for text in survey.texts[first:last])
    if WORDS_IN[1] * held < WORDS_IN[0] * sum(map(len, survey.texts)):
        return zones
    whole = list(zones)
    for first, last in slides:
        whole[first:last] = ["main" if zone == "other" else zone for zone in whole[first:last]]
    return whole


def _slides(survey: Survey, around: Ancestry) -> list[tuple[int, int]]:
    """The leaves of each slide: of a ``section`` in what is called slides, or of what is called a slide itself."""
    called = {
        number: classes.lower().split() for number, (_, classes, _) in enumerate(around.names) if "slide" in classes
    }
    decks = {element for element, number in enumerate(around.named) if "slides" in called.get(number, ())}
    slides: list[tuple[int, int]] = []
    for element, number in enumerate(around.named):
        if number not in called and survey.parents[element] not in decks:
            continue
        tag, names = survey.element_tags[element], called.get(number, ())
        first, last = survey.first[element], min(survey.last[element], len(survey.texts))
        if last <= first or (slides and first < slides[-1][1]):
            continue
        if tag in _TAGS and ("slide" in names or (tag == "section" and survey.parents[element] in decks)):
            slides.append((first, last))
    return slides
