"""Shards that are no file of captures: addresses of live pages, and saved pages in a folder.

Addresses are captured into one WARC file of many pages, by the rules of live capture, and that file becomes a bag as
any other. A file that is captured is kept beside the receipts until its bag stands: whatever is killed, nothing is
asked twice that was had.

Saved pages have no record of who sent them when, and each its own files beside it: no file of captures is made up for
them. They have a bag each, as ``solander pack`` makes it; the shard is so many of them.

Source: docs/decisions.md, "Bags of many pages"; docs/design.md, section 1 (law 6).
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from solander.capturing.joining import NOT_CAPTURED, Joining
from solander.errors import ArchiveError, NameTaken, SourceError, UsageError
from solander.files.named import kind_of, read_file
from solander.files.streaming import OpenFile
from solander.files.whole import made_folder, write_file
from solander.model.capture import Capture
from solander.model.json_text import fault_of
from solander.pipeline.clock import moment
from solander.pipeline.crawls.packing import options_of_crawl
from solander.pipeline.crawls.stated import recorded_name
from solander.pipeline.pages.accessioning import NotPacked, Outcome, pack_all
from solander.pipeline.requests import Request, Waiting
from solander.pipeline.shards.records import BATCH_FOLDER, Records, ShardReceipt
from solander.pipeline.shards.shard import (
    PAGES,
    Progress,
    ShardConfig,
    bag_path,
    file_name,
    make_bag,
    page_line,
    read_receipt,
)
from solander.pipeline.sources.live import AddressList, Guest
from solander.profiles import load_profile

_PART_LIMIT_BYTES = 256 << 20
_CAPTURED = "capture.warc.gz"


def process_part(
    source: Path, archive: Path, name: str, config: ShardConfig, progress: Progress | None, waiting: Waiting | None
) -> ShardReceipt:
    """Work on a part of a list or a folder; its receipt is written last.

    Raises:
        SourceError: of none of its pages anything was had.
        ArchiveError: a bag could not be written.
        UsageError: the archive does not say who asks for live pages.
    """
    if source.name.endswith(PAGES):
        return _saved_pages(source, archive, name, config, progress)
    return _live_pages(source, archive, name, config, progress, waiting)


# ----------------------------------------------------------------------------------------------------- addresses


def _live_pages(
    source: Path, archive: Path, name: str, config: ShardConfig, progress: Progress | None, waiting: Waiting | None
) -> ShardReceipt:
    records, profile = Records(archive), load_profile(archive)
    kept = f"{BATCH_FOLDER}/captured/{name}.warc.gz"
    captured, path = archive / kept, bag_path(archive, name, config)
    if not records.stands(kept) and kind_of(path) == "nothing":
        request = Request(
            at=moment(None),
            limit_bytes=config.limit_bytes,
            allows_loopback=config.allows_loopback,
            waiting=waiting,
        )
        guest = Guest(request, profile.imprint.contact_email)
        # Where another run was quicker, what it captured is taken.
        with made_folder(captured.parent), contextlib.suppress(NameTaken):
            write_file(captured, _captured(guest, source, progress))
    at = datetime.fromisoformat(config.at)
    seen = _Seen(at, (), 0)
    if records.stands(kept):
        seen = _seen(captured, at)
    if kind_of(path) == "nothing":
        make_bag(captured, archive, name, config, at=seen.at, kind="warc", progress=progress)
    wanted = options_of_crawl(_CAPTURED, captured.name, seen.at, profile, limit_bytes=config.limit_bytes)
    receipt, pages = read_receipt(path, name, recorded_name(source), seen.size_bytes, wanted)
    receipt = replace(receipt, not_had=seen.not_had)
    records.give_receipt(receipt, pages)
    # The bag has it now.
    records.remove(kept)
    return receipt


def _captured(guest: Guest, source: Path, progress: Progress | None) -> Iterator[bytes]:
    """The file of captures, page by page.

    Raises:
        SourceError: nothing was had.
    """
    joining, had, first = Joining(), 0, None
    for number, (address, found) in enumerate(guest.captures(AddressList("list", str(source))), 1):
        if isinstance(found, Capture) and found.container is not None:
            had += 1
            yield joining.add(found.container.content)
        else:
            first = first or str(found)
            yield joining.missed(address, moment(None), str(found))
        if progress is not None:
            progress(number, number, 0)
    if not had:
        raise SourceError(source.name, f"of none of its addresses a page was had (the first: {first})")


class _Seen(NamedTuple):
    """What is read of a captured file beside its pages."""

    at: datetime
    """The moment of packing: that of the run, and no sooner than the last page was captured."""
    not_had: tuple[str, ...]
    size_bytes: int


def _seen(captured: Path, at: datetime) -> _Seen:
    from solander.capturing.record_pages import opened_records

    not_had: list[str] = []
    with OpenFile(captured) as file, opened_records(file, "warc", captured.name) as records:
        last = max((one.moment for one in records.index.held if one.moment is not None), default=at)
        for one in records.index.held:
            if one.kind == "metadata" and not one.concurrent_to and one.refers_to is None:
                _, block = records.read(one, _PART_LIMIT_BYTES, captured.name)
                mark = f"{NOT_CAPTURED}: ".encode()
                if block.startswith(mark):
                    not_had.append(block[len(mark) :].decode("utf-8", "replace").strip())
        return _Seen(max(at, last.replace(microsecond=0)), tuple(not_had), file.size_bytes)


# --------------------------------------------------------------------------------------------------- saved pages


def _files_named(source: Path) -> list[str]:
    """The files that a part of a folder names.

    Raises:
        ArchiveError: it is none.
    """
    try:
        files = json.loads(read_file(source, _PART_LIMIT_BYTES))
    except json.JSONDecodeError as error:
        raise ArchiveError(source, f"this is no part of a folder ({fault_of(error)}); name the folder itself") from None
    except (OSError, ValueError, RecursionError) as error:
        raise ArchiveError(source, f"this is no part of a folder ({error}); name the folder itself") from error
    if not isinstance(files, list) or not all(isinstance(one, str) and Path(one).is_absolute() for one in files):
        raise ArchiveError(source, "this is no part of a folder, which names files by whole paths; name the folder")
    return files


def _saved_pages(
    source: Path, archive: Path, name: str, config: ShardConfig, progress: Progress | None
) -> ShardReceipt:
    if config.form != "folder":
        raise UsageError(f"{file_name(source)}: saved pages have a bag each, as folders; leave --form out")
    files = _files_named(source)
    tally = _Tally()
    packed = pack_all(files, into=archive, at=datetime.fromisoformat(config.at), limit_bytes=config.limit_bytes)
    for number, outcome in enumerate(packed, 1):
        tally.add(number, outcome)
        if progress is not None:
            progress(number, len(files), sum(tally.counts[one] for one in ("error", "warning", "info")))
    if not tally.bags:
        what = f"none of its files is a page that can be packed (the first: {tally.not_had[0]})"
        raise SourceError(source.name, what)
    receipt = tally.receipt(name, recorded_name(source))
    Records(archive).give_receipt(receipt, b"".join(tally.lines))
    return receipt


class _Tally:
    """What became of saved pages, one after the other."""

    def __init__(self) -> None:
        self.bags: list[str] = []
        self.lines: list[bytes] = []
        """A line for each page, by which pages of other shards are compared with it."""
        self.not_had: list[str] = []
        self.counts = dict.fromkeys(("error", "warning", "info", "words", "bytes"), 0)
        self._digests: set[str] = set()

    def add(self, number: int, outcome: Outcome) -> None:
        """Take what became of the page of this number, from 1."""
        if isinstance(outcome, NotPacked):
            self.not_had.append(str(outcome.error))
            return
        accession = outcome.accession
        capture = accession.capture
        self.bags.append(accession.path.name if accession.path is not None else accession.name)
        self._digests.add(capture.sha256)
        self.lines.append(page_line(capture.sha256, number, capture.uri or Path(outcome.source).name))
        for one in accession.report.findings:
            self.counts[one.severity] += 1
        self.counts["words"] += dict(accession.report.counts).get("words", 0)
        self.counts["bytes"] += len(capture.content)

    def receipt(self, shard: str, source: str) -> ShardReceipt:
        """What was made of a shard, once all was added."""
        return ShardReceipt(
            shard=shard,
            source=source,
            identifier="",
            pages=len(self.bags),
            not_made=len(self.not_had),
            the_same=len(self.bags) - len(self._digests),
            alike=0,
            words=self.counts["words"],
            size_bytes=self.counts["bytes"],
            errors=self.counts["error"],
            warnings=self.counts["warning"],
            remarks=self.counts["info"],
            tag_manifest_sha512="",
            bags=tuple(self.bags),
            not_had=tuple(self.not_had),
        )
