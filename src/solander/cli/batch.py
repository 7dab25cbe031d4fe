"""``solander batch``: crawls in, a bag of many pages for each file; the bags' names are the result."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shlex import quote

import click

from solander.batch.running import Run, Runner, run_batch, run_value
from solander.batch.supervising import Aside, Limits
from solander.cli.bars import watching_phases
from solander.cli.parameters import Size, fail_on_option, moment_option, talk_options
from solander.cli.program import DocumentedCommand
from solander.cli.status import FINDINGS, UNREADABLE
from solander.cli.talk import result, result_json, result_path, say, say_error, say_waiting
from solander.errors import UsageError
from solander.pipeline import fail_on_of, subjects
from solander.pipeline.shards.parts import PER_SHARD
from solander.pipeline.sources.places_named import archive_at, shown_place
from solander.reporting.text import count, size


@click.command(
    "batch",
    cls=DocumentedCommand,
    statuses=(0, 1, 2, 3),
    examples=(
        ("every file of a crawl, two at once", "solander batch crawl/*.warc.gz --into archive/ --jobs 2"),
        ("continue a run that was interrupted", "solander batch crawl/*.warc.gz --into archive/ --jobs 2"),
        ("one part of four, on each of four machines", "solander batch crawl/*.warc.gz --into /shared/a --shard 1/4"),
        ("on a Dask cluster", "solander batch crawl/*.warc.gz --into /shared/archive --cluster tcp://scheduler:8786"),
        ("from one bucket into another", "solander batch s3://crawls/part-1.warc.gz --into s3://boxes/archive"),
        ("live pages, a thousand addresses a bag", "solander batch --list addresses.txt --into archive/"),
        ("saved pages, a bag each, by two processes", "solander batch saved/ --into archive/ --jobs 2"),
        ("nothing may take more than a gigabyte or an hour", "solander batch crawl/*.warc.gz --into archive/ "
         "--memory 1GB --time 3600"),
    ),
)  # fmt: skip
@click.argument("sources", nargs=-1, metavar="FILE...")
@click.option("--into", metavar="ARCHIVE", help="The folder of bags; made if it is not there.")
@click.option(
    "--list",
    "lists",
    multiple=True,
    metavar="LIST",
    help="Capture the live pages whose addresses a file lists, one a line; may be repeated.",
)
@click.option(
    "--per-shard",
    type=click.IntRange(1, 100_000),
    default=PER_SHARD,
    metavar="N",
    help="How many pages of a list make one bag, and how many saved pages one process is given (1000).",
)
@click.option(
    "--jobs", type=click.IntRange(1, 1024), default=1, metavar="N", help="How many processes work at once (1)."
)
@click.option(
    "--form",
    "bag_form",
    type=click.Choice(["folder", "tar"]),
    default="folder",
    help="Whether each bag is a folder or a tar file (folder).",
)
@click.option(
    "--memory",
    "memory_bytes",
    type=Size(),
    metavar="SIZE",
    help="End a process that takes more memory than this, as 1GB.",
)
@click.option(
    "--time", "seconds", type=click.IntRange(1), metavar="SECONDS", help="End a process that takes longer than this."
)
@click.option(
    "--attempts",
    type=click.IntRange(1, 10),
    default=2,
    metavar="N",
    help="How often a file is tried whose process dies (2).",
)
@click.option(
    "--shard", "part", metavar="I/N", help="Pack only the I-th of N parts of the files, as an array job does."
)
@click.option("--cluster", metavar="ADDRESS", help='Work on a Dask cluster: "local", or tcp://HOST:PORT.')
@click.option("--max-size", type=Size(), metavar="SIZE", help="Refuse larger pages.")
@moment_option
@fail_on_option
@talk_options
def command(
    sources: tuple[str, ...],
    into: str | None,
    lists: tuple[str, ...],
    per_shard: int,
    jobs: int,
    bag_form: str,
    memory_bytes: int | None,
    seconds: int | None,
    attempts: int,
    part: str | None,
    cluster: str | None,
    max_size: int | None,
    at: datetime | None,
    fail_on: str | None,
    form: str,
    quiet: bool,
) -> int:
    """Pack crawls, each file of captures into one bag of many pages.

    FILE is a file of captures (WARC, ARC, WACZ) on this machine or elsewhere: s3://BUCKET/FILE, or any address that
    fsspec opens. The archive may be elsewhere too; its bags are then .tar files. A folder stands for the files of
    captures in it, and for its saved pages. Pages of a LIST are captured as "solander pack --list" does.

    A bag of many pages has the file itself, the text of each page as TEI, an index of the pages (metadata/items.csv)
    and Dublin Core for the whole and for each page. Each file is worked on by a process of its own: one that dies or
    exceeds its limits costs its own file alone, which is tried again and then set aside with the reason. Finished work
    is never repeated, so the same command continues where it was stopped.

    The names of the bags are printed; batch-report.json and batch-report.html in the archive report on the whole run.
    The exit status is 3 if a file was set aside, or a page of a list or a folder could not be captured or read. A page
    of a file of captures of which no text could be made ("not made") is kept in that file and named in the index with
    the reason, which is a warning (COL001): by itself it ends with 0, and with 1 where warnings count (--fail-on
    warning).
    """
    if not sources and not lists:
        raise UsageError("name files of captures: solander batch crawl/*.warc.gz --into archive/")
    if not into:
        raise UsageError("name the archive to pack into: solander batch crawl/*.warc.gz --into archive/")
    limits = Limits(memory_bytes=memory_bytes, seconds=seconds, attempts=attempts)
    runner = None if cluster is None else _on_cluster(cluster, jobs, limits)
    archive = archive_at(into)
    with _watching(quiet=quiet or form == "json") as watch:
        run = run_batch(
            sources,
            archive,
            lists=lists,
            per_shard=per_shard,
            at=at,
            form=bag_form,
            limit_bytes=max_size,
            jobs=jobs,
            limits=limits,
            part=_part(part),
            runner=runner,
            watch=watch,
            waiting=None if quiet or form == "json" else say_waiting,
        )
    if form == "json":
        result_json(run_value(run))
    else:
        _tell(run, archive, bag_form, quiet=quiet)
    return _status(run, archive, fail_on)


def _on_cluster(cluster: str, jobs: int, limits: Limits) -> Runner:
    from solander.batch.dask_cluster import DaskRunner  # late: it brings Dask

    return DaskRunner(cluster, jobs=jobs, limits=limits)


def _tell(run: Run, archive: str | Path, form: str, *, quiet: bool) -> None:
    """The bags, and what was not had; then what was set aside, and the counts."""
    for receipt in sorted(run.receipts.values(), key=lambda one: one.shard):
        for name in receipt.bags or (receipt.shard,):
            _tell_bag(archive, name, form)
        for why in receipt.not_had:
            say_error(f"{receipt.source}: {why}")
    for aside in sorted(run.aside.values(), key=lambda one: one.source):
        say_error(f"{shown_place(aside.source)}: set aside: {_reason(aside)}")
    if not quiet:
        say(_closing(run))
        # Where the archive is elsewhere, its bags are files that nobody here can judge.
        if isinstance(archive, Path) and any(run.total(name) for name in ("not_made", "errors", "warnings")):
            say(f"which, and why: solander validate {quote(str(archive))}")


def _status(run: Run, archive: str | Path, fail_on: str | None) -> int:
    """What the run ends with: by what was set aside or not had, else by the findings."""
    if run.aside or any(receipt.not_had for receipt in run.receipts.values()):
        return UNREADABLE
    is_here = run.receipts and isinstance(archive, Path)
    mildest = fail_on or fail_on_of(subjects(Path(archive))[:1] if is_here else ())
    counted = {"error": ("errors",), "warning": ("errors", "warnings"), "info": ("errors", "warnings", "remarks")}
    return FINDINGS if any(run.total(name) for name in counted[mildest]) else 0


def _tell_bag(archive: str | Path, name: str, form: str) -> None:
    if isinstance(archive, str):
        result(f"{archive.rstrip('/')}/{name}.tar\n")
        return
    result_path(archive / (name if form == "folder" else f"{name}.{form}"))


def _part(written: str | None) -> tuple[int, int] | None:
    if written is None:
        return None
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", written)
    if match is None:
        raise UsageError(f"--shard {written}: write which part of how many, as 1/4")
    return int(match[1]), int(match[2])


@contextmanager
def _watching(*, quiet: bool) -> Iterator[Callable[[Run], None]]:
    """A bar of pages: those that are done, and those that are known to be left in the files that are worked on."""
    with watching_phases("packing", quiet=quiet) as told:

        def watch(run: Run) -> None:
            done = run.total("pages") + run.total("not_made")
            now = sum(one.pages for one in run.told.values())
            total = done + sum(one.total for one in run.told.values())
            ended = len(run.receipts) + len(run.aside)
            known = ended + len(run.told)
            # Files that were not begun are taken to be like those that were.
            guess = total * len(run.sources) // known if known else total
            found = sum(one.findings for one in run.told.values())
            found += sum(run.total(name) for name in ("errors", "warnings", "remarks"))
            files = f"{ended} of {count(len(run.sources), 'file')}"
            told(
                f"{done + now:,} pages, {size(run.total('size_bytes'))}, {found:,} findings, {files}"[-40:],
                done + now,
                max(guess, 1),
            )

        yield watch


def _reason(aside: Aside) -> str:
    """Why a file was set aside, without its name, which stands before it."""
    return aside.reason.removeprefix(f"{aside.source}: ").removeprefix(f"{Path(aside.source).name}: ")


def _closing(run: Run) -> str:
    """``2 files: 2 bags, 600 pages …``, and what else became of them."""
    bags = sum(len(one.bags) or 1 for one in run.receipts.values())
    parts = [count(bags, "bag")]
    parts += [f"{count(run.found_done, 'file')} done already"] if run.found_done else []
    parts += [f"{len(run.aside)} set aside"] if run.aside else []
    parts.append(count(run.total("pages"), "page"))
    parts += [f"{run.across.same:,} the same as one of another file"] if run.across.same else []
    parts += [f"{run.across.alike:,} nearly the same as one of another file"] if run.across.alike else []
    for name, told in (("not_made", "not made"), ("the_same", "the same as others"), ("alike", "nearly so")):
        parts += [f"{run.total(name):,} {told}"] if run.total(name) else []
    for name, noun in (("errors", "error"), ("warnings", "warning"), ("remarks", "remark")):
        parts += [count(run.total(name), noun)] if run.total(name) else []
    return f"{count(len(run.sources), 'file')}: {', '.join(parts)}"
