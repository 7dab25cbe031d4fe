"""A target under the contract: how it is opened, what lies between, and how a deposit there ends."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace

from consignments import Remembered, carry_out, consignment
from faulty_proxy import FaultyProxy
from search_lookalike import LAG_SECONDS

from solander.depositing import open_target
from solander.depositing.course import Run
from solander.depositing.terms import Secret, TargetTerms
from solander.model.deposit import STORED, Consignment, Record
from solander.model.targets import Target
from solander.pipeline.deposits.crosswalks import metadata_of

FOUND_AFTER_SECONDS = LAG_SECONDS + 0.2
"""After so long the tests' repository finds what was made."""


@dataclass
class UnderContract:
    """A target to be judged."""

    written: str
    terms: TargetTerms
    proxy: FaultyProxy | None = None
    final_state: str = STORED
    """What a record is when a deposit was made public, or stored."""
    takes_beside: bool = True
    """Whether it takes files beside the one that holds the bag."""
    gives_back: bool = True
    """Whether it tells of a record's files, and gives them."""
    settings: dict[str, str] = field(default_factory=dict)
    """What is asked for with a deposit."""
    ending: str = "zip"
    """Of the file that holds the bag."""
    one_record: bool = False
    """Whether all versions of an object are one record, by one name."""
    sleeps: bool = False
    """Whether what was written is found by a search only after a moment, so that waiting is waiting."""
    opened: list[Target] = field(default_factory=list)
    _reader: Target | None = None

    def open(self) -> Target:
        terms = replace(self.terms, sleep=a_moment) if self.sleeps else self.terms
        target = open_target(self.written, terms)
        self.opened.append(target)
        return target

    def consignment(self, number: int = 0, version: int = 1, *, changed: bytes = b"") -> Consignment:
        """A consignment with as many files as the target takes."""
        one = consignment(number, version, changed=changed)
        first = one.parcels[0]._replace(name=f"{one.bag}.{self.ending}")
        one = replace(one, parcels=(first, *one.parcels[1:]), settings=tuple(self.settings.items()))
        return one if self.takes_beside else replace(one, parcels=one.parcels[:1])

    def deposit(
        self,
        one: Consignment,
        steps: Remembered | None = None,
        *,
        publish: bool = True,
        reads_back: bool = False,
        target: Target | None = None,
    ) -> Run:
        """Take the course of a deposit, to its end."""
        target = target or self.open()
        if target.metadata_form is not None:
            one = replace(one, metadata=metadata_of(one, target.metadata_form))
        sleep = a_moment if self.sleeps else lambda seconds: None
        return carry_out(target, one, steps, publish=publish and target.publishes, reads_back=reads_back, sleep=sleep)

    def records(self, one: Consignment, *, waits: bool = True) -> tuple[Record, ...]:
        """Every record of a consignment's object as somebody else finds them, once a search can."""
        if self.sleeps and waits:
            time.sleep(FOUND_AFTER_SECONDS)
        target = self.reader()
        return tuple(target.look(record.name) or record for record in target.find(one))

    def held(self, record: Record, name: str) -> bytes:
        """The bytes of a file as they are there."""
        return b"".join(self.reader().read_back(record, name))

    def reader(self) -> Target:
        """Somebody else, who looks at what is there."""
        if self._reader is None:
            self._reader = self.open()
        return self._reader


def a_moment(seconds: float) -> None:
    """Wait, but no longer than the tests' repository takes to find what was made."""
    time.sleep(min(seconds, FOUND_AFTER_SECONDS))


def terms(**settings: str) -> TargetTerms:
    return TargetTerms(
        seconds_running=time.monotonic,
        sleep=lambda seconds: None,
        user=settings.pop("user", None),
        secret=Secret(settings.pop("secret")) if "secret" in settings else None,
        timeout_seconds=20,
        patience_seconds=5,
        settings=tuple(settings.items()),
    )
