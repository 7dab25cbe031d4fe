"""How good a main text is, by the measures that others publish.

========= ===========================================================================================================
measure   what it is
========= ===========================================================================================================
lcs       F1 of the longest common subsequence of tokens, Chinese by the character
word      F1 of the bags of tokens (WCXB)
shingles  of the 4-grams of words, precision and recall a page, and F1 of their means (article-extraction-benchmark)
segments  F1 of the segments that must stand in the text; ``leak`` is the share of those that must not, and do
lost      the share of the gold's tokens that the page shows and the main text has not
========= ===========================================================================================================
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from statistics import fmean
from typing import NamedTuple

from rapidfuzz.distance import LCSseq  # type: ignore[import-not-found]
from training.pages import LabelledPage, tokens

MOST_TOKENS = 40_000
SHINGLE = 4

_WORD = re.compile(r"\w+")


class Figure(NamedTuple):
    """What one page came to: measures of a text, or counts of segments."""

    page: LabelledPage
    lcs: float = 0.0
    word: float = 0.0
    shingles: tuple[float, float] = (0.0, 0.0)
    """Precision and recall."""
    lost: float = 0.0
    right: int = 0
    missed: int = 0
    leaked: int = 0
    unwanted: int = 0


def judge(page: LabelledPage, text: str) -> Figure:
    """Compare a main text with the page's gold."""
    if page.gold_tokens:
        found, gold = tokens(text)[:MOST_TOKENS], page.gold_tokens[:MOST_TOKENS]
        size = max(len(found) + len(gold), 1)
        shown = Counter(gold) & Counter(token for leaf in page.survey.texts for token in tokens(leaf))
        return Figure(
            page,
            2 * LCSseq.similarity(found, gold) / size,
            2 * (Counter(found) & Counter(gold)).total() / size,
            _shingles(text, page.gold["text"]),
            1 - (shown & Counter(found)).total() / max(shown.total(), 1),
        )
    flat = " ".join(text.split())
    wanted = [" ".join(segment.split()) in flat for segment in page.gold.get("with") or []]
    unwanted = [" ".join(segment.split()) in flat for segment in page.gold.get("without") or []]
    right = sum(wanted)
    return Figure(page, right=right, missed=len(wanted) - right, leaked=sum(unwanted), unwanted=len(unwanted))


def _shingles(text: str, gold: str) -> tuple[float, float]:
    found, wanted = (
        Counter(tuple(words[at : at + SHINGLE]) for at in range(max(1, len(words) - SHINGLE + 1)) if words)
        for words in (_WORD.findall(text), _WORD.findall(gold))
    )
    right = (found & wanted).total()
    precision = right / found.total() if found else float(not wanted)
    return precision, right / wanted.total() if wanted else 1.0


def chosen_text(page: LabelledPage, chosen: Sequence[bool]) -> str:
    """The text of the chosen leaves, a line a leaf."""
    return "\n".join(text for text, keep in zip(page.survey.texts, chosen, strict=True) if keep)


def report(figures: Iterable[Figure], name: str) -> str:
    """One line a corpus, with its types of page or languages."""
    by_corpus: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        by_corpus[figure.page.corpus].append(figure)
    lines = [name]
    for corpus, every in by_corpus.items():
        if corpus == "trafilatura_eval":
            right, missed, leaked, unwanted = (
                sum(getattr(one, field) for one in every) for field in ("right", "missed", "leaked", "unwanted")
            )
            f1 = 2 * right / max(2 * right + missed + leaked, 1)
            recall, leak = right / max(right + missed, 1), leaked / max(unwanted, 1)
            lines.append(f"  {corpus} ({len(every)}): segments {f1:.4f}, recall {recall:.4f}, leak {leak:.4f}")
            continue
        found = [one for one in every if one.page.gold_tokens]
        precision, recall = (fmean(one.shingles[side] for one in found) for side in (0, 1))
        lines.append(
            f"  {corpus} ({len(found)}): lcs {fmean(one.lcs for one in found):.4f}, "
            f"word {fmean(one.word for one in found):.4f}, "
            f"shingles {2 * precision * recall / (precision + recall):.4f}, lost {fmean(one.lost for one in found):.4f}"
        )
        by_kind: dict[str, list[float]] = defaultdict(list)
        for one in found:
            by_kind[one.page.kind].append(one.lcs if corpus == "daniel" else one.word)
        if len(by_kind) > 1:
            kinds = sorted(by_kind.items())
            measure = "lcs" if corpus == "daniel" else "word"
            told = ", ".join(f"{kind} {fmean(values):.3f} ({len(values)})" for kind, values in kinds)
            lines.append(f"    {measure}: {told}")
    return "\n".join(lines)
