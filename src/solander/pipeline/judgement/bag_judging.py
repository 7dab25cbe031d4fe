"""The judgement of a bag, in a folder or in an archive file: its fixity, its profiles, and what Solander put into it.

What could not be checked is said to be so: a report with such a line has not passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solander.checking.rules import codes
from solander.errors import NotABag
from solander.files.folder import Folder
from solander.files.named import kind_of
from solander.model.bag import PROFILE_IDENTIFIER, Bag
from solander.model.bag_layout import JUDGED_NAMES, TEI_NAME
from solander.model.finding import IN_PART, Report, in_order
from solander.model.ports import Told, Tree
from solander.model.serialised import INNER_MARK
from solander.pipeline.judgement.counting import counted
from solander.pipeline.judgement.ruling import settings_in
from solander.pipeline.merging import merge, placed
from solander.pipeline.subject import (
    NO_ARCHIVE_FILE,
    Subject,
    archive_of,
    closed_to_us,
    is_archive,
    is_bag,
    tree_in,
    without_bag,
)

if TYPE_CHECKING:
    from solander.model.bag_profile import BagProfile

_UNREAD = ("file-unreadable", "file-changed-while-read")


class Asked(NamedTuple):
    """How things are to be judged, as ``validate`` was asked."""

    mode: str
    threads: int | None
    profile: BagProfile | None
    """By which bags are judged instead of those that they name."""
    told: Told | None
    asks_bagit: bool
    """Whether there is to be a second opinion."""


class _Read(NamedTuple):
    """A bag in a folder, read."""

    tree: Tree
    bag: Bag
    archive: Path
    """The folder in which it stands."""
    given: tuple[BagProfile, ...]
    """Profiles that are known besides those built in."""
    fixity: Report


def judge_bag(subject: Subject, asked: Asked) -> Report:
    """The judgement of a bag in a folder.

    Raises:
        NotABag: it is none.
    """
    path = subject.path
    if not is_bag(path):
        raise NotABag(path)
    tree, bag, archive, given, report = _read(path, asked)
    if asked.mode == "full":
        kept = _profiles(tree, bag, archive, given, asked.profile)
        second = (_second_opinion(bag, report, path),) if asked.asks_bagit else ()
        report = merge((report, kept, _contents(tree, bag), *second), subject=str(path))
    return _counted_bag(placed(report, str(path)), bag)


def judge_fixity(subject: Subject, asked: Asked) -> Report:
    """The judgement of a bag's fixity and of nothing else, in a folder or in an archive file.

    Raises:
        NotABag: it is none.
    """
    path = subject.path
    if kind_of(path) == "file":
        return judge_serialised(subject, asked)
    if not is_bag(path):
        raise NotABag(path)
    read = _read(path, asked)
    return _counted_bag(placed(read.fixity, str(path)), read.bag)


def judge_stray(subject: Subject, asked: Asked) -> Report:
    """That a folder among bags is none: one finding says it, and what else it lacks is beside the point."""
    path = subject.path
    report = _read(path, asked).fixity
    missing = tuple(one for one in report.findings if one.name == "bagit-txt-missing")
    return placed(Report(subject=str(path), findings=missing, counts=(("strays", 1),)), str(path))


def _read(path: Path, asked: Asked) -> _Read:
    from solander.packing import parse_bag

    tree = Folder(path, threads=asked.threads, told=asked.told)
    bag = parse_bag(tree)
    archive = archive_of(path)
    given = (asked.profile,) if asked.profile is not None else _given(archive)
    return _Read(tree, bag, archive, given, _fixity(bag, tree, asked.mode, given))


def judge_serialised(subject: Subject, asked: Asked) -> Report:
    """The judgement of a bag in an archive file: the file's own, and the bag's as if it lay in a folder.

    Where its fixity alone is asked for, that is judged, and neither profiles nor contents.

    Raises:
        NotABag: it is no archive file, or nothing in it says that it is a bag.
        ArchiveError: it could not be read, or there is nothing in it.
    """
    from solander.packing import parse_bag
    from solander.pipeline.bags.file_judging import judge_file, read_in_part

    path, profile = subject.path, asked.profile
    tree = tree_in(path)
    if tree is None:
        raise NotABag(path, NO_ARCHIVE_FILE)
    tree.telling.told = asked.told
    if (closed := closed_to_us(path, tree)) is not None:
        raise closed
    bag = parse_bag(tree)
    met = {fault.kind for fault in tree.faults_so_far()}
    if met <= {"serialised-root-not-one", "serialised-edges-irregular"} and not any(
        one.path == "bagit.txt" for one in bag.entries
    ):
        raise without_bag(path, tree)
    if "serialised-unreadable" in met:
        # What is not seen may stand where it was cut off: nobody can say that the bag lacks it.
        return _counted_bag(placed(read_in_part(path, tree.serialisation()), str(path), mark=INNER_MARK), bag)
    archive = archive_of(path)
    given = (profile,) if profile is not None else _given(archive)
    parts = [_fixity(bag, tree, asked.mode, given)]
    if asked.mode == "full" and subject.kind != "fixity":
        parts += [_profiles(tree, bag, archive, given, profile, tree.form), _contents(tree, bag)]
    # Last: what is wrong with members shows when they are read.
    file = judge_file(path, tree.serialisation())
    second = (_second_opinion(bag, merge((file, parts[0]), subject=str(path)), None),) if asked.asks_bagit else ()
    report = merge((file, *parts, *second), subject=str(path))
    return _counted_bag(placed(report, str(path), mark=INNER_MARK), bag)


def _second_opinion(bag: Bag, own: Report, path: Path | None) -> Report:
    """The second opinion on a bag in a folder; without ``path``, on one in an archive file."""
    from solander.pipeline.bags.second_opinion import judge_by_second_opinion, not_asked_of_file

    return not_asked_of_file(own) if path is None else judge_by_second_opinion(bag, own, path)


def _counted_bag(report: Report, bag: Bag) -> Report:
    size_bytes = sum(entry.size_bytes for entry in bag.entries)
    files = sum(entry.kind == "file" for entry in bag.entries)
    return counted(report, "bags", files, size_bytes)


def _fixity(bag: Bag, tree: Tree, mode: str, given: Iterable[BagProfile]) -> Report:
    from solander.checking.bags.compared import Compared

    compared = Compared(bag, tree, mode, _identifiers(bag, given))
    from solander.checking.bags import every_rule as bag_rules  # late: the rules are loaded while the files are read

    findings = in_order(bag_rules.check_compared(compared))
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
    lists_tei = any(TEI_NAME in one.entries.paths for one in bag.manifests)
    if not lists_tei and not any(entry.path in JUDGED_NAMES for entry in bag.entries):
        return Report(subject=bag.name)
    from solander.checking.profiles.claims import holds_many_pages
    from solander.pipeline.judgement.bag_contents import judge_contents

    report = judge_contents(tree, bag)
    if not holds_many_pages(bag):
        return report
    from solander.pipeline.crawls.judging import judge_crawl

    return merge((report, judge_crawl(tree, bag)), subject=bag.name)


def _given(archive: Path) -> tuple[BagProfile, ...]:
    """The BagIt profiles that are known besides those built in: those of the archive in which a bag stands.

    Raises:
        ProfileError: one of them cannot be used.
    """
    settings = settings_in(archive)
    if not settings.bagit_profiles:
        return ()
    from solander.pipeline.bags.profiles import archive_profiles

    return archive_profiles(archive, settings)


def _identifiers(bag: Bag, given: Iterable[BagProfile]) -> tuple[str, ...]:
    """The identifiers of the profiles that are known, as far as the bag names any."""
    from solander.checking.profiles.claims import named_profiles

    if all(name == PROFILE_IDENTIFIER for name in named_profiles(bag)):
        return (PROFILE_IDENTIFIER,)  # nearly all bags: no other profile need be read
    from solander.pipeline.bags.profile_judging import known_profiles

    known = (*known_profiles(bag, given), *given)
    return (PROFILE_IDENTIFIER, *(name for one in known for name in one.identifiers))


def _profiles(
    tree: Tree,
    bag: Bag,
    archive: Path,
    given: tuple[BagProfile, ...],
    asked_for: BagProfile | None,
    form: str | None = None,
) -> Report:
    """The judgement by profiles; a bag from elsewhere that names none and lies in no archive costs nothing."""
    from solander.checking.profiles.claims import claims_own_profile, named_profiles

    in_archive = is_archive(archive)
    if asked_for is None and not in_archive and not named_profiles(bag) and not claims_own_profile(bag):
        return Report(subject=bag.name)
    from solander.pipeline.bags.profile_judging import judge_by_profile, judge_by_profiles

    if asked_for is not None:
        return judge_by_profile(tree, bag, asked_for, is_asked_for=True, form=form)
    return judge_by_profiles(tree, bag, given, in_archive=in_archive, form=form)
