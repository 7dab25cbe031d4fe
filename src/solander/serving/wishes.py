"""What a client would rather have, by its ``Accept``.

Source: RFC 9110, 12.4.2 (weights) and 12.5.1 (``Accept``).
"""

from __future__ import annotations

import re

_WEIGHT = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)\Z")


def weight(accept: str, media_type: str) -> float:
    """How much a client that names a media type wants it, from 0 to 1; 0 where it names it not, or as one it refuses.

    A range (``*/*``) names no type: who would take anything is given what everybody is.
    """
    weights = [0.0]
    for one in accept.split(","):
        named, *parameters = [part.strip().lower() for part in one.split(";")]
        if named == media_type:
            said = next((part.removeprefix("q=").strip() for part in parameters if part.startswith("q=")), "1")
            # What is no weight says nothing of it.
            weights.append(float(said) if _WEIGHT.match(said) else 1.0)
    return max(weights)
