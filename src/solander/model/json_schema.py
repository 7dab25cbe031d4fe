"""A quick yes of JSON Schema: whether a value plainly keeps a schema, told without the slow import of a library.

Judging whole bags must stay cheap, and ``jsonschema`` costs 0.12 s of processor time to import, a third of what judging
a small bag may take. So this says yes where a value keeps the schema, for the few keywords that Solander's own schemas
use; where it says no, ``jsonschema`` is asked, has the last word, and says what is wrong. A keyword that is not known
here is never a yes.

Source: JSON Schema 2020-12, Core and Validation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ANNOTATIONS = frozenset(("$schema", "$id", "$defs", "title", "description", "default", "examples", "version"))


def plainly_keeps(value: object, schema: Mapping[str, Any]) -> bool:
    """Whether a value of JSON's types keeps a schema; ``False`` also where that cannot be told here.

    Only the schema is descended, never the value for its own sake: how deep the material nests does not matter.
    """
    return _keeps(value, schema, schema)


def _keeps(value: object, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    for keyword, wanted in schema.items():
        if keyword in _ANNOTATIONS:
            continue
        if keyword == "$ref":
            if not (wanted.startswith("#/") and _keeps(value, _at(root, wanted), root)):
                return False
        elif keyword in ("properties", "additionalProperties"):
            if isinstance(value, dict) and not _keeps_members(value, schema, root):
                return False
        else:
            test = _TESTS.get(keyword)
            if test is None or not test(value, wanted, root):
                return False
    return True


def _at(root: Mapping[str, Any], pointer: str) -> Any:
    """The part of a schema to which a pointer within it leads (RFC 6901); our own need no escapes."""
    part: Any = root
    for name in pointer[2:].split("/"):
        part = part[name]
    return part


def _keeps_members(value: dict[str, object], schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    known = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    for name, member in value.items():
        if name in known:
            if not _keeps(member, known[name], root):
                return False
        elif others is not True and (others is False or not _keeps(member, others, root)):
            return False
    return True


def _type(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    # Python's truths are numbers, JSON's are not; and a 1.0 is an integer for JSON Schema, of which we say nothing.
    if wanted == "integer":
        return isinstance(value, int) and not isinstance(value, bool)
    kinds: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}
    kind = kinds.get(wanted) if isinstance(wanted, str) else None
    return kind is not None and isinstance(value, kind)


def _one_of(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and value in wanted


def _constant(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return isinstance(value, str) and value == wanted


def _required(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(name in value for name in wanted)


def _dependent_required(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(
        _required(value, needed, root) for name, needed in wanted.items() if name in value
    )


def _unique_items(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    # Which of JSON's values are equal is a long story (1, 1.0, true): here only texts are told apart.
    if not isinstance(value, list) or wanted is False:
        return True
    return all(isinstance(one, str) for one in value) and len(set(value)) == len(value)


def _property_names(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, dict) or all(_keeps(name, wanted, root) for name in value)


def _items(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, list) or all(_keeps(one, wanted, root) for one in value)


def _contains(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, list) or any(_keeps(one, wanted, root) for one in value)


def _min_items(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, list) or len(value) >= wanted


def _min_length(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, str) or len(value) >= wanted


def _minimum(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, (int, float)) or value >= wanted


def _pattern(value: object, wanted: Any, root: Mapping[str, Any]) -> bool:
    return not isinstance(value, str) or re.search(wanted, value) is not None


_TESTS = {
    "type": _type,
    "enum": _one_of,
    "const": _constant,
    "required": _required,
    "dependentRequired": _dependent_required,
    "propertyNames": _property_names,
    "items": _items,
    "uniqueItems": _unique_items,
    "contains": _contains,
    "minItems": _min_items,
    "minLength": _min_length,
    "minimum": _minimum,
    "pattern": _pattern,
}
