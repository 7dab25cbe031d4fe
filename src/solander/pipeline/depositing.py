"""Depositing a bag: judged, begun, packed anew with its identifier, sent, compared, published, and receipted.

Nothing leaves that is not valid by our own rules and by ``bagit``. What a step did is in the journal before the next
one begins; what stops a run is made good by the same command again.

Source: DESIGN, sections 3, 4 and 8; docs/format.md, "Deposits".
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from solander.checking import deposit as rules
from solander.checking.rules import codes
from solander.errors import DepositError, DepositHeld, SolanderError, UsageError
from solander.files.folder import Folder
from solander.model.deposit import Consignment, Receipt, Record
from solander.model.description import Statement
from solander.model.finding import Report, in_order
from solander.pipeline import clock
from solander.pipeline.archive import STATEMENTS_NAME, bag_at
from solander.pipeline.conforming import judge_form
from solander.pipeline.consigning import consign, packaged
from solander.pipeline.deposit_journal import DepositJournal, JournalledSteps, open_deposit_journal
from solander.pipeline.events import SOLANDER
from solander.pipeline.merging import merge
from solander.pipeline.receipts import keep_receipt, receipts_of
from solander.pipeline.repacking import identified, repacked
from solander.pipeline.subject import Subject, archive_of
from solander.pipeline.target_settings import Place, opened, place_of
from solander.pipeline.validating import validate

if TYPE_CHECKING:
    from solander.depositing.course import Run
    from solander.model.targets import Target

Watch = Callable[[str, int, int], None]
"""Told of each file that has arrived: its name, its number, and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositRequest:
    """What is asked of a deposit."""

    to: str
    """A target as it is written, or a name from ``solander.toml``."""
    publish: bool = False
    """Make the record public; otherwise a draft stays, for a person to look at."""
    form: str | None = None
    """One of ``FORMS``; the target's own choice, if it is not said."""
    access: str | None = None
    """One of ``ACCESSES``; by the page's rights, if it is not said."""
    embargo_until: date | None = None
    reads_back: bool = False
    """Read every file again, even where the repository reckons checksums itself."""
    said: tuple[Statement, ...] = ()
    """What is stated of the page: packed into the next version of its bag."""
    settings: tuple[tuple[str, str], ...] = ()
    """What only the target asks for, instead of the keeper's own."""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What a deposit would do; nothing was sent."""

    bag: Path
    target: str
    consignment: Consignment
    form: str
    files: tuple[tuple[str, int], ...]
    """What would be sent: names and sizes in bytes."""
    steps: tuple[str, ...]
    """In words, in order."""
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposited:
    """What came of one bag."""

    bag: Path
    """The bag that was deposited: the next version, where one was packed for the repository's identifier."""
    receipt: Receipt | None
    """``None`` if it was not deposited."""
    receipt_path: Path | None
    report: Report
    """What was found before anything was sent."""
    error: SolanderError | None = None
    was_there: bool = False
    """The repository had this very bag already; nothing was sent."""


@dataclass(slots=True, kw_only=True)
class _Work:
    """One deposit on its way."""

    path: Path
    place: Place
    request: DepositRequest
    target: Target
    consignment: Consignment
    is_asked_for: bool
    form: str
    report: Report = field(default_factory=lambda: Report(subject=""))


def plan_deposit(bag: str | Path, request: DepositRequest) -> Planned:
    """Say what a deposit would do, and everything that keeps it from being done; nothing is sent, nor anybody asked.

    Raises:
        UsageError: the target is none, or what is asked contradicts itself.
        ArchiveError: the bag could not be read.
    """
    path = Path(bag)
    place = _place_of(request, archive_of(path))
    with contextlib.closing(opened(place)) as target:
        work = _begun(path, place, request, target)
        work.report = _judged(work)
        with _packaged(work) as ready:
            files = tuple((one.name, one.size_bytes) for one in ready.parcels)
        return Planned(
            bag=path,
            target=target.name,
            consignment=work.consignment,
            form=work.form,
            files=files,
            steps=tuple(_steps(work)),
            report=work.report,
        )


