"""Founding an archive: an empty folder with the ``solander.toml`` that says who keeps it."""

from __future__ import annotations

from pathlib import Path

from solander.errors import ArchiveError, UsageError
from solander.files.whole import TEMPORARY_NAME, made_folder, write_file
from solander.pipeline.outside_bags import outside_bags
from solander.profiles import PROFILE_NAME, default_toml


def begin_archive(folder: Path) -> Path:
    """Begin an archive and return the path of its ``solander.toml``.

    Raises:
        UsageError: the folder holds something already.
        ArchiveError: it could not be read or written.
    """
    outside_bags(folder, "DIR")
    settings = folder / PROFILE_NAME
    with made_folder(folder):
        try:
            # What a run that was killed left behind is nobody's: it goes when the settings are written.
            names = {one.name for one in folder.iterdir() if not TEMPORARY_NAME.fullmatch(one.name)}
        except OSError as error:
            raise ArchiveError(folder, error.strerror or "it could not be read") from error
        if PROFILE_NAME in names:
            raise UsageError(f"{folder}: this is an archive already: it has a {PROFILE_NAME}")
        if names:
            raise UsageError(f"{folder}: the folder is not empty; name a new one, or write {settings} by hand")
        write_file(settings, default_toml().encode())
    return settings
