"""Learn ``flat_texts.json``: trees that tell main text where a page is but lines.

    python -m training.flat CORPORA --cache pages.pickle [--judge] [--into src/solander/reading/plain/flat_texts.json]

The pages, labels, parts and word scores are those of ``training.train``; of each page all markup is taken away, and its
title stands in front, as WET records have it. ``--judge`` says how good it is on sites that it has not seen, fold by
fold, and writes nothing.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq  # type: ignore[import-not-found]

from solander.reading.naming.zones import ancestry
from solander.reading.plain.flat_columns import flat_columns
from solander.reading.plain.flat_texts import SHARP, drawn_together, flat_survey
from solander.reading.zoning.leaf_measures import Table
from solander.reading.zoning.main_features import WordScores, features
from solander.reading.zoning.main_scores import choose, probabilities
from training.learning import SHARPER, Samples, as_trees, grow, word_scores
from training.pages import FOLDS, TRAINED_ON, LabelledPage, load_pages, tokens

TREES, DEPTH, RATE = 300, 6, 0.1
SEEDS = (7, 2)
MOST_LEAVES = 6000
MOST_TOKENS = 40_000

SHIPPED = Path(__file__).parents[1] / "src" / "solander" / "reading" / "plain" / "flat_texts.json"

ABOUT = (
    "Learnt by Solander's training/flat.py, from the pages and labels that main_content.json names, their markup taken "
    "away. It holds names of columns, questions of them and tables; no text of the pages. Tables are thousandths of "
    "log odds."
)


def flattened(page: LabelledPage) -> LabelledPage:
    """A page as lines, its title in front, of which nothing is known."""
    title = " ".join(page.survey.title.split())
    texts = [title, *page.survey.texts] if title else page.survey.texts
    added = len(texts) - len(page.survey.texts)
    return replace(
        page,
        survey=flat_survey(texts, title),
        share=np.concatenate([np.full(added, np.nan), page.share]),
        count=np.concatenate([np.full(added, len(tokens(title))), page.count]).astype(page.count.dtype),
    )


def table_of(page: LabelledPage, scores: WordScores) -> Table:
    """A flat page's columns."""
    found = features(page.survey, ancestry(page.survey), scores)
    return {**found.columns, **flat_columns(found.leaves)}


def matrix_of(page: LabelledPage, scores: WordScores, names: Sequence[str]) -> npt.NDArray[Any]:
    told = table_of(page, scores)
    matrix = np.empty((len(names), len(page.survey.texts)), np.float32)
    for line, name in enumerate(names):
        matrix[line] = told[name]
    return matrix


def out_of_fold(pages: Sequence[LabelledPage], names: Sequence[str]) -> list[npt.NDArray[Any]]:
    """The columns of pages, with word scores learnt on the other folds."""
    scores = [word_scores(page for page in pages if page.fold != fold) for fold in range(FOLDS)]
    return [matrix_of(page, scores[page.fold], names) for page in pages]


def judged(page: LabelledPage, odds: npt.NDArray[Any]) -> tuple[float, float]:
    """F1 of the longest common subsequence: of the lines that are chosen, and of all of them."""
    chances = probabilities((1000 * odds).astype(np.int64), SHARP)
    chosen = drawn_together(choose(chances, page.count.astype(np.int64)).tolist(), chances.tolist())
    gold = page.gold_tokens[:MOST_TOKENS]
    figures = []
    for flags in (chosen, [True] * len(chosen)):
        found = [
            token for text, is_main in zip(page.survey.texts, flags, strict=True) if is_main for token in tokens(text)
        ]
        found = found[:MOST_TOKENS]
        figures.append(2 * LCSseq.similarity(found, gold) / max(1, len(found) + len(gold)))
    return figures[0], figures[1]


def judge(
    pages: Sequence[LabelledPage],
    matrices: Sequence[npt.NDArray[Any]],
    others: Sequence[LabelledPage],
    names: Sequence[str],
) -> None:
    """Print how good the choice is, fold by fold; ``others`` are judged by the first."""
    figures: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for fold in range(FOLDS):
        learnt = [(page, matrix) for page, matrix in zip(pages, matrices, strict=True) if page.fold != fold]
        samples = Samples([page for page, _ in learnt], [matrix for _, matrix in learnt])
        growings = [grow(samples, TREES, DEPTH, RATE, seed) for seed in SEEDS]
        unseen = [(page, matrix) for page, matrix in zip(pages, matrices, strict=True) if page.fold == fold]
        if not fold:
            scores = word_scores(page for page, _ in learnt)
            unseen += [(page, matrix_of(page, scores, names)) for page in others]
        for page, matrix in unseen:
            if page.gold_tokens:
                odds = SHARPER * np.mean([grown.predict(matrix.T) for grown in growings], axis=0)
                figure = judged(page, odds)
                figures[page.corpus].append(figure)
                if page.corpus in ("daniel", "wcxb_dev"):
                    figures[f"{page.corpus} {page.kind}"].append(figure)
    for name, found in sorted(figures.items()):
        chosen, whole = (fmean(column) for column in zip(*found, strict=True))
        print(f"{name} ({len(found)}): {chosen:.3f} of the lines chosen, {whole:.3f} of all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=SHIPPED)
    parser.add_argument("--judge", action="store_true", help="say how good it is on unseen sites, and write nothing")
    options = parser.parse_args()
    loaded = [
        page
        for page in load_pages(options.corpora, options.cache)
        if page.part != "test" and len(page.survey.texts) <= MOST_LEAVES
    ]
    pages = [flattened(page) for page in loaded if page.corpus in TRAINED_ON]
    told = [table_of(page, WordScores({}, {})) for page in pages]
    # What is the same in all lines says nothing: tags, classes, links.
    names = [
        name
        for name in told[0]
        if len({low for one in told for low in (float(np.min(one[name])), float(np.max(one[name])))}) > 1
        or name.startswith(("text_", "score"))
    ]
    matrices = out_of_fold(pages, names)
    if options.judge:
        others = [flattened(page) for page in loaded if page.corpus == "daniel"]
        judge(pages, matrices, others, names)
        return
    growings = [grow(Samples(pages, matrices), TREES, DEPTH, RATE, seed) for seed in SEEDS]
    with tempfile.TemporaryDirectory() as folder:
        model = {"about": ABOUT, **as_trees(growings, names, Path(folder), SHARPER / len(growings))}
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(value, separators=(',', ':'))}" for key, value in model.items())
    options.into.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    print(f"{len(pages)} pages, {len(names)} columns, {options.into.stat().st_size} bytes")


if __name__ == "__main__":
    main()
