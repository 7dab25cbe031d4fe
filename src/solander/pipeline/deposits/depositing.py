"""Depositing a bag: judged, begun, packed anew with its identifier, sent, compared, published, and receipted.

Nothing leaves that is not valid by our own rules and by ``bagit``. What a step did is in the journal before the next
one begins; what stops a run is made good by the same command again.

Source: docs/design.md, section 4; docs/deposit.md, "What happens, in order"; docs/format.md, "Deposits".
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from solander.checking.bags import deposit as rules
from solander.checking.rules import codes
from solander.errors import ArchiveError, DepositError, DepositHeld, UsageError
from solander.files.folder import Folder
from solander.model.bag_layout import STATEMENTS_NAME
from solander.model.deposit import Consignment, Gap, Receipt, Record
from solander.model.finding import Report, in_order
from solander.pipeline import clock
from solander.pipeline.archive import bag_at
from solander.pipeline.deposits.conforming import judge_form
from solander.pipeline.deposits.consigning import consign, packaged
from solander.pipeline.deposits.journal import DepositJournal, JournalledSteps
from solander.pipeline.deposits.repacking import identified, repacked
from solander.pipeline.deposits.request import Deposited, DepositRequest, Planned, Watch
from solander.pipeline.deposits.sense import FOLDERS, refuse_senseless
from solander.pipeline.deposits.target_settings import Hiding, Place, opened_to_plan, place_of
from solander.pipeline.events import SOLANDER
from solander.pipeline.judgement.validating import validate
from solander.pipeline.merging import merge
from solander.pipeline.outside_bags import outside_bags
from solander.pipeline.subject import Subject, archive_of

if TYPE_CHECKING:
    from solander.depositing.course import Run
    from solander.model.targets import Target


@dataclass(slots=True, kw_only=True)
class Work:
    """One deposit on its way."""

    path: Path
    place: Place
    request: DepositRequest
    target: Target
    consignment: Consignment
    is_asked_for: bool
    form: str
    hiding: Hiding = field(default_factory=Hiding)
    lacking: str | None = None
    """What keeps the target from being asked, in a plan that asks nobody: an account."""
    report: Report = field(default_factory=lambda: Report(subject=""))


def plan_deposit(bag: str | Path, request: DepositRequest) -> Planned:
    """Say what a deposit would do, and everything that keeps it from being done; nothing is sent, nor anybody asked.

    Raises:
        UsageError: the target is none, or what is asked contradicts itself.
        ArchiveError: the bag could not be read.
    """
    path = Path(bag)
    place = settled_place(request, archive_of(path))
    target, lacking = opened_to_plan(place)
    with contextlib.closing(target):
        work = begun_work(path, place, request, target)
        work.lacking = lacking
        work.report = _judged(work)
        with _packaged(work, is_judged=False) as ready:
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


def settled_place(request: DepositRequest, archive: Path) -> Place:
    """Where a deposit goes; what is asked for now comes after what the keeper has settled, and outweighs it.

    Raises:
        UsageError: there is no such target, or it lies in the archive, whose bags it would stand among or take the
            names of; or what is asked cannot be meant.
    """
    place = place_of(request.to, archive)
    refuse_senseless(request, place)
    scheme, _, rest = place.written.partition(":")
    if scheme.lower() in FOLDERS and rest and Path(rest).resolve().is_relative_to(archive.resolve()):
        raise UsageError(f"{place.written}: this lies in the archive itself; name a place outside {archive}")
    if scheme.lower() in FOLDERS and rest:
        outside_bags(rest, "--to")
    return place._replace(settings=(*place.settings, *request.settings))


def begun_work(path: Path, place: Place, request: DepositRequest, target: Target) -> Work:
    """What is to be done with a bag; what was stated of it is packed into its next version.

    Raises:
        UsageError: the target takes no such form, or what is asked contradicts itself.
        ArchiveError: the bag could not be read.
    """
    from solander.packing import parse_bag

    bag_at(path)
    if path.name != path.name.encode("utf-8", "replace").decode():
        raise ArchiveError(
            path, "the bag's name holds bytes that are no UTF-8, which no target could be told; rename it"
        )
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
        from solander.pipeline.deposits.crosswalks import metadata_of

        consignment = replace(consignment, metadata=metadata_of(consignment, target.metadata_form))
    return Work(
        path=path,
        place=place,
        request=request,
        target=target,
        consignment=consignment,
        is_asked_for=is_asked_for,
        form=form,
    )


def _judged(work: Work, own: Report | None = None) -> Report:
    """The judgement of a bag and of what is intended with it; ``own`` is the bag's, if there is one already."""
    intended = rules.Intended(
        bag=work.consignment.bag,
        description=work.consignment.description,
        access=work.consignment.access,
        is_asked_for=work.is_asked_for,
        publishes=work.target.publishes,
        holds_back=work.target.holds_back,
        public_address=work.place.setting("public_address"),
        gaps=(*_account(work), *work.target.gaps(work.consignment)),
    )
    own = own or validate(Subject(work.path, "bag"), second_opinion=True)
    before = Report(
        subject=str(work.path), findings=in_order(rules.check_intended(intended)), rules=codes(rules.BEFORE)
    )
    parts = [own, before]
    if work.target.bag_profile is not None:
        parts.append(judge_form(work.path, work.consignment, work.target.bag_profile))
    return merge(parts, subject=str(work.path))


