"""What a RELAX NG grammar refuses in a document, told so that it can be mended: what stands where, and what may.

The document is walked once, with the derivatives of the grammar; after a fault the walk goes on, as if what was wrong
were not there, or what is missing were. One mistake is one fault, as far as that can be told.

Source: RELAX NG, sections 6 and 7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from solander.checking.grammars.rng_allowed import (
    allowed_attributes,
    allowed_content,
    allowed_values,
    attributes_of,
    missing_attributes,
    told,
)
from solander.checking.grammars.rng_deriving import Deriving
from solander.checking.grammars.rng_patterns import Pattern, contains
from solander.checking.grammars.rng_reading import Grammar
from solander.checking.grammars.xml_walk import Step, walk

KINDS = (
    "element-not-allowed",
    "attribute-not-allowed",
    "attribute-value-not-allowed",
    "attribute-missing",
    "content-incomplete",
    "text-not-allowed",
)
"""What may be wrong."""

_SHOWN = 60
"""Characters of a value that are told."""
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"


class Explained(NamedTuple):
    """One thing that a grammar refuses."""

    kind: str
    """One of ``KINDS``."""
    line: int
    column: int
    xpath: str
    """By the names as written: ``/TEI/text/body/div[2]/p``."""
    message: str
    """What stands where, and what is allowed there; in one line."""
    allowed: tuple[str, ...]
    """All that is allowed there."""


class _Open(NamedTuple):
    """An element that is open."""

    written: str
    xpath: str
    children: dict[str, int]
    """How many children of each name were met."""


def explain(grammar: Grammar, content: bytes, within: int = 0) -> Iterator[Explained]:
    """What a grammar refuses in a document.

    Args:
        grammar: by which to judge.
        content: the document, which was parsed before: well-formed and without DOCTYPE.
        within: the number of the element, in the order of the document and from 0, that is judged as if it were all.

    Raises:
        ValueError: the document cannot be walked.
        GrammarTooLarge: it would take more steps than anybody waits for.
        UnusableSchema: an element's content breaks the rules of RELAX NG, which shows when one is met.
    """
    return _Walk(grammar).faults(content, within)


class _Walk:
    def __init__(self, grammar: Grammar) -> None:
        self.grammar, self.deriving, self.make = grammar, Deriving(grammar.patterns), grammar.patterns
        self.pattern = grammar.start
        self.open: list[_Open] = [_Open("", "", {})]
        self.namespace = ""
        """That of the root: its names are told without a prefix."""
        self.unjudged = 0
        """How many elements are open of which nothing is known."""
        self.text: Step | None = None
        """The text since the last tag."""
        self.has_children = False
        self._allowed: dict[Pattern, list[str]] = {}

    def faults(self, content: bytes, within: int) -> Iterator[Explained]:
        number, depth = -1, 0
        self.make.steps = 0
        for step in walk(content):
            number += step.kind == "open"
            if number < within:
                if step.kind == "open":
                    self._enter(step)
                elif step.kind == "close":
                    self.open.pop()
                continue
            depth += (step.kind == "open") - (step.kind == "close")
            if step.kind == "text":
                self.text = step
            elif self.unjudged:
                # Of what an unknown element holds nothing is known either.
                self.unjudged += 1 if step.kind == "open" else -1
                if step.kind == "open":
                    self._enter(step)
                else:
                    self.open.pop()
                    self.has_children, self.text = True, None
            elif step.kind == "open":
                yield from self._opened(step)
            else:
                yield from self._closed(step)
            if depth == 0:
                return

    # ------------------------------------------------------------------------------------------------ one tag each

    def _opened(self, step: Step) -> Iterator[Explained]:
        if self.namespace == "" and len(self.open) == 1:
            self.namespace = step.name[0]
        yield from self._said(alone=False)
        above, before = self.open[-1], self.pattern
        opened = self.deriving.after_open(before, step.name)
        here = self._enter(step)
        if opened is self.make.nothing:
            yield self._not_allowed(step, above, here, before)
            let_pass = self._as_if_allowed(step, before)
            if let_pass is None:
                self.unjudged = 1
                return
            opened = let_pass
        yield from self._attributes(step, here, opened)
        self.has_children = False

    def _as_if_allowed(self, step: Step, before: Pattern) -> Pattern | None:
        """What is left when an element is let pass where it may not stand; ``None`` if nothing is known of it."""
        # What is missing before it may be missing, or it may be too much: both ways stay open.
        skipped = self.deriving.after_skipping(before, step.name)
        if skipped is not self.make.nothing:
            return self.deriving.within_also(skipped, before)
        known = self.grammar.elements.get(step.name)
        if known is None:
            return None
        return self.make.choice(*(self.make.after(one.parts[1](), before) for one in known))

    def _not_allowed(self, step: Step, above: _Open, here: _Open, before: Pattern) -> Explained:
        allowed = self._content(before)
        skipped = self.deriving.after_skipping(before, step.name)
        where = f"in <{above.written}>" if above.written else "as the root"
        if skipped is not self.make.nothing and above.written and allowed:
            message = f"before <{here.written}> {where} something is missing: {told(allowed)}"
            return Explained("content-incomplete", step.line, step.column, here.xpath, message, tuple(allowed))
        # The same name in another namespace would look allowed.
        strange = any(one.rpartition("}")[2] == step.name[1] for one in allowed)
        what = f"<{here.written}> of {step.name[0] or 'no namespace'}" if strange else f"<{here.written}>"
        message = f"{what} {where}; allowed here: {told(allowed) or 'nothing more'}"
        return Explained("element-not-allowed", step.line, step.column, here.xpath, message, tuple(allowed))

    def _attributes(self, step: Step, here: _Open, opened: Pattern) -> Iterator[Explained]:
        for name, value in step.attributes:
            left = self.deriving.after_attribute(opened, name, value)
            if left is self.make.nothing:
                yield self._wrong_attribute(step, here, opened, name, value)
                left = self.deriving.after_attribute(opened, name, None)
            if left is not self.make.nothing:
                opened = left
        left = self.deriving.after_attributes(opened)
        if left is self.make.nothing:
            missing = missing_attributes(opened, self._attribute_namer)
            message = f"<{here.written}> lacks {', '.join(missing) or 'an attribute'}"
            yield Explained("attribute-missing", step.line, step.column, here.xpath, message, tuple(missing))
            left = self.deriving.after_attributes(opened, lacking=True)
        self.pattern = left

    def _wrong_attribute(
        self, step: Step, here: _Open, opened: Pattern, name: tuple[str, str], value: str
    ) -> Explained:
        written = self._attribute_namer(*name)
        of_name = [one for one in attributes_of(opened) if contains(one.parts[0], name)]
        xpath = f"{here.xpath}/{written}"
        if of_name:
            allowed = allowed_values(of_name)
            message = f"{written}={_shown(value)} of <{here.written}>; allowed here: {told(allowed)}"
            kind = "attribute-value-not-allowed"
        else:
            allowed = allowed_attributes(opened, self._attribute_namer)
            message = f"{written} of <{here.written}>; allowed here: {told(allowed) or 'no attribute more'}"
            kind = "attribute-not-allowed"
        return Explained(kind, step.line, step.column, xpath, message, tuple(allowed))

    def _closed(self, step: Step) -> Iterator[Explained]:
        here = self.open[-1]
        yield from self._said(alone=not self.has_children)
        left = self.deriving.after_close(self.pattern)
        if left is self.make.nothing:
            allowed = self._content(self.pattern)
            if allowed:
                message = f"<{here.written}> ends too early; still to come: {told(allowed)}"
                yield Explained("content-incomplete", step.line, step.column, here.xpath, message, tuple(allowed))
            left = self.deriving.after_close(self.pattern, early=True)
        self.pattern = left
        self.open.pop()
        self.has_children = True

    def _said(self, *, alone: bool) -> Iterator[Explained]:
        """Judge the text since the last tag; ``alone`` if it is all that its element holds."""
        step, self.text = self.text, None
        if step is None and not alone:
            return
        text = step.text if step else ""
        blank = not text.strip(" \t\r\n")
        if blank and not alone:
            return
        left = self.deriving.after_text(self.pattern, text)
        if blank:
            left = self.make.choice(self.pattern, left)
        if left is self.make.nothing and step is not None:
            here = self.open[-1]
            allowed = self._content(self.pattern)
            message = f"text {_shown(text.strip())} in <{here.written}>; allowed here: {told(allowed) or 'nothing'}"
            yield Explained("text-not-allowed", step.line, step.column, here.xpath, message, tuple(allowed))
            left = self.pattern
            if not alone or not self.pattern.holds_values:
                return
            # A value that is wrong is there all the same.
            left = self._without_values(self.pattern)
        self.pattern = left

    def _without_values(self, pattern: Pattern) -> Pattern:
        if pattern.kind == "choice":
            return self.make.choice(*(self._without_values(one) for one in pattern.parts))
        if pattern.kind == "after" and pattern.parts[0].holds_values:
            return self.make.after(self.make.empty, pattern.parts[1])
        return pattern

    def _content(self, pattern: Pattern) -> list[str]:
        """What may come next; kept, for where one thing is wrong many are."""
        if pattern not in self._allowed:
            self._allowed[pattern] = allowed_content(pattern, self._namer)
        return self._allowed[pattern]

    # ------------------------------------------------------------------------------------------------------ names

    def _enter(self, step: Step) -> _Open:
        above = self.open[-1]
        number = above.children[step.written] = above.children.get(step.written, 0) + 1
        # The first of its name bears no number: whether there are more is not known yet.
        here = _Open(step.written, f"{above.xpath}/{step.written}" + (f"[{number}]" if number > 1 else ""), {})
        self.open.append(here)
        return here

    def _namer(self, namespace: str, local: str) -> str:
        return local if namespace == self.namespace else f"{{{namespace}}}{local}" if namespace else local

    def _attribute_namer(self, namespace: str, local: str) -> str:
        if not namespace:
            return f"@{local}"
        return f"@xml:{local}" if namespace == _XML_NAMESPACE else f"@{{{namespace}}}{local}"


def _shown(value: str) -> str:
    one_line = " ".join(value.split())
    return f"“{one_line}”" if len(one_line) <= _SHOWN else f"“{one_line[: _SHOWN - 20]} … {one_line[-15:]}”"
