"""The JSON of a page's scripts, read with patience: the usual slips are mended, and what is too deep is left unread."""

from __future__ import annotations

import html
import json
import re
from typing import Any

SCRIPT_CHARACTERS = 400_000
_DEEPEST = 120
_CONTROL = re.compile(r"[\x00-\x1f]+")
# An HTML comment or a CDATA section around the JSON, as templates of XHTML days wrote it.
_COMMENT = re.compile(
    r"\A\s*(?:<!--|/\*\s*<!\[CDATA\[\s*\*/|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|/\*\s*\]\]>\s*\*/|//\s*\]\]>|\]\]>)\s*\Z"
)


_HALF = r"\\u[dD][89abAB][0-9a-fA-F]{2}"
_OTHER = r"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_LONE = re.compile(rf"(?P<whole>\\\\|{_HALF}{_OTHER})|{_HALF}|{_OTHER}")
"""Half of a surrogate pair, as is left where a text was cut within a character: no file could hold it."""


def loads(text: str) -> Any:
    """The value of a script's text; ``None`` for what is no JSON even after the usual slips are mended."""
    text = text[:SCRIPT_CHARACTERS]
    if _too_deep(text):
        return None
    if "\\ud" in text or "\\uD" in text:
        text = _LONE.sub(lambda match: match["whole"] or r"\ufffd", text)
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    mended = _COMMENT.sub("", text).strip().rstrip(";")
    mended = re.sub(r",(\s{0,40}[}\]])", r"\1", _CONTROL.sub(" ", mended))
    for attempt in (mended, html.unescape(mended)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _too_deep(text: str) -> bool:
    """Whether brackets nest beyond reason; those within strings are counted too, which errs on the safe side."""
    if text.count("[") + text.count("{") <= _DEEPEST:
        return False
    depth = 0
    for bracket in re.findall(r"[\[{}\]]", text):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            return True
    return False
