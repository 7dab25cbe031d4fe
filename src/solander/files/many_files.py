"""Many files in one folder, each whole or not at all, by several threads: the disk is waited for once for all of them.

Source: docs/design.md, section 1 (law 4).
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from solander.files.refusals import writing
from solander.files.whole import made_folder, opened_folder, sync_folder, write_file


class ManyFiles:
    """Files of one folder that a run writes, one after the other or several at once.

    Under its name stands a whole file, or none, whatever stops the program. After a power cut that holds for those of
    which ``settle`` has returned.
    """

    def __init__(self, folder: Path) -> None:
        """The folder is made when the first file is written."""
        self._folder = folder
        self._held = contextlib.ExitStack()
        self._turn = threading.Lock()
        self._number: int | None = None
        self._has_swept = False
        self._written: list[str] = []

    def write(self, name: str, content: bytes) -> Path:
        """Write one file, over an older one; what killed runs left in the folder goes with the first.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        path = self._folder / name
        with self._turn:
            is_first = not self._has_swept
            if is_first:
                self._write_first(path, content)
        if not is_first:
            write_file(path, content, replace=True, is_passing=True, sweeps=False)
        with self._turn:
            self._written.append(name)
        return path

    def found(self, name: str) -> None:
        """Have a file waited for that stands there: whoever wrote it may have been killed before the disk had it.

        Raises:
            ArchiveUnwritable: the folder cannot be opened.
        """
        with self._turn:
            self._open()
            self._written.append(name)

    def settle(self) -> None:
        """Wait until the disk has all that was written.

        Raises:
            ArchiveUnwritable: the disk refused.
        """
        with self._turn:
            names, self._written = self._written, []
        if names and self._number is not None:
            try:
                with writing(self._folder):
                    sync_folder(self._number, names)
            except BaseException:
                with self._turn:
                    self._written += names
                raise

    def close(self) -> None:
        """Let go of the folder."""
        self._held.close()
        self._number = None

    def _write_first(self, path: Path, content: bytes) -> None:
        try:
            with made_folder(self._folder):
                self._open()
                write_file(path, content, replace=True, is_passing=True)
        except BaseException:
            # The folder may have gone again: the next to write makes another.
            self.close()
            raise
        self._has_swept = True

    def _open(self) -> None:
        # Before anything is written: an error of the disk is told to whoever had the folder open by then.
        if self._number is None:
            self._number = self._held.enter_context(opened_folder(self._folder))
