"""What a run writes down beside the bags: receipts, the moment of a run that is not done, which pages are in a shard.

An archive is a folder, or a place elsewhere (``s3://bucket/archive``); what is kept there has the same names.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from solander.errors import ArchiveError, NameTaken, SolanderError
from solander.files.elsewhere import Elsewhere, ElsewhereError, elsewhere, is_elsewhere
from solander.files.named import kind_of, read_file
from solander.files.refusals import writing
from solander.files.whole import made_folder, write_file
from solander.model.capture import written_moment
from solander.pipeline.clock import moment

BATCH_FOLDER = ".solander-batch"
"""Where the receipts of shards lie, in the archive."""

RUN_NAME = "run"
"""The file beside them that has the moment of a run that is not done."""

RECEIPT_LIMIT_BYTES = 16 << 20
PAGES_LIMIT_BYTES = 1 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardReceipt:
    """What became of a shard: all of it can be read from its bag again."""

    shard: str
    """Its name, and that of its bag, where it has one."""
    source: str
    """What its file was called."""
    identifier: str
    """The bag's; empty where each page has a bag of its own."""
    pages: int
    not_made: int
    the_same: int
    alike: int
    words: int
    size_bytes: int
    """Of the file of captures, or of the files of pages together."""
    errors: int
    warnings: int
    remarks: int
    tag_manifest_sha512: str
    """Of the strongest tag manifest: it binds every byte of the bag. Empty where there are several bags."""
    bags: tuple[str, ...] = ()
    """The names of the bags, where each page has its own."""
    not_had: tuple[str, ...] = ()
    """Of a shard of addresses or of saved pages: those of which nothing was had, and why."""


class Records:
    """The files in ``.solander-batch`` of an archive."""

    def __init__(self, archive: str | Path) -> None:
        """Take where the archive is; nothing is asked yet, and nothing made.

        Raises:
            UsageError: what opens such a place is not installed.
        """
        self.archive = archive
        self._there: Elsewhere | None = (
            elsewhere(archive) if isinstance(archive, str) and is_elsewhere(archive) else None
        )

    @property
    def is_elsewhere(self) -> bool:
        """Whether the archive is no folder of this machine."""
        return self._there is not None

    def stands(self, name: str) -> bool:
        """Whether something in the archive has a name.

        Raises:
            ArchiveError: it was not reached.
        """
        if self._there is not None:
            return self._there.below(name).size_bytes() is not None
        return kind_of(Path(self.archive) / name) != "nothing"

    def read(self, name: str, limit_bytes: int) -> bytes | None:
        """The whole of a small file in the archive; ``None`` where there is none.

        Raises:
            ArchiveError: it cannot be read, or is larger.
        """
        if self._there is None:
            path = Path(self.archive) / name
            try:
                return read_file(path, limit_bytes) if kind_of(path) != "nothing" else None
            except OSError as error:
                raise ArchiveError(path, f"it cannot be read ({error})") from error
        file = self._there.below(name)
        size = file.size_bytes()
        if size is not None and size > limit_bytes:
            raise ElsewhereError(file.name, f"it has more than {limit_bytes:,} bytes")
        return None if size is None else file.read_at(0, size) if size else b""

    def write(self, name: str, content: bytes | Iterable[bytes], *, replace: bool = True) -> bool:
        """Write a file, whole or not at all; ``False`` where its name is taken and is not to be replaced.

        What comes in pieces is put together first where the archive is elsewhere.

        Raises:
            ArchiveError: it could not be written.
        """
        if self._there is not None:
            file = self._there.below(name)
            whole = content if isinstance(content, bytes) else b"".join(content)
            if not replace:
                return file.create(whole)
            file.replace(whole)
            return True
        path = Path(self.archive) / name
        try:
            with made_folder(path.parent):
                write_file(path, content, replace=replace)
        except NameTaken:
            return False
        return True

    def send(self, name: str, path: Path) -> bool:
        """Write what a file of this machine holds to an archive elsewhere; ``False`` where its name is taken.

        Raises:
            ArchiveError: it could not be written.
        """
        assert self._there is not None  # noqa: S101 - for the type checker: only what is elsewhere is sent to
        return self._there.below(name).create_from(path)

    def remove(self, name: str) -> None:
        """Remove a file, if it is there.

        Raises:
            ArchiveError: it could not be removed, or an archive elsewhere was not reached.
        """
        if self._there is not None:
            self._there.below(name).remove()
            return
        path = Path(self.archive) / name
        with writing(path), contextlib.suppress(FileNotFoundError):
            path.unlink()

    # ------------------------------------------------------------------------------------------------------ of shards

    def receipt(self, name: str) -> ShardReceipt | None:
        """The receipt of a shard that is done; ``None`` where it is not, or a bag of it is gone.

        Raises:
            ArchiveError: it cannot be read.
        """
        written = self.read(f"{BATCH_FOLDER}/{name}.json", RECEIPT_LIMIT_BYTES)
        if written is None:
            return None
        try:
            value = json.loads(written)
            value |= {key: tuple(value.get(key, ())) for key in ("bags", "not_had")}
            receipt = ShardReceipt(**value)
        except (ValueError, TypeError, AttributeError, RecursionError) as error:
            path = Path(str(self.archive)) / BATCH_FOLDER / f"{name}.json"
            raise ArchiveError(path, f"this is no receipt of a shard ({error}); remove it, and run again") from error
        bags = receipt.bags or (name,)
        is_there = all(any(self.stands(f"{bag}{end}") for end in (".tar", "")) for bag in bags)
        return receipt if is_there else None

    def give_receipt(self, receipt: ShardReceipt, pages: bytes) -> None:
        """Write which pages are in a shard, and then, last of all, its receipt.

        Raises:
            ArchiveError: it could not be written.
        """
        value = {name: held for name, held in asdict(receipt).items() if held not in ((), [])}
        self.write(f"{BATCH_FOLDER}/{receipt.shard}.pages", pages)
        content = (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")
        self.write(f"{BATCH_FOLDER}/{receipt.shard}.json", content)

    def pages(self, name: str) -> bytes:
        """Which pages are in a shard: lines of a digest, a number and an address; nothing where it is not known.

        Raises:
            ArchiveError: it cannot be read.
        """
        return self.read(f"{BATCH_FOLDER}/{name}.pages", PAGES_LIMIT_BYTES) or b""

    # -------------------------------------------------------------------------------------------------------- of a run

    def moment(self, at: datetime | None) -> datetime:
        """The moment of a run: the one given, or that of the run that was broken off, or now; it is written down.

        A run that goes on makes what it would have made undisturbed, and several machines that share a run the same.

        Raises:
            ArchiveError: it could not be read or written.
        """
        if at is not None:
            return moment(at)
        name = f"{BATCH_FOLDER}/{RUN_NAME}"
        self.write(name, (written_moment(moment(None)) + "\n").encode(), replace=False)
        try:
            return datetime.fromisoformat((self.read(name, 100) or b"").decode().strip())
        except ValueError as error:
            path = Path(str(self.archive)) / name
            raise ArchiveError(path, f"this is no moment of a run ({error}); remove it, and run again") from error

    def end_run(self) -> None:
        """Forget the moment of a run of which all shards are done."""
        with contextlib.suppress(SolanderError):
            self.remove(f"{BATCH_FOLDER}/{RUN_NAME}")
