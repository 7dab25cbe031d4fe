"""How probable it is that a leaf is main text: what hundreds of small trees say, and the choice for the page.

Each tree asks the same questions of a leaf at each of its depths, so the answers are the bits of an index into its
table. Tables hold whole thousandths and are summed as whole numbers; borders are compared in single precision, as
they were learnt. Nothing here depends on the order of a sum or on a machine's mathematical library.

The trees were grown several times, each time by other chances, and what they say is averaged: one growing is a lottery.
Most leaves are told by the first growing alone (300 trees), whose log odds are far from even; the others (900)
are asked of the rest.

``main_content.json`` holds what was learnt; ``training`` has what learns it.
"""

from __future__ import annotations

import json
import math
import pkgutil
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from solander.reading.naming.zones import Ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.alike_in_messages import alike_in_messages
from solander.reading.zoning.beyond import less_beyond_the_text
from solander.reading.zoning.discussions import is_discussion
from solander.reading.zoning.items import LEAST_IN_PARTS, items_as_one, with_last_items
from solander.reading.zoning.leaf_measures import Flags, Ints, Table, bounded
from solander.reading.zoning.main_features import Features, WordScores
from solander.reading.zoning.manuals import more_within_manuals
from solander.reading.zoning.offers import with_offers
from solander.reading.zoning.set_apart import less_what_is_set_apart

Matrix: TypeAlias = npt.NDArray[np.float32]
"""A line a column, a column a leaf."""

CHUNK_LEAVES, BLOCK = 512, 1024
"""Leaves scored at once, and trees or questions: what they come to fits the processor's cache, and bounds memory."""

SURE_ODDS = 4000
"""From these log odds (in thousandths, either way) what one growing of the trees says is enough."""

FEW_LEAVES, RAISED_ON_SMALL_PAGES = 12, 1000
"""On pages of fewer leaves (of which the corpora have hardly any) what nothing sets apart has log odds greater by this,
in thousandths: what little such a page has is mostly its text, and trees took a table under a paragraph for none."""

MILLION = 1_000_000
_STEP, _STEPS = 10, 1000


UNSURE, SURE = 200_000, 600_000
"""That a page is one of many parts, in millionths: below the first it is none, from the other it is."""

FOREIGN, FAMILIAR = 0.15, 0.4
"""Of a page's words, those with a score: below the first its language is one that little was learnt of."""

LITTLE_KNOWN = 0.52
"""The same, for a page's items: below this share the trees take too few of their lines."""

SHARP, SHARP_IN_PARTS, SHARP_IN_FOREIGN = 100, 62, 154
"""Log odds are made greater by this (in hundredths) for the choice: where little is known they come out too small."""

EAGER_IN_PARTS = 50
"""By how much (in hundredths) the words of a page of many parts count for more than the words beside them."""


class Trees(NamedTuple):
    """Small trees: names of columns, questions of them, and tables of answers."""

    columns: tuple[str, ...]
    question_columns: npt.NDArray[np.int64]
    """The column that a question asks of, by number."""
    borders: npt.NDArray[np.float32]
    """A question's answer is whether the column is greater; a line a question, one column."""
    questions: npt.NDArray[np.int64]
    """A line a depth, a column a tree: which question is asked."""
    tables: npt.NDArray[np.int32]
    """A line a tree: thousandths of log odds by the answers."""
    bias: int


class Model(NamedTuple):
    """What was learnt: of leaves, of pages, and of words."""

    leaves: Trees
    """How probable it is that a leaf is main text, by the first growing of the trees."""
    again: Trees
    """What the other growings add to the first one's part of the mean, asked of the same columns."""
    growings: int
    page: Trees
    """How probable it is that a page is one of many parts."""
    words: WordScores


class Appetite(NamedTuple):
    """How the leaves of a page are chosen, in hundredths."""

    sharp: int = SHARP
    eager: int = 100
    """The square of beta in the F-measure that is made greatest: above 100, a word missed is worse than one more."""
    in_parts: int = 0
    """How much it is a page of many parts."""


