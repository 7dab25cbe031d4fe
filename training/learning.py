"""Word scores, columns and trees: what ``train.py`` puts together.

Word scores are learnt out of fold by site: a page's own columns never rest on its own site's labels.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from catboost import CatBoost, Pool  # type: ignore[import-not-found]

from solander.reading.naming.zones import CLASS_CHARACTERS, ancestry, class_words
from solander.reading.zoning.main_features import OPENING_CHARACTERS, WordScores, features, opening_words
from training.pages import FOLDS, LabelledPage
from training.plain_words import plain_words

CLASS_SITES, TEXT_SITES = 4, 6
"""On how many sites a word must stand to get a score."""

PRIOR_SITES = 2.0
SHARPER = 1.3
"""Log odds are made greater by this: pages of other kinds than those learnt from get odds that are too small."""

LENGTH_POWER = 0.55
"""How much longer leaves weigh more: between the square root of their tokens and their tokens."""

SMALLEST_SCORE = 35
"""Words that say less than this (hundredths of log odds) are not kept."""

IN_PARTS = frozenset(("listing", "collection", "service", "documentation"))
"""Types of page whose text proper is many parts of like weight."""

PAGE_TREES, PAGE_DEPTH = 80, 3
UNTYPED_WEIGHT = 0.4
"""How much a page counts of which it is only presumed that it is an article."""

CORPUS_WEIGHT = {"aeb": 1.2, "wcxb_dev": 1.3, "trafilatura_eval": 1.6, "daniel": 0.0}
"""How much a page of each counts: of trafilatura's only the few leaves that a segment tells of."""


class Samples:
    """The pages of some sites as one matrix."""

    def __init__(self, pages: Sequence[LabelledPage], matrices: Sequence[npt.NDArray[Any]]) -> None:
        weights = [weight_of(page) for page in pages]
        kept = [weight > 0 for weight in weights]
        self.matrix = np.concatenate([matrix[:, keep].T for matrix, keep in zip(matrices, kept, strict=True)])
        self.share = np.concatenate([page.share[keep] for page, keep in zip(pages, kept, strict=True)])
        self.weight = np.concatenate([weight[keep] for weight, keep in zip(weights, kept, strict=True)])


def weight_of(page: LabelledPage) -> npt.NDArray[Any]:
    """Longer leaves weigh more; each page of a corpus weighs the same in all."""
    unknown = np.isnan(page.share)
    if page.corpus == "trafilatura_eval":
        weight = np.full(len(page.share), 1.35)
    else:
        weight = page.count.astype(float) ** LENGTH_POWER + 0.3
        weight *= 100 / weight.sum()
    return np.where(unknown, 0.0, weight * CORPUS_WEIGHT[page.corpus] * page.weight)


def word_scores(pages: Iterable[LabelledPage]) -> WordScores:
    """Log odds of main text for class and text words, each site having one voice."""
    classes: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    texts: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    priors: list[float] = []
    for page in pages:
        known = ~np.isnan(page.share)
        if page.corpus not in CORPUS_WEIGHT or not known.any():
            continue
        weight = page.count * known
        right = np.concatenate([[0.0], np.cumsum(np.where(known, page.share, 0.0) * weight)])
        whole = np.concatenate([[0.0], np.cumsum(weight)])
        if page.corpus != "trafilatura_eval":
            priors.append(right[-1] / max(whole[-1], 1))
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        survey = page.survey
        for names, first, end in zip(survey.classes, survey.first, survey.last, strict=True):
            # A run that came to nothing may have been counted: the walk ends an element before its last run.
            last = min(end, len(survey.texts))
            if names and last > first and whole[last] > whole[first]:
                for word in class_words(names[:CLASS_CHARACTERS]):
                    sums[word][0] += right[last] - right[first]
                    sums[word][1] += whole[last] - whole[first]
        for word, (part, all_) in sums.items():
            classes[word][page.site].append(part / all_)
        sums = defaultdict(lambda: [0.0, 0.0])
        for text, share in zip(survey.texts, page.share, strict=True):
            if not math.isnan(share):
                for word in set(*opening_words([text[:OPENING_CHARACTERS].lower()])):
                    sums[word][0] += share
                    sums[word][1] += 1
        for word, (part, all_) in sums.items():
            texts[word][page.site].append(part / all_)
    return WordScores(
        _log_odds(classes, sum(priors) / max(len(priors), 1), CLASS_SITES),
        # What was learnt outranks what was written down.
        {**plain_words(), **_log_odds(texts, 0.25, TEXT_SITES)},
    )


def _log_odds(words: dict[str, dict[str, list[float]]], prior: float, sites: int) -> dict[str, int]:
    scores: dict[str, int] = {}
    for word, by_site in sorted(words.items()):
        if len(by_site) < sites or len(word) > 30:
            continue
        part = sum(sum(shares) / len(shares) for shares in by_site.values())
        odds = (part + PRIOR_SITES * prior) / (len(by_site) - part + PRIOR_SITES * (1 - prior))
        score = round(100 * math.log(odds / (prior / (1 - prior))))
        if abs(score) >= SMALLEST_SCORE:
            scores[word] = score
    return scores


def matrix_of(page: LabelledPage, scores: WordScores, names: Sequence[str] | None = None) -> npt.NDArray[Any]:
    """A page's columns, a line a column."""
    found = features(page.survey, ancestry(page.survey), scores).columns
    chosen = list(found) if names is None else names
    matrix = np.empty((len(chosen), len(page.survey.texts)), np.float32)
    for line, name in enumerate(chosen):
        matrix[line] = found[name]
    return matrix


