"""A shard: one file of captures, the bag that it becomes, and the receipt that says so.

``process_shard`` reads one input and writes one output, and nothing else: names follow from the input's bytes, nothing
that stands is written over, and the receipt, which says that all is done, is written last. To run it again is
harmless, wherever it was stopped, and whoever runs it beside us.

Source: DESIGN, section 1 (laws 3 and 4); docs/scale.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from solander.errors import ArchiveError, NameTaken, SourceError
from solander.files.named import kind_of, read_file
from solander.files.streaming import OpenFile
from solander.files.whole import made_folder, write_file
from solander.model.capture import written_moment
from solander.model.finding import SEVERITIES
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.clock import moment
from solander.pipeline.crawl_packing import options_of_crawl, original_name, pack_crawl
from solander.pipeline.layout_names import REPORT_NAME, STATEMENTS_NAME
from solander.pipeline.subject import container_at, tree_in
from solander.profiles import load_profile

BATCH_FOLDER = ".solander-batch"
"""Where the receipts of shards lie, in the archive."""

RUN_NAME = "run"
"""The file beside them that has the moment of a run that is not done."""

RECEIPT_LIMIT_BYTES = 1 << 20
_EDGE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardConfig:
    """What holds for every shard of a run."""

    at: str
    """The moment of the work, ISO 8601 with a zone."""
    form: str = "folder"
    """Of the bags: ``folder``, or ``tar``."""
    limit_bytes: int | None = None
    """Refuse larger pages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardReceipt:
    """What became of a shard: all of it can be read from its bag again."""

    shard: str
    """Its name, and that of its bag."""
    source: str
    """What its file was called."""
    identifier: str
    pages: int
    not_made: int
    the_same: int
    alike: int
    words: int
    size_bytes: int
    """Of the file of captures."""
    errors: int
    warnings: int
    remarks: int
    tag_manifest_sha512: str
    """Of the strongest tag manifest: it binds every byte of the bag."""


def shard_name(source: str | Path) -> str:
    """The name of a shard and of its bag: its file's words, and eight digits of its size, first and last MiB.

    Raises:
        SourceError: the file cannot be read.
    """
    with OpenFile(source) as file:
        size = file.size_bytes
        edges = file.read_at(0, _EDGE_BYTES) + file.read_at(max(size - _EDGE_BYTES, 0), _EDGE_BYTES)
    digest = hashlib.sha256(f"{size}\n".encode() + edges).hexdigest()[:8]
    stem = re.sub(r"(\.(w?arc|gz|zst|lz4))+\Z", "", Path(source).name, flags=re.IGNORECASE)
    words = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")[:60].strip("-")
    return f"{words or 'crawl'}-{digest}"


def process_shard(
    shard: str | Path, out: str | Path, config: ShardConfig, progress: Callable[[int, int, int], None] | None = None
) -> ShardReceipt:
    """Make the bag of a shard, unless it stands; and its receipt.

    Args:
        shard: a WARC or ARC file.
        out: the archive.
        config: what holds for the run.
        progress: told after each page: done, of how many, findings.

    Raises:
        SourceError: the file cannot be read, is none of captures, or holds no page.
        ArchiveError: the bag could not be written, or one of other options has its name.
    """
    source, archive = Path(shard), Path(out)
    name = shard_name(source)
    done = receipt_at(archive, name)
    if done is not None:
        return done
    kind = container_at(source, b"WARC/")
    if kind not in ("warc", "arc"):
        raise SourceError(source.name, "a shard is a WARC or ARC file; pack other pages with: solander pack")
    profile, at = load_profile(archive), datetime.fromisoformat(config.at)
    path = archive / (name if config.form == "folder" else f"{name}.{config.form}")
    if kind_of(path) == "nothing":
        # Where another run was quicker, it is asked next whether its bag is ours.
        with contextlib.suppress(NameTaken):
            pack_crawl(
                source,
                into=archive,
                name=name,
                form=config.form,
                at=at,
                profile=profile,
                kind=kind,
                limit_bytes=config.limit_bytes,
                progress=progress,
            )
    wanted = options_of_crawl(original_name(source, kind), source.name, at, profile)
    receipt = _read_receipt(path, name, source, wanted)
    folder = archive / BATCH_FOLDER
    with made_folder(folder):
        write_file(folder / f"{name}.json", _written(receipt), replace=True)
    return receipt


