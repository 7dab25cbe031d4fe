"""``solander pack``: pages in, bags out; the bags' paths are the result."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from solander.cli.parameters import description_options, fail_on_option, reading_options, remarks_option, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import progress, result_json, result_path, say, say_error, say_report
from solander.errors import UsageError
from solander.pipeline import Outcome, find_sources, pack_all, placed, placed_at_page, report_value
from solander.reporting.text import count

_OF_ONE_PAGE = ("uri", "identifier")
"""Options that are true of one page only."""


@click.command(
    "pack",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("one saved page, whose address the file does not tell", "solander pack page.html --uri https://example.org/a "
         "--into archive/"),
        ("every page in a folder, a bag each", "solander pack saved-pages/ --into archive/ --rights 'CC BY 4.0'"),
        ("no bag for a page in which something is wrong", "solander pack page.html --into archive/ --strict"),
        ("the same bytes on every machine", "solander pack page.html --into archive/ --at 2026-01-01T00:00:00Z"),
        ("from a pipe", "curl -s https://example.org/a | solander pack - --uri https://example.org/a --into archive/"),
    ),
)  # fmt: skip
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--into", metavar="ARCHIVE", help="The folder of bags; made if it is not there.")
@reading_options
@description_options
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
    strict: bool,
    fail_on: str | None,
    remarks: bool,
    form: str,
    quiet: bool,
    **stated: Any,
) -> int:
    """Pack pages into bags: capture, normalise, check, write.

    SOURCE is a saved page (HTML, XHTML or plain text), a folder of pages, or "-" for standard input. Each page becomes
    one bag in the archive, whole or not at all; its path is printed. The same page packed again with the same
    statements is already there, and nothing is written; changed statements make the next version of its bag.

    A bag with findings is kept, and the exit status is 1; with --strict none is made.
    """
    if not sources:
        raise UsageError("name the pages to pack, or - for standard input: solander pack page.html --into archive/")
    if not into:
        raise UsageError("name the archive to pack into: solander pack page.html --into archive/")
    places = find_sources(sources, into=Path(into))
    given = {"uri": uri, "identifier": stated.get("identifier")}
    for name in _OF_ONE_PAGE:
        if len(places) > 1 and given[name]:
            raise UsageError(f"--{name} is true of one page, and there are {len(places)}: pack them one by one")
    outcomes: list[Outcome] = []
    with progress(len(places), "packing", quiet=quiet or form == "json") as advance:
        for outcome in pack_all(
            places,
            into=Path(into),
            uri=uri,
            captured_at=captured_at,
            declared_charset=charset,
            limit_bytes=max_size,
            at=at,
            strict=strict,
            fail_on=fail_on,
            **{element: values for element, values in stated.items() if values},
        ):
            outcomes.append(outcome)
            if form == "text":
                _tell(outcome, quiet=quiet, remarks=remarks or fail_on == "info")
            advance(outcome.source)
    if form == "json":
        result_json({"pages": [_outcome_value(outcome) for outcome in outcomes]})
    elif not quiet and (len(outcomes) > 1 or outcomes[0].error is None):
        say(_closing(outcomes))
    return gravest(_status(outcome) for outcome in outcomes)


def _tell(outcome: Outcome, *, quiet: bool, remarks: bool) -> None:
    accession = outcome.accession
    if outcome.error is not None or accession is None:
        say_error(outcome.error or outcome.source)
        return
    if accession.path is not None:
        result_path(accession.path)
    if accession.already_there:
        return
    if not quiet or outcome.failed:
        report, path = accession.report, accession.path
        say_report(placed(report, str(path)) if path else placed_at_page(report, outcome.source), remarks=remarks)
    if accession.path is None:
        say_error(f"{outcome.source}: no bag was made, because of these findings and --strict")


def _closing(outcomes: list[Outcome]) -> str:
    """``3 pages: 2 bags made, 1 already there``, and what else became of them."""
    accessions = [outcome.accession for outcome in outcomes if outcome.accession is not None]
    there = sum(one.already_there for one in accessions)
    made = sum(one.path is not None for one in accessions) - there
    parts = [count(made, "bag") + " made"]
    parts += [f"{there} already there"] if there else []
    parts += [f"{refused} refused by --strict"] if (refused := sum(one.path is None for one in accessions)) else []
    parts += [f"{unread} could not be packed"] if (unread := len(outcomes) - len(accessions)) else []
    found = [one for accession in accessions if not accession.already_there for one in accession.report.findings]
    for severity, noun in (("error", "error"), ("warning", "warning"), ("info", "remark")):
        if number := sum(one.severity == severity for one in found):
            parts.append(count(number, noun))
    return f"{count(len(outcomes), 'page')}: {', '.join(parts)}"


def _status(outcome: Outcome) -> int:
    if outcome.error is not None:
        return outcome.error.exit_status
    if outcome.accession is not None and outcome.accession.report.unchecked:
        return UNREADABLE
    return FINDINGS if outcome.failed else 0


def _outcome_value(outcome: Outcome) -> dict[str, object]:
    accession = outcome.accession
    if accession is None:
        error = outcome.error
        return {"source": outcome.source, "error": str(error), "kind": type(error).__name__}
    return {
        "source": outcome.source,
        "path": str(accession.path) if accession.path else None,
        "identifier": accession.identifier,
        "version": accession.version,
        "already_there": accession.already_there,
        "report": report_value(accession.report),
    }
