"""What came of judging one thing, whichever process judged it."""

from __future__ import annotations

from typing import NamedTuple

from solander.model.finding import Report
from solander.pipeline.subject import Subject


class Outcome(NamedTuple):
    """What came of judging one thing: its report, or why there is none."""

    subject: Subject
    report: Report | None
    error: str | None = None
    """One line for a person."""
    exit_status: int = 0
    """Of the error; 70 for a fault of our own, 3 for whatever else kept the thing from being judged."""
    trace: str | None = None
    """The stack trace of a fault of our own."""
