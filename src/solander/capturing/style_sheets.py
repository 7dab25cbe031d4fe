"""Addresses in style sheets: of pictures and fonts, and of further sheets.

What stands in a comment or a text is none, and the name of a namespace is no place.

Source: CSS Syntax 3, 4.3 (tokens) and 4.3.7 (escapes); CSS Cascading 5, 2 (``@import``); CSS Images 4, 2.4
(``image-set()``); CSS Namespaces 3, 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_URL = (
    r"url\(\s*+(?:\"(?P<double>(?:[^\"\\\n]|\\.)*+)\"|'(?P<single>(?:[^'\\\n]|\\.)*+)'"
    r"|(?P<bare>(?:[^\s\"'()\\]|\\[0-9A-Fa-f]{1,6}[ \t\n]?+|\\.)++))\s*+\)"
)
_TEXT = r"\"(?P<doubled>(?:[^\"\\\n]|\\.)*+)\"|'(?P<singled>(?:[^'\\\n]|\\.)*+)'"
_FOUND = re.compile(
    rf"/\*.*?(?:\*/|\Z)|@namespace\b[^;{{}}]*+|(?P<import>@import\s*+)?+(?:{_URL}|(?(import)(?:{_TEXT})|(?!)))"
    r"|image-set\((?P<set>(?:[^()]|\([^()]*+\)){0,8000}+)\)"
    r"|\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'",
    re.IGNORECASE | re.DOTALL,
)
_MARK = re.compile(r"url\(|@import|image-set\(", re.IGNORECASE)
_IN_SET = re.compile(rf"type\([^)]*+\)|{_URL}|{_TEXT}", re.IGNORECASE | re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9A-Fa-f]{1,6})[ \t\n]?|(.))", re.DOTALL)
_WRITTEN = ("double", "single", "bare", "doubled", "singled")


def addresses_in(text: str) -> Iterator[tuple[str, bool]]:
    """Each address of a style sheet as it is written, its escapes undone, and whether it is of another sheet."""
    if _MARK.search(text) is None:
        return  # as most style attributes: it need not be taken apart
    for found in _FOUND.finditer(text):
        if found["set"] is not None:
            yield from ((one, False) for part in _IN_SET.finditer(found["set"]) if (one := _written(part)))
        elif one := _written(found):
            yield one, found["import"] is not None


def _written(found: re.Match[str]) -> str:
    said = next(filter(None, (found[name] for name in _WRITTEN)), "")
    return _ESCAPE.sub(_letter, said) if "\\" in said else said


def _letter(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return "" if escape[2] == "\n" else escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
