"""``solander bag make``: any folders and files in, one bag out; its path is the result."""

from __future__ import annotations

from datetime import datetime

import click

from solander.cli.bars import watching_files
from solander.cli.parameters import (
    Text,
    info_options,
    moment_option,
    remarks_option,
    talk_options,
    threads_option,
)
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_json, result_path, say, say_error, say_report, say_what_next
from solander.errors import PayloadRefused, UsageError
from solander.model.serialised import INNER_MARK
from solander.pipeline import MadeBag, make_bag, placed, read_info, read_tag_info, report_value
from solander.reporting.text import count, size

_TOLD = 20
"""How many paths of a kind are told; of more, only how many there are."""


@click.command(
    "make",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("a folder: its contents are the payload, and it is only read", "solander bag make letters/ --into bags/"),
        ("several sources, each under its name", "solander bag make letters/ photos/ list.csv --into bags/ "
         "--name estate-2026"),
        ("what is said of it, in this order", "solander bag make letters/ --into bags/ "
         "--info 'Source-Organization: County Archive' --info 'Contact-Name: A. Keeper'"),
        ("without what systems leave behind, and without drafts", "solander bag make letters/ --into bags/ "
         "--exclude-system-files --exclude '*.tmp'"),
        ("as one tar file, for APTrust", "solander bag make letters/ --into bags/ --profile aptrust "
         "--tag-info 'aptrust-info.txt/Title: Letters' --tag-info 'aptrust-info.txt/Access: Consortia' "
         "--tag-info 'aptrust-info.txt/Storage-Option: Standard'"),
        ("two algorithms, and the same bytes on every machine", "solander bag make letters/ --into bags/ "
         "--algorithm sha512 --algorithm sha256 --at 2026-01-01T00:00:00Z"),
    ),
)  # fmt: skip
@click.argument("sources", nargs=-1, metavar="SOURCE...")
@click.option("--into", metavar="PLACE", help="The folder to put the bag into; made if it is not there.")
@click.option("--name", metavar="NAME", help="The name of the bag's folder; if not given, that of its one source.")
@click.option(
    "--algorithm",
    "algorithms",
    multiple=True,
    metavar="NAME",
    help="A checksum algorithm of the manifests; may be repeated; if not given, as --profile demands, or sha512.",
)
@info_options
@click.option(
    "--tag-info",
    type=Text(),
    multiple=True,
    metavar="'FILE/LABEL: VALUE'",
    help="A field of another tag file, as 'aptrust-info.txt/Title: Letters'; may be repeated.",
)
@click.option(
    "--profile",
    metavar="FILE",
    help="Make the bag for this BagIt profile, and judge it by that: a JSON file, or aptrust or btr.",
)
@click.option(
    "--serialise",
    type=click.Choice(("zip", "tar", "tar.gz")),
    help="Make the bag one archive file instead of a folder; if not given, as --profile demands.",
)
@click.option(
    "--exclude",
    multiple=True,
    metavar="PATTERN",
    help="Leave out what has a name like this, or a path like this if the pattern has a slash; may be repeated.",
)
@click.option(
    "--exclude-system-files", is_flag=True, help="Leave out .DS_Store, Thumbs.db, desktop.ini, ._* and the like."
)
@click.option(
    "--links",
    type=click.Choice(("refuse", "record", "follow")),
    default="refuse",
    show_default=True,
    help="Symbolic links: refuse them, record them in metadata/links.json, or copy the files that they lead to.",
)
@click.option(
    "--bag-of-a-bag", is_flag=True, help="Take a source that is itself a bag, and put it whole into the new one."
)
@moment_option
@threads_option
@remarks_option
@talk_options
def command(
    sources: tuple[str, ...],
    into: str | None,
    name: str | None,
    algorithms: tuple[str, ...],
    info: tuple[str, ...],
    info_file: str | None,
    tag_info: tuple[str, ...],
    profile: str | None,
    serialise: str | None,
    exclude: tuple[str, ...],
    exclude_system_files: bool,
    links: str,
    bag_of_a_bag: bool,
    at: datetime | None,
    threads: int | None,
    remarks: bool,
    form: str,
    quiet: bool,
) -> int:
    """Make a bag of any folders and files, beside them.

    SOURCE is a folder, whose contents become the payload; of several folders and files each lies under its own name.
    They are read once and never changed; every file is copied and hashed in one pass, and the bag is there whole or
    not at all. Its path is printed.

    With --serialise the bag is one archive file, NAME.zip or NAME.tar, and no folder; nothing in it is compressed. It
    is made in a temporary place beside it, for which there must be room as well. With --profile algorithms, tag files
    and archive files are as the profile demands; what it demands and was not given is named at once, before anything is
    written, and a bag that does not keep the profile is not made.

    What no bag can hold is refused before anything is written, and all of it is named: symbolic links (see --links),
    pipes, sockets and devices, names that are not in UTF-8, and names that lead out of the bag on another system. Names
    that only some systems dislike are kept and reported. An empty folder is kept and reported too: no manifest
    can list it. Copies keep the time of their last change; rights and owners are not kept.
    """
    if not sources:
        raise UsageError("name a folder or files: solander bag make DIR --into bags/")
    if not into:
        raise UsageError("say where the bag is to stand: solander bag make DIR --into bags/")
    try:
        with watching_files("bagging", quiet=quiet or form == "json") as watch:
            made = make_bag(
                *sources,
                into=into,
                name=name,
                algorithms=algorithms or None,
                info=read_info(info, info_file),
                tag_info=read_tag_info(tag_info),
                profile=profile,
                serialise=serialise,
                exclude=exclude,
                exclude_system_files=exclude_system_files,
                links=links,
                bag_of_a_bag=bag_of_a_bag,
                at=at,
                threads=threads,
                watch=watch.file,
                told=watch.read,
            )
    except PayloadRefused as refused:
        return _refused(refused, form=form)
    if form == "json":
        result_json(_value(made))
        return 0
    result_path(made.path)
    if not quiet:
        _tell_made(made, links=links, remarks=remarks)
    return 0


