"""A bag of any payload, made beside a source that is only read: each file is copied and hashed in one pass.

Whole or not at all, and never in silence: what no bag can hold is refused before anything is written, all of it at
once; what was left out, and what no manifest can list, is told.

Source: RFC 8493; docs/design.md, section 1 (laws 3 and 4).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from solander.errors import ArchiveUnwritable, PayloadRefused, UsageError
from solander.files.descent import written
from solander.files.folder import Folder
from solander.files.new_folder import NewFolder
from solander.files.telling import Telling
from solander.files.whole import TEMPORARY_NAME, made_folder, whole_folder
from solander.model.bag import PAYLOAD_FOLDER, Bag, BagInfo, Manifest, ManifestEntries
from solander.model.bag_profile import BagProfile
from solander.model.finding import Report
from solander.model.fixity import WEAK_ALGORITHMS
from solander.model.ports import CHANGED_WHILE_READ, Told, Wanted
from solander.packing.algorithms import DIGEST_DIGITS, written_name
from solander.packing.payload import SYSTEM_FILES
from solander.packing.plain_layout import tag_files_of, with_field
from solander.packing.tag_files import parse_manifest
from solander.pipeline.bags.info_stated import Info, TagInfo
from solander.pipeline.bags.judging import judge_bag
from solander.pipeline.bags.payload_sources import (
    Source,
    base_name,
    changes,
    named_paths,
    recorded_links,
    refuse_places,
    survey,
)
from solander.pipeline.bags.plan import Plan, plan_bag, refuse_absent, refuse_root
from solander.pipeline.bags.reckoned import Reckoned
from solander.pipeline.clock import moment
from solander.pipeline.merging import merge

LINK_POLICIES = ("refuse", "record", "follow")

Watch: TypeAlias = Callable[[str, int, int], None]
"""Called after each file with its path, how many are done, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeBag:
    """A bag that was made of a payload."""

    path: Path
    """Its folder, or the archive file that it is."""

    form: str | None = None
    """What it is serialised as; ``None`` for a folder."""

    files: int
    """Payload files."""

    size_bytes: int
    """Of the payload."""

    algorithms: tuple[str, ...]
    excluded: tuple[str, ...] = ()
    """Paths that were left out, as was asked for; each begins with its source."""

    empty_folders: tuple[str, ...] = ()
    """Payload folders without a file: they stand in the bag, but no manifest can list them."""

    links: tuple[str, ...] = ()
    """Links that are recorded in the bag, or in whose place their files stand."""

    report: Report
    """What the BAG rules say of it, and the PRF rules where it was made for a profile."""


def make_bag(
    *sources: str | Path,
    into: str | Path,
    name: str | None = None,
    algorithms: Sequence[str] | None = None,
    info: Info = (),
    tag_info: TagInfo = (),
    profile: BagProfile | str | Path | None = None,
    serialise: str | None = None,
    exclude: Sequence[str] = (),
    exclude_system_files: bool = False,
    links: str = "refuse",
    bag_of_a_bag: bool = False,
    at: datetime | None = None,
    threads: int | None = None,
    watch: Watch | None = None,
    told: Told | None = None,
) -> MadeBag:
    """Make a BagIt 1.0 bag of folders and files; they are read and never changed.

    Args:
        *sources: one folder, whose contents become the payload; or several folders and files, each under its name.
        into: the folder in which the bag comes to stand; made if it is not there.
        name: the bag's; the source's own if it is one. Of an archive file it may have the ending.
        algorithms: of the manifests; if it is not said, what the profile demands, or sha512.
        info: what ``bag-info.txt`` says before what is reckoned here (``Bagging-Date`` unless it is given,
            ``Bag-Software-Agent``, ``Payload-Oxum``).
        tag_info: what other tag files say that are written as ``bag-info.txt`` is: file, label, value.
        profile: a BagIt profile for which the bag is made, and which judges it before it is there: a file, or the name
            of one that is built in (``aptrust``, ``btr``); or one at hand.
        serialise: ``zip``, ``tar`` or ``tar.gz``: the bag is one archive file, called after it, and no folder; if it
            is not said, what the profile demands, or a folder.
        exclude: patterns of the shell for names, or with a slash for paths, that are left out.
        exclude_system_files: leave out what operating systems leave behind.
        links: ``refuse`` symbolic links; ``record`` them in a tag file; or ``follow`` those to files.
        bag_of_a_bag: whether a source may be a bag itself.
        at: the moment of the work: the same moment makes the same bytes.
        threads: how many read and hash at once; as many as there are processors, if it is not said.
        watch: told of each file that is done.
        told: is told how far copying has come: a name, bytes done, bytes in all.

    Raises:
        PayloadRefused: a bag cannot hold some files as they are, or they could not be read or changed meanwhile.
        SourceError: a source is not there.
        ArchiveError: the bag could not be written; nothing was left behind.
        ProfileError: the profile cannot be used.
        UsageError: what is asked for cannot be done, or is not all that the profile demands.
    """
    if isinstance(profile, str | Path):
        from solander.pipeline.bags.profiles import load_bag_profile

        profile = load_bag_profile(profile)
    if links not in LINK_POLICIES:
        raise UsageError(f"{links!r} says nothing of links; there are {', '.join(LINK_POLICIES)}")
    if not sources:
        raise UsageError("name a folder or files to put into a bag")
    places, parent = [Path(one) for one in sources], Path(into)
    bag_name = _name(places, name)
    refuse_places(places, parent, bag_of_a_bag=bag_of_a_bag)
    plan = plan_bag(profile, algorithms=algorithms, form=serialise, info=info, tag_info=tag_info, at=moment(at))
    if plan.form is not None and bag_name != (shorter := bag_name.removesuffix(f".{plan.form}")):
        # The file is meant, not the folder in it.
        bag_name = _name(places, shorter)
    patterns = (*exclude, *(SYSTEM_FILES if exclude_system_files else ()))
    if plan.form is not None:
        refuse_root(bag_name, plan.form)
    taken = survey(places, patterns, links)
    refuse_absent(plan.profile, {name for source in taken for name in source.names.values()})
    with made_folder(parent), _new_bag(parent, bag_name, plan.form, taken) as (folder, path):
        return _filled(folder, path, taken, plan, links=links, threads=threads, watch=watch, tell=told)


