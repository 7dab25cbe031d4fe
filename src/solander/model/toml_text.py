"""Why a text is no TOML, in words of our own, and where its settings stand: by line and column, as editors count them.

Python's reader tells the first place at which it cannot go on, and forgets where each value stood.

Source: TOML 1.0.0.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence

_PLACE = re.compile(r" \(at (?:line (?P<line>[0-9]+), column (?P<column>[0-9]+)|end of document)\)\Z")
_WORDS = (
    ("Expected '=' after a key", "a key should be followed by = and its value"),
    ("Invalid value", "a value should stand here: a text in quotation marks, a number, true, false, a list or a table"),
    ("Invalid statement", "no setting begins here: a line is key = value, [table], or a remark behind #"),
    ("Expected newline or end of document", "the line should end here; each setting has a line of its own"),
    ("Cannot overwrite a value", "this was set before"),
    ("Cannot declare", "this table stood before; a table is opened once"),
    ("Duplicate inline table key", "this was set before, in the same table"),
    ("Cannot mutate immutable namespace", "this table is closed already: what is written in braces is whole"),
    ("Cannot redefine namespace", "this table stood before; a table is opened once"),
    ("Cannot define", "this was set before"),
    ("Unterminated string", "a text has no closing quotation mark"),
    ("Illegal character", "a character stands here that a text or a remark does not hold; a line's end ends it"),
    ("Unescaped '\\'", "a backslash begins no escape here; write it twice, or the text in single quotation marks"),
    ("Invalid hex value", "an escape should have hexadecimal digits here"),
    ("Escaped character is not a Unicode scalar value", "an escape names no character"),
    ("Unclosed array", "a list has no closing bracket, or no comma between two entries"),
    ("Unclosed inline table", "a table in braces has no closing brace, or no comma between two entries"),
    ("Invalid initial character for a key part", "a key should stand here: letters, digits, - and _, or in quotes"),
    ("Expected ']' at the end of a table declaration", "the name of a table should end with ] here"),
    ("Expected ']]' at the end of an array declaration", "the name of a list of tables should end with ]] here"),
    ("Invalid date or datetime", "this is no day or moment that the calendar has"),
    ("Found invalid character", "a character stands here that TOML does not allow"),
    ('Expected "\'"', "a text has no closing quotation mark"),
    ("Expected", "something else should stand here"),
)
_HEADER = re.compile(r"[ \t]*(\[\[?)([^\]\n]*)\]")
_PART = re.compile(r"""[ \t]*+(?:([A-Za-z0-9_-]+)|"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')[ \t]*+(\.?)""")
_SKIPPED = re.compile(
    r'"""(?:[^\\]|\\.)*?"""|' + r"'''.*?'''" + r'|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'|#[^\n]*", re.DOTALL
)


def toml_fault(error: tomllib.TOMLDecodeError, text: str) -> str:
    """What Python's reader could not read, in words, behind its line and column."""
    said = str(error)
    place = _PLACE.search(said)
    line, column = text.count("\n") + 1, len(text) - text.rfind("\n")
    if place is not None and place["line"]:
        line, column = int(place["line"]), int(place["column"])
    words = next((ours for theirs, ours in _WORDS if said.startswith(theirs)), "this cannot be read")
    return f"line {line}, column {column}: {words}"


def utf8_fault(error: UnicodeDecodeError) -> str:
    """Where bytes are no UTF-8, as TOML must be."""
    before = error.object[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return f"line {line}, column {column}: a byte that is no UTF-8 (0x{error.object[error.start]:02X})"


def setting_place(text: str, way: Sequence[str | int]) -> tuple[int, int] | None:
    """The line and the column, from 1, at which a setting's key stands; of one in braces, or in a list, the setting's
    that holds it. ``None`` where there is none.

    Args:
        text: a document that is TOML.
        way: the keys that lead to the setting.
    """
    wanted = [one for one in way if isinstance(one, str)]
    best: tuple[int, int] | None = None
    most = 0
    for at, keys in _keys(text):
        shared = keys == wanted[: len(keys)] and len(keys)
        if shared and shared > most:
            best, most = (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)), shared
    return best


def _keys(text: str) -> Iterator[tuple[int, list[str]]]:
    """Where each key and each table's name stands at the beginning of a line, and the whole way to it."""
    # Texts and remarks are blanked out, so that no bracket or line in them is taken for one of the document's.
    plain = _SKIPPED.sub(_blank, text)
    table: list[str] = []
    depth = at = 0
    for line in plain.splitlines(keepends=True):
        if depth == 0 and line.strip():
            header = _HEADER.match(line)
            if header is not None:
                table = _parts(text[at + header.start(2) : at + header.end(2)])
                yield at + header.start(1), list(table)
            else:
                yield at + len(line) - len(line.lstrip()), table + _parts(text[at : at + len(line)])
        if depth or not _HEADER.match(line):
            depth += sum(map(line.count, "[{")) - sum(map(line.count, "]}"))
        at += len(line)


def _blank(found: re.Match[str]) -> str:
    if found[0].startswith("#"):
        return " " * len(found[0])
    return "".join(one if one == "\n" else "x" for one in found[0])


def _parts(written: str) -> list[str]:
    """The parts of a key: ``a."b c".d``."""
    parts: list[str] = []
    at = 0
    while (part := _PART.match(written, at)) is not None:
        parts.append(next(one for one in part.group(1, 2, 3) if one is not None))
        at = part.end()
        if not part[4]:
            break
    return parts
