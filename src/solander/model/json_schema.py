"""A quick yes of JSON Schema: whether a value plainly keeps a schema, told without the slow import of a library.

Judging whole bags must stay cheap, and ``jsonschema`` costs 0.12 s of processor time to import, a third of what judging
a small bag may take. So this says yes where a value keeps the schema, for the few keywords that Solander's own schemas
use; where it says no, ``jsonschema`` is asked, has the last word, and says what is wrong. A keyword that is not known
here is never a yes. A schema is made into one test, once: to walk it anew for each value was a fifth of what judging a
bag cost.

Source: JSON Schema 2020-12, Core and Validation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

Test: TypeAlias = Callable[[Any], bool]
"""Whether a value of JSON's types plainly keeps a schema; ``False`` also where that cannot be told here."""

_ANNOTATIONS = frozenset(("$schema", "$id", "$defs", "title", "description", "default", "examples", "version"))
_KINDS: dict[str, type] = {"object": dict, "array": list, "string": str, "boolean": bool}


def plainly_keeps(value: object, schema: Mapping[str, Any]) -> bool:
    """Whether a value of JSON's types keeps a schema; ``False`` also where that cannot be told here.

    Only the schema is descended, never the value for its own sake: how deep the material nests does not matter.
    """
    return quick_test(schema)(value)


def quick_test(schema: Mapping[str, Any]) -> Test:
    """The test that a schema is: for whoever has many values to judge by it."""
    return _Schema(schema).test(schema)


class _Schema:
    """A schema on its way to be a test; its parts that are named by pointers become one each."""

    def __init__(self, root: Mapping[str, Any]) -> None:
        self._root = root
        self._named: dict[str, Test] = {}

    def test(self, schema: Mapping[str, Any]) -> Test:
        tests = [self._keyword(keyword, schema) for keyword in schema if keyword not in _ANNOTATIONS]
        if len(tests) == 1:
            return tests[0]

        def keeps(value: Any) -> bool:
            for test in tests:  # noqa: SIM110 - all() costs twice as much, and this runs a thousand times a bag
                if not test(value):
                    return False
            return True

        return keeps

    def _keyword(self, keyword: str, schema: Mapping[str, Any]) -> Test:
        wanted = schema[keyword]
        match keyword:
            case "$ref":
                return self._named_part(wanted)
            case "properties":
                return self._members(schema)
            case "additionalProperties":
                return _yes if "properties" in schema else self._members(schema)
            case "items":
                return _of(list, _each(self.test(wanted)))
            case "contains":
                inner = self.test(wanted)
                return _of(list, lambda value: any(map(inner, value)))
            case "propertyNames":
                return _of(dict, _each(self.test(wanted)))
        make = _TESTS.get(keyword)
        return _no if make is None else make(wanted)

    def _named_part(self, pointer: str) -> Test:
        """The test of a part within this schema (RFC 6901; our own pointers need no escapes), made when first asked."""
        if not pointer.startswith("#/"):
            return _no

        def keeps(value: Any) -> bool:
            test = self._named.get(pointer)
            if test is None:
                part: Any = self._root
                for name in pointer[2:].split("/"):
                    part = part[name]
                test = self._named[pointer] = self.test(part)
            return test(value)

        return keeps

    def _members(self, schema: Mapping[str, Any]) -> Test:
        known = {name: self.test(part) for name, part in schema.get("properties", {}).items()}
        rest = schema.get("additionalProperties", True)
        others = (_yes if rest else _no) if isinstance(rest, bool) else self.test(rest)

        def keep(value: Any) -> bool:
            for name, member in value.items():  # noqa: SIM110 - as above
                if not known.get(name, others)(member):
                    return False
            return True

        return _of(dict, keep)


def _yes(_: Any) -> bool:
    return True


def _no(_: Any) -> bool:
    return False


def _of(kind: type, test: Test) -> Test:
    """A test of values of one kind; any other value keeps it."""
    return lambda value: not isinstance(value, kind) or test(value)


def _each(test: Test) -> Test:
    def keep(values: Any) -> bool:
        for value in values:  # noqa: SIM110 - as above
            if not test(value):
                return False
        return True

    return keep


def _type(wanted: Any) -> Test:
    # Python's truths are numbers, JSON's are not; and a 1.0 is an integer for JSON Schema, of which we say nothing.
    if wanted == "integer":
        return lambda value: isinstance(value, int) and not isinstance(value, bool)
    kind = _KINDS.get(wanted) if isinstance(wanted, str) else None
    return _no if kind is None else lambda value: isinstance(value, kind)


def _enum(wanted: Any) -> Test:
    return lambda value: isinstance(value, str) and value in wanted


def _const(wanted: Any) -> Test:
    return lambda value: isinstance(value, str) and value == wanted


def _has(wanted: Any) -> Test:
    return lambda value: all(name in value for name in wanted)


def _dependent_required(wanted: Any) -> Test:
    needs = [(name, _has(needed)) for name, needed in wanted.items()]
    return _of(dict, lambda value: all(has(value) for name, has in needs if name in value))


def _unique_items(wanted: Any) -> Test:
    return _yes if wanted is False else _of(list, _all_differ)


def _all_differ(values: Any) -> bool:
    # Which of JSON's values are equal is a long story (1, 1.0, true): here only texts, and objects of them.
    met: list[Any] = []
    for value in values:
        if not _is_of_texts(value) or value in met:
            return False
        met.append(value)
    return True


def _is_of_texts(value: Any) -> bool:
    """Whether it is a text, or an object of texts: no deeper, for the material may nest as deep as it likes."""
    return isinstance(value, str) or (
        isinstance(value, dict) and all(isinstance(member, str) for member in value.values())
    )


def _pattern(wanted: Any) -> Test:
    search = re.compile(wanted).search
    return _of(str, lambda value: search(value) is not None)


def _minimum(wanted: Any) -> Test:
    return lambda value: not isinstance(value, (int, float)) or value >= wanted


_TESTS: dict[str, Callable[[Any], Test]] = {
    "type": _type,
    "enum": _enum,
    "const": _const,
    "required": lambda wanted: _of(dict, _has(wanted)),
    "dependentRequired": _dependent_required,
    "uniqueItems": _unique_items,
    "minItems": lambda wanted: _of(list, lambda value: len(value) >= wanted),
    "minLength": lambda wanted: _of(str, lambda value: len(value) >= wanted),
    "minimum": _minimum,
    "pattern": _pattern,
}
