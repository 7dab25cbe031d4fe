r"""Manuals' pages as they are written for troff, by the macros of man(7) and mdoc(7): requests open with a dot.

A request that sets some words in another font is part of its paragraph; one that moves or measures is a command alone.

Source: groff_man(7), mdoc(7).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, NAMED, PROSE, TERM, Role

_REQUEST = re.compile(r"[.'] ?(?P<name>[A-Za-z]{1,3}|\\\"|\\})(?:\s+(?P<rest>.*))?\Z")
_LEVELS = {"TH": 1, "Dt": 1, "SH": 2, "Sh": 2, "SS": 3, "Ss": 3}
_OPENS_CODE = {"nf": "fi", "EX": "EE", "TS": "TE", "DS": "DE", "PS": "PE", "EQ": "EN", "Vb": "Ve", "CS": "CE"}
_PARAGRAPHS = frozenset(("PP", "P", "LP", "Pp", "HP", "Lp"))
_ALONE = frozenset(
    (
        *("ad", "am", "bp", "ce", "cs", "de", "ds", "el", "fi", "ft", "hy", "ie", "if", "ig", "in", "IX", "ll", "ls"),
        *("lt", "mk", "na", "ne", "nh", "nr", "ns", "Os", "Dd", "pl", "po", "ps", "rm", "rr", "rs", "rt", "so", "sp"),
        *("ss", "ta", "tc", "ti", "tm", "tr", "UC", "vs", "AT", "DT", "PD", "Sp", "RS", "RE", "Ed", "El", "Bl", "Bd"),
        *("Bk", "Ek", "AU", "AE", "TQ", "hw", "it", "do", "als", "warn", "nop", "ev", "di", "da", "pc", "lf"),
    )
)
_BULLET = re.compile(
    r"\"?(?:\\\(bu|\\\[bu\]|\\\(em|\\-|[*+o·•-]|\\\(\*|[0-9]{1,3}[.)]?|\([0-9a-z]\)|[a-z][.)])\"?(?:\s|\Z)"
)
_BLOCK_LIST = re.compile(r"-(?:bullet|dash|hyphen|enum|item)\b")
_BEGINS = (
    ".TH ",
    ".Dd ",
    "'\\\" ",
    '.\\"',
    ".so ",
    "'\\\"",
    ".\\ ",
    ".TH\t",
    ".Dt ",
    ".de ",
    ".if ",
    ".ie ",
    ".nh",
    ".ds ",
)
_FEWEST = 2
_LITERAL = ("-literal", "-unfilled")


def is_troff(lines: Sequence[Line]) -> bool:
    """Whether lines are a manual's page: its title, and two sections at the least."""
    if not lines[0].text.startswith(_BEGINS):
        return False
    headings = [line.text[:4].rstrip() for line in lines if line.text[0] == "." and line.text[1:3] in _LEVELS]
    return (".TH" in headings or ".Dt" in headings) and len(headings) > _FEWEST


def troff_roles(lines: Sequence[Line], _: str) -> list[Role]:
    """The role of each line."""
    reader = _Reader()
    for line in lines:
        reader.read(line)
    return reader.roles


class _Reader:
    """Reads line after line; what is open is known from those above."""

    def __init__(self) -> None:
        self.roles: list[Role] = []
        self.code = ""
        """The request that ends the code in which lines stand; empty where they stand in none."""
        self.sets: list[int] = []
        """For each ``RS`` that is open, whether it stands below a tag."""
        self.below_tags = 0
        """How many of these do."""
        self.blocks: list[str] = []
        """What each ``Bl`` that is open has: items or terms."""
        self.tagged = 0
        self.awaits = ""
        """What the next line is: a heading's words, a term."""

    @property
    def depth(self) -> int:
        return len(self.blocks) + self.below_tags + self.tagged

    def add(self, line: Line, kind: str, level: int = 0) -> None:
        self.roles.append(Role(line, kind, 0 if kind == HEADING else self.depth, level))

    def read(self, line: Line) -> None:
        request = _REQUEST.match(line.text) if line.text[0] in ".'" and not line.indent else None
        name = request["name"] if request else ""
        rest = (request["rest"] or "") if request else ""
        if self.code:
            is_end = name == self.code or (self.code == ".." and line.text in ("..", ".Ve"))
            self.code = "" if is_end else self.code
            self.add(line, MARK if is_end else CODE)
        elif self.awaits and name not in ('\\"', "PD", "IX", "nf", "ns"):
            awaited, self.awaits = self.awaits, ""
            if awaited.isdigit():
                self.add(line, HEADING, int(awaited))
            else:
                self.add(line, NAMED)
        elif request is None:
            self.add(line, MARK if line.text[0] in ".'" and line.text[1:2] in ("", ".", "\\") else PROSE)
        else:
            self._request(line, name, rest)

    def _request(self, line: Line, name: str, rest: str) -> None:
        if name in _LEVELS:
            self.sets, self.blocks, self.tagged, self.below_tags = [], [], 0, 0
            if rest:
                self.add(line, HEADING, _LEVELS[name])
            else:
                self.add(line, MARK)
                self.awaits = str(_LEVELS[name])
        elif name in _OPENS_CODE:
            self.add(line, MARK)
            self.code = _OPENS_CODE[name]
        elif name in ("de", "de1", "am", "ig"):
            self.add(line, CODE)
            self.code = ".."
        elif name in _PARAGRAPHS:
            self.tagged = 0
            self.add(line, MARK)
        elif name in ("TP", "TQ"):
            goes_on = name == "TQ" and self.tagged and self.roles[-1].kind in (TERM, NAMED)
            self.tagged = 1
            self.add(line, NAMED if goes_on else TERM)
            self.awaits = TERM
        elif name == "IP" and rest and rest not in ('""', "''") and not rest.startswith(('"" ', "'' ")):
            self.tagged = 1
            self.add(line, ITEM if _BULLET.match(rest) else TERM)
        elif name in ("RS", "RE"):
            self._set_in(line, name)
        else:
            self._of_mdoc(line, name, rest)

    def _set_in(self, line: Line, name: str) -> None:
        if name == "RE" and self.sets:
            self.tagged = self.sets.pop()
            self.below_tags -= self.tagged
        self.add(line, MARK)
        if name == "RS":
            self.sets.append(self.tagged)
            self.below_tags += self.tagged
            self.tagged = 0

    def _of_mdoc(self, line: Line, name: str, rest: str) -> None:
        if name == "Bl":
            self.add(line, MARK)
            self.blocks.append(ITEM if _BLOCK_LIST.search(rest) else TERM)
        elif name == "El" and self.blocks:
            self.blocks.pop()
            self.add(line, MARK)
        elif name == "It" and self.blocks:
            goes_on = self.roles[-1].kind in (TERM, NAMED) and self.blocks[-1] == TERM
            self.add(line, NAMED if goes_on else self.blocks[-1])
        elif name == "Bd" and any(one in rest for one in _LITERAL):
            self.add(line, MARK)
            self.code = "Ed"
        elif name in _ALONE or not name[0].isalpha() or name == "IP":
            self.add(line, MARK)
        else:
            self.add(line, PROSE)
