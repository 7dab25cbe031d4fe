"""Reading a RELAX NG grammar: its XML form into patterns. What an element holds is read when one is first met.

Source: RELAX NG, sections 3 and 4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from solander.checking.grammars.datatypes import UnknownDatatype, must_know
from solander.checking.grammars.rng_including import RNG, UnusableSchema
from solander.checking.grammars.rng_patterns import NameClass, Pattern, Patterns

_NAMES = ("name", "anyName", "nsName")


class Grammar:
    """A grammar that was read: where a document begins, and what is known of its elements by name."""

    def __init__(self, root: Any) -> None:
        """Read a grammar that includes nothing any more.

        Args:
            root: the grammar (lxml), as ``whole_grammar`` gives it.

        Raises:
            UnusableSchema: it breaks the rules of RELAX NG.
        """
        self.patterns = Patterns()
        self.unknown: dict[str, None] = {}
        """Datatypes that cannot be judged, each once: every text passes for one."""
        self.elements: dict[tuple[str, str], list[Pattern]] = {}
        """The elements of the grammar that have one name, by it."""
        self._inherited: dict[Any, tuple[str, str]] = {}
        for one in root.iter(f"{RNG}data"):
            self._data(one)
        scope = _Scope(self, None)
        self.start = scope.pattern(root)
        for one in root.iter(f"{RNG}element"):
            if one not in scope.met:
                scope.pattern_of_unmet(one)

    def inherited(self, one: Any, name: str) -> str:
        """``ns`` or ``datatypeLibrary``, as it holds for an element of the grammar."""
        kept: tuple[str, str] | None = self._inherited.get(one)
        if kept is None:
            parent = one.getparent()
            above = ("", "") if parent is None else (self.inherited(parent, "ns"), self._inherited[parent][1])
            kept = (one.get("ns", above[0]), one.get("datatypeLibrary", above[1]))
            self._inherited[one] = kept
        return kept[name != "ns"]

    def _data(self, one: Any) -> Pattern:
        library, datatype = self.inherited(one, "datatypeLibrary"), one.get("type", "").strip()
        facets = tuple((part.get("name", ""), part.text or "") for part in one if part.tag == f"{RNG}param")
        try:
            must_know(library, datatype, facets)
        except UnknownDatatype as error:
            self.unknown[str(error)] = None
            return self.patterns.data("", "string", (), None)
        return self.patterns.data(library, datatype, facets, None)


def _parts(of: Any) -> Iterator[Any]:
    """The elements of RELAX NG in one; others are remarks."""
    return (one for one in of if isinstance(one.tag, str) and one.tag.startswith(RNG))


class _Scope:
    """What ``ref`` may name: the definitions of one ``grammar`` element."""

    def __init__(self, grammar: Grammar, above: _Scope | None) -> None:
        self.grammar, self.make, self.above = grammar, grammar.patterns, above
        self.definitions: dict[str | None, list[Any]] = {}
        self.read: dict[str | None, Pattern | None] = {}
        self.met: dict[Any, Pattern] = {} if above is None else above.met

    def pattern(self, one: Any) -> Pattern:
        """The pattern that an element of the grammar is."""
        kind = one.tag.removeprefix(RNG)
        make = self.make
        if kind in ("group", "interleave"):
            return self._all(list(_parts(one)), make.group if kind == "group" else make.interleave)
        if kind == "choice":
            return make.choice(*map(self.pattern, _parts(one)))
        if kind in ("optional", "zeroOrMore", "oneOrMore", "list", "mixed"):
            content = self._all(list(_parts(one)), make.group)
            if kind == "optional":
                return make.optional(content)
            if kind == "list":
                return make.list_of(content)
            if kind == "mixed":
                return make.interleave(content, make.text)
            return make.one_or_more(content) if kind == "oneOrMore" else make.optional(make.one_or_more(content))
        if kind in ("text", "empty", "notAllowed"):
            return {"text": make.text, "empty": make.empty, "notAllowed": make.nothing}[kind]
        if kind == "ref":
            return self.defined(one.get("name", "").strip())
        if kind == "parentRef":
            if self.above is None:
                raise UnusableSchema("a parentRef stands outside of any inner grammar")
            return self.above.defined(one.get("name", "").strip())
        return self._particular(kind, one)

    def _particular(self, kind: str, one: Any) -> Pattern:
        make = self.make
        if kind == "element":
            return self._element(one)
        if kind == "attribute":
            names, parts = self._named(one, "")
            return make.attribute(names, self.pattern(parts[0]) if parts else make.text)
        if kind == "data":
            plain = self.grammar._data(one)
            excepted = [part for part in _parts(one) if part.tag == f"{RNG}except"]
            if not excepted:
                return plain
            without = make.choice(*map(self.pattern, _parts(excepted[0])))
            library, datatype, facets, _ = plain.parts
            return make.data(library, datatype, facets, without)
        if kind == "value":
            datatype = one.get("type")
            library = self.grammar.inherited(one, "datatypeLibrary") if datatype else ""
            return make.value(library, (datatype or "token").strip(), one.text or "")
        if kind == "grammar":
            inner = _Scope(self.grammar, self if one.getparent() is not None else None)
            inner.met = self.met
            inner.collect(one)
            return inner.defined(None)
        raise UnusableSchema(f"line {one.sourceline}: {kind[:100]} is no pattern of RELAX NG")

    def pattern_of_unmet(self, one: Any) -> None:
        """Make an element known that the start has not led to yet; what cannot be made is passed by."""
        holder = next((up for up in one.iterancestors(f"{RNG}grammar")), None)
        if holder is None or next(holder.iterancestors(f"{RNG}grammar"), None) is not None:
            return
        if not self.definitions:
            self.collect(holder)
        self._element(one)

    def _element(self, one: Any) -> Pattern:
        found = self.met.get(one)
        if found is not None:
            return found
        names, parts = self._named(one, self.grammar.inherited(one, "ns"))
        kept: list[Pattern] = []

        def content() -> Pattern:
            if not kept:
                kept.append(self._all(parts, self.make.group))
            return kept[0]

        found = self.met[one] = self.make.element(names, content)
        if names[0] == "name":
            self.grammar.elements.setdefault((names[1], names[2]), []).append(found)
        return found

    def _all(self, parts: list[Any], both: Callable[[Pattern, Pattern], Pattern]) -> Pattern:
        """Several patterns as one, from the last to the first: so what is left after each is already made."""
        whole = self.make.empty
        for one in reversed(parts):
            whole = both(self.pattern(one), whole)
        return whole

    def _named(self, one: Any, namespace: str) -> tuple[NameClass, list[Any]]:
        """The name class of an element or attribute, and the patterns that follow it."""
        parts = list(_parts(one))
        written = one.get("name")
        if written is not None:
            return ("name", one.get("ns", namespace), written.strip()), parts
        if not parts:
            raise UnusableSchema(f"line {one.sourceline}: it has no name")
        return self._names(parts[0]), parts[1:]

    def _names(self, one: Any) -> NameClass:
        kind = one.tag.removeprefix(RNG)
        if kind == "name":
            return ("name", self.grammar.inherited(one, "ns"), (one.text or "").strip())
        excepted = [part for part in _parts(one) if part.tag == f"{RNG}except"]
        without = ("choice", *map(self._names, _parts(excepted[0]))) if excepted else None
        if kind == "anyName":
            return ("any", without)
        if kind == "nsName":
            return ("in", self.grammar.inherited(one, "ns"), without)
        if kind == "choice":
            return ("choice", *map(self._names, _parts(one)))
        raise UnusableSchema(f"line {one.sourceline}: {kind[:100]} is no name class")

    def collect(self, holder: Any) -> None:
        """Gather what is defined in a ``grammar``."""
        for one in _parts(holder):
            if one.tag == f"{RNG}div":
                self.collect(one)
            elif one.tag in (f"{RNG}define", f"{RNG}start"):
                name = one.get("name", "").strip() if one.tag == f"{RNG}define" else None
                self.definitions.setdefault(name, []).append(one)

    def defined(self, name: str | None) -> Pattern:
        """The pattern of that name; ``None`` is the start."""
        if name in self.read:
            found = self.read[name]
            if found is None:
                raise UnusableSchema(f"{name} is defined by itself, and no element stands between")
            return found
        if name not in self.definitions:
            raise UnusableSchema("it has no start" if name is None else f"{name} is not defined in it")
        self.read[name] = None
        written = self.definitions[name]
        wholes = [self._all(list(_parts(one)), self.make.group) for one in written]
        if any(one.get("combine") == "interleave" for one in written):
            whole = self.make.empty
            for one in wholes:
                whole = self.make.interleave(whole, one)
        else:
            whole = self.make.choice(*wholes)
        self.read[name] = whole
        return whole
