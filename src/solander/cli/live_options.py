"""The options that say how pages are fetched that still stand at their addresses, and where many are named."""

from __future__ import annotations

import click

from solander.cli.parameters import Command, Text


def live_options(command: Command) -> Command:
    """The options of live pages."""
    for decorate in reversed(
        (
            click.option(
                "--list", "lists", type=Text(), multiple=True, metavar="FILE",
                help="Pack the live pages whose addresses a file (or \"-\") lists, one a line; may be repeated.",
            ),
            click.option(
                "--sitemap", "sitemaps", type=Text(), multiple=True, metavar="PLACE",
                help="Pack the live pages that a sitemap names, at an address or in a file; may be repeated.",
            ),
            click.option(
                "--feed", "feeds", type=Text(), multiple=True, metavar="PLACE",
                help="Pack the live pages of a feed (Atom, RSS, JSON Feed), at an address or in a file.",
            ),
            click.option(
                "--ignore-robots", is_flag=True,
                help="Fetch live pages even where robots.txt forbids it; the bag says so.",
            ),
            click.option(
                "--browser", is_flag=True,
                help="Render live pages in Chromium first, and pack the rendered document.",
            ),
            click.option(
                "--browser-path", type=Text(), metavar="FILE", help="The browser to run, if not the installed one."
            ),
        )
    ):  # fmt: skip
        command = decorate(command)
    return command
