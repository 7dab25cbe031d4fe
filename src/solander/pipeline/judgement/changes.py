"""What of many things is worth judging: what changed since a commit, or what holds the files that somebody names.

Nothing is left out for want of knowledge: where an archive's settings changed, all of its bags are judged.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from solander.errors import SourceMissing
from solander.pipeline.judgement.ruling import archive_in
from solander.pipeline.subject import Subject, is_archive, is_bag, subjects
from solander.profiles import PROFILE_NAME


def since(reference: str, pieces: Sequence[Subject]) -> tuple[Subject, ...]:
    """Those of many things in which a file changed since a commit; an archive's own findings are always asked for.

    Args:
        reference: a commit, as git knows it.
        pieces: what there is to judge.

    Raises:
        UsageError: something lies in no git repository, or no commit is so called there.
        SourceUnreadable: git could not be asked.
    """
    from solander.files.git_changes import changed_since  # late: few runs ask git

    changed: dict[Path, frozenset[str]] = {}
    kept = []
    for piece in pieces:
        place = os.path.realpath(piece.path)
        folder = Path(place) if piece.kind == "archive" else Path(place).parent
        if folder not in changed:
            changed[folder] = _and_above(changed_since(reference, folder))
        paths = changed[folder]
        settings = os.path.realpath(archive_in(piece) / PROFILE_NAME)
        if piece.kind == "archive" or place in paths or settings in paths:
            kept.append(piece)
    return tuple(kept)


def _and_above(paths: Iterable[str]) -> frozenset[str]:
    """Paths, and every folder above them."""
    found: set[str] = set()
    for path in paths:
        while path and path not in found:
            found.add(path)
            path = path.rpartition("/")[0]
    return frozenset(found)


def holders(files: Iterable[str]) -> tuple[Subject, ...]:
    """The bags and archives that hold the files named, each once; files in neither are passed over.

    Args:
        files: paths, as a hook is given those that changed; what is not there any more is looked for all the same.

    Raises:
        ArchiveError: a folder is closed to us.
    """
    found: dict[str, Subject] = {}
    for name in files:
        for piece in _holders(Path(name)):
            found.setdefault(str(piece.path), piece)
    return tuple(found.values())


def _holders(path: Path) -> tuple[Subject, ...]:
    for folder in path.parents:
        if is_bag(folder):
            return (Subject(folder, "bag"),)
    for folder in path.parents:
        if is_archive(folder):
            if path == folder / PROFILE_NAME:
                return subjects(folder)
            return _below(folder, path)
    return ()


def _below(archive: Path, path: Path) -> tuple[Subject, ...]:
    """What stands directly in an archive, and is or holds a file: a bag's folder that is none, or an archive file."""
    place = archive / path.relative_to(archive).parts[0]
    try:
        return tuple(one for one in subjects(archive) if one.path == place)
    except SourceMissing:
        return ()
