"""``solander site``: an archive as files for any web server."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from solander.cli.addresses import home_address
from solander.cli.bars import watching_phases
from solander.cli.parameters import Moment, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_json, result_path, say
from solander.model.item import NOT_GIVEN, OF_MANY
from solander.pipeline import WrittenSite, catalogue, catalogue_of, write_site
from solander.profiles import load_profile
from solander.reporting.text import count, visible


@click.command(
    "site",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("for any web server, or none", "solander site archive/ --to public/"),
        ("with the bags, and a sitemap", "solander site archive/ --to public/ --with-bags --base https://example.org/"),
    ),
)
@click.argument("archive", metavar="ARCHIVE")
@click.option(
    "--to",
    "target",
    metavar="DIR",
    required=True,
    help="The folder to write: new, empty, or one that this command wrote before.",
)
@click.option(
    "--base",
    metavar="URI",
    help="The address that the home page will have, with its last slash; sitemap.xml is written too.",
)
@click.option("--with-bags", is_flag=True, help="Write each bag as a zip file too, for downloading.")
@click.option(
    "--catalogue", "catalogue_path", metavar="FILE", help="The catalogue's file; ARCHIVE/catalogue.sqlite if not given."
)
@click.option("--no-update", is_flag=True, help="Use the catalogue as it is, without bringing it up to date.")
@click.option("--afresh", is_flag=True, help="Write every file anew, and take over none of the site that is there.")
@click.option(
    "--name", help='The archive\'s name on the pages; if not given, its keeper in solander.toml, or "Archive".'
)
@click.option("--at", type=Moment(), help="Take this moment for now: the same moment makes the same bytes.")
@talk_options
def command(
    archive: str,
    target: str,
    base: str | None,
    with_bags: bool,
    catalogue_path: str | None,
    no_update: bool,
    afresh: bool,
    name: str | None,
    at: datetime | None,
    form: str,
    quiet: bool,
) -> int:
    """Write an archive as files: what "solander serve" shows, for any web server, or to be opened from a disk.

    Pages link to one another relatively. Search is a script that comes with Solander, over an index in small files;
    without scripts there are lists by site, year, language, type, findings, deposits and audits. Nothing of a bag can
    run: views are made anew, and originals are only in the zip files of the bags. The new site takes the place of the
    old one at once, when all is written; files that did not change are taken over. The bags are not changed.
    """
    address = home_address(base) if base is not None else ""
    path = Path(catalogue_path) if catalogue_path else catalogue_of(archive)
    if not no_update:
        catalogue(archive, to=path, at=at)
    with watching_phases("writing", quiet=quiet or form == "json") as tell:
        made = write_site(
            archive,
            target,
            catalogue_path=path,
            base=address,
            name=name or load_profile(Path(archive)).imprint.organization or "Archive",
            with_bags=with_bags,
            afresh=afresh,
            at=at,
            tell=tell,
        )
    if form == "json":
        result_json(_value(made))
        return 0
    result_path(Path(target))
    if not quiet:
        for line in told_of_site(made):
            say(line)
    return 0


def told_of_site(made: WrittenSite) -> list[str]:
    """What is told of a site that was written: what it does not show, a line each, and then the counts."""
    # That bags of many pages have none is no news of each: the first says how one page gets one.
    of_many = [one for one in made.unshown if one[1].startswith(OF_MANY)]
    listed = [one for one in made.unshown if one not in of_many[1:]]
    lines = [
        f"{visible(name)}: {visible(why) if why.startswith(NOT_GIVEN) else f'no view ({visible(why)})'}"
        for name, why in listed
    ]
    if of_many[1:]:
        lines.append(f"and {count(len(of_many) - 1, 'other bag')} of many pages")
    if made.unshown_count > len(made.unshown):
        lines.append(f"and {made.unshown_count - len(made.unshown):,} more")
    told = [count(made.bags, "bag")]
    told += [f"{made.kept:,} as before"] if made.kept else []
    told += [f"{made.unshown_count:,} not shown whole"] if made.unshown_count else []
    return [*lines, ", ".join(told)]


def _value(made: WrittenSite) -> dict[str, object]:
    return {
        "site": str(made.path),
        "bags": made.bags,
        "kept": made.kept,
        "unshown": [{"bag": visible(name), "why": why} for name, why in made.unshown],
        "unshown_count": made.unshown_count,
    }
