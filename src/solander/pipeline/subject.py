"""What there is to judge at a path: a bag, an archive with its bags, a TEI file, a page."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from solander.errors import ArchiveError, NotABag, SourceMissing
from solander.files.named import kind_of, read_head
from solander.model.archive_names import RECEIPTS_FOLDER
from solander.model.serialised import NO_END, SERIALISED_ENDINGS, SKIPPABLE_FRAMES
from solander.profiles import PROFILE_NAME

if TYPE_CHECKING:
    from solander.files.members import SerialisedTree

_TEI_MARK = b"http://www.tei-c.org/ns/1.0"
_MARK_WITHIN_BYTES = 4096
_NEXT_STEP = ", and no archive, for it holds no bags (pages are named one by one); see: solander explain BAG001"
_EMPTY_FILE = "it is named as an archive file, and is empty: not a byte is in it"
_NAMED_SO = (
    "it is named as an archive file, and its bytes are those of neither zip nor tar: it was cut short, or is no such"
)


RECORD_KINDS = ("warc", "arc", "wacz")
"""Kinds of files of records."""

BAG_KINDS = ("bag", "serialised")
"""Kinds of bags: a folder, and one archive file."""

PAGE_CONTAINERS = ("mhtml", "webarchive")
"""What holds one page with all that it shows, in one file: a thing of the kind ``page``."""


class Subject(NamedTuple):
    """Something to be judged."""

    path: Path
    kind: str
    """One of ``RECORD_KINDS`` or ``BAG_KINDS``, ``fixity`` (a bag of which only this is judged), ``archive`` (its
    ``solander.toml``, and its bags beside one another), ``stray`` (a folder in an archive that is no bag), ``tei`` or
    ``page``."""


Validated: TypeAlias = str | Path | Subject


def subjects(path: Path) -> tuple[Subject, ...]:
    """What there is to judge at a path: itself, or what an archive holds.

    Raises:
        SourceMissing: nothing is there.
        NotABag: it is a folder, but neither a bag nor an archive.
        ArchiveError: it could not be read.
    """
    kind = kind_of(path)
    if kind == "nothing":
        raise SourceMissing(str(path))
    if kind != "folder":
        head = read_head(path, _MARK_WITHIN_BYTES) if kind == "file" else b""
        if _TEI_MARK in head:
            return (Subject(path, "tei"),)
        container = container_at(path, head) if kind == "file" else None
        if container in RECORD_KINDS:
            return (Subject(path, container),)
        if container in PAGE_CONTAINERS:
            return (Subject(path, "page"),)
        if kind == "file" and tree_in(path) is not None:
            return (Subject(path, "serialised"),)
        if kind == "file" and path.name.lower().endswith(SERIALISED_ENDINGS):
            raise ArchiveError(path, _NAMED_SO if head else _EMPTY_FILE)
        if kind == "file" and (unpacks := _unpacks(path)) is not None:
            raise ArchiveError(path, f"{_OTHERS_ARE_NOT}: {unpacks}, and validate the folder")
        return (Subject(path, "page"),)
    if is_bag(path):
        return (Subject(path, "bag"),)
    try:
        with os.scandir(path) as entries:
            names = sorted(
                (one.name, one.is_dir(follow_symlinks=False))
                for one in entries
                if not one.name.startswith(".")
                and one.name != RECEIPTS_FOLDER
                and (one.is_dir(follow_symlinks=False) or _is_named_archive_file(one))
            )
    except OSError as error:
        raise ArchiveError(path, error.strerror or "it could not be read") from error
    found = [_within_archive(path / name, is_folder=is_folder) for name, is_folder in names]
    if not is_archive(path) and not any(one.kind in BAG_KINDS for one in found):
        raise NotABag(path, _NEXT_STEP)
    return (Subject(path, "archive"), *found)


NO_ARCHIVE_FILE = ", and is no archive file: its bytes are those of neither zip nor tar"
"""What is said of a file that is no bag in one file."""

_MAY_HOLD_CAPTURES = (
    *(b"WARC/", b"filedesc:", b"PK\x03\x04", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"bplist0"),
)
_NAMES_OF_CAPTURES = r"(?i)\.(?:w?arc|wet|wat|wacz|mht|mhtml|webarchive)(?:\.[a-z0-9]+)*\Z"


def container_at(path: Path, head: bytes) -> str | None:
    """What a file is that holds captures: ``warc``, ``arc``; ``None`` for any other file.

    Args:
        path: a regular file.
        head: its first bytes.

    Raises:
        SourceError: it could not be read.
    """
    if not head.startswith((*_MAY_HOLD_CAPTURES, *SKIPPABLE_FRAMES)) and not (
        re.search(_NAMES_OF_CAPTURES, path.name) or b"multipart/related" in head.lower() or b"WebMainResource" in head
    ):
        return None
    # Late: nothing else needs what reads records.
    from solander.capturing.containers import container_of
    from solander.files.streaming import OpenFile

    with OpenFile(path) as file:
        return container_of(file, path.name)


_UNPACKED_BY = {
    r"(?:\.tar\.zst|\.tzst)": "tar --zstd -xf",
    r"(?:\.tar\.(?:lz4|lz|lzma|lzo|z|br)|\.taz|\.tlz)": "tar -xaf",
    r"\.7z": "7z x",
    r"\.rar": "unrar x",
}
"""What takes out of archive files that are not read, by the ends of their names."""

_OTHERS_ARE_NOT = (
    "by its name this is an archive file, and of these zip, tar, tar.gz, tar.bz2 and tar.xz are read; unpack it"
)


def _unpacks(path: Path) -> str | None:
    """The command that unpacks an archive file that is not read; ``None`` for other files."""
    from shlex import quote  # late, as below: few files need it

    found = (how for ends, how in _UNPACKED_BY.items() if re.search(rf"(?i){ends}\Z", path.name))
    return next((f"{how} {quote(path.name)}" for how in found), None)


def _within_archive(path: Path, *, is_folder: bool) -> Subject:
    kind = "bag" if is_folder else "serialised"
    try:
        return Subject(path, kind if (is_bag(path) if is_folder else _may_hold_bag(path)) else "stray")
    except ArchiveError:
        # It stops no other: whoever judges it is told that it cannot be read.
        return Subject(path, kind)


def _is_named_archive_file(one: os.DirEntry[str]) -> bool:
    return one.name.lower().endswith(SERIALISED_ENDINGS) and one.is_file(follow_symlinks=False)


def is_bag(folder: Path) -> bool:
    """Whether a folder has a ``bagit.txt``, be it a link or worse: that is for the rules to say.

    Raises:
        ArchiveError: the folder is closed to us.
    """
    return os.path.lexists(folder / "bagit.txt") or kind_of(folder / "bagit.txt") != "nothing"


def is_archive(folder: Path) -> bool:
    """Whether a folder has a ``solander.toml``."""
    return os.path.lexists(folder / PROFILE_NAME)


def archive_of(path: Path) -> Path:
    """The folder in which a thing lies, by whatever name or link the thing was called."""
    return Path(os.path.realpath(path)).parent


def tree_in(path: Path) -> SerialisedTree[Any] | None:
    """The tree in an archive file; ``None`` if the file is none.

    Raises:
        ArchiveError: it could not be read.
    """
    # Late: a folder needs none of the libraries that decompress.
    from solander.files.serialised import find_serialised

    return find_serialised(path)


def without_bag(path: Path, tree: SerialisedTree[Any], more: str = "; see: solander explain BAG001") -> ArchiveError:
    """What is to be told of an archive file in which no bag is seen: it was cut short, is empty, or holds none."""
    entries = any(True for _ in tree.entries())
    faults = tree.faults_so_far()
    if (cut := cut_short(path, tree)) is not None:
        return cut
    if entries and any(one.message == NO_END for one in faults):
        return _not_whole(path, NO_END)
    # Members whose names lead out of it are there, and are no entries.
    holds = entries or any(one.kind == "serialised-member-outside" for one in faults)
    return NotABag(path, more if holds else ", for there is nothing in this archive file")


def cut_short(path: Path, tree: SerialisedTree[Any]) -> ArchiveError | None:
    """What is to be told of an archive file that cannot be read to its end; ``None`` for any other."""
    faults = tree.faults_so_far()
    cut = next((one for one in faults if one.kind == "serialised-unreadable"), None)
    return _not_whole(path, cut.message) if cut is not None else None


_WITHOUT_WHICH_NONE = re.compile(r"(?:bagit|(?:tag)?manifest-[^/]+)\.txt")
"""The files by which all else in a bag is judged."""


def closed_to_us(path: Path, tree: SerialisedTree[Any]) -> ArchiveError | None:
    """What is to be told of a zip file whose bag lies behind a password, or a compression that is not read.

    ``None`` where what the bag says of itself can be read: then what cannot is told file by file. Where it cannot,
    nothing is known of the bag, and every conclusion (that it has no manifest, that nothing is listed) would be false.
    """
    from shlex import quote

    from solander.files.zip_tree import ZipTree

    closed = tree.closed() if isinstance(tree, ZipTree) else {}
    named = next((name for name in sorted(closed) if _WITHOUT_WHICH_NONE.fullmatch(name)), None)
    if named is None:
        return None
    files = sum(entry.kind == "file" for entry in tree.entries())
    why = closed[named]
    so_many = list(closed.values()).count(why)
    key = ", which asks for its password" if why == "encrypted" else ""
    return ArchiveError(
        path,
        f"{so_many:,} of {files:,} files in this zip file are {why}, {named} among them, and are not read here: "
        f"nothing can be said of its bag; take it out with 7z x {quote(path.name)}{key}, and validate the folder",
    )


def _not_whole(path: Path, why: str) -> ArchiveError:
    return ArchiveError(path, f"this archive file cannot be read whole: {why}; see: solander validate")


def where_a_folder_is_wanted(path: Path) -> ArchiveError:
    """What is to be told of a file where a bag's folder is wanted: how to unpack it, if that can be done."""
    from shlex import quote

    tree = tree_in(path)
    if tree is None:
        return NotABag(path, NO_ARCHIVE_FILE)
    if (cut := cut_short(path, tree)) is not None:
        return cut
    command = "unzip" if tree.form == "zip" else "tar -xf"
    return NotABag(path, f", for it is an archive file; unpack it first: {command} {quote(str(path))}")


def _may_hold_bag(path: Path) -> bool:
    """Whether an archive file has a bag in it, or nobody can say: it is empty or cut short.

    Raises:
        ArchiveError: it could not be read.
    """
    tree = tree_in(path)
    if tree is None:
        return False
    names = {entry.path for entry in tree.entries()}
    unseen = any(fault.kind == "serialised-unreadable" for fault in tree.faults_so_far())
    return "bagit.txt" in names or unseen or not names
