"""``solander validate``: judge bags, archives of bags, TEI files and pages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from solander.cli.forms import FORMS, Wish
from solander.cli.judging import Asked, judge_as_asked
from solander.cli.parameters import Text, fail_on_option, remarks_option, threads_option, traceback_option
from solander.cli.program import DocumentedCommand
from solander.model.finding import SEVERITIES


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


class FormatOption(click.ParamType):  # type: ignore[type-arg]  # generic only in later versions
    """``sarif``, or ``sarif:out.sarif``."""

    name = "form"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """How the help names it."""
        return "FORM[:FILE]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Wish:
        """Read the form and the file, or say which forms there are."""
        if isinstance(value, Wish):
            return value
        form, colon, file = str(value).partition(":")
        if form not in FORMS:
            self.fail(f"there is no form {form!r}; there are {', '.join(FORMS)}", param, ctx)
        if colon and not file:
            self.fail(f"name a file behind the colon, as {form}:report.{form}", param, ctx)
        return Wish(form, Path(file) if colon and file != "-" else None)


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
        ("warnings make the exit status 1 too", "solander validate archive/ --fail-on warning"),
        ("is anything missing? no digest is computed", "solander validate --completeness archive/"),
        ("by another schema too: all of TEI, or one of your own", "solander validate page.xml --schema tei_all.rng"),
        ("a TEI file, and what pack would say of some pages", "solander validate page.xml pages/*.html"),
        ("a report for a CI system, beside what a person reads", "solander validate archive/ --format sarif:out.sarif"),
        ("only what was changed on this branch", "solander validate archive/ --since origin/main"),
        (
            "findings that are already known do not make the exit status 1",
            "solander validate archive/ --baseline known.json",
        ),
    ),
)
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--completeness", is_flag=True, help="Check only that each bag's files are there and listed; compute no digest."
)
@click.option(
    "--fast", is_flag=True, help="Check only each bag's structure, and the size of the payload by its Payload-Oxum."
)
@click.option(
    "--profile",
    metavar="FILE",
    help="Judge bags by this BagIt profile instead of those that they name: a JSON file, or solander, solander-crawl, "
    "aptrust or btr.",
)
@click.option(
    "--second-opinion",
    is_flag=True,
    help="Let bagit, the Library of Congress's program, judge each bag too; if the two disagree, that is a finding.",
)
@click.option(
    "--schema",
    "given",
    multiple=True,
    metavar="FILE",
    help="Judge documents, and the TEI of bags, by this schema too (.rng, .xsd, .sch; .rnc for jing); may be repeated.",
)
@click.option(
    "--engine",
    type=click.Choice(("solander", "jing")),
    default="solander",
    show_default=True,
    help="Which program judges by --schema.",
)
@click.option(
    "--select",
    type=Text(),
    multiple=True,
    metavar="CODES",
    help="Report only rules whose codes begin so, as SEC or TEI2,BAG003; may be repeated.",
)
@click.option(
    "--ignore",
    type=Text(),
    multiple=True,
    metavar="CODES",
    help="Do not report rules whose codes begin so, unless they are errors; may be repeated.",
)
@click.option(
    "--severity",
    "severities",
    type=Severity(),
    multiple=True,
    help="Report a rule's findings as info, warning or error; may be repeated.",
)
@click.option(
    "--baseline",
    type=Text(),
    metavar="FILE",
    help="Findings listed in this file are known, and do not make the exit status 1.",
)
@click.option(
    "--write-baseline",
    "new_baseline",
    type=Text(),
    metavar="FILE",
    help="Write all findings to a new baseline file: from then on they are known.",
)
@click.option(
    "--since", "reference", type=Text(), metavar="COMMIT", help="Judge only what changed since a commit, as git tells."
)
@click.option(
    "--changed-files",
    is_flag=True,
    help="PATHs are files that changed, as a hook names them: judge the bags that hold them, and skip all else.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 256),
    metavar="N",
    help="How many processes judge bags at once; if not given, one for each processor when there are many bags.",
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
@click.option("--quiet", "-q", is_flag=True, help="Print only results and errors.")
@traceback_option
def command(paths: tuple[str, ...], **asked: Any) -> int:
    """Judge bags, archives of bags, TEI files and pages.

    PATH is a bag, as a folder or as a zip or tar file, an archive for all its bags, a TEI file or a page; pages in a
    folder are named one by one, as pages/*.html. Every file of a bag is read and its digests compared; its TEI is
    checked against the schema, the rules and the words of the original. A bag that Solander made, or that is in an
    archive with a solander.toml, is judged by Solander's profile; a bag that names another BagIt profile is judged by
    that one, if it is built in or named in solander.toml. Nothing is changed, and no archive file is unpacked. What
    could not be checked is reported as not checked, never as valid. With --completeness or --fast only the bag itself
    is judged, and in part: no digest is computed, what Solander put into the bag is not looked at, and the closing
    line says so.

    With --second-opinion bagit judges each bag in a folder too, in a process of its own; the report names its version
    among the schemas. It is not asked about bags that it would hang on, nor about archive files.

    The result is written in each --format; if all of them go to files, text goes to standard output. In GitHub Actions
    annotations follow it, and the job gets a summary. A baseline knows a finding by its rule, file and message, not by
    its line; it never makes valid what could not be checked.
    """
    return judge_as_asked(paths, Asked(**asked))
