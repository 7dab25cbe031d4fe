"""Whole or not at all: folders and files that appear under their name only once they are complete.

A folder is written beside its place under an exclusive temporary name, given to the disk once, renamed without ever
replacing anything, and its parent is given to the disk. Whatever stops it, nothing else is left than, after a
``kill -9`` or a power cut, a folder or file named ``.solander-<16 hex digits>.tmp``: no bag, and removed by the next
run. Who still writes one holds its lock, so that no run removes another's.

Where the file system knows no locks (some network shares) leftovers stay, and two packers are kept apart by the
rename alone.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from solander.errors import NameTaken
from solander.files.descent import FOLDER_FLAGS, written
from solander.files.leftovers import TEMPORARY_NAME as TEMPORARY_NAME
from solander.files.leftovers import new_temporary_name, old_name, put_right, remove_tree, stands, sweep
from solander.files.locks import is_same, lock, locked
from solander.files.making_folders import made_folder
from solander.files.new_folder import FILE_MODE, FOLDER_MODE, NEW_FILE, Changed, NewFolder, write_all
from solander.files.refusals import writing
from solander.files.system_calls import exchange, rename_exclusively, sync_file_system

__all__ = [
    "TEMPORARY_NAME",
    "locked",
    "made_folder",
    "opened_folder",
    "passing_folder",
    "rename_whole",
    "replaced_folder",
    "sync_folder",
    "temporary_folder",
    "whole_file",
    "whole_folder",
    "write_file",
    "write_folder",
]

_OF_FOLDER, _OF_FILE = "folder", "file"


def write_folder(parent: Path, name: str, entries: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> Path:
    """Write a folder with all its files, or nothing; leftovers of killed runs in ``parent`` are removed.

    Args:
        parent: an existing folder.
        name: the folder's name in it; nothing of that name may be there.
        entries: relative paths with forward slashes, and each file's bytes, whole or in pieces. What reading them
            raises is passed on, after everything written was removed.

    Returns:
        The folder's path.

    Raises:
        NameTaken: something has the name already, whatever it is; it was not touched.
        ArchiveUnwritable: the system refused to write.
        ValueError: a name or path is empty, absolute, or climbs.
    """
    with whole_folder(parent, name) as folder:
        folder.write(entries)
    return parent / name


@contextlib.contextmanager
def whole_folder(parent: Path, name: str) -> Iterator[NewFolder]:
    """A folder for the body to fill, which has its name only when that is done; leftovers in ``parent`` are removed.

    Args:
        parent: an existing folder.
        name: the folder's name in it; nothing of that name may be there.

    Raises:
        NameTaken: something has the name already, whatever it is; it was not touched.
        ArchiveUnwritable: the system refused to write.
        ValueError: the name is none for a folder.
    """
    if name != PurePosixPath(name).name or name in ("", ".", "..") or TEMPORARY_NAME.fullmatch(name):
        raise ValueError(f"{name!r} is no name for a folder")
    place = parent / name
    with opened_folder(parent) as above:
        if stands(above, name):
            raise NameTaken(place)
        with temporary_folder(above, place) as (folder, temporary):
            yield folder
            with writing(place):
                os.fchmod(folder.number, FOLDER_MODE)
                sync_folder(folder.number, folder.made)
                rename_whole(above, temporary, name, parent)
                os.fsync(above)


@contextlib.contextmanager
def replaced_folder(place: Path, old: int) -> Iterator[NewFolder]:
    """A folder for the body to fill, which then takes the place of one that stands, at once; that one is removed.

    Whatever stops it, at every moment the old folder or the new one stands whole. Where the file system cannot
    exchange two names, there is a moment between two renames; the next run puts that right (``leftovers``).

    Args:
        place: the folder to be replaced.
        old: the same, open: if by the end another has its name, nothing is done.

    Raises:
        Changed: another folder has the name meanwhile.
        ArchiveUnwritable: the system refused to write.
    """
    parent, name = place.parent, place.name
    with opened_folder(parent) as above, temporary_folder(above, place) as (folder, temporary):
        yield folder
        with writing(place):
            was = os.fstat(old)
            with contextlib.suppress(PermissionError):
                os.fchown(folder.number, was.st_uid, was.st_gid)
            os.fchmod(folder.number, was.st_mode & 0o7777)
            sync_folder(folder.number, folder.made)
            with locked(parent):
                if not is_same(os.stat(name, dir_fd=above, follow_symlinks=False), old):
                    raise Changed(place)
                if not exchange(above, temporary, name):
                    aside = old_name(name, os.fstat(folder.number).st_ino)
                    try:
                        os.rename(name, aside, src_dir_fd=above, dst_dir_fd=above)
                        rename_whole(above, temporary, name, parent)
                    finally:
                        put_right(above, aside)
                os.fsync(above)
        # Under the temporary name stands the old one now.
        remove_tree(above, temporary)


@contextlib.contextmanager
def whole_file(parent: Path, name: str) -> Iterator[tuple[NewFolder, Path]]:
    """A folder for the body to fill, and a path at which it writes a file of that; the file alone has its name then.

    Both stand in one temporary folder, which goes at the end; leftovers in ``parent`` are removed.

    Args:
        parent: an existing folder.
        name: the file's name in it; nothing of that name may be there.

    Raises:
        NameTaken: something has the name already, whatever it is; it was not touched.
        ArchiveUnwritable: the system refused to write.
    """
    place = parent / name
    with opened_folder(parent) as above:
        if stands(above, name):
            raise NameTaken(place)
        with temporary_folder(above, place) as (outer, temporary):
            for one in (_OF_FOLDER, _OF_FILE):
                outer.make_folder(one)
            number = os.open(f"{temporary}/{_OF_FOLDER}", FOLDER_FLAGS, dir_fd=above)
            try:
                at = parent / temporary
                yield NewFolder(number, place, at / _OF_FOLDER), at / _OF_FILE / name
            finally:
                os.close(number)
            with writing(place):
                rename_whole(above, f"{temporary}/{_OF_FILE}/{name}", name, parent)
                os.fsync(above)
        remove_tree(above, temporary)


@contextlib.contextmanager
def passing_folder(parent: Path) -> Iterator[Path]:
    """A folder for the body to use and nobody else, which goes at the end; leftovers in ``parent`` are removed.

    Raises:
        ArchiveUnwritable: the system refused to make it.
    """
    with opened_folder(parent) as above, temporary_folder(above, parent / _OF_FOLDER) as (folder, temporary):
        # One below the other, whose lock is held.
        folder.make_folder(_OF_FOLDER)
        yield folder.tree().path / _OF_FOLDER
        remove_tree(above, temporary)


def clear_leftovers(parent: Path) -> None:
    """Remove what killed runs left in a folder, and nothing that somebody still works on.

    Raises:
        ArchiveUnwritable: the folder cannot be opened or locked.
    """
    with opened_folder(parent) as above, writing(parent), locked(parent):
        sweep(above)


@contextlib.contextmanager
def opened_folder(parent: Path) -> Iterator[int]:
    """A folder, open for the body, in which others are made.

    Raises:
        ArchiveUnwritable: it cannot be opened.
    """
    with writing(parent):
        above = os.open(parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield above
    finally:
        os.close(above)


@contextlib.contextmanager
def temporary_folder(above: int, place: Path) -> Iterator[tuple[NewFolder, str]]:
    """A new folder under a temporary name, and that name; if it still has it at the end, it is removed."""
    temporary = new_temporary_name()
    try:
        with writing(place.parent), locked(place.parent):
            sweep(above)
            os.mkdir(temporary, 0o700, dir_fd=above)
            number = os.open(temporary, FOLDER_FLAGS, dir_fd=above)
            lock(number, wait=False)
        try:
            folder = NewFolder(number, place, place.parent / temporary)
            yield folder, temporary
        finally:
            os.close(number)
    except BaseException:
        # Ctrl-C too. Once the rename has happened there is nothing left of this name.
        remove_tree(above, temporary)
        raise


def write_file(
    path: Path,
    content: bytes | Iterable[bytes],
    *,
    replace: bool = False,
    is_passing: bool = False,
    sweeps: bool = True,
) -> None:
    """Write one file, whole or in pieces, or nothing; with ``replace`` the old one stays until the new one is whole.

    Leftovers of killed runs in the same folder are removed, if it ``sweeps``. What making the pieces raises is passed
    on. A file that ``is_passing`` is not given to the disk: nobody wants it after this run, or it goes there with
    others (``many_files``).

    Raises:
        NameTaken: something has the name already, and it is not to be replaced.
        ArchiveUnwritable: the system refused to write.
    """
    with writing(path.parent):
        above = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    temporary = new_temporary_name()
    try:
        with writing(path):
            with locked(path.parent):
                if sweeps:
                    sweep(above)
                file = os.open(temporary, NEW_FILE, 0o600, dir_fd=above)
                lock(file, wait=False)
            try:
                for piece in (content,) if isinstance(content, bytes) else content:
                    write_all(file, piece)
                os.fchmod(file, FILE_MODE)
                if not is_passing:
                    os.fsync(file)
                # Its lock holds until it has its name: another run, or thread, would remove it as left over.
                if replace:
                    os.rename(temporary, path.name, src_dir_fd=above, dst_dir_fd=above)
                else:
                    rename_whole(above, temporary, path.name, path.parent)
            finally:
                os.close(file)
            if not is_passing:
                os.fsync(above)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary, dir_fd=above)
        raise
    finally:
        os.close(above)


def rename_whole(above: int, temporary: str, name: str, parent: Path) -> None:
    """Give what is complete its name; never replace what has it.

    Raises:
        NameTaken: something has the name.
    """
    try:
        if rename_exclusively(above, temporary, name):
            return
    except FileExistsError as error:
        raise NameTaken(parent / name) from error
    # The system or the file system cannot refuse to replace: ask first, with all other runs kept out.
    with locked(parent):
        if stands(above, name):
            raise NameTaken(parent / name)
        os.rename(temporary, name, src_dir_fd=above, dst_dir_fd=above)


def sync_folder(folder: int, made: Iterable[str]) -> None:
    """Give a folder's files to the disk: all at once; one by one only where the system cannot do that."""
    if sync_file_system(folder):
        return
    for path in (*made, "."):
        file = os.open(written(path), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        try:
            os.fsync(file)
        finally:
            os.close(file)
