"""Validating what stands: a bag, an archive of bags, a TEI file, or a page that might be packed.

Nothing is changed. What could not be checked is said to be so: a report with such a line has not passed.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from solander.checking.rules import codes
from solander.errors import NotABag
from solander.files.folder import Folder
from solander.files.named import kind_of, read_whole
from solander.model.archive_names import RECEIPTS_FOLDER
from solander.model.bag import PROFILE_IDENTIFIER, Bag
from solander.model.bag_layout import FILE_LIMIT_BYTES, JUDGED_NAMES, TEI_NAME
from solander.model.finding import IN_PART, SEVERITIES, Report, in_order
from solander.model.ports import Told, Tree
from solander.model.rulings import NO_RULINGS, Rulings
from solander.model.serialised import INNER_MARK
from solander.pipeline.judgement.ruling import archive_in, ruled, settings_in
from solander.pipeline.merging import merge, placed, placed_at_page
from solander.pipeline.subject import (
    NO_ARCHIVE_FILE,
    Validated,
    archive_of,
    closed_to_us,
    is_archive,
    is_bag,
    subjects,
    tree_in,
    without_bag,
)
from solander.pipeline.subject import Subject as Subject
from solander.profiles import load_profile

if TYPE_CHECKING:
    from solander.model.bag_profile import BagProfile
    from solander.pipeline.judgement.given_schemas import GivenSchemas

_UNREAD = ("file-unreadable", "file-changed-while-read")


def validate(
    *paths: Validated,
    mode: str = "full",
    threads: int | None = None,
    profile: BagProfile | str | Path | None = None,
    second_opinion: bool = False,
    schemas: GivenSchemas | None = None,
    rulings: Rulings = NO_RULINGS,
    told: Told | None = None,
) -> Report:
    """Judge bags, archives of bags, TEI files and pages.

    Args:
        *paths: paths, or ``subjects`` of one.
        mode: of bags ``full``, or less: ``completeness`` reads no file for its digest, ``fast`` goes by
            ``Payload-Oxum``; neither looks at what Solander puts into a bag, and the report has not ``passed``.
        threads: how many read a bag's files at once; as many as there are processors, if it is not said.
        profile: by which bags are judged in mode ``full`` instead of those that they name: a file, or the name of one
            that is built in (``solander``, ``aptrust``, ``btr``), which is judged itself as well; or one at hand.
        second_opinion: whether ``bagit`` judges bags too, in mode ``full``; where it comes to another verdict, that is
            a finding (BAG092, BAG093), and where it cannot be asked of a bag that passes, that is unchecked.
        schemas: by which documents and the TEI of bags are judged too; what is neither TEI nor a bag is judged by them
            alone, and as no page.
        rulings: which rules are told of, and how grave each is taken, beside what the archive's settings say.
        told: is told how far reading has come of a file of records or of a bag: a name, bytes done, bytes in all.

    Returns:
        One report; its findings' places begin with the path as given.

    Raises:
        SolanderError: something is not there or could not be read at all.
        ValueError: there is no such mode, or a second opinion is wanted in another than ``full``.
    """
    if second_opinion and mode != "full":
        raise ValueError(f"a second opinion is one on the whole bag, and not on {mode}")
    parts: list[Report] = []
    if isinstance(profile, str | Path):
        from solander.pipeline.bags.profile_judging import judge_profile_itself
        from solander.pipeline.bags.profiles import load_bag_profile

        profile = load_bag_profile(profile)
        if not profile.is_built_in:
            parts.append(judge_profile_itself(profile))
    parts += [
        ruled(
            _by_given(subject, schemas, _validated(subject, mode, threads, profile, told, asks_bagit=second_opinion))
            if schemas is None or subject.kind != "page"
            else _document(subject.path, schemas),
            subject,
            rulings,
        )
        for path in paths
        for subject in ((path,) if isinstance(path, Subject) else subjects(Path(path)))
    ]
    names = [str(path.path if isinstance(path, Subject) else path) for path in paths]
    return merge(parts, subject=", ".join(names))


def _by_given(subject: Subject, schemas: GivenSchemas | None, report: Report) -> Report:
    """What schemas that were given say besides."""
    return report if schemas is None else merge((report, schemas.judge(subject)), subject=report.subject)


def _document(path: Path, schemas: GivenSchemas) -> Report:
    content = read_whole(path, FILE_LIMIT_BYTES)
    return _counted(schemas.judge_document(content, str(path)), "documents", 1, len(content))


def fail_on_of(pieces: Iterable[Subject]) -> str:
    """The mildest finding that counts by the profiles of the archives in which things lie; ``error`` without one.

    Raises:
        ProfileError: a profile cannot be used, so that nobody knows what counts there.
        ArchiveError: the system does not let us see whether there is one.
    """
    folders = dict.fromkeys(map(archive_in, pieces))
    return min((load_profile(folder).fail_on for folder in folders), key=SEVERITIES.index, default="error")


def ignored_in(archive: Path) -> tuple[str, ...]:
    """Codes that an archive's keeper does not want to hear of."""
    return settings_in(archive).ignore


