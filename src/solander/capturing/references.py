"""What a page shows or needs beside itself: addresses of images, sound, film, style sheets and frames, made absolute.

Nothing is fetched here. Every address that a browser might ask for is named, those of ``srcset`` and of images that
scripts would load later too; which of them were captured, the source knows.

Source: HTML Standard, 4.8 (embedded content), 4.6.7 (link types); CSS Values 4, 4.5 (url()); RFC 3986, 5.2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin

from solander.capturing.style_sheets import addresses_in
from solander.capturing.tags import ATTRIBUTES, attributes_of, unescaped, without_unseen
from solander.model.addresses import NO_PLACES

REFERENCES_LIMIT = 20_000
"""As many of one page are looked for."""

_LENGTH = 8_000
_FRAMES_DEPTH = 3
"""So deep are documents looked into that stand in an attribute of a frame."""

# All that looks through a whole page does so in small letters: a pattern for both cases takes several times as long.
_TAG = re.compile(
    rb"<(img|source|video|audio|track|input|link|iframe|frame|embed|object|base|image|feimage|use|body|table|tr|td|th|"
    rb"amp-img)\b" + ATTRIBUTES,
)
_STYLE = re.compile(rb"style\s*=\s*(?:\"([^\"]{0,20000})\"|'([^']{0,20000})')")
_BEHIND = re.compile(rb"data-b(?:g|ackground|ackground-image)\s*=\s*(?:\"([^\"]{0,8000})\"|'([^']{0,8000})')")
"""What scripts put behind an element once it is looked at."""

_STYLE_BEGIN = re.compile(rb"<style\b[^>]{0,2000}>")
_CANDIDATE = re.compile(r"[\s,]*+(\S++)")
_DESCRIPTORS = re.compile(r"(?:[^(),]|\([^)]*+(?:\)|\Z))*+")
_LAZY = (
    *("src", "data-src", "data-original", "data-lazy-src", "data-lazy", "data-srcset", "data-lazy-srcset", "srcset"),
    *("poster", "xlink:href"),
)
_OF_SVG = frozenset(("image", "feimage", "use"))
_BREAKS = re.compile(r"[\t\n\r]+")
_NO_PLACES = tuple(f"{scheme}:" for scheme in sorted(NO_PLACES))
_ROLES = {
    "img": "image",
    "amp-img": "image",
    "image": "image",
    "input": "image",
    "feimage": "image",
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


def references(content: bytes, uri: str | None, beyond: list[str] | None = None) -> list[Reference]:
    """What a page of HTML refers to, in the order in which it is met, each address once.

    Args:
        content: the page.
        uri: where it was.
        beyond: is given what there is beyond the bound.
    """
    base = uri or ""
    found: dict[str, str] = {}
    for written, role in _written(content):
        if role == "base":
            base = _joined(base, written) or base
            continue
        address = _joined(base, written)
        if address is not None and len(found) < REFERENCES_LIMIT:
            found.setdefault(address, role)
        elif address is not None and beyond is not None and address not in found:
            beyond.append(address)
    return [Reference(address, role) for address, role in found.items()]


def style_references(content: bytes, uri: str) -> list[Reference]:
    """What a style sheet refers to."""
    found: dict[str, str] = {}
    for written, is_style in addresses_in(content.decode("utf-8", "replace")):
        address = _joined(uri, written)
        if address is not None and len(found) < REFERENCES_LIMIT:
            found.setdefault(address, "style" if is_style else "image")
    return [Reference(address, role) for address, role in found.items()]


def _written(content: bytes, depth: int = 0) -> Iterator[tuple[str, str]]:
    content = without_unseen(content)
    small = content.lower()
    # The first base holds for the whole page, wherever it stands.
    for tag in _TAG.finditer(small) if b"<base" in small and not depth else ():
        if tag[1] == b"base" and (href := attributes_of(content[tag.start(2) : tag.end(2)]).get("href")):
            yield href, "base"
            break
    for tag in _TAG.finditer(small):
        name = tag[1].decode()
        said = attributes_of(content[tag.start(2) : tag.end(2)])
        if name == "link":
            kinds = said.get("rel", "").lower().split()
            role = "style" if "stylesheet" in kinds else "icon" if any("icon" in kind for kind in kinds) else None
            if role and said.get("href"):
                yield said["href"], role
            if "preload" in kinds:
                yield from ((one, "image") for one in _candidates(said.get("imagesrcset", "")))
        elif name == "object":
            if said.get("data"):
                yield said["data"], "other"
        elif name in ("body", "table", "tr", "td", "th"):
            if said.get("background"):
                yield said["background"], "image"
        elif name != "base":
            yield from _of_media(name, said)
            if "srcdoc" in said and name == "iframe" and depth < _FRAMES_DEPTH:
                yield from _written(said["srcdoc"].encode("utf-8", "surrogatepass"), depth + 1)
    for text in _styles(content, small):
        for written, is_style in addresses_in(text):
            yield written, "style" if is_style else "image"
    for value in _values(_BEHIND, content, small):
        yield next((one for one, _ in addresses_in(value)), value), "image"


def _styles(content: bytes, small: bytes) -> Iterator[str]:
    """The text of style elements and attributes; ``small`` is the same in small letters."""
    at = 0
    while (begin := _STYLE_BEGIN.search(small, at)) is not None and (end := small.find(b"</style", begin.end())) >= 0:
        yield content[begin.end() : end].decode("utf-8", "replace")
        at = end
    yield from _values(_STYLE, content, small)


def _values(attribute: re.Pattern[bytes], content: bytes, small: bytes) -> Iterator[str]:
    """What attributes of a name say, in whatever element they stand."""
    for found in attribute.finditer(small):
        if small[found.start() - 1 : found.start()].isspace():
            span = found.span(found.lastindex or 0)
            yield unescaped(content[slice(*span)].decode("utf-8", "replace"))


def _of_media(name: str, said: dict[str, str]) -> Iterator[tuple[str, str]]:
    role = _ROLES[name]
    for attribute in (*_LAZY, "href") if name in _OF_SVG else _LAZY:
        value = said.get(attribute)
        if not value:
            continue
        if attribute.endswith("srcset"):
            for candidate in _candidates(value):
                yield candidate, "image"
        else:
            yield value, "image" if attribute == "poster" else role


def _candidates(srcset: str) -> Iterator[str]:
    """The addresses of ``srcset``: what has no white space in it, but for the commas at its end.

    Source: HTML Standard, 4.8.4.4 ("parse a srcset attribute").
    """
    at = 0
    while (found := _CANDIDATE.match(srcset, at)) is not None:
        at = found.end()
        address = found[1].rstrip(",")
        if address == found[1] and (words := _DESCRIPTORS.match(srcset, at)) is not None:
            at = words.end()
        if address:
            yield address


def _joined(base: str, written: str) -> str | None:
    text = _BREAKS.sub("", written.strip())
    if not text or len(text) > _LENGTH or text[0] == "#" or text[:16].lower().startswith(_NO_PLACES):
        return None
    if "\\" in text and base.lower().startswith(("http:", "https:")):
        # To a browser it is a slash, up to the query (URL Standard, "path state").
        path, mark, rest = text.partition("?")
        text = path.replace("\\", "/") + mark + rest
    try:
        address = (urljoin(base, text) if base else text).partition("#")[0]
    except ValueError:
        return None
    return address or None
