"""What a leaf's containers tell: how much text they hold, how far they are from the best of them, what repeats.

An element stands here for the range of leaves that it holds. Those that hold the same leaves as their parent are
passed over, so that "one container up" means more text and not one more wrapper.
"""

from __future__ import annotations

import zlib

import numpy as np

from solander.reading.naming.zones import KINDS, Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Ints, Leaves, Stands, Table, bounded, grouped, ints, until

LEVELS = 6
"""How many containers up a leaf looks."""

_FAR = 60
_STEPS = 9
_APART = sum(1 << KINDS.index(kind) for kind in ("navigation", "banner", "sidebar", "footer", "form", "dialog"))


def container_columns(
    columns: Table, survey: Survey, leaves: Leaves, around: Ancestry, stands: Stands, title: int
) -> None:
    """Add the columns that containers give; ``title`` is the leaf that the page's title most probably is."""
    ranges = _Ranges(survey, leaves, stands.parents)
    levels = _levels(columns, ranges, leaves, stands.elements)
    _best(columns, ranges, leaves, levels, title)
    _paths(columns, around, leaves, stands)
    _repeated(columns, around, leaves, stands, ranges, title)


class _Ranges:
    """The ranges of leaves that elements hold, and the next wider range around each."""

    __slots__ = ("first", "last", "parents", "wider")

    def __init__(self, survey: Survey, leaves: Leaves, parents: Ints) -> None:
        count = len(leaves.index)
        self.parents = parents
        self.first: Ints = np.minimum(ints(survey.first), count)
        self.last: Ints = np.minimum(np.maximum(ints(survey.last), self.first), count)
        self.first[0], self.last[0] = 0, count
        same = (self.first[parents] == self.first) & (self.last[parents] == self.last)
        widest = np.where(same, parents, np.arange(len(parents)))
        while True:
            further = widest[widest]
            if np.array_equal(further, widest):
                break
            widest = further
        self.wider: Ints = parents[widest]

    def steps_from(self, element: int, count: int) -> Ints:
        """For each leaf: how many wider ranges one must go up from an element to hold it."""
        chain = [element]
        while chain[-1] and len(chain) < _STEPS:
            chain.append(int(self.wider[chain[-1]]))
        steps = np.full(count, _STEPS, np.int64)
        for step in range(len(chain) - 1, -1, -1):
            steps[self.first[chain[step]] : self.last[chain[step]]] = step
        return steps

    def leaves_from(self, element: int, index: Ints) -> Ints:
        """For each leaf: how many leaves it stands before (less than 0) or after what an element holds."""
        first, last = int(self.first[element]), int(self.last[element])
        after = np.where(index >= last, index - last + 1, 0)
        return bounded(np.where(index < first, index - first, after), _FAR)


def _levels(columns: Table, ranges: _Ranges, leaves: Leaves, elements: Ints) -> list[Ints]:
    """What the containers around each leaf hold, from the nearest outwards."""
    here = np.where(ranges.last[elements] - ranges.first[elements] <= 1, ranges.wider[elements], elements)
    levels = [here]
    for _ in range(1, LEVELS):
        levels.append(ranges.wider[levels[-1]])
    # A line a level: on so few leaves each call costs more than what it reckons.
    around = np.stack(levels)
    first = ranges.first[around]
    last = np.maximum(ranges.last[around], first + 1)
    number = last - first
    length = np.maximum(leaves.length_until[last] - leaves.length_until[first], 1)
    good = leaves.good_until[last] - leaves.good_until[first]
    linked = (leaves.link_until[last[:3]] - leaves.link_until[first[:3]]) / length[:3]
    of_text, share, good_share = good[:3] / length[:3], length[:4] / leaves.total, good[:4] / leaves.total_good
    mean = length / number
    for level in (1, 2, 3):
        columns[f"up{level}_linked"], columns[f"up{level}_good"] = linked[level - 1], of_text[level - 1]
    for level in (1, 2, 4):
        columns[f"up{level}_share"], columns[f"up{level}_good_share"] = share[level - 1], good_share[level - 1]
    for level in (1, 4, 6):
        columns[f"up{level}_mean"], columns[f"up{level}_leaves"] = mean[level - 1], number[level - 1]
    first, last, number = first[0], last[0], number[0]
    columns["up1_sentences"] = (leaves.sentences_until[last] - leaves.sentences_until[first]) / number
    columns["up1_headings"] = (leaves.headings_until[last] - leaves.headings_until[first]) / number
    columns["up1_place"] = (leaves.index - first) / number
    return levels


