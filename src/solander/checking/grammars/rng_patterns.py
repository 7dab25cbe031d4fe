"""Patterns of RELAX NG as values: built once, simplified as they are built, and shared wherever they are the same.

``Patterns`` makes them. Two patterns that it makes of the same parts are the same object, so that what was reckoned for
one holds for both; that keeps derivatives (``rng_deriving``) from growing.

Source: RELAX NG, OASIS 2001, section 6; J. Clark, "An algorithm for RELAX NG validation".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

NameClass: TypeAlias = tuple[Any, ...]
"""``("name", namespace, local)``, ``("any", except)``, ``("in", namespace, except)`` or ``("choice", a, b …)``; an
``except`` is a name class or ``None``."""

STEP_LIMIT = 1_000_000
"""How many parts of patterns are put together for one document before it is given up: some ten seconds' worth. All of
TEI takes 400,000 for a document that meets much of it, the first time."""


class GrammarTooLarge(Exception):
    """The grammar needs more steps, or is nested deeper, than anybody waits for."""


class Pattern:
    """One pattern. Made by ``Patterns`` alone; compared by identity."""

    __slots__ = ("attributes", "closed", "deriving", "holds_values", "kind", "nullable", "opened", "parts")

    def __init__(
        self, kind: str, parts: tuple[Any, ...], *, nullable: bool, attributes: bool, holds_values: bool
    ) -> None:
        self.kind, self.parts = kind, parts
        self.nullable = nullable
        """Whether nothing at all satisfies it."""
        self.attributes = attributes
        """Whether it may still ask for, or allow, attributes of the element that is open."""
        self.holds_values = holds_values
        """Whether the very characters of a text matter to it."""
        self.opened: dict[tuple[str, str], Pattern] = {}
        """What is left after the start of an element, by its name."""
        self.closed: Pattern | None = None
        """What is left when no more attributes come."""
        self.deriving: dict[Any, Pattern] = {}
        """What is left after an attribute or a text, as far as that was worth keeping."""


def contains(names: NameClass, name: tuple[str, str]) -> bool:
    """Whether a name class has a name: its namespace and its local part."""
    kind = names[0]
    if kind == "name":
        return names[1:] == name
    if kind == "choice":
        return any(contains(one, name) for one in names[1:])
    if kind == "in" and names[1] != name[0]:
        return False
    without = names[-1]
    return without is None or not contains(without, name)


class Patterns:
    """Makes patterns, and keeps each so that it is made once."""

    def __init__(self) -> None:
        self._made: dict[tuple[Any, ...], Pattern] = {}
        self.steps = 0
        self.empty = Pattern("empty", (), nullable=True, attributes=False, holds_values=False)
        self.nothing = Pattern("nothing", (), nullable=False, attributes=False, holds_values=False)
        """What no document satisfies (``notAllowed``)."""
        self.text = Pattern("text", (), nullable=True, attributes=False, holds_values=False)

    def _make(
        self, kind: str, parts: tuple[Any, ...], *, nullable: bool, attributes: bool = False, holds_values: bool = False
    ) -> Pattern:
        key = (kind, *parts)
        found = self._made.get(key)
        if found is None:
            self.steps += 1
            if self.steps > STEP_LIMIT:
                raise GrammarTooLarge(f"more than {STEP_LIMIT:,} steps")
            found = Pattern(kind, parts, nullable=nullable, attributes=attributes, holds_values=holds_values)
            self._made[key] = found
        return found

    def choice(self, *alternatives: Pattern) -> Pattern:
        """Any of these."""
        flat: dict[Pattern, None] = {}
        for one in alternatives:
            if one.kind == "choice":
                flat.update(dict.fromkeys(one.parts))
            elif one is not self.nothing:
                flat[one] = None
        if self.empty in flat and any(one.nullable for one in flat if one is not self.empty):
            del flat[self.empty]
        if len(flat) <= 1:
            return next(iter(flat), self.nothing)
        parts = tuple(flat)
        self.steps += len(parts)
        key = ("choice", frozenset(parts))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._make(
                "choice",
                parts,
                nullable=any(one.nullable for one in parts),
                attributes=any(one.attributes for one in parts),
                holds_values=any(one.holds_values for one in parts),
            )
        return found

    def _both(self, kind: str, first: Pattern, second: Pattern) -> Pattern:
        if first is self.nothing or second is self.nothing:
            return self.nothing
        if first is self.empty:
            return second
        if second is self.empty:
            return first
        return self._make(
            kind,
            (first, second),
            nullable=first.nullable and second.nullable,
            attributes=first.attributes or second.attributes,
            holds_values=first.holds_values or second.holds_values,
        )

    def group(self, first: Pattern, second: Pattern) -> Pattern:
        """One after the other."""
        return self._both("group", first, second)

    def interleave(self, first: Pattern, second: Pattern) -> Pattern:
        """Both, in any order."""
        return self._both("interleave", first, second)

    def one_or_more(self, one: Pattern) -> Pattern:
        """It, at least once."""
        if one in (self.empty, self.nothing, self.text) or one.kind == "one-or-more":
            return one
        return self._make(
            "one-or-more",
            (one,),
            nullable=one.nullable,
            attributes=one.attributes,
            holds_values=one.holds_values,
        )

    def optional(self, one: Pattern) -> Pattern:
        """It, or nothing."""
        return self.choice(self.empty, one)

    def list_of(self, one: Pattern) -> Pattern:
        """A text whose words satisfy it."""
        return self.nothing if one is self.nothing else self._make("list", (one,), nullable=False, holds_values=True)

    def data(
        self, library: str, datatype: str, facets: tuple[tuple[str, str], ...], without: Pattern | None
    ) -> Pattern:
        """A text of a datatype."""
        return self._make("data", (library, datatype, facets, without), nullable=False, holds_values=True)

    def value(self, library: str, datatype: str, written: str) -> Pattern:
        """A text that is this value."""
        return self._make("value", (library, datatype, written), nullable=False, holds_values=True)

    def attribute(self, names: NameClass, content: Pattern) -> Pattern:
        """An attribute of such a name, with such a value."""
        if content is self.nothing:
            return self.nothing
        return self._make("attribute", (names, content), nullable=False, attributes=True)

    def element(self, names: NameClass, content: Callable[[], Pattern]) -> Pattern:
        """An element of such a name; its content is asked for when one is met. It is made anew at each call."""
        return Pattern("element", (names, content), nullable=False, attributes=False, holds_values=False)

    def after(self, within: Pattern, behind: Pattern) -> Pattern:
        """What is still wanted within an element that is open, and what then follows it."""
        if within is self.nothing or behind is self.nothing:
            return self.nothing
        return self._make(
            "after",
            (within, behind),
            nullable=False,
            attributes=within.attributes,
            holds_values=within.holds_values,
        )
