"""Texinfo, GNU's manuals: commands open with an at sign, environments end by name.

Source: GNU Texinfo 7, "Overview of Texinfo" and its index of commands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, NAMED, PROSE, QUOTE, TERM, Role

_COMMAND = re.compile(r"@(?P<name>[a-zA-Z]+)(?:\s+(?P<rest>.*))?\Z")
_LEVELS = {
    name: level
    for level, names in enumerate(
        (
            "settitle",
            "top part chapter unnumbered appendix chapheading majorheading centerchap",
            "section unnumberedsec appendixsec appendixsection heading",
            "subsection unnumberedsubsec appendixsubsec subheading",
            "subsubsection unnumberedsubsubsec appendixsubsubsec subsubheading",
        ),
        start=1,
    )
    for name in names.split()
}
_LISTS = frozenset(("itemize", "enumerate"))
_TABLES = frozenset(("table", "ftable", "vtable"))
_CODE = frozenset(
    (
        *("example", "smallexample", "lisp", "smalllisp", "verbatim", "display", "smalldisplay", "format", "menu"),
        *("smallformat", "detailmenu", "ignore", "tex", "html", "docbook", "latex", "xml", "plaintext", "multitable"),
        *("direntry", "macro", "rmacro"),
    )
)
_QUOTES = frozenset(("quotation", "smallquotation"))
_ITEM = re.compile(r"@(?:item|headitem)x?(?:\s|\Z)")
_SIGNS = re.compile(r"@(?:node|chapter|section|unnumbered|setfilename|settitle|end|c|cindex|item|top|include)(?:\s|\Z)")
_FEWEST = 4


def is_texinfo(lines: Sequence[Line]) -> bool:
    """Whether lines are a manual in Texinfo."""
    if lines[0].text.startswith("\\input texinfo"):
        return True
    return sum(line.text[0] == "@" and _SIGNS.match(line.text) is not None for line in lines[:200]) >= _FEWEST and any(
        line.text.startswith(("@node ", "@chapter ", "@section ", "@setfilename ")) for line in lines[:200]
    )


def texinfo_roles(lines: Sequence[Line], _: str) -> list[Role]:
    """The role of each line."""
    roles: list[Role] = []
    opened: list[str] = []
    code = ""
    titled = False

    def depth() -> int:
        return sum(name in _LISTS or name in _TABLES for name in opened[-50:])

    def prose() -> str:
        return QUOTE if any(name in _QUOTES for name in opened[-50:]) and not depth() else PROSE

    for line in lines:
        command = _COMMAND.match(line.text) if line.text[0] == "@" else None
        name, rest = (command["name"], command["rest"] or "") if command else ("", "")
        if code:
            is_end = name == "end" and rest.split()[:1] == [code]
            code = "" if is_end else code
            roles.append(Role(line, MARK if is_end else CODE, depth()))
        elif command is None:
            roles.append(Role(line, MARK if line.text[0] == "\\" else prose(), depth()))
        elif name == "end":
            if opened and rest.split()[:1] == [opened[-1]]:
                opened.pop()
            roles.append(Role(line, MARK, depth()))
        elif name in _LEVELS and rest and not (name == "settitle" and titled):
            titled = titled or name == "settitle"
            opened.clear()
            roles.append(Role(line, HEADING, 0, _LEVELS[name]))
        elif name in ("item", "itemx", "headitem") and depth():
            is_term = next(one for one in reversed(opened) if one in _LISTS or one in _TABLES) in _TABLES
            goes_on = is_term and name == "itemx" and roles[-1].kind in (TERM, NAMED)
            roles.append(Role(line, NAMED if goes_on else TERM if is_term else ITEM, depth()))
        else:
            roles.append(Role(line, MARK, depth()))
            if name in _CODE:
                code = name
            elif name in _LISTS or name in _TABLES or name in _QUOTES:
                opened.append(name)
    return roles
