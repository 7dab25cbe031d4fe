"""A shard: one file of captures, the bag that it becomes, and the receipt that says so.

``process_shard`` reads one input and writes one output, and nothing else: names follow from the input's bytes, nothing
that stands is written over, and the receipt, which says that all is done, is written last. To run it again is
harmless, wherever it was stopped, and whoever runs it beside us.

Source: docs/design.md, section 1 (laws 3 and 4); docs/scale.md.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, TypeAlias

from solander.errors import ArchiveError, NameTaken, SourceError
from solander.files.elsewhere import is_elsewhere, opened
from solander.files.named import kind_of
from solander.files.streaming import OpenFile
from solander.model.bag_layout import REPORT_NAME, STATEMENTS_NAME
from solander.model.finding import SEVERITIES
from solander.model.item import INDEX_NAME
from solander.model.ports import Tree
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.crawls.packing import CAPTURE_KINDS, options_of_crawl, original_name, pack_crawl
from solander.pipeline.crawls.stated import recorded_name
from solander.pipeline.requests import Waiting
from solander.pipeline.shards.records import Records, ShardReceipt
from solander.pipeline.subject import container_at, tree_in
from solander.profiles import load_profile

__all__ = ["Progress", "ShardConfig", "ShardReceipt", "process_shard", "shard_name"]

Progress: TypeAlias = Callable[[int, int, int], None]
"""Is told after each page: done, of how many, findings."""

SPOOL_BYTES = 64 << 30
ADDRESSES, PAGES = ".addresses", ".pages"
"""How the files end that name a part of a list of addresses, and of the pages in a folder."""

_EDGE_BYTES = 1 << 20
_ENDINGS = re.compile(r"(\.(w?arc|wacz|gz|zst|lz4|addresses|pages))+\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardConfig:
    """What holds for every shard of a run."""

    at: str
    """The moment of the work, ISO 8601 with a zone."""
    form: str = "folder"
    """Of the bags: ``folder``, or ``tar``; elsewhere than in a folder always ``tar``."""
    limit_bytes: int | None = None
    """Refuse larger pages."""
    spool_bytes: int = SPOOL_BYTES
    """Of a file that lies elsewhere: as much of it may lie here while it is worked on."""
    allows_loopback: bool = False
    """Whether a live page may be this machine's own: for a test's server, and for nothing else."""


def shard_name(source: str | Path) -> str:
    """The name of a shard and of its bag: its file's words, and eight digits of its size, first and last MiB.

    Raises:
        SourceError: the file cannot be read.
    """
    with opened(source) as file:
        size = file.size_bytes
        edges = file.read_at(0, _EDGE_BYTES) + file.read_at(max(size - _EDGE_BYTES, 0), _EDGE_BYTES)
    digest = hashlib.sha256(f"{size}\n".encode() + edges).hexdigest()[:8]
    words = re.sub("[^a-z0-9]+", "-", _ENDINGS.sub("", file_name(source)).lower()).strip("-")[:60].strip("-")
    return f"{words or 'crawl'}-{digest}"


def file_name(source: str | Path) -> str:
    """What the file of a shard is called, wherever it lies."""
    if is_elsewhere(source):
        # fsspec writes one place within another with "::".
        return str(source).partition("::")[0].partition("?")[0].rstrip("/").rpartition("/")[2] or "crawl"
    return Path(source).name


def process_shard(
    shard: str | Path,
    out: str | Path,
    config: ShardConfig,
    progress: Progress | None = None,
    waiting: Waiting | None = None,
) -> ShardReceipt:
    """Make the bag of a shard, unless it stands; and its receipt.

    Args:
        shard: a file of captures (WARC, ARC, WACZ), or one that names addresses or pages (``shard_parts``); a path, or
            a place elsewhere (``s3://bucket/crawl.warc.gz``).
        out: the archive: a folder, or a place elsewhere.
        config: what holds for the run.
        progress: told after each page.
        waiting: told, on a thread of its own, of each host of live pages for which it has to wait long.

    Raises:
        SourceError: the file cannot be read, is none of captures, or holds no page.
        ArchiveError: the bag could not be written, or one of other options has its name.
        UsageError: what opens a place elsewhere is not installed; nobody says who asks for live pages.
    """
    if is_elsewhere(shard) or is_elsewhere(out):
        from solander.pipeline.shards.elsewhere import process_elsewhere

        return process_elsewhere(shard, out, config, progress, waiting)
    source, archive = Path(shard), Path(out)
    name, records = shard_name(source), Records(archive)
    done = records.receipt(name)
    if done is not None:
        return done
    if source.name.endswith((ADDRESSES, PAGES)):
        from solander.pipeline.shards.pages import process_part

        return process_part(source, archive, name, config, progress, waiting)
    kind = container_at(source, b"WARC/")
    if kind not in CAPTURE_KINDS:
        what = "a shard is a file of captures (WARC, ARC or WACZ); saved pages are named by their folder"
        raise SourceError(source.name, what)
    at, path = datetime.fromisoformat(config.at), bag_path(archive, name, config)
    if kind_of(path) == "nothing":
        make_bag(source, archive, name, config, at=at, kind=kind, progress=progress)
    wanted = options_of_crawl(
        original_name(source, kind), recorded_name(source), at, load_profile(archive), limit_bytes=config.limit_bytes
    )
    with OpenFile(source) as file:
        size_bytes = file.size_bytes
    receipt, pages = read_receipt(path, name, recorded_name(source), size_bytes, wanted)
    records.give_receipt(receipt, pages)
    return receipt


def bag_path(archive: Path, name: str, config: ShardConfig) -> Path:
    """Where the bag of a shard stands."""
    return archive / (name if config.form == "folder" else f"{name}.{config.form}")


def make_bag(
    source: Path, archive: Path, name: str, config: ShardConfig, *, at: datetime, kind: str, progress: Progress | None
) -> None:
    """Make the bag of a file of captures; where another run was quicker, its bag stays.

    Args:
        source: the file.
        archive: where the bag will stand, whole or not at all.
        name: the shard's; a bag in one file has its ending behind it.
        config: the form of the bag, and the bound for a page.
        at: the moment of the work, aware.
        kind: what the file is: ``warc``, ``arc`` or ``wacz``.
        progress: is told how far it is, if anybody wants to know.

    Raises:
        SourceError: the file cannot be read, or holds no page.
        ArchiveError: the bag could not be written; nothing was left behind.
    """
    # It is asked next whether that is ours.
    with contextlib.suppress(NameTaken):
        pack_crawl(
            source,
            into=archive,
            name=name,
            form=config.form,
            at=at,
            profile=load_profile(archive),
            kind=kind,
            limit_bytes=config.limit_bytes,
            progress=progress,
        )


def read_receipt(
    path: Path, name: str, source: str, size_bytes: int, wanted: dict[str, str]
) -> tuple[ShardReceipt, bytes]:
    """What a bag that stands says of itself, and which pages are in it.

    Args:
        path: the bag.
        name: the shard's.
        source: what its file was called.
        size_bytes: of that file.
        wanted: the options by which it is to be made; the moment aside.

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
    errors, warnings, remarks = (int(totals[severity]) for severity in reversed(SEVERITIES))
    manifests = sorted(entry.path for entry in bag.entries if entry.path.startswith("tagmanifest-"))
    strongest = next((one for one in manifests if "sha512" in one), manifests[0])
    receipt = ShardReceipt(
        shard=name,
        source=source,
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
        tag_manifest_sha512=hashlib.sha512(tree.read(strongest, RECORD_LIMIT_BYTES)).hexdigest(),
    )
    return receipt, _pages(tree)


def _pages(tree: Tree) -> bytes:
    from solander.encoding.item_index import parse_index

    items = parse_index(tree.chunks(INDEX_NAME))
    return b"".join(
        page_line(one.sha256, one.number, one.uri, None if one.like else one.sketch) for one in items if one.tei
    )


def page_line(sha256: str, number: int, uri: str, sketch: int | None = None) -> bytes:
    """How a page is written down for comparing shards: digest, number with the sketch behind a colon, address.

    Args:
        sha256: of its bytes.
        number: in the shard.
        uri: its address.
        sketch: of its words; of pages that are alike in one shard the first one's alone.
    """
    told = "" if sketch is None else f":{sketch:016x}"
    return f"{sha256} {number}{told} {''.join(uri.split())}\n".encode("utf-8", "replace")
