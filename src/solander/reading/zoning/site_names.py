"""A site's name above the page's title, both headings: the name is the masthead's, and no headline of the text.

Many templates set the site's name in the first rank, as a link to the first page, and the page's title in the second.

Promise: in time linear in the leaves; a page whose first heading in the text is no link costs one look.

Source: HTML Standard, 4.3.11 (headings), 4.2.2 (``title``).
"""

from __future__ import annotations

from solander.reading.survey import Survey
from solander.reading.zoning.openings import is_title_line

_REACH = 4
"""So many leaves below the site's name the title is looked for: a motto may stand between the two."""

_TITLES = frozenset(("h2", "h3"))


def without_site_name(zones: list[str], survey: Survey) -> list[str]:
    """The zones, where a site's name above the title is of the banner.

    Args:
        zones: a zone a leaf.
        survey: the page's.
    """
    name = next((at for at, zone in enumerate(zones) if zone == "main"), len(zones))
    if name == len(zones) or survey.tags[name] != "h1" or not _leads(name, survey):
        return zones
    title = " ".join(survey.title.split()).casefold()
    if not title or " ".join(survey.texts[name].split()).casefold() == title or survey.tags.count("h1") > 1:
        return zones
    for at in range(name + 1, min(name + 1 + _REACH, len(zones))):
        if survey.tags[at] in _TITLES:
            if zones[at] == "main" and not _leads(at, survey) and is_title_line(survey.texts[at], title):
                return [*zones[:name], "banner", *zones[name + 1 :]]
            break
    return zones


def _leads(leaf: int, survey: Survey) -> bool:
    """Whether all of a leaf's words are one link."""
    return survey.links[leaf] == 1 and survey.link_characters[leaf] >= len(survey.texts[leaf])
