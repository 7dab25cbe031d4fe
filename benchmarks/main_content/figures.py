"""How good a choice of leaves is: token LCS F1 where the gold is a text, segments where it is segments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq  # type: ignore[import-not-found]
from training.pages import LabelledPage, tokens

MOST_TOKENS = 40_000


class Figure(NamedTuple):
    """What one page came to: F1 of a text, or counts of segments."""

    page: LabelledPage
    f1: float
    right: int = 0
    missed: int = 0
    leaked: int = 0


def judge(page: LabelledPage, text: str) -> Figure:
    """Compare a main text with the page's gold."""
    if page.gold_tokens:
        found, gold = tokens(text)[:MOST_TOKENS], page.gold_tokens[:MOST_TOKENS]
        return Figure(page, 2 * LCSseq.similarity(found, gold) / max(len(found) + len(gold), 1))
    flat = " ".join(text.split())
    wanted = [" ".join(segment.split()) in flat for segment in page.gold.get("with") or []]
    unwanted = [" ".join(segment.split()) in flat for segment in page.gold.get("without") or []]
    right, missed, leaked = sum(wanted), len(wanted) - sum(wanted), sum(unwanted)
    return Figure(page, 2 * right / max(2 * right + missed + leaked, 1), right, missed, leaked)


def chosen_text(page: LabelledPage, chosen: Sequence[bool]) -> str:
    """The text of the chosen leaves, a line a leaf."""
    return "\n".join(text for text, keep in zip(page.survey.texts, chosen, strict=True) if keep)


def report(figures: Iterable[Figure], name: str) -> str:
    """One line for the corpora, one for the types of page and the languages."""
    by_corpus: dict[str, list[Figure]] = defaultdict(list)
    by_kind: dict[str, list[float]] = defaultdict(list)
    for figure in figures:
        by_corpus[figure.page.corpus].append(figure)
        if figure.page.corpus in ("wcxb_dev", "daniel"):
            by_kind[figure.page.kind].append(figure.f1)
    means: dict[str, float] = {}
    parts: list[str] = []
    for corpus, found in by_corpus.items():
        if corpus == "trafilatura_eval":
            right, missed, leaked = (
                sum(getattr(one, field) for one in found) for field in ("right", "missed", "leaked")
            )
            mean = 2 * right / max(2 * right + missed + leaked, 1)
        else:
            mean = means[corpus] = sum(one.f1 for one in found) / len(found)
        parts.append(f"{corpus} {mean:.4f} ({len(found)})")
    macro = sum(means.values()) / max(len(means), 1)
    kinds = "  ".join(f"{kind} {sum(f1) / len(f1):.3f} ({len(f1)})" for kind, f1 in sorted(by_kind.items()))
    return f"{name}: macro {macro:.4f}  {'  '.join(parts)}\n    {kinds}"
