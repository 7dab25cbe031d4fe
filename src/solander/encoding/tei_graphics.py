"""Pictures, films and sounds -> TEI, and what is left out in their place: a thing in the line has no words of its own.

Source: TEI P5 4.12.0, chapters 3.10 (graphics and other media) and 3.5.3 (gaps).
"""

from __future__ import annotations

from collections.abc import Mapping

from solander.encoding.w3c import is_script, uri_reference
from solander.encoding.xml_text import escape_attribute, escape_text


def graphic(said: Mapping[str, str]) -> str:
    """An image: its address, its size in pixels, its ``alt`` as ``desc``; what it is, if it stands for a film."""
    url = None if is_script(said["url"]) else uri_reference(said["url"])
    description = f"<desc>{escape_text(said['alt'])}</desc>" if "alt" in said else ""
    if url is None:
        return f'<gap reason="image">{description}</gap>'
    start = f'<graphic url="{escape_attribute(url)}"{_written(said, url)}{_type(said)}'
    for name in ("width", "height"):
        if name in said:
            start += f' {name}="{said[name]}px"'
    return f"{start}>{description}</graphic>" if description else f"{start}/>"


def media(said: Mapping[str, str]) -> str:
    """A film or a sound, or what is read beside one: its address and media type; of a track its language and label."""
    url = None if is_script(said["url"]) else uri_reference(said["url"])
    if url is None:
        return '<gap reason="media"/>'
    kind = escape_attribute(said["media_type"])
    start = f'<media url="{escape_attribute(url)}" mimeType="{kind}"{_written(said, url)}{_type(said)}'
    if "role" in said and "lang" in said:
        start += f' xml:lang="{escape_attribute(said["lang"])}"'
    if "description" not in said:
        return f"{start}/>"
    return f"{start}><desc>{escape_text(said['description'])}</desc></media>"


def _type(said: Mapping[str, str]) -> str:
    return f' type="{escape_attribute(said["role"])}"' if "role" in said else ""


def _written(said: Mapping[str, str], url: str) -> str:
    written = said.get("written", url)
    return f' n="{escape_attribute(written)}"' if written != url else ""


def gap(said: Mapping[str, str]) -> str:
    """What is left out, and why."""
    if "description" not in said:
        return f'<gap reason="{said["reason"]}"/>'
    return f'<gap reason="{said["reason"]}"><desc>{escape_text(said["description"])}</desc></gap>'
