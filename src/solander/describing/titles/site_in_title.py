"""The site's name out of the page's title, where the page says it a second time: in its logo or its masthead.

"Dredging starts | Bay Herald": behind the bar may as well stand a section. What the page's masthead says, or what a
link or a picture that leads to the site's first page is called, is the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import OG_TITLE, TITLE_MARKS, Kind
from solander.describing.lines import Lines
from solander.describing.names.no_names import is_noise
from solander.describing.titles.by_rules import breaks_of, fold
from solander.describing.titles.no_titles import is_no_title
from solander.model.page import Block, Inline, plain

CHARACTERS = 60
"""A site's name is not longer."""

LINES = 80
"""So many lines at the page's top, and as many at its foot, are looked at."""

_LINKS = 200
_TITLES = (*TITLE_MARKS, OG_TITLE)
_OTHERS = frozenset(("comments", "related"))


def title_ends(titles: Iterable[Candidate]) -> dict[str, str]:
    """What stands set off at the ends of the page's titles: as ``fold`` has it, and as written."""
    found: dict[str, str] = {}
    for one in titles:
        if one.mark not in _TITLES:
            continue
        title = one.statement.value
        breaks = [separator for separator in breaks_of(title) if separator[0] != ": "]
        for part in (title[breaks[-1].end() :], title[: breaks[0].start()]) if breaks else ():
            if 1 < len(part.strip()) <= CHARACTERS:
                found.setdefault(fold(part), part.strip())
    return found


def site_in_title(lines: Lines, ends: dict[str, str], title: str | None) -> Iterator[Candidate]:
    """The candidate for a publisher, if an end of the title is the site's name.

    Args:
        lines: the page's.
        ends: what ``title_ends`` found.
        title: what was chosen for the page's title; it is no site's name.
    """
    wanted = {words for words in ends if words != fold(title or "") and not is_noise(words) and not is_no_title(words)}
    if not wanted:
        return
    for number in dict.fromkeys((*range(min(LINES, len(lines))), *range(max(0, len(lines) - LINES), len(lines)))):
        if lines.zones[number] in _OTHERS:
            continue
        block = lines.blocks[number]
        links = list(islice(_links(block), _LINKS))
        said = [fold(_name(link)) for link in links if _is_first_page((link.attributes or {}).get("target", ""))]
        if lines.zones[number] == "banner" and not links:
            said.append(fold(lines.text(number)))
        for words in said:
            if words in wanted:
                yield candidate("publisher", ends[words], Kind.TITLE_END, block.source, preference=10)
                return


def _is_first_page(target: str) -> bool:
    """Whether an address is a host and nothing behind it; there are many links, so that it is not taken apart."""
    return target.count("/") == (3 if target.endswith("/") else 2) and "?" not in target and "#" not in target


def _links(block: Block) -> Iterator[Inline]:
    """The links of a line."""
    stack: list[Inline | str | Block] = list(reversed(block.content))
    while stack:
        part = stack.pop()
        if isinstance(part, str):
            continue
        if part.kind == "link" and isinstance(part, Inline):
            yield part
        else:
            stack.extend(reversed(part.content))


def _name(link: Inline) -> str:
    """What a link is called: by its words, else by its picture's."""
    pictures = (one for one in link.content if isinstance(one, Inline) and one.kind == "image")
    alternative = next(((one.attributes or {}).get("alt", "") for one in pictures), "")
    return plain(Block("text", "", link.content)).strip() or alternative
