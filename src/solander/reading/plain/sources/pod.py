"""Plain Old Documentation, Perl's: commands open with an equals sign, what is set in is code.

Source: perlpod (Perl 5), "Ordinary Paragraph", "Verbatim Paragraph" and "Command Paragraph".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, PROSE, TERM, Role

_COMMAND = re.compile(
    r"=(?P<name>head(?P<level>[1-6])|over|item|back|pod|cut|encoding|begin|end|for)(?:\s+(?P<rest>.*))?\Z"
)
_COUNTED = re.compile(r"(?:[*o-]|[0-9]{1,3}[.)]?)(?:\s|\Z)")
_FEWEST = 2


def is_pod(lines: Sequence[Line]) -> bool:
    """Whether lines are POD from the first on; a program that holds some is a program."""
    if not lines[0].text.startswith("=") or _COMMAND.match(lines[0].text) is None:
        return False
    return sum(line.text[0] == "=" and _COMMAND.match(line.text) is not None for line in lines[:400]) >= _FEWEST


def pod_roles(lines: Sequence[Line], _: str) -> list[Role]:
    """The role of each line."""
    roles: list[Role] = []
    depth, of_program, foreign = 0, False, False
    before = ""
    for line in lines:
        command = _COMMAND.match(line.text) if line.text[0] == "=" and not line.indent and line.gap else None
        kind, level, within = PROSE, 0, depth
        if command is not None:
            name, rest = command["name"], command["rest"] or ""
            of_program, foreign = name == "cut", name == "begin" and not rest.startswith(":")
            kind = MARK
            if command["level"] and rest:
                kind, level, within, depth = HEADING, 1 + int(command["level"]), 0, 0
            elif name == "over":
                depth += 1
            elif name == "back":
                depth = max(0, depth - 1)
                within = depth
            elif name == "item" and depth:
                kind = ITEM if not rest or _COUNTED.match(rest) else TERM
        elif of_program or foreign:
            kind = CODE
        elif line.gap:
            kind = CODE if line.indent else PROSE
        else:
            # A paragraph is what its first line is.
            kind = before if before in (CODE, PROSE) else PROSE
        roles.append(Role(line, kind, within, level))
        before = kind
    return roles