def column_names(page: LabelledPage) -> list[str]:
    """The names of all columns, in order."""
    return list(features(page.survey, ancestry(page.survey), WordScores({}, {})).columns)


def out_of_fold(
    pages: Sequence[LabelledPage], names: Sequence[str], learnt_from: Sequence[LabelledPage] | None = None
) -> list[npt.NDArray[Any]]:
    """The columns of training pages, with word scores learnt on the other folds of them, or of ``learnt_from``."""
    matrices: dict[int, npt.NDArray[Any]] = {}
    for fold in range(FOLDS):
        scores = word_scores(page for page in learnt_from or pages if page.fold != fold)
        for number, page in enumerate(pages):
            if page.fold == fold:
                matrices[number] = matrix_of(page, scores, names)
    return [matrices[number] for number in range(len(pages))]


def grow(samples: Samples, trees: int, depth: int, rate: float, seed: int) -> CatBoost:
    """Grow oblivious trees on soft labels: each asks the same question of all leaves at one depth.

    ``seed`` decides which columns and leaves each tree is shown.
    """
    model = CatBoost(
        {
            "loss_function": "CrossEntropy",
            "iterations": trees,
            "depth": depth,
            "learning_rate": rate,
            "l2_leaf_reg": 3,
            "rsm": 0.4,
            "border_count": 128,
            "bootstrap_type": "Bernoulli",
            "subsample": 0.8,
            "random_seed": seed,
            "thread_count": 1,
            "verbose": False,
            "allow_writing_files": False,
        }
    )
    model.fit(Pool(samples.matrix, samples.share, weight=samples.weight))
    return model


def page_table(page: LabelledPage, scores: WordScores) -> dict[str, float]:
    """A page's own line."""
    found = features(page.survey, ancestry(page.survey), scores).page
    return {name: float(np.max(value)) for name, value in found.items()}


def is_in_parts(page: LabelledPage) -> bool:
    """Whether a page is one of many parts, by the type that its corpus gives; sets of news and blogs give none."""
    return page.kind in IN_PARTS


def grow_page_trees(pages: Sequence[LabelledPage], names: Sequence[str]) -> CatBoost:
    """Grow the trees that tell pages of many parts from others; what they ask of rests on no word scores."""
    lines = [page_table(page, WordScores({}, {})) for page in pages]
    model = CatBoost(
        {
            "loss_function": "Logloss",
            "iterations": PAGE_TREES,
            "depth": PAGE_DEPTH,
            "learning_rate": 0.1,
            "l2_leaf_reg": 10,
            "rsm": 0.5,
            "bootstrap_type": "Bernoulli",
            "subsample": 0.8,
            "random_seed": 7,
            "thread_count": 1,
            "verbose": False,
            "allow_writing_files": False,
        }
    )
    matrix = np.array([[line[name] for name in names] for line in lines], np.float32)
    weight = [1.0 if page.corpus == "wcxb_dev" else UNTYPED_WEIGHT for page in pages]
    model.fit(Pool(matrix, [float(is_in_parts(page)) for page in pages], weight=weight))
    return model


def as_model(
    growings: Sequence[CatBoost],
    page: CatBoost,
    names: Sequence[str],
    page_names: Sequence[str],
    scores: WordScores,
    folder: Path,
) -> dict[str, object]:
    """What ``main_content.json`` holds: the first growing as it is, the others as what they add to the mean of all."""
    return {
        **as_trees(growings[:1], names, folder, SHARPER),
        "growings": len(growings),
        "again": as_trees(growings[1:], names, folder, SHARPER / len(growings)),
        "page": as_trees([page], page_names, folder, 1.0),
        "class_words": scores.classes,
        "text_words": scores.texts,
    }


def as_trees(growings: Sequence[CatBoost], names: Sequence[str], folder: Path, scale: float) -> dict[str, object]:
    """Turn grown trees, summed and scaled, into the form that is shipped: only the columns and questions asked."""
    trees: list[tuple[list[tuple[int, float]], list[int]]] = []
    bias = 0.0
    for grown in growings:
        path = folder / "grown.json"
        grown.save_model(str(path), format="json")
        told = json.loads(path.read_bytes())
        column_of = {one["feature_index"]: one["flat_feature_index"] for one in told["features_info"]["float_features"]}
        for tree in told["oblivious_trees"]:
            splits = [(column_of[split["float_feature_index"]], split["border"]) for split in tree["splits"]]
            trees.append((splits, [round(1000 * scale * value) for value in tree["leaf_values"]]))
        own_scale, own_bias = told["scale_and_bias"]
        if own_scale != 1:
            raise ValueError(f"the trees are scaled by {own_scale}")
        bias += own_bias[0] if isinstance(own_bias, list) else own_bias
    asked = sorted({split for splits, _ in trees for split in splits})
    number = {question: place for place, question in enumerate(asked)}
    used = sorted({column for column, _ in asked})
    place_of = {column: place for place, column in enumerate(used)}
    depth = max(len(splits) for splits, _ in trees)
    questions: list[list[int]] = []
    tables: list[list[int]] = []
    for splits, values in trees:
        own = [number[split] for split in splits]
        # A shallow tree asks its first question again; the table is repeated so that the answer makes no difference.
        tables.append(values * (1 << (depth - len(own))))
        questions.append(own + [own[0] if own else 0] * (depth - len(own)))
    return {
        "columns": [names[column] for column in used],
        "questions": [[place_of[column], float(f"{border:.9g}")] for column, border in asked],
        "trees": questions,
        "tables": tables,
        "bias": round(1000 * scale * bias),
    }
