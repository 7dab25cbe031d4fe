"""A bag brought up to date: other algorithms, other metadata, BagIt 1.0; its payload is read once and never touched.

Everything that the bag has is verified by its old digests while the new ones are reckoned. Then a whole new bag is made
beside it, whose payload is the same files under a second name, and takes its place at once: at every moment the old bag
or the new one stands whole. Nothing that it had goes unsaid: links within the payload are made again, and manifests
that nobody can renew must be given up by name.

Source: RFC 8493, sections 2.1 and 2.2; draft-kunze-bagit-01 to -14 for 0.93 to 0.97.
"""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from solander.checking.bags.compared import shown
from solander.errors import ArchiveError, UsageError
from solander.files.descent import why
from solander.files.folder import Folder
from solander.files.locks import locked_folder
from solander.files.new_folder import Changed, NewFolder, states
from solander.files.whole import replaced_folder
from solander.model.bag import Bag, BagInfo
from solander.model.capture import written_moment
from solander.model.finding import Report
from solander.model.links import lead_links
from solander.model.ports import Told, Wanted
from solander.packing.algorithms import DIGEST_DIGITS
from solander.packing.parse import parse_bag
from solander.packing.plain_layout import format_fetch, tag_files_of, with_field
from solander.packing.tag_files import MANIFEST_NAME
from solander.pipeline.archive import bag_at
from solander.pipeline.bags.bagging import Watch
from solander.pipeline.bags.info_stated import Info, checked_info
from solander.pipeline.bags.judging import judge_bag
from solander.pipeline.bags.plan import known_algorithms
from solander.pipeline.bags.reckoned import Reckoned
from solander.pipeline.clock import moment
from solander.pipeline.merging import placed

