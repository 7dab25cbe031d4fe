"""Films, sounds and what else is played, with what is shown or read beside them: a film's poster, its tracks.

Source: HTML Standard, 4.8.8 (``video``: ``poster``), 4.8.11 (``track``), 4.8.5 to 4.8.7 (``iframe embed object``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from turbohtml import Element

from solander.model.page import Inline
from solander.reading.elements import FALLBACK_MEDIA_TYPES, MEDIA_TYPES

Addressed: TypeAlias = Callable[[str | None], dict[str, str] | None]
"""Makes of an address as written what an inline says of it; ``None`` where it is none."""

TRACK_KINDS = frozenset(("subtitles", "captions", "descriptions", "chapters", "metadata"))
"""What a track may be; one that says nothing has subtitles, one that says something else is for scripts."""

_PLAYERS = frozenset(("audio", "video"))
_LABEL_CHARACTERS = 2_000
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,8}\Z")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


def poster(attributes: Mapping[str, Any], addressed: Addressed) -> Inline | None:
    """The picture that stands for a film until it is played."""
    address = addressed(attributes.get("poster"))
    return Inline("image", (), {**address, "role": "poster"}) if address is not None else None


def played(node: Element, tag: str, attributes: Mapping[str, Any], addressed: Addressed) -> Inline | None:
    """A film, a sound, a frame, or a thing that a program of its own was to show."""
    written = attributes.get("src") or attributes.get("data") or attributes.get("data-src")
    if not written and tag in _PLAYERS:
        # HTML Standard, 4.8.11.5: a source further within is that of another player, or of none.
        sources = (child for child in node.children if type(child) is Element and child.tag == "source")
        written = next((str(said) for source in sources if (said := source.attrs.get("src"))), None)
    address = addressed(written)
    if address is None:
        return Inline("gap", (), {"reason": "frame"}) if "srcdoc" in attributes else None
    if tag == "iframe":
        title = " ".join((attributes.get("title") or "")[:_LABEL_CHARACTERS].split())
        return Inline("frame", (), {**address, "description": title} if title else address)
    declared = (attributes.get("type") or "").split(";")[0].strip().lower()
    known = MEDIA_TYPES.get(_suffix(address["url"])) or FALLBACK_MEDIA_TYPES.get(tag)
    media_type = declared if _TYPE.fullmatch(declared) else known
    if media_type is None:
        return Inline("frame", (), address)
    address["media_type"] = media_type
    return Inline("media", (), address)


def track(node: Element, attributes: Mapping[str, Any], addressed: Addressed) -> Inline | None:
    """What is read while a film is seen: where it is, what it is, in which language, and what the page calls it."""
    parent = node.parent
    if type(parent) is not Element or parent.tag not in _PLAYERS:
        return None
    address = addressed(attributes.get("src"))
    if address is None:
        return None
    kind = (attributes.get("kind") or "subtitles").strip().lower()
    address["role"] = kind if kind in TRACK_KINDS else "metadata"
    address["media_type"] = MEDIA_TYPES.get(_suffix(address["url"]), "text/vtt")
    language = (attributes.get("srclang") or "").strip()
    if _TAG.match(language):
        address["lang"] = language
    label = " ".join((attributes.get("label") or "")[:_LABEL_CHARACTERS].split())
    if label:
        address["description"] = label
    return Inline("media", (), address)


def _suffix(url: str) -> str:
    return url.split("?")[0].split("#")[0].rpartition(".")[2].lower()
