"""The course of every deposit: find or begin a record, reserve, send, compare, complete, publish.

Nothing is sent twice before it was asked what became of the first time. What the journal knows comes first; what the
repository says of the object's identifier comes second, so that a lost journal makes no second record.

Source: docs/deposit.md, "What happens, in order"; docs/format.md, "Deposits".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol, TypeVar

from solander.depositing.comparing import STRONG, hashed, may_be
from solander.depositing.giving_up import GOES_ON, given_up
from solander.errors import AnswerLost, DepositDiffers, DepositError, DepositRejected, TargetUnreachable
from solander.model.deposit import DRAFT, Compared, Consignment, Parcel, Record, RemoteFile
from solander.model.targets import Target

PAUSES_SECONDS = (1.0, 4.0, 10.0)
"""How long is waited before each look after a step whose answer was lost: catalogues of repositories lag behind."""

ATTEMPTS = 3
"""How often a file is sent, or a record completed, at most."""

Answer = TypeVar("Answer")


class Steps(Protocol):
    """The journal as the course sees it."""

    def note(self, step: str, record: Record | None = None, **facts: str) -> None:
        """Write down that a step is about to be taken (``sending``) or was (``sent``), before anything else is done."""
        ...


Watch = Callable[[str, int, int], None]
"""Told of each file that has arrived: its name, its number, and how many there are."""


Prepared = Callable[[Record, bool], AbstractContextManager[Consignment]]
"""Hands out the consignment with its files, for a record that is a draft, or (``True``) done already."""


class Run(NamedTuple):
    """What came of a course."""

    record: Record
    consignment: Consignment
    """As it was sent: perhaps the next version of the bag, with the identifier that was reserved."""
    compared: tuple[Compared, ...]
    was_there: bool
    """This very bag was deposited before; nothing was sent."""


class Course:
    """One deposit at one target."""

    def __init__(self, target: Target, steps: Steps, sleep: Callable[[float], None]) -> None:
        self._target, self._steps, self._sleep = target, steps, sleep

    def run(
        self,
        consignment: Consignment,
        prepared: Prepared,
        *,
        known: str | None = None,
        is_in_doubt: bool = False,
        publish: bool = False,
        reads_back: bool = False,
        watch: Watch | None = None,
    ) -> Run:
        """Take every step of a deposit, from where an earlier run stopped.

        Args:
            consignment: what is deposited, without its files.
            prepared: hands out the files, once it is known which identifier they must bear.
            known: by what the journal knows the record; ``None`` if it knows none.
            is_in_doubt: an earlier run was about to begin a record, and the journal does not say that it did.
            publish: make the record public, where the target knows a public.
            reads_back: read every file again, even where the target reckons checksums itself.
            watch: told of each file that has arrived.

        Raises:
            DepositError: it was not done, or not to its end.
        """
        record = self.find(consignment, known)
        is_done = record is not None and record.bag_digest == consignment.bag_digest and record.state != DRAFT
        if is_in_doubt and not is_done and self._target.finds_late:
            draft = record if record is not None and record.state == DRAFT else None
            draft = draft or self._looked(lambda: self._draft_of(consignment))
            if draft is not None:
                self._steps.note("begun", draft)
                record = draft
        if record is not None and is_done:
            with prepared(record, True) as ready:
                return Run(record, ready, self.compare(record, ready, reads_back=reads_back), True)
        if record is None or record.state != DRAFT:
            record = self.begin(consignment, record)
        record = self.reserve(record)
        with prepared(record, False) as ready:
            compared = self.send(record, ready, reads_back=reads_back, watch=watch)
            record = self.complete(record, ready)
            self._refuse_altered(record, ready)
        if publish and self._target.publishes:
            record = self.publish(record, ready)
        return Run(record, ready, compared, False)

    def find(self, consignment: Consignment, known: str | None) -> Record | None:
        """The object's record, if it has one: that of this very bag, else a draft, else the newest.

        Args:
            consignment: what is deposited.
            known: by what the journal knows the record; ``None`` if it knows none.

        Raises:
            DepositError: nobody could be asked.
        """
        found = list(self._target.find(consignment))
        remembered = self._target.look(known) if known is not None else None
        if remembered is not None and all(one.name != remembered.name for one in found):
            found.insert(0, remembered)
        for is_wanted in (
            lambda one: one.bag_digest == consignment.bag_digest and one.state != DRAFT,
            lambda one: one.state == DRAFT,
            lambda one: True,
        ):
            for one in found:
                if is_wanted(one):
                    self._discard_empty(one, found)
                    # A search tells of a record in short; what it has is asked for by its name.
                    return self._target.look(one.name) or one
        return None

    def _discard_empty(self, chosen: Record, found: Iterable[Record]) -> None:
        """Remove drafts without a file beside the one that is taken up: a request that arrived twice made them."""
        for one in found:
            if one.name != chosen.name and one.state == DRAFT and one.bag_digest is None:
                there = self._target.look(one.name)
                if there is not None and there.state == DRAFT and not there.files:
                    self._steps.note("discarding", chosen, draft=one.name)
                    self._target.discard(there)

    def _draft_of(self, consignment: Consignment) -> Record | None:
        found = self.find(consignment, None)
        return found if found is not None and found.state == DRAFT else None

    def begin(self, consignment: Consignment, before: Record | None) -> Record:
        """Make a draft, of a new record or of the next version of one that is public.

        Raises:
            AnswerLost: after several looks it is not known whether there is a draft.
            DepositError: it could not be made.
        """
        self._steps.note("beginning", before)

        def make() -> Record:
            if before is not None:
                return self._target.begin_version(before, consignment)
            return self._target.begin(consignment)

        def made() -> Record | None:
            found = self.find(consignment, None)
            is_new = found is not None and (before is None or found.state == DRAFT)
            return found if is_new else None

        record = self._once(make, made)
        self._steps.note("begun", record)
        return record

    def reserve(self, record: Record) -> Record:
        """Have an identifier kept for a record, if the target does that and none is kept yet.

        Raises:
            DepositError: it could not be done.
        """
        if not self._target.reserves or record.reserved:
            return record
        self._steps.note("reserving", record)

        def kept() -> Record | None:
            now = self._target.look(record.name)
            return now if now is not None and now.reserved else None

        record = self._once(lambda: self._target.reserve(record), kept)
        self._steps.note("reserved", record, **dict(record.reserved))
        return record

    def send(
        self, record: Record, consignment: Consignment, *, reads_back: bool, watch: Watch | None = None
    ) -> tuple[Compared, ...]:
        """Send the files that are not there yet, and compare every one with what the target has of it.

        Args:
            record: the draft.
            consignment: with its parcels.
            reads_back: whether files are read again even where the target reckons checksums itself.
            watch: told of each file.

        Raises:
            DepositDiffers: the target has other bytes.
            DepositError: a file could not be sent.
        """
        compared = []
        for number, parcel in enumerate(consignment.parcels, 1):
            there = record.file(parcel.name)
            if there is None or not there.complete or not may_be(there, parcel):
                self._steps.note("sending", record, file=parcel.name)
                there = self._sent(record, parcel)
                self._steps.note("sent", record, file=parcel.name)
            compared.append(self._compared(record, parcel, there, reads_back=reads_back))
            if watch is not None:
                watch(parcel.name, number, len(consignment.parcels))
        self._steps.note("verified", record)
        return tuple(compared)

    def compare(self, record: Record, consignment: Consignment, *, reads_back: bool) -> tuple[Compared, ...]:
        """Compare every file of a record that is done with what would be sent; nothing is.

        Raises:
            DepositDiffers: the target has other bytes.
            DepositError: a file is not there, or could not be asked for.
        """
        compared = []
        for parcel in consignment.parcels:
            there = record.file(parcel.name)
            if there is None and not record.tells_files:
                # It was held against its checksum there when it came; without that the record would be a draft.
                checked = (("md5", parcel.checksum("md5") or ""),)
                there = RemoteFile(parcel.name, parcel.size_bytes, checked)
            if there is None:
                what = f"{parcel.name}: the record says that it holds this bag, and lacks it; was another form sent?"
                raise DepositError(self._target.name, what)
            compared.append(self._compared(record, parcel, there, reads_back=reads_back))
        return tuple(compared)

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Give the record all it says; the same twice is the same once.

        Raises:
            DepositError: it could not be done.
        """
        self._steps.note("completing", record)
        record = self._again(lambda: self._target.complete(record, consignment))
        self._steps.note("completed", record)
        return record

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Make a record public, or hand it to those who decide.

        Raises:
            AnswerLost: after several looks it is not known whether it is.
            DepositError: it could not be done.
        """
        self._steps.note("publishing", record)

        def public() -> Record | None:
            now = self._target.look(record.name)
            return now if now is not None and now.state != DRAFT else None

        record = self._once(lambda: self._target.publish(record, consignment), public)
        self._steps.note("published", record)
        return record

    def _refuse_altered(self, record: Record, consignment: Consignment) -> None:
        """Publish nothing out of which somebody took a file, or put another, since it was compared."""
        for parcel in consignment.parcels:
            there = record.file(parcel.name)
            if there is None or (there.checksums and not may_be(there, parcel)):
                what = f"{parcel.name}: somebody else took it away, or put another in its place, since it was compared"
                raise DepositError(self._target.name, f"{what}; nothing was published; run the same command again")

    def _once(self, step: Callable[[], Answer], look: Callable[[], Answer | None]) -> Answer:
        """Take a step; where its answer is lost, look what became of it, and repeat it only where nothing did."""
        for attempt in range(2):
            try:
                return step()
            except AnswerLost as lost:
                found = self._looked(look)
                if found is not None:
                    return found
                if attempt:
                    what = f"it was sent twice, and nothing of it is there (at last: {lost.what})"
                    raise AnswerLost(lost.target, f"{what}; {GOES_ON}") from lost
            except DepositRejected:
                # Where a first try was not answered, "no" may mean "it is done already".
                if attempt and (found := look()) is not None:
                    return found
                raise
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _looked(self, look: Callable[[], Answer | None]) -> Answer | None:
        failure: DepositError | None = None
        for pause in PAUSES_SECONDS:
            self._sleep(pause)
            try:
                failure = None
                if (found := look()) is not None:
                    return found
            except (AnswerLost, TargetUnreachable) as error:
                failure = error
        if failure is not None:
            # Nobody could look, so nothing may be repeated.
            raise failure
        return None

    def _again(self, step: Callable[[], Answer]) -> Answer:
        """Take a step that does no harm when it is repeated."""
        for pause in (*PAUSES_SECONDS[: ATTEMPTS - 1], None):
            try:
                return step()
            except (AnswerLost, TargetUnreachable) as error:
                if pause is None:
                    raise given_up(error) from error
                self._sleep(pause)
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _sent(self, record: Record, parcel: Parcel) -> RemoteFile:
        for pause in (*PAUSES_SECONDS[: ATTEMPTS - 1], None):
            try:
                return self._target.send(record, parcel)
            except (AnswerLost, TargetUnreachable) as error:
                if pause is None:
                    raise given_up(error) from error
                self._sleep(pause)
            now = self._target.look(record.name)
            there = now.file(parcel.name) if now is not None else None
            if there is not None and there.complete and there.checksums and may_be(there, parcel):
                return there
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _compared(self, record: Record, parcel: Parcel, there: RemoteFile, *, reads_back: bool) -> Compared:
        if there.size_bytes is not None and there.size_bytes != parcel.size_bytes:
            raise DepositDiffers(
                self._target.name, parcel.name, "size", f"{parcel.size_bytes:,}", f"{there.size_bytes:,}"
            )
        theirs = dict(there.checksums)
        algorithm = next((one for one in STRONG if one in theirs and parcel.checksum(one)), None)
        if algorithm is not None:
            ours = parcel.checksum(algorithm) or ""
            if theirs[algorithm] != ours:
                raise DepositDiffers(self._target.name, parcel.name, algorithm, ours, theirs[algorithm])
            if not reads_back:
                return Compared(parcel.name, parcel.size_bytes, parcel.checksums, "server", algorithm)
        found = hashed(self._target.read_back(record, parcel.name))
        ours = parcel.checksum("sha512") or ""
        if found != ours:
            raise DepositDiffers(self._target.name, parcel.name, "sha512", ours, found)
        return Compared(parcel.name, parcel.size_bytes, parcel.checksums, "readback", "sha512")
