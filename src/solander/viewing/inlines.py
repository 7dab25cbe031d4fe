"""Inlines -> HTML: the words of a leaf and what stands in the line, each with the element that means it.

What was an attribute of the page (``alt``, ``title``) is an attribute here: the words are the page's visible words.

Source: HTML Standard, 4.5 (text-level semantics); ``model/page.py`` lists the kinds.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from solander.model.anchors import anchor_id
from solander.model.page import Inline, InlineContent
from solander.viewing.markup import escaped, in_a_line, led_to, link, quoted

_ELEMENTS = {
    "emphasis": "em",
    "strong": "strong",
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strike": "s",
    "small": "small",
    "mark": "mark",
    "subscript": "sub",
    "superscript": "sup",
    "teletype": "code",
    "variable": "var",
    "code": "code",
    "keyboard": "kbd",
    "sample": "samp",
    "quotation": "q",
    "title": "cite",
    "definition": "dfn",
    "inserted": "ins",
    "deleted": "del",
    "date": "time",
}
_BRACKETS = frozenset("()（）[]【】〔〕 ")
_LABEL_CHARACTERS = 200


class InlineViewer:
    """Writes the content of leaves; knows the ids of the page, its notes, and which ids stand already."""

    __slots__ = ("anchors", "gaps", "notes", "strings", "within_link", "written")

    def __init__(self, anchors: frozenset[str], notes: Mapping[str, str]) -> None:
        """``anchors`` are the page's ids, ``notes`` the words of its notes by id."""
        self.anchors, self.notes = anchors, notes
        self.written: set[str] = set()
        self.gaps = 0
        """How many things were met that are not here: pictures, films, forms."""
        self.within_link = False
        self.strings: list[str] = []
        """The text of the leaf that is being written, piece by piece; who writes the leaf empties it."""

    def inline(self, content: InlineContent) -> str:
        """The content of a leaf."""
        out: list[str] = []
        for part in content:
            if isinstance(part, str):
                self.strings.append(part)
                out.append(escaped(part))
            else:
                out.append(self._mark(part))
        return "".join(out)

    def _mark(self, part: Inline) -> str:
        kind, content, attributes = part
        said = attributes or {}
        own = turned(said) if attributes is not None else ""
        if kind == "link":
            return self._link(content, said, own)
        element = _ELEMENTS.get(kind)
        if element is not None:
            return f"<{element}{own}>{self.inline(content)}</{element}>"
        if kind == "break":
            self.strings.append(" ")
            return "<br>"
        if kind == "image":
            return self._thing(said.get("role", "picture"), said.get("alt", ""), said.get("url", ""))
        if kind == "media":
            what = said.get("role") or said.get("media_type", "media").partition("/")[0]
            return self._thing(what, said.get("description", ""), said.get("url", ""))
        if kind == "frame":
            return self._thing("frame", said.get("description", ""), said.get("url", ""))
        if kind == "gap":
            return self._thing(said.get("reason", "gap"), said.get("description", ""), "")
        if kind == "anchor":
            name = self.identity(said["id"])
            return f'<span id="{name}"></span>' if name else ""
        if kind == "abbreviation":
            title = f' title="{quoted(in_a_line(said["expansion"]))}"' if said.get("expansion") else ""
            return f"<abbr{title}{own}>{self.inline(content)}</abbr>"
        if kind == "ruby":
            return f"<ruby{own}>{self._ruby(content)}</ruby>"
        if kind == "direction" and "bidi-override" in said.get("dir", ""):
            return f'<bdo dir="{said["dir"].removeprefix("bidi-override ")}">{self.inline(content)}</bdo>'
        if kind == "formula":
            own += ' class="formula"'
        elif kind in ("big", "drawing", "running"):
            own += f' class="{kind}"'
        elif kind == "page":
            return f'<span class="page" data-page="{quoted(said.get("n", ""))}"></span>'
        elif not own:
            return self.inline(content)
        return f"<span{own}>{self.inline(content)}</span>"

    def identity(self, name: str) -> str | None:
        """An id of the page as it is written here, the first time that it stands; ``None`` after that."""
        written = anchor_id(name)
        if written is None or written in self.written:
            return None
        self.written.add(written)
        return written

    def _link(self, content: InlineContent, said: Mapping[str, str], own: str) -> str:
        if self.within_link:
            return f"<span{own}>{self.inline(content)}</span>" if own else self.inline(content)
        self.within_link = True
        words = self.inline(content)
        self.within_link = False
        target, role = said.get("target", ""), said.get("role", "")
        if target.startswith("#"):
            sought = target[1:] if target[1:] in self.anchors else unquote(target[1:])
            name = anchor_id(sought)
            if sought not in self.anchors or name is None:
                return f"<span{own}>{words}</span>" if own else words
            kind = f' class="{role}"' if role else ""
            note = self.notes.get(sought) if role == "noteref" else None
            again = f'<span class="again" data-ours>{escaped(note)}</span>' if note else ""
            return f'<a href="#{name}"{kind}{own}>{words}</a>{again}'
        address = led_to(target)
        if address is not None:
            return link(address, words, own)
        return f"<span{own}>{words}</span>" if own else words

    def _thing(self, what: str, words: str, url: str) -> str:
        """What is not here: its name and what the page says of it are shown, and none of them is a word of the text."""
        self.gaps += 1
        words = in_a_line(words, _LABEL_CHARACTERS)
        label = quoted(in_a_line(f"{what}: {words}" if words else what, _LABEL_CHARACTERS + 40))
        address = None if self.within_link else led_to(url)
        if address is not None:
            return link(address, "", f' class="thing" aria-label="{label}"')
        return f'<span class="thing" role="img" aria-label="{label}"></span>'

    def _ruby(self, content: InlineContent) -> str:
        """Bases and readings in their order; brackets for readers without ruby are shown to those alone."""
        out: list[str] = []
        for part in content:
            if isinstance(part, str):
                self.strings.append(part)
                brackets = part.strip() and _BRACKETS.issuperset(part)
                out.append(f"<rp>{escaped(part)}</rp>" if brackets else escaped(part))
            elif part.kind == "reading":
                out.append(f"<rt{turned(part.attributes or {})}>{self.inline(part.content)}</rt>")
            else:
                out.append(self.inline(part.content) if part.kind == "base" else self._mark(part))
        return "".join(out)


def turned(said: Mapping[str, str]) -> str:
    """Attributes for the language, the direction, and for what the page hides."""
    out = f' lang="{quoted(said["lang"])}"' if "lang" in said else ""
    if "dir" in said:
        out += f' dir="{quoted(said["dir"].removeprefix("bidi-override "))}"'
    if "hidden" in said:
        out += ' data-hidden title="hidden in the page"'
    return out
