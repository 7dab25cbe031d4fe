"""Places that a person names for a run, here or elsewhere (``s3://…``): what is there, and what they are called.

Faces ask here; what opens places is ``files``.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from solander.errors import ArchiveError, SourceMissing
from solander.files.elsewhere import elsewhere, is_elsewhere, shown_place
from solander.files.named import kind_of
from solander.files.whole import made_folder

__all__ = (
    "archive_at",
    "archive_made",
    "archive_standing",
    "from_anywhere",
    "refuse_closed",
    "shown_place",
    "there_of",
)


def archive_at(written: str) -> str | Path:
    """An archive as it was named: a folder here, or a place elsewhere as it is written."""
    return written if is_elsewhere(written) else Path(written)


def archive_standing(written: str) -> Path:
    """The folder of an archive that is there.

    Raises:
        SourceMissing: nothing is there.
        ArchiveError: it is no folder, or cannot be seen.
    """
    folder = Path(written)
    kind = kind_of(folder)
    if kind != "folder":
        raise SourceMissing(written) if kind == "nothing" else ArchiveError(folder, "this is no folder")
    return folder


@contextlib.contextmanager
def archive_made(archive: str | Path) -> Iterator[None]:
    """Where bags are written, there for the body: a folder here is made; what was made goes if the body fails.

    Raises:
        ArchiveUnwritable: it could not be made.
    """
    with contextlib.nullcontext() if is_elsewhere(archive) else made_folder(Path(archive)):
        yield


def from_anywhere(place: str | Path) -> str:
    """A place as another process on this or another machine finds it."""
    return str(place) if is_elsewhere(place) else str(Path(place).absolute())


def there_of(places: Sequence[str]) -> list[str]:
    """Those at which something stands; of what is elsewhere nobody is asked yet.

    Raises:
        ArchiveError: the system does not let us see one.
    """
    return [one for one in places if is_elsewhere(one) or kind_of(Path(one)) != "nothing"]


def refuse_closed(places: Sequence[str]) -> None:
    """Refuse places elsewhere that nothing installed opens; what is not reached is no misuse, and is told later.

    Raises:
        UsageError: what opens a place is not installed, or a password stands in its name.
    """
    for place in places:
        if is_elsewhere(place):
            with contextlib.suppress(ArchiveError):
                elsewhere(place)
