"""Validating what stands: a bag, an archive of bags, a TEI file, or a page that might be packed.

Nothing is changed. What could not be checked is said to be so: a report with such a line has not passed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from solander.checking.rules import codes
from solander.errors import ArchiveError, NotABag, ProfileError, SourceMissing
from solander.files.folder import Folder
from solander.files.named import kind_of, read_head, read_whole
from solander.model.bag import Bag
from solander.model.finding import IN_PART, SEVERITIES, Report, in_order
from solander.model.ports import Tree
from solander.model.serialised import INNER_MARK, SERIALISED_ENDINGS
from solander.pipeline.layout_names import FILE_LIMIT_BYTES, JUDGED_NAMES, TEI_NAME
from solander.pipeline.merging import merge, placed, placed_at_page, without
from solander.profiles import PROFILE_NAME, SCHEMAS, load_profile

if TYPE_CHECKING:
    from solander.files.members import SerialisedTree

_TEI_MARK = b"http://www.tei-c.org/ns/1.0"
_MARK_WITHIN_BYTES = 4096
_NO_ARCHIVE_FILE = ", nor an archive file: its bytes are those of neither zip nor tar"
_UNREAD = ("file-unreadable", "file-changed-while-read")
_NEXT_STEP = ", and no archive, for it holds no bags (pages are named one by one); see: solander explain BAG001"


class Subject(NamedTuple):
    """Something to be judged."""

    path: Path
    kind: str
    """``bag``, ``fixity`` (a bag of which only this is judged), ``serialised`` (a bag in an archive file), ``archive``
    (its ``solander.toml``, and its bags beside one another), ``stray`` (a folder in an archive that is no bag), ``tei``
    or ``page``."""


Validated: TypeAlias = str | Path | Subject


def subjects(path: Path) -> tuple[Subject, ...]:
    """What there is to judge at a path: itself, or what an archive holds.

    Raises:
        SourceMissing: nothing is there.
        NotABag: it is a folder, but neither a bag nor an archive.
        ArchiveError: it could not be read.
    """
    kind = kind_of(path)
    if kind == "nothing":
        raise SourceMissing(str(path))
    if kind != "folder":
        head = read_head(path, _MARK_WITHIN_BYTES) if kind == "file" else b""
        if _TEI_MARK in head:
            return (Subject(path, "tei"),)
        return (Subject(path, "serialised" if kind == "file" and _tree_in(path) is not None else "page"),)
    if _is_bag(path):
        return (Subject(path, "bag"),)
    try:
        with os.scandir(path) as entries:
            names = sorted(
                (one.name, one.is_dir(follow_symlinks=False))
                for one in entries
                if not one.name.startswith(".") and (one.is_dir(follow_symlinks=False) or _is_named_archive_file(one))
            )
    except OSError as error:
        raise ArchiveError(path, error.strerror or "it could not be read") from error
    found = [_within_archive(path / name, is_folder=is_folder) for name, is_folder in names]
    if not _is_archive(path) and not any(one.kind in ("bag", "serialised") for one in found):
        raise NotABag(path, _NEXT_STEP)
    return (Subject(path, "archive"), *found)


def _within_archive(path: Path, *, is_folder: bool) -> Subject:
    kind = "bag" if is_folder else "serialised"
    try:
        return Subject(path, kind if (_is_bag(path) if is_folder else _holds_bag(path)) else "stray")
    except ArchiveError:
        # It stops no other: whoever judges it is told that it cannot be read.
        return Subject(path, kind)


def _is_named_archive_file(one: os.DirEntry[str]) -> bool:
    return one.name.lower().endswith(SERIALISED_ENDINGS) and one.is_file(follow_symlinks=False)


def _is_bag(folder: Path) -> bool:
    """Whether a folder has a ``bagit.txt``, be it a link or worse: that is for the rules to say.

    Raises:
        ArchiveError: the folder is closed to us.
    """
    return os.path.lexists(folder / "bagit.txt") or kind_of(folder / "bagit.txt") != "nothing"


def _is_archive(folder: Path) -> bool:
    return os.path.lexists(folder / PROFILE_NAME)


def _archive_of(path: Path) -> Path:
    """The folder in which a thing lies, by whatever name or link the thing was called."""
    return Path(os.path.realpath(path)).parent


def validate(*paths: Validated, mode: str = "full", threads: int | None = None) -> Report:
    """Judge bags, archives of bags, TEI files and pages.

    Args:
        *paths: paths, or ``subjects`` of one.
        mode: of bags ``full``, or less: ``completeness`` reads no file for its digest, ``fast`` goes by
            ``Payload-Oxum``; neither looks at what Solander puts into a bag, and the report has not ``passed``.
        threads: how many read a bag's files at once; as many as there are processors, if it is not said.

    Returns:
        One report; its findings' places begin with the path as given.

    Raises:
        SolanderError: something is not there or could not be read at all.
        ValueError: there is no such mode.
    """
    parts = [
        without(_validated(subject, mode, threads), _ignored(subject))
        for path in paths
        for subject in ((path,) if isinstance(path, Subject) else subjects(Path(path)))
    ]
    names = [str(path.path if isinstance(path, Subject) else path) for path in paths]
    return merge(parts, subject=", ".join(names))


def fail_on_of(pieces: Iterable[Subject]) -> str:
    """The mildest finding that counts by the profiles of the archives in which things lie; ``error`` without one.

    Raises:
        ProfileError: a profile cannot be used, so that nobody knows what counts there.
        ArchiveError: the system does not let us see whether there is one.
    """
    folders = dict.fromkeys(piece.path if piece.kind == "archive" else _archive_of(piece.path) for piece in pieces)
    return min((load_profile(folder).fail_on for folder in folders), key=SEVERITIES.index, default="error")


def _ignored(subject: Subject) -> tuple[str, ...]:
    """Codes that the archive in which a thing lies does not want to hear of."""
    try:
        return load_profile(_archive_of(subject.path)).ignore
    except (ProfileError, ArchiveError):
        # It is told of by ``fail_on_of``, or as a subject of its own; nothing is passed over meanwhile.
        return ()


def _validated(subject: Subject, mode: str, threads: int | None) -> Report:
    path = subject.path
    if subject.kind == "tei":
        # Late, here and below: each judge brings its own libraries.
        from solander.pipeline.judging import judge_tei

        content = read_whole(path, FILE_LIMIT_BYTES)
        return _counted(judge_tei(content, str(path)), "documents", 1, len(content))
    if subject.kind == "page":
        return _page(path)
    if subject.kind == "archive":
        load_profile(path)
        return _versions(path)
    if subject.kind == "serialised":
        return _serialised(path, mode)
    if subject.kind != "stray" and not _is_bag(path):
        raise NotABag(path)
    from solander.packing import parse_bag

    tree = Folder(path, threads=threads)
    bag = parse_bag(tree)
    report = _fixity(bag, tree, mode)
    if subject.kind == "stray":
        # One finding says it: what else such a folder lacks is beside the point.
        missing = tuple(one for one in report.findings if one.name == "bagit-txt-missing")
        return placed(Report(subject=str(path), findings=missing, counts=(("strays", 1),)), str(path))
    if subject.kind == "bag" and mode == "full":
        profile = _profile(bag, in_archive=_is_archive(_archive_of(path)))
        report = merge((report, profile, _contents(tree, bag)), subject=str(path))
    return _counted_bag(placed(report, str(path)), bag)


def _serialised(path: Path, mode: str) -> Report:
    """The judgement of a bag in an archive file: the file's own, and the bag's as if it lay in a folder.

    Raises:
        NotABag: it is no archive file, or nothing in it says that it is a bag.
        ArchiveError: it could not be read.
    """
    from solander.checking import bag_serialised
    from solander.packing import parse_bag

    tree = _tree_in(path)
    if tree is None:
        raise NotABag(path, _NO_ARCHIVE_FILE)
    bag = parse_bag(tree)
    if not any(one.path == "bagit.txt" for one in bag.entries):
        met = {fault.kind for fault in tree.serialisation().faults}
        if met <= {"serialised-root-not-one", "serialised-edges-irregular"}:
            raise NotABag(path)
    parts = [_fixity(bag, tree, mode)]
    if mode == "full":
        parts += [_profile(bag, in_archive=_is_archive(_archive_of(path))), _contents(tree, bag)]
    # Last: what is wrong with members shows when they are read.
    findings = bag_serialised.check_serialised(tree.serialisation())
    file = Report(
        subject=str(path),
        findings=findings,
        rules=codes(bag_serialised.RULES),
        unchecked=tuple(f"{one.place}: {one.message}" for one in findings if one.name in bag_serialised.NEVER_CHECKED),
    )
    report = merge((file, *parts), subject=str(path))
    return _counted_bag(placed(report, str(path), mark=INNER_MARK), bag)


def _tree_in(path: Path) -> SerialisedTree[Any] | None:
    # Late: a folder needs none of the libraries that decompress.
    from solander.files.serialised import find_serialised

    return find_serialised(path)


def _holds_bag(path: Path) -> bool:
    """Whether an archive file has a bag in it.

    Raises:
        ArchiveError: it could not be read.
    """
    tree = _tree_in(path)
    return tree is not None and any(entry.path == "bagit.txt" for entry in tree.entries())


def _counted_bag(report: Report, bag: Bag) -> Report:
    size_bytes = sum(entry.size_bytes for entry in bag.entries)
    files = sum(entry.kind == "file" for entry in bag.entries)
    return _counted(report, "bags", files, size_bytes)


def _versions(archive: Path) -> Report:
    """The judgement of an archive's bags beside one another."""
    from solander.checking import archive_versions
    from solander.pipeline.archive import Archive

    versions = [
        archive_versions.Version(one.path.name, one.identifier, one.version)
        for one in Archive(archive).standing()
        if one.is_ours and one.version
    ]
    report = Report(
        subject=str(archive),
        findings=in_order(archive_versions.check_versions(versions)),
        rules=codes(archive_versions.RULES),
        counts=(("bags", 0), ("files", 0), ("bytes", 0)),
    )
    return placed(report, str(archive))


