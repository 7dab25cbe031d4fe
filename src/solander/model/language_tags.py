"""What a page writes in ``lang``, as ``xml:lang`` may have it.

Source: BCP 47 (RFC 5646), 2.1 (syntax) and 2.2.9 (well-formed tags); HTML Standard, 3.2.6.2 (``lang``).
"""

from __future__ import annotations

import re
from functools import lru_cache

from solander.model.late_pattern import late

_TAG = late(
    r"(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?"
    r"(?P<variants>(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*)"
    r"(?P<extensions>(?:-[a-wyz0-9](?:-[a-z0-9]{2,8})+)*)(?:-x(?:-[a-z0-9]{1,8})+)?"
    r"|x(?:-[a-z0-9]{1,8})+"
    r"|en-gb-oed|i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)|sgn-(?:be-fr|be-nl|ch-de)"
    r"|art-lojban|cel-gaulish|no-(?:bok|nyn)|zh-(?:guoyu|hakka|min|min-nan|xiang)",
    re.ASCII,
)


@lru_cache(maxsize=1024)
def language_tag(written: str) -> str | None:
    """The tag as it is written, hyphens for underscores; ``None`` where it is no well-formed one."""
    tag = written.strip().replace("_", "-")
    match = _TAG.fullmatch(tag.lower())
    if match is None:
        return None
    variants = (match["variants"] or "").split("-")[1:]
    singles = re.findall(r"-([a-z0-9])(?=-)", match["extensions"] or "")
    return tag if len(set(variants)) == len(variants) and len(set(singles)) == len(singles) else None
