"""From a page to a bag that stands in an archive: the stages in order, and what "already there" means.

Everything is made and judged before the archive is locked; under the lock it is only asked whether another run was
quicker, and the folder written, whole or not at all.

What a person stated of a page holds until a person states otherwise: packing without a statement changes none, and a
statement of one element leaves those of the others as they are.

Source: docs/design.md, section 1 (law 4) and section 4.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, Unpack

from solander.errors import ArchiveError, ArchiveUnwritable, SolanderError, SourceError, UsageError
from solander.model.accession import Accession
from solander.model.capture import Capture
from solander.pipeline.archive import (
    OF_THE_FILE,
    Archive,
    Standing,
    changed_options,
    documents_in,
    options_before_reading,
    options_of,
    recorded_in,
    recorded_report,
)
from solander.pipeline.events import Following
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.pages.beside_others import beside_others
from solander.pipeline.pages.making import laid_out, make_accession
from solander.pipeline.pages.normalising import normalise_capture
from solander.pipeline.pages.same_records import says_the_same
from solander.pipeline.pages.standing_whole import refuse_broken, refused_name
from solander.pipeline.requests import Asked, AskedOfPacking, Request, Terms
from solander.pipeline.sources.captures import Found, Source, Watch, find_captures
from solander.pipeline.sources.live import Guest
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
        source: a path, ``-`` for standard input, an address (``https://…``), or a capture in hand.
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
    outside_bags(folder, "--into")
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
    packing = _Packing(archive, request, terms)
    guest = Guest(request, terms.profile.imprint.contact_email)
    for found in (one for source in chain(first, several) for one in find_captures(source, request, watch, guest)):
        yield from packing.take(found)
    yield from packing.give()


class _Made(NamedTuple):
    """A page of which a bag is made in memory, and what its making went by."""

    source: str
    capture: Capture
    accession: Accession
    standing: Standing | None
    """The bag that it follows."""
    is_done: bool
    """Nothing is to be written: it is there already, or ``strict`` made none."""


BATCH, BATCH_BYTES = 48, 24 * 1024 * 1024
"""So many bags, or so many bytes of them, are given to the disk at once (docs/design.md, law 4)."""


class _Packing:
    """Pages on their way into an archive: made one by one, written as many at a time as come of one file."""

    def __init__(self, archive: Archive, request: Request, terms: Terms) -> None:
        self._archive, self._request, self._terms = archive, request, terms
        self._waiting: list[_Made | NotPacked] = []
        self._identifiers: set[str] = set()
        """Of what waits."""
        self._bytes = 0

    def take(self, found: Found) -> Iterator[Outcome]:
        """Make what was found, and write it once there is enough; what was written is told.

        Raises:
            ArchiveUnwritable: the archive could not be written.
        """
        capture = found.capture
        if isinstance(capture, Capture):
            # To tell it takes a digest of the page: it is told once.
            identifier = capture.identifier
            if identifier in self._identifiers:
                # What is made of it hangs on the bag that is only about to stand.
                yield from self.give()
            self._identifiers.add(identifier)
        self._waiting.append(
            NotPacked(source=found.name, error=capture)
            if isinstance(capture, SolanderError)
            else self._made(found.name, capture, self._moment_of(found, capture))
        )
        if isinstance(last := self._waiting[-1], _Made):
            self._bytes += 2 * len(last.capture.original) + sum(len(one.content) for one in last.capture.media)
            self._bytes += sum(len(one.content) for one in last.accession.documents)
        if not found.is_of_many or len(self._waiting) >= BATCH or self._bytes > BATCH_BYTES:
            yield from self.give()

    def give(self) -> Iterator[Outcome]:
        """Write what waits, and tell of it in order."""
        waiting, self._waiting, self._bytes = self._waiting, [], 0
        self._identifiers.clear()
        paths = self._written([one for one in waiting if isinstance(one, _Made) and not one.is_done])
        for one in waiting:
            yield one if isinstance(one, NotPacked) else self._outcome(one, paths)

    def _moment_of(self, found: Found, capture: Capture) -> datetime:
        """When a page is packed: no sooner than it was captured, where that was after this run began."""
        at = self._request.at
        return max(at, capture.captured_at) if found.is_live and capture.captured_at else at

    def _made(self, name: str, capture: Capture, at: datetime) -> _Made | NotPacked:
        try:
            return _make(name, capture, replace(self._request, at=at), self._archive, self._terms)
        except ArchiveUnwritable:
            raise
        except (SourceError, ArchiveError) as error:
            return NotPacked(source=name, error=error)

    def _written(self, made: list[_Made]) -> dict[str, Path]:
        """The bags that stand now, by identifier; those that another run was quicker to pack are not among them."""
        # Late: only writing needs it.
        from solander.files.many_folders import write_folders
        from solander.files.whole import made_folder

        if not made:
            return {}
        folders = [(one.accession.name, laid_out(one.accession, self._terms.profile)) for one in made]

        stand: list[bool] = []

        def may_stand(number: int) -> bool:
            # Asked under the lock: until it is given back only this run writes, so that one look holds for all.
            if not stand:
                self._archive.look_again()
                stand.extend(self._archive.latest(one.capture.identifier) == one.standing for one in made)
            return stand[number]

        with made_folder(self._archive.folder):
            paths = write_folders(self._archive.folder, folders, may_stand)
            self._archive.look_again()
        return {one.accession.identifier: path for one, path in zip(made, paths, strict=True) if path is not None}

    def _outcome(self, made: _Made, paths: dict[str, Path]) -> Outcome:
        while not made.is_done and made.accession.identifier not in paths:
            # Another run packed this page while ours was made: then ours follows another bag, or is there already.
            if made.standing == self._archive.latest(made.capture.identifier):
                return NotPacked(source=made.source, error=refused_name(self._archive.folder / made.accession.name))
            again = self._made(made.source, made.capture, made.accession.at)
            if isinstance(again, NotPacked):
                return again
            made = again
            paths = {} if made.is_done else self._written([made])
        accession = made.accession
        if not made.is_done:
            accession = beside_others(replace(accession, path=paths[accession.identifier]), self._archive)
        failed = bool(accession.report.at_or_above(self._terms.fail_on))
        return Packed(source=made.source, accession=accession, failed=failed)


_A_COPY = ("record-id",)
"""What changes where a record is copied under another name."""


def _make(name: str, capture: Capture, request: Request, archive: Archive, terms: Terms) -> _Made:
    """Make the bag of a page in memory, unless it stands already."""
    standing = archive.latest(capture.identifier)
    recorded = _recorded(standing) if standing else None
    before = recorded.said if recorded else ()
    said = together(request.said, before, forget=terms.forget_statements)
    stated = {one.element for one in request.said}
    carried = tuple(dict.fromkeys(one.element for one in said if one.element not in stated))
    algorithms, imprint = terms.profile.algorithms, terms.profile.imprint
    if standing and recorded and standing.is_of_this_version and not changed_elements(said, before):
        # What only reading could tell is what this same version read before: a run that goes on reads nothing twice.
        asked = options_before_reading(capture, imprint, algorithms)
        if not changed_options(asked, {key: value for key, value in recorded.options.items() if key != "charset"}):
            there = _already_there(capture, request, standing, recorded, carried)
            return _Made(name, capture, there, standing, is_done=True)
    normalised = normalise_capture(capture, request.at, said, imprint)
    options = options_of(normalised, algorithms)
    following = None
    if standing and recorded:
        changed = (*changed_elements(said, before), *changed_options(options, recorded.options))
        if not changed:
            there = _already_there(capture, request, standing, recorded, carried)
            return _Made(name, capture, there, standing, is_done=True)
        if OF_THE_FILE.issuperset(changed):
            # The same capture out of another file, or as another record of it, may have been packed before the last.
            alike = []
            for one in archive.versions(capture.identifier):
                earlier = _recorded(one) if one != standing else recorded
                other = (*changed_elements(said, earlier.said), *changed_options(options, earlier.options))
                alike += [(other, one, earlier)] if other in ((), _A_COPY) else []
            for other, one, earlier in sorted(alike, key=lambda found: len(found[0])):
                # An answer that was written down twice is one capture, whatever its records are called.
                if not other or says_the_same(capture, one.path):
                    there = _already_there(capture, request, one, earlier, carried)
                    return _Made(name, capture, there, standing, is_done=True)
        following = Following(standing.version + 1, standing.path.name, changed)
    accession = replace(make_accession(normalised, options, terms.profile, following), carried=carried)
    report = accession.report
    refused = terms.strict and bool(report.at_or_above(terms.fail_on) or report.unchecked)
    return _Made(name, capture, accession, standing, is_done=refused)


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
    """The accession of a bag that stands, as the bag has it.

    Raises:
        ArchiveError: it is not whole, or cannot be read.
    """
    refuse_broken(standing.path)
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
