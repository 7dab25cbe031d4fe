"""What stands about a day: words by which a time ends on it ("for the year ending"), or an hour behind it."""

from __future__ import annotations

import re

BEFORE_CHARACTERS = 40
"""So much of what stands before a day is asked for such words."""

_ENDS_PERIOD = re.compile(
    r"(?<!\w)(?:end(?:ing|ed|s)|clos(?:ing|ed)|until|till|expir(?:ing|es)|valid to|not later than|"
    r"bis(?: zum)?|endend|endet|endete|abgelaufen|gültig bis|clos|closes|close(?= (?:le|au|on)\b)|arrêtée?s?|"
    r"terminée?|expirant|jusqu['’](?:au|à)|hasta|terminad[oa]|finalizad[oa]|fino al|chius[oa]|até|encerrad[oa]|"
    r"do dnia|zakończon\w+|(?:с|со|от) [^;]{1,30} по|截至|截止)"
    r"(?:\s(?:on|at|am|zum|le|au|el|en|il|al|em|a|w dniu))?[\s:：]*\Z",
    re.IGNORECASE,
)

HOUR = re.compile(
    r"[\s,]*(?:\b(?:at|um|à|om|kl)\b\s)?\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{2,4}))?", re.I
)
"""An hour right behind a day: ", 7:00 PM"."""


def ends_period(before: str) -> bool:
    """Whether the words right before a day say that a time ends on it."""
    return _ENDS_PERIOD.search(before[-BEFORE_CHARACTERS:]) is not None
