"""The only clock: time enters the house here, once for each request, and is handed on as an argument.

Source: docs/design.md, section 1, law 3.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from solander.errors import UsageError
from solander.model.capture import whole_seconds


def moment(at: datetime | None) -> datetime:
    """The moment that was asked for, or now: aware, UTC, whole seconds.

    Raises:
        UsageError: ``at`` has no time zone, or lies before the year 1000, which no form that we write can say.
    """
    try:
        given = whole_seconds(at)
    except ValueError as error:
        raise UsageError(str(error)) from error
    if given is None:
        return datetime.now(UTC).replace(microsecond=0)
    if given.year < 1000:
        raise UsageError(f"{given.isoformat()} is too long ago for a moment of work")
    return given


def seconds_running() -> float:
    """Seconds since some moment: for how long something takes, and for nothing that is recorded."""
    return time.monotonic()


def wait(seconds: float) -> None:
    """Let so many seconds pass: only where another machine asked for patience."""
    time.sleep(seconds)
