"""Moments as the heads of messages have them ("Mon, 4 Mar 2019 10:11:12 +0000").

Source: RFC 5322, 3.3 (``date-time``).
"""

from __future__ import annotations


def sent_moment(written: str) -> str:
    """A field's moment as W3C writes it; empty where it is none."""
    from email.utils import parsedate_to_datetime  # late: few texts are messages

    try:
        return parsedate_to_datetime(written).isoformat() if written else ""
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
