"""Lines in which software says who posted, when: "Posted on May 4, 2020 by ann_lee", "Eingestellt von Ann um 10:52".

Between a verb of publishing and a day or an hour a name may have any form, for users choose theirs.
"""

from __future__ import annotations

import re

from solander.describing.days.dates import find_date
from solander.describing.names.given_names import is_given
from solander.describing.names.given_places import is_given_place
from solander.describing.names.no_names import is_bodys, is_generic, is_noise
from solander.describing.names.people import looks_personal
from solander.describing.word_list import words_of
from solander.model.late_pattern import late
from solander.model.posting_words import BEFORE_DAY, BY, POSTING_SENTENCE, VERB

LINE_CHARACTERS = 120

POSTS = tuple(
    one
    for word in words_of(
        "posted published written submitted created added uploaded eingestellt gepostet veröffentlicht geschrieben "
        "verfasst erstellt gespeichert eingetragen eingereicht hinzugefügt publi posté rédig écrit soumis envoyé "
        "ajouté proposé escrit enviado enviada subid pubblicat scritt inviat inserit aggiunt postat geplaatst "
        "gepubliceerd ingediend ingezonden toegevoegd wysłane "
        "opublikowan napisane dodan dodał zamieszczone разместил опубликовано добавил автор author autor auteur by von "
        "par por da di door przez"
    )
    for one in (word, word.capitalize())
)
"""How such a line opens, but for those that open with the day."""

_BEGINNINGS = frozenset(one[:2] for one in POSTS)

_NAME = r"(?P<name>[^\s,;:|•·]{2,24}(?:\s[^\s,;:|•·]{1,20}){0,3}?)"
_BYS = (" by ", " von ", " par ", " por ", " da ", " di ", " door ", " przez ", " av ", " af ")
_BY_THEN_DAY = late(
    rf"(?:(?P<verb>{VERB})(?:\s{BY})?\s?:?\s|{BY}\s){_NAME},?\s"
    rf"(?:{BEFORE_DAY}\s)?(?=[^\W\d_]{{0,10}},?\s?\d)",
    re.IGNORECASE,
)
_DAY_THEN_BY = late(rf"(?:{VERB}\s)?(?:{BEFORE_DAY}\s)?(?P<when>.{{6,40}}?),?\s{BY}\s{_NAME}\Z", re.IGNORECASE)
_NO_USERS = words_of(
    "op om em às alle dnia "
    "the der die das ein eine einem a an le la el mail e-mail us on am in um at il den dem no all today yesterday "
    "heute gestern under unter dans en for für pour email phone noon midnight train design hand default request "
    "appointment law order popular"
)
"""What stands behind "by" and is nobody: an article, a time, or a way in which something is done."""

_PUBLISHED_BY = re.compile(r"published\b", re.IGNORECASE)
_HOUSES = words_of("books publishers publishing publications publisher editions records")
"""What publishers call themselves, beyond what every body does."""

_SENTENCE = late(POSTING_SENTENCE, re.IGNORECASE)
_SENTENCE_ENDS = late(r"\s(?:and\s(?:is|was|has)\s|and\s(?:filed|tagged)\s|in\s|under\s|unter\s)|[.,]\s(?=[A-Z])|\.\Z")
"""What a blog's sentence says behind the name: the rubrics, and how to follow the answers."""

OPENS_SENTENCE = frozenset(words_of("Th Po Pu Di Ce Es Qu De Te Wp Эт За Př Bu"))
"""How such a sentence begins; this spares most lines the pattern."""

_BY = re.compile(rf"\s{BY}\s")
_HOUR_ALONE = re.compile(r"\d{1,2}\s?(?:[ap]\.?m\.?|h|uhr)", re.IGNORECASE)
_HOUR = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")


def opens_post(text: str) -> bool:
    """Whether a text opens as such a line does; two letters spare most the hundred words."""
    return text[:2] in _BEGINNINGS and text.startswith(POSTS)


def opens_sentence(text: str) -> bool:
    """Whether a text opens as a blog's sentence does that says who posted it."""
    return text[:2] in OPENS_SENTENCE and _SENTENCE.match(text) is not None


def posted_by(text: str) -> str:
    """Whom a line names beside a day or an hour; empty where it says more, or neither."""
    text = _of_sentence(text)
    if not 8 < len(text) <= LINE_CHARACTERS or not (opens_post(text) or any(by in text for by in _BYS)):
        return ""
    if not any(map(str.isdigit, text)):
        return ""
    name = ""
    if (found := _DAY_THEN_BY.fullmatch(text)) and (dated := find_date(found["when"], "day-month")):
        name = found["name"] if dated.start <= 12 else ""
    elif found := _BY_THEN_DAY.match(text):
        rest = text[found.end() :]
        dated = find_date(rest, "day-month")
        hour = _HOUR.search(rest)
        told = (dated is not None and dated.start <= 12) or (hour is not None and hour.start() <= 4)
        name = found["name"] if told and (found["verb"] or not found["name"].islower()) else ""
    name = name.strip(" .-–—()")
    if _PUBLISHED_BY.match(text) and _is_house(name):
        return ""
    return name if _may_be_users(name) else ""


def _of_sentence(text: str) -> str:
    """A blog's sentence ("This entry was posted on … by … and is filed under …") as the line that it contains."""
    opening = _SENTENCE.match(text[: 2 * LINE_CHARACTERS]) if text[:2] in OPENS_SENTENCE else None
    if opening is None:
        return text
    text = text[opening.end() : opening.end() + LINE_CHARACTERS]
    by = _BY.search(text)
    end = _SENTENCE_ENDS.search(text, by.end()) if by else None
    return text[: end.start()] if end else text


def _is_house(name: str) -> bool:
    """Whether a name behind "Published by" is a publisher's: one word with a capital, and nobody's given name."""
    word, *rest = name.split() or [""]
    if rest:
        return not _HOUSES.isdisjoint(name.casefold().split())
    return word.isalpha() and word[:1].isupper() and not is_given(word)


def _may_be_users(name: str) -> bool:
    """Whether words may be a user's name: one word of any form, or several that a person's name has."""
    first, *rest = name.split() or [""]
    if is_noise(name) or is_generic(name) or is_bodys(name) or is_given_place(name):
        return False
    if first.casefold() in _NO_USERS or _HOUR_ALONE.fullmatch(name):
        return False
    if not any(map(str.isalpha, name)):
        return False
    return looks_personal(name) if rest else True
