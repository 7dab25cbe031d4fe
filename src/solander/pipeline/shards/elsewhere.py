"""A shard of which the file, the archive or both lie elsewhere: in S3, or wherever ``fsspec`` leads.

The file is laid into a temporary folder of this machine, for it is read at many places, and its size is bounded. A bag
is made there as well, as one ``.tar``, sent whole and under no name that is taken, and its receipt is sent last. What
kills us leaves a bag without a receipt at the most: the next run reads that bag and writes the receipt.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path

from solander.errors import ArchiveError, SourceTooLarge, UsageError
from solander.files.elsewhere import ElsewhereError, FileElsewhere, is_elsewhere
from solander.files.streaming import OpenFile
from solander.files.whole import clear_leftovers, made_folder, passing_folder, write_file
from solander.pipeline.requests import Waiting
from solander.pipeline.shards.records import Records, ShardReceipt
from solander.pipeline.shards.shard import PAGES, Progress, ShardConfig, file_name, process_shard, shard_name
from solander.profiles import PROFILE_NAME

_SETTINGS_LIMIT_BYTES = 1 << 20
_PIECE_BYTES = 1 << 20


def process_elsewhere(
    shard: str | Path, out: str | Path, config: ShardConfig, progress: Progress | None, waiting: Waiting | None
) -> ShardReceipt:
    """Make the bag of a shard where it is to stand, unless it stands; and its receipt.

    Raises:
        SourceError: as for ``process_shard``; or the file was not reached, or is larger than may lie here.
        ArchiveError: as for ``process_shard``; or the archive was not reached.
    """
    name, records = shard_name(shard), Records(out)
    done = records.receipt(name)
    if done is not None:
        return done
    with ExitStack() as stack:
        # Beside the archive, where there is room for its bags; of one that lies elsewhere, where temporary files are.
        beside = Path(tempfile.gettempdir() if records.is_elsewhere else out)
        stack.enter_context(made_folder(beside))
        scratch = stack.enter_context(passing_folder(beside))
        source = Path(shard) if not is_elsewhere(shard) else _fetched(str(shard), scratch / "in", config.spool_bytes)
        if not records.is_elsewhere:
            return process_shard(source, out, config, progress, waiting)
        if source.name.endswith(PAGES):
            what = "saved pages have a bag each: pack them into a folder, and send those by: solander deposit --to s3:"
            raise UsageError(f"{out}: {what}")
        return _sent(source, name, records, scratch / "archive", config, progress, waiting)


def clear_here() -> None:
    """Remove what killed runs left of archives elsewhere where this machine has its temporary files."""
    # What may not be removed is in nobody's way; a run that needs room there says so.
    with suppress(ArchiveError):
        clear_leftovers(Path(tempfile.gettempdir()))


def _fetched(place: str, folder: Path, limit_bytes: int) -> Path:
    """Lay a file into a folder, by its own name.

    Raises:
        SourceError: it was not reached, or is larger.
    """
    with FileElsewhere(place) as file, made_folder(folder):
        if file.size_bytes > limit_bytes:
            why = f"larger than the {limit_bytes:,} bytes that may lie here while it is worked on"
            raise SourceTooLarge(file.name, limit_bytes).retold(file.name, why)
        path = folder / file_name(place)
        write_file(path, file.chunks(), is_passing=True)
    return path


def _sent(
    source: Path,
    name: str,
    records: Records,
    archive: Path,
    config: ShardConfig,
    progress: Progress | None,
    waiting: Waiting | None,
) -> ShardReceipt:
    bag = f"{name}.tar"
    with made_folder(archive):
        settings = records.read(PROFILE_NAME, _SETTINGS_LIMIT_BYTES)
        if settings is not None:
            write_file(archive / PROFILE_NAME, settings, is_passing=True)
        stood = records.stands(bag)
        if stood:
            # Of a run that was ended between the bag and its receipt, which is read from the bag.
            _fetched(f"{records.archive}/{bag}", archive, config.spool_bytes)
        receipt = process_shard(source, archive, replace(config, form="tar"), progress, waiting)
        pages = Records(archive).pages(name)
        if not stood and not records.send(bag, archive / bag):
            _refuse_other(f"{records.archive}/{bag}", archive / bag)
    records.give_receipt(receipt, pages)
    return receipt


def _refuse_other(place: str, path: Path) -> None:
    """Refuse a bag that another run wrote meanwhile, unless it is ours to the byte.

    Raises:
        ArchiveError: it is not.
    """
    with FileElsewhere(place) as theirs, OpenFile(path) as ours:
        is_same = theirs.size_bytes == ours.size_bytes and all(
            theirs.read_at(at, _PIECE_BYTES) == ours.read_at(at, _PIECE_BYTES)
            for at in range(0, ours.size_bytes, _PIECE_BYTES)
        )
    if not is_same:
        raise ElsewhereError(place, "another run wrote another bag of this name meanwhile; run again")
