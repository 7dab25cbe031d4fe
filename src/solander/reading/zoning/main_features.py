"""What tells main text from boilerplate: 178 columns a leaf, most of them ratios of whole numbers.

Only sums of whole numbers, divisions, square roots and comparisons are used: IEEE 754 fixes their results, so that a
page gets the same columns on every machine. There are no logarithms; the trees that read the columns need none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import NamedTuple

import numpy as np

from solander.reading.naming.zones import ARTICLE, HIDDEN, KINDS, MAIN, PRODUCT, Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.container_features import container_columns
from solander.reading.zoning.leaf_measures import (
    COMMA,
    CURRENCY,
    DIGIT,
    ORNAMENT,
    STOP,
    UPPER,
    Flags,
    Ints,
    Leaves,
    Stands,
    Table,
    bounded,
    ints,
    until,
)
from solander.reading.zoning.page_kinds import page_columns
from solander.reading.zoning.told_features import told_columns

OPENING_CHARACTERS = 160
"""How much of a leaf is looked up word by word."""

_WORD = re.compile(r"\w+")
_APART = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_TAGS = ("p", "li", "div", "td", "pre", "blockquote", "figcaption", "dd", "span", "a")
_CONTROLS = frozenset(("button", "option", "select", "label", "legend", "textarea"))
_TYPES = (
    frozenset(("Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "TechArticle")),
    frozenset(("Product", "ProductGroup", "Offer")),
    frozenset(("ItemList", "CollectionPage", "OfferCatalog", "SearchResultsPage")),
    frozenset(("QAPage", "DiscussionForumPosting", "Question", "Comment", "FAQPage")),
)
LAST_OF_PLANE = 0xFFFF
"""The last character of the basic plane: hardly a page has a word of others."""

_FAR = 60
_REACHES = np.array([[2], [5], [12]])
"""How far to either side of a leaf is looked: a line a reach."""
_UNKNOWN = 1 << 30
"""The score of a word that has none: above every other."""


class WordScores(NamedTuple):
    """How much a word speaks for main text, in hundredths of a natural logarithm of the odds."""

    classes: Mapping[str, int]
    """Words of ``class`` and ``id``."""
    texts: Mapping[str, int]
    """Words at the head of a leaf."""


class Features(NamedTuple):
    """The columns by name, the leaves that they were reckoned from, and the line of the page as a whole."""

    columns: Table
    leaves: Leaves
    page: Table


def features(survey: Survey, around: Ancestry, scores: WordScores) -> Features:
    """Reckon all columns of a survey that has at least one leaf."""
    leaves = Leaves(survey)
    columns: Table = {}
    stands = Stands(
        elements=ints(survey.elements),
        parents=ints(survey.parents),
        named=ints(around.named),
        bits=ints(around.bits),
    )
    _shape(columns, leaves, survey)
    bits = stands.bits[stands.elements]
    kinds = ints([around.kinds[element] for element in survey.elements])
    for bit, name in ((MAIN, "main"), (ARTICLE, "article"), (PRODUCT, "product"), (HIDDEN, "hidden")):
        columns[f"in_{name}"] = (bits & bit) > 0
    for kind, name in enumerate(KINDS):
        if name:
            columns[f"in_{name}"] = (bits >> kind) & 1
    columns["kind"] = kinds
    openings = [text[:OPENING_CHARACTERS].lower() for text in survey.texts]
    words = opening_words(openings)
    _class_scores(columns, around, stands, scores.classes)
    _text_scores(columns, leaves, words, scores.texts)
    title = _title(columns, survey, leaves, words)
    told_columns(columns, survey, leaves, openings)
    _positions(columns, leaves, title)
    _repeats(columns, openings, leaves)
    _windows(columns, leaves)
    container_columns(columns, survey, leaves, around, stands, title)
    _page(columns, survey, leaves, bits, kinds)
    return Features(columns, leaves, page_columns(columns, around, openings))


def opening_words(openings: Sequence[str]) -> list[list[str]]:
    """The words of the leaves' openings, in lower case already, that are looked up.

    Splitting at what is no part of a word takes a fifth of the pattern's time, once that is white space throughout.
    """
    together = "".join(openings)
    if together.isascii():
        plain = together.translate(_APART)
    else:
        codes = np.frombuffer(together.encode("utf-32-le", "surrogatepass"), "<u4")
        is_part = _in_words().take(codes, mode="clip")
        beyond = codes > LAST_OF_PLANE
        if beyond.any():
            is_part[beyond] = [_WORD.match(chr(code)) is not None for code in codes[beyond].tolist()]
        plain = np.where(is_part, codes, 32).astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    words: list[list[str]] = []
    at = 0
    for opening in openings:
        words.append(plain[at : at + len(opening)].split())
        at += len(opening)
    return words


@lru_cache(maxsize=1)
def _in_words() -> Flags:
    """Whether each character of the basic plane is part of a word, as the pattern has it."""
    plane = "".join(map(chr, range(LAST_OF_PLANE + 1)))
    is_part = np.fromiter(map(str.isalnum, plane), np.bool_, len(plane))
    is_part[ord("_")] = True
    return is_part


def _shape(columns: Table, leaves: Leaves, survey: Survey) -> None:
    """What the text of a leaf looks like."""
    counts = leaves.counts
    characters = np.maximum(leaves.characters, 1)
    columns["words"] = leaves.words
    columns["length"] = leaves.length
    columns["linked"] = leaves.link / leaves.length
    columns["links"] = np.minimum(ints(survey.links), 20)
    columns["stops"] = np.minimum(leaves.stops, 20)
    columns["commas"] = np.minimum(leaves.commas, 30)
    columns["stops_dense"] = leaves.stops / np.maximum(leaves.words, 1)
    columns["commas_dense"] = leaves.commas / np.maximum(leaves.words, 1)
    columns["digits"] = counts[:, DIGIT] / characters
    columns["upper"] = counts[:, UPPER] / characters
    columns["ornaments"] = counts[:, ORNAMENT] / characters
    columns["ends_stop"] = leaves.last_class == STOP
    columns["ends_comma"] = leaves.last_class == COMMA
    columns["heading"] = leaves.heading
    tags = {tag: number for number, tag in enumerate(_TAGS, 1)}
    tag = ints([tags.get(name, 0) for name in survey.tags])
    for name in ("p", "li", "div", "td", "pre", "blockquote", "figcaption", "dd"):
        columns[f"tag_{name}"] = tag == tags[name]
    columns["control"] = ints([name in _CONTROLS for name in survey.tags]) > 0


def _looked_up(texts: Sequence[Sequence[str]], scores: Mapping[str, int]) -> tuple[Ints, Ints, Ints]:
    """The scores of all words in one row, which ends in one of none; where the words of each text begin, and end.

    A row of the whole page is looked up in a third of the time that a look at each text takes.
    """
    ends = np.cumsum(ints(list(map(len, texts))))
    told = ints([*map(scores.get, chain.from_iterable(texts), repeat(_UNKNOWN)), _UNKNOWN])
    return told, np.concatenate(((0,), ends[:-1])), ends


def _class_scores(columns: Table, around: Ancestry, stands: Stands, scores: Mapping[str, int]) -> None:
    """What the class and id words of a leaf's ancestors say, by learnt scores."""
    told, begins, ends = _looked_up(around.words, scores)
    known = told < _UNKNOWN
    numbers = until(known)
    numbers = numbers[ends] - numbers[begins]
    sums = until(np.where(known, told, 0))
    values = (sums[ends] - sums[begins]) / np.sqrt(np.maximum(numbers, 1))
    elements = stands.elements
    own = np.maximum(-400.0, np.minimum(400.0, values))[stands.named]
    summed, least, most, nearest = own.copy(), own.copy(), own.copy(), own.copy()
    summed[0] = 0.0
    ancestor = stands.parents
    fading = 0.8
    for _ in range(6):
        # Each round doubles how far up is seen: 64 ancestors after six.
        summed = summed + fading * summed[ancestor]
        least = np.minimum(least, least[ancestor])
        most = np.maximum(most, most[ancestor])
        nearest = np.where(nearest == 0, nearest[ancestor], nearest)
        ancestor = ancestor[ancestor]
        fading *= fading
        if not ancestor.any():
            break
    columns["class_own"] = own[elements]
    columns["class_sum"] = summed[elements]
    columns["class_least"] = least[elements]
    columns["class_most"] = most[elements]
    columns["class_nearest"] = nearest[elements]


