"""Validating what stands: a bag, an archive of bags, a TEI file, or a page that might be packed.

Nothing is changed. What could not be checked is said to be so: a report with such a line has not passed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from solander.files.named import kind_of, read_whole
from solander.model.archive_names import RECEIPTS_FOLDER
from solander.model.bag_layout import FILE_LIMIT_BYTES
from solander.model.finding import SEVERITIES, Report
from solander.model.ports import Told
from solander.model.rulings import NO_RULINGS, Rulings
from solander.pipeline.judgement.bag_judging import Asked, judge_bag, judge_fixity, judge_serialised, judge_stray
from solander.pipeline.judgement.counting import counted
from solander.pipeline.judgement.ruling import archive_in, ruled, settings_in
from solander.pipeline.merging import merge, placed, placed_at_page
from solander.pipeline.subject import RECORD_KINDS, Validated, subjects
from solander.pipeline.subject import Subject as Subject
from solander.profiles import load_profile

if TYPE_CHECKING:
    from solander.model.bag_profile import BagProfile
    from solander.pipeline.judgement.given_schemas import GivenSchemas


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
    asked = Asked(mode, threads, profile, told, second_opinion)
    parts += [
        ruled(
            _by_given(subject, schemas, _JUDGES[subject.kind](subject, asked))
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
    return counted(schemas.judge_document(content, str(path)), "documents", 1, len(content))


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


def _tei(subject: Subject, _: Asked) -> Report:
    # Late, here and below: each judge brings its own libraries.
    from solander.pipeline.pages.judging import judge_tei

    content = read_whole(subject.path, FILE_LIMIT_BYTES)
    return counted(judge_tei(content, str(subject.path)), "documents", 1, len(content))


def _page(subject: Subject, _: Asked) -> Report:
    from solander.pipeline.pages.judging import judge
    from solander.pipeline.pages.normalising import normalise

    normalised = normalise(subject.path)
    report = judge(normalised)
    return counted(placed_at_page(report, str(subject.path)), "pages", 1, len(normalised.capture.original))


def _records(subject: Subject, asked: Asked) -> Report:
    from solander.pipeline.judgement.record_judging import judge_records, judge_wacz

    path, is_wacz = subject.path, subject.kind == "wacz"
    report = judge_wacz(path, asked.told) if is_wacz else judge_records(path, subject.kind, asked.told)
    kinds = (("crawls", 1), ("crawls-with-findings", int(bool(report.at_or_above("warning")))))
    return merge((report, Report(subject="", counts=kinds)), subject=report.subject)


def _archive(subject: Subject, _: Asked) -> Report:
    """What an archive says itself: its settings, versions, receipts and profiles; its bags are judged one by one."""
    path = subject.path
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


_JUDGES: dict[str, Callable[[Subject, Asked], Report]] = {
    **dict.fromkeys(RECORD_KINDS, _records),
    "archive": _archive,
    "bag": judge_bag,
    "fixity": judge_fixity,
    "page": _page,
    "serialised": judge_serialised,
    "stray": judge_stray,
    "tei": _tei,
}
"""Who judges things of each kind."""
