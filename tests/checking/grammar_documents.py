"""Documents made at random: out of a grammar itself, and by harming a document that is right.

``Grammar`` walks a RELAX NG grammar (the elements of its XML form that Solander's own grammars use) and takes at each
choice what it took least, so that a few hundred documents meet every element and every attribute. ``harmed`` changes
one thing in a document. Both take all chance from the generator that they are given: the same seed, the same documents.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import etree

RNG = "{http://relaxng.org/ns/structure/1.0}"
XML = "{http://www.w3.org/XML/1998/namespace}"
DEEP = 8
"""Below this many elements, what may be left out is left out, and the shortest way is taken."""
ELSEWHERE = ("{urn:example}record", "nothing", "{http://www.tei-c.org/ns/Examples}p")
"""Names for elements of any name."""


class Grammar:
    """A grammar, and what was taken of it so far."""

    def __init__(
        self,
        content: bytes,
        samples: Mapping[str, Sequence[str]],
        texts: Sequence[str],
        prefixes: Mapping[str | None, str] | None = None,
    ) -> None:
        """Read a grammar.

        Args:
            content: the schema.
            samples: values by attribute, or by a datatype's pattern or name; ``{}`` in one is a new number.
            texts: what text may be.
            prefixes: how the documents name their namespaces.
        """
        # As MyPy knows no lxml here, a pattern is whatever it is.
        self.root: Any = etree.fromstring(content, etree.XMLParser(remove_comments=True))
        self.samples, self.texts, self.prefixes = samples, texts, dict(prefixes or {})
        self.definitions = {one.get("name"): one for one in self.root.iter(f"{RNG}define")}
        self.taken: Counter[Any] = Counter()
        self.numbers = iter(range(10**9))
        self.heights: dict[str, float] = dict.fromkeys(self.definitions, float("inf"))
        while self.heights != (heights := {name: self._height(one) for name, one in self.definitions.items()}):
            self.heights = heights

    def names(self) -> tuple[set[str], set[tuple[str, str]]]:
        """The elements of the grammar, and its attributes each with the element that bears it."""
        elements = {one.get("name") for one in self.root.iter(f"{RNG}element") if one.get("name")}
        borne = {
            (one.get("name"), attribute)
            for one in self.root.iter(f"{RNG}element")
            if one.get("name")
            for attribute in self._attributes(one, set())
        }
        return elements, borne

    def document(self, chance: random.Random) -> Any:
        """One document's root element."""
        holder = etree.Element("holder", nsmap=self.prefixes)
        self._content(self.root.find(f"{RNG}start"), holder, chance, 0)
        return holder[0]

    def _attributes(self, pattern: Any, seen: set[str]) -> Iterator[str]:
        for one in pattern:
            if one.tag == f"{RNG}attribute" and one.get("name"):
                yield one.get("name")
            elif one.tag == f"{RNG}ref" and one.get("name") not in seen:
                seen.add(one.get("name"))
                yield from self._attributes(self.definitions[one.get("name")], seen)
            elif one.tag not in (f"{RNG}element", f"{RNG}attribute"):
                yield from self._attributes(one, seen)

    def _height(self, pattern: Any) -> float:
        kind = pattern.tag.removeprefix(RNG) if isinstance(pattern.tag, str) else ""
        if kind in ("zeroOrMore", "optional", "attribute", "text", "empty", "data", "value"):
            return 0
        if kind == "ref":
            return self.heights[pattern.get("name")]
        heights = [self._height(one) for one in pattern]
        if kind == "choice":
            return min(heights)
        return max(heights, default=0) + (kind == "element")

    def _content(self, pattern: Any, within: Any, chance: random.Random, depth: int) -> None:
        for one in pattern:
            if isinstance(one.tag, str) and one.tag.startswith(RNG):
                self._take(one, within, chance, depth)

    def _take(self, pattern: Any, within: Any, chance: random.Random, depth: int) -> None:
        kind = pattern.tag.removeprefix(RNG)
        if kind == "ref":
            self._content(self.definitions[pattern.get("name")], within, chance, depth)
        elif kind == "element":
            self._element(pattern, within, chance, depth)
        elif kind == "attribute":
            name = pattern.get("name") or chance.choice(("a", "{urn:example}a", f"{XML}lang"))
            name = name.replace("xml:", XML)
            value = self._value(pattern, chance) if pattern.get("name") else "any"
            if name in self.samples:
                value = self.sample(name, chance)
            within.set(f"{{{pattern.get('ns')}}}{name}" if pattern.get("ns") else name, value)
        elif kind == "choice":
            alternatives = [one for one in pattern if one.tag.startswith(RNG)]
            if depth >= DEEP:
                alternatives.sort(key=self._height)
                del alternatives[1:]
            one = min(alternatives, key=lambda one: self.taken[one] + chance.random() * 20)
            self.taken[one] += 1
            self._take(one, within, chance, depth)
        elif kind in ("optional", "zeroOrMore", "oneOrMore"):
            least = kind == "oneOrMore"
            times = chance.choice((0, 1) if kind == "optional" else (least, 1, 2)) if depth < DEEP else least
            for _ in range(times):
                self._content(pattern, within, chance, depth)
        elif kind == "text":
            say(within, chance.choice(self.texts))
        elif kind in ("data", "value"):
            say(within, self._value_of(pattern, chance))
        elif kind == "group":
            self._content(pattern, within, chance, depth)
        elif kind != "empty":
            raise NotImplementedError(kind)

    def _element(self, pattern: Any, within: Any, chance: random.Random, depth: int) -> None:
        namespace = next(one.get("ns") for one in (pattern, *pattern.iterancestors()) if one.get("ns") is not None)
        name = f"{{{namespace}}}{pattern.get('name')}" if pattern.get("name") else chance.choice(ELSEWHERE)
        made = etree.SubElement(within, name)
        content = [one for one in pattern if one.tag not in (f"{RNG}anyName",)]
        self._content(content, made, chance, depth + 1)

    def _value(self, pattern: Any, chance: random.Random) -> str:
        if pattern.tag in (f"{RNG}data", f"{RNG}value"):
            return self._value_of(pattern, chance)
        if pattern.tag == f"{RNG}ref":
            return self._value(self.definitions[pattern.get("name")], chance)
        return self._value(chance.choice([one for one in pattern if one.tag.startswith(RNG)]), chance)

    def _value_of(self, pattern: Any, chance: random.Random) -> str:
        if pattern.tag == f"{RNG}value":
            return pattern.text or ""
        parameter = pattern.find(f"{RNG}param[@name='pattern']")
        return self.sample(parameter.text if parameter is not None else pattern.get("type"), chance)

    def sample(self, datatype: str, chance: random.Random) -> str:
        """A value of a datatype; one in five hundred is of another."""
        if chance.random() < 0.002:
            datatype = chance.choice(list(self.samples))
        return chance.choice(self.samples[datatype]).format(next(self.numbers))


