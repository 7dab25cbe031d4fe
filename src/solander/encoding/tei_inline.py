"""Inlines -> TEI: text, and what stands in the line.

Every mark has one TEI form; what TEI does not allow where it stands (``hi`` within ``code``) takes the next best that
keeps the words. Text that was an attribute in the page goes into ``desc`` or ``expan``, never among the words.

Source: TEI P5 4.12.0, chapters 3 (core), 14 (figures) and 3.4.2 (ruby).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from solander.encoding.w3c import uri_reference, w3c_date, w3c_time
from solander.encoding.xml_text import escape_attribute, escape_legal_text, escape_text
from solander.model.page import Inline, InlineContent

_RENDITIONS = {
    "strong": "strong",
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strike": "strike",
    "small": "small",
    "mark": "mark",
    "subscript": "sub",
    "superscript": "sup",
    "big": "big",
    "teletype": "teletype",
    "variable": "var",
}
_ELEMENTS = {
    "emphasis": "emph",
    "quotation": "q",
    "title": "title",
    "definition": "term",
    "inserted": "add",
    "deleted": "del",
    "place": "placeName",
}
_CODES = {"code": "", "keyboard": ' rend="kbd"', "sample": ' rend="samp"'}
_THINGS = frozenset(("image", "media", "frame", "gap", "formula"))
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript):", re.IGNORECASE)
_BRACKETS = frozenset("()（）[]【】〔〕 ")


def anchor_id(name: str) -> str | None:
    """An id of the page as ``xml:id``; ``None`` where it is no XML name even with a prefix.

    Names of our own begin with ``id.`` so that none of the page can meet one that Solander makes.
    """
    if name.isascii() and name.replace("-", "").replace("_", "").replace(".", "").isalnum():
        return f"id.{name}"
    return None


def inline(content: InlineContent, anchors: frozenset[str]) -> str:
    """The content of a leaf as TEI; ``anchors`` are the ids that stand in the document."""
    out: list[str] = []
    for part in content:
        if isinstance(part, str):
            out.append(escape_legal_text(part))
        else:
            out.append(_mark(part, anchors))
    return "".join(out)


def _mark(part: Inline, anchors: frozenset[str]) -> str:
    kind, content, attributes = part
    said = attributes or {}
    if kind == "link":
        words = inline(content, anchors)
        return _reference(words, said, anchors) if _shows(content) else words
    rendition = _RENDITIONS.get(kind)
    if rendition is not None:
        return f'<hi rend="{rendition}">{inline(content, anchors)}</hi>'
    if kind == "break":
        return "<lb/>"
    if kind == "image":
        return graphic(said)
    element = _ELEMENTS.get(kind)
    if element is not None:
        return f"<{element}>{inline(content, anchors)}</{element}>"
    if kind in _CODES:
        if all(isinstance(piece, str) for piece in content):
            return f"<code{_CODES[kind]}>{inline(content, anchors)}</code>"
        return f'<hi rend="{kind}">{inline(content, anchors)}</hi>'
    if kind == "foreign":
        return f'<foreign xml:lang="{escape_attribute(said["lang"])}">{inline(content, anchors)}</foreign>'
    if kind == "date":
        return _date(inline(content, anchors), said.get("when", ""))
    if kind == "abbreviation":
        words = f"<abbr>{inline(content, anchors)}</abbr>"
        expansion = said.get("expansion")
        return f"<choice>{words}<expan>{escape_text(expansion)}</expan></choice>" if expansion else words
    if kind == "anchor":
        name = anchor_id(said["id"])
        return f'<anchor xml:id="{name}"/>' if name else ""
    if kind == "ruby":
        return _ruby(content, anchors)
    if kind == "formula":
        return f'<formula notation="MathML">{inline(content, anchors)}</formula>'
    if kind == "direction":
        return f'<seg rend="{said["dir"]}">{inline(content, anchors)}</seg>'
    if kind == "hidden":
        return f'<seg rend="hidden">{inline(content, anchors)}</seg>'
    if kind == "media":
        return _media(said)
    if kind == "frame":
        return _reference("", {"target": said["url"], "written": said["written"]}, anchors, ' type="frame"')
    if kind == "gap":
        return f'<gap reason="{said["reason"]}"><desc>{escape_text(said["description"])}</desc></gap>'
    return inline(content, anchors)


def graphic(said: Mapping[str, str]) -> str:
    """An image: its address, its size in pixels, its ``alt`` as ``desc``."""
    url = uri_reference(said["url"])
    description = f"<desc>{escape_text(said['alt'])}</desc>" if "alt" in said else ""
    if url is None:
        return f'<gap reason="image">{description}</gap>'
    start = f'<graphic url="{escape_attribute(url)}"{_written(said, url)}'
    for name in ("width", "height"):
        if name in said:
            start += f' {name}="{said[name]}px"'
    return f"{start}>{description}</graphic>" if description else f"{start}/>"


def _media(said: Mapping[str, str]) -> str:
    url = uri_reference(said["url"])
    if url is None:
        return '<gap reason="media"/>'
    return (
        f'<media url="{escape_attribute(url)}" mimeType="{escape_attribute(said["media_type"])}"{_written(said, url)}/>'
    )


def _written(said: Mapping[str, str], url: str) -> str:
    written = said.get("written", url)
    return f' n="{escape_attribute(written)}"' if written != url else ""


def _shows(content: InlineContent) -> bool:
    """Whether there is a word or a thing to be seen; marks nest no deeper than reading lets them."""
    for part in content:
        if isinstance(part, str):
            if part and not part.isspace():
                return True
        elif part.kind in _THINGS or _shows(part.content):
            return True
    return False


def _reference(words: str, said: Mapping[str, str], anchors: frozenset[str], extra: str = "") -> str:
    target, written = said.get("target", ""), said.get("written", "")
    if not target.startswith(("http", "/", "#")) and _SCRIPT.match(target):
        # It names nothing: a program of the page would have run.
        target = ""
    if target.startswith("#"):
        name = anchor_id(target[1:])
        if target[1:] in anchors and name is not None:
            return f'<ref{extra} target="#{name}">{words}</ref>'
        return f'<ref{extra} n="{escape_attribute(written)}">{words}</ref>'
    reference = uri_reference(target)
    if reference is None:
        note = f' n="{escape_attribute(written)}"' if written.strip() else ""
        return f"<ref{extra}{note}>{words}</ref>"
    note = f' n="{escape_attribute(written)}"' if written and written != reference else ""
    # Of the characters that an address may hold, one alone needs to be escaped.
    return f'<ref{extra} target="{reference.replace("&", "&amp;")}"{note}>{words}</ref>'


def _date(words: str, when: str) -> str:
    if when:
        date = w3c_date(when)
        if date is not None:
            return f'<date when="{date}">{words}</date>'
        time = w3c_time(when)
        if time is not None:
            return f'<time when="{time}">{words}</time>'
    return f"<date>{words}</date>"


def _ruby(content: InlineContent, anchors: frozenset[str]) -> str:
    """Bases with their readings, in the order of the page: a base, or several side by side, then what reads them.

    Brackets for readers without ruby are no reading: each stands in an ``rt`` of its own.
    """
    out: list[str] = []
    bases: list[InlineContent] = []
    loose: list[Inline | str] = []
    readings: list[str] = []
    space = ""
    parts = list(content)

    def close() -> None:
        if loose:
            bases.append(tuple(loose))
            loose.clear()
        words = [inline(base, anchors) for base in bases]
        base = words[0] if len(words) == 1 else "".join(f"<seg>{one}</seg>" for one in words)
        out.append(f"<ruby><rb>{base}</rb>{''.join(readings)}</ruby>" if readings else "".join(words))
        bases.clear()
        readings.clear()

    for index, part in enumerate(parts):
        following = parts[index + 1] if index + 1 < len(parts) else None
        opens = isinstance(following, Inline) and following.kind == "reading"
        if isinstance(part, str) and not part.strip() and (bases or loose):
            space = part if opens else ""
            if not opens:
                close()
                out.append(part)
        elif (
            isinstance(part, str) and part and _BRACKETS.issuperset(part) and (readings or (opens and (bases or loose)))
        ):
            readings.append(f'<rt rend="bracket">{escape_legal_text(part)}</rt>')
        elif isinstance(part, Inline) and part.kind == "reading":
            readings.append(f"<rt>{space}{inline(part.content, anchors)}</rt>")
            space = ""
        else:
            if readings:
                close()
            if isinstance(part, Inline) and part.kind == "base":
                if loose:
                    bases.append(tuple(loose))
                    loose.clear()
                bases.append(part.content)
            else:
                loose.append(part)
    close()
    return "".join(out)
