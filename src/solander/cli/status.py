"""Exit statuses, and which one stands where several apply.

Source: docs/design.md, section 7.
"""

from __future__ import annotations

from collections.abc import Iterable

CLEAN = 0
FINDINGS = 1
MISUSE = 2
UNREADABLE = 3
REFUSED = 4
OUR_FAULT = 70
INTERRUPTED = 130
BROKEN_PIPE = 141

MEANINGS = {
    CLEAN: "clean: done, and nothing found",
    FINDINGS: "findings at or above --fail-on",
    MISUSE: "the command line is wrong, or asks for what cannot be done",
    UNREADABLE: "something could not be read, checked or written",
    REFUSED: "the repository refused",
    OUR_FAULT: "a fault of Solander's own (one line, and a log file)",
    INTERRUPTED: "interrupted (Ctrl-C)",
}

_PRECEDENCE = (OUR_FAULT, MISUSE, UNREADABLE, REFUSED, FINDINGS, CLEAN)


def gravest(statuses: Iterable[int]) -> int:
    """The one status that tells of several: 2, 3, 4, 1 in this order, then 0."""
    met = set(statuses)
    return next((status for status in _PRECEDENCE if status in met), CLEAN)
