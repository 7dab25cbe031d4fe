"""Names of bags' folders: when, what, which.

``<date or undated>-<slug of at most 60 ASCII characters>-<8 hex of the identifier>``, with ``-v2`` from the second
version on. The same object has the same name on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote, urlsplit

SLUG_LIMIT = 60
"""Characters."""

_DATE = re.compile(r"[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?")
# Letters that have no decomposition but an accepted spelling in ASCII.
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_APOSTROPHES = re.compile("['’ʼ`´]")
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{1,5}\Z", re.IGNORECASE)


def bag_name(date: str | None, title: str | None, uri: str | None, identifier: str, version: int = 1) -> str:
    """The folder name of a bag.

    Args:
        date: ``2021``, ``2021-12`` or ``2021-12-08``, perhaps with a time behind it; anything else is ``undated``.
        title: words in ASCII make the slug; where there are none, the last part of ``uri``'s path, then its host.
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
    plain = _APOSTROPHES.sub("", text[:1000].lower()).translate(_SPELT)
    # An accent goes and its letter stays ("é" is "e"); any other letter parts words.
    letters = "".join(
        letter if letter.isascii() else ("" if unicodedata.combining(letter) else " ")
        for letter in unicodedata.normalize("NFKD", plain)
    )
    words = re.findall("[a-z0-9]+", letters)
    kept: list[str] = []
    length = -1
    for word in words:
        length += 1 + len(word)
        if length > SLUG_LIMIT:
            break
        kept.append(word)
    return "-".join(kept) or (words[0][:SLUG_LIMIT] if words else "")
