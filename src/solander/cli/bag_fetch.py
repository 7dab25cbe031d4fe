"""``solander bag fetch``: what a bag left out, had from where its fetch.txt says, as far as that is allowed."""

from __future__ import annotations

import click

from solander.cli.bars import watching_phases
from solander.cli.parameters import Size, Text, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, gravest
from solander.cli.talk import result_json, result_path, say, say_error
from solander.errors import SolanderError
from solander.pipeline import FetchedBag, fetch_bag
from solander.reporting.text import count, size

_LIMIT = 1024**3


@click.command(
    "fetch",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("complete a bag from one host", "solander bag fetch bags/letters --allow-host files.example.org"),
        ("also by plain HTTP, and more than the usual limit", "solander bag fetch bags/letters "
         "--allow-host '*.example.org' --allow-scheme https --allow-scheme http --limit 10GiB"),
    ),
)  # fmt: skip
@click.argument("bag", metavar="BAG")
@click.option(
    "--allow-host",
    type=Text(),
    multiple=True,
    metavar="HOST",
    help="A host that may be asked: example.org, *.example.org, example.org:8443; may be repeated. No other is asked.",
)
@click.option(
    "--allow-scheme",
    type=click.Choice(("https", "http")),
    multiple=True,
    default=("https",),
    show_default=True,
    help="The scheme by which hosts may be asked; may be repeated.",
)
@click.option("--limit", type=Size(), default=_LIMIT, help="The most that is fetched in all (1GiB if not given).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=3600.0,
    metavar="SECONDS",
    help="The longest that one file may take (an hour if not given).",
)
@talk_options
def command(
    bag: str,
    allow_host: tuple[str, ...],
    allow_scheme: tuple[str, ...],
    limit: int,
    timeout: float,
    form: str,
    quiet: bool,
) -> int:
    """Fetch what a bag's fetch.txt names, from hosts that you allow.

    No host is asked that --allow-host does not name. The same holds of redirects, and addresses of private networks and
    of this machine are refused whatever the name that leads there. A file comes into BAG only if every manifest lists
    it, with the size and the digests that are recorded, whole or not at all, and never over one that is there. Nothing
    else of the bag is changed; validate it afterwards. "solander validate" itself never fetches anything.
    """
    # What comes over a network takes its time: each file has the bar to itself, and says which of them it is.
    with watching_phases("fetching", quiet=quiet or form == "json") as told:
        done = fetch_bag(
            bag,
            allow_hosts=allow_host,
            allow_schemes=tuple(dict.fromkeys(allow_scheme)),
            limit_bytes=limit,
            timeout_seconds=timeout,
            told=told,
        )
    errors = [one.error for one in done.files if one.error is not None]
    if form == "json":
        result_json(_value(done))
    else:
        for one in done.files:
            if one.error is None:
                result_path(done.path / one.path)
        for line in done.faults:
            say_error(f"{done.path}/{line}")
        for error in errors:
            say_error(error)
        if not quiet:
            say(_closing(done, errors))
    return gravest([*(error.exit_status for error in errors), *([FINDINGS] if done.faults else [])])


def _closing(done: FetchedBag, errors: list[SolanderError]) -> str:
    had = [one for one in done.files if one.error is None]
    line = f"{count(len(had), 'file')} fetched, {size(sum(one.size_bytes for one in had))}"
    line += f"; {count(done.already_there, 'file')} already there" if done.already_there else ""
    return line + (f"; {count(len(errors), 'file')} not had" if errors else "")


def _value(done: FetchedBag) -> dict[str, object]:
    files = [
        {
            "path": one.path,
            "url": one.url,
            "bytes": one.size_bytes,
            "error": str(one.error) if one.error else None,
            "kind": type(one.error).__name__ if one.error else None,
        }
        for one in done.files
    ]
    return {"bag": str(done.path), "files": files, "already_there": done.already_there, "faults": list(done.faults)}
