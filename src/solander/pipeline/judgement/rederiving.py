"""Deriving a bag's TEI, records and view again from its own original, and comparing.

The bag records all that shaped them: the moment, the options, and what a person said.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from solander import __version__
from solander.checking.pages.contained_page import is_container
from solander.checking.records import rederivation
from solander.checking.rules import codes
from solander.encoding.statements import encode_statements
from solander.errors import ArchiveError, SolanderError, SourceUnreadable, UsageError
from solander.files.named import kind_of
from solander.model.bag_layout import (
    ORIGINAL_FOLDER,
    OTHER_RECORD_NAMES,
    PROVENANCE_NAME,
    README_NAME,
    STATEMENTS_NAME,
    VIEW_NAME,
)
from solander.model.capture import Capture, Choice, Container, Medium
from solander.model.document import Imprint
from solander.model.finding import Report, in_order
from solander.model.identifiers import CRAWL_PROFILE_IDENTIFIER, PROFILE_IDENTIFIER
from solander.model.item import OF_MANY
from solander.model.ports import BytesAtHand, Tree
from solander.model.serialised import INNER_MARK
from solander.pipeline.archive import (
    RECORD_LIMIT_BYTES,
    bag_at,
    bag_info,
    recorded_in,
)
from solander.pipeline.judgement.rederiving_told import told_otherwise
from solander.pipeline.merging import placed
from solander.pipeline.pages.judging import judge_json
from solander.pipeline.pages.normalising import Normalised, normalise_capture
from solander.pipeline.pages.recording import records_of
from solander.pipeline.sources.captures import moment_or_none
from solander.profiles import Profile

ORIGINAL_LIMIT_BYTES = 512 * 1024 * 1024


class Rederivation(NamedTuple):
    """What came of deriving a bag again."""

    report: Report
    made_by: str
    """The program that made the TEI, with its version, as ``bag-info.txt`` has it."""
    rederived_by: str
    """The program that derived it again."""


def rederive(bag: str | Path) -> Rederivation:
    """Derive a bag's TEI, records and view again, and compare; ``appInfo`` and ``revisionDesc`` are set aside.

    A bag in an archive file is laid open in a temporary folder, which goes when it was compared.

    Raises:
        NotABag: there is no bag.
        ArchiveError: the bag does not record how it was made, or could not be read; or, of one in an archive file,
            there is no room to lay it open.
    """
    path = Path(bag)
    if kind_of(path) != "file":
        derived = _rederive(path)
        return derived._replace(report=placed(derived.report, str(path)))
    # Late: a folder needs none of what reads archive files.
    from solander.pipeline.bags.laid_open_bag import bag_laid_open

    with bag_laid_open(path) as folder:
        derived = _rederive(folder)
        return derived._replace(report=placed(derived.report, str(path), mark=INNER_MARK))


def _rederive(path: Path) -> Rederivation:
    """Derive a bag in a folder again; places are told from the bag's own folder on."""
    tree, info = bag_at(path), bag_info(path)
    if CRAWL_PROFILE_IDENTIFIER in info.values("BagIt-Profile-Identifier"):
        return _rederive_crawl(path)
    again = normalise_again(path)
    capture, moment = again.capture, again.at
    options = recorded_in(path).options
    records = records_of(again.description, capture)
    evidence = encode_statements(again.description, said=again.said, options=options)
    there = {entry.path for entry in tree.entries()}
    # Late: only here and in packing.
    from solander.checking.opened.view import view_not_rederived
    from solander.viewing.view import view_page

    findings = list(
        rederivation.identifier_not_rederived(
            "bag-info.txt", info.first("External-Identifier") or "", capture.identifier
        )
    )
    for document, check in (
        (again.tei, rederivation.tei_not_rederived),
        *((record, rederivation.record_not_rederived) for record in records),
        (evidence, rederivation.evidence_not_rederived),
    ):
        # Bags of earlier versions of the profile have fewer forms.
        if document.name in OTHER_RECORD_NAMES and document.name not in there:
            continue
        findings.extend(check(document.name, tree.read(document.name, RECORD_LIMIT_BYTES), document.content))
    judged = codes(rederivation.PAGE_RULES)
    # Bags of before the view have none, and tell otherwise of how they were made.
    if VIEW_NAME in there:
        view = view_page(again.page, again.description, capture, at=moment, imprint=again.imprint)
        findings.extend(view_not_rederived(view.name, tree.read(VIEW_NAME, RECORD_LIMIT_BYTES), view.content))
        judged += codes((view_not_rederived,))
        if there.issuperset((*OTHER_RECORD_NAMES, PROVENANCE_NAME, README_NAME)):
            findings.extend(told_otherwise(tree, info, again, (*records, evidence), view, options))
            judged += codes(rederivation.TELLING_RULES)
    report = Report(subject="", findings=in_order(findings), rules=judged)
    return Rederivation(report, info.first("TEI-Agent") or "not recorded", f"solander {__version__}")