@contextmanager
def _new_bag(parent: Path, name: str, form: str | None, taken: list[Source]) -> Iterator[tuple[NewFolder, Path]]:
    """A folder to fill, and where the bag comes to stand that is made of it: whole or not at all.

    Raises:
        PayloadRefused: an archive file cannot hold what was found.
    """
    if form is None:
        with whole_folder(parent, name) as folder:
            yield folder, parent / name
        return
    from solander.pipeline.bags.serialising import refuse_unfit, serialised_folder

    refuse_unfit(taken)
    with serialised_folder(parent, name, form) as folder:
        yield folder, parent / f"{name}.{form}"


def _filled(
    folder: NewFolder,
    path: Path,
    taken: list[Source],
    plan: Plan,
    *,
    links: str,
    threads: int | None,
    watch: Watch | None,
    tell: Told | None,
) -> MadeBag:
    """Fill a folder that is to be a bag: copy and hash the payload, write the tag files, judge it all.

    Args:
        folder: new and empty; it takes its name once this returns.
        path: where the bag will stand.
        taken: what was found at each source.
        plan: what the bag is made with.
        links: as ``make_bag`` has it.
        threads: how many read and hash at once.
        watch: told of each file that is done.
        tell: told how far copying has come.

    Raises:
        PayloadRefused: files could not be read, or changed meanwhile.
    """
    algorithms = plan.algorithms
    digests = _copied(folder, taken, algorithms, threads=threads, watch=watch, tell=tell)
    size_bytes = sum(sum(source.sizes.values()) for source in taken)
    files = len(digests)
    whole = with_field(plan.info, "Payload-Oxum", f"{size_bytes}.{files}")
    recorded = recorded_links(taken) if links == "record" else ()
    tags = tag_files_of(
        info=whole,
        payload=digests,
        algorithms=algorithms,
        tag_files=(*plan.tag_files, *recorded),
        tag_algorithms=plan.tag_algorithms,
    )
    folder.write(tags)
    tag_manifests = {name: content for name, content in tags if name.startswith("tagmanifest-")}
    # Of many files, these are the larger part of what memory holds.
    del tags
    report = _judged(folder, path, whole, algorithms, digests, tag_manifests)
    if plan.profile is not None:
        report = merge((report, _kept(folder, path, plan.profile, plan.form)), subject=str(path))
    return MadeBag(
        path=path,
        form=plan.form,
        files=files,
        size_bytes=size_bytes,
        algorithms=algorithms,
        excluded=named_paths(taken, lambda chosen: chosen.excluded),
        empty_folders=tuple(
            source.below + empty for source in taken if source.chosen for empty in source.chosen.empty_folders
        ),
        links=named_paths(taken, lambda chosen: chosen.links),
        report=report,
    )


