"""Numbers of a printed page in brackets among the words ("[Pg 12]"), as those who copy books leave them.

Each is the beginning of its page, and stands beside the words as what is printed at a page's edge does. One proves
nothing: three are needed that count on.

Source: TEI P5, 3.11.3 (``pb``) and 12.6 (``fw``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from solander.model.page import TEXT_KINDS, Block, Division, Inline, InlineContent, leaves
from solander.reading.plain.roman_figures import ROMAN, roman_number

_MARK = re.compile(rf"(?<!\S)\[(?i:pg|page|p|seite|s|pág|pag|стр|str)\.? ?(?P<n>[0-9]{{1,4}}|(?i:{ROMAN}))\](?!\S)")
_FEWEST = 3
_STEP = 20
"""Pages between two numbers: pictures and empty pages bear none."""


def counts_pages(text: str) -> bool:
    """Whether numbers of pages stand among the words of a text, and count on.

    Args:
        text: the whole.
    """
    if text.count("[") < _FEWEST:
        return False
    numbers = [_number(match["n"]) for match in _MARK.finditer(text)]
    if len(numbers) < _FEWEST:
        return False
    on = sum(0 < after - before <= _STEP for before, after in pairwise(numbers))
    return 10 * on >= 9 * (len(numbers) - 1)


def with_page_marks(divisions: tuple[Division, ...]) -> tuple[tuple[Division, ...], int]:
    """The blocks, the numbers of pages among their words said to be such, and how many these are.

    What is known to stand at a page's edge, for a line of its own was one, is left as it is.
    """
    made = tuple(division._replace(blocks=tuple(map(_marked, division.blocks))) for division in divisions)
    return made, _pages(made) - _pages(divisions)


def _pages(divisions: tuple[Division, ...]) -> int:
    every = (part for division in divisions for leaf in leaves(division.blocks) for part in leaf.content)
    return sum(isinstance(part, Inline) and part.kind == "page" for part in every)


def _marked(block: Block) -> Block:
    if block.kind == "preformatted":
        return block
    if block.kind not in TEXT_KINDS:
        return block._replace(content=tuple(map(_marked, block.content)))  # type: ignore[arg-type]
    content: InlineContent = block.content  # type: ignore[assignment]
    if not any(isinstance(part, str) and "[" in part and _MARK.search(part) for part in content):
        return block
    parts = (one for part in content for one in (_parted(part) if isinstance(part, str) else (part,)))
    return block._replace(content=tuple(parts))


def _parted(words: str) -> Iterator[Inline | str]:
    at = 0
    for match in _MARK.finditer(words):
        if match.start() > at:
            yield words[at : match.start()]
        yield Inline("page", (), {"n": match["n"]})
        yield Inline("running", (match[0],), {"place": "header"})
        at = match.end()
    if at < len(words):
        yield words[at:]


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else roman_number(written.upper())
