"""``solander catalogue``: the index of an archive, made of its bags."""

from __future__ import annotations

from datetime import datetime

import click

from solander.cli.parameters import Moment, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.talk import result_json, result_path, say
from solander.pipeline import Catalogued, catalogue
from solander.reporting.text import count, visible


@click.command(
    "catalogue",
    cls=DocumentedCommand,
    statuses=(0, 2, 3),
    examples=(
        ("make it, or bring it up to date", "solander catalogue archive/"),
        ("read every bag again", "solander catalogue archive/ --afresh"),
        ("of an archive that nobody may write", "solander catalogue /srv/archive --to catalogue.sqlite"),
    ),
)
@click.argument("archive", metavar="ARCHIVE")
@click.option("--to", "target", metavar="FILE", help="The catalogue's file; ARCHIVE/catalogue.sqlite if not given.")
@click.option("--afresh", is_flag=True, help="Read every bag again, as if there were no catalogue yet.")
@click.option("--at", type=Moment(), help="Take this moment for now: the same moment makes the same bytes.")
@talk_options
def command(archive: str, target: str | None, afresh: bool, at: datetime | None, form: str, quiet: bool) -> int:
    """Make the catalogue of an archive, or bring it up to date: "solander serve" searches it.

    It is made of the bags, their receipts and the log of audits, and can be made again at any time: a run reads what is
    new or changed. A damaged bag is listed with what is wrong with it and stops nothing; to judge bags, use "solander
    validate". The bags are not changed.
    """
    made = catalogue(archive, to=target, afresh=afresh, at=at)
    if form == "json":
        result_json(_value(made))
        return 0
    result_path(made.path)
    if not quiet:
        for line in _lines(made):
            say(line)
    return 0


def _lines(made: Catalogued) -> list[str]:
    lines = [f"{visible(name)}: {visible(why)}" for name, why in made.damaged]
    if made.damaged_count > len(made.damaged):
        lines.append(f"and {made.damaged_count - len(made.damaged):,} more")
    lines += [visible(one) for one in made.unread]
    told = [f"{count(made.read, 'bag')} read"]
    told += [f"{count(made.pages, 'page')} in bags of many"] if made.pages else []
    told += [f"{made.kept:,} as before"] if made.kept else []
    told += [f"{made.gone:,} gone"] if made.gone else []
    told += [f"{made.damaged_count:,} damaged"] if made.damaged_count else []
    return [*lines, ", ".join(told)]


def _value(made: Catalogued) -> dict[str, object]:
    return {
        "catalogue": str(made.path),
        "read": made.read,
        "pages": made.pages,
        "kept": made.kept,
        "gone": made.gone,
        "damaged": [{"bag": visible(name), "why": why} for name, why in made.damaged],
        "damaged_count": made.damaged_count,
        "afresh": made.is_new,
        "unread": list(made.unread),
    }
