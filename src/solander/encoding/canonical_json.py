"""JSON in one form: two spaces, characters as they are, one newline at the end; keys in the order given."""

from __future__ import annotations

import json
from typing import Any


def canonical(value: Any) -> bytes:
    """The bytes of a value; lone surrogates, which no UTF-8 can hold, are written as escapes.

    Raises:
        ValueError: a number is no JSON number (NaN, infinity).
    """
    text = json.dumps(value, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        return text.encode()
    except UnicodeEncodeError:
        return (json.dumps(value, indent=2, allow_nan=False) + "\n").encode()