def _text_scores(columns: Table, leaves: Leaves, words: list[list[str]], scores: Mapping[str, int]) -> None:
    """What the first words of a leaf, and of the headings above it, say by learnt scores."""
    count = len(words)
    told, begins, ends = _looked_up(words, scores)
    known = told < _UNKNOWN
    sums = until(np.where(known, told, 0))
    totals, numbers = sums[ends] - sums[begins], np.maximum(ends - begins, 1)
    summed, mean = totals / np.sqrt(numbers), totals / numbers
    lowest = np.minimum.reduceat(told, begins)
    least = np.where((ends > begins) & (lowest < _UNKNOWN), lowest, 0)
    columns["text_sum"] = summed
    columns["text_mean"] = mean
    columns["text_least"] = least
    for name, highest in (("heading", 6), ("high_heading", 3)):
        is_heading = (leaves.heading > 0) & (leaves.heading <= highest)
        above = np.maximum.accumulate(np.where(is_heading, leaves.index, -1))
        at = np.maximum(above, 0)
        columns[f"{name}_text_sum"] = np.where(above >= 0, summed[at], 0.0)
        if highest == 6:
            columns["heading_linked"] = np.where(above >= 0, (leaves.link / leaves.length)[at], -1.0)
            columns["heading_level"] = np.where(above >= 0, leaves.heading[at], 0)
            below = np.minimum.accumulate(np.where(is_heading, leaves.index, count + 40)[::-1])[::-1]
            columns["heading_ahead"] = np.minimum(np.append(below[1:], count + 40) - leaves.index, 30)
            columns["heading_far"] = np.where(above >= 0, np.minimum(leaves.index - above, 30), 31)
            columns["heading_length_far"] = np.where(above >= 0, leaves.length_until[:-1] - leaves.length_until[at], 0)
    columns["page_known"] = int(np.count_nonzero(known)) / max(len(told) - 1, 1)
    short = np.where(leaves.length < 80, np.minimum(summed, 0.0), 0.0)
    columns["worst_yet"] = np.minimum.accumulate(short)
    columns["text_sum_before"] = np.concatenate([[0.0], summed[:-1]])
    columns["text_sum_after"] = np.concatenate([summed[1:], [0.0]])


