"""The journal of an archive's deposits: every step before it is taken and after it is done, and what it knows of each.

Source: docs/format.md, "Deposits".
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from solander.encoding.deposit_line import format_step, is_torn_step, parse_step
from solander.errors import ArchiveError, DepositRejected
from solander.files.journal import Journal, opened_journal
from solander.model.deposit import LOG_NAME, Consignment, Record, Step
from solander.pipeline import clock
from solander.pipeline.deposits.settling import Settling
from solander.pipeline.events import SOLANDER
from solander.pipeline.receipts import Receipts

_TOLD_BY_TARGET = frozenset(("sending", "sent", "verified", "completing", "completed"))
"""Steps of which the next run asks the target, whatever the journal says: to be there after a power cut they wait for
the next of the others, and none is waited for. (A disk takes milliseconds for each; a bag has a dozen.)"""

_SETTLED = frozenset(("done",))
"""Steps that are waited for with the receipt (``settle``), before anybody is told that a bag was deposited."""

_TAKEN = "another deposit from this archive is under way; wait until it is done"


class DepositJournal:
    """An open journal, which no other run has; several threads may write it."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._turn = threading.Lock()
        self.receipts = Receipts(journal.path.parent)
        self._settling = Settling(self._give_to_disk)
        self._waiting: list[tuple[Step, bool]] = []
        """Steps that nobody has written yet; of several runs at once, the first writes those of all."""
        self._last: dict[tuple[str, str], Step] = {}
        self._in_doubt: set[tuple[str, str]] = set()
        for number, line in enumerate(journal.lines(), start=1):
            try:
                self._learn(parse_step(line))
            except ValueError as error:
                if is_torn_step(line):
                    continue
                what = f"line {number} is no line of a journal of deposits ({error}); move the file away"
                raise ArchiveError(journal.path, f"{what}: what is deposited already is found again") from error

    def record_of(self, target: str, identifier: str) -> str | None:
        """By what a target knows an object's newest record; ``None`` if nothing was begun there."""
        last = self._last.get((target, identifier))
        return None if last is None else last.record

    def is_in_doubt(self, target: str, identifier: str) -> bool:
        """Whether a record was about to be begun there, and nothing says that it was, or was refused."""
        return (target, identifier) in self._in_doubt

    def write(self, step: Step, *, is_relied_on: bool = True) -> None:
        """Write one step down; it is there when this returns, and on the disk where a next run would rely on it.

        Args:
            step: the step.
            is_relied_on: whether the target is one of which a next run has to know what was begun there; a storage is
                asked for that, and tells.

        Raises:
            ArchiveUnwritable: the system refused.
        """
        mine = step, is_relied_on and step.step not in _TOLD_BY_TARGET | _SETTLED
        self._waiting.append(mine)
        with self._turn:
            # Who had its turn before may have written it: the disk takes the lines of all as fast as one.
            if not any(one is mine for one in self._waiting):
                return
            waiting = self._waiting[:]
            try:
                lines = b"".join(format_step(one) for one, _ in waiting)
                self._journal.append(lines, to_disk=any(to_disk for _, to_disk in waiting))
            except BaseException:
                # The others try it themselves, and are told by that.
                self._waiting[:] = [one for one in self._waiting if one is not mine]
                raise
            del self._waiting[: len(waiting)]
            for one, _ in waiting:
                self._learn(one)

    def settle(self) -> None:
        """Wait until the disk has what this thread has written, lines and receipts; several threads wait at once.

        Raises:
            ArchiveUnwritable: the disk refused.
        """
        self._settling.wait()

    def _give_to_disk(self) -> None:
        self.receipts.settle()
        self._journal.to_disk()

    def _learn(self, step: Step) -> None:
        key = (step.target, step.identifier)
        if step.record is not None:
            self._last[key] = step
        if step.step == "beginning":
            self._in_doubt.add(key)
        elif step.step == "begun" or dict(step.facts).get("kind") == DepositRejected.__name__:
            self._in_doubt.discard(key)


class JournalledSteps:
    """The journal as the course of one deposit sees it; keeps ``course.Steps``."""

    def __init__(
        self,
        journal: DepositJournal,
        target: str,
        consignment: Consignment,
        at: datetime | None,
        *,
        is_relied_on: bool = True,
        hide: Callable[[str], str] = str,
    ) -> None:
        """``is_relied_on`` as for ``DepositJournal.write``; ``hide`` takes secrets out of what a server said."""
        self._journal, self._target, self._at = journal, target, at
        self._is_relied_on, self._hide = is_relied_on, hide
        self.consignment = consignment

    def note(self, step: str, record: Record | None = None, **facts: str) -> None:
        """Write down a step of this deposit."""
        one = self.consignment
        self._journal.write(
            Step(
                target=self._target,
                identifier=one.identifier,
                version=one.version,
                bag=one.bag,
                bag_digest=one.bag_digest,
                at=clock.moment(self._at),
                step=step,
                record=self._hide(record.name) if record is not None else None,
                facts=tuple((name, self._hide(fact)) for name, fact in facts.items()),
                agent=SOLANDER,
            ),
            is_relied_on=self._is_relied_on,
        )


@contextlib.contextmanager
def open_deposit_journal(archive: Path) -> Iterator[DepositJournal]:
    """The journal of an archive, made if there is none; while the body lasts, no other run deposits from there.

    Raises:
        ArchiveError: another run has it, or it is no such journal.
        ArchiveUnwritable: it cannot be written: nothing is deposited that nobody could remember.
    """
    with opened_journal(archive / LOG_NAME, taken=_TAKEN) as journal:
        opened = DepositJournal(journal)
        try:
            yield opened
        finally:
            opened.receipts.close()