def _rederive_crawl(path: Path) -> Rederivation:
    # Late: a bag of one page needs none of it.
    from solander.pipeline.crawls.rederiving import rederive_crawl
    from solander.pipeline.crawls.totals import Totals

    tree, info, options = bag_at(path), bag_info(path), recorded_in(path).options
    try:
        algorithms = options.get("algorithms", "sha512").split()
        profile, totals = Profile(imprint=imprint_of(options)).with_algorithms(algorithms), Totals()
    except UsageError as error:
        raise ArchiveError(path, f"it does not record how it was made ({error})") from error
    for one in rederive_crawl(tree, info, options, profile, path):
        totals.note(one)
    report = totals.report("", counts=False)
    return Rederivation(report, info.first("TEI-Agent") or "not recorded", f"solander {__version__}")


def which_page(path: Path) -> str:
    """What to do about one page of a bag of many pages: such a bag has no TEI or view that is its own."""
    folder = path / ORIGINAL_FOLDER
    try:
        original = min(one for one in folder.iterdir() if one.is_file())
    except (OSError, ValueError):
        original = folder
    return f"{OF_MANY}; pack the one that you want: solander pack {original} --url ADDRESS --into ARCHIVE"


def keeps_page(path: Path) -> bool:
    """Whether a bag in a folder keeps a page, as far as it says: any other payload has nothing that is read again.

    A bag that claims to be of Solander's profile keeps one, even if what records it is lost.
    """
    return kind_of(path / STATEMENTS_NAME) != "nothing" or PROFILE_IDENTIFIER in bag_info(path).values(
        "BagIt-Profile-Identifier"
    )


NO_PAGE = "this bag keeps no page: it was not made by solander pack"
"""What is said where the page of a bag is wanted that has none."""


def normalise_again(path: Path) -> Normalised:
    """Read, describe and encode a bag's original again, with all that the bag records.

    Raises:
        NotABag: there is no bag.
        ArchiveError: the bag keeps no page, does not record how it was made, or could not be read.
    """
    tree = bag_at(path)
    if CRAWL_PROFILE_IDENTIFIER in bag_info(path).values("BagIt-Profile-Identifier"):
        raise ArchiveError(path, which_page(path))
    if not keeps_page(path):
        raise ArchiveError(path, NO_PAGE)
    recorded = recorded_in(path)
    if judge_json(tree.read(STATEMENTS_NAME, RECORD_LIMIT_BYTES), STATEMENTS_NAME).findings:
        raise ArchiveError(path / STATEMENTS_NAME, "it does not record how the bag was made as Solander writes it")
    options = recorded.options
    name = options.get("original-name", "")
    try:
        moment = datetime.fromisoformat(options["at"])
        capture = capture_again(tree.read(ORIGINAL_FOLDER + name, ORIGINAL_LIMIT_BYTES), options)
    except (KeyError, ValueError) as error:
        raise ArchiveError(path, f"it does not record how it was made ({error})") from error
    except SolanderError as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(path / ORIGINAL_FOLDER / name, f"the original cannot be read as a page: {error}") from error
    if capture.container is None and (media := beside_again(tree, name, capture.uri)):
        capture = replace(capture, media=media)
    return normalise_capture(capture, moment, recorded.said, imprint_of(options))