def _title(columns: Table, survey: Survey, leaves: Leaves, words: list[list[str]]) -> int:
    """How much of the page's title a leaf repeats; the leaf that is most probably the title."""
    title = " ".join(survey.title.lower().split())
    wanted = frozenset(_WORD.findall(title))
    overlap = np.zeros(len(words))
    if wanted:
        lengths = leaves.length.tolist()
        headings = leaves.heading.tolist()
        for index, opening in enumerate(words):
            short = lengths[index] < 150 or (headings[index] and lengths[index] < 400)
            if short and not wanted.isdisjoint(opening):
                shared = sum(map(wanted.__contains__, opening))
                overlap[index] = shared / (len(wanted) + len(opening) - min(shared, len(wanted)))
    columns["title_shared"] = overlap
    is_first = leaves.heading == 1
    return int(np.argmax(overlap * (1 + is_first) + is_first * 0.3))


def _positions(columns: Table, leaves: Leaves, title: int) -> None:
    """Where a leaf stands in the page, and from the title."""
    index, count = leaves.index, len(leaves.index)
    columns["place"] = index / count
    columns["place_by_length"] = leaves.length_until[:-1] / leaves.total
    columns["good_before"] = leaves.good_until[:-1] / leaves.total_good
    columns["good_after"] = 1 - leaves.good_until[1:] / leaves.total_good
    columns["title_far"] = bounded(index - title, _FAR)
    columns["title_length_far"] = leaves.length_until[:-1] - leaves.length_until[title]
    columns["longest_far"] = bounded(index - int(np.argmax(leaves.good)), 80)


