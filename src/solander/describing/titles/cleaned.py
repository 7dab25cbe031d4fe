"""Titles that may stand, without what a reader does not see in them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from solander.describing.candidate import Candidate
from solander.describing.kinds import Kind
from solander.describing.written_markup import without_markup
from solander.model.late_pattern import late

KEPT_CHARACTERS = 1_000
"""Of longer titles nothing is kept from page to page: a title may be as long as its page."""

_UNSEEN = late("[\xad\u200b-\u200d\u2060\ufeff]")
_PERMALINK = re.compile(r"\s*[¶§🔗]\Z|(?<=\w)#\Z")
_TALK_BEHIND = late(
    r"\s*[(\[]?(?:comments?|kommentare?|commentaires?|comentarios?|comentários?|commenti|komentarz[ey]|reacties|"
    r"комментари[ийев]+|коментар[іиів]+|σχόλια|评论|評論|コメント)\s?[:：(（]\s?\d{1,5}\s?[)\]）]?\Z",
    re.IGNORECASE,
)
"""The count of readers' words that a heading bears within it: "The ferry is lateComments: 12"."""

_DAY_BEFORE = re.compile(
    r"\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}(?:\s?[-–—|:]\s?|\s+|(?=[^\W\d]))|\d{4}-\d\d-\d\d\s?[-–—|:]?\s?"
)
DAY_AND_DASH = re.compile(r"(?:\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d)\s?[-–—|:]\s(?=\D)")
"""A day that a template sets before a title, in figures and with a dash behind it."""


def fit(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Titles that may stand, cleaned: one of a single letter only where ``title`` and a heading both say it."""
    found = [one for one in map(cleaned, candidates) if not one.noise and one.statement.value]
    letters = [
        {one.statement.value for one in found if len(one.statement.value) == 1 and is_heading(one) == seen}
        for seen in (True, False)
    ]
    agreed = {letter for letter in letters[0] & letters[1] if letter.isalpha()}
    return [one for one in found if len(one.statement.value) > 1 or one.statement.value in agreed]


def cleaned(one: Candidate) -> Candidate:
    """A title without what a reader does not see in it, and what was escaped or written twice resolved."""
    clean = _cleaned if len(one.statement.value) <= KEPT_CHARACTERS else _cleaned.__wrapped__
    value = clean(one.statement.value, is_heading(one))
    return one if value == one.statement.value else one._replace(statement=one.statement._replace(value=value))


@lru_cache(maxsize=256)
def _cleaned(value: str, seen: bool) -> str:
    if "&" in value:
        value = html.unescape(value)
    if "<" in value and not seen:
        # Of a heading it is what a reader sees.
        value = without_markup(value)
    if not value.isprintable():
        value = _UNSEEN.sub("", value)
    if seen and value[-3:].rstrip(")]） ")[-1:].isdecimal() and (talk := _TALK_BEHIND.search(value)):
        value = value[: talk.start()] or value
    if value.endswith(("¶", "§", "🔗", "#")):
        value = _PERMALINK.sub("", value)
    value = " ".join(value.split())
    half = value[: len(value) // 2]
    if len(value) > 8 and value == f"{half},{half}":
        value = half
    if day := (_DAY_BEFORE if seen else DAY_AND_DASH).match(value):
        value = value[day.end() :].strip() or value
    return value


def is_heading(one: Candidate) -> bool:
    """Whether a title is what a reader sees above the text."""
    return one.kind in (Kind.H1, Kind.TITLE_LINE)