_ORDER = tuple(reversed(DIGEST_DIGITS))
"""In which algorithms are reckoned and told, whatever the bag had first: of one family the longest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatedBag:
    """What came of a bag that was to be brought up to date."""

    path: Path
    was_updated: bool
    """``False``: it is not valid, and nothing was changed."""

    report: Report
    """What the BAG rules say of the bag: as it is now, or, where nothing was changed, as it was."""

    algorithms: tuple[str, ...]
    """Of its manifests now."""

    from_version: str
    """The version of BagIt that it had: ``0.97``."""


def update_bag(
    bag: str | Path,
    *,
    add_algorithms: Sequence[str] = (),
    drop_algorithms: Sequence[str] = (),
    info: Info = (),
    remove_info: Sequence[str] = (),
    to_1_0: bool = False,
    at: datetime | None = None,
    threads: int | None = None,
    watch: Watch | None = None,
    told: Told | None = None,
) -> UpdatedBag:
    """Verify a bag and write its tag files anew, as BagIt 1.0 in UTF-8; ``Payload-Oxum`` and ``Bagging-Date`` too.

    Args:
        bag: its folder.
        add_algorithms: of which it is to have manifests besides.
        drop_algorithms: of which it is to have none; an algorithm that is not known, as the manifest's name writes it.
        info: fields that are added at the end of ``bag-info.txt``.
        remove_info: labels whose fields are taken out before.
        to_1_0: whether a bag of an older version may be made one of 1.0.
        at: the moment of the work, whose day is the ``Bagging-Date``.
        threads: how many read and hash at once.
        watch: told of each file that is read.
        told: is told how far the files were read: a path, bytes done, bytes in all.

    Raises:
        NotABag: it is none.
        ArchiveError: it could not be read or written, or changed meanwhile; the old bag stands.
        UsageError: what is asked for cannot be done, or the bag is one of a page.
    """
    when, path = moment(at), Path(os.path.realpath(bag))
    added, said = known_algorithms(add_algorithms), checked_info(info)
    bag_at(Path(bag))
    with locked_folder(path) as old:
        before = _states(path, old)
        tree = Folder(path, threads=threads, told=told)
        read = parse_bag(tree)
        _refuse(read, Path(bag), to_1_0=to_1_0)
        present, kept = _algorithms(read, added, drop_algorithms, bag)
        reckoned = Reckoned(tree, kept, {}, watch)
        report = judge_bag(read, reckoned)
        version = ".".join(map(str, read.version or ()))
        if not report.passed:
            return UpdatedBag(
                path=Path(bag),
                was_updated=False,
                report=placed(report, str(bag)),
                algorithms=present,
                from_version=version,
            )
        tags = _tag_files(read, reckoned, said, remove_info, written_moment(when)[:10])
        with replaced_folder(path, old) as folder:
            _fill(folder, read, reckoned, old, tags)
            if _states(path, old) != before:
                raise Changed(path)
        if report.findings:
            # What the update has cured is told no more; no payload is read again.
            known = {one: reckoned.digests[one] for one in _staying(read)}
            report = judge_bag(parse_bag(Folder(path)), Reckoned(Folder(path, threads=threads), kept, known))
    return UpdatedBag(
        path=Path(bag), was_updated=True, report=placed(report, str(bag)), algorithms=kept, from_version=version
    )


def _refuse(read: Bag, path: Path, *, to_1_0: bool) -> None:
    from solander.checking.profiles.claims import claims_own_profile

    if claims_own_profile(read):
        raise UsageError(
            f"{path}: this is the bag of a page, and its tag files follow from the page; "
            "state what is to change when you pack it again: solander pack PAGE --into ARCHIVE --title …"
        )
    if read.rules_version < (1, 0) and not to_1_0:
        version = ".".join(map(str, read.rules_version))
        raise UsageError(f"{path}: this is a bag of BagIt {version}, and 1.0 is written; say --to-1.0")
    if read.rules_version < (0, 96) and any(one.path == "bag-info.txt" for one in read.tag_files):
        what = "it has a bag-info.txt beside its package-info.txt, which is to become that"
        raise ArchiveError(path, f"{what}; take the payload out (solander bag unbag), and make a new bag of it")


def _algorithms(
    read: Bag, added: Sequence[str], drop: Sequence[str], bag: str | Path
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Of which the bag has manifests, and of which it is to have some.

    Raises:
        UsageError: one cannot be dropped, or none would be left.
    """
    dropped = known_algorithms(_without_unknown(read, drop, bag))
    if both := set(added) & set(dropped):
        raise UsageError(f"{', '.join(sorted(both))}: to be added and to be dropped")
    found = {one.algorithm for one in read.manifests}
    present = tuple(one for one in _ORDER if one in found)
    if missing := [one for one in dropped if one not in present]:
        raise UsageError(f"{bag}: it has no manifest of {', '.join(missing)}")
    wanted = {*present, *added} - {*dropped}
    kept = tuple(one for one in _ORDER if one in wanted)
    if not kept and present:
        raise UsageError(f"{bag}: a bag has at least one manifest; add an algorithm, as --add-algorithm sha512")
    return present, kept


def _without_unknown(read: Bag, drop: Sequence[str], path: str | Path) -> tuple[str, ...]:
    """What is to be dropped besides manifests of unknown algorithms, all of which must be named.

    Their digests can be neither verified nor renewed: kept they would be false, and left out unasked they would be
    lost.

    Raises:
        UsageError: one is not named.
    """
    unknown: dict[str, list[str]] = {}
    for one in (*read.manifests, *read.tag_manifests):
        if one.algorithm is None:
            written = one.path.removeprefix("tag").removeprefix("manifest-").removesuffix(".txt")
            unknown.setdefault(written, []).append(one.path)
    if staying := {written: paths for written, paths in unknown.items() if written not in drop}:
        paths = ", ".join(shown(path) for several in staying.values() for path in several)
        options = " ".join(f"--drop-algorithm {shlex.quote(written)}" for written in staying)
        what = f"nobody here can verify or renew the digests of {paths}; to have the bag without"
        raise UsageError(f"{path}: {what}: {options}")
    return tuple(one for one in drop if one not in unknown)


