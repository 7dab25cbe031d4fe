"""How probable it is that a leaf is main text: a few hundred small trees, and the choice that follows for a page.

Each tree asks the same questions of a leaf at each of its depths, so the answers are the bits of an index into its
table. Tables hold whole thousandths and are summed as whole numbers; borders are compared in single precision, as
they were learnt. Nothing here depends on the order of a sum or on a machine's mathematical library.

``main_content.json`` holds what was learnt; ``benchmarks/main_content`` has what learns it.
"""

from __future__ import annotations

import json
import math
import pkgutil
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from solander.reading.leaf_measures import Flags, Ints, Table
from solander.reading.main_features import WordScores

CHUNK_LEAVES = 4096
"""Leaves scored at once: bounds memory on pages with very many."""

MILLION = 1_000_000
_STEP, _STEPS = 10, 1000


class Model(NamedTuple):
    """What was learnt: names of columns, questions of them, and trees of questions."""

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
    words: WordScores


def parse_model(content: bytes) -> Model:
    """Read a model as ``main_content.json`` holds it."""
    told: dict[str, Any] = json.loads(content)
    questions = told["questions"]
    return Model(
        columns=tuple(told["columns"]),
        question_columns=np.array([column for column, _ in questions], np.int64),
        borders=np.array([border for _, border in questions], np.float32)[:, None],
        questions=np.array(told["trees"], np.int64).T.copy(),
        tables=np.array(told["tables"], np.int32),
        bias=told["bias"],
        words=WordScores(told["class_words"], told["text_words"]),
    )


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that comes with Solander, read once."""
    content = pkgutil.get_data("solander.reading", "main_content.json")
    if content is None:  # pragma: no cover - a loader that cannot give data is none that Solander is installed by
        raise FileNotFoundError("solander/reading/main_content.json")
    return parse_model(content)


@lru_cache(maxsize=1)
def _chances() -> Ints:
    """Log odds from -10 to 10, in hundredths, as probabilities in millionths: rounded, so the same everywhere."""
    return np.array([round(MILLION / (1 + math.exp(-step / 100))) for step in range(-_STEPS, _STEPS + 1)], np.int64)


def probabilities(columns: Table, count: int, model: Model) -> Ints:
    """The probability that each leaf is main text, in millionths."""
    matrix = np.empty((len(model.columns), count), np.float32)
    for line, name in enumerate(model.columns):
        matrix[line] = columns[name]
    depth, trees = model.questions.shape
    beginnings = (np.arange(trees, dtype=np.int32) << depth)[:, None]
    tables = model.tables.ravel()
    sums = np.empty(count, np.int64)
    for first in range(0, count, CHUNK_LEAVES):
        chunk = matrix[:, first : first + CHUNK_LEAVES]
        answers = (chunk[model.question_columns] > model.borders).view(np.uint8)
        place = answers[model.questions[0]]
        for level in range(1, depth):
            place |= answers[model.questions[level]] << level
        sums[first : first + CHUNK_LEAVES] = tables.take(place + beginnings).sum(axis=0, dtype=np.int64)
    hundredths = (sums + model.bias) // _STEP
    chances: Ints = _chances()[np.clip(hundredths, -_STEPS, _STEPS) + _STEPS]
    return chances


def choose(chances: Ints, tokens: Ints) -> Flags:
    """The leaves to call main text: the most probable ones, as many as make the expected F1 of tokens greatest.

    A page has its own threshold so, and always at least one leaf.
    """
    order = np.argsort(-chances, kind="stable")
    expected = chances * tokens
    right = np.cumsum(expected[order])
    taken = np.cumsum(tokens[order]) * MILLION
    best = int(np.argmax(2 * right / (taken + int(right[-1]))))
    chosen = np.zeros(len(chances), np.bool_)
    chosen[order[: best + 1]] = True
    return chosen
