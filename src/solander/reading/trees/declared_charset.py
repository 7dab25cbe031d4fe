"""What a page's own bytes declare of their encoding: ``meta``, and the XML declaration.

The first 1024 bytes are searched as the Standard has it, byte by byte. What stands further on is found as a browser
finds it: a ``meta`` element of the tree, so that one in a script, a comment or a title is none.

Source: HTML Standard, 13.2.3.2 ("prescan a byte stream"), 4.2.5.5 (extracting from a ``meta`` element), "get an XML
encoding", and 13.2.3.5 (changing the encoding while parsing).
"""

from __future__ import annotations

import re
from typing import NamedTuple

import webencodings

PRESCAN_BYTES = 1024
LATE_BYTES = 262_144
"""How far a ``meta`` is looked for that stands beyond the first 1024 bytes."""

_META = re.compile(rb"<meta[\t\n\f\r /]", re.IGNORECASE)
_TAG = re.compile(rb"</?[A-Za-z][^\t\n\f\r >]*")
_ATTRIBUTE = re.compile(
    rb"""[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)"""
    rb"""(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*)|(?=>)))?"""
)
_IN_CONTENT = re.compile(
    r"""charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r ;"'][^\t\n\f\r ;]*)|["'])""", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"""encoding[\x00-\x20]*=[\x00-\x20]*(?:"([^"\x00-\x20]*)"|'([^'\x00-\x20]*)')""")
_LATE = re.compile(rb"<meta[\t\n\f\r /][^>]{0,2000}charset", re.IGNORECASE)


class Declaration(NamedTuple):
    """What is declared, and what it means."""

    label: str
    """As written."""
    name: str
    """The canonical name of what is to be read: a page that can be searched as ASCII is not UTF-16. Empty where the
    label is none of the Standard's, or of an encoding that the Standard replaces."""
    evidence: str
    """``meta`` or ``xml-declaration``."""


def canonical(label: str | None) -> str | None:
    """The Encoding Standard's name for a label; ``None`` for what is no label.

    The labels of encodings that the Standard replaces (``hz-gb-2312``, ``iso-2022-kr``) give ``None`` too: it makes a
    whole page one U+FFFD so that no script is smuggled in, and here no script runs, but words would be lost.
    """
    if not label:
        return None
    try:
        found = webencodings.lookup(label)
    except (LookupError, UnicodeError):
        return None
    return None if found is None or found.name == "replacement" else str(found.name)


def find_declaration(content: bytes, media_type: str) -> Declaration | None:
    """Find what a page declares; ``None`` if it declares nothing.

    A declaration with a name goes before any without, wherever they stand.

    Args:
        content: the whole body, without a byte order mark.
        media_type: in XHTML the XML declaration is asked first, in HTML last.
    """
    head = content[:PRESCAN_BYTES]
    in_xml = _in_xml(head)
    if in_xml is not None and in_xml.name and media_type == "application/xhtml+xml":
        return in_xml
    found = _prescan(head) or in_xml
    return found if found and found.name else _beyond(content[:LATE_BYTES]) or found


def _in_xml(head: bytes) -> Declaration | None:
    if not head.startswith(b"<?xml"):
        return None
    match = _XML_ENCODING.search(head, 0, max(head.find(b">"), 0))
    return _declaration(match[1] or match[2] or b"", "xml-declaration") if match else None


def _prescan(head: bytes) -> Declaration | None:
    nameless: Declaration | None = None
    place = 0
    while (place := head.find(b"<", place)) >= 0:
        if head.startswith(b"<!--", place):
            # The Standard lets the opening's dashes be the closing's: "<!-->" is a whole comment.
            end = head.find(b"-->", place + 2)
            if end < 0:
                return nameless
            place = end + 3
        elif meta := _META.match(head, place):
            attributes, place = _attributes(head, meta.end() - 1)
            if place < 0:
                return nameless
            found = _of_meta(attributes)
            if found and found.name:
                return found
            nameless = nameless or found
        elif tag := _TAG.match(head, place):
            _, place = _attributes(head, tag.end())
            if place < 0:
                return nameless
        elif head.startswith((b"<!", b"</", b"<?"), place):
            place = head.find(b">", place)
            if place < 0:
                return nameless
        else:
            place += 1
    return nameless


def _attributes(head: bytes, place: int) -> tuple[dict[str, str], int]:
    """A tag's attributes, the first of each name, and where they end; -1 if they do not."""
    found: dict[str, str] = {}
    while match := _ATTRIBUTE.match(head, place):
        name, double, single, bare = match.groups()
        value = double if double is not None else single if single is not None else bare or b""
        found.setdefault(name.decode("latin-1").lower(), value.decode("latin-1"))
        place = match.end()
        if re.match(rb"[\t\n\f\r ]*=[\t\n\f\r ]*[\"']", head[place:]):
            return found, -1  # a quotation that never ends
    end = head.find(b">", place)
    return found, end


def _of_meta(attributes: dict[str, str]) -> Declaration | None:
    if "charset" in attributes:
        label = attributes["charset"]
    elif attributes.get("http-equiv", "").lower() == "content-type":
        label = _in_content(attributes.get("content", ""))
    else:
        return None
    return _declaration(label.encode("latin-1", "replace"), "meta")


def _in_content(content: str) -> str:
    match = _IN_CONTENT.search(content)
    return next((group for group in match.groups() if group is not None), "") if match else ""


def _declaration(label: bytes, evidence: str) -> Declaration | None:
    written = label.decode("ascii", "replace").strip("\t\n\f\r ")
    if not written:
        return None
    name = canonical(written) or ""
    if name in ("utf-16le", "utf-16be"):
        name = "utf-8"  # what could be read as ASCII so far is no UTF-16
    elif name == "x-user-defined" and evidence == "meta":
        name = "windows-1252"
    return Declaration(written, name, evidence)


def _beyond(content: bytes) -> Declaration | None:
    """A ``meta`` element anywhere in the tree of the beginning."""
    if not _LATE.search(content):
        return None
    # Late: most pages declare themselves at once, and a plain text never does.
    import turbohtml

    from solander.reading.trees.bounds import beyond_attributes, beyond_bounds
    from solander.reading.trees.parsing import notable_tags

    markup = content.decode("latin-1")
    roots = (at for name, at in notable_tags(markup) if name in ("html", "body"))
    if beyond_bounds(markup) or beyond_attributes(markup, roots):
        # Nobody will read it.
        return None
    tree = turbohtml.parse(markup, positions=False)
    nameless: Declaration | None = None
    for meta in tree.find_all("meta"):
        attributes = {str(name): str(value)[:1000] for name, value in meta.attrs.items() if value is not None}
        found = _of_meta(attributes)
        if found and found.name:
            return found
        nameless = nameless or found
    return nameless
