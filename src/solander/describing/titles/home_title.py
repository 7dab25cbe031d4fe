"""The title of a site's first page: ``<title>`` with the site's name before it, for there that name is the title's own.

Elsewhere a leading name of the site is a template's. On the first page the heading is a slogan more often than a title.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlsplit

from solander.describing.candidate import Candidate
from solander.describing.kinds import TITLE_MARKS
from solander.describing.titles.by_rules import SEPARATOR, is_site
from solander.describing.titles.cleaned import fit
from solander.model.late_pattern import late

CHARACTERS = 200
"""A first page's title is not longer."""

_FIRST = late(r"/?(?:(?:index|default|home)\.\w{3,5}|[a-z]{2}(?:[-_][a-z]{2})?/?)?", re.IGNORECASE)
# What tells where a visitor came from tells nothing of the page.
_TRACKS = re.compile(r"utm_\w+|\w*cl\w{0,4}id|srsltid|ref|source|lang", re.IGNORECASE)


def is_first_page(uri: str | None) -> bool:
    """Whether an address is a site's own: no path but a language's or an index's, and no query that names a page."""
    try:
        parts = urlsplit(uri or "")
    except ValueError:
        return False
    query = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    return parts.hostname is not None and (
        _FIRST.fullmatch(parts.path) is not None and all(_TRACKS.fullmatch(name) for name, _ in query)
    )


def home_title(candidates: Sequence[Candidate], sites: frozenset[str], uri: str | None) -> Candidate | None:
    """The title of a site's first page, where ``<title>`` opens with the site's name; ``None`` for any other.

    Args:
        candidates: those of ``title``, the strongest first.
        sites: what ``site_names`` found.
        uri: where the page was.
    """
    if not is_first_page(uri):
        return None
    for one in fit(candidates):
        title = one.statement.value
        breaks = list(SEPARATOR.finditer(title)) if one.mark in TITLE_MARKS and len(title) <= CHARACTERS else []
        if breaks and is_site(title[: breaks[0].start()], sites):
            if len(breaks) > 1 and is_site(title[breaks[-1].end() :], sites):
                title = title[: breaks[-1].start()].strip()
            return one.valued(title)
    return None
