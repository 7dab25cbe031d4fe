"""The heads and feet of a manual's page, as ``man`` prints it: its name and section stand at both ends of the head.

Where no form feed and no number parts the pages, the head comes back word for word, the foot but for its figures.

Source: groff_man(7) and groff_mdoc(7), on what ``.TH`` and ``.Dt`` print.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line

_HEAD = re.compile(r"(?P<name>[\w.:+@/-]+ ?\([0-9][\w]{0,4}\)) .*(?P=name)\Z", re.IGNORECASE)
_FIGURES = re.compile(r"\d+")
_COLUMNS = 140


def manual_turns(lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Where the pages of a manual's page end: the first line of its foot, the line behind the next head, that head.

    Args:
        lines: all of the text's; a page is one from its first to its last.
    """
    if len(lines) < 3 or lines[0].text[-1] != ")" or not lines[0].aligned:
        return []
    match = _HEAD.match(lines[0].text[:_COLUMNS])
    last = lines[-1]
    if match is None or not last.gap or not _is_foot(last, match["name"]):
        return []
    head, foot = lines[0].text, _FIGURES.sub("#", last.text)
    turns: list[tuple[int, int, int]] = []
    for at in range(2, len(lines) - 1):
        line = lines[at]
        if line.text == head and line.gap and lines[at + 1].gap:
            above = lines[at - 1]
            has_foot = above.gap and _FIGURES.sub("#", above.text) == foot
            turns.append((at - has_foot, at + 1, at))
    return [*turns, (len(lines) - 1, len(lines), len(lines))]


def _is_foot(line: Line, name: str) -> bool:
    """Whether a line is set in columns, or far in, and ends with a manual's name, or ends as it begins (BSD's)."""
    words = line.text.split()
    if len(line.text) > _COLUMNS or not (line.aligned or line.indent > len(line.text)):
        return False
    return line.text.casefold().endswith(name.casefold()) or (line.aligned and len(words) > 2 and words[0] == words[-1])
