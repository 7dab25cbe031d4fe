"""Messages of a chat that stand below heads of their own, field by field: who, whether they came or went, and when.

Source: the text exports of Signal's archives, in outline; RFC 5322, 3.3 (the moment).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line
from solander.reading.plain.moments import sent_moment

_WHO = re.compile(r"From: \S")
_WAY = re.compile(r"Type: (?:incoming|outgoing)\b")
_SENT = "Sent: "
_FEWEST = 2


def headed_messages(lines: Sequence[Line]) -> list[int]:
    """The lines with which such messages begin; none where they are fewer than two.

    Args:
        lines: all of a text.
    """
    begins = [
        at
        for at, line in enumerate(lines[:-1])
        if line.gap and line.text.startswith("From: ") and _WHO.match(line.text) and _WAY.match(lines[at + 1].text)
    ]
    return begins if len(begins) >= _FEWEST else []


def sent_at(head: Sequence[Line]) -> str:
    """The moment at which a message was sent, by its head, as W3C writes it; empty where none is told."""
    return next((sent_moment(line.text[len(_SENT) :]) for line in head if line.text.startswith(_SENT)), "")