def _best(columns: Table, ranges: _Ranges, leaves: Leaves, levels: list[Ints], title: int) -> None:
    """How a leaf stands to the container with most running text close under it, to the title's, to the first strong."""
    index, count, number = leaves.index, len(leaves.index), len(ranges.parents)
    direct = np.bincount(levels[0], leaves.good, number)
    score = (
        10 * direct + 6 * np.bincount(levels[1], leaves.good, number) + 3 * np.bincount(levels[2], leaves.good, number)
    )
    best = int(np.argmax(score))
    first, last = int(ranges.first[best]), int(ranges.last[best])
    columns["best_steps"] = ranges.steps_from(best, count)
    columns["best_far"] = ranges.leaves_from(best, index)
    columns["best_share"] = int(leaves.good_until[last] - leaves.good_until[first]) / leaves.total_good
    columns["best_place"] = int(leaves.good_until[first]) / leaves.total_good
    columns["best_leaves"] = float(last - first)
    columns["best_title"] = float(first <= title < last)
    columns["score_share"] = score[levels[0]] / (score[best] + 1)
    columns["title_steps"] = ranges.steps_from(int(levels[0][title]), count)
    columns["longest_steps"] = ranges.steps_from(int(levels[0][int(np.argmax(leaves.good))]), count)
    strong = np.nonzero((direct > 250) & (ranges.last > title))[0]
    leading = int(strong[0]) if len(strong) else best
    columns["leading_steps"] = ranges.steps_from(leading, count)
    columns["leading_far"] = ranges.leaves_from(leading, index)
    columns["leading_share"] = float(direct[leading]) / leaves.total_good
    columns["page_strong"] = float(min(len(strong), 60))
    thousandths = (1000 * score / (np.add.accumulate(score)[-1] + 1)).astype(np.int64)
    columns["page_score_concentrated"] = float((thousandths * thousandths).sum())


def _paths(columns: Table, around: Ancestry, leaves: Leaves, stands: Stands) -> None:
    """What leaves with the same path of tags have in common."""
    tags = [tag for tag, _, _ in around.names]
    numbers = {tag: zlib.crc32(tag.encode("utf-8", "surrogatepass")) | 1 for tag in set(tags)}
    path = ints([numbers[tag] for tag in tags]).astype(np.uint64)[stands.named]
    path[0] = 0
    ancestor, factor = stands.parents, 1_000_003
    while True:
        # A polynomial of the tags from the leaf upwards, modulo 2**64; each round doubles how far up it reaches.
        path = path + np.uint64(factor) * path[ancestor]
        ancestor = ancestor[ancestor]
        factor = factor * factor % 2**64
        if not ancestor.any():
            break
    group = grouped(path[stands.elements])
    number = np.bincount(group)
    length = np.bincount(group, leaves.length)
    good = np.bincount(group, leaves.good)
    columns["path_leaves"] = number[group]
    columns["path_mean"] = (length / number)[group]
    columns["path_linked"] = (np.bincount(group, leaves.link) / np.maximum(length, 1))[group]
    columns["path_good"] = (good / leaves.total_good)[group]
    columns["path_sentences"] = (np.bincount(group, leaves.sentence) / number)[group]
    columns["path_dated"] = (np.bincount(group, leaves.dated) / number)[group]
    beside = np.zeros(len(leaves.dated), np.bool_)
    beside[:-1] = leaves.dated[1:]
    beside[1:] |= leaves.dated[:-1]
    columns["path_by_dated"] = (np.bincount(group, beside) / number)[group]
    columns["path_longest"] = group == group[int(np.argmax(leaves.good))]


