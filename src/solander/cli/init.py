"""``solander init``: begin a new archive."""

from __future__ import annotations

from pathlib import Path
from shlex import quote

import click

from solander.cli.parameters import talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_json, result_path, say
from solander.pipeline import begin_archive


@click.command(
    "init",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("a new archive", "solander init archive/"),
        ("then say who keeps it, and pack into it", "solander pack page.html --into archive/"),
    ),
)
@click.argument("folder", metavar="DIR")
@talk_options
def command(folder: str, form: str, quiet: bool) -> int:
    """Begin a new archive with its solander.toml.

    DIR is made if it is not there, and must be empty. The file says who keeps the archive, on what terms its files
    may be used, and with which digests its bags are made; everything in it may stay as it is.
    """
    settings = begin_archive(Path(folder))
    if form == "json":
        result_json({"archive": folder, "profile": str(settings)})
        return 0
    result_path(settings)
    if not quiet:
        say(f"a new archive; say in {settings} who keeps it, then: solander pack page.html --into {quote(folder)}")
    return 0
