"""Learn how much each trait of a title weighs, and write ``src/solander/describing/titles/weights.py``.

    python -m training.titles CORPORA [--write]

Read are the corpora with a title by hand (CC BY 4.0 and Apache-2.0; ``daniel`` has none, and its text trains nothing).
Of these only the pages of the development part, as ``benchmarks/describing.py`` deals out sites. A conditional logit:
on each page the right parts share the likelihood against all others. Before anything is written, sites are held out in
turn, six times over two shufflings, and the rules are shown beside what was learnt.
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from benchmarks.describing import folded, judged_captures

from solander.describing import titles_of
from solander.describing.titles.choice import parts, traits
from solander.reading import read_page

WEIGHTS = Path(__file__).parents[1] / "src/solander/describing/titles/weights.py"
PENALTY = 0.02
STEPS = 300
ROUND = 4
_QUOTES = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})


class Example(NamedTuple):
    """The parts of one page's titles."""

    corpus: str
    site: str
    traits: np.ndarray
    """A row a part, a column a trait."""
    right: np.ndarray
    """Whether the part is the title, quotation marks aside."""
    exact: np.ndarray
    by_rules: int
    """The part that the rules choose."""


def examples(corpora: Path) -> tuple[list[str], list[Example]]:
    """The pages of the development part, and the names of the traits."""
    names: list[str] = []
    found: list[Example] = []
    for page in judged_captures(corpora):
        gold = page.gold.get("title")
        if page.part != "development" or not gold:
            continue
        read = read_page(page.capture)
        chosen, candidates, sites, lines = titles_of(read, page.capture)
        if chosen is None:
            continue
        all_of = parts(chosen, candidates)
        rows = list(traits(chosen.statement.value, all_of, sites, lines, page.capture.uri or read.uri))
        names = names or list(rows[0])
        wanted = folded(gold)
        found.append(
            Example(
                page.corpus,
                urlsplit(page.gold.get("url") or page.name).hostname or page.name,
                np.array([[float(row[name]) for name in names] for row in rows]),
                np.array([folded(one.value).translate(_QUOTES) == wanted.translate(_QUOTES) for one in all_of]),
                np.array([folded(one.value) == wanted for one in all_of]),
                next(at for at, one in enumerate(all_of) if one.value == chosen.statement.value),
            )
        )
    return names, found


def learn(pages: list[Example], scale: np.ndarray) -> np.ndarray:
    """The weights, of traits divided by their scale (Adam on the penalised likelihood)."""
    pages = [one for one in pages if one.right.any()]
    rows = np.vstack([one.traits for one in pages]) / scale
    right = np.concatenate([one.right for one in pages])
    starts = np.cumsum([0, *(len(one.right) for one in pages)])[:-1]
    of_page = np.repeat(np.arange(len(pages)), [len(one.right) for one in pages])
    weights, mean, square = (np.zeros(rows.shape[1]) for _ in range(3))
    for step in range(1, STEPS + 1):
        scores = rows @ weights
        shares = np.exp(scores - np.maximum.reduceat(scores, starts)[of_page])
        all_of = shares / np.add.reduceat(shares, starts)[of_page]
        shares = shares * right
        right_ones = shares / np.maximum(np.add.reduceat(shares, starts), 1e-12)[of_page]
        slope = rows.T @ (all_of - right_ones) / len(pages) + PENALTY * weights
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - 0.05 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return weights


def main() -> None:
    """Hold out sites, learn, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names, pages = examples(options.corpora)
    scale = np.vstack([one.traits for one in pages]).std(0) + 1e-6
    tallies: dict[str, np.ndarray] = {}
    for shuffling in range(2):
        folds = [hashlib.sha256(f"{shuffling} {one.site}".encode()).digest()[0] % 6 for one in pages]
        for fold in range(6):
            weights = learn([one for one, its in zip(pages, folds, strict=True) if its != fold], scale)
            for one, its in zip(pages, folds, strict=True):
                if its == fold:
                    best = int((one.traits / scale @ weights).argmax())
                    tally = tallies.setdefault(one.corpus, np.zeros(4))
                    tally += [1, one.exact[one.by_rules], one.exact[best], one.exact.any()]
    for corpus, tally in tallies.items():
        rules, learnt, perfect = tally[1:] / tally[0]
        print(f"{corpus:18} held out: rules {rules:.3f}, learnt {learnt:.3f}, a perfect choice {perfect:.3f}")
    weights = learn(pages, scale) / scale
    lines = "".join(
        f'    "{name}": {round(float(weight), ROUND)},\n' for name, weight in zip(names, weights, strict=True)
    )
    if options.write:
        WEIGHTS.write_text(
            '"""How much each trait of a title weighs: numbers, learnt by ``training/titles.py``."""\n\n'
            f"WEIGHTS: dict[str, float] = {{\n{lines}}}\n",
            encoding="utf-8",
        )
    else:
        print(lines)


if __name__ == "__main__":
    main()
