"""What may stand where a RELAX NG pattern has come to: elements, text, attributes and values, in words.

Source: RELAX NG, section 6.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from solander.checking.grammars.rng_patterns import NameClass, Pattern

TOLD = 15
"""As many names are told of what is allowed; of the others their number."""

Namer = Callable[[str, str], str]
"""How a document calls a name, by namespace and local part."""


def allowed_content(pattern: Pattern, named: Namer) -> list[str]:
    """What may come next within the element that is open: ``text`` first, then elements by name."""
    found: dict[str, None] = {}
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one.kind == "element":
            found.update(dict.fromkeys(names_of(one.parts[0], named)))
        elif one.kind in ("text", "data", "value", "list"):
            found["text" if one.kind == "text" else value_of(one)] = None
        elif one.kind in ("choice", "interleave"):
            waiting.extend(one.parts)
        elif one.kind == "group":
            waiting.append(one.parts[0])
            if one.parts[0].nullable:
                waiting.append(one.parts[1])
        elif one.kind in ("after", "one-or-more"):
            waiting.append(one.parts[0])
    return sorted(found, key=lambda name: (name != "text", name.lower(), name))


def allowed_attributes(pattern: Pattern, named: Namer) -> list[str]:
    """The attributes that may still come, by name."""
    return sorted({name for one in attributes_of(pattern) for name in names_of(one.parts[0], named)})


def attributes_of(pattern: Pattern) -> list[Pattern]:
    """The attributes that may still come."""
    found: dict[Pattern, None] = {}
    seen: set[Pattern] = set()
    waiting = [pattern]
    while waiting:
        one = waiting.pop()
        if one in seen or not one.attributes:
            continue
        seen.add(one)
        if one.kind == "attribute":
            found[one] = None
        elif one.kind == "after":
            waiting.append(one.parts[0])
        else:
            waiting.extend(one.parts)
    return list(found)


def missing_attributes(pattern: Pattern, named: Namer) -> list[str]:
    """The attributes without which it cannot be satisfied; where one of several would do, these joined by ``or``."""
    return [" or ".join(sorted(one)) for one in sorted(_missing(pattern, named), key=sorted)]


def _missing(pattern: Pattern, named: Namer) -> set[frozenset[str]]:
    if not pattern.attributes:
        return set()
    if pattern.kind == "attribute":
        return {frozenset(names_of(pattern.parts[0], named))}
    if pattern.kind == "choice":
        each = [_missing(one, named) for one in pattern.parts]
        common = set.intersection(*each)
        if common or not all(each):
            return common
        return {frozenset(name for one in each for names in one for name in names)}
    if pattern.kind == "after":
        return _missing(pattern.parts[0], named)
    return set().union(*(_missing(one, named) for one in pattern.parts))


def allowed_values(attributes: Iterable[Pattern]) -> list[str]:
    """What an attribute may say: values in quotation marks, and the names of datatypes."""
    return _values(one.parts[1] for one in attributes)


def _values(contents: Iterable[Pattern]) -> list[str]:
    found: set[str] = set()
    waiting = list(contents)
    while waiting:
        one = waiting.pop()
        if one.kind in ("choice", "group", "interleave", "one-or-more"):
            waiting.extend(one.parts)
        elif one.kind == "text":
            found.add("any text")
        elif one.kind != "empty":
            found.add(value_of(one))
    return sorted(found)


def value_of(pattern: Pattern) -> str:
    """A value or a datatype, in words."""
    if pattern.kind == "value":
        return f"“{pattern.parts[2]}”"
    if pattern.kind == "list":
        return "a list: " + (", ".join(_values((pattern.parts[0],))) or "nothing")
    facets = [f"{wanted}" if name == "pattern" else f"{name} {wanted}" for name, wanted in pattern.parts[2]]
    return " ".join((pattern.parts[1], *(f"({one[:80]}{'…' if len(one) > 80 else ''})" for one in facets)))


def names_of(names: NameClass, named: Namer) -> list[str]:
    """The names of a name class, in words."""
    kind = names[0]
    if kind == "name":
        return [named(names[1], names[2])]
    if kind == "choice":
        return [name for one in names[1:] for name in names_of(one, named)]
    if kind == "any":
        return ["any name" if names[1] is None else "any other name"]
    return [f"any name of {names[1] or 'no namespace'}"]


def told(names: list[str]) -> str:
    """A list in one line, shortened."""
    more = len(names) - TOLD
    return ", ".join(names[:TOLD]) + (f" and {more} more" if more > 0 else "")
