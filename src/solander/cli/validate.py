"""``solander validate``: judge bags, archives of bags, TEI files and pages."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from solander.cli.forms import FORMS, FormatOption, Telling, Wish, tell, telling, working_folder
from solander.cli.parameters import Text, fail_on_option, remarks_option, threads_option, traceback_option
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import progress, say, say_error, watching_phases
from solander.errors import SolanderError, UsageError
from solander.model.finding import SEVERITIES, Report
from solander.model.verdict import Verdict
from solander.pipeline import (
    Subject,
    archive_in,
    fail_on_of,
    holders,
    judge_many,
    merge,
    read_baseline,
    rulings_of,
    since,
    subjects,
    unknown_codes,
    without_known,
    write_baseline,
)

_BAGS = ("bag", "serialised", "stray", "archive")
"""The kinds of what may be, or hold, a bag."""


_OF_RECORDS = ("warc", "arc", "wacz")
"""The kinds of files of records."""


class Severity(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions
    """``BAG003=warning``."""

    name = "severity"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help names it."""
        return "CODE=SEVERITY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Read the code and the severity, or say how to write them."""
        if isinstance(value, tuple):
            return value
        code, equals, severity = str(value).partition("=")
        if not equals or severity not in SEVERITIES:
            self.fail(f"{value!r} is no rule and its severity; write CODE={'|'.join(SEVERITIES)}", param, ctx)
        return code, severity


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
        ("by a schema of your own too, or by all of TEI", "solander validate page.xml --schema tei_all.rng"),
        ("a TEI file, and what pack would say of some pages", "solander validate page.xml pages/*.html"),
        ("a report for a CI system, beside what a person reads", "solander validate archive/ --format sarif:out.sarif"),
        ("only what was changed on this branch", "solander validate archive/ --since origin/main"),
        ("what is known of old does not fail", "solander validate archive/ --baseline known.json"),
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
@click.option(
    "--schema",
    "given",
    multiple=True,
    metavar="FILE",
    help="Judge documents, and the TEI of bags, by this schema too: .rng, .xsd or .sch, or .rnc for jing. Repeatable.",
)
@click.option(
    "--engine",
    type=click.Choice(("solander", "jing")),
    default="solander",
    show_default=True,
    help="Who judges by --schema.",
)
@click.option(
    "--select",
    type=Text(),
    multiple=True,
    metavar="CODES",
    help="Tell only of rules whose codes begin so, as SEC or TEI2,BAG003; may be repeated.",
)
@click.option(
    "--ignore",
    type=Text(),
    multiple=True,
    metavar="CODES",
    help="Do not tell of rules whose codes begin so; errors are told all the same. May be repeated.",
)
@click.option(
    "--severity",
    "severities",
    type=Severity(),
    multiple=True,
    help="Take a rule's findings for info, warning or error; may be repeated.",
)
@click.option(
    "--baseline", type=Text(), metavar="FILE", help="Findings that stand in this file are known, and do not fail."
)
@click.option(
    "--write-baseline",
    "new_baseline",
    type=Text(),
    metavar="FILE",
    help="Write all that is found to a baseline, whole or not at all; then it is known.",
)
@click.option(
    "--since", "reference", type=Text(), metavar="COMMIT", help="Judge only what changed since a commit; git is asked."
)
@click.option(
    "--changed-files",
    is_flag=True,
    help="PATHs are files that changed, as a hook names them: judge the bags that hold them, and pass by all else.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes judge bags at once (as many as there are processors, for many bags, if not given).",
)
@threads_option
@fail_on_option
@remarks_option
@click.option(
    "--format",
    "wishes",
    type=FormatOption(),
    multiple=True,
    help=f"A form of the result, on standard output or in a file; may be repeated. {', '.join(FORMS)}.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--quiet", "-q", is_flag=True, help="Say only results and errors.")
