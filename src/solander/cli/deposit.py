"""``solander deposit``: send bags to a repository or a storage, once, verified, with a receipt."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from solander.cli.bars import progress
from solander.cli.parameters import STATED, Text, description_options, moment_option, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import CLEAN, FINDINGS, gravest
from solander.cli.talk import result, result_json, say, say_error, say_report
from solander.errors import ArchiveError, DepositHeld, UsageError
from solander.model.deposit import ACCESSES, FORMS
from solander.pipeline import (
    Deposited,
    DepositRequest,
    Planned,
    deposit_all,
    plan_deposit,
    receipt_value,
    report_value,
    statements,
    subjects,
)
from solander.reporting.text import count, size, visible


@click.command(
    "deposit",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3, 4),
    examples=(
        (
            "what would be sent, and what is lacking; nothing is sent",
            "solander deposit BAG --to zenodo-sandbox: --plan",
        ),
        ("a draft, for a person to look at", "solander deposit BAG --to zenodo-sandbox:"),
        ("the same, made public", "solander deposit BAG --to zenodo-sandbox: --publish"),
        ("an OCFL storage root, as further versions of its objects", "solander deposit archive/ --to ocfl:/srv/ocfl"),
        ("what was packed since the first of the month", "solander deposit archive/ --to ours --since 2026-11-01"),
    ),
)
@click.argument("bags", nargs=-1, metavar="BAG...")
@click.option(
    "--to", "to", metavar="TARGET", help="Where to send: SCHEME:PLACE, or a name from the archive's solander.toml."
)
@click.option(
    "--plan", is_flag=True, help="Say what would be done and what is missing; send nothing, and connect to nothing."
)
@click.option("--publish", is_flag=True, help="Make the record public; otherwise it stays a draft.")
@click.option(
    "--access", type=click.Choice(ACCESSES), help="Who may read the files; if not given, as the page's licence allows."
)
@click.option("--embargo-until", metavar="DAY", help="The last day of the embargo, as 2027-12-31.")
@click.option(
    "--form", "bag_form", type=click.Choice(FORMS), help="How the bag is sent; if not given, as the target prefers."
)
@click.option(
    "--verify",
    type=click.Choice(("server", "readback")),
    help="Verify by the checksums that the server gives, or by reading the files back.",
)
@click.option("--since", metavar="DAY", help="From an archive, only bags that were packed on this day or later.")
@click.option(
    "--set",
    "settings",
    type=Text(),
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of this target (docs/deposit.md); may be repeated.",
)
@description_options
@moment_option
@talk_options
def command(
    bags: tuple[str, ...],
    to: str | None,
    plan: bool,
    publish: bool,
    access: str | None,
    embargo_until: str | None,
    bag_form: str | None,
    verify: str | None,
    since: str | None,
    settings: tuple[str, ...],
    at: datetime | None,
    form: str,
    quiet: bool,
    **stated: tuple[str, ...],
) -> int:
    """Send bags to a repository or a storage, once, verified, with a receipt.

    BAG is a bag, or an archive for its bags. Each is judged first, by Solander's rules and by bagit; no bag
    leaves that is not valid. The record has the object's identifier from the start. Every step is in the journal
    beside the bags, so the same command continues a deposit that was interrupted, and no second record is made. What
    the repository holds is compared with what was sent before anything is made public. The receipt is in receipts/.

    Targets are dir:PATH, ocfl:PATH, s3:BUCKET/PREFIX, webdav:ADDRESS, zenodo:, dataverse:ADDRESS, dspace:ADDRESS,
    archivematica:ADDRESS, aptrust:BUCKET and others: see docs/deposit.md. A token comes
    from the environment (SOLANDER_TOKEN_ZENODO for zenodo:), or from where solander.toml says.

    What is stated here about a page (--creator, --rights …) is packed into the next version of its bag, and so is the
    reserved DOI: a sealed bag is never edited.
    """
    if not bags:
        raise UsageError("name a bag or an archive: solander deposit archive/NAME --to TARGET")
    if to is None:
        raise UsageError("say where: --to zenodo-sandbox:, --to ocfl:/srv/ocfl, --to s3:BUCKET/PREFIX")
    if plan and publish:
        raise UsageError("say --plan or --publish: a plan sends nothing")
    request = DepositRequest(
        to=to,
        publish=publish,
        form=bag_form,
        access=access,
        embargo_until=_day(embargo_until, "--embargo-until"),
        reads_back=verify == "readback",
        said=statements((), **{name: stated[name] for name, _ in STATED if stated.get(name)}),
        settings=tuple(_pair(one) for one in settings),
        at=at,
    )
    chosen = _chosen(bags, _day(since, "--since"))
    if not chosen:
        say("no bags to deposit")
        return CLEAN
    return _plan(chosen, request, form) if plan else _deposit(chosen, request, form, quiet=quiet)


def _plan(bags: list[Path], request: DepositRequest, form: str) -> int:
    plans = [plan_deposit(bag, request) for bag in bags]
    if form == "json":
        result_json({"plans": [_plan_value(one) for one in plans]})
    else:
        for one in plans:
            result(_planned(one))
            # Of a deposit that is only planned the remarks are told too; those on the bag are told where it is judged.
            told = [one for one in one.report.findings if one.severity != "info" or one.code.startswith("DEP")]
            say_report(one.report._replace(findings=tuple(told)), remarks=True)
        say("nothing was sent")
    return gravest(FINDINGS if one.report.at_or_above("error") else CLEAN for one in plans)


def _planned(one: Planned) -> str:
    access = one.consignment.access
    until = f" until {access.until}" if access.until else ""
    lines = [
        f"{visible(str(one.bag))} -> {visible(one.target)}",
        f"  object   {visible(one.consignment.identifier)}, version {one.consignment.version}",
        f"  title    {visible(one.consignment.title)}",
        f"  access   {access.policy}{until}",
        *(f"  file     {visible(name)}  {size(size_bytes)}" for name, size_bytes in one.files[:20]),
        *((f"  and {count(len(one.files) - 20, 'file')} more",) if len(one.files) > 20 else ()),
        *(f"  {number}. {step}" for number, step in enumerate(one.steps, 1)),
    ]
    return "".join(f"{line}\n" for line in lines)


def _deposit(bags: list[Path], request: DepositRequest, form: str, *, quiet: bool) -> int:
    done: list[Deposited] = []
    with progress(len(bags), "depositing", quiet=quiet or form == "json") as advance:
        for one in deposit_all(bags, request):
            done.append(one)
            advance(one.bag.name)
            if form == "text":
                _tell(one, quiet=quiet)
    if form == "json":
        result_json({"deposits": [_value(one) for one in done]})
    elif len(bags) > 1 and not quiet:
        held = sum(isinstance(one.error, DepositHeld) for one in done)
        refused = sum(one.error is not None for one in done) - held
        there = sum(one.was_there for one in done)
        say(
            f"{count(len(done) - refused - held, 'bag')} deposited"
            + (f", {there} of them there before" if there else "")
            + (f"; {held} held back, for what is wrong with them" if held else "")
            + (f"; {refused} refused, or not to its end" if refused else "")
        )
    return gravest(one.error.exit_status if one.error else CLEAN for one in done)


def _tell(one: Deposited, *, quiet: bool) -> None:
    if one.error is not None:
        say_error(one.error)
        if isinstance(one.error, DepositHeld):
            say_report(one.report, remarks=False)
        return
    receipt = one.receipt
    assert receipt is not None  # noqa: S101 - for the type checker: without an error there is one
    names = [f"{scheme}:{value}" for scheme, value in receipt.identifiers]
    parts = [receipt.bag, receipt.state, receipt.url or receipt.record, *names]
    result("  ".join(visible(part) for part in parts) + "\n")
    if not quiet:
        if one.was_there:
            say(f"{receipt.bag}: it was there already, and is the same to the byte")
        elif one.report.at_or_above("warning"):
            say_report(one.report, remarks=False)
        if receipt.state == "draft":
            say(f"{receipt.bag}: this is a draft; look at it, and say the same with --publish")
    sys.stderr.flush()


def _chosen(bags: tuple[str, ...], since: date | None) -> list[Path]:
    """Bags, and those of archives; by the day on which they were packed, if that is asked for.

    Raises:
        UsageError: something that was named is no bag in a folder, and no archive.
        ArchiveError: all bags that are there are archive files, which are not deposited.
    """
    from solander.pipeline import packed_on  # late: most deposits are of one bag

    pieces: list[Path] = []
    in_files: list[Path] = []
    for bag in bags:
        found = subjects(Path(bag))
        if found[0].kind not in ("bag", "archive"):
            what = "this is a bag in one file" if found[0].kind == "serialised" else "this is no bag"
            more = "; unpack it, and name its folder" if found[0].kind == "serialised" else " and no archive of bags"
            raise UsageError(f"{visible(bag)}: {what}{more}")
        for one in found:
            if one.kind == "serialised":
                in_files.append(one.path)
                say(f"{visible(str(one.path))}: passed by, for it is a bag in one file; unpack it, and name its folder")
        pieces += [one.path for one in found if one.kind == "bag"]
    if in_files and not pieces:
        # Bags were there to be deposited, and none was: a script must not take that for done.
        raise ArchiveError(Path(bags[0]), "nothing was deposited: its bags are archive files; unpack them first")
    if since is not None:
        pieces = [path for path in pieces if (day := packed_on(path)) is not None and day >= since]
    return pieces


def _day(written: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise UsageError(f"{option} {written}: write the day as 2027-12-31") from None


def _pair(written: str) -> tuple[str, str]:
    name, mark, value = written.partition("=")
    if not mark or not name:
        raise UsageError(f"--set {written}: write NAME=VALUE, as community=our-archive")
    return name, value


def _plan_value(one: Planned) -> dict[str, object]:
    access = one.consignment.access
    return {
        "bag": str(one.bag),
        "target": one.target,
        "identifier": one.consignment.identifier,
        "version": one.consignment.version,
        "bag_digest": one.consignment.bag_digest,
        "title": one.consignment.title,
        "access": {"policy": access.policy, **({"until": access.until.isoformat()} if access.until else {})},
        "form": one.form,
        "files": [{"name": name, "size_bytes": size_bytes} for name, size_bytes in one.files],
        "steps": list(one.steps),
        "report": report_value(one.report),
    }


def _value(one: Deposited) -> dict[str, object]:
    return {
        "bag": str(one.bag),
        "was_there": one.was_there,
        **({"receipt": receipt_value(one.receipt)} if one.receipt else {}),
        **({"receipt_path": str(one.receipt_path)} if one.receipt_path else {}),
        **({"error": str(one.error), "kind": type(one.error).__name__} if one.error else {}),
        "report": report_value(one.report),
    }