def capture_again(received: bytes, options: Mapping[str, str]) -> Capture:
    """The capture that was packed, from the original's bytes and what the bag records of it.

    Raises:
        SourceError: the bytes are no page.
        ValueError: a recorded moment is none.
    """
    if is_container(options.get("original-name", "")):
        return _contained_again(received, options)
    from solander.capturing import read_capture

    captured_at = options.get("captured-at")
    capture = read_capture(
        "-",
        stdin=io.BytesIO(received),
        uri=options.get("uri"),
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
        declared_charset=options.get("declared-charset"),
        limit_bytes=ORIGINAL_LIMIT_BYTES,
    )
    redirects = tuple(options.get("redirects", "").split())
    origin = replace(capture.origin, record_id=options.get("record-id"), redirects=redirects)
    # The media type is told from the bytes; a capture made in memory may have been given another.
    return replace(capture, origin=origin, media_type=options.get("media-type", capture.media_type))


def _contained_again(received: bytes, options: Mapping[str, str]) -> Capture:
    """The page's capture out of the container that the bag keeps."""
    if options["original-name"].endswith((".mhtml", ".webarchive")):
        return _in_one_again(received, options)
    from solander.capturing.record_pages import chosen_pages, opened_records

    name, record_id = options["original-name"], options.get("record-id")
    choice = Choice(
        urls=() if record_id else (options.get("uri", ""),),
        record_ids=(record_id,) if record_id else (),
        statuses=tuple(range(100, 600)),
        at=moment_or_none(options.get("captured-at")),
    )
    container = "arc" if name.startswith("capture.arc") else "warc"
    with opened_records(BytesAtHand(received), container, name) as records:
        found = next(chosen_pages(records.index, choice), None)
        if found is None:
            raise SourceUnreadable(name, "the page's record is not in it")
        capture = records.capture(found, ORIGINAL_LIMIT_BYTES)
    media_type = "application/warc" if container == "warc" else "application/x-internet-archive"
    kept = Container(name=name, media_type=media_type, content=received)
    origin = replace(capture.origin, redirects=tuple(options.get("redirects", "").split()))
    return replace(capture, container=kept, origin=origin)


def _in_one_again(received: bytes, options: Mapping[str, str]) -> Capture:
    from solander.capturing.mhtml import read_mhtml
    from solander.capturing.safari_archive import read_safari_archive

    read = read_mhtml if options["original-name"].endswith(".mhtml") else read_safari_archive
    return read(
        received,
        "-",
        uri=options.get("uri"),
        captured_at=moment_or_none(options.get("captured-at")),
        declared_charset=options.get("declared-charset"),
    )


def beside_again(tree: Tree, name: str, uri: str | None) -> tuple[Medium, ...]:
    """The files that stand beside an original, where a browser had put them."""
    from solander.capturing.saved_page import MEDIUM_LIMIT_BYTES, kept_beside

    own = ORIGINAL_FOLDER + name
    paths = sorted(
        one.path
        for one in tree.entries()
        if one.kind == "file" and one.path.startswith(ORIGINAL_FOLDER) and one.path != own
    )
    return tuple(
        kept_beside(path.removeprefix(ORIGINAL_FOLDER), tree.read(path, MEDIUM_LIMIT_BYTES), uri) for path in paths
    )


def imprint_of(options: Mapping[str, str]) -> Imprint:
    """The imprint that was recorded."""
    return Imprint(
        organization=options.get("organization"),
        contact_email=options.get("contact-email"),
        licence=options.get("licence"),
        licence_target=options.get("licence-target"),
    )