def say(within: Any, text: str) -> None:
    """Put text at the end of what an element holds so far."""
    if len(within):
        within[-1].tail = (within[-1].tail or "") + text
    else:
        within.text = (within.text or "") + text


# ------------------------------------------------------------------------------------------------------------ harms

Harm = Callable[[Any, random.Random], None]


def harmed(root: Any, harms: Sequence[Harm], chance: random.Random) -> Any:
    """A copy of a document in which one element, not the root, was harmed."""
    copy = etree.fromstring(etree.tostring(root))
    inner = [one for one in copy.iter("*") if one is not copy]
    chance.choice(harms)(chance.choice(inner), chance)
    return copy


def remove(element: Any, chance: random.Random) -> None:
    """Take an element out, with what it holds; the text after it stays."""
    parent, tail = element.getparent(), element.tail or ""
    before = element.getprevious()
    parent.remove(element)
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail


def unwrap(element: Any, chance: random.Random) -> None:
    """Put what an element holds in its place."""
    parent = element.getparent()
    at = parent.index(element)
    for number, child in enumerate(list(element)):
        parent.insert(at + number, child)
    remove(element, chance)


def move(element: Any, chance: random.Random) -> None:
    """Bring an element somewhere else in the document."""
    inside = set(element.iter())
    targets = [one for one in element.getroottree().getroot().iter("*") if one not in inside]
    element.tail = None
    target = chance.choice(targets)
    target.insert(chance.randint(0, len(target)), element)


def repeat(element: Any, chance: random.Random) -> None:
    """Let an element follow on itself."""
    element.addnext(etree.fromstring(etree.tostring(element, with_tail=False)))


def swap(element: Any, chance: random.Random) -> None:
    """Exchange an element and the one after it."""
    after = element.getnext()
    if after is not None:
        element.addprevious(after)


def add_text(element: Any, chance: random.Random) -> None:
    """Put words where there may be none."""
    element.text = "words " + (element.text or "")


def drop_attribute(element: Any, chance: random.Random) -> None:
    """Take an attribute away."""
    if element.attrib:
        del element.attrib[chance.choice(list(element.attrib))]


def renaming(names: Sequence[str]) -> Harm:
    """Give an element another name."""

    def rename(element: Any, chance: random.Random) -> None:
        element.tag = chance.choice(names)

    return rename


def inserting(names: Sequence[str]) -> Harm:
    """Put a new element, with a word or without, among what an element holds."""

    def insert(element: Any, chance: random.Random) -> None:
        new = etree.Element(chance.choice(names))
        new.text = chance.choice((None, "word"))
        element.insert(chance.randint(0, len(element)), new)

    return insert


def wrapping(names: Sequence[str]) -> Harm:
    """Put an element into a new one."""

    def wrap(element: Any, chance: random.Random) -> None:
        new = etree.Element(chance.choice(names))
        new.tail, element.tail = element.tail, None
        element.addprevious(new)
        new.append(element)

    return wrap


def setting(names: Sequence[str], value: Callable[[random.Random], str]) -> Harm:
    """Give an element an attribute, or another value of one that it has."""

    def set_attribute(element: Any, chance: random.Random) -> None:
        own = [name for name in element.attrib if chance.random() < 0.5]
        element.set(chance.choice(own or names), value(chance))

    return set_attribute