def _tell_made(made: MadeBag, *, links: str, remarks: bool) -> None:
    # No errors are among them: then there were no bag.
    mark = INNER_MARK if made.form else "/"
    say_report(placed(made.report, str(made.path), mark=mark), remarks=remarks)
    _tell("left out", made.excluded)
    _tell("a link, recorded" if links == "record" else "a link, followed", made.links)
    say(f"1 bag made: {count(made.files, 'file')}, {size(made.size_bytes)}, {', '.join(made.algorithms)}")
    say_what_next(made.report)


def _refused(refused: PayloadRefused, *, form: str) -> int:
    """Say of each file why it is refused, not of the first alone."""
    if form == "json":
        faults = [{"path": path, "why": why} for path, why in refused.faults]
        result_json({"error": str(refused), "kind": "PayloadRefused", "refused": faults})
    for path, why in refused.faults:
        say_error(f"{path}: {why}")
    say_error(f"no bag was made: {count(len(refused.faults), 'thing')} refused; {refused.remedy}".rstrip("; "))
    return refused.exit_status


def _tell(what: str, paths: tuple[str, ...]) -> None:
    for path in paths[:_TOLD]:
        say(f"{path}: {what}")
    if len(paths) > _TOLD:
        say(f"and {len(paths) - _TOLD:,} more: {what}")


def _value(made: MadeBag) -> dict[str, object]:
    return {
        "path": str(made.path),
        "form": made.form or "folder",
        "files": made.files,
        "bytes": made.size_bytes,
        "algorithms": list(made.algorithms),
        "excluded": list(made.excluded),
        "empty_folders": list(made.empty_folders),
        "links": list(made.links),
        "report": report_value(made.report),
    }