def deposit(bag: str | Path, request: DepositRequest, *, watch: Watch | None = None) -> Deposited:
    """Deposit one bag.

    Args:
        bag: its folder.
        request: where, and on which terms.
        watch: told of each file that has arrived.

    Raises:
        DepositError: it was not deposited, or not to its end; the same command goes on where this one stopped.
        UsageError: the target is none, or what is asked contradicts itself.
        ArchiveError: the bag or the journal could not be read or written.
    """
    done = next(deposit_all([bag], request, watch=watch))
    if done.error is not None:
        raise done.error
    return done


def deposit_all(
    bags: Sequence[str | Path], request: DepositRequest, *, watch: Watch | None = None
) -> Iterator[Deposited]:
    """Deposit several bags of one archive, one after the other; say of each what became of it.

    A bag that is refused does not stop the others.

    Raises:
        UsageError: the target is none, or the bags do not lie in one folder.
        ArchiveError: the journal could not be opened.
    """
    paths = [Path(bag) for bag in bags]
    archives = {archive_of(path) for path in paths}
    if len(archives) > 1:
        raise UsageError("bags of one archive at a time: their deposits are kept in one journal")
    for path in paths:
        bag_at(path)
    archive = archives.pop()
    place = _place_of(request, archive)
    with open_deposit_journal(archive) as journal, contextlib.closing(opened(place)) as target:
        for path in paths:
            try:
                yield _deposited(_begun(path, place, request, target), journal, watch)
            except SolanderError as error:
                report = error.report if isinstance(error, DepositHeld) else Report(subject=str(path))
                yield Deposited(bag=path, receipt=None, receipt_path=None, report=report, error=error)


def _place_of(request: DepositRequest, archive: Path) -> Place:
    """Where it goes; what is asked for now comes after what the keeper has settled, and outweighs it."""
    place = place_of(request.to, archive)
    return place._replace(settings=(*place.settings, *request.settings))


def _begun(path: Path, place: Place, request: DepositRequest, target: Target) -> _Work:
    from solander.packing import parse_bag

    bag_at(path)
    if request.said:
        path = repacked(path, request.said, request.at)
    bag = parse_bag(Folder(path))
    form = request.form or place.setting("form") or target.form
    if form not in target.forms:
        raise UsageError(f"{target.name}: takes a bag as {' or '.join(target.forms)}, and not as {form}")
    consignment, is_asked_for = consign(
        path,
        bag,
        access=request.access or place.setting("access"),
        until=request.embargo_until,
        settings=place.settings,
    )
    if target.metadata_form is not None:
        from solander.pipeline.crosswalks import metadata_of

        consignment = replace(consignment, metadata=metadata_of(consignment, target.metadata_form))
    return _Work(
        path=path,
        place=place,
        request=request,
        target=target,
        consignment=consignment,
        is_asked_for=is_asked_for,
        form=form,
    )


def _judged(work: _Work) -> Report:
    """The judgement of a bag and of what is intended with it."""
    intended = rules.Intended(
        bag=work.consignment.bag,
        description=work.consignment.description,
        access=work.consignment.access,
        is_asked_for=work.is_asked_for,
        publishes=work.target.publishes,
        gaps=tuple(work.target.gaps(work.consignment)),
    )
    own = validate(Subject(work.path, "bag"), second_opinion=True)
    before = Report(
        subject=str(work.path), findings=in_order(rules.check_intended(intended)), rules=codes(rules.BEFORE)
    )
    parts = [own, before]
    if work.target.bag_profile is not None:
        parts.append(judge_form(work.path, work.consignment, work.target.bag_profile))
    return merge(parts, subject=str(work.path))


def _packaged(work: _Work) -> AbstractContextManager[Consignment]:
    target = work.target
    return packaged(work.consignment, work.path, work.form, beside=target.takes_beside, profile=target.bag_profile)


