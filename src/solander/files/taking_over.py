"""A file that another program wrote takes the name that it is to have: at once, and given to the disk before."""

from __future__ import annotations

import os
from pathlib import Path

from solander.files.new_folder import FILE_MODE
from solander.files.refusals import writing


def take_over(made: Path, name: Path) -> None:
    """Give a complete file its name, over the file that has it; both lie on one file system.

    Raises:
        ArchiveUnwritable: the system refused; the older file stands as it was.
    """
    with writing(name):
        file = os.open(made, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            os.fchmod(file, FILE_MODE)
            os.fsync(file)
        finally:
            os.close(file)
        made.replace(name)
        above = os.open(name.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(above)
        finally:
            os.close(above)
