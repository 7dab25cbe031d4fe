"""``solander pack``: pages in, bags out; the bags' paths are the result."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from solander.cli.bars import progress, watching_phases
from solander.cli.live_options import live_options
from solander.cli.pack_tally import Tally
from solander.cli.parameters import (
    choosing_options,
    description_options,
    fail_on_option,
    reading_options,
    remarks_option,
    talk_options,
)
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_path, say, say_codes, say_error, say_report, say_waiting
from solander.errors import UsageError
from solander.pipeline import (
    AddressList,
    NotPacked,
    Outcome,
    Packed,
    find_sources,
    holds_many,
    is_live,
    pack_all,
    passed_by,
    placed,
    placed_at_page,
)
from solander.reporting.text import count

_OF_ONE_PAGE = ("uri", "title", "identifier")
"""Options that are true of one page only."""


@click.command(
    "pack",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("a saved page, and the address that it was saved from", "solander pack page.html --uri https://example.org/a "
         "--into archive/"),
        ("every page in a folder, a bag each", "solander pack saved-pages/ --into archive/ --rights 'CC BY 4.0'"),
        ("every page of a crawl, with its pictures", "solander pack crawl.warc.gz --into archive/"),
        ("one page of a crawl", "solander pack crawl.warc.gz --url https://example.org/a --into archive/"),
        ("a live page", "solander pack https://example.org/a --into archive/"),
        ("a live page as a browser renders it", "solander pack https://example.org/a --browser --into archive/"),
        ("every page of a sitemap", "solander pack --sitemap https://example.org/sitemap.xml --into archive/"),
        ("a correction: the next version of its bag", "solander pack page.html --uri https://example.org/a "
         "--into archive/ --title 'The ferries'"),
        ("no bag for a page in which something is wrong", "solander pack page.html --into archive/ --strict"),
        ("the same bytes on every machine", "solander pack page.html --into archive/ --at 2026-01-01T00:00:00Z"),
        ("from a pipe", "curl -s https://example.org/a | solander pack - --uri https://example.org/a --into archive/"),
    ),
)  # fmt: skip
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--into", metavar="ARCHIVE", help="The folder of bags; made if it is not there.")
@reading_options
@choosing_options
@live_options
@description_options
@click.option(
    "--forget-statements",
    is_flag=True,
    help="Drop all that was stated of these pages before, except what is stated now.",
)
@click.option("--strict", is_flag=True, help="Make no bag where there are findings at or above --fail-on.")
@fail_on_option
@remarks_option
@talk_options
def command(
    sources: tuple[str, ...],
    into: str | None,
    uri: str | None,
    captured_at: datetime | None,
    charset: str | None,
    max_size: int | None,
    at: datetime | None,
    urls: tuple[str, ...],
    records: tuple[str, ...],
    statuses: tuple[int, ...],
    since: datetime | None,
    lists: tuple[str, ...],
    sitemaps: tuple[str, ...],
    feeds: tuple[str, ...],
    ignore_robots: bool,
    browser: bool,
    browser_path: str | None,
    forget_statements: bool,
    strict: bool,
    fail_on: str | None,
    remarks: bool,
    form: str,
    quiet: bool,
    **stated: Any,
) -> int:
    """Pack pages into bags: capture, normalise, check, write.

    SOURCE is a saved page (HTML, XHTML or plain text), a folder of pages, a WARC or ARC file, the address of a live
    page (https://...), or "-" for standard input. From a crawl every page that was captured with success is packed,
    with its record and the images and styles it shows; --url, --record, --status and --since choose among them. How
    many records were skipped, and why, is reported at the end.

    Each page becomes one bag in the archive, whole or not at all; its path is printed. A page that is already in the
    archive in a whole bag is not written again, so the same command continues a crawl that was interrupted.

    A live page is fetched with its images, styles and redirects and the site's robots.txt, and all of that is kept as
    a WARC file. Only addresses of the public Internet are asked, robots.txt is obeyed, and every request names who
    asks: contact_email in the archive's solander.toml.

    What you state about a page (--title, --creator and so on) makes the next version of its bag and is remembered:
    packing the page again without it changes nothing, and stating one thing keeps the others. --forget-statements
    drops them all.

    A bag with findings at or above --fail-on is kept, and the exit status is 1; with --strict it is not made.
    """
    listed = [
        *(AddressList("list", place) for place in lists),
        *(AddressList("sitemap", place) for place in sitemaps),
        *(AddressList("feed", place) for place in feeds),
    ]
    if not sources and not listed:
        raise UsageError("name the pages to pack, or - for standard input: solander pack page.html --into archive/")
    if not into:
        raise UsageError("name the archive to pack into: solander pack page.html --into archive/")
    places = find_sources(sources, into=Path(into))
    _refuse_what_is_not_meant(sources, listed, browser=browser or bool(browser_path), ignore_robots=ignore_robots)
    _refuse_one_pages_facts({"uri": uri, **stated}, len(places), is_listed=bool(listed))
    # A crawl is one place and thousands of pages: then the bar is one of pages, of each file anew.
    watches = any(holds_many(place) for place in places)
    hushed = quiet or form == "json"
    if watches:
        from solander.pipeline.machine import give_back_large_blocks  # late: one page wants none of it

        give_back_large_blocks()
    with closing(Tally(is_json=form == "json")) as tally:
        with (
            progress(0 if watches or listed else len(places), "packing", quiet=hushed) as advance,
            watching_phases("packing", quiet=hushed or not watches) as watch,
        ):
            for outcome in pack_all(
                [*places, *listed],
                into=Path(into),
                uri=uri,
                captured_at=captured_at,
                declared_charset=charset,
                limit_bytes=max_size,
                at=at,
                urls=urls,
                records=records,
                statuses=statuses,
                since=since,
                ignores_robots=ignore_robots,
                browser=(browser_path or "") if browser or browser_path else None,
                watch=watch if watches else None,
                forget_statements=forget_statements,
                strict=strict,
                fail_on=fail_on,
                passed=tally.passed,
                waiting=None if hushed else say_waiting,
                **{element: values for element, values in stated.items() if values},
            ):
                tally.add(outcome)
                if form == "text":
                    _tell(outcome, quiet=quiet, remarks=remarks or fail_on == "info", several=len(places) > 1)
                advance(outcome.source)
        others = passed_by(sources, places)
        if form == "json":
            tally.result(others)
        elif not quiet:
            _tell_all(tally, others)
        return tally.status


def _refuse_what_is_not_meant(
    sources: tuple[str, ...], listed: list[AddressList], *, browser: bool, ignore_robots: bool
) -> None:
    """Refuse to read standard input twice, and options of live pages where none is named."""
    if sources.count("-") + sum(one.place == "-" for one in listed) > 1:
        raise UsageError("standard input can be read once: name - once")
    if (browser or ignore_robots) and not listed and not any(map(is_live, sources)):
        option = "--browser" if browser else "--ignore-robots"
        raise UsageError(
            f"{option} is for live pages, and none is named; leave it out, or name one: https://example.org/a"
        )


def _refuse_one_pages_facts(given: dict[str, Any], places: int, *, is_listed: bool) -> None:
    """Refuse to say of several pages what is true of one only."""
    for name in _OF_ONE_PAGE:
        if places > 1 and given.get(name):
            raise UsageError(f"--{name} is for one page at a time, and there are {places}: pack them one by one")
        if is_listed and given.get(name):
            raise UsageError(f"--{name} is for one page at a time, and a list names several")


def _tell_all(tally: Tally, others: Mapping[str, int]) -> None:
    """The closing lines: what was passed by, what there was in all, and where to read what the codes mean."""
    for line in tally.passed_lines():
        say(line)
    if tally.pages > 1 or tally.packed:
        say(tally.closing(others))
    say_codes(list(tally.codes))


def _tell(outcome: Outcome, *, quiet: bool, remarks: bool, several: bool) -> None:
    if isinstance(outcome, NotPacked):
        say_error(outcome.error)
        return
    accession, report = outcome.accession, outcome.accession.report
    if accession.path is not None:
        result_path(accession.path)
    # Of a bag that was there already only what makes this run fail is told again.
    told = outcome.failed or bool(report.unchecked) or not (quiet or accession.already_there)
    if told:
        if several and accession.path and (report.unchecked or report.at_or_above("info" if remarks else "warning")):
            say(f"{outcome.source}, packed as {accession.path}:")
        say_report(
            placed(report, str(accession.path)) if accession.path else placed_at_page(report, outcome.source),
            remarks=remarks,
        )
    if not quiet:
        for line in _history(outcome):
            say(f"{outcome.source}: {line}")
    if accession.path is None:
        say_error(f"{outcome.source}: no bag was made, because of these findings and --strict")


def _history(outcome: Packed) -> list[str]:
    """What a person should know of the other bags of this page."""
    accession, lines = outcome.accession, []
    if accession.follows and accession.path:
        changed = ", ".join(accession.changed)
        lines.append(
            f"version {accession.version} of {accession.identifier}, after {accession.follows}: {changed} changed"
        )
    if accession.same_bytes:
        names = _named(accession.same_bytes, accession.same_bytes_total)
        lines.append(f"the same bytes stand in {names}, under another address or moment of capture")
    if accession.same_address:
        names = _named(accession.same_address, accession.same_address_total)
        lines.append(f"its address stands in this archive already, with other content: {names}")
    return lines


def _named(bags: tuple[str, ...], total: int) -> str:
    more = total - len(bags)
    return ", ".join(bags) + (f" and {count(more, 'other bag')}" if more > 0 else "")