def receipt_at(archive: Path, name: str) -> ShardReceipt | None:
    """The receipt of a shard that is done; ``None`` where it is not, or its bag is gone.

    Raises:
        ArchiveError: it cannot be read.
    """
    path = archive / BATCH_FOLDER / f"{name}.json"
    if kind_of(path) == "nothing":
        return None
    try:
        receipt = ShardReceipt(**json.loads(read_file(path, RECEIPT_LIMIT_BYTES)))
    except (OSError, ValueError, TypeError) as error:
        raise ArchiveError(path, f"this is no receipt of a shard ({error}); remove it, and run again") from error
    stands = any(kind_of(archive / f"{name}{end}") != "nothing" for end in ("", ".tar"))
    return receipt if stands else None


def moment_of_run(archive: Path, at: datetime | None) -> datetime:
    """The moment of a run: the one given, or that of the run that was broken off, or now; it is written down.

    A run that goes on makes what it would have made undisturbed, and several machines that share a run the same.

    Raises:
        ArchiveError: it could not be read or written.
    """
    path = archive / BATCH_FOLDER / RUN_NAME
    if at is not None:
        return moment(at)
    now = moment(None)
    with made_folder(path.parent), contextlib.suppress(NameTaken):
        write_file(path, (written_moment(now) + "\n").encode())
    try:
        return datetime.fromisoformat(read_file(path, 100).decode().strip())
    except (OSError, ValueError) as error:
        raise ArchiveError(path, f"this is no moment of a run ({error}); remove it, and run again") from error


def end_run(archive: Path) -> None:
    """Forget the moment of a run of which all shards are done."""
    with contextlib.suppress(FileNotFoundError):
        (archive / BATCH_FOLDER / RUN_NAME).unlink()


def _read_receipt(path: Path, name: str, source: Path, wanted: dict[str, str]) -> ShardReceipt:
    """What a bag that stands says of itself.

    Raises:
        ArchiveError: it is another's.
    """
    from solander.files.folder import Folder
    from solander.packing import parse_bag

    tree = Folder(path) if kind_of(path) == "folder" else tree_in(path)
    if tree is None:
        raise ArchiveError(path, "it has the name of this shard's bag, and is none")
    bag = parse_bag(tree)
    try:
        options = json.loads(tree.read(STATEMENTS_NAME, RECORD_LIMIT_BYTES))["options"]
        report: dict[str, Any] = json.loads(tree.read(REPORT_NAME, RECORD_LIMIT_BYTES))
        counts, totals = report["counts"], report["totals"]
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveError(path, f"it does not tell how it was made ({error})") from error
    differing = sorted(key for key in {*options, *wanted} - {"at"} if options.get(key) != wanted.get(key))
    if differing:
        raise ArchiveError(path, f"it was made with other options ({', '.join(differing)}); use another archive")
    with OpenFile(source) as file:
        size_bytes = file.size_bytes
    errors, warnings, remarks = (int(totals[severity]) for severity in reversed(SEVERITIES))
    manifests = sorted(entry.path for entry in bag.entries if entry.path.startswith("tagmanifest-sha512"))
    return ShardReceipt(
        shard=name,
        source=source.name,
        identifier=bag.info.first("External-Identifier") or "",
        pages=int(counts["pages"]),
        not_made=int(counts["pages-not-made"]),
        the_same=int(counts["pages-the-same"]),
        alike=int(counts["pages-alike"]),
        words=int(counts.get("words", 0)),
        size_bytes=size_bytes,
        errors=errors,
        warnings=warnings,
        remarks=remarks,
        tag_manifest_sha512=hashlib.sha512(tree.read(manifests[0], RECORD_LIMIT_BYTES)).hexdigest(),
    )


def _written(receipt: ShardReceipt) -> bytes:
    return (json.dumps(asdict(receipt), indent=2, ensure_ascii=False) + "\n").encode()
