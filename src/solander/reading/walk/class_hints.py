"""What the class or the id of a small element hints at: an author, a byline, a day."""

from __future__ import annotations

import re
from functools import lru_cache

from solander.model.late_pattern import late

_HINT = late(
    r"(?:^|[-_\s])(byline|authors?|authored|dateline|pubdate|published|publishdate|date|revdate|datum|autor(?:en|es)?|auteurs?|"
    r"posted|verfasser|redakteur|writer|yazar|skribent|forfatter|kirjoittaja|penulis|byauthor|postdate|articledate|authorname|"
    r"(?:post|meta|pub|publish|entry|article|news|release)[-_]?time)(?:$|[-_\s])"
)
# The day on which a page was delivered, or one of which it speaks, is not its own.
_OTHER_DAY = re.compile(
    r"(?:^|[-_\s])(?:current|today|todays|now|server|event|events|start|end|deadline|closing|expiry|expiration|due|birth|death)"
    r"(?:$|[-_\s])"
)
# What is noted of an author, or parts one from the next, names nobody; nor do her addresses, her trade and her place.
_BESIDE_AUTHOR = re.compile(
    r"author[-_]{1,2}(?:(?:notes?|before|after|role|job|position|urls?|links|socials?|location|email|website|affiliations?|"
    r"count|follow|rank|tagline|occupation)(?:[-_]{1,2}(?:wrapper|wrap|container|list|items?|icons?))?)$"
)
_OF_LANGUAGES = ("yazar", "skribent", "forfatter", "kirjoittaja", "penulis")
# Each of those words holds one of these.
_HINT_PARTS = ("dat", "aut", "byline", "publish", "posted", "redakteur", "verfasser", "writer", "time", *_OF_LANGUAGES)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")

CLASS_NAMES = {
    "byline": "byline",
    "author": "author",
    "authors": "author",
    "authored": "author",
    "authorname": "author",
    "autor": "author",
    "autoren": "author",
    "autores": "author",
    "auteur": "author",
    "auteurs": "author",
    "byauthor": "author",
    "redakteur": "author",
    "verfasser": "author",
    **dict.fromkeys(_OF_LANGUAGES, "author"),
    "writer": "author",
    "articledate": "date",
    "date": "date",
    "dateline": "date",
    "datum": "date",
    "postdate": "date",
    "posted": "date",
    "pubdate": "date",
    "publishdate": "date",
    "published": "date",
    "revdate": "date",
}


def hint_in(classes: str) -> str | None:
    """What the first class or id that hints at anything hints at; most have not even a part of such a word."""
    lowered = classes.lower()
    for part in _HINT_PARTS:
        if part in lowered:
            return next(filter(None, map(hint_of, classes.split())), None)
    return None


@lru_cache(maxsize=16384)
def hint_of(name: str) -> str | None:
    """What one class or id hints at: the same few are met on every page."""
    lowered = name if name.islower() else _CAMEL.sub("-", name).lower()
    match = None if _BESIDE_AUTHOR.search(lowered) else _HINT.search(lowered)
    hint = CLASS_NAMES.get(match[1], "date") if match else None
    return None if hint == "date" and _OTHER_DAY.search(lowered) else hint
