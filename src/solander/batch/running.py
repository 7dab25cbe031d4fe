"""A run over many shards: what is done is passed by, the rest is worked on, and a report is kept at the end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from solander.batch import ShardConfig, ShardReceipt
from solander.batch.report_page import report_page
from solander.batch.supervising import Aside, Done, Limits, Told, Waits, supervise
from solander.errors import SolanderError, SourceMissing, UsageError
from solander.model.capture import written_moment
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.requests import Waiting
from solander.pipeline.shards.compared import Across, compare_shards
from solander.pipeline.shards.elsewhere import clear_here
from solander.pipeline.shards.parts import PER_SHARD, parts_of_folders, parts_of_list, refuse_unnamed
from solander.pipeline.shards.records import Records
from solander.pipeline.shards.shard import file_name, shard_name
from solander.pipeline.sources.places_named import archive_made, refuse_closed, there_of

Watch: TypeAlias = Callable[["Run"], None]
"""Is shown the run whenever something has changed."""

Runner: TypeAlias = Callable[[Sequence[str], str | Path, ShardConfig], Iterable[Told | Waits | Done | Aside]]
"""What works on shards: processes here, or a cluster."""

REPORT_NAME = "batch-report"


@dataclass(kw_only=True)
class Run:
    """A run, as far as it has come."""

    at: str
    sources: tuple[str, ...]
    receipts: dict[str, ShardReceipt] = field(default_factory=dict)
    """By the path of the source."""
    found_done: int = 0
    """Of these, how many were done before this run."""
    aside: dict[str, Aside] = field(default_factory=dict)
    told: dict[str, Told] = field(default_factory=dict)
    """How far the shards have come that are worked on."""
    peak_bytes: int = 0
    """The most memory that a process took."""
    across: Across = field(default_factory=Across)
    """Pages that stand in an earlier shard already, by their bytes or nearly."""

    def total(self, name: str) -> int:
        """The sum of a number over all receipts."""
        return sum(getattr(one, name) for one in self.receipts.values())


def run_batch(
    sources: Sequence[str],
    archive: str | Path,
    *,
    lists: Sequence[str] = (),
    per_shard: int = PER_SHARD,
    allows_loopback: bool = False,
    at: datetime | None = None,
    form: str = "folder",
    limit_bytes: int | None = None,
    jobs: int = 1,
    limits: Limits | None = None,
    part: tuple[int, int] | None = None,
    runner: Runner | None = None,
    watch: Watch | None = None,
    waiting: Waiting | None = None,
) -> Run:
    """Make a bag of each file of captures; what is done already is passed by.

    Args:
        sources: files of captures, and folders of saved pages; elsewhere than here by their places (``s3://…``).
        archive: the folder of bags, or a place elsewhere.
        lists: files that name live pages, an address a line.
        per_shard: so many pages of a list or a folder are one shard.
        allows_loopback: whether a live page may be this machine's own: for a test's server, and for nothing else.
        at: the moment of the work; if it is not given, that of the run that was broken off, or now.
        form: of the bags, ``folder`` or ``tar``.
        limit_bytes: refuse larger pages.
        jobs: how many processes work at once.
        limits: what one shard may take.
        part: of the sources only the i-th of n parts, from 1: for machines that share a run.
        runner: what works on shards instead of processes here.
        watch: is shown the run whenever something has changed.
        waiting: is told of each host of live pages that is waited for long, and for how many seconds at most; once in
            the run, whichever of its processes waits. A cluster does not tell.

    Raises:
        ArchiveError: the archive could not be written.
        SourceError: a list or a folder cannot be read, or names no page; or nothing that was named is there.
        UsageError: there is no such part; what opens a place is not installed, or a password stands in its name; nobody
            says who asks for live pages; saved pages are to be in bags of another form.
    """
    _refuse(sources, archive, lists, part)
    records = Records(archive)
    with archive_made(archive):
        refuse_closed(sources)
        if lists:
            refuse_unnamed(records)
        every = [*parts_of_folders(sources, records, per_shard, form=form)]
        every += [one for place in lists for one in parts_of_list(place, records, per_shard)]
        every = list(dict.fromkeys(every))
        # What cannot be was refused by now, and nothing was written for it.
        moment = records.moment(at)
        if records.is_elsewhere:
            # Also where nothing is left to do: the killed run may have been killed right after its last receipt.
            clear_here()
        config = ShardConfig(
            at=written_moment(moment), form=form, limit_bytes=limit_bytes, allows_loopback=allows_loopback
        )
        number, of = part or (1, 1)
        run = Run(at=config.at, sources=tuple(every[number - 1 :: of]))
        todo = _passing_by(run, records)
        if runner is None:
            runner = partial(supervise, jobs=jobs, limits=limits or Limits())
        waited_for = set[str]()
        for one in runner(todo, archive, config):
            if isinstance(one, Waits):
                if waiting is not None and one.host not in waited_for:
                    waiting(one.host, one.seconds)
                waited_for.add(one.host)
                continue
            _note(run, one)
            if watch is not None:
                watch(run)
        run.across = compare_shards(records, {one.shard for one in run.receipts.values()}, writes=part is None)
        _report(run, records, part)
        if not run.aside and all(_is_done(source, records) for source in every):
            records.end_run()
    return run


def _refuse(sources: Sequence[str], archive: str | Path, lists: Sequence[str], part: tuple[int, int] | None) -> None:
    """Refuse a part that there is not, an archive in a bag, and sources of which none is there."""
    if part is not None and not 1 <= part[0] <= part[1]:
        raise UsageError(f"--shard {part[0]}/{part[1]}: there is no such part; the first is 1/{part[1]}")
    if "://" not in str(archive):
        outside_bags(archive, "--into")
    if sources and not there_of(sources) and not lists:
        raise SourceMissing(sources[0])


def _passing_by(run: Run, records: Records) -> list[str]:
    """Take what is done already; what is left to do, each bag once."""
    todo: list[str] = []
    names: dict[str, str] = {}
    for source in run.sources:
        try:
            name = shard_name(source)
            receipt = records.receipt(name)
        except SolanderError as error:
            run.aside[source] = Aside(source, str(error), 0)
            continue
        if name in names:
            run.aside[source] = Aside(source, f"it is the same file as {names[name]}", 0)
            continue
        names[name] = source
        if receipt is None:
            todo.append(source)
        else:
            run.receipts[source] = receipt
            run.found_done += 1
    return todo


def _is_done(source: str, records: Records) -> bool:
    try:
        return records.receipt(shard_name(source)) is not None
    except SolanderError:
        return False


def _note(run: Run, one: Told | Done | Aside) -> None:
    if isinstance(one, Told):
        run.told[one.source] = one
        return
    run.told.pop(one.source, None)
    if isinstance(one, Done):
        run.receipts[one.source] = one.receipt
        run.peak_bytes = max(run.peak_bytes, one.peak_bytes)
    else:
        run.aside[one.source] = one


def run_value(run: Run) -> dict[str, Any]:
    """A run in JSON's types, shards in the order of their names."""
    names = ("pages", "not_made", "the_same", "alike", "words", "size_bytes", "errors", "warnings", "remarks")
    receipts = sorted(run.receipts.values(), key=lambda one: one.shard)
    asides = sorted(run.aside.values(), key=lambda one: one.source)
    return {
        "at": run.at,
        "shards": len(run.sources),
        "done": len(receipts),
        "set_aside": [
            {"source": file_name(one.source), "reason": one.reason, "attempts": one.attempts} for one in asides
        ],
        "totals": {name: run.total(name) for name in names}
        | {"same_across": run.across.same, "alike_across": run.across.alike},
        "receipts": [asdict(one) for one in receipts],
    }


def _report(run: Run, records: Records, part: tuple[int, int] | None) -> None:
    name = REPORT_NAME if part is None else f"{REPORT_NAME}-{part[0]}-of-{part[1]}"
    value = run_value(run)
    records.write(f"{name}.json", (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    records.write(f"{name}.html", report_page(value).encode("utf-8", "replace"))
