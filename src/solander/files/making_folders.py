"""Folders that are made where something is to be written, and go again if it is not.

Source: docs/design.md, section 1 (law 4: whole or not at all).
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from solander.errors import ArchiveUnwritable
from solander.files.leftovers import TEMPORARY_NAME
from solander.files.new_folder import FOLDER_MODE
from solander.files.refusals import writing


@contextlib.contextmanager
def made_folder(path: Path) -> Iterator[Path]:
    """A folder that is there for the body, made with its parents if need be; what was made goes if the body fails.

    When the body is done the disk has the names of those that were made: what lies in them is not reached without.
    So it has those of folders in which nothing else lies: a run that was killed may have made them and not said so.

    Raises:
        ArchiveUnwritable: it could not be made, or something else has the name.
    """
    made: list[Path] = []
    left: list[Path] = []
    try:
        with writing(path):
            missing: list[Path] = []
            one = path
            while not one.exists():
                missing.append(one)
                one = one.parent
            left = _left_by_others(one, missing[-1].name if missing else None)
            for one in reversed(missing):
                try:
                    one.mkdir(FOLDER_MODE)
                    made.append(one)
                except FileExistsError:
                    pass
                except FileNotFoundError as error:
                    # What is above is there: so /proc answers, in which the system alone makes folders.
                    raise PermissionError(errno.EPERM, "no folder can be made here") from error
            if not path.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, "no folder")
        yield path
        for one in left:
            with contextlib.suppress(ArchiveUnwritable):
                sync_names(one.parent)
        for one in made:
            sync_names(one.parent)
    except BaseException:
        for one in reversed(made):
            # Another run may have put something there meanwhile: then it stays.
            with contextlib.suppress(OSError):
                one.rmdir()
        raise


def _left_by_others(folder: Path, within: str | None) -> list[Path]:
    """A folder and those above it, as far as nothing else lies in each than the one below, or what nobody keeps."""
    left: list[Path] = []
    folder = folder.absolute()
    with contextlib.suppress(OSError):
        while folder != folder.parent and _has_only(folder, within):
            left.append(folder)
            folder, within = folder.parent, folder.name
    return left


def _has_only(folder: Path, within: str | None) -> bool:
    with os.scandir(folder) as names:
        return all(one.name == within or TEMPORARY_NAME.fullmatch(one.name) for one in names)


def sync_names(folder: Path) -> None:
    """Wait until the disk has the names that lie directly in a folder.

    Raises:
        ArchiveUnwritable: the system refused.
    """
    with writing(folder):
        try:
            number = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except PermissionError:
            return  # who may write there and not look into it can ask for no more
        try:
            os.fsync(number)
        finally:
            os.close(number)
