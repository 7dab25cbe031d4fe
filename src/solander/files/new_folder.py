"""A folder that is being filled: files written into it, copied and hashed on the way, or linked.

It stands under a temporary name until ``whole`` gives it its own. All paths are relative to it, with forward slashes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from solander.errors import ArchiveUnwritable
from solander.files.copying import Copying, CopyRefused
from solander.files.descent import decoded, enter, enter_below, shortened, written
from solander.files.folder import Folder
from solander.files.hashing import hash_files
from solander.files.refusals import refused, writing
from solander.files.telling import Telling
from solander.model.ports import Hashed, Wanted

FOLDER_MODE = 0o755
FILE_MODE = 0o644

NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NO_LINK = {errno.EPERM, errno.EXDEV, errno.EMLINK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EACCES}


class NewFolder:
    """An open folder, empty at first; what the system refuses is told of the place where the folder is to stand."""

    def __init__(self, number: int, place: Path, temporary: Path) -> None:
        """``number`` is the open folder, ``place`` its path to be, ``temporary`` its path meanwhile."""
        self.number, self.place, self._temporary = number, place, temporary
        self.made: dict[str, None] = {}
        """Paths of files and folders, in the order in which they were made."""

    def tree(self) -> Folder:
        """What stands in it by now."""
        return Folder(self._temporary)

    def write(self, entries: Iterable[tuple[str, bytes | Iterable[bytes]]]) -> None:
        """Write files, whole or in pieces; what reading them raises is passed on.

        Raises:
            ArchiveUnwritable: the system refused.
            ValueError: a path is empty, absolute, or climbs.
        """
        for path, content in entries:
            self._make_above(path)
            place = self.place / written(path)
            with writing(place), self._at(path) as (folder, name):
                file = os.open(name, NEW_FILE, FILE_MODE, dir_fd=folder)
            try:
                for chunk in (content,) if isinstance(content, bytes) else content:
                    with writing(place):
                        write_all(file, chunk)
                with writing(place):
                    os.fchmod(file, FILE_MODE)
            finally:
                os.close(file)
            self.made[path] = None

    def make_folder(self, path: str) -> None:
        """Make a folder and those above it, if they are not there.

        Raises:
            ArchiveUnwritable: the system refused.
            ValueError: the path is empty, absolute, or climbs.
        """
        self._make_above(f"{path}/.new")

    def make_link(self, path: str, target: str) -> None:
        """Make a symbolic link that says what another says; it is not followed.

        Raises:
            ArchiveUnwritable: the system refused.
            ValueError: the path is empty, absolute, or climbs.
        """
        self._make_above(path)
        with writing(self.place / written(path)), self._at(path) as (folder, name):
            os.symlink(written(target), name, dir_fd=folder)
        self.made[path] = None

    def copy(
        self,
        root: int,
        wanted: Sequence[Wanted],
        name: Callable[[str], str],
        *,
        threads: int | None = None,
        modified_ns: int | None = None,
        telling: Telling | None = None,
    ) -> Iterator[Hashed]:
        """Copy files from below another open folder, each read once, and give their digests as they come.

        Args:
            root: the folder that they are read from.
            wanted: as for ``hash_files``.
            name: the path here of a path there.
            threads: how many work at once.
            modified_ns: their time of modification; if it is not given, each keeps its own.
            telling: told how far they were read; whoever gives it has begun it.

        Raises:
            ArchiveUnwritable: the system refused to write.
        """
        folders = {name(one.path).rpartition("/")[0] for one in wanted}
        for folder in sorted(folders):
            if folder:
                self.make_folder(folder)
        piece = None if telling is None else telling.piece
        sizes = {} if telling is None else {one.path: one.size_bytes for one in wanted}
        copying = Copying(self.number, lambda path: written(name(path)), FILE_MODE, modified_ns)
        try:
            for one in hash_files(root, wanted, threads=threads, copying=copying, piece=piece):
                if telling is not None:
                    telling.done(one.path, sizes[one.path])
                if one.fault is None:
                    self.made[name(one.path)] = None
                else:
                    # What was not read to its end is no copy.
                    with contextlib.suppress(OSError), self._at(name(one.path)) as (above, last):
                        os.unlink(last, dir_fd=above)
                yield one
        except CopyRefused as error:
            raise refused(self.place / error.path, error.error) from error.error

    def link(self, root: int, path: str) -> bool:
        """Give a file below another open folder a second name here; ``False`` where the file system has no such thing.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        self._make_above(path)
        *folders, last = path.split("/")
        with writing(self.place / written(path)):
            there = enter(root, folders)
            try:
                here = enter(self.number, folders)
                try:
                    os.link(written(last), written(last), src_dir_fd=there, dst_dir_fd=here, follow_symlinks=False)
                finally:
                    os.close(here)
            except OSError as error:
                if error.errno in _NO_LINK:
                    return False
                raise
            finally:
                os.close(there)
        self.made[path] = None
        return True

    def take_rights(self, root: int, model: str) -> None:
        """Give everything here the rights and the owner of what has the same name below another open folder.

        Where the system gives nothing to another owner, a file of ours stays readable as it is, for else its old owner
        could read it no more.

        Args:
            root: the other folder.
            model: a path there, after which what has no fellow there is treated.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        like = os.stat(model, dir_fd=root, follow_symlinks=False)
        # What lies in a folder first: it may be one that nothing can be changed in.
        for path in reversed(self.made):
            with writing(self.place / written(path)), self._at(path) as (folder, name):
                here = os.stat(name, dir_fd=folder, follow_symlinks=False)
                there = _status(root, path) or like
                if stat.S_ISLNK(here.st_mode) or (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino):
                    continue
                is_given = (here.st_uid, here.st_gid) == (there.st_uid, there.st_gid)
                if not is_given:
                    with contextlib.suppress(PermissionError):
                        os.chown(name, there.st_uid, there.st_gid, dir_fd=folder, follow_symlinks=False)
                        is_given = True
                if is_given or stat.S_ISDIR(here.st_mode):
                    os.chmod(name, stat.S_IMODE(there.st_mode), dir_fd=folder)

    def _make_above(self, path: str) -> None:
        parts = path.split("/")
        if any(part in ("", ".", "..") for part in parts):
            raise ValueError(f"{path!r} is no path within a folder")
        missing: list[str] = []
        above = path.rpartition("/")[0]
        while above and above not in self.made:
            missing.append(above)
            above = above.rpartition("/")[0]
        for below in reversed(missing):
            with writing(self.place / written(path)), self._at(below) as (folder, name):
                os.mkdir(name, dir_fd=folder)
                os.chmod(name, FOLDER_MODE, dir_fd=folder)  # whatever the umask
            self.made[below] = None

    @contextlib.contextmanager
    def _at(self, path: str) -> Iterator[tuple[int, str]]:
        """A path within as the system takes it, however long it is: an open folder, and the path from there."""
        folder, name = shortened(self.number, written(path))
        try:
            yield folder, name
        finally:
            if folder != self.number:
                os.close(folder)


class Changed(ArchiveUnwritable):
    """What was read is no longer what stands there; nothing was kept."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "it changed while it was read; nothing was kept; try again when nothing writes to it")


