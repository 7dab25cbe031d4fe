"""From a page to a bag that stands in an archive: the stages in order, and what "already there" means.

Everything is made and judged before the archive is locked; under the lock it is only asked whether another run was
quicker, and the folder written, whole or not at all.

What a person stated of a page holds until a person states otherwise: packing without a statement changes none, and a
statement of one element leaves those of the others as they are.

Source: DESIGN, section 1 (law 4) and section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Unpack

from solander.errors import ArchiveError, ArchiveUnwritable, SolanderError, SourceError, UsageError
from solander.model.accession import Accession
from solander.model.capture import Capture
from solander.pipeline.archive import (
    Archive,
    Standing,
    changed_options,
    documents_in,
    options_of,
    recorded_in,
    recorded_report,
)
from solander.pipeline.captures import Source, Watch, find_captures
from solander.pipeline.events import Following
from solander.pipeline.making import laid_out, make_accession
from solander.pipeline.normalising import normalise_capture
from solander.pipeline.requests import Asked, AskedOfPacking, Request, Terms
from solander.pipeline.stating import changed_elements, together
from solander.profiles import Profile

if TYPE_CHECKING:
    from solander.encoding.statements import Recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """A source of which there is an accession."""

    source: str
    """As it was named."""

    accession: Accession
    failed: bool
    """There are findings at or above the mildest that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotPacked:
    """A source of which there is none."""

    source: str
    """As it was named."""

    error: SolanderError
    """Why not: what is wrong with this source alone."""


Outcome: TypeAlias = Packed | NotPacked
"""What became of one source."""


def pack(source: Source, *, into: str | Path, **asked: Unpack[AskedOfPacking]) -> Accession:
    """Pack one page into an archive.

    Args:
        source: a path, ``-`` for standard input, or a capture in hand.
        into: the folder of bags; made if it is not there.
        **asked: what a file does not say (``uri``, ``captured_at``, ``declared_charset``); the moment of the work
            (``at``: the same moment makes the same bytes); ``limit_bytes``, ``stdin``; what a person says of an
            element of Dublin Core (``title="…"``, ``creator=["…", "…"]``), or as statements (``said``);
            ``forget_statements``, to drop what the bag that stands has stated of it; and instead of what the
            archive's ``solander.toml`` wants ``algorithms``, ``fail_on``, ``strict`` (make no bag where there are
            findings at or above ``fail_on``) or another ``profile``.

    Returns:
        The accession; its ``path`` is the bag, ``None`` where ``strict`` made none.

    Raises:
        SourceError: nothing could be read there, or what is there is no page.
        ArchiveError: the bag could not be written; nothing was left behind.
        UsageError: a moment has no time zone, an address is none, or a statement has not the form of its element.
        TypeError: there is no such keyword, or a moment is none.
    """
    outcome = next(pack_all([source], into=into, **asked))
    if isinstance(outcome, NotPacked):
        raise outcome.error
    return outcome.accession


def pack_all(
    sources: Iterable[Source],
    *,
    into: str | Path,
    algorithms: Sequence[str] | None = None,
    strict: bool = False,
    fail_on: str | None = None,
    profile: Profile | None = None,
    forget_statements: bool = False,
    watch: Watch | None = None,
    **asked: Unpack[Asked],
) -> Iterator[Outcome]:
    """Pack several pages, one after the other, with what ``pack`` takes; say of each what became of it.

    A source that cannot be packed does not stop the others. A file of many captures (WARC, ARC) is one source with as
    many outcomes as it holds pages; ``urls``, ``records``, ``statuses`` and ``since`` choose among them, and ``watch``
    is told how far the work has come.

    Raises:
        ArchiveUnwritable: the archive could not be written, which the next page would find too.
        UsageError: what was asked for cannot be done, or is true of one page only and there are several.
    """
    request, folder = Request.of(**asked), Path(into)
    terms = Terms.of(
        folder,
        algorithms=algorithms,
        strict=strict,
        fail_on=fail_on,
        profile=profile,
        forget_statements=forget_statements,
    )
    several = iter(sources)
    first = list(islice(several, 2))
    if len(first) > 1 and request.of_one_page:
        names = ", ".join(request.of_one_page)
        raise UsageError(f"{names}: for one page at a time, and there are several; pack them one by one")
    archive = Archive(folder)
    every = (found for source in chain(first, several) for found in find_captures(source, request, watch))
    for name, capture in every:
        if isinstance(capture, SolanderError):
            yield NotPacked(source=name, error=capture)
            continue
        try:
            accession = _accession(capture, request, archive, terms)
        except ArchiveUnwritable:
            raise
        except (SourceError, ArchiveError) as error:
            yield NotPacked(source=name, error=error)
            continue
        failed = bool(accession.report.at_or_above(terms.fail_on))
        yield Packed(source=name, accession=accession, failed=failed)


def _accession(capture: Capture, request: Request, archive: Archive, terms: Terms) -> Accession:
    # Late: only writing needs it.
    from solander.files.whole import locked, made_folder, write_folder

    while True:
        standing = archive.latest(capture.identifier)
        recorded = _recorded(standing) if standing else None
        before = recorded.said if recorded else ()
        said = together(request.said, before, forget=terms.forget_statements)
        stated = {one.element for one in request.said}
        carried = tuple(dict.fromkeys(one.element for one in said if one.element not in stated))
        normalised = normalise_capture(capture, request.at, said, terms.profile.imprint)
        options = options_of(normalised, terms.profile.algorithms)
        following = None
        if standing and recorded:
            changed = (*changed_elements(said, before), *changed_options(options, recorded.options))
            if not changed:
                return _already_there(capture, request, standing, recorded, carried)
            following = Following(standing.version + 1, standing.path.name, changed)
        accession = replace(make_accession(normalised, options, terms.profile, following), carried=carried)
        report = accession.report
        if terms.strict and (report.at_or_above(terms.fail_on) or report.unchecked):
            return accession
        with made_folder(archive.folder), locked(archive.folder):
            # Another run may have packed this page while ours was made: then ours follows another bag.
            if archive.latest(capture.identifier) != standing:
                continue
            path = write_folder(archive.folder, accession.name, laid_out(accession, terms.profile))
        same = tuple(one.path.name for one in archive.same_bytes(capture.sha256, capture.identifier))
        return replace(accession, path=path, same_bytes=same)


def _recorded(standing: Standing) -> Recorded:
    try:
        return recorded_in(standing.path)
    except ArchiveError as error:
        raise _untold(standing, error) from error


def _untold(standing: Standing, error: ArchiveError) -> ArchiveError:
    what = f"this page's bag does not tell how it was made, so nothing is packed; see: solander validate ({error})"
    return ArchiveError(standing.path, what)


def _already_there(
    capture: Capture, request: Request, standing: Standing, recorded: Recorded, carried: tuple[str, ...]
) -> Accession:
    """The accession of a bag that stands, as the bag has it."""
    try:
        documents = documents_in(standing.path)
    except ArchiveError as error:
        raise _untold(standing, error) from error
    return Accession(
        identifier=standing.identifier,
        version=standing.version,
        name=standing.path.name,
        at=recorded.packed_at or request.at,
        capture=capture,
        description=recorded.description,
        documents=documents,
        events=(),
        report=recorded_report(standing.path),
        path=standing.path,
        already_there=True,
        carried=carried,
    )
