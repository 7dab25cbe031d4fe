"""A file that comes into a folder from elsewhere, piece by piece: there once it is whole, and never over another.

Meanwhile it lies beside the folder, not in it, so that a run that is killed leaves the folder as it was; the next run
clears away what lies there.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from solander.errors import NameTaken
from solander.files.descent import enter, written
from solander.files.leftovers import new_temporary_name, sweep
from solander.files.locks import lock, locked
from solander.files.new_folder import FILE_MODE, FOLDER_MODE, NEW_FILE, write_all
from solander.files.refusals import writing
from solander.files.system_calls import rename_exclusively


@contextlib.contextmanager
def arriving_file(folder: Path, path: str) -> Iterator[Callable[[bytes], None]]:
    """Hand out what writes the pieces; when the body is done, the file is given to the disk and gets its name.

    Args:
        folder: an existing folder, which may be a link.
        path: where the file is to lie in it; folders on the way are made, and no link is followed.

    Raises:
        NameTaken: something has the name already; it was not touched.
        ArchiveUnwritable: the system refused to write.
    """
    home = Path(os.path.realpath(folder))
    place = folder / written(path)
    temporary = new_temporary_name()
    with contextlib.ExitStack() as open_files:

        def opened(number: int) -> int:
            open_files.callback(os.close, number)
            return number

        with writing(home.parent):
            above = opened(os.open(home.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC))
        with writing(folder):
            root = opened(os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC))
        try:
            with writing(home.parent), locked(home.parent):
                sweep(above)
                file = opened(os.open(temporary, NEW_FILE, 0o600, dir_fd=above))
                lock(file, wait=False)

            def write(piece: bytes) -> None:
                with writing(place):
                    write_all(file, piece)

            yield write
            *folders, name = path.split("/")
            with writing(place):
                os.fchmod(file, FILE_MODE)
                os.fsync(file)
                target = opened(_made(root, folders))
                _move(above, temporary, target, written(name), place)
                os.fsync(target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary, dir_fd=above)
            raise


def _made(root: int, folders: list[str]) -> int:
    """Open a folder below ``root``; what is not there of it is made."""
    for depth in range(1, len(folders) + 1):
        above = enter(root, folders[: depth - 1])
        try:
            with contextlib.suppress(FileExistsError):
                os.mkdir(written(folders[depth - 1]), FOLDER_MODE, dir_fd=above)
                os.fsync(above)
        finally:
            os.close(above)
    return enter(root, folders)


def _move(above: int, temporary: str, target: int, name: str, place: Path) -> None:
    try:
        if rename_exclusively(above, temporary, name, into=target):
            return
        # A second name never replaces anything either.
        os.link(temporary, name, src_dir_fd=above, dst_dir_fd=target, follow_symlinks=False)
        os.unlink(temporary, dir_fd=above)
    except FileExistsError as error:
        raise NameTaken(place) from error
    except OSError as error:
        if error.errno == errno.EXDEV:
            error.strerror = "the bag is a file system of its own, and nothing can be moved into it at once"
        raise