def _status(root: int, path: str) -> os.stat_result | None:
    """What the system says of a path below an open folder; ``None`` where there is none."""
    try:
        folder, name = shortened(root, written(path))
    except FileNotFoundError:
        return None
    try:
        return os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    finally:
        if folder != root:
            os.close(folder)


def states(root: int) -> dict[str, tuple[int, ...]]:
    """Of every name below an open folder: what it is, which one, how large, and when it was changed.

    Raises:
        OSError: a folder could not be read.
    """
    found: dict[str, tuple[int, ...]] = {}
    waiting: list[str] = []
    folder, below = os.dup(root), ""
    try:
        while True:
            with os.scandir(folder) as names:
                for one in names:
                    path = f"{below}/{decoded(one.name)}" if below else decoded(one.name)
                    status = one.stat(follow_symlinks=False)
                    if stat.S_ISDIR(status.st_mode):
                        waiting.append(path)
                        found[path] = (stat.S_IFDIR, status.st_ino)
                    else:
                        found[path] = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns)
            if not waiting:
                return found
            path = waiting.pop()
            # Mostly the next one lies in this one: to go down to each from the top would cost the square of the depth.
            inner = enter_below(folder, below, path)
            if inner is None:
                inner = enter(root, path.split("/"))
            os.close(folder)
            folder, below = inner, path
    finally:
        os.close(folder)


def write_all(file: int, content: bytes) -> None:
    """Write all of it, however little the system takes at once."""
    view = memoryview(content)
    while view:
        view = view[os.write(file, view) :]
