"""Reports written to files, and the lines of files that reports speak of."""

from __future__ import annotations

from pathlib import Path

from solander.errors import ArchiveError, SolanderError
from solander.files.named import kind_of, read_whole
from solander.model.bag_layout import FILE_LIMIT_BYTES


def write_report(path: Path, content: bytes) -> None:
    """Write a report, whole or not at all; a file that stands there is replaced.

    Raises:
        ArchiveError: something that is no file stands there, or the system refused.
    """
    from solander.files.whole import write_file  # late, as below: most runs write no report

    if kind_of(path) not in ("file", "nothing"):
        raise ArchiveError(path, "it is no file, and no report is written over it")
    # Where a link leads to a file, that is replaced, and the link stays.
    write_file(path.resolve(), content, replace=True)


def append_summary(path: Path, content: bytes) -> None:
    """Add to the summary of a job, where its CI system keeps it.

    Raises:
        ArchiveError: the system refused.
    """
    from solander.files.appending import append

    append(path, content)


class SourceLines:
    """Lines of XML files, as findings name them; only the file that was asked for last is kept."""

    def __init__(self) -> None:
        self._path: str | None = None
        self._lines: list[str] = []

    def __call__(self, path: str, number: int) -> str | None:
        """A line by its number, from 1; ``None`` where there is none, or the file is no XML or cannot be read."""
        if not path.endswith(".xml"):
            return None
        if path != self._path:
            self._path, self._lines = path, _lines(Path(path))
        return self._lines[number - 1] if 0 < number <= len(self._lines) else None


def _lines(path: Path) -> list[str]:
    try:
        content = read_whole(path, FILE_LIMIT_BYTES)
    except (SolanderError, OSError, ValueError):
        # What cannot be read is told by a finding; here a line is missing, and no more.
        return []
    # As XML counts lines (XML 1.0, 2.11): CR LF is one end, and CR by itself is one too.
    return content.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
