"""``solander bag unbag``: a bag's payload, copied out and verified; its path is the result."""

from __future__ import annotations

import click

from solander.cli.bars import watching_files
from solander.cli.parameters import remarks_option, talk_options, threads_option
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE
from solander.cli.talk import result_json, result_path, say, say_error, say_report, say_what_next
from solander.errors import UsageError
from solander.pipeline import Unbagged, report_value, unbag
from solander.reporting.text import count, size


@click.command(
    "unbag",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("the payload, as it was packed", "solander bag unbag bags/letters --into restored/"),
        ("what is left of a damaged bag", "solander bag unbag bags/letters --into rescued/ --keep-damaged"),
    ),
)
@click.argument("bag", metavar="BAG")
@click.option("--into", metavar="PLACE", help="The folder to put the payload's folder into; made if it is not there.")
@click.option("--name", metavar="NAME", help="The name of the payload's folder; if not given, that of the bag.")
@click.option("--keep-damaged", is_flag=True, help="Copy what is there even if the bag is not valid.")
@threads_option
@remarks_option
@talk_options
def command(
    bag: str,
    into: str | None,
    name: str | None,
    keep_damaged: bool,
    threads: int | None,
    remarks: bool,
    form: str,
    quiet: bool,
) -> int:
    """Take the payload out of a bag, verified.

    BAG is a folder, or an archive file (zip, tar). Every payload file of it is copied under its own name and verified
    in one pass; the bag stays as it is. If the bag is not valid, nothing is written and what is wrong is reported; with
    --keep-damaged what is there is copied all the same, and the exit status is 1, or 3 where something could not be
    read; of an archive file that was cut off before its bagit.txt, what was read of the payload is copied. Where a
    bagit.txt stands and cannot be read, nothing is. The payload is there whole or not at all, and its path is printed.
    Symbolic links are never copied or followed; the closing line counts them.
    """
    if not into:
        raise UsageError("say where the payload is to stand: solander bag unbag BAG --into restored/")
    with watching_files("copying", quiet=quiet or form == "json") as watch:
        done = unbag(
            bag,
            into=into,
            name=name,
            keep_damaged=keep_damaged,
            threads=threads,
            watch=watch.file,
            told=watch.read,
        )
    if form == "json":
        path = str(done.path) if done.path else None
        copied = {"path": path, "files": done.files, "bytes": done.size_bytes, "links_left_out": done.links}
        result_json(copied | {"report": report_value(done.report)})
    else:
        _tell(bag, done, remarks=remarks, quiet=quiet)
    if done.report.passed:
        return 0
    return FINDINGS if done.report.at_or_above("error") and not done.report.unchecked else UNREADABLE


def _tell(bag: str, done: Unbagged, *, remarks: bool, quiet: bool) -> None:
    if done.path:
        result_path(done.path)
    say_report(done.report, remarks=remarks)
    if not done.path:
        say_error(f"{bag}: it is not valid, and nothing was written; --keep-damaged copies what is there")
    elif not quiet:
        verified = "verified" if done.report.passed else "from a bag that is not valid"
        without = f"; without {count(done.links, 'symbolic link')}" if done.links else ""
        say(f"{count(done.files, 'file')}, {size(done.size_bytes)}, {verified}{without}")
    if not quiet:
        say_what_next(done.report)
