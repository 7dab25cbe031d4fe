"""A payload taken out of its bag: each file is copied under its own name and verified in one pass.

The bag stays as it is. Whole or not at all: where the bag is not valid nothing is written, unless what is damaged is
wanted too.

Source: RFC 8493, section 3.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from solander.errors import ArchiveError, ArchiveUnwritable, OutputInsideSource, UsageError
from solander.files.folder import Folder
from solander.files.named import kind_of
from solander.files.new_folder import NewFolder
from solander.files.telling import Telling
from solander.files.whole import TEMPORARY_NAME, made_folder, whole_folder
from solander.model.bag import PAYLOAD_FOLDER, Bag
from solander.model.finding import Report
from solander.model.ports import Entry, Hashed, Told, Tree, Wanted
from solander.model.serialised import INNER_MARK
from solander.packing.parse import parse_bag
from solander.pipeline.archive import bag_at
from solander.pipeline.bags.bagging import Watch
from solander.pipeline.bags.judging import judge_bag
from solander.pipeline.merging import merge, placed
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.subject import tree_in

if TYPE_CHECKING:
    from solander.files.members import SerialisedTree


@dataclass(frozen=True, slots=True, kw_only=True)
class Unbagged:
    """What came of a bag whose payload was to be taken out."""

    path: Path | None
    """Where the payload stands; ``None`` where nothing was written, because the bag is not valid."""

    files: int
    """How many were copied."""

    size_bytes: int
    links: int
    """How many symbolic links of the payload were not."""

    report: Report
    """What the BAG rules say of the bag."""


def unbag(
    bag: str | Path,
    *,
    into: str | Path,
    name: str | None = None,
    keep_damaged: bool = False,
    threads: int | None = None,
    watch: Watch | None = None,
    told: Told | None = None,
) -> Unbagged:
    """Copy a bag's payload out, verified.

    Args:
        bag: its folder, or an archive file, which is laid open in a temporary folder meanwhile.
        into: the folder in which the payload's folder comes to stand; made if it is not there.
        name: the payload's folder; as the bag is called, if it is not said.
        keep_damaged: copy what is there even if the bag is not valid; the report says what is wrong.
        threads: how many read and hash at once.
        watch: told of each file that is done.
        told: is told how far copying has come: a name, bytes done, bytes in all.

    Raises:
        NotABag: it is none.
        ArchiveError: the bag could not be read, or the payload not written; nothing was left behind.
        UsageError: the name is none.
    """
    path, parent = Path(bag), Path(into)
    outside_bags(parent, "--into")
    archive_file = tree_in(path) if kind_of(path) == "file" else None
    if archive_file is None:
        called = name or Path(os.path.realpath(path)).name
        done = _unbag(
            _CopyingOut(bag_at(path), threads, watch, told), path, parent, called, Report(subject=""), keep_damaged
        )
        return replace(done, report=placed(done.report, str(path)))
    done = _unbag_file(
        path, archive_file, parent, name, keep_damaged=keep_damaged, threads=threads, watch=watch, told=told
    )
    return replace(done, report=placed(done.report, str(path), mark=INNER_MARK))


def _unbag_file(
    path: Path,
    archive_file: SerialisedTree[Any],
    parent: Path,
    name: str | None,
    *,
    keep_damaged: bool,
    threads: int | None,
    watch: Watch | None,
    told: Told | None,
) -> Unbagged:
    """Lay an archive file open, and copy the payload of the bag in it."""
    # Late: a folder needs none of what reads archive files.
    from solander.pipeline.bags.file_judging import judge_file, read_in_part
    from solander.pipeline.bags.laid_open_bag import bag_laid_open, is_remnant, not_readable

    left_out = not_readable(archive_file) if keep_damaged else None
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(bag_laid_open(path, archive_file, left_out))
        except ArchiveError as error:
            if keep_damaged or (error.path == path and not is_remnant(path, archive_file)):
                raise
            raise ArchiveError(error.path, f"{error.what}; --keep-damaged copies what can be read") from error
        # Now, for what is wrong with members shows when they are read.
        serialisation = archive_file.serialisation()
        called = name or serialisation.root or serialisation.named_root
        in_part = any(fault.kind == "serialised-unreadable" for fault in serialisation.faults)
        done = Unbagged(path=None, files=0, size_bytes=0, links=0, report=Report(subject=str(path)))
        if keep_damaged or not in_part:
            # Of one that was cut before its bagit.txt the files are what there is.
            opened = Folder(folder) if is_remnant(path, archive_file) else bag_at(folder)
            tree = _CopyingOut(opened, threads, watch, told, listed=archive_file, left_out=left_out or {})
            done = _unbag(tree, folder, parent, called, judge_file(path, serialisation), keep_damaged)
        if in_part:
            # What is not seen may stand where it was cut off: nobody can say that the bag lacks it.
            done = replace(done, report=read_in_part(path, serialisation))
    return done


def _unbag(tree: _CopyingOut, path: Path, parent: Path, called: str, before: Report, keep_damaged: bool) -> Unbagged:
    """Copy the payload of a bag in a folder; ``before`` is what was found before, of the file in which it came."""
    if "/" in called or "\0" in called or called in ("", ".", "..") or TEMPORARY_NAME.fullmatch(called):
        raise UsageError(f"{called!r} is no name for a folder; say one with --name")
    if Path(os.path.realpath(parent)).is_relative_to(os.path.realpath(path)):
        raise OutputInsideSource(parent, path)
    read = parse_bag(tree)
    report = Report(subject=str(path))
    try:
        with made_folder(parent), whole_folder(parent, called) as folder:
            tree.folder = folder
            report = merge((before, judge_bag(read, tree)), subject=str(path))
            if not (report.passed or keep_damaged):
                raise _NotWhole
            tree.copy_rest(read)
    except _Unwritable as refused:
        raise refused.error from refused
    except _NotWhole:
        return Unbagged(path=None, files=0, size_bytes=0, links=0, report=report)
    sizes = [entry.size_bytes for entry in read.payload if entry.path in tree.copied]
    links = sum(1 for one in read.entries if one.kind == "symlink" and one.path.startswith(PAYLOAD_FOLDER))
    return Unbagged(path=parent / called, files=len(sizes), size_bytes=sum(sizes), links=links, report=report)


class _Unwritable(Exception):
    """A copy could not be written: of the bag that says nothing, and its judge must not take it for a fault of it."""

    def __init__(self, error: ArchiveUnwritable) -> None:
        super().__init__(str(error))
        self.error = error


def _next_copied(found: Iterator[Hashed]) -> Hashed | None:
    try:
        return next(found, None)
    except ArchiveUnwritable as error:
        raise _Unwritable(error) from error


class _NotWhole(Exception):
    """The bag is not valid: what was copied goes."""


def _name(path: str) -> str:
    return path.removeprefix(PAYLOAD_FOLDER)


class _CopyingOut:
    """A bag's tree that copies each payload file out while it is hashed; keeps ``model.ports.Tree``."""

    def __init__(
        self,
        tree: Folder,
        threads: int | None,
        watch: Watch | None,
        told: Told | None,
        *,
        listed: Tree | None = None,
        left_out: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Name the tree.

        Args:
            tree: what is copied.
            threads: how many copy at once.
            watch: told of each file that is done.
            told: told how far they were copied.
            listed: where its names come from: links are not laid open, and are judged.
            left_out: files that are not in the tree, though they are listed, and why.
        """
        self._left_out = left_out
        self._tree, self._threads, self._watch, self._listed = tree, threads, watch, listed or tree
        self._telling = None if told is None else Telling(told)
        self.folder: NewFolder | None = None
        self.copied: set[str] = set()

    @property
    def name(self) -> str:
        return self._tree.name

    def entries(self) -> Iterator[Entry]:
        return self._listed.entries()

    def chunks(self, path: str) -> Iterator[bytes]:
        self._refuse(path)
        return self._tree.chunks(path)

    def read(self, path: str, limit_bytes: int) -> bytes:
        self._refuse(path)
        return self._tree.read(path, limit_bytes)

    def _refuse(self, path: str) -> None:
        if path in self._left_out:
            raise ArchiveError(Path(self.name) / path, self._left_out[path])

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        yield from (Hashed(one.path, (), self._left_out[one.path]) for one in wanted if one.path in self._left_out)
        wanted = [one for one in wanted if one.path not in self._left_out]
        payload = [one for one in wanted if one.path.startswith(PAYLOAD_FOLDER)]
        yield from self._tree.hashed([one for one in wanted if not one.path.startswith(PAYLOAD_FOLDER)])
        assert self.folder is not None  # noqa: S101 - for the type checker
        with self._tree.opened() as root:
            if self._telling is not None:
                self._telling.begin(sum(one.size_bytes for one in payload))
            found = self.folder.copy(root, payload, _name, threads=self._threads, telling=self._telling)
            number = 0
            while (one := _next_copied(found)) is not None:
                number += 1
                if one.fault is None:
                    self.copied.add(one.path)
                if self._watch is not None:
                    self._watch(one.path, number, len(payload))
                yield one

    def _is_done(self, path: str) -> bool:
        return path in self.copied or path in self._left_out

    def copy_rest(self, read: Bag) -> None:
        """Copy what the judgement did not read: unlisted files of a damaged bag; and make the empty folders."""
        assert self.folder is not None  # noqa: S101 - for the type checker
        rest = [Wanted(one.path, one.size_bytes, ()) for one in read.payload if not self._is_done(one.path)]
        with self._tree.opened() as root:
            for one in self.folder.copy(root, rest, _name, threads=self._threads):
                if one.fault is None:
                    self.copied.add(one.path)
        for entry in read.entries:
            if entry.kind == "folder" and entry.path.startswith(PAYLOAD_FOLDER):
                self.folder.make_folder(_name(entry.path))
