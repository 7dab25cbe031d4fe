"""Names of bags' folders: when, what, which.

``<date or undated>-<slug of at most 60 ASCII characters>-<8 hex of the identifier>``, with ``-v2`` from the second
version on. The same object has the same name on every machine. Titles in other scripts are spelt in Latin letters by
the tables of ``anyascii``: enough to know a bag again, and never more than its name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

SLUG_LIMIT = 60
"""Characters."""

TITLE_LIMIT = 1000
"""Characters of a title that are looked at."""

_HAN = re.compile("[\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
_APOSTROPHES = re.compile("['’ʼ`´]")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,5}\Z", re.IGNORECASE)


def bag_name(date: str | None, title: str | None, uri: str | None, identifier: str, version: int = 1) -> str:
    """The folder name of a bag.

    Args:
        date: ``2021``, ``2021-12`` or ``2021-12-08``, perhaps with a time behind it; anything else is ``undated``.
        title: its words, spelt in ASCII, make the slug; where there are none, the last part of ``uri``'s path or
            its host.
        uri: where the page was.
        identifier: ``urn:uuid:…``; its first eight hexadecimal digits are taken.
        version: ``Bag-Version``.

    Raises:
        ValueError: the identifier has no eight hexadecimal digits, or the version is less than 1.
    """
    digits = re.sub("[^0-9a-f]", "", identifier.lower().removeprefix("urn:uuid:"))[:8]
    if len(digits) < 8 or version < 1:
        raise ValueError(f"no bag can be named for {identifier!r}, version {version}")
    day = _DATE.match(date or "")
    name = f"{day[0] if day else 'undated'}-{slug(title, uri)}-{digits}"
    return name if version == 1 else f"{name}-v{version}"


def slug(title: str | None, uri: str | None) -> str:
    """At most ``SLUG_LIMIT`` characters of ``a-z``, ``0-9`` and single hyphens; ``page`` if nothing gives any."""
    return _words(title or "") or _words_of_uri(uri or "") or "page"


def _words_of_uri(uri: str) -> str:
    try:
        parts = urlsplit(uri)
        last = unquote(parts.path.rstrip("/").rpartition("/")[2])
        return _words(_SUFFIX.sub("", last)) or _words(parts.hostname or "")
    except ValueError:
        return ""


def _words(text: str) -> str:
    letters = _in_ascii(_APOSTROPHES.sub("", text[:TITLE_LIMIT])).lower()
    words = re.findall("[a-z0-9]+", letters)
    kept: list[str] = []
    length = -1
    for word in words:
        length += 1 + len(word)
        if length > SLUG_LIMIT:
            break
        kept.append(word)
    return "-".join(kept) or (words[0][:SLUG_LIMIT] if words else "")


def _in_ascii(text: str) -> str:
    """Letters and figures of every script in ASCII, as far as it can say them; everything else parts words."""
    if text.isascii():
        return text
    # Late: most titles need none of its tables.
    from anyascii import anyascii

    return "".join(_spelt(letter, anyascii) for letter in unicodedata.normalize("NFKC", text))


def _spelt(letter: str, spell: Callable[[str], str]) -> str:
    if letter.isascii():
        return letter
    if unicodedata.category(letter)[0] not in "LMN":
        return " "
    # A Han character is a syllable that is a word; run together, "beijingdechaguan" could not be read.
    return f" {spell(letter)} " if _HAN.match(letter) else spell(letter)
