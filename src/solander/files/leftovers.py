"""What runs leave that were killed: how it is called, and how the next run puts it right.

``.solander-<16 hex digits>.tmp`` was still being written, or had been replaced already: it goes.
``.<name>.<inode>.solander-old`` is a folder that was to be replaced, on a file system that cannot exchange two names at
once, by the one that has that inode: if nothing has its name, it gets it back; if its successor has it, it goes; and if
something else has it, nobody here knows what to do, and it stays.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat

from solander.files.descent import FOLDER_FLAGS, shortened
from solander.files.locks import lock

TEMPORARY_NAME = re.compile(r"\.solander-[0-9a-f]{16}\.tmp")
"""What is still being written, or was left by a run that was killed."""

_OLD_NAME = re.compile(r"\.(?P<name>.+)\.(?P<successor>[0-9a-f]+)\.solander-old", re.DOTALL)
_LEFT = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def new_temporary_name() -> str:
    """A name that nothing has."""
    return f".solander-{os.urandom(8).hex()}.tmp"


def old_name(name: str, successor: int) -> str:
    """What a folder is called while that of an inode takes its name, where the two cannot be exchanged at once."""
    return f".{name}.{successor:x}.solander-old"


def sweep(above: int) -> None:
    """Remove what killed runs left: temporary folders and files whose lock is free. The archive is locked meanwhile."""
    with os.scandir(above) as names:
        left = [one.name for one in names if one.name.startswith(".")]
    for name in left:
        put_right(above, name)
        if not TEMPORARY_NAME.fullmatch(name):
            continue
        try:
            kind = os.stat(name, dir_fd=above, follow_symlinks=False).st_mode
            # What is neither folder nor file was not left by us, and to open a device is to work it.
            if not (stat.S_ISDIR(kind) or stat.S_ISREG(kind)):
                continue
            one = os.open(name, _LEFT, dir_fd=above)
        except OSError:
            continue
        try:
            if lock(one, wait=False):
                if stat.S_ISDIR(kind):
                    remove_tree(above, name)
                else:
                    with contextlib.suppress(OSError):
                        os.unlink(name, dir_fd=above)
        finally:
            os.close(one)


def put_right(above: int, old: str) -> None:
    """Give a folder its name back that a killed run took from it, or remove it if its successor has the name."""
    parts = _OLD_NAME.fullmatch(old)
    if parts is None:
        return
    with contextlib.suppress(OSError):
        if not stands(above, parts["name"]):
            os.rename(old, parts["name"], src_dir_fd=above, dst_dir_fd=above)
        elif os.stat(parts["name"], dir_fd=above, follow_symlinks=False).st_ino == int(parts["successor"], 16):
            remove_tree(above, old)


def stands(above: int, name: str) -> bool:
    """Whether anything has a name in an open folder."""
    try:
        os.stat(name, dir_fd=above, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True


def remove_tree(above: int, name: str) -> None:
    """Remove a folder and all in it, as far as the system lets us; links are removed, never followed; no recursion."""
    waiting = [(name, False)]
    while waiting:
        path, emptied = waiting.pop()
        with contextlib.suppress(OSError):
            at, last = shortened(above, path)
            try:
                if emptied:
                    os.rmdir(last, dir_fd=at)
                    continue
                folder = os.open(last, FOLDER_FLAGS, dir_fd=at)
            finally:
                if at != above:
                    os.close(at)
            waiting.append((path, True))
            try:
                with os.scandir(folder) as names:
                    for one in names:
                        if one.is_dir(follow_symlinks=False):
                            waiting.append((f"{path}/{one.name}", False))
                        else:
                            os.unlink(one.name, dir_fd=folder)
            finally:
                os.close(folder)
