"""A bag made as one archive file: filled as a folder in a temporary place, written as a file, and that file judged.

What stands at the end is the file alone, whole and judged, or nothing.

Source: RFC 8493, section 4.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from solander.errors import ArchiveUnwritable, PayloadRefused
from solander.files.descent import written
from solander.files.new_folder import NewFolder
from solander.files.serialising import write_serialised
from solander.files.whole import whole_file
from solander.model.finding import Finding
from solander.pipeline.bags.judging import judge_bag
from solander.pipeline.bags.payload_sources import Source


@contextmanager
def serialised_folder(parent: Path, name: str, form: str) -> Iterator[NewFolder]:
    """A folder for the body to fill with a bag, which then stands as one archive file, ``NAME.FORM``.

    Args:
        parent: an existing folder, in which the file comes to stand.
        name: the bag's, and that of the archive's one root folder.
        form: one of ``serialising.FORMS``.

    Raises:
        NameTaken: something has the file's name.
        ArchiveError: it could not be written, or what was written is not the bag; nothing was left behind.
    """
    with whole_file(parent, f"{name}.{form}") as (folder, file):
        yield folder
        place = parent / file.name
        try:
            write_serialised(file, folder.tree(), name, form)
        except ArchiveUnwritable as error:
            # Nobody knows the temporary place, and it is gone by now.
            raise ArchiveUnwritable(place, error.what) from error
        for fault in _faults(file):
            raise ArchiveUnwritable(place, f"what stands on the disk is not what was written: {fault.message}")


def refuse_unfit(taken: list[Source]) -> None:
    """Refuse payload names that no archive file should hold, all at once.

    Raises:
        PayloadRefused: there are some.
    """
    why = "a backslash in its name parts folders where archive files are unpacked on other systems"
    names = [
        (str(source.folder / written(name)), why)
        for source in taken
        for name in (*source.names, *(source.chosen.empty_folders if source.chosen else ()))
        if "\\" in name or "\\" in source.names.get(name, "")
    ]
    if names:
        raise PayloadRefused(
            str(taken[0].folder), tuple(names), "nothing was written; leave --serialise out, or rename"
        )


def _faults(file: Path) -> Iterator[Finding]:
    """The errors of a bag in an archive file, read as it stands."""
    from solander.checking.bags.serialised import check_serialised
    from solander.files.serialised import find_serialised
    from solander.packing import parse_bag

    tree = find_serialised(file)
    if tree is None:
        raise ArchiveUnwritable(file, "what stands on the disk is no archive file")
    bag = parse_bag(tree)
    yield from judge_bag(bag, tree).at_or_above("error")
    # Last: what is wrong with members shows when they are read.
    yield from (one for one in check_serialised(tree.serialisation()) if one.severity == "error")
