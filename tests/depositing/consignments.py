"""Small consignments for the tests of targets: of bytes at hand, so that no bag need be packed for each."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial

from solander.depositing.course import Course, Run
from solander.model.deposit import CHECKSUM_ALGORITHMS, Access, Consignment, Parcel, Record
from solander.model.description import Description, Evidence, Statement
from solander.model.targets import Target

_SAID = Evidence("person", "stated when packing")
DESCRIPTION = Description(
    statements=(
        Statement("title", "The keeper's ledger", _SAID),
        Statement("creator", "Moss, Ada", _SAID),
        Statement("publisher", "Lantern Bay Museum", _SAID),
        Statement("date", "2024-03-18", _SAID),
        Statement("description", "What the keeper wrote down of each night.", _SAID),
        Statement("language", "en", _SAID),
        Statement("rights", "https://creativecommons.org/licenses/by/4.0/", _SAID),
    )
)


def parcel(name: str, content: bytes, media_type: str = "application/octet-stream") -> Parcel:
    checksums = tuple((one, hashlib.new(one, content).hexdigest()) for one in CHECKSUM_ALGORITHMS)

    def chunks(content: bytes) -> Iterator[bytes]:
        for begin in range(0, len(content), 1000):
            yield content[begin : begin + 1000]

    return Parcel(name, media_type, len(content), checksums, partial(chunks, content))


# A repository that outlives a run remembers what earlier ones left there.
_ids = itertools.count(time.time_ns() // 10_000_000 * 100)


def fresh() -> int:
    """The number of an object that no other test has: a repository remembers all of them."""
    return next(_ids)


def consignment(number: int = 0, version: int = 1, *, changed: bytes = b"") -> Consignment:
    number = number or fresh()
    bag = f"2024-03-18-ledger-{number:08x}" + (f"-v{version}" if version > 1 else "")
    files = (
        parcel(f"{bag}.zip", b"PK a bag" * 500 + str(number).encode() + changed, "application/zip"),
        parcel(f"{bag}.tei.xml", b"<TEI>the same in every version</TEI>", "application/tei+xml"),
        parcel(f"{bag}.dc.xml", b"<dc>" + str(version).encode() + b"</dc>", "application/xml"),
    )
    digest = hashlib.sha512(repr((number, version, changed)).encode()).hexdigest()
    return Consignment(
        identifier=f"urn:uuid:00000000-0000-5000-8000-{number:012x}",
        version=version,
        bag=bag,
        bag_digest=f"sha512:{digest}",
        description=DESCRIPTION,
        uri="https://museum.example/stories/ledger",
        captured_at=datetime(2026, 11, 1, 12, tzinfo=UTC),
        packed_on=date(2026, 11, 2),
        organization="Lantern Bay Museum",
        access=Access("open"),
        parcels=files,
    )


class Remembered:
    """A journal in memory; ``killed_at`` ends the run at the step of that number, before it is taken."""

    def __init__(self, killed_at: int = -1) -> None:
        self.steps: list[str] = []
        self.record: str | None = None
        self._killed_at = killed_at

    def note(self, step: str, record: Record | None = None, **facts: str) -> None:
        if len(self.steps) == self._killed_at:
            raise Killed
        self.steps.append(step)
        if record is not None:
            self.record = record.name

    def again(self) -> Remembered:
        """What the next run knows of it."""
        next_run = Remembered()
        next_run.steps, next_run.record = list(self.steps), self.record
        return next_run


class Killed(BaseException):
    """As if the process ended here: nothing of ours catches it."""


def carry_out(
    target: Target,
    one: Consignment,
    steps: Remembered | None = None,
    *,
    publish: bool = False,
    reads_back: bool = False,
    sleep: Callable[[float], None] = lambda seconds: None,
) -> Run:
    """Take the course of a deposit, as the pipeline does."""
    steps = steps or Remembered()

    @contextlib.contextmanager
    def prepared(record: Record, is_done: bool) -> Iterator[Consignment]:
        yield one

    bare = replace(one, parcels=())
    begun = [step for step in steps.steps if step in ("beginning", "begun")]
    return Course(target, steps, sleep).run(
        bare,
        prepared,
        known=steps.record,
        is_in_doubt=begun[-1:] == ["beginning"],
        publish=publish,
        reads_back=reads_back,
    )