def _repeated(columns: Table, around: Ancestry, leaves: Leaves, stands: Stands, ranges: _Ranges, title: int) -> None:
    """Siblings of one tag and one beginning of a class: cards, comments, list items."""
    stems: dict[tuple[str, str], int] = {}
    stem = ints([stems.setdefault((tag, classes[:5]), len(stems)) for tag, classes, _ in around.names])
    stem = stem[stands.named]
    elements = stands.elements
    first, last = ranges.first, ranges.last
    group = grouped(ranges.parents * len(stems) + stem)
    groups = int(group.max()) + 1
    length = leaves.length_until[last] - leaves.length_until[first]
    number = np.bincount(group, length > 0, groups)
    size = np.bincount(group, length, groups)
    linked = np.bincount(group, leaves.link_until[last] - leaves.link_until[first], groups)
    good = np.bincount(group, leaves.good_until[last] - leaves.good_until[first], groups)
    held = np.bincount(group, last - first, groups)
    dates = until(leaves.dated)
    dated = np.bincount(group, (dates[last] - dates[first]) > 0, groups)
    heads = until((2 * leaves.link > leaves.length) & (leaves.length > 15))
    headed = np.bincount(group, (heads[last] - heads[first]) > 0, groups)
    prose = until((leaves.good > 60) & (4 * leaves.link < leaves.length))
    worded = np.bincount(group, (prose[last] - prose[first]) > 0, groups)
    begins = np.full(groups, len(leaves.index), np.int64)
    np.minimum.at(begins, group, first)
    is_repeat = number >= 3
    score = np.where(is_repeat, size, 0.0)
    greatest, greatest_group = score[group], group.copy()
    nearest, found = group.copy(), is_repeat[group]
    ancestor = ranges.parents
    for _ in range(6):
        better = greatest[ancestor] > greatest
        greatest = np.where(better, greatest[ancestor], greatest)
        greatest_group = np.where(better, greatest_group[ancestor], greatest_group)
        nearest = np.where(found, nearest, nearest[ancestor])
        found = found | found[ancestor]
        ancestor = ancestor[ancestor]
        if not ancestor.any():
            break
    at_least = np.maximum(number, 1)
    characters = np.maximum(size, 1)
    start = np.minimum(begins, len(leaves.index) - 1)
    # A line a group; what does not repeat has a number that no repeat has.
    told = {
        "times": (number, 0),
        "share": (size / leaves.total, 0),
        "mean": (size / at_least, 0),
        "linked": (linked / characters, -1),
        "good": (good / characters, -1),
        "dated": (dated / at_least, -1),
        "headed": (headed / at_least, -1),
        "worded": (worded / at_least, -1),
        "place": (leaves.good_until[start] / leaves.total_good, -1),
        "title": (bounded(start - title, _FAR), 99),
        "leaves": (held / at_least, 0),
    }
    lines = np.empty((len(told), groups))
    for line, (values, other) in zip(lines, told.values(), strict=True):
        line[:] = other
        np.copyto(line, values, where=is_repeat)
    for kind, chosen in (("great", greatest_group[elements]), ("near", nearest[elements])):
        columns.update(zip([f"{kind}_repeat_{name}" for name in told], lines.take(chosen, axis=1), strict=True))
    apart = np.bincount(group, (stands.bits & _APART) > 0, groups) > 0
    open_score = np.where((number >= 4) & ~apart, size, 0.0)
    cards = int(np.argmax(open_score))
    times = max(float(number[cards]), 1.0)
    count = len(leaves.index)
    if open_score[cards] > 0:
        parent = int(ranges.parents[int(np.argmax(group == cards))])
        columns["cards_steps"] = ranges.steps_from(parent, count)
        columns["cards_far"] = ranges.leaves_from(parent, leaves.index)
    else:
        columns["cards_steps"], columns["cards_far"] = 10.0, 99.0
    columns["page_cards_share"] = float(open_score[cards]) / leaves.total
    columns["page_cards_times"] = float(number[cards])
    columns["page_cards_mean"] = float(size[cards]) / times
    columns["page_cards_linked"] = float(linked[cards]) / max(float(size[cards]), 1.0)
    columns["page_cards_dated"] = float(dated[cards]) / times
    columns["page_cards_headed"] = float(headed[cards]) / times
    columns["page_cards_worded"] = float(worded[cards]) / times
    columns["page_cards_leaves"] = float(held[cards]) / times
    most = int(np.argmax(score))
    columns["page_repeat_share"] = float(score[most]) / leaves.total
    columns["page_repeat_linked"] = float(linked[most]) / max(float(size[most]), 1.0)