def _repeats(columns: Table, openings: list[str], leaves: Leaves) -> None:
    """How often the page says the same, and which of the copies a leaf is."""
    times: dict[str, int] = {}
    heads = [opening[:60] for opening in openings]
    before = []
    for head in heads:
        times[head] = told = times.get(head, 0) + 1
        before.append(told)
    columns["times"] = np.minimum(ints([times[head] for head in heads]), 6)
    copy = ints(before)
    columns["copy"] = np.minimum(copy, 6)
    again = until((copy > 1) & (leaves.length > 60))
    reach = np.minimum(leaves.index + 6, len(heads))
    columns["copies_near"] = again[reach] - again[np.maximum(leaves.index - 5, 0)]


def _windows(columns: Table, leaves: Leaves) -> None:
    """What stands around a leaf, whatever the containers."""
    index, count = leaves.index, len(leaves.index)
    priced = (leaves.counts[:, CURRENCY] > 0) & (leaves.counts[:, DIGIT] > 0) & (leaves.length < 80)
    dated = (20 * leaves.counts[:, DIGIT] > 3 * leaves.characters) & (leaves.length < 60)
    prices, dates = until(priced), until(dated)
    # A line a reach: on so few leaves each call costs more than what it reckons.
    first, last = np.maximum(index - _REACHES, 0), np.minimum(index + _REACHES + 1, count)
    number, length = last - first, np.maximum(leaves.length_until[last] - leaves.length_until[first], 1)
    good = (leaves.good_until[last] - leaves.good_until[first]) / number
    linked = (leaves.link_until[last] - leaves.link_until[first]) / length
    for line, (reach,) in enumerate(_REACHES.tolist()):
        columns[f"near{reach}_good"], columns[f"near{reach}_linked"] = good[line], linked[line]
    columns["near12_prices"] = (prices[last[2]] - prices[first[2]]) / number[2]
    columns["near12_dates"] = (dates[last[2]] - dates[first[2]]) / number[2]
    columns["page_prices"] = float(prices[-1])
    columns["page_dates"] = float(dates[-1])


def _page(columns: Table, survey: Survey, leaves: Leaves, bits: Ints, kinds: Ints) -> None:
    """What kind of page it is: the same for each of its leaves."""
    length, good, total, total_good = leaves.length, leaves.good, leaves.total, leaves.total_good
    columns["page_length"] = float(total)
    columns["page_leaves"] = float(len(length))
    columns["page_linked"] = int(leaves.link_until[-1]) / total
    columns["page_good"] = (total_good - 1) / total
    columns["page_longest"] = float(good.max())
    columns["page_long"] = float(((length > 100) & (10 * leaves.link < 3 * length)).sum())
    columns["page_headings"] = float(leaves.headings_until[-1])
    for name in ("li", "td", "p"):
        columns[f"page_{name}"] = int(length[np.asarray(columns[f"tag_{name}"], np.bool_)].sum()) / total
    in_main = (bits & MAIN) > 0
    columns["page_main"] = int(length[in_main].sum()) / total
    columns["page_main_good"] = int(good[in_main].sum()) / total_good
    columns["page_article"] = int(length[(bits & ARTICLE) > 0].sum()) / total
    columns["page_product"] = int(length[(bits & PRODUCT) > 0].sum()) / total
    columns["page_comments"] = int(good[kinds == KINDS.index("comments")].sum()) / total_good
    thousandths = 1000 * good // total_good
    columns["page_concentrated"] = float((thousandths * thousandths).sum())
    columns["page_articles"] = float(min(survey.element_tags.count("article"), 30))
    told = survey.og_type
    columns["page_og"] = 1.0 if "article" in told else 2.0 if "product" in told else 3.0 if told else 0.0
    for number, types in enumerate(_TYPES):
        columns[f"page_type{number}"] = float(any(name in types for name in survey.json_ld_types))
