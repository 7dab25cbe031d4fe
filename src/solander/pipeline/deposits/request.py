"""What is asked of a deposit, what it would do, and what came of it.

Source: docs/deposit.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from solander.errors import SolanderError
from solander.model.deposit import Consignment, Receipt
from solander.model.description import Statement
from solander.model.finding import Report

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
