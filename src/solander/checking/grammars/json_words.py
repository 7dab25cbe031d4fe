"""What breaks a JSON Schema, in words of our own: what stands there, and what may.

Source: JSON Schema 2020-12, Validation, section 6.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

_KINDS = {
    "object": "an object",
    "array": "a list",
    "string": "a text",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
    "null": "null",
}
_NAMED = 12
"""So many names of what is allowed are told."""

_SHOWN = 80


def in_words(error: ValidationError) -> str:
    """One fault by its schema, in a line, without the place."""
    wanted: Any = error.validator_value
    value: Any = error.instance
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else wanted
            return f"{shown(value)} should be {' or '.join(_KINDS.get(one, one) for one in kinds)}"
        case "required":
            return f"{_listed([name for name in wanted if name not in value][:1])} is missing"
        case "dependentRequired":
            there, lacking = next(
                (one, name) for one, needs in wanted.items() if one in value for name in needs if name not in value
            )
            return f"{lacking!r} is lacking, which {there!r} asks for"
        case "additionalProperties" | "unevaluatedProperties":
            known = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
            strange = next((name for name in value if name not in known), "")
            return f"nothing is called {shown(strange)} here; known: {_listed(known)}"
        case "enum":
            return f"{shown(value)} is not among what may stand here: {_listed(wanted)}"
        case "const":
            return f"{shown(value)} should be {shown(wanted)}"
        case "pattern":
            title = error.schema.get("title") if isinstance(error.schema, dict) else None
            return f"{shown(value)} is no {title}" if title else f"{shown(value)} is not written as {wanted}"
        case "minItems" | "minLength" | "minProperties":
            return f"{shown(value)} holds less than is asked: at least {wanted}"
        case "maxItems" | "maxLength" | "maxProperties":
            return f"{shown(value)} holds more than is allowed: at most {wanted}"
        case "minimum" | "exclusiveMinimum":
            return f"{shown(value)} is less than is allowed: {wanted}"
        case "maximum" | "exclusiveMaximum":
            return f"{shown(value)} is more than is allowed: {wanted}"
        case "uniqueItems":
            return f"an entry of {shown(value)} stands there twice"
        case "contains":
            return f"{shown(value)} lacks an entry that must be there"
        case _:
            return f"{shown(value)} cannot stand here (by the schema's {error.validator})"


def shown(value: object) -> str:
    """A value of JSON, as it is written there, cut to what a line can show."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    written = written if len(written) <= _SHOWN else f"{written[: _SHOWN - 20]} … {written[-10:]}"
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in written)


def _listed(values: list[Any]) -> str:
    more = f" and {len(values) - _NAMED} more" if len(values) > _NAMED else ""
    return ", ".join(map(shown, values[:_NAMED])) + more if values else "nothing"
