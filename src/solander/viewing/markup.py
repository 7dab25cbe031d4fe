"""HTML as text: what is escaped, which addresses a reader can be led to, and how a line of the page's is shown.

The promise: whatever the page says stands in the view as characters, or as the address of a link that is followed only
when a reader follows it. Nothing of it is a tag, an attribute's name, a style or a script.

Source: HTML Standard, 13.1.2 (writing HTML) and 13.3 (escaping a string); Unicode Standard Annex 9, 2.7 (isolates).
"""

from __future__ import annotations

import re

MIDDLE = "\N{MIDDLE DOT}"
"""What parts the facts of a line."""

_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\x00-\x20\x7f]+", re.IGNORECASE)
_ADDRESS_CHARACTERS = 4000

# What turns the direction of writing beyond its own line, or cannot be seen.
_SPOOFING = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u061c\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]+")


def escaped(text: str) -> str:
    """Text as the content of an element."""
    # As in the TEI: a look for each of three characters is ten times faster than a table.
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "\r" in text:
        # HTML Standard, 13.2.3.5: a parser makes LF of CR.
        text = text.replace("\r", "&#13;")
    return text


def quoted(value: str) -> str:
    """Text as the value of an attribute in double quotes."""
    value = escaped(value)
    return value.replace('"', "&quot;") if '"' in value else value


def in_a_line(text: str, limit: int = 300) -> str:
    """What a page says, for a line that is ours: white space collapsed, cut, without what turns or hides characters."""
    line = " ".join(text[: limit * 2].split())
    if not line.isprintable():
        line = " ".join(_SPOOFING.sub("\N{REPLACEMENT CHARACTER}", line).split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"


def led_to(address: str) -> str | None:
    """An address as the value of ``href``, escaped; ``None`` for one that leads neither to the web nor to mail."""
    if len(address) > _ADDRESS_CHARACTERS:
        return None
    # Nearly all addresses are so; the search for others takes three times as long.
    plain = address.startswith(("https://", "http://")) and address.isprintable() and " " not in address
    return quoted(address) if plain or _ADDRESS.fullmatch(address) else None


def link(address: str, words: str, said: str = "") -> str:
    """A link out of the view (``led_to`` gave its address): it tells nobody where the reader comes from.

    Args:
        words: HTML.
        said: further attributes, each after a space.
    """
    return f'<a{said} href="{address}" rel="noopener noreferrer nofollow">{words}</a>'
