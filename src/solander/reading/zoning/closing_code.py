"""Code that ends a text, in the element that holds it, is of the text.

Code between paragraphs is drawn in by what follows; behind the last there is nothing, and it had been left out. The
name of its language, which a script writes above it, goes with it. Code elsewhere is left to the trees, which were
grown on texts that often leave it out.

Promise: in time linear in the leaves and the depth of the page; a page without ``pre`` costs one look.

Source: HTML Standard, 4.4.3 (``pre``).
"""

from __future__ import annotations

from itertools import accumulate

from solander.reading.survey import Survey

LABEL_CHARACTERS = 20
"""No name of a language is longer."""


def with_closing_code(zones: list[str], survey: Survey) -> list[str]:
    """The zones, where code that nothing names is of the text right above it.

    Args:
        zones: a zone a leaf.
        survey: the page's.
    """
    if "pre" not in survey.tags or "main" not in zones:
        return zones
    found = list(zones)
    text = len(zones) - zones[::-1].index("main")
    weights = [len(text) for text in survey.texts]
    held = [0, *accumulate(weights)]
    main = [0, *accumulate(weight if zone == "main" else 0 for weight, zone in zip(weights, zones, strict=True))]
    for at in range(text, len(zones)):
        if survey.tags[at] != "pre" or zones[at] != "other" or survey.links[at]:
            continue
        begin = _begin(at, survey)
        if found[begin - 1] != "main" or zones[begin] != "other" or survey.links[begin - 1]:
            continue
        element = survey.elements[at]
        while survey.first[element] >= begin and element:
            element = survey.parents[element]
        first, last = survey.first[element], min(survey.last[element], len(zones))
        if element and 2 * (main[last] - main[first]) >= held[last] - held[first] - (held[at + 1] - held[begin]):
            found[begin : at + 1] = ["main"] * (at + 1 - begin)
    return found


def _begin(at: int, survey: Survey) -> int:
    """The leaf that begins with code: its own, or the one before that names the language, in an element with it."""
    element = survey.elements[at]
    while survey.first[element] == at and element:
        element = survey.parents[element]
    labelled = element and survey.first[element] == at - 1 and survey.last[element] == at + 1
    return at - 1 if labelled and len(survey.texts[at - 1]) <= LABEL_CHARACTERS else at