def parse_model(content: bytes) -> Model:
    """Read a model as ``main_content.json`` holds it."""
    told: dict[str, Any] = json.loads(content)
    again, page = told["again"], told["page"]
    columns = tuple(dict.fromkeys((*told["columns"], *again["columns"])))
    return Model(
        trees_of(told, columns),
        trees_of(again, columns),
        told["growings"],
        trees_of(page, tuple(page["columns"])),
        WordScores(told["class_words"], told["text_words"]),
    )


def trees_of(told: dict[str, Any], columns: tuple[str, ...]) -> Trees:
    """Trees that are asked of these columns, which are theirs and perhaps more."""
    questions, place = told["questions"], [columns.index(name) for name in told["columns"]]
    return Trees(
        columns=columns,
        question_columns=np.array([place[column] for column, _ in questions], np.int64),
        borders=np.array([border for _, border in questions], np.float32)[:, None],
        questions=np.array(told["trees"], np.int64).T.copy(),
        tables=np.array(told["tables"], np.int32),
        bias=told["bias"],
    )


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that comes with Solander, read once."""
    return parse_model(_shipped("solander.reading.zoning", "main_content.json"))


@lru_cache(maxsize=1)
def shipped_flat_trees() -> Trees:
    """The trees that tell main text where a page is but lines, read once."""
    told = json.loads(_shipped("solander.reading.plain", "flat_texts.json"))
    return trees_of(told, tuple(told["columns"]))


def _shipped(package: str, name: str) -> bytes:
    content = pkgutil.get_data(package, name)
    if content is None:  # pragma: no cover - a loader that cannot give data is none that Solander is installed by
        raise FileNotFoundError(f"{package}: {name}")
    return content


@lru_cache(maxsize=1)
def _chances() -> Ints:
    """Log odds from -10 to 10, in hundredths, as probabilities in millionths: rounded, so the same everywhere."""
    return np.array([round(MILLION / (1 + math.exp(-step / 100))) for step in range(-_STEPS, _STEPS + 1)], np.int64)


def matrix_of(columns: Table, count: int, names: Sequence[str]) -> Matrix:
    """So many lines as what trees are asked of: a line a column, in single precision."""
    matrix = np.empty((len(names), count), np.float32)
    for line, name in enumerate(names):
        matrix[line] = columns[name]
    return matrix


def log_odds(matrix: Matrix, trees: Trees) -> Ints:
    """The log odds of each line that was judged, in thousandths; ``matrix`` as ``matrix_of`` gives it."""
    count = matrix.shape[1]
    sums = np.full(count, trees.bias, np.int64)
    for first in range(0, count, CHUNK_LEAVES):
        chunk = slice(first, first + CHUNK_LEAVES)
        answers = _answers(matrix[:, chunk], trees)
        for begin in range(0, trees.questions.shape[1], BLOCK):
            sums[chunk] += _summed(answers, trees, slice(begin, begin + BLOCK))
    return sums


def _answers(matrix: Matrix, trees: Trees) -> npt.NDArray[np.uint8]:
    """The answer to every question, 0 or 1: a line a question, a column a leaf."""
    answers = np.empty((len(trees.borders), matrix.shape[1]), np.bool_)
    for begin in range(0, len(answers), BLOCK):
        block = slice(begin, begin + BLOCK)
        np.greater(matrix.take(trees.question_columns[block], axis=0), trees.borders[block], out=answers[block])
    return answers.view(np.uint8)


def _summed(answers: npt.NDArray[np.uint8], trees: Trees, block: slice) -> npt.NDArray[np.int32]:
    """What a block of trees says of each leaf, in thousandths."""
    questions, tables = trees.questions[:, block], trees.tables[block]
    depth, number = questions.shape
    # The first question is the lowest bit: from the last one on, each step doubles what was there.
    place = answers.take(questions[depth - 1], axis=0)
    for level in range(depth - 2, -1, -1):
        np.add(place, place, out=place)
        np.bitwise_or(place, answers.take(questions[level], axis=0), out=place)
    # As wide as an index is: the look-up would have to widen them.
    beginnings = (np.arange(number, dtype=np.int64) << depth)[:, None]
    summed: npt.NDArray[np.int32] = np.add.reduce(tables.ravel().take(place + beginnings), axis=0, dtype=np.int32)
    return summed


def leaf_odds(found: Features, model: Model) -> Ints:
    """The log odds of each leaf of a page, in thousandths: of those that the first growing is not sure of, the mean
    of all growings.
    """
    matrix = matrix_of(found.columns, len(found.leaves.index), model.leaves.columns)
    odds = log_odds(matrix, model.leaves)
    unsure = np.flatnonzero(np.abs(odds) < SURE_ODDS)
    odds[unsure] = odds[unsure] // model.growings + log_odds(matrix.take(unsure, axis=1), model.again)
    return odds


def probabilities(odds: Ints, sharp: int = SHARP) -> Ints:
    """Log odds, made greater by so many hundredths, as probabilities in millionths."""
    hundredths = odds * sharp // (100 * _STEP)
    chances: Ints = _chances()[bounded(hundredths, _STEPS) + _STEPS]
    return chances


def appetite(found: Features, model: Model) -> Appetite:
    """How a page's leaves are to be chosen: by whether it is one of many parts, and whether its language is known."""
    chance = int(probabilities(log_odds(matrix_of(found.page, 1, model.page.columns), model.page))[0])
    in_parts = min(max((chance - UNSURE) * 100 // (SURE - UNSURE), 0), 100)
    known = float(np.max(found.columns["page_known"]))
    foreign = min(max(int(100 * (FAMILIAR - known) / (FAMILIAR - FOREIGN)), 0), 100)
    sharp = (SHARP * 100 + (SHARP_IN_PARTS - SHARP) * in_parts) * (100 - foreign) + SHARP_IN_FOREIGN * 100 * foreign
    beta = 100 + EAGER_IN_PARTS * in_parts * (100 - foreign) // 10_000
    return Appetite(sharp // 10_000, beta * beta // 100, in_parts)


def choose(chances: Ints, tokens: Ints, eager: int = 100) -> Flags:
    """The leaves to call main text: the most probable ones, as many as make the expected F-measure of tokens greatest.

    A page has its own threshold so, and always at least one leaf. ``eager`` is as in ``Appetite``.
    """
    order = np.argsort(-chances, kind="stable")
    expected = chances * tokens
    right = np.cumsum(expected[order])
    taken = np.cumsum(tokens[order]) * MILLION
    best = int(np.argmax(100 * right / (100 * taken + eager * int(right[-1]))))
    chosen = np.zeros(len(chances), np.bool_)
    chosen[order[: best + 1]] = True
    return chosen


def judge(found: Features, model: Model, survey: Survey, around: Ancestry) -> tuple[Flags, Ints]:
    """Which leaves of a page are chosen, and how probable each is in millionths, whatever kind of page it is."""
    said = leaf_odds(found, model)
    apart = less_what_is_set_apart(said, found, is_discussion(survey, np.asarray(found.columns["kind"], np.int64)))
    if len(apart) < FEW_LEAVES:
        apart[apart == said] += RAISED_ON_SMALL_PAGES
    wanted = appetite(found, model)
    odds = less_beyond_the_text(apart, found, survey, wanted.in_parts)
    odds = with_offers(more_within_manuals(odds, apart, said, found, survey), survey, found)
    chosen = choose(probabilities(odds, wanted.sharp), found.leaves.tokens, wanted.eager)
    if wanted.in_parts >= LEAST_IN_PARTS:
        is_foreign = float(np.max(found.columns["page_known"])) < LITTLE_KNOWN
        chosen = items_as_one(chosen, odds, found, survey, around, is_foreign=is_foreign)
    else:
        chosen = with_last_items(chosen, odds, survey, around)
    chosen = alike_in_messages(chosen, found.leaves.tokens, survey, around)
    return chosen, probabilities(odds)
