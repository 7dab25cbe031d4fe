"""Describing: a page and its capture -> Dublin Core, every candidate kept with its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.copyright_line import without_authors
from solander.describing.clues.labelled_lines import labelled_facts
from solander.describing.clues.list_items import lines_of_items
from solander.describing.clues.mail_head import mail_head
from solander.describing.clues.nearness import day_above, lines_of_others, weigh_by_place
from solander.describing.clues.printed_doi import printed_doi
from solander.describing.clues.text_clues import clues, near
from solander.describing.clues.title_line import find_title, opens_with_day, title_lines
from solander.describing.days.dates import order_at, order_in, order_of
from solander.describing.days.delivery_day import without_delivery_day
from solander.describing.days.forms import DayOrder
from solander.describing.days.in_path import date_in_path
from solander.describing.days.said_days import without_mistimed
from solander.describing.harvest import harvest
from solander.describing.kinds import Kind
from solander.describing.languages.telling import Detected, choose_language, detect, reading_language, with_languages
from solander.describing.lines import Lines
from solander.describing.linked.event_days import without_event_days
from solander.describing.linked.marks import weigh_links
from solander.describing.linked.site import only_for_want_of_others
from solander.describing.names.no_names import is_bodys, is_generic
from solander.describing.names.people import looks_personal
from solander.describing.names.prepositions import without_prepositions
from solander.describing.reconcile import is_sites, reconcile
from solander.describing.titles.by_rules import choose_title, site_names
from solander.describing.titles.choice import weigh_titles
from solander.describing.titles.home_title import home_title
from solander.describing.titles.mastheads import heading_sites
from solander.describing.titles.programs import without_program
from solander.describing.titles.site_in_title import site_in_title, title_ends
from solander.model.addresses import host_of
from solander.model.capture import Capture
from solander.model.collector import collector_resting
from solander.model.description import Description, Statement
from solander.model.page import Page

__all__ = ["describe"]

ORDER_LINES = 400
"""Lines that may open with a day in figures which proves the order of day and month."""

_OF_NO_BODY = (Kind.COPYRIGHT_LINE, Kind.TITLE_END, Kind.MASTHEAD, Kind.NODE_WITHOUT_BODY, Kind.SITE_NODE_WITHOUT_BODY)


@collector_resting()
def describe(page: Page, capture: Capture, *, said: Sequence[Statement] = ()) -> Description:
    """State what a page is, in the terms of Dublin Core.

    Args:
        page: as it was read.
        capture: as it was received.
        said: what a person says (evidence of origin ``person``); it outranks every machine.

    Returns:
        Every candidate with its evidence; those that stand are ``chosen``. Dates are W3CDTF to the day at most,
        languages BCP 47.
    """
    lines = Lines(page)
    detected = detect(lines)
    order = _order(page, capture, lines, detected)
    spoken_in = reading_language(page, detected)
    harvested = without_program(without_prepositions(harvest(page, order), spoken_in), page.signals)
    candidates = [*harvested, *title_lines(lines, harvested), *_outside(page, capture)]
    uri = _address(page, capture)
    sites = site_names(candidates, uri) | heading_sites(lines, uri)
    title, titles = _title(candidates, sites, lines, uri)
    words, source = (title.statement.value, title.statement.evidence.source) if title else (None, "")
    spoken = next((one.value for one in said if one.chosen and _is_title(one)), None)
    title_line = find_title(lines, words, source)
    lines.of_others |= lines_of_items(page, lines, title_line.number)
    labelled = [*labelled_facts(lines, near(lines, title_line), order), *mail_head(lines, order)]
    dated = any(one.statement.refinement == "issued" for one in labelled)
    candidates = weigh_by_place(candidates, lines, title_line.number, labelled=dated) + labelled
    candidates = weigh_links(candidates, lines, title_line.number)
    undated = not any(_tells_day(one) for one in candidates)
    nameless = not any(_names_somebody(one, sites) for one in candidates)
    others = lines_of_others(candidates, lines)
    candidates += opens_with_day(titles, order)
    candidates += clues(
        lines,
        spoken or words,
        title_line,
        order,
        nameless=nameless,
        undated=undated,
        others=others,
        sites=sites,
        language=spoken_in,
        houses=sites.union(title_ends(titles)),
    )
    candidates = without_event_days(only_for_want_of_others(without_authors(candidates)), page.signals)
    candidates = without_delivery_day(
        day_above(candidates, lines, title_line.number), lines, title_line.number, capture.captured_at
    )
    candidates = without_mistimed(candidates, labelled, lines)
    if not any(one.statement.element == "publisher" and not one.noise for one in candidates):
        candidates += site_in_title(lines, titles, words, uri)
    candidates += printed_doi(lines, title_line.number)
    language, candidates = choose_language(candidates, detected)
    description = reconcile(
        candidates,
        said=[one._replace(evidence=one.evidence._replace(origin="person")) for one in said],
        title=title,
        language=language,
        sites=site_names((one for one in candidates if not _may_be_a_person(one)), uri),
    )
    return with_languages(description, lines, detected, language)


def _order(page: Page, capture: Capture, lines: Lines, detected: Detected | None) -> DayOrder | None:
    """The order of day and month: by the page's language, else by its country, else by what its other days prove."""
    return (
        order_of(reading_language(page, detected))
        or order_at(host_of(_address(page, capture) or ""))
        or order_in(lines.openings[:ORDER_LINES])
    )