def _counted(report: Report, kind: str, files: int, size_bytes: int) -> Report:
    counts = (
        (kind, 1),
        (f"{kind}-with-findings", int(bool(report.at_or_above("warning")))),
        ("files", files),
        ("bytes", size_bytes),
    )
    return merge((report, Report(subject="", counts=counts)), subject=report.subject)


def _page(path: Path) -> Report:
    from solander.pipeline.judging import judge
    from solander.pipeline.normalising import normalise

    normalised = normalise(path)
    report = judge(normalised)
    return _counted(placed_at_page(report, str(path)), "pages", 1, len(normalised.capture.original))


def _fixity(bag: Bag, tree: Tree, mode: str) -> Report:
    from solander.checking import bag as bag_rules

    findings = in_order(bag_rules.check_bag(bag, tree, mode=mode))
    unread = tuple(f"{one.place}: {one.message}" for one in findings if one.name in _UNREAD)
    if bag.manifests and not any(one.algorithm for one in bag.manifests):
        unread += ("no payload manifest is of an algorithm that is known here",)
    return Report(
        subject=bag.name,
        findings=findings,
        rules=codes(bag_rules.rules_of(mode)),
        unchecked=unread + bag_rules.unchecked_of(bag, mode),
        counts=() if mode == "full" else ((f"{IN_PART}{mode}", 1),),
    )


def _contents(tree: Tree, bag: Bag) -> Report:
    """The judgement of what Solander puts into a bag; a bag that has nothing of it costs none of its libraries."""
    if not any(entry.path in JUDGED_NAMES for entry in bag.entries) and not any(
        TEI_NAME in one.entries.paths for one in bag.manifests
    ):
        return Report(subject=bag.name)
    from solander.pipeline.bag_contents import judge_contents

    return judge_contents(tree, bag)


def _profile(bag: Bag, *, in_archive: bool) -> Report:
    """The judgement by profiles: by our own, of a bag that names it or is one of ours; of others it is asked less.

    A bag from elsewhere is judged by BagIt alone, whatever profile it names: BAG059 says so. In an archive of ours it
    must name ours.
    """
    from solander.checking import bag_profile

    if bag_profile.claims_own_profile(bag):
        checks = bag_profile.RULES
    elif in_archive:
        # What else a bag from elsewhere lacks is beside the point.
        checks = bag_profile.NAMING_RULES
    else:
        return Report(subject=bag.name)
    return Report(
        subject=bag.name,
        findings=in_order(bag_profile.check_profile(bag, SCHEMAS, checks)),
        rules=codes(checks),
        schemas=(bag_profile.profile_used(SCHEMAS),),
    )