def _account(work: Work) -> Iterator[Gap]:
    if work.lacking is not None:
        scheme = work.place.written.partition(":")[0].upper().replace("-", "_")
        yield Gap("account", work.lacking, f"SOLANDER_TOKEN_{scheme} in the environment, or where solander.toml says")


def _packaged(work: Work, *, is_judged: bool = True) -> AbstractContextManager[Consignment]:
    target = work.target
    return packaged(
        work.consignment,
        work.path,
        work.form,
        beside=target.takes_beside,
        profile=target.bag_profile,
        is_judged=is_judged,
    )


def carried_out(work: Work, journal: DepositJournal, watch: Watch | None, own: Report | None = None) -> Deposited:
    """Deposit a bag, from where an earlier run stopped.

    Args:
        work: what is to be done.
        journal: of the archive's deposits.
        watch: told of each file that has arrived.
        own: the judgement of the bag, where there is one already.

    Raises:
        DepositError: it was not deposited, or not to its end.
        ArchiveError: the bag or the journal could not be read or written.
    """
    # Late: nobody else opens a connection.
    from solander.depositing.course import Course

    work.report = _judged(work, own)
    _hold_back(work)
    target = work.target
    # A storage is asked what is there, and knows at once; of a repository the journal may know more than its search.
    is_relied_on = target.publishes or target.finds_late or target.reserves
    steps = JournalledSteps(
        journal,
        target.name,
        work.consignment,
        work.request.at,
        is_relied_on=is_relied_on,
        hide=work.hiding.kept,
    )
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
            reads_back=_reads_back(work),
            watch=watch,
        )
    except DepositError as error:
        steps.note("refused", begun[-1] if begun else None, why=work.hiding.told(error.what), kind=type(error).__name__)
        raise
    receipt = _receipt(work, run)
    before = journal.receipts.standing(receipt) if run.was_there else None
    is_standing = before is not None and replace(before, at=receipt.at, agent=receipt.agent) == receipt
    path = None if is_standing else journal.receipts.keep(receipt)
    steps.note("done", run.record)
    journal.settle()
    return Deposited(bag=work.path, receipt=receipt, receipt_path=path, report=work.report, was_there=run.was_there)


def _hold_back(work: Work) -> None:
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


def _identified(work: Work, record: Record, steps: JournalledSteps) -> Work:
    """The next version of the bag, with the identifier that the repository keeps for it; the bag itself, if it has it.

    Raises:
        DepositHeld: the bag that was packed is not valid.
    """
    wanted = [value for _, value in record.reserved]
    if identified(work.path, wanted):
        return work
    path = repacked(work.path, wanted, work.request.at)
    steps.note("packed", record, bag=path.name)
    again = begun_work(path, work.place, replace(work.request, said=()), work.target)
    again.hiding = work.hiding
    again.report = _judged(again)
    _hold_back(again)
    steps.consignment = again.consignment
    return again


def _reads_back(work: Work) -> bool:
    """Whether files are read again even where the target reckons checksums itself."""
    return work.request.reads_back or work.place.setting("verify") == "readback"


def _is_page(path: Path) -> bool:
    return any(entry.path == STATEMENTS_NAME for entry in Folder(path).entries())


def _receipt(work: Work, run: Run) -> Receipt:
    one, record, hide = run.consignment, run.record, work.hiding.kept
    return Receipt(
        target=work.target.name,
        identifier=one.identifier,
        version=one.version,
        bag=one.bag,
        bag_digest=one.bag_digest,
        record=hide(record.name),
        url=hide(record.url) if record.url else record.url,
        linkset=hide(record.linkset) if record.linkset else record.linkset,
        state=record.state,
        identifiers=tuple((scheme, hide(value)) for scheme, value in record.reserved),
        access=one.access,
        at=clock.moment(work.request.at),
        files=run.compared,
        agent=SOLANDER,
    )


def _steps(work: Work) -> Iterator[str]:
    """What would be done, in words."""
    one, target = work.consignment, work.target
    yield f"look for a record of {one.identifier}"
    yield "make a draft, or take up the one that is there" if target.publishes else "begin a deposit of this bag"
    if target.reserves:
        yield "have an identifier reserved, and pack the next version of the bag with it"
    yield f"send the bag as {work.form}" if work.form != "files" else "send the bag file by file"
    yield "compare every file with what is there" + (", reading it back" if _reads_back(work) else "")
    yield "complete the record, with the bag's digest"
    if target.publishes:
        yield "publish it" if work.request.publish else "leave it as a draft; --publish makes it public"
    yield "write the receipt"
