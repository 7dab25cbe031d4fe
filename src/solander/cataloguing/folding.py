"""Text as it is sought: without the differences that a reader does not mean, in any script.

Trigrams find whatever has three characters or more, within words too, with no need to know where words end. What is
shorter they cannot find; one or two characters are words in Chinese, Japanese and Korean. So a second index has every
character of those scripts as a word of its own (two characters are two such words beside one another) and every word
of one or two letters of the other scripts.

Source: Unicode Standard Annex 15 (NFKD); SQLite, "FTS5 Extension", 4.3.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

UNMEANT = (
    r"\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061c\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufe00-\ufe0f\ufeff"
)
"""Marks without which words are sought, as a class that ``re`` and ECMAScript understand.

Diacritics of Latin, Greek and Cyrillic, points of Hebrew, vowels, hamza and the stroke that lengthens Arabic's letters;
hyphens that are seen at a line's end alone, and what cannot be seen.
"""
_UNMEANT = re.compile(f"[{UNMEANT}]+")
STROKED, UNSTROKED = "đħłøŧı", "dhloti"
"""Letters whose stroke or missing dot Unicode takes for no mark, and by which letters people seek them."""
_STROKES = str.maketrans(STROKED, UNSTROKED)

# Han with its extensions, kana, Hangul syllables, bopomofo.
UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3105-\u312f\u3131-\u318e\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Scripts that part no words by spaces, as a class of ``re``."""
_RUNS = re.compile(f"([{UNSPACED}]+)|([^\\W_{UNSPACED}]+)")
_TRIGRAM = 3
_TERMS_AT_MOST, _TERM_CHARACTERS = 12, 100
_QUOTED = re.compile(r'"([^"]+)"|(\S+)')
QUOTATION_MARKS = r"\u201c-\u201f\u00ab\u00bb"
"""What stands for ``"`` where a telephone or another language writes it, as a class."""
OUTER = r'"*,;:.!?()\[\]{}\u2026\u3001\u3002\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\u300c-\u300f'
"""What may stand before or behind a word that is sought, as a class, and makes no difference."""
_MARKS = re.compile(f"[{QUOTATION_MARKS}]")
_OUTER = re.compile(f"\\A[{OUTER}]+|[{OUTER}]+\\Z")
_BREAK = "_"
"""A word that nobody can seek: what stands on its sides are no neighbours."""


class Terms(NamedTuple):
    """What is sought, folded."""

    long: tuple[str, ...]
    """Of three characters or more."""
    short: tuple[str, ...]
    """Of one or two, as the second index has them: ``茶 馆``."""
    all: tuple[str, ...]

    def __bool__(self) -> bool:
        """Whether anything is sought."""
        return bool(self.long or self.short)


def fold(text: str) -> str:
    """Text as it is sought: compatible forms and capitals made one, and without what is not meant."""
    if text.isascii():
        return text.lower()
    parted = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _UNMEANT.sub("", parted).translate(_STROKES))


def short_words(folded: str) -> str:
    """What the second index has of a folded text."""
    out: list[str] = []
    end = -1
    for run in _RUNS.finditer(folded):
        unspaced, word = run.groups()
        if unspaced is None and len(word) >= _TRIGRAM:
            continue
        if out and run.start() != end:
            out.append(_BREAK)
        out.append(" ".join(unspaced) if unspaced is not None else word)
        # Two letters of an alphabet are a word, however near another one stands.
        end = run.end() if unspaced is not None else -1
    return " ".join(out)


def terms_of(words: str) -> Terms:
    """What a person typed, as terms that must all be there; what stands in quotation marks is one term."""
    long: list[str] = []
    short: list[str] = []
    met: list[str] = []
    for match in _QUOTED.finditer(_MARKS.sub('"', words.replace("\0", " ")[:1000])):
        term = " ".join(fold(match[1] or _OUTER.sub("", match[2])).split())[:_TERM_CHARACTERS]
        if not term or term in met or len(met) == _TERMS_AT_MOST:
            continue
        if len(term) >= _TRIGRAM:
            long.append(term)
            met.append(term)
        elif sought := short_words(term):
            short.append(sought)
            met.append(term)
    return Terms(tuple(long), tuple(short), tuple(met))


def as_phrases(terms: tuple[str, ...]) -> str:
    """Terms as a query of FTS5: each a phrase, none an operator."""
    return " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)
