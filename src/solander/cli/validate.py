"""``solander validate``: judge bags, archives of bags, TEI files and pages."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from solander.cli.parameters import fail_on_option, remarks_option, talk_options, threads_option
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import coloured, progress, result, result_json, say_error, say_what_next
from solander.errors import SolanderError, UsageError
from solander.model.finding import Report
from solander.pipeline import (
    Subject,
    fail_on_of,
    merge,
    subjects,
    validate,
)
from solander.reporting.text import closing_line, render

_BAGS = ("bag", "serialised", "stray", "archive")
"""The kinds of what may be, or hold, a bag."""


@click.command(
    "validate",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("every bag of an archive, as a CI job does", "solander validate archive/"),
        ("one bag, for a program", "solander validate archive/2026-01-01-a-page-0123abcd --json"),
        ("a bag in an archive file, which is not unpacked", "solander validate bag.zip"),
        ("may it be sent to APTrust?", "solander validate bag.tar --profile aptrust"),
        ("what does the Library of Congress's bagit say?", "solander validate bags/* --second-opinion"),
        ("warnings count too", "solander validate archive/ --fail-on warning"),
        ("is anything missing? nothing is read for its digest", "solander validate --completeness archive/"),
        ("a TEI file, and what pack would say of some pages", "solander validate page.xml pages/*.html"),
    ),
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--completeness", is_flag=True, help="Judge of bags only whether all is there and listed; read no digest."
)
@click.option("--fast", is_flag=True, help="Judge of bags only their structure, and the payload by its Payload-Oxum.")
@click.option(
    "--profile",
    metavar="FILE",
    help="Judge bags by this BagIt profile instead of those that they name: a JSON file, or solander, aptrust or btr.",
)
@click.option(
    "--second-opinion",
    is_flag=True,
    help="Let bagit, the Library of Congress's program, judge each bag too; another verdict is a finding.",
)
@threads_option
@fail_on_option
@remarks_option
@talk_options
def command(
    paths: tuple[str, ...],
    completeness: bool,
    fast: bool,
    profile: str | None,
    second_opinion: bool,
    threads: int | None,
    fail_on: str | None,
    remarks: bool,
    form: str,
    quiet: bool,
) -> int:
    """Judge bags, archives of bags, TEI files and pages.

    PATH is a bag, as a folder or as a zip or tar file, an archive for all its bags, a TEI file or a page; pages in a
    folder are named one by one, as pages/*.html. Every file of a bag is read and its digests compared; the TEI is
    held against its schema and rules, and against the words of the original; a bag that Solander made, or that stands
    in an archive with a solander.toml, is held against Solander's profile; one that names a BagIt profile that is
    built in, or named in solander.toml, against that. Nothing is changed, and no archive file is unpacked. What could
    not be checked is said to be so, and is never valid. With --completeness or --fast a bag is judged in part, and as
    a bag alone: neither digests nor what Solander puts into it are looked at, and the closing line says so.

    With --second-opinion bagit judges each bag in a folder too, in a process of its own; the report for programs names
    its version among the schemas. It is not asked about what it would hang on, nor about archive files.
    """
    if not paths:
        raise UsageError("name a bag, an archive, a TEI file or a page: solander validate archive/")
    if completeness and fast:
        raise UsageError("say --completeness or --fast: each asks for another part of the judgement")
    mode = "completeness" if completeness else "fast" if fast else "full"
    if profile is not None and mode != "full":
        raise UsageError(f"--profile asks for the whole judgement; leave --{mode} out")
    if second_opinion and mode != "full":
        raise UsageError(f"--second-opinion asks for the whole judgement; leave --{mode} out")
    judging = None
    if profile is not None:
        from solander.pipeline import (
            load_bag_profile,
        )  # late: what judges profiles is a tenth of a small bag's judgement

        judging = load_bag_profile(profile)
    reports: list[Report] = []
    if judging is not None and not judging.is_built_in:
        from solander.pipeline import judge_profile_itself

        reports.append(judge_profile_itself(judging))
    errors: list[SolanderError] = []
    pieces: list[Subject] = []
    for path in paths:
        try:
            pieces.extend(subjects(Path(path)))
        except SolanderError as error:
            errors.append(error)
    if judging is not None and pieces and not any(piece.kind in _BAGS for piece in pieces):
        raise UsageError("--profile judges bags, and none is named")
    if second_opinion and pieces and not any(piece.kind in _BAGS for piece in pieces):
        raise UsageError("--second-opinion is one on bags, and none is named")
    with progress(len(pieces), "validating", quiet=quiet or form == "json") as advance:
        for piece in pieces:
            try:
                reports.append(
                    validate(piece, mode=mode, threads=threads, profile=judging, second_opinion=second_opinion)
                )
            except SolanderError as error:
                # One profile that cannot be used is told once, however many bags it was to judge.
                if str(error) not in map(str, errors):
                    errors.append(error)
            advance(piece.path.name)
    least = fail_on
    try:
        least = least or fail_on_of(pieces)
    except SolanderError as error:
        if str(error) not in map(str, errors):
            errors.append(error)
    report = merge(reports, subject=", ".join(paths))
    # What could not be read was not checked, and is never valid.
    whole = merge((report, Report(subject="", unchecked=tuple(map(str, errors)))), subject=report.subject)
    if form == "json":
        from solander.pipeline import report_value  # late: it brings JSON, which most runs do without

        result_json(report_value(whole))
    else:
        for unread in errors:
            say_error(unread)
        if reports:
            told = render(report, remarks=remarks or fail_on == "info", colour=coloured(sys.stdout), closing=False)
            result(told + ("" if quiet else f"{closing_line(whole)}\n"))
        if not quiet:
            say_what_next(report)
    statuses = [unread.exit_status for unread in errors]
    statuses += [UNREADABLE] if report.unchecked else []
    statuses += [FINDINGS] if report.at_or_above(least or "error") else []
    return gravest(statuses)
