"""``solander verify``: a bag is as it was packed, and what it holds is what its original says."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click

from solander.cli.bars import LARGE_BYTES, watching_phases
from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import (
    coloured,
    result,
    result_json,
    result_meanwhile,
    say_error,
    say_what_next,
)
from solander.errors import SolanderError, UsageError
from solander.model.finding import Report
from solander.model.ports import Told
from solander.pipeline import Subject, merge, rederive, report_value, subjects, validate
from solander.reporting.text import count, render, visible


class Verified(NamedTuple):
    """What came of one bag, of a folder that is none, or of a path where nothing could be read."""

    kind: str
    """``bag``, ``stray`` or ``unread``."""
    report: Report
    state: str
    """In words, for the line that ends what is told of it."""
    programs: dict[str, str]
    """Which program made the TEI, and which derived it again; empty where it was not derived again."""
    error: SolanderError | None = None
    """Why nothing could be read."""


@click.command(
    "verify",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("is every byte as it was packed?", "solander verify archive/2026-01-01-a-page-0123abcd"),
        ("and is all that follows from the original as it says, in every bag?", "solander verify --rederive archive/"),
    ),
)
@click.argument("bags", nargs=-1, metavar="BAG...")
@click.option(
    "--rederive", "again", is_flag=True, help="Read the original again, and compare all that follows from it."
)
@talk_options
def command(bags: tuple[str, ...], again: bool, form: str, quiet: bool) -> int:
    """Check a bag's fixity, and whether what it holds is what its original says.

    BAG is a bag, in a folder or an archive file (zip, tar), or an archive for all its bags; a folder in an archive
    that is no bag is an error.

    With --rederive the original is read, described and encoded again, with the moment, the options and the statements
    that the bag records, and all that follows from it is compared: the TEI (its appInfo and revisionDesc set aside),
    the view for reading, the records of the description and their evidence, the identifier, and what premis.xml,
    README.txt and bag-info.txt say of the making; of a bag of many pages, each page's TEI and record, the index, and
    the same of the whole. Versions of programs are set aside. For that, a bag in an archive file is unpacked into a
    temporary folder, which is removed afterwards.
    """
    if not bags:
        raise UsageError("name a bag: solander verify --rederive archive/NAME")
    done: list[Verified] = []
    with watching_phases("verifying", quiet=quiet or form != "text", least=LARGE_BYTES) as told:
        for one in _verified(bags, told, again=again):
            done.append(one)
            if form == "text":
                _tell(one, quiet=quiet)
    whole = merge((one.report for one in done), subject=", ".join(bags))
    if form == "json":
        values = [report_value(one.report) | one.programs for one in done]
        result_json({"passed": whole.passed, "bags": values})
    elif not quiet:
        if len(done) != 1:
            result(f"{_closing(done, again=again)}\n")
        say_what_next(whole)
    statuses = [one.error.exit_status for one in done if one.error is not None]
    statuses += [UNREADABLE for one in done if one.error is None and one.report.unchecked]
    statuses += [FINDINGS for one in done if one.report.at_or_above("error")]
    return gravest(statuses)


def _verified(paths: tuple[str, ...], told: Told, *, again: bool) -> Iterator[Verified]:
    """What comes of each bag that is named, and of each folder of an archive."""
    for path in paths:
        try:
            pieces = [piece for piece in subjects(Path(path)) if piece.kind != "archive"]
        except SolanderError as error:
            yield _unread(path, error)
            continue
        for piece in pieces:
            try:
                # What is neither a folder nor an archive file is refused as no bag.
                stray = piece.kind == "stray"
                report = validate(piece if stray else Subject(piece.path, "fixity"), told=told)
                yield Verified("stray", report, "no bag", {}) if stray else _bag(piece.path, report, again=again)
            except SolanderError as error:
                yield _unread(str(piece.path), error)


def _unread(path: str, error: SolanderError) -> Verified:
    return Verified("unread", Report(subject=path, unchecked=(str(error),)), "", {}, error)


def _bag(path: Path, fixity: Report, *, again: bool) -> Verified:
    as_packed = "as it was packed" if fixity.passed else "not as it was packed"
    if fixity.unchecked:
        as_packed = "could not be read whole"
    if not again:
        return Verified("bag", fixity, as_packed, {})
    try:
        derived = rederive(path)
    except SolanderError as error:
        # What was found before is told all the same.
        unchecked = Report(subject="", unchecked=(f"could not be derived again: {error}",))
        report = merge((fixity, unchecked), subject=fixity.subject)
        return Verified("bag", report, f"{as_packed}; could not be derived again", {})
    says = "what its original says" if derived.report.passed else "not what its original says"
    if not fixity.passed:
        # An altered README is no fault of the original's.
        says = f"{as_packed}, {'but' if derived.report.passed else 'and'} {says}"
    report = merge((fixity, derived.report), subject=fixity.subject)
    programs = {"made_by": derived.made_by, "rederived_by": derived.rederived_by}
    told = f"{says}; made by {derived.made_by}, derived again by {derived.rederived_by}"
    return Verified("bag", report, told, programs)


def _tell(one: Verified, *, quiet: bool) -> None:
    if one.error is not None:
        say_error(one.error)
        return
    result_meanwhile(render(one.report, colour=coloured(sys.stdout), closing=False))
    if not quiet:
        result_meanwhile(f"{visible(one.report.subject)}: {visible(one.state)}\n")


def _closing(done: list[Verified], *, again: bool) -> str:
    """``3 bags: 2 as they were packed, 1 not; 1 folder that is no bag``."""
    bags = [one for one in done if one.kind == "bag"]
    good, strays = sum(one.report.passed for one in bags), sum(one.kind == "stray" for one in done)
    unread = sum(one.kind == "unread" for one in done)
    parts = []
    if len(bags) == 1:
        parts.append(f"1 bag: {'' if good else 'not '}{'what its original says' if again else 'as it was packed'}")
    elif bags:
        what = "what their originals say" if again else "as they were packed"
        rest = f", {len(bags) - good:,} not" if good < len(bags) else ""
        parts.append(f"{count(len(bags), 'bag')}: {f'{good:,}' if rest else 'all'} {what}{rest}")
    parts += [f"{count(strays, 'folder')} that {'is' if strays == 1 else 'are'} no bag"] if strays else []
    parts += [f"{count(unread, 'thing')} not checked"] if unread else []
    return "; ".join(parts) or "no bags"
