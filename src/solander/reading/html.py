"""HTML -> what a page is made of: its tree, walked once; its leaves, zoned; what it says of itself.

Source: HTML Standard, 13.2.6 (tree construction, by turbohtml).
"""

from __future__ import annotations

from typing import NamedTuple

import turbohtml
from turbohtml import Element

from solander.model.page import Division, Signal
from solander.reading.divisions import divide, with_figures, with_title
from solander.reading.html_walk import Walk
from solander.reading.links import Resolver
from solander.reading.main_content import zone_leaves
from solander.reading.signals import SignalGatherer
from solander.reading.things import pointed_at


class HtmlReading(NamedTuple):
    """What reading an HTML page gives."""

    divisions: tuple[Division, ...]
    title: str | None
    languages: tuple[str, ...]
    signals: tuple[Signal, ...]
    normalisations: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]


def read_html(text: str, uri: str | None) -> HtmlReading:
    """Read a decoded HTML page; ``uri`` is what its links are resolved against, before ``base``."""
    document = turbohtml.parse(text, positions=False)
    gatherer = SignalGatherer()
    html = document.root
    languages: tuple[str, ...] = ()
    base: str | None = None
    body: Element | None = None
    for child in html.children if html is not None else ():
        if type(child) is Element and child.tag == "head":
            base = gatherer.head(child, "/html/head")
        elif type(child) is Element and child.tag in ("body", "frameset"):
            body = child
    if html is not None and (language := str(html.attrs.get("lang") or html.attrs.get("xml:lang") or "").strip()):
        languages = (language,)
        gatherer.add("lang", "html", language, "xpath(/html)")
    walk = Walk(gatherer, Resolver(uri, base), pointed_at(text), languages[0] if languages else None)
    if body is not None:
        walk.over(body, f"/html/{body.tag}")
    survey = walk.draft.survey
    survey.title, survey.og_type, survey.json_ld_types = gatherer.title, gatherer.og_type, gatherer.json_ld_types
    zones = with_figures(with_title(zone_leaves(survey), survey), survey) if survey.texts else []
    left_out = [(f"{tag}-left-out", count) for tag, count in sorted(walk.left_out.items())]
    if walk.draft.leaf.replaced:
        left_out.append(("controls-replaced", walk.draft.leaf.replaced))
    return HtmlReading(
        divisions=divide(walk.draft.top.children, zones, survey),
        title=gatherer.title or None,
        languages=languages,
        signals=tuple(gatherer.signals),
        normalisations=tuple(left_out),
        facts=tuple(walk.facts),
    )
