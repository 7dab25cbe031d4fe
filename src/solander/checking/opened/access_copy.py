"""An access copy as a browser would take it: its elements, the addresses in it, and what each address would do.

The copy is parsed as HTML is; what only a parser of tags would see, or miss, does not matter. Addresses are read as
browsers read them: white space and controls fall away, and a backslash is a slash.

Source: HTML Standard, 13.2 (parsing) and 4.8 (embedded content); URL Standard, 4.4; CSS Syntax 3, 4.3.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from solander.checking.opened.parsed_copy import OpenedCopy, open_copy

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_WITHIN = re.compile(r"#[\w.\-]*", re.ASCII)
"""A place in the document itself, as nearly all addresses of a view are."""
_FALLS_AWAY = re.compile(r"[\t\n\r]")
_EDGES = "".join(map(chr, range(0x21)))
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})[ \t\n\r\f]?|\\([^\n\r\f0-9a-fA-F])")
_CSS_ADDRESS = re.compile(
    r"""(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^)"']*))|@import\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE
)
_CSS_ASKS = re.compile(r"[(@\\]")
"""Without one of these a style asks for nothing: nearly all are looked through in one go."""
_CSS_IMAGES = re.compile(r"""image-set\(([^)]*)""", re.IGNORECASE)
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_DECLARED = re.compile(
    rb"<meta[^>]+charset\s*=\s*[\"']?\s*([^\s\"'/>;]+)|<\?xml[^>]+encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE
)
_PRESCAN_BYTES = 1024
_XML = (".xhtml", ".svg")
"""What the names of files end in that a browser reads as XML."""

_LOADING_LINKS = frozenset(("stylesheet", "icon", "preload", "prefetch", "modulepreload", "manifest")) | frozenset(
    ("preconnect", "dns-prefetch", "prerender", "apple-touch-icon")
)
_LOADING_ATTRIBUTES = {
    "img": ("src", "srcset", "attributionsrc"),
    "source": ("src", "srcset"),
    "audio": ("src",),
    "video": ("src", "poster"),
    "track": ("src",),
    "input": ("src",),
    "embed": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "object": ("data",),
    "applet": ("code", "archive"),
    "script": ("src", "href", "xlink:href", "attributionsrc"),
    "link": ("imagesrcset",),
    "image": ("href", "xlink:href"),
    "use": ("href", "xlink:href"),
    "feimage": ("href", "xlink:href"),
    "html": ("manifest",),
    "a": ("ping", "attributionsrc"),
    "area": ("ping",),
}
_LEADING_ATTRIBUTES = frozenset(
    ("href", "xlink:href", "action", "formaction", "cite", "longdesc", "from", "to", "by", "values")
)
"""Where an address stands to which a reader can be led; in drawings an animation can set one (from, to …)."""

_BEARING = _LEADING_ATTRIBUTES.union(("style", "background"), *_LOADING_ATTRIBUTES.values())
"""Attributes in which an address stands, whatever the element."""

_SPEAK_ALONE = frozenset(
    ("script", "style", "iframe", "frame", "object", "embed", "applet", "portal", "fencedframe")
).union(("noscript",))
"""Elements of which rules speak, whether or not they bear an attribute."""

_HARMLESS = frozenset(("class", "id", "lang", "dir", "title", "role", "tabindex", "hidden", "colspan", "rowspan"))
"""Attributes in which no address is looked for, unless they hold a ``url()``, which is none there."""


class Address(NamedTuple):
    """An address in a copy."""

    element: str
    attribute: str
    """``style`` for one in a stylesheet."""
    written: str
    loads: bool
    """Whether it is asked for as soon as the copy is opened; else a reader must follow it."""
    read: str
    """As a browser reads it."""
    scheme: str
    """In small letters; empty where it has none of its own."""

    @property
    def is_external(self) -> bool:
        """Whether it names another host."""
        return self.read.startswith("//") or self.scheme not in ("", "data", "blob", "about", "file", *_SCRIPTS)


_SCRIPTS = ("javascript", "vbscript", "livescript")


class Element(NamedTuple):
    """An element with its attributes, all in small letters."""

    name: str
    attributes: dict[str, str]
    text: str
    """Of a stylesheet or a script; empty for all else."""


class AccessCopy(NamedTuple):
    """A document that a reader opens in a browser."""

    path: str
    content: bytes
    elements: tuple[Element, ...]
    """Those that bear attributes, or say something without."""
    addresses: tuple[Address, ...]
    """All addresses, in the order of the elements."""

    def line_of(self, written: str) -> int | None:
        """The line in which something stands, where it stands once; from 1."""
        sought = written.encode("utf-8", "replace")
        if not sought or self.content.count(sought) != 1:
            return None
        return self.content.count(b"\n", 0, self.content.index(sought)) + 1

    @property
    def encoding_fault(self) -> str | None:
        """Why a browser might read other characters than UTF-8's; ``None`` where it cannot."""
        if self.content.startswith((b"\xfe\xff", b"\xff\xfe")):
            return "it begins with the byte order mark of UTF-16"
        try:
            self.content.decode("utf-8")
        except UnicodeDecodeError as error:
            return f"byte {error.start} is no UTF-8"
        if self.content.startswith(b"\xef\xbb\xbf"):
            return None
        declared = _DECLARED.search(self.content[:_PRESCAN_BYTES])
        if declared is None:
            return "the first 1,024 bytes declare no encoding"
        name = (declared[1] or declared[2]).decode("latin-1").lower()
        return None if name in ("utf-8", "utf8") else f"it declares {name}"


