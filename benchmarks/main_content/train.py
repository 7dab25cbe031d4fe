"""Learn ``main_content.json``: word scores and trees, from the sites of the corpora that may be trained on.

    python -m benchmarks.main_content.train CORPORA --cache pages.pickle [--into src/solander/reading/main_content.json]

Needs catboost and rapidfuzz beside Solander, one core and some minutes. The test sites take no part.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

from benchmarks.main_content.learning import Samples, as_model, column_names, grow, out_of_fold, word_scores
from benchmarks.main_content.pages import TRAINED_ON, load_pages

TREES, DEPTH, RATE = 250, 6, 0.08
SHIPPED = Path(__file__).parents[2] / "src" / "solander" / "reading" / "main_content.json"

ABOUT = (
    "Learnt by Solander's benchmarks/main_content/train.py. Numbers on the structure of pages and scores of single "
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
    options = parser.parse_args()
    pages = [
        page for page in load_pages(options.corpora, options.cache) if page.corpus in TRAINED_ON and page.part != "test"
    ]
    names = column_names(pages[0])
    grown = grow(Samples(pages, out_of_fold(pages, names)), TREES, DEPTH, RATE)
    with tempfile.TemporaryDirectory() as folder:
        model = {"about": ABOUT, **as_model(grown, names, word_scores(pages), Path(folder))}
    lines = ",\n".join(
        f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False, separators=(',', ':'))}"
        for key, value in model.items()
    )
    options.into.write_text(f"{{\n{lines}\n}}\n", encoding="utf-8")
    importances = sorted(zip(grown.get_feature_importance(), names, strict=True))
    print(f"{len(pages)} pages, {len(names)} columns, {options.into.stat().st_size} bytes")
    print("least important:", ", ".join(f"{name} {importance:.2f}" for importance, name in importances[:40]))


if __name__ == "__main__":
    main()
