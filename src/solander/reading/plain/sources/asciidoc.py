"""AsciiDoc: headings by equals signs, blocks between rows of one character, attributes in brackets and between colons.

Source: the AsciiDoc Language, "Document Structure", "Blocks" and "Lists", in outline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line, parted_line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, PROSE, QUOTE, TABLE, TERM, Role

_HEADING = re.compile(r"(?P<signs>={1,6}) [^\s=].{0,200}\Z")
_ATTRIBUTE = re.compile(r":!?[\w-]{1,60}!?:(?:\s|\Z)")
_BRACKETS = re.compile(r"\[[^\[\]\s](?:[^\[\]]|\[\])*\]\Z|\[\[[^\[\]]+\]\]\Z|\[\]\Z")
_MACRO = re.compile(r"(?:include|image|video|audio|ifdef|ifndef|ifeval|endif|toc|menu)::\S*\[[^\[\]]*\]\Z|toc::\[\]\Z")
_CALLED = re.compile(r"\.[^\s.].{0,200}\Z")
_ITEM = re.compile(r"(?P<mark>\*{1,5}|-|\.{1,5}|[0-9]{1,3}\.|[a-z]\.|<(?:[0-9]{1,3}|\.)>)\s+\S")
_TERM = re.compile(r"(?P<term>[^:;\s](?:[^:;]|[:;](?![:;])){0,80}?(?P<mark>:{2,4}|;;))(?=\s|\Z)")
_FENCE = re.compile(r"(?:-{4,}|\.{4,}|\+{4,}|/{4,}|`{3,}[\w ,-]{0,40}|_{4,}|={4,}|\*{4,}|--|[|,:!]={3,})\Z")
_CODE_FENCES = "-.+/`"
_BREAKS = ("'''", "---", "***", "<<<")
_NAMES = ("[source", "[listing")
"""What names the language of the code below."""
_REMARK = "//"
_SIGNS = re.compile(
    r"\[(?:source|NOTE|TIP|WARNING|IMPORTANT|CAUTION|quote|cols|options|listing|horizontal|verse|%)[^\[\]]*\]\Z"
    r"|\[(?:\[|#)[\w.-]+\]{1,2}\Z|\|={3,}\Z|:(?:toc|author|icons|sectnums|source-highlighter|revdate|imagesdir|numbered"
    r"|doctype|experimental|idprefix|toclevels|description|keywords|page-\w+|manmanual|mansource)[\w-]*:"
    r"|(?:include|image|ifdef|ifndef|endif)::\S*\[|(?:NOTE|TIP|WARNING|IMPORTANT|CAUTION): |-{4,}\Z|\+\Z"
)
_FEWEST = 2
_LOOKED_AT = 300


def is_asciidoc(lines: Sequence[Line]) -> bool:
    """Whether lines are a document in AsciiDoc: a heading, and two of its signs of which one is no rule."""
    looked = [line for line in lines[:_LOOKED_AT] if not line.indent]
    if not any(line.text[0] == "=" and _HEADING.match(line.text) for line in looked):
        return False
    signs = [line.text for line in looked if line.text[0] in "[|:incTWIe-+N" and _SIGNS.match(line.text)]
    strong = {text[:9] for text in signs if text[0] not in "-+"}
    return len(signs) >= _FEWEST and len(strong) > 0 and not any(line.text.endswith(" ==") for line in looked)


def asciidoc_roles(lines: Sequence[Line], text: str) -> list[Role]:
    """The role of each line; of a term with what explains it beside it, of each its own."""
    reader = _Reader(text)
    for line, below in zip(lines, [*lines[1:], None], strict=True):
        reader.read(line, below)
    return reader.roles


class _Reader:
    """Reads line after line; what is open is known from those above."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.roles: list[Role] = []
        self.marks: list[str] = []
        """The marks of the lists that are open, outermost first."""
        self.fence = ""
        self.quotes = False
        self.attached = False
        """Whether a plus sign joins what follows to the item above."""
        self.in_head = False

    def add(self, line: Line, kind: str, level: int = 0) -> None:
        self.roles.append(Role(line, kind, 0 if kind == HEADING else len(self.marks), level))

    def read(self, line: Line, below: Line | None) -> None:
        """Add the role of a line.

        Args:
            line: the next one.
            below: the one beneath it, if any.
        """
        text = line.text
        if self.fence:
            self._fenced(line)
            return
        attached, self.attached = self.attached, False
        heading = _HEADING.match(text) if text[0] == "=" and not line.indent else None
        if heading is not None and (line.gap or self._is_below_mark()):
            self.marks.clear()
            self.add(line, HEADING, len(heading["signs"]))
            self.in_head = len(heading["signs"]) == 1 and len(self.roles) < 30
            return
        if self.in_head and not line.gap:
            self.add(line, MARK)
            return
        self.in_head = False
        if text == "+":
            self.add(line, MARK)
            self.attached = True
        elif _FENCE.match(text) and not line.indent:
            self._open(line, attached)
        elif not line.indent and self._is_command(line):
            # Attributes above an item are those of the list within.
            if line.gap and not attached and (below is None or _ITEM.match(below.text) is None):
                self.marks.clear()
            self.add(line, MARK)
            self.attached = attached
        elif (item := _ITEM.match(text)) is not None:
            self._begin(item["mark"] if item["mark"][0] in "*-." else "1", line, ITEM)
        elif (term := _TERM.match(text)) is not None and not line.aligned:
            self._explain(line, term)
        else:
            self._words(line, attached)

    def _is_below_mark(self) -> bool:
        return not self.roles or self.roles[-1].kind == MARK

    def _is_command(self, line: Line) -> bool:
        text = line.text
        if text in _BREAKS or (text.startswith(_REMARK) and not text.startswith("///")):
            return True
        if line.gap or self._is_below_mark() or (self.roles and self.roles[-1].kind == CODE):
            starts = _BRACKETS.match(text) or _MACRO.match(text) or _ATTRIBUTE.match(text)
            return starts is not None or (_CALLED.match(text) is not None and not _ITEM.match(text))
        return _MACRO.match(text) is not None or (self._in_list() and _BRACKETS.match(text) is not None)

    def _in_list(self) -> bool:
        return bool(self.marks)

    def _open(self, line: Line, attached: bool) -> None:
        if line.gap and not attached and line.text != "--":
            self.marks.clear()
        first = line.text[0]
        is_table = line.text[1:4] == "==="
        if first in _CODE_FENCES and line.text != "--" and not is_table:
            self.fence = line.text if first != "`" else "```"
            if self.roles and not line.gap and self.roles[-1].line.text.startswith(_NAMES):
                self.roles[-1] = self.roles[-1]._replace(kind=CODE)
            self.add(line, CODE)
        elif is_table and first in "|,:!":
            self.fence = line.text
            self.add(line, TABLE)
        else:
            self.quotes = not self.quotes if first == "_" else self.quotes
            self.add(line, MARK)

    def _fenced(self, line: Line) -> None:
        is_end = line.text == self.fence
        is_table = self.fence[1:4] == "===" and self.fence[0] != "="
        self.add(line, TABLE if is_table else CODE)
        self.fence = "" if is_end else self.fence

    def _begin(self, mark: str, line: Line, kind: str) -> None:
        if mark in self.marks:
            del self.marks[self.marks.index(mark) + 1 :]
        else:
            self.marks.append(mark)
        self.add(line, kind)

    def _explain(self, line: Line, term: re.Match[str]) -> None:
        end = line.begin
        left = len("".join(term["term"].split()))
        while left:
            left -= not self.text[end].isspace()
            end += 1
        head, rest = parted_line(line, end, self.text)
        self._begin(term["mark"], line._replace(text=head, end=end), TERM)
        if rest is not None:
            self.add(rest, PROSE)

    def _words(self, line: Line, attached: bool) -> None:
        before = self.roles[-1].kind if self.roles else ""
        if line.gap and self.marks and not attached and not line.indent and before != TERM:
            self.marks.clear()
        if line.indent and (line.gap or before == CODE) and before != TERM:
            self.add(line, CODE)
        else:
            self.add(line, QUOTE if self.quotes else PROSE)
