"""What its name or its element calls boilerplate, and its place does not: a head in the midst of the text, a quotation.

``header`` is the class of a page's banner, and of the head of a table, a card or a section; below the title, and above
the end of the text, it is no banner. A box of prose between two paragraphs is no sidebar, though books call it so. An
``aside`` that is a quotation with its speaker (so Discourse has them), or a note of the text by its class (so docutils
has them), stands beside nothing. This is told when the
leaves have been judged: what is learnt does not hang on it.

Promise: a pure function, in time linear in the elements; a page without such names costs one look at each name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from solander.reading.naming.boxes import is_called_box
from solander.reading.naming.zones import KINDS, Ancestry, class_words, worded_kind
from solander.reading.survey import Survey

SPEAKER_CHARACTERS = 80
"""So long the line above a quotation may be that says whose it is."""

PROSE_CHARACTERS, LINKED_PERCENT = 80, 30
"""A box within the text has a line so long, and less of it is links."""

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BANNER, _SIDEBAR = KINDS.index("banner"), KINDS.index("sidebar")


def renamed(around: Ancestry, survey: Survey, main: Sequence[bool]) -> tuple[Ancestry, Sequence[int]]:
    """What each element is, put right by where the text proper stands.

    Args:
        around: as names have it.
        survey: the page's.
        main: which leaves are the text proper, as they were judged one by one.

    Returns:
        What is put right where no heading hangs on it, and the kind of every element.
    """
    # Most names have nothing of these: a look at each costs less than a call.
    wrong = {
        number: kind
        for number, (tag, classes, role) in enumerate(around.names)
        if ("eader" in classes or tag == "aside" or "sidebar" in classes or "EADER" in classes)
        and (kind := _may_be_wrong(tag, classes, role))
    }
    if not wrong or True not in main:
        return around, around.kinds
    begin, end = main.index(True), len(main) - main[::-1].index(True)
    kinds, every, bits, plain = list(around.kinds), list(around.kinds), list(around.bits), set[int]()
    headings = [0, *accumulate(map(_HEADINGS.__contains__, survey.tags))]
    for element in [element for element, number in enumerate(around.named) if number in wrong]:
        kind = wrong[around.named[element]]
        first, last = survey.first[element], min(survey.last[element], len(main))
        if every[element] != kind or not begin < first < last <= end:
            continue
        if kind == _SIDEBAR and not _is_of_text(survey, main, element, first, last):
            continue
        parent, heads = survey.parents[element], headings[last] > headings[first]
        # What stands in it stands right behind it in the survey.
        inner = element
        while inner < len(kinds) and (inner == element or survey.parents[inner] >= element):
            if every[inner] == kind:
                every[inner] = every[parent]
                if not heads:
                    kinds[inner] = kinds[parent]
                    bits[inner] &= ~(1 << kind) | bits[parent]
                    plain.add(inner)
            inner += 1
    return around._replace(kinds=kinds, bits=bits, plain=frozenset(plain)), every


def is_quotation(tag: str, classes: str) -> bool:
    """Whether an element is an ``aside`` whose class calls it a quotation."""
    return tag == "aside" and "quote" in classes.lower().split()


def _may_be_wrong(tag: str, classes: str, role: str) -> int:
    """The kind that an element's name gives it wrongly where it stands in the text; 0 for none."""
    if is_quotation(tag, classes) or (tag == "aside" and is_called_box(classes)):
        return _SIDEBAR
    if classes and not role and "sidebar" in classes.split() and worded_kind(tag, classes, role) == _SIDEBAR:
        return _SIDEBAR
    if classes and not role and "header" in class_words(classes) and worded_kind(tag, classes, role) == _BANNER:
        return _BANNER
    return 0


def _is_of_text(survey: Survey, main: Sequence[bool], element: int, first: int, last: int) -> bool:
    if survey.element_tags[element] != "aside":
        return _is_set_in(survey, main, element)
    if is_called_box(survey.classes[element]):
        return _is_set_in(survey, main, element, PROSE_CHARACTERS // 4)
    return _has_speaker(survey, first, last)


def _is_set_in(survey: Survey, main: Sequence[bool], element: int, least: int = PROSE_CHARACTERS) -> bool:
    """Whether a box of prose stands between paragraphs of the text, in the element that holds them."""
    parent, first, last = survey.parents[element], survey.first[element], survey.last[element]
    if not parent or not survey.first[parent] < first < last < min(survey.last[parent], len(main)):
        return False
    if not (main[first - 1] and main[last]):
        return False
    texts, links = survey.texts[first:last], sum(survey.link_characters[first:last])
    words = sum(map(len, texts))
    return max(map(len, texts)) >= least and 100 * links < LINKED_PERCENT * words


def _has_speaker(survey: Survey, first: int, last: int) -> bool:
    line = survey.texts[first]
    return last - first > 1 and len(line) <= SPEAKER_CHARACTERS and line.rstrip()[-1:] in (":", "：")
