"""``solander normalise``: one page as TEI on standard output."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from solander.cli.parameters import (
    choosing_options,
    description_options,
    fail_on_option,
    reading_options,
    remarks_option,
    traceback_option,
)
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE
from solander.cli.talk import result_bytes, say_report
from solander.pipeline import judge, normalise, placed_at_page


@click.command(
    "normalise",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("a saved page", "solander normalise page.html --uri https://example.org/a > page.xml"),
        ("one page of a crawl", "solander normalise crawl.warc.gz --url https://example.org/a > page.xml"),
        ("from a pipe", "curl -s https://example.org/a | solander normalise - --uri https://example.org/a"),
    ),
)
@click.argument("source", metavar="SOURCE")
@reading_options
@choosing_options
@description_options
@fail_on_option
@remarks_option
@click.option("--quiet", "-q", is_flag=True, help="Print only errors.")
@traceback_option
def command(
    source: str,
    uri: str | None,
    captured_at: datetime | None,
    charset: str | None,
    max_size: int | None,
    at: datetime | None,
    urls: tuple[str, ...],
    records: tuple[str, ...],
    statuses: tuple[int, ...],
    since: datetime | None,
    fail_on: str | None,
    remarks: bool,
    quiet: bool,
    **stated: Any,
) -> int:
    """Turn one page into TEI on standard output.

    SOURCE is a saved page (HTML, XHTML or plain text), a WARC or ARC file of which one page is chosen, or "-" for
    standard input. The TEI is judged as it would be for
    a bag; what is found goes to standard error.
    """
    normalised = normalise(
        source,
        uri=uri,
        captured_at=captured_at,
        declared_charset=charset,
        limit_bytes=max_size,
        at=at,
        urls=urls,
        records=records,
        statuses=statuses,
        since=since,
        **{element: values for element, values in stated.items() if values},
    )
    result_bytes(normalised.tei.content)
    report = placed_at_page(judge(normalised), source)
    failed = bool(report.at_or_above(fail_on or "error"))
    if failed or not quiet:
        say_report(report, remarks=remarks or fail_on == "info")
    return UNREADABLE if report.unchecked else FINDINGS if failed else 0
