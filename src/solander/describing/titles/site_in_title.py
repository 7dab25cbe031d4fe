"""The site's name out of the page's title, where something says it a second time: logo, masthead or address.

"Dredging starts | Bay Herald": behind the bar may as well stand a section. What the page's masthead says, what a link
or a picture that leads to the site's first page is called, and what its host is called, is the site. Where the title
does without the site, the link that bears the host's name says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from solander.describing.candidate import Candidate, candidate
from solander.describing.kinds import OG_TITLE, TITLE_MARKS, Kind
from solander.describing.lines import Lines
from solander.describing.names.no_names import is_noise
from solander.describing.titles.by_rules import SEPARATOR, bare, breaks_of, fold
from solander.describing.titles.mastheads import (
    is_first_page,
    leads_above,
    links_of,
    name_of,
    picture_of,
    target_of,
    words_of_link,
)
from solander.describing.titles.no_titles import is_no_title
from solander.model.addresses import host_of

CHARACTERS = 60
"""A site's name is not longer."""

LINES = 80
"""So many lines at the page's top, and as many at its foot, are looked at."""

SHORT_CHARACTERS = 4
"""A name of a host that is not longer may be part of any word."""

PARTS = 4
"""A name is at most so many times as long as the host's that it holds."""

# What a picture is, is no part of what it shows.
_NO_NAME = re.compile(
    r"\A(?:logo|homepage|home)\b(?:\s(?:of|von|de|di|du|van)\b)?:?\s+|\s+(?:logo|homepage)\Z", re.IGNORECASE
)
_TITLES = (*TITLE_MARKS, OG_TITLE)
_OTHERS = frozenset(("comments", "related"))


def title_ends(titles: Iterable[Candidate], *, colons: bool = False) -> dict[str, str]:
    """What stands set off at the ends of the page's titles: as ``fold`` has it, and as written.

    Args:
        titles: the page's.
        colons: whether what stands before a colon counts as well: "Harbour Notes: The Pier".
    """
    found: dict[str, str] = {}
    for one in titles:
        if one.mark not in _TITLES:
            continue
        title = one.statement.value
        breaks = [separator for separator in breaks_of(title) if colons or separator[0] != ": "]
        for part in (title[breaks[-1].end() :], title[: breaks[0].start()]) if breaks else ():
            if 1 < len(part.strip()) <= CHARACTERS:
                found.setdefault(fold(part), part.strip())
    return found


def site_in_title(lines: Lines, titles: Iterable[Candidate], title: str | None, uri: str | None) -> Iterator[Candidate]:
    """The candidate for a publisher, if an end of the title is the site's name, or a link bears the host's.

    Args:
        lines: the page's.
        titles: the page's.
        title: what was chosen for the page's title; it is no site's name.
        uri: where the page was.
    """
    ends = title_ends(titles, colons=True)
    wanted = {words for words in ends if words != fold(title or "") and not is_noise(words) and not is_no_title(words)}
    hosts = _names_of_host(uri)
    above = _headings_above(lines, title)
    of_host: Candidate | None = None
    for number in dict.fromkeys((*range(min(LINES, len(lines))), *range(max(0, len(lines) - LINES), len(lines)))):
        if lines.zones[number] in _OTHERS:
            continue
        block = lines.blocks[number]
        links = list(links_of(block))
        said: list[str] = []
        for link in links:
            target = target_of(link)
            if is_first_page(target):
                said.append(fold(name_of(link)))
                # "Harbour Trust, to the first page", as a picture that links there is called.
                picture = "" if words_of_link(link) else fold(picture_of(link))
                said.extend(words for words in wanted if len(words) > SHORT_CHARACTERS and words in picture)
                if of_host is None and (name := _named_by(name_of(link), hosts)):
                    of_host = candidate("publisher", name, Kind.MASTHEAD, block.source, preference=20)
            elif block.kind == "heading" and leads_above(target, uri or ""):
                said.append(fold(words_of_link(link)))
        if (lines.zones[number] == "banner" and not links) or number in above:
            said.append(fold(lines.text(number)))
        for words in said:
            if words in wanted:
                yield candidate("publisher", ends[words], Kind.TITLE_END, block.source, preference=10)
                return
    for words in ends:
        if words in wanted and _is_of(words, hosts):
            yield candidate("publisher", ends[words], Kind.TITLE_END, preference=10)
            return
    if of_host and not is_noise(of_host.statement.value) and fold(of_host.statement.value) != fold(title or ""):
        yield of_host


def _headings_above(lines: Lines, title: str | None) -> frozenset[int]:
    """The headings of the first rank that stand above that of the title."""
    words = fold(title or "")
    at = next((number for number in lines.headings if fold(lines.text(number)) == words), 0)
    return frozenset(
        number
        for number in lines.headings
        if number < at and (lines.blocks[number].attributes or {}).get("level") == "1"
    )


def _named_by(link: str, hosts: list[str]) -> str:
    """The name of a host in what a link is called, without what is set off: "Bay Herald - to the first page"."""
    if len(link) > CHARACTERS or not _is_of(link, hosts):
        return ""
    parts = [part for part in (one.strip() for one in SEPARATOR.split(link)) if part and _is_of(part, hosts)]
    return _NO_NAME.sub("", min(parts, key=len) if parts else link).strip()


def _names_of_host(uri: str | None) -> list[str]:
    """What a host is called, without its signs: the whole of it, and its labels but for the last."""
    host = host_of(uri or "").removeprefix("www.")
    return [bare(host), *(bare(label) for label in host.split(".")[:-1] if len(label) > 2)]


def _is_of(name: str, hosts: list[str]) -> bool:
    """Whether a name is a host's, or has that in it: "The Bay Herald" on bayherald.example."""
    letters = bare(name)
    return len(letters) > 1 and any(
        letters == host or (len(host) > SHORT_CHARACTERS and host in letters and len(letters) < PARTS * len(host))
        for host in hosts
    )
