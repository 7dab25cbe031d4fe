"""The headline of a page that is but lines, and the zones of its blocks, once its text proper is known.

The first line is the page's title where it has one, as WET records begin; the headline is the last line above the text
that is that title, or the title without its site.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from solander.model.page import Block, plain
from solander.reading.plain.head import TITLE_AND_SITE, TITLE_CHARACTERS, Head, is_title_and_site
from solander.reading.plain.menu_words import is_entry, is_menu
from solander.reading.plain.units import Unit

SHORTEST_SITE = 3

NEAR = 8
"""So many units above the text a headline may stand that form alone tells."""

_HEAD = frozenset(("byline", "dateline", "subtitle"))


def flat_head(units: Sequence[Unit], main: Mapping[int, bool], formed: Head) -> Head:
    """Find the headline, and where the text begins.

    Args:
        units: those of the text.
        main: which lines are the text proper, by their place.
        formed: what form tells of the text's head; where no line says that it is the page's title, it is right
            if it is near.
    """
    begin = next((at for at, unit in enumerate(units) if main[unit.lines[0].begin]), len(units))
    first = units[0].text
    if len(first) > TITLE_CHARACTERS or len(units[0].lines) > 1 or is_menu(first) or is_entry(first):
        is_near = formed.title is not None and begin - NEAR <= formed.title[0] <= begin
        return formed if is_near else Head(None, begin, frozenset())
    # The site's name is a part of the title too, but the shorter one.
    headlines = [at for at in range(min(begin + 1, len(units))) if _is_headline(units[at], first)]
    whole = [at for at in headlines if at and 2 * len(units[at].text) >= len(first)]
    title = max(whole or headlines, key=lambda at: (len(units[at].text), at))
    return Head((title, title + 1), max(begin, title + 1), frozenset())


def _is_headline(unit: Unit, title: str) -> bool:
    text = unit.text
    return text.casefold() == title.casefold() or is_title_and_site(title, text)


def without_site(title: str, texts: Iterable[str]) -> str:
    """A page's title without its site's name, where another line is that name, or claims rights for it.

    Args:
        title: the page's first line.
        texts: its other lines.
    """
    parted = [(title[: match.start()], title[match.end() :]) for match in TITLE_AND_SITE.finditer(title)]
    names = {site.casefold(): words for words, site in parted if SHORTEST_SITE <= len(site) < len(words)}
    if not names:
        return title
    for text in texts:
        if len(text) > TITLE_CHARACTERS:
            continue
        line = text.casefold()
        named = names.get(line) or next((words for site, words in names.items() if "©" in line and site in line), None)
        if named:
            return named
    return title


def rezoned(named: Sequence[tuple[str, Block]], main: Mapping[int, bool]) -> list[tuple[str, Block]]:
    """The blocks of a flat text with their zones: by most of the words of their lines, but for the page's headline.

    Args:
        named: blocks in their order, each with the zone that its form tells.
        main: which lines are the text proper, by their place.
    """
    places = sorted(main)
    found: list[tuple[str, Block]] = []
    is_headed = False
    for zone, block in named:
        begin, end = map(int, block.source.removeprefix("char=").split(","))
        lines = places[bisect_left(places, begin) : bisect_left(places, end)]
        chosen = sum(after - at for at, after in zip(lines, [*lines[1:], end], strict=True) if main[at])
        is_title = block.kind == "heading" and (block.attributes or {}).get("level") == "1"
        text = plain(block) if block.kind in ("paragraph", "text") else ""
        leads_away = bool(text) and (is_entry(text) or is_menu(text))
        is_text = 2 * chosen >= end - begin and zone != "footer" and not leads_away
        if is_title or is_text or (is_headed and block.kind in _HEAD):
            found.append(("main", block))
        elif zone == "main":
            found.append(("navigation" if leads_away else "other", block))
        else:
            found.append((zone, block))
        # What stands between the headline and the text says who wrote it, and when.
        is_headed = (is_headed or is_title) and not (is_text and not is_title)
    return found
