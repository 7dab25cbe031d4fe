"""``solander audit``: check an archive's bags in turn, and keep a log of it."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

from solander.cli.bars import watching_each
from solander.cli.parameters import (
    Size,
    Text,
    fail_on_option,
    moment_option,
    remarks_option,
    talk_options,
    threads_option,
)
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import coloured, result, result_json, result_meanwhile, say, say_error, say_what_next
from solander.errors import SolanderError, UsageError
from solander.model.finding import Report
from solander.pipeline import Audit, Checked, Work, audited_value, fail_on_of, merge, open_audit, report_value
from solander.reporting.text import count, render, size


@click.command(
    "audit",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("an hour's work every night, so that each bag has its turn", "solander audit archive/ --minutes 60 --quiet"),
        ("at most 200 GB a night, and each bag twice a year", "solander audit archive/ --every 180 --bytes 200GB"),
        ("every bag, now", "solander audit archive/ --all"),
        ("a bag was given away on purpose", "solander audit archive/ --withdrawn 2021-12-08-letters-0123abcd"),
        ("what was checked when", "less archive/audit-log.jsonl"),
    ),
)
@click.argument("archive", required=False, metavar="ARCHIVE")
@click.option(
    "--every",
    type=click.IntRange(0, 36500),
    metavar="DAYS",
    help="Skip bags that were found valid within so many days (90 if not given).",
)
@click.option("--all", "whole", is_flag=True, help="Check every bag, however recently it was checked.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Check at most so many bags in this run.")
@click.option(
    "--bytes", "size_bytes", type=Size(), metavar="SIZE", help="Begin no further bag once this much was read, as 200GB."
)
@click.option("--minutes", type=click.IntRange(1), metavar="N", help="Begin no further bag after so many minutes.")
@click.option(
    "--withdrawn",
    type=Text(),
    multiple=True,
    metavar="BAG",
    help="Record in the log that a bag was taken out of the archive on purpose, and check nothing; may be repeated.",
)
@moment_option
@threads_option
@fail_on_option
@remarks_option
@talk_options
def command(
    archive: str | None,
    every: int | None,
    whole: bool,
    limit: int | None,
    size_bytes: int | None,
    minutes: int | None,
    withdrawn: tuple[str, ...],
    at: datetime | None,
    threads: int | None,
    fail_on: str | None,
    remarks: bool,
    form: str,
    quiet: bool,
) -> int:
    """Check an archive's bags in turn, and keep a log of it.

    Each bag is judged in full, as validate judges it: first those that were never checked, then those whose last check
    is oldest. A bag that was found valid within --every days is skipped; one that was not valid never is. With --limit,
    --bytes or --minutes a run does a part of the work, at least one bag, and the next run goes on from there. The log
    is ARCHIVE/audit-log.jsonl: a line for each check, written as soon as it is done, so that a run that is killed
    loses at most the bag in hand. A bag that was made anew since it was last checked (PRM017) and one that is gone
    (PRM018) are reported. Nothing else is written, and no bag is changed.
    """
    if archive is None:
        raise UsageError("name an archive: solander audit archive/")
    if whole and every is not None:
        raise UsageError("say --all or --every: all is every bag, whenever it was checked")
    days = 0 if whole else 90 if every is None else every
    done: list[Checked] = []
    with open_audit(archive, every_days=days, at=at) as audit:
        if withdrawn:
            audit.withdraw(Path(name).name for name in withdrawn)
            if form == "json":
                result_json({"withdrawn": list(withdrawn)})
            elif not quiet:
                say(f"{count(len(withdrawn), 'bag')} withdrawn; the log keeps that, and nothing was checked")
            return 0
        total = min(len(audit.due), limit or len(audit.due))
        with watching_each(total, "auditing", quiet=quiet or form == "json") as watch:
            for one in audit.check(
                Work(bags=limit, size_bytes=size_bytes, minutes=minutes), threads=threads, told=watch.read
            ):
                done.append(one)
                if form == "text":
                    _tell(one, remarks=remarks or fail_on == "info")
                if one.line is not None:
                    watch.file(one.subject.path.name, len(done), total)
    report = merge((one.report for one in done), subject=archive)
    least, errors = fail_on, [one.error for one in done if one.error is not None]
    try:
        least = least or fail_on_of([done[0].subject])
    except SolanderError as error:
        if str(error) not in map(str, errors):
            errors.append(error)
            say_error(error)
    if form == "json":
        lines = [audited_value(one.line) for one in done if one.line is not None]
        told = {"passed": report.passed, "checked": lines, "passed_by": audit.passed_by, "left": audit.left}
        result_json(told | {"report": report_value(report)})
    elif not quiet:
        result(f"{_closing(audit, done, report, days)}\n")
        say_what_next(report)
    statuses = [one.exit_status for one in errors]
    statuses += [UNREADABLE] if report.unchecked else []
    statuses += [FINDINGS] if report.at_or_above(least or "error") else []
    return gravest(statuses)


def _tell(one: Checked, *, remarks: bool) -> None:
    if one.error is not None:
        say_error(one.error)
    unchecked = tuple(line for line in one.report.unchecked if one.error is None or line != str(one.error))
    told = Report(subject=one.report.subject, findings=one.report.findings, unchecked=unchecked)
    result_meanwhile(render(told, remarks=remarks, colour=coloured(sys.stdout), closing=False))


def _closing(audit: Audit, done: list[Checked], report: Report, days: int) -> str:
    """``3 bags checked (98 files, 1.1 MB); 5 passed by (valid within 90 days), 2 left for the next run``."""
    lines = [one.line for one in done if one.line is not None]
    files, size_bytes = sum(one.files for one in lines), sum(one.size_bytes for one in lines)
    parts = [f"{count(len(lines), 'bag')} checked ({count(files, 'file')}, {size(size_bytes)})"]
    for outcome, words in (("failed", "not valid"), ("unchecked", "could not be checked")):
        number = sum(one.outcome == outcome for one in lines)
        parts += [f"{number:,} {words}"] if number else []
    strays = dict(report.counts).get("strays", 0)
    missing = sum(one.code == "PRM018" for one in report.findings)
    parts += [f"{count(missing, 'bag')} missing"] if missing else []
    parts += [f"{count(strays, 'folder')} that {'is' if strays == 1 else 'are'} no bag"] if strays else []
    within = f" (valid within {count(days, 'day')})" if audit.passed_by else ""
    return f"{', '.join(parts)}; {audit.passed_by:,} passed by{within}, {audit.left:,} left for the next run"
