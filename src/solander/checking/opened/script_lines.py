"""Where the scripts of a document begin; a parser of HTML keeps no lines.

A script is told by its words, and scripts of the same words by their order. Where more start tags fit than there are
such scripts, because one stands in a comment, no line is told rather than a wrong one.

Source: HTML Standard, 4.12.1.3 (restrictions for contents of script elements) and 13.1.2.1 (start tags).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from html import unescape

_TAG = re.compile(r"<(?:[a-z][\w.-]*:)?script(?=[\s/>])([^>]{0,2048})>", re.IGNORECASE)
_END = re.compile(r"</(?:[a-z][\w.-]*:)?script(?=[\s/>])", re.IGNORECASE)
_LINE_END = re.compile(r"\r\n?")

_TAGS_LIMIT = 8
"""So many start tags before one end tag are looked at: more are the words of a script."""


def script_lines(content: bytes, scripts: Sequence[tuple[str, str]]) -> list[int | None]:
    """The lines in which scripts begin, from 1, in their order; ``None`` where it cannot be told.

    Args:
        content: the document.
        scripts: all that are in it, each by its address (empty where it has none) and its words.
    """
    markup = _LINE_END.sub("\n", content.decode("utf-8", "replace"))
    words = [_LINE_END.sub("\n", text) for _, text in scripts]
    tags = _tags(markup, frozenset(words))
    line_ends = [one.start() for one in re.finditer("\n", markup)]
    lines: list[int | None] = []
    met, numbers = dict.fromkeys(words, 0), Counter(words)
    for (address, _), text in zip(scripts, words, strict=True):
        which, met[text] = met[text], met[text] + 1
        line = None
        if len(tags[text]) == numbers[text]:
            begin, written = tags[text][which]
            if address in written or address in unescape(written):
                line = bisect_left(line_ends, begin) + 1
        lines.append(line)
    return lines


def _tags(markup: str, wanted: frozenset[str]) -> defaultdict[str, list[tuple[int, str]]]:
    """Start tags of scripts by the words behind them: where each begins, and what it holds."""
    ends = [one.start() for one in _END.finditer(markup)]
    found = defaultdict[str, list[tuple[int, str]]](list)
    looked = [0] * (len(ends) + 1)
    within = 0
    for tag in _TAG.finditer(markup):
        which = bisect_left(ends, tag.end())
        looked[which] += 1
        if tag.start() < within or looked[which] > _TAGS_LIMIT:
            continue
        behind = markup[tag.end() : ends[which] if which < len(ends) else None]
        # In drawings a script may be closed at once, and has its characters written as references.
        closed = "" if tag[1].endswith("/") else behind
        text = next((one for one in (behind, unescape(behind), closed) if one in wanted), None)
        if text is not None:
            found[text].append((tag.start(), tag[1]))
            within = tag.end() + (len(behind) if text == behind else 0)
    return found
