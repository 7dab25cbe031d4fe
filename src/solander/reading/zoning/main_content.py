"""Which leaves are the page's text proper: every leaf of a survey gets one of ``model.page.ZONES``.

Promise: a pure function, in time linear in the survey, with the same result on every machine; nothing is dropped,
only named; a page that has words has main text.

What is main text is learnt (``main_features``, ``main_scores``): headings in the text, paragraphs, lists, quotations,
code and tables, as three public benchmarks of main text have it. What the markup holds together is then put together
(``coherence``): captions, bylines, lists and notes stay where they stood, unless they are hardly text at all. What kind
of boilerplate the rest is, is read off what encloses it (``zones``).

Source: TEI P5, 4.1 (``body`` holds the text proper, ``front`` and ``back`` what surrounds it).
"""

from __future__ import annotations

from collections.abc import Iterable

from solander.reading.naming.boxes import with_titles
from solander.reading.naming.glued_words import name_by_glued_words
from solander.reading.naming.misnamed import renamed
from solander.reading.naming.zones import ancestry, boilerplate
from solander.reading.survey import Survey
from solander.reading.zoning.coherence import cohere
from solander.reading.zoning.slides import with_slides


def zone_leaves(survey: Survey, wholes: Iterable[tuple[int, int]] = ()) -> list[str]:
    """Name the zone of each leaf: ``main``, or the kind of boilerplate.

    Args:
        survey: parents stand before their children; an element's range of leaves lies within its parent's.
        wholes: ranges of leaves that will be one block each.

    Returns:
        A zone a leaf, in their order; at least one is ``main`` unless there are no leaves.
    """
    if not survey.texts:
        return []
    # numpy and the model are not wanted where no page is read.
    from solander.reading.zoning.main_features import features
    from solander.reading.zoning.main_scores import judge, shipped_model
    from solander.reading.zoning.neighbours import without_neighbours

    model = shipped_model()
    around = ancestry(survey)
    judged = judge(features(survey, around, model.words), model, survey, around)
    chosen, chances = without_neighbours(*judged, survey)
    main: list[bool] = chosen.tolist()
    around, kinds = renamed(around, survey, main)
    zones = name_by_glued_words(boilerplate(survey, kinds, main), survey, around)
    zones = with_slides(cohere(zones, survey, around, wholes, chances.tolist()), survey, around)
    return with_titles(zones, survey, around)
