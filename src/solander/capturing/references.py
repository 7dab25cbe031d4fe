"""What a page shows or needs beside itself: addresses of images, sound, film, style sheets and frames, made absolute.

Nothing is fetched here. Every address that a browser might ask for is named, those of ``srcset`` and of images that
scripts would load later too; which of them were captured, the source knows.

Source: HTML Standard, 4.8 (embedded content), 4.6.7 (link types); CSS Values 4, 4.5 (url()); RFC 3986, 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin

REFERENCES_LIMIT = 2_000
"""As many of one page are looked for."""

_LENGTH = 8_000
# What one tag took is not looked through again, whether or not it is closed: time grows with the page alone.
_TAG = re.compile(
    rb"<(img|source|video|audio|track|input|link|iframe|frame|embed|object|base|image|use|body|table|td|th|amp-img)\b"
    rb"((?:[^>\"']|\"[^\"]{0,20000}\"|'[^']{0,20000}'){0,4000}+)",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(rb"([A-Za-z_:][\w:.-]*)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_CSS = re.compile(
    r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"')]+))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE
)
_STYLE = re.compile(rb"\sstyle\s*=\s*(?:\"([^\"]{0,20000})\"|'([^']{0,20000})')", re.IGNORECASE)
_STYLE_BEGIN = re.compile(rb"<style\b[^>]{0,2000}>", re.IGNORECASE)
_LAZY = ("src", "data-src", "data-original", "data-lazy-src", "data-srcset", "srcset", "poster", "xlink:href")
_ROLES = {
    "img": "image",
    "amp-img": "image",
    "image": "image",
    "input": "image",
    "use": "image",
    "video": "film",
    "audio": "sound",
    "source": "image",
    "track": "other",
    "embed": "other",
    "iframe": "frame",
    "frame": "frame",
}


class Reference(NamedTuple):
    """Something that a page or a style sheet refers to."""

    uri: str
    """Absolute, without its fragment."""
    role: str


def references(content: bytes, uri: str | None) -> list[Reference]:
    """What a page of HTML refers to, in the order in which it is met, each address once."""
    base = uri or ""
    found: dict[str, str] = {}
    for written, role in _written(content):
        if role == "base":
            base = _joined(base, written) or base
            continue
        address = _joined(base, written)
        if address is not None and len(found) < REFERENCES_LIMIT:
            found.setdefault(address, role)
    return [Reference(address, role) for address, role in found.items()]


def style_references(content: bytes, uri: str) -> list[Reference]:
    """What a style sheet refers to."""
    found: dict[str, str] = {}
    for written, is_style in _in_style(content.decode("utf-8", "replace")):
        address = _joined(uri, written)
        if address is not None and len(found) < REFERENCES_LIMIT:
            found.setdefault(address, "style" if is_style else "image")
    return [Reference(address, role) for address, role in found.items()]


def _written(content: bytes) -> Iterator[tuple[str, str]]:
    small = content.lower()
    # The first base holds for the whole page, wherever it stands.
    for tag in _TAG.finditer(content) if b"<base" in small else ():
        if tag[1].lower() == b"base" and (href := attributes_of(tag[2]).get("href")):
            yield href, "base"
            break
    for tag in _TAG.finditer(content):
        name = tag[1].lower().decode()
        said = attributes_of(tag[2])
        if name == "link":
            kinds = said.get("rel", "").lower().split()
            role = "style" if "stylesheet" in kinds else "icon" if any("icon" in kind for kind in kinds) else None
            if role and said.get("href"):
                yield said["href"], role
        elif name == "object":
            if said.get("data"):
                yield said["data"], "other"
        elif name in ("body", "table", "td", "th"):
            if said.get("background"):
                yield said["background"], "image"
        elif name != "base":
            yield from _of_media(name, said)
    for text in _styles(content, small):
        for written, is_style in _in_style(text):
            yield written, "style" if is_style else "image"


def _styles(content: bytes, small: bytes) -> Iterator[str]:
    """The text of style elements and attributes; ``small`` is the same in small letters."""
    at = 0
    while (begin := _STYLE_BEGIN.search(small, at)) is not None and (end := small.find(b"</style", begin.end())) >= 0:
        yield content[begin.end() : end].decode("utf-8", "replace")
        at = end
    for style in _STYLE.finditer(content):
        yield unescape((style[1] or style[2] or b"").decode("utf-8", "replace"))


def _of_media(name: str, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    role = _ROLES[name]
    for attribute in _LAZY:
        value = said.get(attribute)
        if not value:
            continue
        if attribute.endswith("srcset"):
            for candidate in _candidates(value):
                yield candidate, "image"
        else:
            yield value, "image" if attribute == "poster" else role


def attributes_of(written: bytes) -> dict[str, str]:
    """The attributes of a tag as it is written, by their names in lower case; of two of one name the first holds."""
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(written):
        value = b"".join(values).decode("utf-8", "replace")
        found.setdefault(name.decode("ascii", "replace").lower(), unescape(value).strip())
    return found


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of ``srcset``; a comma may stand in an address, and parts two only before white space."""
    for part in re.split(r",\s+|,(?=https?:)", srcset):
        address = part.strip().rstrip(",").split()
        if address:
            yield address[0]


def _in_style(text: str) -> Iterator[tuple[str, bool]]:
    for one in _CSS.finditer(text):
        url, imported = one[1] or one[2] or one[3], one[4] or one[5]
        before = text[max(0, one.start() - 10) : one.start()].lower()
        written = imported or url
        if written:
            yield written, bool(imported) or "@import" in before


def _joined(base: str, written: str) -> str | None:
    text = written.strip()
    if not text or len(text) > _LENGTH or text.startswith(("#", "data:", "javascript:", "about:", "blob:", "mailto:")):
        return None
    try:
        address = urldefrag(urljoin(base, text))[0] if base else urldefrag(text)[0]
    except ValueError:
        return None
    return address or None
