"""A document tag by tag, each with its line and column: what the tree of a document no longer knows.

The document was parsed before, by ``parse_xml``: it is well-formed, within bounds, and has no DOCTYPE.

Source: XML 1.0; Namespaces in XML 1.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

_PIECE_BYTES = 64 * 1024
_MARK = "\n"
"""Parts a name's namespace from its local part: no name holds a line feed."""


class Step(NamedTuple):
    """A start tag, an end tag, or the text between two tags."""

    kind: str
    """``open``, ``close`` or ``text``."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    name: tuple[str, str] = ("", "")
    """Namespace, empty where there is none, and local part."""
    attributes: tuple[tuple[tuple[str, str], str], ...] = ()
    text: str = ""
    written: str = ""
    """The element's name as it is written, with its prefix."""


def walk(content: bytes) -> Iterator[Step]:
    """The steps of a document, in its order; remarks are passed by, and do not part a text.

    Raises:
        ValueError: it is not what it must be: it has a DOCTYPE, or expat does not read it.
    """
    walker = _Walker()
    try:
        for at in range(0, len(content), _PIECE_BYTES):
            walker.parser.Parse(content[at : at + _PIECE_BYTES], False)
            yield from walker.taken()
        walker.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"line {error.lineno}: {expat.ErrorString(error.code)}") from error
    yield from walker.taken()


class _Walker:
    def __init__(self) -> None:
        # As a text is taken whole, expat need not gather it.
        self.parser = parser = expat.ParserCreate(namespace_separator=_MARK)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self._open
        parser.EndElementHandler = self._close
        parser.CharacterDataHandler = self._characters
        parser.StartDoctypeDeclHandler = self._doctype
        self.steps: list[Step] = []
        self.text: list[str] = []
        self.text_at = (1, 1)

    def taken(self) -> list[Step]:
        steps, self.steps = self.steps, []
        return steps

    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _doctype(self, *_: object) -> None:
        raise ValueError("it has a DOCTYPE")

    def _end_text(self) -> None:
        if self.text:
            text, (line, column) = "".join(self.text), self.text_at
            # The place of a text is that of its first character that is no white space.
            before = text[: len(text) - len(text.lstrip(" \t\r\n"))]
            lines = before.count("\n")
            column = len(before) - before.rfind("\n") if lines else column + len(before)
            self.steps.append(Step("text", line + lines, column, text=text))
            self.text = []

    def _open(self, name: str, attributes: list[str]) -> None:
        self._end_text()
        pairs = tuple((_parted(attributes[at])[0], attributes[at + 1]) for at in range(0, len(attributes), 2))
        parted, written = _parted(name)
        self.steps.append(Step("open", *self._place(), parted, pairs, written=written))

    def _close(self, name: str) -> None:
        self._end_text()
        parted, written = _parted(name)
        self.steps.append(Step("close", *self._place(), parted, written=written))

    def _characters(self, text: str) -> None:
        if not self.text:
            self.text_at = self._place()
        self.text.append(text)


def _parted(name: str) -> tuple[tuple[str, str], str]:
    """A name as expat gives it: namespace and local part, and as it is written."""
    parts = name.split(_MARK)
    if len(parts) == 1:
        return ("", name), name
    return (parts[0], parts[1]), f"{parts[2]}:{parts[1]}" if len(parts) > 2 else parts[1]
