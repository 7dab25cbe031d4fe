"""JSON in one form: two spaces, characters as they are, one newline at the end; keys in the order given."""

from __future__ import annotations

import json
from json.encoder import encode_basestring
from typing import Any


def canonical(value: Any) -> bytes:
    """The bytes of a value; lone surrogates, which no UTF-8 can hold, are written as escapes.

    Raises:
        TypeError: a value has no form in JSON, or a name is no text.
        ValueError: a number is no JSON number (NaN, infinity).
    """
    text = _written(value, "\n") + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return (json.dumps(value, indent=2, allow_nan=False) + "\n").encode()


def json_in_ascii(value: object) -> bytes:
    """The bytes of a value as it is shown to programs: one space, and all beyond ASCII as escapes."""
    return (json.dumps(value, ensure_ascii=True, indent=1) + "\n").encode()


def _written(value: Any, margin: str) -> str:
    """A value, where each line but the first begins with ``margin``."""
    # Python's own writer takes three times as long as soon as it is to indent (measured on descriptions).
    if isinstance(value, str):
        return encode_basestring(value)
    inner = margin + "  "
    if isinstance(value, dict):
        if not value:
            return "{}"
        members = [f"{inner}{encode_basestring(name)}: {_written(member, inner)}" for name, member in value.items()]
        return f"{{{','.join(members)}{margin}}}"
    if isinstance(value, (list, tuple)):
        if not value:
            return "[]"
        return f"[{','.join([inner + _written(member, inner) for member in value])}{margin}]"
    return json.dumps(value, allow_nan=False)
