"""Learn ``main_content.json``: word scores and trees, from the sites of the corpora that may be trained on.

    python -m training.train CORPORA --cache pages.pickle [--all-sites] [--no-transplants] [--into main_content.json]

The test sites take no part, so that the figures are those of the very file that ships; ``--all-sites`` learns from
them too, and leaves nothing to judge by but ``daniel``; ``--no-transplants`` learns from the pages as they were alone,
and not from texts in other pages' frames. Needs catboost and rapidfuzz beside Solander (the extra ``train``), two cores
and a quarter of an hour. The same pages, versions and options give the same file.
``training/model-card.md`` says what it was learnt from.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np

from solander.reading.zoning.main_features import WordScores
from training.learning import (
    Samples,
    as_model,
    column_names,
    grow,
    grow_page_trees,
    out_of_fold,
    page_table,
    word_scores,
)
from training.pages import TRAINED_ON, load_pages
from training.transplanted import transplants

TREES, DEPTH, RATE = 300, 6, 0.1
SEEDS = (7, 1, 2, 3)
"""One growing of the trees for each, averaged: a single one is a lottery (``model-card.md``, several growings)."""

SHIPPED = Path(__file__).parents[1] / "src" / "solander" / "reading" / "zoning" / "main_content.json"

ABOUT = (
    "Learnt by Solander's training/train.py. Numbers on the structure of pages and scores of single "
    "words, from the page labels of: article-extraction-benchmark (Zyte, MIT); WCXB, the web content extraction "
    "benchmark, development part (Murrough Foley, CC BY 4.0, https://creativecommons.org/licenses/by/4.0/, changed: "
    "only such numbers and single words were kept); the evaluation data of trafilatura (Adrien Barbaresi, Apache-2.0). "
    "It holds no text of the pages. Scores are hundredths, tables thousandths, of log odds."
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--into", type=Path, default=SHIPPED)
    parser.add_argument("--all-sites", action="store_true", help="learn from the test sites too")
    parser.add_argument("--no-transplants", action="store_true", help="learn from the pages as they were alone")
    options = parser.parse_args()
    pages = [
        page
        for page in load_pages(options.corpora, options.cache)
        if page.corpus in TRAINED_ON and (options.all_sites or page.part != "test")
    ]
    names = column_names(pages[0])
    others = [] if options.no_transplants else transplants(options.corpora, pages)
    samples = Samples([*pages, *others], out_of_fold(pages, names) + out_of_fold(others, names, pages))
    growings = [grow(samples, TREES, DEPTH, RATE, seed) for seed in SEEDS]
    page_names = list(page_table(pages[0], WordScores({}, {})))
    page = grow_page_trees(pages, page_names)
    with tempfile.TemporaryDirectory() as folder:
        model = {"about": ABOUT, **as_model(growings, page, names, page_names, word_scores(pages), Path(folder))}
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in model.items()
    )
    options.into.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    importances = sorted(
        zip(np.mean([grown.get_feature_importance() for grown in growings], axis=0), names, strict=True)
    )
    print(f"{len(pages)} pages, {len(others)} transplants, {len(names)} columns, {options.into.stat().st_size} bytes")
    print("least important:", ", ".join(f"{name} {importance:.2f}" for importance, name in importances[:40]))


if __name__ == "__main__":
    main()
