"""HTML or XHTML -> what a page is made of: its tree, walked once; its leaves, zoned; what it says of itself.

Source: HTML Standard, 13.2.6 (tree construction, by turbohtml) and 14.2 (XML documents).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from turbohtml import Element, Text

from solander.errors import PageTooCostly
from solander.model.page import Division, Signal
from solander.reading.dividing.boxed import make_boxes
from solander.reading.dividing.kickers import kicked
from solander.reading.dividing.line_numbers import set_line_numbers_beside
from solander.reading.dividing.notes import noted
from solander.reading.dividing.notes_of_text import with_notes
from solander.reading.dividing.opened_lists import open_lists
from solander.reading.dividing.posts import is_thread, posted
from solander.reading.dividing.regrouped import regroup
from solander.reading.dividing.structure import structured
from solander.reading.dividing.title_block import with_title_block
from solander.reading.divisions import divide, wholes
from solander.reading.naming.boxes import may_have_boxes
from solander.reading.naming.messages import find_messages
from solander.reading.naming.named_by_headings import forget_names
from solander.reading.trees.bounds import (
    BUILT_TOO_MANY,
    MAXIMUM_BUILT,
    MAXIMUM_POINTERS,
    POINTERS_TOO_LONG,
    beyond_bounds,
)
from solander.reading.trees.parsing import apart, is_cut, notable_tags, parse_html
from solander.reading.trees.shadow import flatten, may_have_shadows
from solander.reading.trees.xhtml import parse_xhtml
from solander.reading.walk.html_walk import Walk
from solander.reading.walk.links import Resolver
from solander.reading.walk.of_the_whole import direction_of
from solander.reading.walk.script_days import SCRIPTED_CHARACTERS
from solander.reading.walk.signals import SignalGatherer
from solander.reading.walk.things import pointed_at
from solander.reading.zoning.asked_scripts import without_asking
from solander.reading.zoning.bold_headings import headed
from solander.reading.zoning.closing_code import with_closing_code
from solander.reading.zoning.mail_senders import pointer_of, sender_shown
from solander.reading.zoning.main_content import zone_leaves
from solander.reading.zoning.openings import name_openings
from solander.reading.zoning.posting_sentences import without_postings
from solander.reading.zoning.site_names import without_site_name

XHTML_TYPE = "application/xhtml+xml"
DESCRIPTIONS = ("description", "og:description")

NOT_XML = "xhtml-read-as-html"
"""What is met in a page that calls itself XML and is none."""


class HtmlReading(NamedTuple):
    """What reading an HTML page gives."""

    divisions: tuple[Division, ...]
    title: str | None
    languages: tuple[str, ...]
    signals: tuple[Signal, ...]
    normalisations: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]


def read_html(text: str, uri: str | None, media_type: str = "text/html") -> HtmlReading:
    """Read a decoded page of HTML or XHTML.

    Args:
        text: the page.
        uri: what its links are resolved against, before ``base``.
        media_type: ``application/xhtml+xml`` for a page that calls itself XML.

    Raises:
        PageTooCostly: reading it would take minutes, or all memory.
    """
    if why := beyond_bounds(text):
        raise PageTooCostly("-", why)
    notable = notable_tags(text)
    html, facts = _root(text, media_type, notable)
    is_xml = media_type == XHTML_TYPE and NOT_XML not in facts
    gatherer = SignalGatherer(asks_scripts=len(text) <= SCRIPTED_CHARACTERS)
    parts = _parts(html, gatherer)
    language = str(html.attrs.get("lang") or html.attrs.get("xml:lang") or "").strip() if html is not None else ""
    if language:
        gatherer.add("lang", "html", language, "xpath(/html)")
    direction = direction_of(html.attrs.get("dir")) if html is not None else ""
    base = parts.base
    if base is None and html is not None and any(name == "base" for name, _ in notable):
        base = _base_beyond(html)
    walk = Walk(gatherer, Resolver(uri, base), pointed_at(text, uri), language or None, direction)
    templates = any(name == "template" for name, _ in notable)
    if html is not None and not is_xml and templates and may_have_shadows(text):
        walk.shadows = flatten(html) > 0
    if html is not None and (parts.beside or len(parts.bodies) > 1):
        # Words beside the body: in XML anything may stand there, in HTML `noframes` after a set of frames.
        walk.over(html, "/html")
    elif parts.bodies:
        walk.over(parts.bodies[0], f"/html/{parts.bodies[0].tag}")
    if walk.built + walk.draft.reopened > MAXIMUM_BUILT:
        raise PageTooCostly("-", BUILT_TOO_MANY)
    if not is_xml and html is not None and "depth-cut" in walk.facts and is_cut(html):
        mended = apart(text)
        if mended != text:
            return read_html(mended, uri, media_type)
    if walk.draft.pointed > MAXIMUM_POINTERS:
        raise PageTooCostly("-", POINTERS_TOO_LONG)
    if parts.bodies and all(body.tag == "frameset" for body in parts.bodies):
        facts.append("frames-only")
    zones = _zones(walk, gatherer)
    if shown := sender_shown(walk.draft.survey, zones):
        gatherer.add("line", "from", shown[1], pointer_of(walk.draft.top.children, shown[0]))
    return HtmlReading(
        divisions=_divisions(walk, zones, gatherer.title),
        title=gatherer.title or None,
        languages=(language,) if language else (),
        signals=tuple(gatherer.signals),
        normalisations=_normalisations(walk),
        facts=(*facts, *walk.facts),
    )


class _Parts(NamedTuple):
    """What stands in the root."""

    base: str | None
    """What its links are resolved against, if the head says so."""
    bodies: list[Element]
    beside: bool
    """Whether words, or elements that are no head and no body, stand there too."""


def _parts(html: Element | None, gatherer: SignalGatherer) -> _Parts:
    """Gather what the head says, and find the bodies."""
    base: str | None = None
    bodies: list[Element] = []
    beside = False
    for child in html.children if html is not None else ():
        if type(child) is Element and child.tag == "head":
            # XML does not forbid a second one; what HTML knows is the first.
            base = gatherer.head(child, "/html/head") if base is None else base
        elif type(child) is Element and child.tag in ("body", "frameset"):
            bodies.append(child)
        else:
            beside = beside or type(child) is Element or (type(child) is Text and bool(child.data.strip()))
    return _Parts(base, bodies, beside)


def _base_beyond(html: Element) -> str | None:
    """What the first ``base`` says that does not stand in the head: whatever ends a head early leaves it behind."""
    for node in html.find_all("base"):
        # Of a template and of a drawing none counts.
        if "href" in node.attrs and node.closest("template, svg, math") is None:
            return str(node.attrs["href"] or "")
    return None


def _zones(walk: Walk, gatherer: SignalGatherer) -> list[str]:
    """Name the zone of each leaf, by what was walked and what the page says of itself."""
    drafts, survey = walk.draft.top.children, walk.draft.survey
    survey.title, survey.og_type, survey.json_ld_types = gatherer.title, gatherer.og_type, gatherer.json_ld_types
    signals = gatherer.signals
    survey.json_ld = tuple([signal.value for signal in signals if signal.origin == "json-ld"])
    survey.description = next((one.value for one in signals if one.name in DESCRIPTIONS and one.origin == "meta"), "")
    forget_names(survey)
    open_lists(drafts, survey)
    zones = zone_leaves(survey, wholes(drafts))
    zones = without_asking(drafts, zones, survey.texts)
    zones = without_postings(zones, survey.texts, survey.tags)
    return with_closing_code(without_site_name(zones, survey), survey)


def _divisions(walk: Walk, zones: list[str], title: str) -> tuple[Division, ...]:
    """Part the page by its zones, and give what stands there the structure that it shows."""
    drafts, survey = walk.draft.top.children, walk.draft.survey
    set_line_numbers_beside(drafts, zones, survey)
    regroup(drafts, zones, survey, walk.names)
    name_openings(drafts, zones, survey)
    if may_have_boxes(walk.names, survey):
        make_boxes(drafts, zones, survey, of_word=any("Mso" in name for name in walk.names))
    distinct = set(survey.classes)
    together = " ".join(distinct).lower()
    thread = is_thread(survey, zones, distinct, together)
    messages = find_messages(drafts, zones, survey, thread, together)
    divisions = divide(drafts, zones, survey)
    if walk.draft.pointing:
        named = noted(divisions, walk.draft.pointing)
        divisions = divisions if named is divisions else with_notes(named)
    divisions = with_title_block(divisions, title)
    # A label and what follows it stand in one element: one pointer leads to both.
    return headed(kicked(structured(posted(divisions, thread, messages), lambda source, _: (source, source))))


def _normalisations(walk: Walk) -> tuple[tuple[str, int], ...]:
    """What was left out, replaced or altered, and how often."""
    left_out = [(f"{tag}-left-out", count) for tag, count in sorted(walk.left_out.items()) if tag != "head"]
    if walk.draft.leaf.replaced:
        left_out.append(("controls-replaced", walk.draft.leaf.replaced))
    return (*left_out, *sorted(walk.draft.leaf.ran.items()))


def _root(text: str, media_type: str, notable: Sequence[tuple[str, int]]) -> tuple[Element | None, list[str]]:
    """Parse a page by what it is, and say what was met.

    Most pages that call themselves XHTML were written for readers of HTML and served to them as such; nobody can tell
    from a file. So the page itself decides. One that is well-formed is read as XML, which loses nothing: of ``<script
    src="a.js"/>`` a reader of HTML would make the beginning of a script that swallows the page. One that is not
    well-formed was never shown by a reader of XML, which would have shown an error: it is HTML, whatever it says.
    """
    if media_type == XHTML_TYPE:
        xhtml = parse_xhtml(text)
        if xhtml is not None:
            return xhtml.root, ["references-unknown"] if xhtml.unknown_names else []
        return parse_html(text, notable), [NOT_XML]
    return parse_html(text, notable), []
