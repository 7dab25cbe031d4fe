"""Code in a plain text: what stands between fences, and what is set in and looks like code; its spaces are kept.

Source: CommonMark 0.31.2, 4.4 and 4.5 (indented and fenced code blocks), in outline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solander.reading.plain.lines import Line

SET_IN = 2
"""So many columns further in than the text stands code that no fences mark."""

LONGEST = 2_000
"""A block that is named at its beginning has no more lines."""
_SHORT = 4
_FENCE = re.compile(r"(?P<fence>`{3,}|~{3,}) ?(?P<language>[A-Za-z0-9+#.-]{0,30})(?:[ {][^`=]{0,30}=[^`]{0,60})?\Z")
_CODE = re.compile(
    r"[{};]\Z|\A[{}\])]|[=!]=|=>|->|::|&&|\|\||\A(?://|/\*|\*/|#!|#include\b|<[/!?]?\w)|\A(?:[$%] |>>> |\.\.\. )"
    r"|\w\([^()]*\)[:;,]?\Z|\A[\w.\[\]\"']+ ?[-+*/|]?= ?\S"
    r"|\A(?:for|if|elif|while|with|def|class|try|else|except)\b.*:\Z|\A(?:import [\w.]+\Z|from [\w.]+ import )"
    r"|\A(?:sudo|apt|apt-get|pip|npm|git|cd|ls|mkdir|curl|wget|make|export|echo|chmod|docker) [^.!?]*\Z"
    r"|\A(?:SELECT|INSERT|UPDATE|DELETE|CREATE) "
)


_SOURCE = re.compile(r"\[(?:source|listing)(?:%\w+)?(?:, ?(?P<language>[A-Za-z0-9+#.-]{1,30}))?[^\[\]]{0,80}\]\Z")
_ROW = re.compile(r"(?:-{4,}|\.{4,})\Z")
_BEGUN = re.compile(r"#\+begin_(?P<name>src|example|export)(?: (?P<language>[A-Za-z0-9+#.-]{1,30}))?\b", re.IGNORECASE)
_NAMED_ENDS = {"{|": "|}", "<pre>": "</pre>"}


def fences(lines: Sequence[Line]) -> dict[int, int]:
    """Where fenced code begins and ends: the number of each opening fence's line, and of its closing one's."""
    found: dict[int, int] = {}
    opened = -1
    fence = ""
    for at, line in enumerate(lines):
        if opened < 0 and line.text[0] in "[#{<" and (end := _named_end(lines, at)):
            found[at] = end
        if line.text[0] not in "`~" or (match := _FENCE.match(line.text)) is None:
            continue
        if opened < 0:
            # A longer row of marks without a language is a line beneath a heading, or above it.
            is_short = len(match["fence"]) <= _SHORT and (line.gap or line.text[0] == "`")
            if match["language"] or is_short:
                opened, fence = at, match["fence"]
        elif line.text == match["fence"] and line.text.startswith(fence):
            found[opened] = at
            opened = -1
    return found


def _named_end(lines: Sequence[Line], at: int) -> int:
    """Where a block of code ends that AsciiDoc, Org or a wiki names at its beginning; 0 where none begins."""
    text = lines[at].text
    after = lines[at + 1].text if at + 1 < len(lines) else ""
    if _SOURCE.match(text) and _ROW.match(after):
        return next((end for end in range(at + 2, min(len(lines), at + LONGEST)) if lines[end].text == after), 0)
    begun = _BEGUN.match(text)
    ends = f"#+end_{begun['name'].lower()}" if begun else _NAMED_ENDS.get(text[:2] if text[0] == "{" else text, "")
    if not ends:
        return 0
    return next((end for end in range(at + 1, min(len(lines), at + LONGEST)) if lines[end].text.lower() == ends), 0)


def is_fenced(block: Sequence[Line]) -> bool:
    """Whether lines that stand together are what fences enclose, with the fences."""
    return block[0].text[0] in "`~[#{<" and fences(block).get(0) == len(block) - 1


def language_of(text: str) -> str | None:
    """The language that the fence which opens some code names."""
    match = _FENCE.match(text) or _SOURCE.match(text) or _BEGUN.match(text)
    return ((match["language"] or "").lower() or None) if match else None


def is_code(block: Sequence[Line], indent: int) -> bool:
    """Whether lines that stand together are code: set in further than the text, and half of them look like it.

    Args:
        block: the lines.
        indent: where the text's own lines begin, in columns.
    """
    if any(line.indent < indent + SET_IN for line in block):
        return False
    looks = sum(_CODE.search(line.text) is not None for line in block)
    return 2 * looks >= len(block) and (len(block) > 1 or block[0].indent >= indent + 2 * SET_IN)


def looks_like_code(text: str) -> bool:
    """Whether a line by itself has a sign of code."""
    return _CODE.search(text) is not None
