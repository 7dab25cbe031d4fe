"""Many folders at once, each whole or not at all: the disk is waited for once.

Source: docs/design.md, section 1 (law 4).
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from solander.errors import NameTaken
from solander.files.leftovers import remove_tree
from solander.files.locks import locked
from solander.files.new_folder import FOLDER_MODE, NewFolder
from solander.files.refusals import writing
from solander.files.system_calls import sync_file_system
from solander.files.whole import opened_folder, rename_whole, sync_folder, temporary_folder


def write_folders(
    parent: Path,
    folders: Sequence[tuple[str, Iterable[tuple[str, bytes | Iterable[bytes]]]]],
    may_stand: Callable[[int], bool],
) -> list[Path | None]:
    """Write several folders, each with all its files or not at all, and give them to the disk at once.

    To wait for the disk takes as long for one folder as for a hundred.

    Args:
        parent: an existing folder.
        folders: names, and what each holds, as for ``write_folder``.
        may_stand: is asked of each by its number, when all are on the disk and every other run is kept out, whether it
            may still have its name; what may not is removed.

    Returns:
        The folders' paths; ``None`` of each that may not stand, or whose name something else had.

    Raises:
        ArchiveUnwritable: the system refused to write; then none of them stands that did not yet have its name.
    """
    found: list[Path | None] = []
    with opened_folder(parent) as above, contextlib.ExitStack() as stack:
        made: list[tuple[NewFolder, str]] = []
        for name, entries in folders:
            folder, temporary = stack.enter_context(temporary_folder(above, parent / name))
            folder.write(entries)
            with writing(parent / name):
                os.fchmod(folder.number, FOLDER_MODE)
            made.append((folder, temporary))
        with writing(parent):
            if made and not sync_file_system(made[-1][0].number):
                for folder, _ in made:
                    sync_folder(folder.number, folder.made)
            with locked(parent):
                for number, (name, _) in enumerate(folders):
                    found.append(_named(above, made[number][1], name, parent) if may_stand(number) else None)
                    if found[-1] is None:
                        remove_tree(above, made[number][1])
            os.fsync(above)
    return found


def _named(above: int, temporary: str, name: str, parent: Path) -> Path | None:
    try:
        rename_whole(above, temporary, name, parent)
    except NameTaken:
        return None
    return parent / name
