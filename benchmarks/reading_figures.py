"""How good a text, a segment or a statement is against its gold. Nothing but the standard library.

* ``lcs_f1``: F1 of the longest common subsequence of tokens: words in lower case, Chinese and Japanese by the
  character.
* ``word_f1``: F1 of the words as a bag, as WCXB has it.
* ``shingles``: 4-grams as a bag, as the article-extraction benchmark has it: precision and recall are means of the
  pages', and F1 is made of the means.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

MOST_TOKENS = 40_000

_CJK = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CJK}]|[^\W{_CJK}]+")
_WORD = re.compile(r"\w+")
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;&]|\band\b|\bund\b)\s*")


def tokens(text: str) -> list[str]:
    """Words in lower case; Chinese and Japanese by the character."""
    return [token.lower() for token in _TOKEN.findall(text)][:MOST_TOKENS]


def common(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest common subsequence: a row of the table is one whole number (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for place, token in enumerate(one):
        places[token] = places.get(token, 0) | 1 << place
    every = row = (1 << len(one)) - 1
    for token in other:
        matched = row & places.get(token, 0)
        if matched:
            row = (row + matched | row - matched) & every
    return len(one) - row.bit_count()


def f1(right: float, found: float, wanted: float) -> float:
    """F1 of counts; 1 where nothing was wanted and nothing found."""
    return 2 * right / (found + wanted) if found + wanted else 1.0


def lcs_f1(text: str, gold: str) -> float:
    """F1 of the longest common subsequence of tokens."""
    found, wanted = tokens(text), tokens(gold)
    return f1(common(found, wanted), len(found), len(wanted))


def word_f1(text: str, gold: str) -> float:
    """F1 of the bags of words."""
    found, wanted = Counter(_WORD.findall(text.lower())), Counter(_WORD.findall(gold.lower()))
    return f1((found & wanted).total(), found.total(), wanted.total())


def shingles(text: str, gold: str) -> tuple[float | None, float | None]:
    """Precision and recall of the bags of 4-grams; ``None`` where there is nothing to divide by."""
    found, wanted = _grams(text), _grams(gold)
    right = (found & wanted).total()
    return (right / found.total() if found else None), (right / wanted.total() if wanted else None)


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if 0 < len(words) < 4:
        return Counter([tuple(words)])
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False))


def shingle_f1(pages: Iterable[tuple[float | None, float | None]]) -> float:
    """F1 of the means of precision and of recall."""
    precisions, recalls = zip(*pages, strict=True)
    precision, recall = mean(precisions), mean(recalls)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def mean(values: Iterable[float | None]) -> float:
    """The mean of the values that there are; not a number where there is none."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else float("nan")


def segments(text: str, wanted: Sequence[str], unwanted: Sequence[str]) -> tuple[int, int, int]:
    """How many segments of the text it has, how many it lacks, and how many it has that are none of the text's."""
    flat = " ".join(text.split())
    right = sum(" ".join(one.split()) in flat for one in wanted)
    return right, len(wanted) - right, sum(" ".join(one.split()) in flat for one in unwanted)


def lost(text: str, gold: str, visible: str) -> tuple[int, int]:
    """How many tokens of the gold that the page shows a result lacks, and how many there are."""
    shown = Counter(tokens(gold)) & Counter(tokens(visible))
    return (shown - Counter(tokens(text))).total(), shown.total()


def is_right(element: str, wanted: str, found: Sequence[str]) -> bool:
    """Whether a statement is the gold's: NFKC, without case, white space collapsed; names as a set."""
    if element == "date":
        return [value[:10] for value in found[:1]] == [wanted[:10]]
    if element == "title":
        return [_folded(value) for value in found[:1]] == [_folded(wanted)]
    return _folded(wanted) == _folded("; ".join(found)) or _names(wanted) == _names("; ".join(found))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in _BETWEEN_NAMES.split(_folded(text)) if name)
