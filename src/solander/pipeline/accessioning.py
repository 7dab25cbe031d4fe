"""From a page to a bag that stands in an archive: the stages in order, and what "already there" means.

Everything is made and judged before the archive is locked; under the lock only the version is decided and the folder
written, whole or not at all.

Source: DESIGN, section 1 (law 4) and section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, NamedTuple

from solander.errors import ArchiveError, ArchiveUnwritable, OutputInsideSource, SolanderError, SourceError
from solander.model.accession import Accession
from solander.model.capture import Capture
from solander.model.description import Statement
from solander.pipeline.archive import Archive, is_same, options_of, recorded_in, recorded_report
from solander.pipeline.clock import moment
from solander.pipeline.making import laid_out, make_accession, name_of
from solander.pipeline.normalising import Normalised, Source, Stated, capture_of, normalise_capture, statements
from solander.profiles import Profile, load_profile


class Outcome(NamedTuple):
    """What became of one source."""

    source: str
    """As it was named."""

    accession: Accession | None
    error: SolanderError | None
    """Why there is no accession: what is wrong with this source alone."""

    failed: bool
    """There are findings at or above the mildest that counts."""


def find_sources(places: Sequence[str], *, into: Path) -> list[str]:
    """The pages at some places: a folder stands for every page in it.

    Raises:
        SourceError: nothing is there.
        OutputInsideSource: the archive lies in a folder that is to be packed.
    """
    from solander.capturing import find_sources as find

    for place in places:
        if place != "-" and Path(place).is_dir() and into.resolve().is_relative_to(Path(place).resolve()):
            raise OutputInsideSource(into, Path(place))
    return find(places)


def pack(
    source: Source,
    *,
    into: str | Path,
    uri: str | None = None,
    at: datetime | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
    limit_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    said: Sequence[Statement] = (),
    algorithms: Sequence[str] | None = None,
    strict: bool = False,
    fail_on: str | None = None,
    profile: Profile | None = None,
    **stated: Stated,
) -> Accession:
    """Pack one page into an archive.

    Args:
        source: a path, ``-`` for standard input, or a capture in hand.
        into: the folder of bags; made if it is not there.
        uri: where the page was.
        at: the moment of packing, instead of now: the same moment makes the same bytes.
        captured_at: when the page was captured, aware; a file does not say.
        declared_charset: the transport's word on the page's encoding.
        limit_bytes: refuse larger pages.
        stdin: what ``-`` reads; the program's own if not given.
        said: statements of a person, beside ``stated``.
        algorithms: of the manifests, instead of the profile's.
        strict: make no bag where there are findings at or above ``fail_on``.
        fail_on: a severity, instead of the profile's.
        profile: instead of the archive's own ``solander.toml``.
        **stated: what a person says of an element of Dublin Core: ``title="…"``, ``creator=["…", "…"]``.

    Returns:
        The accession; its ``path`` is the bag, ``None`` where ``strict`` made none.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        ArchiveError: the bag could not be written; nothing was left behind.
        UsageError: a moment has no time zone, or a stated value is empty.
    """
    outcomes = pack_all(
        [source],
        into=into,
        uri=uri,
        at=at,
        captured_at=captured_at,
        declared_charset=declared_charset,
        limit_bytes=limit_bytes,
        stdin=stdin,
        said=said,
        algorithms=algorithms,
        strict=strict,
        fail_on=fail_on,
        profile=profile,
        **stated,
    )
    outcome = next(outcomes)
    if outcome.accession is None:
        raise outcome.error or AssertionError("an outcome is an accession or an error")
    return outcome.accession


def pack_all(
    sources: Iterable[Source],
    *,
    into: str | Path,
    uri: str | None = None,
    at: datetime | None = None,
    captured_at: datetime | None = None,
    declared_charset: str | None = None,
    limit_bytes: int | None = None,
    stdin: BinaryIO | None = None,
    said: Sequence[Statement] = (),
    algorithms: Sequence[str] | None = None,
    strict: bool = False,
    fail_on: str | None = None,
    profile: Profile | None = None,
    **stated: Stated,
) -> Iterator[Outcome]:
    """Pack several pages, one after the other, with what ``pack`` takes; say of each what became of it.

    A source that cannot be packed does not stop the others.

    Raises:
        ArchiveUnwritable: the archive could not be written, which the next page would find too.
        UsageError: what was asked for cannot be done.
    """
    now, folder, spoken = moment(at), Path(into), statements(said, **stated)
    terms = profile or load_profile(folder)
    if algorithms is not None:
        terms = replace(terms, algorithms=tuple(algorithms))
    least = fail_on or terms.fail_on
    archive = Archive(folder)
    for source in sources:
        name = (source.uri or source.identifier) if isinstance(source, Capture) else str(source)
        try:
            capture = capture_of(
                source,
                uri=uri,
                captured_at=captured_at,
                declared_charset=declared_charset,
                limit_bytes=limit_bytes,
                stdin=stdin,
            )
            normalised = normalise_capture(capture, now, spoken, terms.imprint)
            accession = _accession(normalised, archive, terms, least if strict else None)
        except ArchiveUnwritable:
            raise
        except (SourceError, ArchiveError) as error:
            yield Outcome(name, None, error, True)
            continue
        yield Outcome(name, accession, None, bool(accession.report.at_or_above(least)))


def _accession(normalised: Normalised, archive: Archive, terms: Profile, refuse: str | None) -> Accession:
    options = options_of(normalised, terms.algorithms)
    there = _already_there(archive, normalised, options)
    if there is not None:
        return there
    accession = make_accession(normalised, options, terms)
    if refuse is not None and (accession.report.at_or_above(refuse) or accession.report.unchecked):
        return accession
    # Late: only writing needs it.
    from solander.whole import locked, made_folder, write_folder

    with made_folder(archive.folder), locked(archive.folder):
        # Another run may have packed this page while ours was made.
        there = _already_there(archive, normalised, options)
        if there is not None:
            return there
        latest = archive.latest(accession.identifier)
        version = latest.version + 1 if latest else 1
        accession = replace(accession, version=version, name=name_of(normalised, version))
        path = write_folder(archive.folder, accession.name, laid_out(accession, terms))
    return replace(accession, path=path)


def _already_there(archive: Archive, normalised: Normalised, options: dict[str, str]) -> Accession | None:
    standing = archive.latest(normalised.capture.identifier)
    if standing is None:
        return None
    try:
        recorded = recorded_in(standing.path)
    except ArchiveError as error:
        what = f"this page's bag does not tell how it was made, so nothing is packed; see: solander validate ({error})"
        raise ArchiveError(standing.path, what) from error
    if not is_same(normalised.said, options, recorded.said, recorded.options):
        return None
    return Accession(
        identifier=standing.identifier,
        version=standing.version,
        name=standing.path.name,
        at=normalised.at,
        capture=normalised.capture,
        description=recorded.description,
        documents=(normalised.tei,),
        events=(),
        report=recorded_report(standing.path),
        path=standing.path,
        already_there=True,
    )
