"""``solander verify``: a bag is as it was packed, and its TEI is what its bytes say."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import coloured, result, result_json, say_error
from solander.errors import NotABag, SolanderError, UsageError
from solander.pipeline import Subject, merge, rederive, report_value, subjects, validate
from solander.reporting.text import render, visible


@click.command(
    "verify",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("is every byte as it was packed?", "solander verify archive/2026-01-01-a-page-0123abcd"),
        ("and is the TEI what the original says, in every bag?", "solander verify --rederive archive/"),
    ),
)
@click.argument("bags", nargs=-1, metavar="BAG...")
@click.option("--rederive", "again", is_flag=True, help="Read the original again, and compare what comes of it.")
@talk_options
def command(bags: tuple[str, ...], again: bool, form: str, quiet: bool) -> int:
    """Check a bag's fixity, and whether its TEI is what its bytes say.

    BAG is a bag, or an archive for all its bags. With --rederive the original is read, described and encoded again,
    with the moment, the options and the statements that the bag records; the TEI must come out the same, its appInfo
    and revisionDesc set aside.
    """
    if not bags:
        raise UsageError("name a bag: solander verify --rederive archive/NAME")
    statuses: list[int] = []
    values: list[dict[str, object]] = []
    for path in _bags(bags, statuses, values, talk=form == "text"):
        bag = str(path)
        try:
            report = validate(Subject(path, "fixity"))
            value = report_value(report)
            told = ""
            if again:
                rederivation = rederive(path)
                report = merge((report, rederivation.report), subject=bag)
                value = report_value(report) | {
                    "made_by": rederivation.made_by,
                    "rederived_by": rederivation.rederived_by,
                }
                told = f"; made by {rederivation.made_by}, derived again by {rederivation.rederived_by}"
        except SolanderError as error:
            _refuse(bag, error, statuses, values, talk=form == "text")
            continue
        values.append(value)
        statuses += [UNREADABLE] if report.unchecked else []
        statuses += [FINDINGS] if not report.passed and not report.unchecked else []
        if form == "text":
            result(render(report, colour=coloured(sys.stdout), closing=False))
            if not quiet:
                word = "as it was packed" if report.passed else "not as it was packed"
                if again:
                    word = "what its original says" if report.passed else "not what its original says"
                result(f"{visible(bag)}: {word}{told}\n")
    if form == "json":
        result_json({"bags": values})
    return gravest(statuses)


def _bags(
    paths: tuple[str, ...], statuses: list[int], values: list[dict[str, object]], *, talk: bool
) -> Iterator[Path]:
    """The bags that are named, those of an archive one by one."""
    for path in paths:
        try:
            pieces = subjects(Path(path))
            found = [piece.path for piece in pieces if piece.kind == "bag"]
            if not found and not any(piece.kind == "profile" for piece in pieces):
                raise NotABag(Path(path))
        except SolanderError as error:
            _refuse(path, error, statuses, values, talk=talk)
            continue
        yield from found


def _refuse(
    bag: str, error: SolanderError, statuses: list[int], values: list[dict[str, object]], *, talk: bool
) -> None:
    statuses.append(error.exit_status)
    values.append({"subject": bag, "error": str(error)})
    if talk:
        say_error(error)
