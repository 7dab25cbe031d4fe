"""Deposits of many bags: judged ahead by other processes, sent as many at once as the target bears, told in order.

No more than a few bags are on their way at any moment, however many there are. One that is refused harms no other.

Source: docs/deposit.md, "Many at once".
"""

from __future__ import annotations

import contextlib
import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING

from solander.errors import ArchiveError, DepositHeld, SolanderError, UsageError
from solander.model.finding import Report
from solander.pipeline.archive import bag_at
from solander.pipeline.bag_digest import bag_digest
from solander.pipeline.deposits.depositing import begun_work, carried_out, settled_place
from solander.pipeline.deposits.journal import DepositJournal, open_deposit_journal
from solander.pipeline.deposits.request import Deposited, DepositRequest, Watch
from solander.pipeline.deposits.target_settings import Hiding, Place, hiding_of, opened
from solander.pipeline.judgement.judging_many import judge_many
from solander.pipeline.judgement.outcome import Outcome
from solander.pipeline.subject import Subject, archive_of

if TYPE_CHECKING:
    from solander.model.targets import Target


_VERSION = re.compile(r"-v([0-9]{1,6})\Z")


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
    """Deposit several bags of one archive; say of each what became of it.

    They go in the order in which they were named, but an object's older bags before its newer ones. A bag that is
    refused does not stop the others.

    Raises:
        UsageError: the target is none, or the bags do not lie in one folder.
        ArchiveError: the journal could not be opened.
    """
    paths = sorted((Path(bag) for bag in bags), key=_version_of)
    archives = {archive_of(path) for path in paths}
    if len(archives) > 1:
        raise UsageError("bags of one archive at a time: their deposits are kept in one journal")
    for path in paths:
        bag_at(path)
    archive = archives.pop()
    place = settled_place(request, archive)
    # The target first: where it is none, no journal is begun.
    with _Queue(place, request, watch, len(paths)) as queue, open_deposit_journal(archive) as journal:
        # What is stated of a page is packed into its next version first, and that is judged.
        pieces = () if request.said else [Subject(path, "bag") for path in paths]
        before = [_digest_of(one.path) for one in pieces] or [None for _ in paths]
        # Closed by name: an error that somebody keeps would keep the process alive that gives second opinions.
        with contextlib.closing(judge_many(pieces, {"second_opinion": True})) as judged:
            outcomes = judged if pieces else (None for _ in paths)
            yield from queue.work_off(journal, zip(paths, before, outcomes, strict=True))


def _version_of(bag: Path) -> int:
    """The version that a bag's name bears; names do not sort by it, for a title may have changed."""
    found = _VERSION.search(bag.name)
    return int(found[1]) if found else 1


def _digest_of(bag: Path) -> str | None:
    with contextlib.suppress(SolanderError):
        return bag_digest(bag)
    return None


class _Queue:
    """Bags on their way to one target."""

    def __init__(self, place: Place, request: DepositRequest, watch: Watch | None, bags: int) -> None:
        self._place, self._request, self._watch = place, request, watch
        self._held = contextlib.ExitStack()
        self._targets: SimpleQueue[Target] = SimpleQueue()
        self._at_once, self._bags = 1, bags
        self._hiding = Hiding()

    def __enter__(self) -> _Queue:
        """Open the target, as often as deposits go on at once."""
        self._hiding = hiding_of(self._place)
        first = self._held.enter_context(contextlib.closing(opened(self._place)))
        # Packing the next version of a bag, for an identifier or a statement, goes one by one.
        if not (self._request.said or first.reserves):
            self._at_once = max(1, min(first.at_once, self._bags))
        self._targets.put(first)
        for _ in range(self._at_once - 1):
            self._targets.put(self._held.enter_context(contextlib.closing(opened(self._place))))
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self._held.close()

    def work_off(
        self, journal: DepositJournal, judged: Iterator[tuple[Path, str | None, Outcome | None]]
    ) -> Iterator[Deposited]:
        """Send bags as they come, and tell of each in its order; twice as many wait as are sent at once.

        Args:
            journal: of the archive's deposits.
            judged: the bags, each with its digest before it was judged, and what came of that.
        """
        if self._at_once == 1:
            yield from (self._deposited(journal, *one) for one in judged)
            return
        waiting: deque[Future[Deposited]] = deque()
        with ThreadPoolExecutor(self._at_once, thread_name_prefix="deposit") as pool:
            try:
                for one_judged in judged:
                    waiting.append(pool.submit(self._deposited, journal, *one_judged))
                    while waiting and (waiting[0].done() or len(waiting) >= 2 * self._at_once):
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for one in waiting:
                    one.cancel()

    def _deposited(self, journal: DepositJournal, path: Path, before: str | None, outcome: Outcome | None) -> Deposited:
        target = self._targets.get()
        try:
            if outcome is not None and outcome.error is not None:
                raise ArchiveError(path, outcome.error.removeprefix(f"{path}: "))
            work = begun_work(path, self._place, self._request, target)
            # A bag that was made anew meanwhile is judged anew.
            own = outcome.report if outcome is not None and before == work.consignment.bag_digest else None
            work.hiding = self._hiding
            return carried_out(work, journal, self._watch, own)
        except SolanderError as error:
            self._hiding.clear(error)
            report = error.report if isinstance(error, DepositHeld) else Report(subject=os.fspath(path))
            return Deposited(bag=path, receipt=None, receipt_path=None, report=report, error=error)
        except Exception as error:
            # A fault of ours: it is told with its trace.
            self._hiding.clear(error)
            raise
        finally:
            self._targets.put(target)