def _deposited(work: _Work, journal: DepositJournal, watch: Watch | None) -> Deposited:
    # Late: nobody else opens a connection.
    from solander.depositing.course import Course

    work.report = _judged(work)
    _hold_back(work)
    target = work.target
    steps = JournalledSteps(journal, target.name, work.consignment, work.request.at)
    begun: list[Record] = []

    @contextlib.contextmanager
    def prepared(record: Record, is_done: bool) -> Iterator[Consignment]:
        nonlocal work
        begun.append(record)
        if not is_done and record.reserved and _is_page(work.path):
            work = _identified(work, record, steps)
        with _packaged(work) as ready:
            steps.consignment = ready
            yield ready

    known = journal.record_of(target.name, work.consignment.identifier)
    try:
        run = Course(target, steps, clock.wait).run(
            work.consignment,
            prepared,
            known=known,
            is_in_doubt=journal.is_in_doubt(target.name, work.consignment.identifier),
            publish=work.request.publish,
            reads_back=work.request.reads_back,
            watch=watch,
        )
    except DepositError as error:
        steps.note("refused", begun[-1] if begun else None, why=error.what, kind=type(error).__name__)
        raise
    receipt = _receipt(work, run)
    standing = [one for one in receipts_of(work.path) if replace(one, at=receipt.at, agent=receipt.agent) == receipt]
    path = None if run.was_there and standing else keep_receipt(archive_of(work.path), receipt)
    steps.note("done", run.record)
    return Deposited(bag=work.path, receipt=receipt, receipt_path=path, report=work.report, was_there=run.was_there)


def _hold_back(work: _Work) -> None:
    """Refuse what may not leave.

    Raises:
        DepositHeld: there are errors, or something could not be checked.
    """
    errors = work.report.at_or_above("error")
    if errors:
        named = ", ".join(dict.fromkeys(one.code for one in errors))
        what = f"{work.path}: nothing was sent: {named}; see: solander explain {named.replace(',', '')}"
    elif work.report.unchecked:
        what = f"{work.path}: nothing was sent: not checked: {work.report.unchecked[0]}"
    else:
        return
    raise DepositHeld(work.target.name, what, work.report)


def _identified(work: _Work, record: Record, steps: JournalledSteps) -> _Work:
    """The next version of the bag, with the identifier that the repository keeps for it; the bag itself, if it has it.

    Raises:
        DepositHeld: the bag that was packed is not valid.
    """
    wanted = [value for _, value in record.reserved]
    if identified(work.path, wanted):
        return work
    path = repacked(work.path, wanted, work.request.at)
    steps.note("packed", record, bag=path.name)
    again = _begun(path, work.place, replace(work.request, said=()), work.target)
    again.report = _judged(again)
    _hold_back(again)
    steps.consignment = again.consignment
    return again


def _is_page(path: Path) -> bool:
    return any(entry.path == STATEMENTS_NAME for entry in Folder(path).entries())


def _receipt(work: _Work, run: Run) -> Receipt:
    one, record = run.consignment, run.record
    return Receipt(
        target=work.target.name,
        identifier=one.identifier,
        version=one.version,
        bag=one.bag,
        bag_digest=one.bag_digest,
        record=record.name,
        url=record.url,
        state=record.state,
        identifiers=record.reserved,
        access=one.access,
        at=clock.moment(work.request.at),
        files=run.compared,
        agent=SOLANDER,
    )


def _steps(work: _Work) -> Iterator[str]:
    """What would be done, in words."""
    one, target = work.consignment, work.target
    yield f"look for a record of {one.identifier}"
    yield "make a draft, or take up the one that is there" if target.publishes else "begin a deposit of this bag"
    if target.reserves:
        yield "have an identifier reserved, and pack the next version of the bag with it"
    yield f"send the bag as {work.form}" if work.form != "files" else "send the bag file by file"
    yield "compare every file with what is there" + (", reading it back" if work.request.reads_back else "")
    yield "complete the record, with the bag's digest"
    if target.publishes:
        yield "publish it" if work.request.publish else "leave it as a draft; --publish makes it public"
    yield "write the receipt"