def read_access_copy(content: bytes, path: str, opened: OpenedCopy | None = None) -> AccessCopy | str:
    """Parse an access copy, or say in a few words why it was not.

    Args:
        content: the copy.
        path: its name.
        opened: the same copy, if it was parsed before; it is left as it is.
    """
    markup, tree, costly = opened or open_copy(content)
    if path.lower().endswith(_XML) and "<!entity" in markup.lower():
        return "it declares entities, in which anything may stand that only a browser would see"
    if costly is not None:
        return f"it was not parsed, {costly}"
    elements: list[Element] = []
    addresses: list[Address] = []
    names: dict[str, str] = {}
    for node in tree.root.traverse(include_text=False) if tree.root is not None else ():
        tag = node.tag or ""
        name = names.get(tag)
        if name is None:
            # In XML a script may have any prefix.
            name = names[tag] = tag.lower().rpartition(":")[2]
        written = node.attributes
        # Most elements bear nothing, and only few say anything by their name alone.
        if not (written or name in _SPEAK_ALONE) or not name or name[0] in "-_":
            continue
        attributes = {key.lower(): value or "" for key, value in written.items()}
        text = node.text(deep=True) if name in ("style", "script") else ""
        elements.append(Element(name, attributes, text or ""))
        if text or not _BEARING.isdisjoint(attributes) or _holds_function(attributes):
            addresses += _addresses(elements[-1])
    return AccessCopy(path, content, tuple(elements), tuple(addresses))


def _holds_function(attributes: dict[str, str]) -> bool:
    for attribute, value in attributes.items():  # noqa: SIM110 - a generator for each element costs more than the look
        if "(" in value and attribute not in _HARMLESS:
            return True
    return False


def _address(element: str, attribute: str, written: str, *, loads: bool) -> Address:
    if _WITHIN.fullmatch(written):
        return Address(element, attribute, written, loads, written, "")
    read = _FALLS_AWAY.sub("", written.strip(_EDGES)).replace("\\", "/")
    match = _SCHEME.match(read)
    return Address(element, attribute, written, loads, read, match[1].lower() if match else "")


def _addresses(element: Element) -> Iterator[Address]:
    name, attributes, text = element
    if not attributes and not text:
        return
    for attribute in _LOADING_ATTRIBUTES.get(name, ()):
        if attribute in attributes:
            for written in _several(attribute, attributes[attribute]):
                yield _address(name, attribute, written, loads=True)
    if "background" in attributes:
        yield _address(name, "background", attributes["background"], loads=True)
    loading = _LOADING_ATTRIBUTES.get(name, ())
    for attribute in attributes:
        if attribute in _LEADING_ATTRIBUTES and attribute not in loading:
            loads = name == "link" and not _LOADING_LINKS.isdisjoint(attributes.get("rel", "").lower().split())
            yield _address(name, attribute, attributes[attribute], loads=loads)
    for style in (attributes.get("style"), text if name == "style" else None):
        if not style:
            continue
        yield from (_address(name, "style", written, loads=True) for written in css_addresses(style))
    # Attributes of drawings may hold a url() as well: fill, filter, mask …
    for attribute, value in attributes.items():
        if "(" in value and attribute != "style" and "url(" in value.lower():
            yield from (_address(name, attribute, written, loads=True) for written in css_addresses(value))


def _several(attribute: str, value: str) -> list[str]:
    if attribute in ("srcset", "imagesrcset"):
        # An address ends where white space is, and may hold commas (HTML Standard, 4.8.4.3.10).
        return [one.split()[0].strip(",") for one in re.split(r",\s+|,(?=\S+\s)", value) if one.split()]
    return value.split() if attribute in ("ping", "archive", "attributionsrc") else [value]


def css_addresses(style: str) -> Iterator[str]:
    """The addresses that a stylesheet asks for, as CSS reads them; those within the document (``#a``) aside."""
    if _CSS_ASKS.search(style) is None:
        return
    plain = _CSS_ESCAPE.sub(_css_character, _COMMENT.sub(" ", style))
    found = [next((group for group in one.groups() if group is not None), "") for one in _CSS_ADDRESS.finditer(plain)]
    for images in _CSS_IMAGES.finditer(plain):
        found += [one[1] if one[1] is not None else one[2] for one in _QUOTED.finditer(images[1])]
    yield from (one.strip() for one in found if one.strip() and not one.strip().startswith("#"))


def _css_character(escape: re.Match[str]) -> str:
    if escape[1] is None:
        return escape[2]
    number = int(escape[1], 16)
    return chr(number) if 0 < number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"


def leaves_bag(path: str, address: Address) -> bool:
    """Whether an address without a host leads out of the bag in which a file lies."""
    read = address.read
    if address.scheme == "file" or (read.startswith("/") and not read.startswith("//")):
        return True
    if address.scheme or read.startswith(("//", "#", "?")):
        return False
    place = unquote(re.split(r"[?#]", read, maxsplit=1)[0]).replace("\\", "/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), place)).split("/")[0] == ".."