@traceback_option
def command(
    paths: tuple[str, ...],
    completeness: bool,
    fast: bool,
    profile: str | None,
    second_opinion: bool,
    given: tuple[str, ...],
    engine: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: tuple[tuple[str, str], ...],
    baseline: str | None,
    new_baseline: str | None,
    reference: str | None,
    changed_files: bool,
    jobs: int | None,
    threads: int | None,
    fail_on: str | None,
    remarks: bool,
    wishes: tuple[Wish, ...],
    as_json: bool,
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

    The result is told in each --format; where only files are named, a person's form goes to standard output. In GitHub
    Actions that has annotations behind it, and the job a summary. A baseline knows findings by rule, file and what is
    so, not by line; it never makes valid what could not be checked.
    """
    if not paths and not changed_files:
        raise UsageError("name a bag, an archive, a TEI file or a page: solander validate archive/")
    if completeness and fast:
        raise UsageError("say --completeness or --fast: each asks for another part of the judgement")
    mode = "completeness" if completeness else "fast" if fast else "full"
    if profile is not None and mode != "full":
        raise UsageError(f"--profile asks for the whole judgement; leave --{mode} out")
    if second_opinion and mode != "full":
        raise UsageError(f"--second-opinion asks for the whole judgement; leave --{mode} out")
    if engine != "solander" and not given:
        raise UsageError(f"--engine {engine} judges by --schema, and no schema is named")
    if given and mode != "full":
        raise UsageError(f"--schema asks for the whole judgement; leave --{mode} out")
    if baseline is not None and new_baseline is not None:
        raise UsageError("say --baseline or --write-baseline: what is written is known at once")
    how = telling(wishes, as_json=as_json, remarks=remarks or fail_on == "info", quiet=quiet)
    rulings = rulings_of(_codes(select), _codes(ignore), severities)
    known = read_baseline(Path(baseline)) if baseline is not None else frozenset[str]()
    judging = None
    run = _Run(how)
    if profile is not None:
        # Late: what judges profiles is a tenth of a small bag's judgement.
        from solander.pipeline import judge_profile_itself, load_bag_profile

        judging = load_bag_profile(profile)
        if not judging.is_built_in:
            run.parts.append(judge_profile_itself(judging))
    pieces = run.pieces(paths, changed_files=changed_files)
    if judging is not None and pieces and not any(piece.kind in _BAGS for piece in pieces):
        raise UsageError("--profile judges bags, and none is named")
    if second_opinion and pieces and not any(piece.kind in _BAGS for piece in pieces):
        raise UsageError("--second-opinion is one on bags, and none is named")
    if reference is not None:
        pieces = since(reference, pieces)
    asked = {
        "mode": mode,
        "threads": threads,
        "profile": judging,
        "second_opinion": second_opinion,
        "rulings": rulings,
        "given": (given, engine),
    }
    run.judge(pieces, asked, jobs)
    least = fail_on or run.fail_on(pieces)
    if new_baseline is not None:
        write_baseline(Path(new_baseline), run.parts)
        known = read_baseline(Path(new_baseline))
    path = baseline or new_baseline
    parts = run.parts if path is None else [without_known(Path(path), part, known) for part in run.parts]
    whole = merge(parts, subject=", ".join(paths))
    lost = tell(
        Verdict(whole=whole, parts=tuple(parts), fail_on=least or "error", folder=working_folder()), how, run.said
    )
    statuses = [*run.statuses, *(one.exit_status for one in lost)]
    statuses += [UNREADABLE] if whole.unchecked else []
    statuses += [FINDINGS] if whole.at_or_above(least or "error") else []
    return gravest(statuses)


def _codes(wishes: Sequence[str]) -> list[str]:
    return [code.strip().upper() for wish in wishes for code in wish.split(",")]


class _Run:
    """One run: what was judged, and what could not be; each error is said once, and stands in the report."""

    def __init__(self, how: Telling) -> None:
        self._how = how
        self.parts: list[Report] = []
        self.statuses: list[int] = []
        self.said: set[str] = set()

    def fail(self, subject: str, line: str, status: int) -> None:
        """Something could not be judged: what could not be read was not checked, and is never valid."""
        # One profile that cannot be used is told once, however many bags it was to judge.
        if line not in self.said:
            self.said.add(line)
            self.statuses.append(status)
            self.parts.append(Report(subject=subject, unchecked=(line,)))
            if self._how.is_text:
                say_error(line)

    def pieces(self, paths: Sequence[str], *, changed_files: bool) -> tuple[Subject, ...]:
        """What there is to judge."""
        found: list[Subject] = []
        for some in [paths] if changed_files else [(path,) for path in paths]:
            try:
                found.extend(holders(some) if changed_files else subjects(Path(some[0])))
            except SolanderError as error:
                self.fail(", ".join(some), str(error), error.exit_status)
        return tuple(found)

    def judge(self, pieces: Sequence[Subject], asked: dict[str, Any], jobs: int | None) -> None:
        """Judge things, each by itself: what befalls one hides none of the others."""
        quiet = self._how.quiet or not self._how.is_text
        # Of bags it is told which is done; of a file of records, which may be as large as any, how far it was read.
        large = bool(pieces) and all(piece.kind in _OF_RECORDS for piece in pieces)
        with (
            watching_phases("validating", quiet=quiet or not large) as told,
            progress(len(pieces), "validating", quiet=quiet or large) as advance,
        ):
            for one in judge_many(pieces, asked, jobs=jobs, told=told if large else None):
                if one.report is not None:
                    self.parts.append(one.report)
                if one.error is not None:
                    line = one.error
                    if one.trace is not None:
                        line = f"{line}; {_fault(one.trace)}"
                    self.fail(str(one.subject.path), line, one.exit_status)
                advance(one.subject.path.name)

    def fail_on(self, pieces: Sequence[Subject]) -> str | None:
        """The mildest finding that counts where things lie; ``None`` where settings do not tell."""
        try:
            for error in unknown_codes(dict.fromkeys(map(archive_in, pieces))):
                raise error
            return fail_on_of(pieces)
        except SolanderError as error:
            self.fail(", ".join(str(piece.path) for piece in pieces[:1]), str(error), error.exit_status)
            return None


def _fault(trace: str) -> str:
    from solander.cli.fault_log import write_trace

    if "--traceback" in sys.argv:
        say(trace)
    return write_trace(trace, sys.argv[1:])
