"""Mark-up that stands in a value as letters, as journals and feeds have it: ``The &lt;i&gt;Drosophila&lt;/i&gt;``.

Taken away are an element with both its tags, what a value opens or ends with, and a break between two words. A tag that
stands alone among words is what the words are about ("The <b> element").
"""

from __future__ import annotations

import re

from solander.model.late_pattern import late

_IN_LINE = "a|abbr|b|big|cite|code|em|font|i|inf|ins|it|mark|q|s|small|span|strong|sub|sup|tt|u|var"
_BLOCKS = "blockquote|dd|div|dl|dt|h[1-6]|li|ol|p|section|ul"
_PAIR = late(
    rf"<(?:(?P<line>{_IN_LINE})|(?P<block>{_BLOCKS}))(?:\s[^<>]{{0,400}})?>(?P<words>[^<>]*)</(?:(?P=line)|(?P=block))\s*>",
    re.IGNORECASE,
)
_OPENING = re.compile(rf"\A\s*<(?:{_BLOCKS})(?:\s[^<>]{{0,400}})?>(?=[^\s:<])", re.IGNORECASE)
_ENDING = re.compile(rf"(?<=\S)</(?:{_BLOCKS})\s*>\s*\Z", re.IGNORECASE)
_BREAK = re.compile(r"(?<=\S)<br\s*/?>(?=\S)", re.IGNORECASE)
_DEEP = 6
"""So many elements within each other are taken away."""


def without_markup(value: str) -> str:
    """A value without the tags that are written in it; one without a ``<`` is given back as it is."""
    if "<" not in value:
        return value
    value = _BREAK.sub(" ", value)
    for _ in range(_DEEP):
        value, found = _PAIR.subn(_words, value)
        if not found:
            break
    return _ENDING.sub("", _OPENING.sub("", value)).strip()


def _words(pair: re.Match[str]) -> str:
    return pair["words"] if pair["line"] else f" {pair['words']} "
