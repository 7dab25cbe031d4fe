"""Regular expressions of XML Schema as Python's: the same texts match.

Source: XML Schema Part 2 (2004), appendix F.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from solander.model.late_pattern import late

_START = "A-Z_a-z:À-ÖØ-öø-˿Ͱ-ͽͿ-\u1fff\u200c\u200d⁰-\u218fⰀ-\u2fef、-\ud7ff豈-\ufdcfﷰ-\ufffd\U00010000-\U000effff"
_INSIDE = {"s": r" \t\r\n", "d": r"\d", "i": _START, "c": f"{_START}\\-.0-9·̀-ͯ‿⁀"}
"""What an escape for many characters stands for, within brackets."""
_ONE = {"n": r"\n", "r": r"\r", "t": r"\t"}
_TOKEN = late(
    r"\\[pP]\{(?P<property>[A-Za-z]+)\}|\\(?P<escape>.)|(?P<count>\{[0-9]+(?:,[0-9]*)?\})|(?P<mark>.)", re.DOTALL
)
LENGTH_LIMIT = 10_000


class UnknownPattern(Exception):
    """No regular expression of XML Schema, or not one that can be told in Python's words."""


def python_pattern(written: str) -> re.Pattern[str]:
    """A regular expression, to be matched against the whole of a text.

    Raises:
        UnknownPattern: it is none.
    """
    if len(written) > LENGTH_LIMIT:
        raise UnknownPattern("it is too long")
    try:
        return re.compile(_translated(written))
    except (re.error, OverflowError, RecursionError) as error:
        raise UnknownPattern(str(error)) from error


def _translated(written: str) -> str:
    told: list[str] = []
    at = 0
    while at < len(written):
        found = _TOKEN.match(written, at)
        if found is None:  # the expression takes every character
            raise UnknownPattern("it ends too early")
        if found["mark"] == "[":
            within, at = _class(written, at)
            told.append(within)
            continue
        at = found.end()
        if found["count"]:
            told.append(found["count"])
        elif found["property"] or found["escape"]:
            told.append(_escape(found))
        elif found["mark"] == ".":
            told.append(r"[^\n\r]")
        elif found["mark"] == "(":
            told.append("(?:")
        else:
            # "^" and "$" are characters like others here.
            told.append(found["mark"] if found["mark"] in ")|?*+" else re.escape(found["mark"]))
    return "".join(told)


def _escape(found: re.Match[str]) -> str:
    """An escape that stands outside of brackets."""
    if found["property"]:
        return f"[{'^' if found[0][1] == 'P' else ''}{_property(found['property'])}]"
    letter = found["escape"]
    if letter.lower() == "w":
        # Neither punctuation, nor a separator, nor anything that is no character.
        others = "".join(_property(kind) for kind in "PZC")
        return f"[{'' if letter == 'W' else '^'}{others}]"
    if letter.lower() in _INSIDE:
        return f"[{'^' if letter.isupper() else ''}{_INSIDE[letter.lower()]}]"
    if letter.isalnum() and letter not in _ONE:
        raise UnknownPattern(f"there is no escape \\{letter}")
    return _ONE.get(letter) or re.escape(letter)


def _class(written: str, at: int) -> tuple[str, int]:
    """Brackets from ``at`` on: as a group that takes one character, and where they end."""
    at += 1
    negated = written.startswith("^", at)
    at += negated
    plain: list[str] = []
    groups: list[str] = []
    while True:
        found = _TOKEN.match(written, at)
        if found is None:
            raise UnknownPattern("a bracket is not closed")
        mark = found["mark"]
        if mark == "]":
            at = found.end()
            without = ""
            break
        if mark == "-" and written.startswith("-[", at):
            within, at = _class(written, at + 1)
            if not written.startswith("]", at):
                raise UnknownPattern("something follows on what is taken out of a bracket")
            at += 1
            without = f"(?!{within})"
            break
        at = found.end()
        if found["count"]:
            plain.append(re.escape(found[0]))
        elif mark is not None:
            plain.append("-" if mark == "-" else re.escape(mark))
        elif found["escape"] and not found["escape"].isalnum():
            plain.append("\\" + found["escape"])
        elif found["escape"] in _ONE:
            plain.append(_ONE[found["escape"]])
        else:
            groups.append(_escape(found))
    parts = [f"[{''.join(plain)}]"] if plain else []
    either = "|".join((*parts, *groups)) or "(?!)"
    return (f"(?:{without}(?!{either})(?s:.))" if negated else f"(?:{without}(?:{either}))"), at


@lru_cache(maxsize=64)
def _property(kind: str) -> str:
    """The characters of a general category, ``L`` or ``Lu``, as ranges within brackets."""
    ranges = [(first, last) for name, first, last in _categories() if name.startswith(kind)]
    if not ranges or len(kind) > 2:
        raise UnknownPattern(f"the property {kind} is not known")
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in ranges)


@lru_cache(maxsize=1)
def _categories() -> tuple[tuple[str, int, int], ...]:
    """Runs of characters of one general category."""
    found = []
    # Between the third plane and the fourteenth Unicode has nothing, and asking for each would take the most time.
    for first, last in ((0, 0x3FFFF), (0xE0000, 0xE0FFF)):
        at = first
        for name, run in groupby(map(unicodedata.category, map(chr, range(first, last + 1)))):
            length = sum(1 for _ in run)
            found.append((name, at, at + length - 1))
            at += length
    return (*found, ("Cn", 0x40000, 0xDFFFF), ("Cn", 0xE1000, 0xEFFFF), ("Co", 0xF0000, 0x10FFFF))
