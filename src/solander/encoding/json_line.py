"""Journals of one JSON object a line: how a line is written and read, and how one that was cut off is told.

Source: RFC 8259.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, TypeVar

Read = TypeVar("Read")


def json_line(value: dict[str, Any]) -> bytes:
    """A line with its line feed; lone surrogates, which no UTF-8 can hold, are written as escapes."""
    try:
        return json.dumps(value, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:
        return json.dumps(value).encode() + b"\n"


def parse_line(line: bytes, build: Callable[[Any], Read]) -> Read:
    """Read a line, and make of its object what it says.

    Args:
        line: the line.
        build: makes it of what JSON has; it may stumble over what is lacking or of another type.

    Raises:
        ValueError: it is no JSON, or not of this form.
    """
    try:
        return build(json.loads(line))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"it lacks what such a line says, or says it in another form ({error})") from error


def is_torn_line(line: bytes, opening: bytes) -> bool:
    """Whether this is the beginning of a line that was never finished; the rest of it may be NULs, or nothing.

    Args:
        line: the line.
        opening: what every line of such a journal begins with.
    """
    written = line.rstrip(b"\0")
    if opening.startswith(written):
        return True
    if not written.startswith(opening):
        return False
    try:
        json.loads(written)
    except (ValueError, RecursionError):
        return True
    return False


def text_in(value: object) -> str:
    """A value that must be a text.

    Raises:
        TypeError: it is none.
    """
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value