def titles_of(page: Page, capture: Capture) -> tuple[Candidate | None, list[Candidate], frozenset[str], Lines]:
    """What the rules choose for a title, all titles, names of the site and the lines: for what learns to weigh."""
    lines = Lines(page)
    harvested = harvest(page, order_of(reading_language(page, detect(lines))))
    candidates = [*harvested, *title_lines(lines, harvested)]
    uri = _address(page, capture)
    sites = site_names([*candidates, *_outside(page, capture)], uri) | heading_sites(lines, uri)
    return *_by_rules(candidates, sites, lines), sites, lines


def _title(
    candidates: Sequence[Candidate], sites: frozenset[str], lines: Lines, uri: str | None
) -> tuple[Candidate | None, list[Candidate]]:
    """The title that is chosen, if the rules choose one: a home page's own, or what weighs most; and all titles."""
    title, titles = _by_rules(candidates, sites, lines)
    if title:
        title = home_title(titles, sites, uri) or weigh_titles(title, titles, sites, lines, uri)
    return title, titles


def _by_rules(
    candidates: Sequence[Candidate], sites: frozenset[str], lines: Lines
) -> tuple[Candidate | None, list[Candidate]]:
    titles = sorted((one for one in candidates if _is_title(one.statement)), key=lambda one: one.strength)
    return choose_title(titles, sites, lines), titles


def _may_be_a_person(one: Candidate) -> bool:
    """Whether a publisher has a person's name and nothing calls it a body or a site: she may be the author as well."""
    return one.kind in _OF_NO_BODY and looks_personal(one.statement.value)


def _tells_day(one: Candidate) -> bool:
    statement = one.statement
    return statement.element == "date" and statement.refinement in (None, "issued") and not one.noise


def _names_somebody(one: Candidate, sites: frozenset[str]) -> bool:
    """Whether a candidate names an author who is neither the site nor a body nor "the staff"."""
    value = one.statement.value
    if one.statement.element != "creator" or one.noise or is_sites(one, sites):
        return False
    return not (is_bodys(value) or is_generic(value))


def _is_title(statement: Statement) -> bool:
    return statement.element == "title" and statement.refinement is None


def _outside(page: Page, capture: Capture) -> Iterator[Candidate]:
    """What is known of the page from without: its address, its kind, the record that it came in."""
    uri = _address(page, capture)
    yield candidate("type", "Text", Kind.CAPTURE, name="a page of text")
    yield candidate("format", capture.media_type, Kind.CAPTURE, name="media type")
    if uri:
        yield candidate("identifier", uri, Kind.CAPTURE, name="URI")
        if date := date_in_path(_path(uri)):
            yield candidate("date", date, Kind.ADDRESS, refinement="issued")
    # Beside the address too: a record that is parted from its bag still tells which object it describes.
    yield candidate("identifier", capture.identifier, Kind.CAPTURE, name="digest")
    if capture.origin.record_id:
        yield candidate("source", capture.origin.record_id.strip("<>"), Kind.CAPTURE, name="WARC-Record-ID")


def _address(page: Page, capture: Capture) -> str | None:
    """Where the page was: as its capture was recorded, else as it was read; ``None`` where nobody knows."""
    return capture.uri or page.uri


def _path(uri: str) -> str:
    try:
        return urlsplit(uri).path
    except ValueError:
        return ""