def _tag_files(
    read: Bag, reckoned: Reckoned, said: BagInfo, remove: Sequence[str], day: str
) -> tuple[tuple[str, bytes], ...]:
    """Every tag file that is written anew."""
    gone = {label.casefold() for label in remove}
    if absent := [label for label in remove if not read.info.values(label)]:
        raise UsageError(f"{read.name}: {read.info_path} has no {', '.join(absent)}")
    info = BagInfo(fields=(*(one for one in read.info.fields if one.label.casefold() not in gone), *said.fields))
    if not said.first("Bagging-Date"):
        info = with_field(info, "Bagging-Date", day)
    links, sizes_bytes = _listed_links(read), {entry.path: entry.size_bytes for entry in read.payload}
    # Whoever follows links, as bagit does, counts a listed one as a file.
    sizes = [*sizes_bytes.values(), *(sizes_bytes[to] for to in links.values())]
    info = with_field(info, "Payload-Oxum", f"{sum(sizes)}.{len(sizes)}")
    others = _others(read)
    # What no tag manifest listed was not read for the judgement.
    unlisted = [Wanted(path, size, reckoned.algorithms) for path, size in others if path not in reckoned.digests]
    for one in reckoned.hashed(unlisted):
        if one.fault is not None:
            raise ArchiveError(Path(read.name) / one.path, one.fault)
    fetch = (("fetch.txt", format_fetch(read.fetch)),) if read.fetch else ()
    try:
        return tag_files_of(
            info=info,
            payload={
                **{entry.path: reckoned.digests[entry.path] for entry in read.payload},
                **{path: reckoned.digests[to] for path, to in links.items()},
            },
            algorithms=reckoned.algorithms,
            tag_files=fetch,
            others={path: reckoned.digests[path] for path, _ in others},
        )
    except UnicodeEncodeError as error:
        what = "its name is not in UTF-8, and no manifest could list it; take it out of the bag, or rename it"
        named = next((path for path, _ in others if not _is_utf8(path)), "")
        raise ArchiveError(Path(read.name) / named, what) from error
    except ValueError as error:
        raise ArchiveError(Path(read.name), f"its tag files cannot be written anew: {error}") from error


def _listed_links(read: Bag) -> dict[str, str]:
    """The links of the payload that a manifest lists, and the payload file whose digest each has."""
    leads = lead_links(read.entries)
    if not leads:
        return {}
    listed = {path for manifest in read.manifests for path in manifest.entries.paths}
    return {path: led.path for path, led in leads.items() if led.lead == "file" and path in listed}


def _is_utf8(path: str) -> bool:
    return path.isprintable() or path.encode("utf-8", "replace").decode() == path


def _staying(read: Bag) -> Iterator[str]:
    yield from (one.path for one in read.payload)
    yield from (path for path, _ in _others(read))


def _others(read: Bag) -> list[tuple[str, int]]:
    """Tag files that stay as they are, with their sizes."""
    ours = {"bagit.txt", "bag-info.txt", read.info_path, "fetch.txt"}
    return [
        (one.path, one.size_bytes)
        for one in read.tag_files
        if one.path not in ours and not MANIFEST_NAME.fullmatch(one.path)
    ]


def _fill(folder: NewFolder, read: Bag, reckoned: Reckoned, old: int, tags: tuple[tuple[str, bytes], ...]) -> None:
    """Make the new bag: the same files under a second name or, where none can be given, copies; links; tag files."""
    for entry in read.entries:
        if entry.kind == "folder":
            folder.make_folder(entry.path)
        elif entry.kind == "symlink":
            folder.make_link(entry.path, entry.target)
    stay = [*((one.path, one.size_bytes) for one in read.payload), *_others(read)]
    copied = [Wanted(path, size_bytes, reckoned.algorithms) for path, size_bytes in stay if not folder.link(old, path)]
    for path, digests, fault in _copies(folder, old, copied):
        if fault is not None or digests != reckoned.digests[path]:
            raise Changed(folder.place)
    folder.write(tags)
    folder.take_rights(old, "bagit.txt")


def _copies(folder: NewFolder, old: int, wanted: list[Wanted]) -> Iterator[tuple[str, tuple[str, ...], str | None]]:
    if wanted:
        yield from folder.copy(old, wanted, lambda path: path)


def _states(path: Path, folder: int) -> dict[str, tuple[int, ...]]:
    try:
        return states(folder)
    except OSError as error:
        raise ArchiveError(path, why(error)) from error
