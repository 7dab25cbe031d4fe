"""Why a text is no JSON, in words of our own, and where: by line and column, as an editor counts them.

Python's reader tells the first place at which it cannot go on; what stands there, and what may, is told here.

Source: RFC 8259, 2 to 7.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')
"""What a JSON text is made of: a string, a mark, or any other word."""

_WORD = re.compile(r"\s*+([\w.+-]+|\S?)")
_SHOWN = 24


class JsonFault(NamedTuple):
    """The first thing for which a text is no JSON."""

    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    message: str

    def __str__(self) -> str:
        """The place, and what is so."""
        return f"line {self.line}, column {self.column}: {self.message}"


def fault_of(error: json.JSONDecodeError, *, shows: bool = True) -> JsonFault:
    """What Python's reader could not read, in words.

    Args:
        error: what it says.
        shows: whether the word that stands there is quoted: not of a file that somebody else named, who might thus have
            any file of this machine read out to him, a token's perhaps.
    """
    text, position = error.doc, error.pos
    if error.msg.startswith("Illegal trailing comma"):
        # Since Python 3.13 the comma is pointed at, and before what follows it.
        position += 1 + len(text[position + 1 :]) - len(text[position + 1 :].lstrip())
    return at_place(text, position, _said(error.msg, text, position, shown_at(text, position) if shows else None))


def at_place(text: str, position: int, message: str) -> JsonFault:
    """A fault at a character of a text.

    Args:
        text: the whole of it.
        position: the character's, from 0; line and column of the fault count from 1.
        message: what is wrong there.
    """
    return JsonFault(text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position), message)


def _said(said: str, text: str, position: int, there: str | None) -> str:
    if text[:position].rstrip()[-1:] == "," and text[position : position + 1] in ("]", "}"):
        return f"a comma stands before {text[position]}; the last entry has none behind it"
    if said.startswith("Expecting value"):
        return f"a value should stand here (a text in double quotes, a number, true, a list …){_found(there)}"
    if said.startswith("Expecting property name"):
        return f"a name in double quotes should stand here{_found(there)}"
    if said.startswith("Expecting ':'"):
        return f"a colon should part the name from its value{_found(there)}"
    if said.startswith("Expecting ','"):
        return f"a comma should stand here, or the end of the list or object{_found(there)}"
    if said.startswith("Extra data"):
        return "the document is at its end, and more follows" + (f": {there}" if there else "")
    if said.startswith("Unterminated string"):
        return "the text that begins here has no closing quotation mark"
    if said.startswith("Invalid control character"):
        escaped = json.dumps(text[position : position + 1])[1:-1]
        return f"a control character (U+{ord(text[position]):04X}) stands in a text; it is written {escaped} there"
    if "escape" in said:
        return "a backslash begins none of the escapes that JSON knows"
    if "BOM" in said:
        return "a byte order mark stands before the document"
    return f"this cannot be read{_found(there)}"


def shown_at(text: str, position: int) -> str:
    """The word that stands at a place, short and harmless; empty at the end."""
    found = _WORD.match(text, position)
    word = (found[1] if found else "")[:_SHOWN]
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in word)


def _found(there: str | None) -> str:
    if there is None:
        return ""
    return f"; here is {there}" if there else "; here the text ends"


def values_in(text: str) -> Iterator[tuple[int, Sequence[str | int], str]]:
    """Each value and each name of a document that is JSON, in its order: where it begins, the way to it, what it is.

    The text is walked token by token, without recursion. What is yielded for a way is good until the next step.

    Returns:
        The character at which it begins; the names and numbers that lead to it; and ``name`` or ``value``.
    """
    keys: list[str | int] = []
    within: list[str] = []
    name_comes = False
    for token in TOKENS.finditer(text):
        mark = token[0]
        if mark in "]}":
            within.pop()
            # An object without members put no name upon the way.
            if not name_comes:
                keys.pop()
            name_comes = False
        elif mark == ",":
            if within[-1] == "[":
                keys[-1] = int(keys[-1]) + 1
            else:
                keys.pop()
                name_comes = True
        elif name_comes:
            keys.append(json.loads(mark))
            name_comes = False
            yield token.start(), keys, "name"
        elif mark != ":":
            yield token.start(), keys, "value"
            if mark in "[{":
                within.append(mark)
                name_comes = mark == "{"
                if mark == "[":
                    keys.append(0)


def place_of(text: str, way: Sequence[str | int]) -> tuple[int, int] | None:
    """The line and the column, from 1, at which the value at the end of a way begins; ``None`` where there is none."""
    wanted = list(way)
    for position, keys, what in values_in(text):
        if what == "value" and keys == wanted:
            return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
    return None


def name_twice(text: str) -> JsonFault | None:
    """The first name that stands twice in one object of a document that is JSON otherwise (RFC 8259, 4)."""
    opened: list[set[str] | None] = []
    name_comes = False
    for token in TOKENS.finditer(text):
        mark = token[0]
        if mark in "[{":
            opened.append(set() if mark == "{" else None)
            name_comes = mark == "{"
        elif mark in "]}":
            if opened:
                opened.pop()
            name_comes = False
        elif mark == ",":
            name_comes = bool(opened) and opened[-1] is not None
        elif name_comes and opened and (names := opened[-1]) is not None:
            name_comes = False
            name = str(json.loads(mark))
            if name in names:
                short = name if len(name) <= 80 else name[:79] + "…"
                return at_place(text, token.start(), f"the name {short!r} stands twice in one object")
            names.add(name)
    return None


def word_at(text: str, word: str) -> JsonFault | None:
    """Where a word stands outside texts, as a number that is none; the message is left to whoever asks."""
    for token in TOKENS.finditer(text):
        if token[0] == word:
            return at_place(text, token.start(), "")
    return None
