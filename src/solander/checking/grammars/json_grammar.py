"""Applying a JSON Schema: faults with a line and a pointer, and which schema judged.

JSON is read strictly: UTF-8, no name twice in one object, no number that JSON does not know or that cannot be held, and
no deeper than any program reads it. A quick yes spares the slow import of ``jsonschema``, which has the last word on
whatever is no plain yes.

Source: RFC 8259; JSON Schema 2020-12; RFC 6901 (pointers).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from functools import lru_cache
from math import inf, isfinite
from typing import Any, NamedTuple

from solander.checking.grammars.json_words import in_words
from solander.checking.grammars.relax_ng import FAULTS, GrammarFault
from solander.model.finding import SchemaUsed
from solander.model.json_schema import Test, quick_test
from solander.model.json_text import JsonFault, fault_of, name_twice, place_of, word_at
from solander.model.ports import SchemaStore

DEPTH = 100
"""How deep a record may nest: our own nest four deep, and how much deeper Python reads depends on who asks."""

_DIGITS = 100
"""The longest number that is read."""

_BRACKETS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[{}\[\]]')


class ParsedJson(NamedTuple):
    """A JSON document, or why it is none."""

    value: Any
    """``None`` too where there is a fault."""
    text: str
    fault: GrammarFault | None


def parse_json(content: bytes) -> ParsedJson:
    """Parse a document strictly; a fault is a value."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        what = f"this is no UTF-8: a byte 0x{content[error.start]:02X}"
        return ParsedJson(None, "", GrammarFault(before.count(b"\n") + 1, column, None, what))
    try:
        if (deep := _too_deep(text)) is not None:
            return ParsedJson(None, text, GrammarFault(deep, None, None, f"it nests deeper than {DEPTH} levels here"))
        value = json.loads(
            text,
            object_pairs_hook=_each_name_once,
            parse_constant=_no_number,
            parse_int=_integer,
            parse_float=_fraction,
        )
    except json.JSONDecodeError as error:
        return ParsedJson(None, text, _told(fault_of(error)))
    except _NoNumber as error:
        found = word_at(text, error.written)
        fault = _told(found) if found else GrammarFault(None, None, None, "")
        return ParsedJson(None, text, fault._replace(message=str(error)))
    except _NameTwice as error:
        found = name_twice(text)
        return ParsedJson(None, text, _told(found) if found else GrammarFault(None, None, None, str(error)))
    return ParsedJson(value, text, None)


def json_faults(parsed: ParsedJson, schema_name: str, schemas: SchemaStore) -> tuple[list[GrammarFault], SchemaUsed]:
    """Judge a parsed document by one of our schemas."""
    content = schemas.read(schema_name)
    schema, digest, keeps = _read(content)
    if keeps(parsed.value):
        # Late: only packing and judging name their programs.
        from solander import __version__

        return [], SchemaUsed(schema_name, "1", digest, f"solander {__version__}")
    from importlib.metadata import version

    from jsonschema import Draft202012Validator

    faults = []
    for error in Draft202012Validator(schema).iter_errors(parsed.value):
        way = list(error.absolute_path)
        where = f"{pointer(way)}: " if way else ""
        line, column = place_of(parsed.text, way) or (None, None)
        faults.append(GrammarFault(line, column, None, where + in_words(error)))
        if len(faults) == FAULTS:
            break
    return faults, SchemaUsed(schema_name, "1", digest, f"jsonschema {version('jsonschema')}")


def pointer(way: Sequence[str | int]) -> str:
    """A way into a document as a JSON Pointer."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in way)


@lru_cache(maxsize=8)
def _read(content: bytes) -> tuple[dict[str, Any], str, Test]:
    """A schema, its SHA-256, and the quick test that it is."""
    schema = json.loads(content)
    return schema, hashlib.sha256(content).hexdigest(), quick_test(schema)


class _NameTwice(ValueError):
    """A name stands twice in one object."""


class _NoNumber(ValueError):
    """A word stands for a number, and is none that is read."""

    def __init__(self, written: str, what: str) -> None:
        super().__init__(what)
        self.written = written


def _told(fault: JsonFault) -> GrammarFault:
    return GrammarFault(fault.line, fault.column, None, fault.message)


def _each_name_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise _NameTwice("a name stands twice in one object")
    return members


def _no_number(written: str) -> float:
    raise _NoNumber(written, f"{written} is no number of JSON")


def _integer(written: str) -> int:
    if len(written) > _DIGITS:
        raise _NoNumber(written, f"a number of {len(written)} digits is longer than is read")
    return int(written)


def _fraction(written: str) -> float:
    number = float(written) if len(written) <= _DIGITS else inf
    if not isfinite(number):
        raise _NoNumber(written, f"{_shortened(written)} is a number that cannot be held")
    return number


def _too_deep(text: str) -> int | None:
    """The line, from 1, on which a document begins to nest too deep; ``None`` where it does not."""
    # The quick yes: what never opens so many at all.
    if text.count("{") + text.count("[") <= DEPTH:
        return None
    depth = 0
    for token in _BRACKETS.finditer(text):
        if token[0] in "[{":
            depth += 1
            if depth > DEPTH:
                return text.count("\n", 0, token.start()) + 1
        elif token[0] in "]}":
            depth -= 1
    return None


def _shortened(message: str) -> str:
    return message if len(message) <= 200 else f"{message[:120]} … {message[-60:]}"
