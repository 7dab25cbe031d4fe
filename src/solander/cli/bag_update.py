"""``solander bag update``: verify a bag and write its tag files anew; its path is the result."""

from __future__ import annotations

from datetime import datetime

import click

from solander.cli.bars import watching_files
from solander.cli.parameters import info_options, moment_option, remarks_option, talk_options, threads_option
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE
from solander.cli.talk import result_json, result_path, say, say_error, say_report, say_what_next
from solander.errors import UsageError
from solander.pipeline import UpdatedBag, read_info, report_value, update_bag


@click.command(
    "update",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("from MD5 to SHA-512, while the old digests are verified", "solander bag update bags/letters "
         "--add-algorithm sha512 --drop-algorithm md5"),
        ("another contact", "solander bag update bags/letters --remove-info Contact-Name "
         "--info 'Contact-Name: A. Keeper'"),
        ("an old bag turned into one of BagIt 1.0", "solander bag update bags/letters --to-1.0 --add-algorithm sha512"),
    ),
)  # fmt: skip
@click.argument("bag", metavar="BAG")
@click.option(
    "--add-algorithm",
    multiple=True,
    metavar="NAME",
    help="Add manifests with this checksum algorithm; may be repeated.",
)
@click.option(
    "--drop-algorithm",
    multiple=True,
    metavar="NAME",
    help="Remove the manifests with this checksum algorithm; may be repeated.",
)
@info_options
@click.option(
    "--remove-info", multiple=True, metavar="LABEL", help="Remove the fields with this label first; may be repeated."
)
@click.option("--to-1.0", "to_1_0", is_flag=True, help="Turn a bag of BagIt 0.93 to 0.97 into one of 1.0.")
@moment_option
@threads_option
@remarks_option
@talk_options
def command(
    bag: str,
    add_algorithm: tuple[str, ...],
    drop_algorithm: tuple[str, ...],
    info: tuple[str, ...],
    info_file: str | None,
    remove_info: tuple[str, ...],
    to_1_0: bool,
    at: datetime | None,
    threads: int | None,
    remarks: bool,
    form: str,
    quiet: bool,
) -> int:
    """Verify a bag, and change its algorithms, metadata or version.

    Every file of BAG is read once: its old digests are verified while the new ones are computed. If the bag is not
    valid, nothing is changed, and what is wrong is reported. Otherwise its tag files are written anew, as BagIt 1.0 in
    UTF-8, with Payload-Oxum and Bagging-Date; the payload is not touched, nor are tag files of others. A new bag takes
    the place of the old one at once: whatever stops the program, one of them stands whole.

    The bag of a page is refused: its tag files follow from the page, and pack makes its next version.
    """
    with watching_files("verifying", quiet=quiet or form == "json") as watch:
        updated = update_bag(
            _named(bag),
            add_algorithms=add_algorithm,
            drop_algorithms=drop_algorithm,
            info=read_info(info, info_file),
            remove_info=remove_info,
            to_1_0=to_1_0,
            at=at,
            threads=threads,
            watch=watch.file,
            told=watch.read,
        )
    if form == "json":
        value = {"path": str(updated.path), "updated": updated.was_updated, "algorithms": list(updated.algorithms)}
        result_json(value | {"from_version": updated.from_version, "report": report_value(updated.report)})
    else:
        _tell(updated, remarks=remarks, quiet=quiet)
    if updated.was_updated:
        return 0
    return UNREADABLE if updated.report.unchecked else FINDINGS


def _tell(updated: UpdatedBag, *, remarks: bool, quiet: bool) -> None:
    if updated.was_updated:
        result_path(updated.path)
    say_report(updated.report, remarks=remarks)
    if not updated.was_updated:
        say_error(f"{updated.path}: it is not valid, and nothing was changed")
    elif not quiet:
        say(f"{updated.path}: verified, and its tag files written anew ({', '.join(updated.algorithms)})")
    if not quiet:
        say_what_next(updated.report)


def _named(bag: str) -> str:
    if bag == "-":
        raise UsageError("name the bag's folder: solander bag update bags/letters")
    return bag
