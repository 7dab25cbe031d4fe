"""Pictures, films and sounds -> TEI, and what is left out in their place: a thing in the line has no words of its own.

Source: TEI P5 4.12.0, chapters 3.10 (graphics and other media) and 3.5.3 (gaps).
"""

from __future__ import annotations

from collections.abc import Mapping

from solander.encoding.w3c import is_script, uri_reference
from solander.encoding.xml_text import escape_attribute, escape_text


def graphic(said: Mapping[str, str]) -> str:
    """An image: its address, its size in pixels, its ``alt`` as ``desc``."""
    url = None if is_script(said["url"]) else uri_reference(said["url"])
    description = f"<desc>{escape_text(said['alt'])}</desc>" if "alt" in said else ""
    if url is None:
        return f'<gap reason="image">{description}</gap>'
    start = f'<graphic url="{escape_attribute(url)}"{_written(said, url)}'
    for name in ("width", "height"):
        if name in said:
            start += f' {name}="{said[name]}px"'
    return f"{start}>{description}</graphic>" if description else f"{start}/>"


def media(said: Mapping[str, str]) -> str:
    """A film or a sound: its address and its media type."""
    url = None if is_script(said["url"]) else uri_reference(said["url"])
    if url is None:
        return '<gap reason="media"/>'
    return (
        f'<media url="{escape_attribute(url)}" mimeType="{escape_attribute(said["media_type"])}"{_written(said, url)}/>'
    )


def _written(said: Mapping[str, str], url: str) -> str:
    written = said.get("written", url)
    return f' n="{escape_attribute(written)}"' if written != url else ""


def gap(said: Mapping[str, str]) -> str:
    """What is left out, and why."""
    if "description" not in said:
        return f'<gap reason="{said["reason"]}"/>'
    return f'<gap reason="{said["reason"]}"><desc>{escape_text(said["description"])}</desc></gap>'
