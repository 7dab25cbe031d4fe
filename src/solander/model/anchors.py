"""Ids of a page by other names: as ``xml:id`` in the TEI, as ``id`` in what is made for reading.

Source: XML 1.0, 2.3 (``Name``), by the 4th edition and the 5th alike: engines differ on the rest.
"""

from __future__ import annotations

from solander.model.late_pattern import late

_ID_CHARACTERS = 500
_NOT_IN_NAMES = late(
    "[^A-Za-z0-9._\u00b7\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148"
    "\u014a-\u017e\u0386\u0388-\u038a\u038c\u038e-\u03a1\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e-\u0481"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0671-\u06b7\u0905-\u0939\u093e-\u094d\u0e01-\u0e2e\u0e32\u0e33\u3041-\u3094\u30a1-\u30fa"
    "\u4e00-\u9fa5\uac00-\ud7a3-]"
)


def anchor_id(name: str) -> str | None:
    """An id of the page as ``xml:id``; ``None`` where it is longer than any name should be.

    Names of our own begin with ``id.`` so that none of the page can meet one that Solander makes. A character that no
    XML name may hold is written as its number between hyphens.
    """
    if not name or len(name) > _ID_CHARACTERS:
        return None
    if name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        return f"id.{name}"
    return "id." + _NOT_IN_NAMES.sub(lambda match: f"-{ord(match[0]):x}-", name)
