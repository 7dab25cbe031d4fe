"""``solander serve``: an archive in a browser, and for programs that harvest it."""

from __future__ import annotations

from pathlib import Path

import click

from solander.cli.addresses import home_address
from solander.cli.parameters import traceback_option
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result, say
from solander.errors import UsageError
from solander.pipeline import catalogue, catalogue_of
from solander.profiles import load_profile


@click.command(
    "serve",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("on this machine alone", "solander serve archive/"),
        ("behind a web server that has a name", "solander serve archive/ --base https://archive.example/pages/"),
    ),
)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option(
    "--port", default=8460, show_default=True, type=click.IntRange(0, 65535), help="The port; 0 for a free one."
)
@click.option("--base", metavar="URI", help="The home page's address as seen from outside, with its last slash.")
@click.option(
    "--catalogue", "catalogue_path", metavar="FILE", help="The catalogue's file; ARCHIVE/catalogue.sqlite if not given."
)
@click.option("--no-update", is_flag=True, help="Use the catalogue as it is, without bringing it up to date.")
@click.option(
    "--name", help='The archive\'s name on the pages; if not given, its keeper in solander.toml, or "Archive".'
)
@click.option("--email", help="The address that harvesters may write to; if not given, contact_email in solander.toml.")
@traceback_option
def command(
    archive: str,
    host: str,
    port: int,
    base: str | None,
    catalogue_path: str | None,
    no_update: bool,
    name: str | None,
    email: str | None,
) -> int:
    """Show an archive in a browser: search, read, compare, download; OAI-PMH at "oai".

    The archive can only be read, and only from this machine unless --host says otherwise. The catalogue is brought up
    to date first. The server runs until Ctrl-C or SIGTERM. It needs the extra "serve".
    """
    if base is not None:
        home_address(base)
    try:
        # Before anything is done for it.
        from solander.serving.server import serve
    except ImportError as error:
        raise UsageError("serving needs waitress: pip install 'solander[serve]'") from error
    path = Path(catalogue_path) if catalogue_path else catalogue_of(archive)
    if not no_update:
        catalogue(archive, to=path)

    def ready(address: str) -> None:
        result(f"{address}\n")
        say("serving until Ctrl-C")

    imprint = load_profile(Path(archive)).imprint
    called = name or imprint.organization or "Archive"
    whom = email or imprint.contact_email or "archive@localhost.localdomain"
    serve(Path(archive), path, host=host, port=port, base=base, name=called, email=whom, ready=ready)
    return 0
