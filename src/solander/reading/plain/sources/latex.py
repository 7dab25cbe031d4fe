r"""Documents in LaTeX: their sections, lists, quotations and what is set word for word; the preamble is a program's.

Source: LaTeX2e's reference manual, "Sectioning" and "Environments", in outline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, PROSE, QUOTE, Role

_SECTION = re.compile(
    r"\\(?P<name>part|chapter|section|subsection|subsubsection|paragraph)\*?(?:\[[^\[\]]*\])?\{(?P<words>.{1,300})\}"
    r"(?:\s*\\(?:label|index)\{[^{}]*\})*\s*(?:%.*)?\Z"
)
_RANKS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_TITLE = re.compile(r"\\title(?:\[[^\[\]]*\])?\{.{1,300}\}(?:\s*%.*)?\Z")
_ENDS = re.compile(r"(?:\\[a-zA-Z@]+\*?|\\(?:begin|end)\{[a-zA-Z*]+\})(?:\[[^\[\]]*\]|\{[^{}]*\}){0,9}\s*(?:%.*)?\Z")
_ENVIRONMENT = re.compile(r"\\(?P<way>begin|end)\{(?P<name>[a-zA-Z*]{1,30})\}")
_LISTS = frozenset(("itemize", "enumerate", "description", "thebibliography", "compactitem", "compactenum"))
_ITEMS = ("\\item", "\\bibitem")
_QUOTES = frozenset(("quote", "quotation", "displayquote"))
_CODE = frozenset(
    (
        *("verbatim", "verbatim*", "Verbatim", "lstlisting", "minted", "alltt", "equation", "equation*", "align"),
        *("align*", "eqnarray", "eqnarray*", "gather", "gather*", "displaymath", "math", "multline", "tabular"),
        *("tabular*", "tabularx", "longtable", "tikzpicture", "picture", "array", "algorithmic", "comment"),
    )
)
_WORDS = re.compile(
    r"\\(?:emph|text\w+|cite\w*|ref|autoref|eqref|url|href|footnote|LaTeX|TeX|ldots|dots|item|bibitem|verb|code|em|bf|it)\b"
)
_BEGUN = "\\begin{document}"


def is_latex(lines: Sequence[Line]) -> bool:
    """Whether lines are a document, or a part of one that has sections; a style file is a program."""
    if not any("\\" in line.text for line in lines[:40]):
        return False
    begun = [line.text.startswith(_BEGUN) for line in lines]
    if any(begun):
        return any(line.text.startswith(("\\documentclass", "\\documentstyle")) for line in lines[: begun.index(True)])
    if lines[0].text[0] not in "\\%" or any(line.text.startswith("\\def\\") for line in lines[:200]):
        return False
    return sum(line.text[0] == "\\" and _SECTION.match(line.text) is not None for line in lines) > 1


def latex_roles(lines: Sequence[Line], _: str) -> list[Role]:
    """The role of each line."""
    ranks = [
        _RANKS.index(match["name"]) for line in lines if line.text[0] == "\\" and (match := _SECTION.match(line.text))
    ]
    shift = 2 - min(ranks, default=0)
    in_preamble = any(line.text.startswith(_BEGUN) for line in lines)
    roles: list[Role] = []
    opened: list[str] = []
    depth = 0
    code = ""
    for line in lines:
        text = line.text
        if in_preamble:
            in_preamble = not text.startswith(_BEGUN)
            is_title = text[0] == "\\" and _TITLE.match(text) is not None
            roles.append(Role(line, HEADING if is_title else CODE if in_preamble else MARK, 0, 1))
            continue
        match = _ENVIRONMENT.match(text) if text[0] == "\\" else None
        way, name = (match["way"], match["name"]) if match else ("", "")
        if code:
            is_end = text.startswith(code)
            code = "" if is_end else code
            roles.append(Role(line, MARK if is_end else CODE, depth))
        elif way == "end":
            if opened and opened[-1] == name:
                opened.pop()
                depth -= name in _LISTS
            roles.append(Role(line, MARK, depth))
        elif way == "begin":
            roles.append(Role(line, MARK, depth))
            if name in _CODE:
                code = "" if f"\\end{{{name}}}" in text else f"\\end{{{name}}}"
            else:
                opened.append(name)
                depth += name in _LISTS
        elif text == "\\[":
            roles.append(Role(line, MARK, depth))
            code = "\\]"
        elif text[0] == "\\" and (section := _SECTION.match(text)) is not None:
            opened.clear()
            depth = 0
            roles.append(Role(line, HEADING, 0, _RANKS.index(section["name"]) + shift))
        elif text[0] == "\\" and _TITLE.match(text) is not None:
            roles.append(Role(line, HEADING, 0, 1))
        elif depth and text.startswith(_ITEMS) and not text[5:6].isalpha():
            roles.append(Role(line, ITEM, depth))
        else:
            roles.append(Role(line, _kind(line, roles, opened), depth))
    return roles


def _kind(line: Line, roles: Sequence[Role], opened: Sequence[str]) -> str:
    """A remark, a command that stands alone, or prose."""
    if line.text[0] == "%":
        return MARK
    follows_words = roles and roles[-1].kind in (PROSE, ITEM, QUOTE) and not line.gap
    is_command = line.text[0] == "\\" and _ENDS.match(line.text) is not None and _WORDS.match(line.text) is None
    if is_command and not follows_words:
        return MARK
    return QUOTE if opened and opened[-1] in _QUOTES else PROSE
