"""Derivatives of RELAX NG patterns: what is left to be satisfied after a tag, an attribute or a text.

``nothing`` is left where a document may not go on so. What is left is kept with the pattern, so that a document that
repeats itself, as most do, costs a look-up for each tag.

Source: J. Clark, "An algorithm for RELAX NG validation".
"""

from __future__ import annotations

import re
from collections.abc import Callable

from solander.checking.grammars.datatypes import has_value, is_of_datatype
from solander.checking.grammars.rng_patterns import Pattern, Patterns, contains

Name = tuple[str, str]
"""A namespace, empty where there is none, and a local part."""

Opened = Callable[[Pattern, Name], Pattern]


class Deriving:
    """Reckons derivatives with the patterns of one grammar."""

    def __init__(self, patterns: Patterns) -> None:
        self.patterns = patterns

    def after_open(self, pattern: Pattern, name: Name) -> Pattern:
        """What is left when an element of this name begins."""
        found = pattern.opened.get(name)
        if found is None:
            found = pattern.opened[name] = self._open(pattern, name, self.after_open, may_skip=False)
        return found

    def after_skipping(self, pattern: Pattern, name: Name) -> Pattern:
        """What is left when an element of this name begins, though something that must come before it is missing."""
        return self._open(pattern, name, self.after_skipping, may_skip=True)

    def _open(self, pattern: Pattern, name: Name, again: Opened, *, may_skip: bool) -> Pattern:
        make, kind, parts = self.patterns, pattern.kind, pattern.parts
        if kind == "choice":
            return make.choice(*(again(one, name) for one in parts))
        if kind == "element":
            return make.after(parts[1](), make.empty) if contains(parts[0], name) else make.nothing
        if kind == "group":
            first, second = parts
            opened = self._mapped(lambda rest: make.group(rest, second), again(first, name))
            # An attribute that is still asked for is told of by itself, and stands in no element's way.
            return make.choice(opened, again(second, name)) if first.nullable or may_skip else opened
        if kind == "interleave":
            first, second = parts
            return make.choice(
                self._mapped(lambda rest: make.interleave(rest, second), again(first, name)),
                self._mapped(lambda rest: make.interleave(first, rest), again(second, name)),
            )
        if kind == "one-or-more":
            return self._mapped(lambda rest: make.group(rest, make.optional(pattern)), again(parts[0], name))
        if kind == "after":
            within, behind = parts
            return self._mapped(lambda rest: make.after(rest, behind), again(within, name))
        return make.nothing

    def _mapped(self, change: Callable[[Pattern], Pattern], pattern: Pattern) -> Pattern:
        """``after`` patterns with another thing behind them."""
        if pattern.kind == "after":
            return self.patterns.after(pattern.parts[0], change(pattern.parts[1]))
        if pattern.kind == "choice":
            return self.patterns.choice(*(self._mapped(change, one) for one in pattern.parts))
        return self.patterns.nothing

    def within_also(self, pattern: Pattern, other: Pattern) -> Pattern:
        """``after`` patterns behind which another way on is open too."""
        return self._mapped(lambda rest: self.patterns.choice(rest, other), pattern)

    def after_attribute(self, pattern: Pattern, name: Name, value: str | None) -> Pattern:
        """What is left when an attribute was met; ``None`` for a value takes any."""
        if not pattern.attributes:
            return self.patterns.nothing
        key = (name, value) if value is None or len(value) < 40 else None
        if key in pattern.deriving:
            return pattern.deriving[key]
        found = self._attribute(pattern, name, value)
        if key is not None and len(pattern.deriving) < 1000:
            pattern.deriving[key] = found
        return found

    def _attribute(self, pattern: Pattern, name: Name, value: str | None) -> Pattern:
        make, kind, parts = self.patterns, pattern.kind, pattern.parts
        if kind == "choice":
            return make.choice(*(self.after_attribute(one, name, value) for one in parts))
        if kind == "attribute":
            right = contains(parts[0], name) and (value is None or self.is_satisfied(parts[1], value))
            return make.empty if right else make.nothing
        if kind in ("group", "interleave"):
            both = make.group if kind == "group" else make.interleave
            first, second = parts
            return make.choice(
                both(self.after_attribute(first, name, value), second),
                both(first, self.after_attribute(second, name, value)),
            )
        if kind == "one-or-more":
            return make.group(self.after_attribute(parts[0], name, value), make.optional(pattern))
        return make.after(self.after_attribute(parts[0], name, value), parts[1])

    def after_attributes(self, pattern: Pattern, *, lacking: bool = False) -> Pattern:
        """What is left when no attribute comes any more; with ``lacking`` those that are asked for are let go."""
        if not pattern.attributes:
            return pattern
        if not lacking and pattern.closed is not None:
            return pattern.closed
        make, kind, parts = self.patterns, pattern.kind, pattern.parts
        if kind == "attribute":
            left = make.empty if lacking else make.nothing
        elif kind == "choice":
            left = make.choice(*(self.after_attributes(one, lacking=lacking) for one in parts))
        elif kind == "one-or-more":
            left = make.one_or_more(self.after_attributes(parts[0], lacking=lacking))
        else:
            first = self.after_attributes(parts[0], lacking=lacking)
            if kind == "after":
                left = make.after(first, parts[1])
            else:
                both = make.group if kind == "group" else make.interleave
                left = both(first, self.after_attributes(parts[1], lacking=lacking))
        if not lacking:
            pattern.closed = left
        return left

    def after_text(self, pattern: Pattern, text: str) -> Pattern:
        """What is left after a text."""
        if pattern.holds_values:
            return self._text(pattern, text)
        found = pattern.deriving.get("text")
        if found is None:
            found = pattern.deriving["text"] = self._text(pattern, text)
        return found

    def _text(self, pattern: Pattern, text: str) -> Pattern:
        make, kind, parts = self.patterns, pattern.kind, pattern.parts
        if kind == "text":
            return pattern
        if kind == "choice":
            return make.choice(*(self.after_text(one, text) for one in parts))
        if kind == "group":
            first, second = parts
            left = make.group(self.after_text(first, text), second)
            return make.choice(left, self.after_text(second, text)) if first.nullable else left
        if kind == "interleave":
            first, second = parts
            return make.choice(
                make.interleave(self.after_text(first, text), second),
                make.interleave(first, self.after_text(second, text)),
            )
        if kind == "one-or-more":
            return make.group(self.after_text(parts[0], text), make.optional(pattern))
        if kind == "after":
            return make.after(self.after_text(parts[0], text), parts[1])
        if kind == "value":
            return make.empty if has_value(parts[0], parts[1], parts[2], text) else make.nothing
        if kind == "data":
            library, datatype, facets, without = parts
            right = is_of_datatype(library, datatype, facets, text)
            right = right and (without is None or not self.after_text(without, text).nullable)
            return make.empty if right else make.nothing
        if kind == "list":
            left = parts[0]
            for word in re.findall(r"[^ \t\r\n]+", text):
                left = self.after_text(left, word)
            return make.empty if left.nullable else make.nothing
        return make.nothing

    def is_satisfied(self, content: Pattern, text: str) -> bool:
        """Whether a text, be it of white space alone, is all that a pattern wants."""
        return (content.nullable and not text.strip(" \t\r\n")) or self.after_text(content, text).nullable

    def after_close(self, pattern: Pattern, *, early: bool = False) -> Pattern:
        """What is left when an element ends; with ``early`` whatever it still wants."""
        if pattern.kind == "after":
            within, behind = pattern.parts
            return behind if early or within.nullable else self.patterns.nothing
        if pattern.kind == "choice":
            return self.patterns.choice(*(self.after_close(one, early=early) for one in pattern.parts))
        return self.patterns.nothing
