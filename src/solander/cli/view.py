"""``solander view``: a page as it is read, from its bag or made anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from solander.cli.parameters import reading_options, traceback_option
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_bytes, result_path
from solander.errors import UsageError
from solander.pipeline import view, view_in, write_view


@click.command(
    "view",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("where is the view of this bag?", "solander view archive/2026-01-01-a-page-0123abcd"),
        ("a view of a page that is in no bag", "solander view page.html --to view.html"),
        (
            "the original beside the TEI, block by block",
            "solander view archive/2026-01-01-a-page-0123abcd --side-by-side --to beside.html",
        ),
    ),
)
@click.argument("source", metavar="SOURCE")
@click.option("--to", "target", metavar="FILE", help='Make the view anew, into a new file; "-" is standard output.')
@click.option(
    "--side-by-side",
    is_flag=True,
    help="Show the original, the TEI as it is read and the TEI as it is written, in three columns.",
)
@reading_options
@traceback_option
def command(
    source: str,
    target: str | None,
    side_by_side: bool,
    uri: str | None,
    captured_at: datetime | None,
    charset: str | None,
    max_size: int | None,
    at: datetime | None,
) -> int:
    """Print the path of a bag's reading view, or make a view.

    SOURCE is a bag; with --to also one in an archive file (zip, tar), a saved page, or "-" for standard input. The path
    is printed; no program opens it. A view runs nothing and fetches nothing, whatever the page would have done.
    """
    if target is None:
        if side_by_side:
            raise UsageError("say where the columns go: solander view BAG --side-by-side --to FILE")
        result_path(view_in(source))
        return 0
    made = view(
        source,
        side_by_side=side_by_side,
        uri=uri,
        captured_at=captured_at,
        declared_charset=charset,
        limit_bytes=max_size,
        at=at,
    )
    if target == "-":
        result_bytes(made.content)
    else:
        write_view(made, Path(target))
        result_path(Path(target))
    return 0