def _copied(
    folder: NewFolder,
    taken: list[Source],
    algorithms: tuple[str, ...],
    *,
    threads: int | None,
    watch: Watch | None,
    tell: Told | None,
) -> dict[str, tuple[str, ...]]:
    """Copy the payload, and hash it in the same pass; digests by the path in the bag.

    Raises:
        PayloadRefused: files could not be read, or changed meanwhile.
    """
    digests: dict[str, tuple[str, ...]] = {}
    faults: list[tuple[str, str]] = []
    total = sum(len(one.names) for one in taken)
    telling = None if tell is None else Telling(tell)
    if telling is not None:
        telling.begin(sum(sum(one.sizes.values()) for one in taken))
    folder.make_folder(PAYLOAD_FOLDER.rstrip("/"))
    for source in taken:
        wanted = [Wanted(name, source.sizes[name], algorithms) for name in source.names]
        with Folder(source.folder).opened() as root:
            for name, found, fault in folder.copy(
                root, wanted, source.names.__getitem__, threads=threads, telling=telling
            ):
                if fault is None:
                    digests[source.names[name]] = found
                else:
                    faults.append((str(source.folder / written(name)), fault))
                if watch is not None:
                    watch(name, len(digests) + len(faults), total)
        for empty in source.chosen.empty_folders if source.chosen else ():
            folder.make_folder(source.below + empty)
        faults += changes(source)
    if faults:
        # A file that changed may have been met twice: as it was copied, and when all was looked at again.
        remedy = "try again when nothing writes there" if any(why == CHANGED_WHILE_READ for _, why in faults) else ""
        raise PayloadRefused(str(taken[0].folder), tuple(dict.fromkeys(faults)), remedy)
    return digests


def _judged(
    folder: NewFolder,
    path: Path,
    info: BagInfo,
    algorithms: tuple[str, ...],
    digests: dict[str, tuple[str, ...]],
    tag_manifests: dict[str, bytes],
) -> Report:
    """Judge what was written, by the digests of the bytes that went there: nothing is read a second time.

    Raises:
        ArchiveUnwritable: it is not what was to be written, as on a disk that takes two names for one.
    """
    tree = Reckoned(folder.tree(), algorithms, digests)
    # The lists are the same for every algorithm, and are taken as they were written, not read again: to judge one of
    # them, the best, takes half the time and room of two.
    best = next((one for one in algorithms if one not in WEAK_ALGORITHMS), algorithms[0])
    number, name = algorithms.index(best), f"manifest-{written_name(best)}.txt"
    entries = ManifestEntries(DIGEST_DIGITS[best])
    for line, listed in enumerate(sorted(digests), 1):
        entries.add(listed, digests[listed][number], line)
    manifest = Manifest(path=name, algorithm=best, algorithm_written=written_name(best), entries=entries)
    # A profile may want tag manifests of other algorithms.
    tag_name = f"tag{name}" if f"tag{name}" in tag_manifests else next(iter(tag_manifests))
    tag_manifest, _ = parse_manifest(tag_manifests[tag_name].decode(), tag_name)
    bag = Bag(
        name=str(path),
        version=(1, 0),
        encoding="utf-8",
        info=info,
        manifests=(manifest,),
        tag_manifests=(tag_manifest,),
        entries=tuple(sorted(tree.entries())),
    )
    report = judge_bag(bag, tree)
    for one in report.at_or_above("error"):
        raise ArchiveUnwritable(path, f"what stands on the disk is not what was written: {one.place}: {one.message}")
    return report


def _kept(folder: NewFolder, path: Path, profile: BagProfile, form: str | None) -> Report:
    """Judge what was written by the profile for which it is made.

    Raises:
        PayloadRefused: it does not keep it.
    """
    from solander.packing import parse_bag
    from solander.pipeline.bags.profile_judging import judge_by_profile

    tree = folder.tree()
    report = judge_by_profile(tree, parse_bag(tree), profile, is_asked_for=True, form=form)
    if errors := report.at_or_above("error"):
        faults = tuple((f"{path} ({one.place})", f"{one.code} {one.name}: {one.message}") for one in errors)
        raise PayloadRefused(str(path), faults, f"the profile {profile.name} asks for more")
    return report


def _name(places: list[Path], name: str | None) -> str:
    if name is None:
        if len(places) > 1:
            raise UsageError("several sources: say what the bag is to be called, with --name")
        name = base_name(places[0]) if places[0].name not in ("", ".", "..") else Path(os.path.realpath(places[0])).name
    if not name or "/" in name or "\0" in name or name in (".", "..") or TEMPORARY_NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a bag's folder; say one with --name")
    return name
