"""Normal forms of text that anybody may have written: no text takes longer than its length calls for.

To put marks upon a letter in order, Python moves each past those before it: of 500,000 marks on one letter it would
not be done in an hour. No script has more than a handful; where more than ``MARKS_LIMIT`` follow one another, the text
is left as it is.

Source: Unicode Standard Annex #15, sections 1.1 and 13 (Stream-Safe Text Format).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

MARKS_LIMIT = 30

# Below these there are no marks; in most texts nothing more need be asked.
_PERHAPS = re.compile(f"[^\\0-\u02ff]{{{MARKS_LIMIT + 1}}}")
_TOO_MANY = re.compile(rb"[^\0]{%d}" % (MARKS_LIMIT + 1))
# Letters that are themselves no marks, and are made of nothing else.
_MADE_OF_MARKS = dict.fromkeys((0x0F73, 0x0F75, 0x0F81, 0xFF9E, 0xFF9F), 0x0301)


def has_many_marks(text: str) -> bool:
    """Whether more marks follow one another than ``MARKS_LIMIT``."""
    if text.isascii() or _PERHAPS.search(text) is None:
        return False
    return _TOO_MANY.search(bytes(map(unicodedata.combining, text.translate(_MADE_OF_MARKS)))) is not None


def normal_form(text: str, form: Literal["NFC", "NFKC"] = "NFC") -> str:
    """Text in a normal form; one with too many marks in a row as it is."""
    return text if has_many_marks(text) else unicodedata.normalize(form, text)
