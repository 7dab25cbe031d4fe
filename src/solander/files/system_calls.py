"""Calls of Linux that Python does not have: ``syncfs``, ``prctl``, renames that never replace, or exchange two names.

Where the C library or the file system lacks one, its function says so, and the caller has another way.
"""

from __future__ import annotations

import errno
import os
import signal
from typing import Any

_RENAME_NOREPLACE = 1
_RENAME_EXCHANGE = 2
_PR_SET_PDEATHSIG = 1
_LARGE, _KEPT = (-3, 256 * 1024), (-1, 1024 * 1024)
"""``M_MMAP_THRESHOLD`` and ``M_TRIM_THRESHOLD``, as ``malloc.h`` numbers them."""
_LACKING = (errno.ENOSYS, errno.EINVAL)


def sync_file_system(folder: int) -> bool:
    """Give all that was written on an open folder's file system to the disk; ``False`` where there is no such call.

    Syncing each of 20,000 files costs 34 s, one ``syncfs`` 0.2 s.

    Raises:
        OSError: the disk refused.
    """
    return called("syncfs", folder, lacking=(errno.ENOSYS,))


def rename_exclusively(folder: int, old: str, new: str, *, into: int | None = None) -> bool:
    """Rename within an open folder, or into another, never replacing anything; ``False`` where there is no such call.

    Raises:
        FileExistsError: something has the new name.
        OSError: the system refused.
    """
    there = folder if into is None else into
    names = os.fsencode(old), os.fsencode(new)
    return called("renameat2", folder, names[0], there, names[1], _RENAME_NOREPLACE, lacking=_LACKING)


def exchange(folder: int, one: str, other: str) -> bool:
    """Exchange two names in an open folder at once; ``False`` where there is no such call.

    Raises:
        OSError: the system refused.
    """
    names = os.fsencode(one), os.fsencode(other)
    return called("renameat2", folder, names[0], folder, names[1], _RENAME_EXCHANGE, lacking=_LACKING)


def end_with_parent(parent: int) -> None:
    """Have this process killed when the one that forked it, ``parent``, ends, however that ends."""
    called("prctl", _PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0, lacking=_LACKING)
    if os.getppid() != parent:
        os._exit(1)  # it had ended before


def give_back_large_blocks() -> bool:
    """Have memory of more than a page's usual size given back to the system as soon as it is free; for long runs.

    The C library learns from the first large page to keep such blocks, and what lies behind them then stays as well:
    of a crawl's pages, up to 5 MB each, 162 MiB were kept and not 124. ``False`` where it cannot be told.
    """
    try:
        import ctypes  # late: as below

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    except (ImportError, OSError):
        return False  # a Python that can call nothing but itself
    return mallopt is not None and all(mallopt(*one) == 1 for one in (_LARGE, _KEPT))


def called(name: str, *arguments: Any, lacking: tuple[int, ...]) -> bool:
    """Call a function of the C library; ``False`` where it is not there.

    Args:
        name: of the function.
        arguments: as ``ctypes`` takes them.
        lacking: numbers of errors by which the system says that it has no such call.

    Raises:
        OSError: the system refused.
    """
    import ctypes  # late: 10 ms, and only writing needs it

    function = getattr(ctypes.CDLL(None, use_errno=True), name, None)
    if function is None:
        return False
    if function(*arguments) == 0:
        return True
    number = ctypes.get_errno()
    if number in lacking:
        return False
    raise OSError(number, os.strerror(number))