def _validated(
    subject: Subject,
    mode: str,
    threads: int | None,
    profile: BagProfile | None,
    told: Told | None,
    *,
    asks_bagit: bool,
) -> Report:
    path = subject.path
    if subject.kind == "tei":
        # Late, here and below: each judge brings its own libraries.
        from solander.pipeline.pages.judging import judge_tei

        content = read_whole(path, FILE_LIMIT_BYTES)
        return _counted(judge_tei(content, str(path)), "documents", 1, len(content))
    if subject.kind == "page":
        return _page(path)
    if subject.kind in ("warc", "arc", "wacz"):
        from solander.pipeline.judgement.record_judging import judge_records, judge_wacz

        is_wacz = subject.kind == "wacz"
        report = judge_wacz(path, told) if is_wacz else judge_records(path, subject.kind, told)
        kinds = (("crawls", 1), ("crawls-with-findings", int(bool(report.at_or_above("warning")))))
        return merge((report, Report(subject="", counts=kinds)), subject=report.subject)
    if subject.kind == "archive":
        settings = load_profile(path)
        from solander.pipeline.judgement.versions_judging import judge_versions

        parts = [judge_versions(path)]
        if kind_of(path / RECEIPTS_FOLDER) == "folder":
            from solander.pipeline.receipts import judge_receipts

            parts.append(placed(judge_receipts(path), str(path)))
        if settings.bagit_profiles:
            from solander.pipeline.bags.profile_judging import judge_archive_profiles

            parts += judge_archive_profiles(path, settings)
        return merge(parts, subject=str(path))
    if subject.kind == "serialised":
        return _serialised(path, mode, profile, told, asks_bagit=asks_bagit)
    if subject.kind == "fixity" and kind_of(path) == "file":
        return _serialised(path, mode, profile, told, asks_bagit=asks_bagit, alone=True)
    if subject.kind != "stray" and not is_bag(path):
        raise NotABag(path)
    from solander.packing import parse_bag

    tree = Folder(path, threads=threads, told=told)
    bag = parse_bag(tree)
    archive = archive_of(path)
    given = (profile,) if profile is not None else _given(archive)
    report = _fixity(bag, tree, mode, given)
    if subject.kind == "stray":
        # One finding says it: what else such a folder lacks is beside the point.
        missing = tuple(one for one in report.findings if one.name == "bagit-txt-missing")
        return placed(Report(subject=str(path), findings=missing, counts=(("strays", 1),)), str(path))
    if subject.kind == "bag" and mode == "full":
        kept = _profiles(tree, bag, archive, given, profile)
        second = (_second_opinion(bag, report, path),) if asks_bagit else ()
        report = merge((report, kept, _contents(tree, bag), *second), subject=str(path))
    return _counted_bag(placed(report, str(path)), bag)


def _second_opinion(bag: Bag, own: Report, path: Path | None) -> Report:
    """The second opinion on a bag in a folder; without ``path``, on one in an archive file."""
    from solander.pipeline.bags.second_opinion import judge_by_second_opinion, not_asked_of_file

    return not_asked_of_file(own) if path is None else judge_by_second_opinion(bag, own, path)


def _serialised(
    path: Path, mode: str, profile: BagProfile | None, told: Told | None, *, asks_bagit: bool, alone: bool = False
) -> Report:
    """The judgement of a bag in an archive file: the file's own, and the bag's as if it lay in a folder.

    With ``alone`` the bag's fixity is judged, and neither profiles nor contents.

    Raises:
        NotABag: it is no archive file, or nothing in it says that it is a bag.
        ArchiveError: it could not be read, or there is nothing in it.
    """
    from solander.packing import parse_bag
    from solander.pipeline.bags.file_judging import judge_file, read_in_part

    tree = tree_in(path)
    if tree is None:
        raise NotABag(path, NO_ARCHIVE_FILE)
    tree.telling.told = told
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
    parts = [_fixity(bag, tree, mode, given)]
    if mode == "full" and not alone:
        parts += [_profiles(tree, bag, archive, given, profile, tree.form), _contents(tree, bag)]
    # Last: what is wrong with members shows when they are read.
    file = judge_file(path, tree.serialisation())
    second = (_second_opinion(bag, merge((file, parts[0]), subject=str(path)), None),) if asks_bagit else ()
    report = merge((file, *parts, *second), subject=str(path))
    return _counted_bag(placed(report, str(path), mark=INNER_MARK), bag)


def _counted_bag(report: Report, bag: Bag) -> Report:
    size_bytes = sum(entry.size_bytes for entry in bag.entries)
    files = sum(entry.kind == "file" for entry in bag.entries)
    return _counted(report, "bags", files, size_bytes)


def _counted(report: Report, kind: str, files: int, size_bytes: int) -> Report:
    counts = (
        (kind, 1),
        (f"{kind}-with-findings", int(bool(report.at_or_above("warning")))),
        ("files", files),
        ("bytes", size_bytes),
    )
    return merge((report, Report(subject="", counts=counts)), subject=report.subject)


def _page(path: Path) -> Report:
    from solander.pipeline.pages.judging import judge
    from solander.pipeline.pages.normalising import normalise

    normalised = normalise(path)
    report = judge(normalised)
    return _counted(placed_at_page(report, str(path)), "pages", 1, len(normalised.capture.original))


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
