"""Inlines -> TEI: text, and what stands in the line.

Every mark has one TEI form; what TEI does not allow where it stands (``hi`` within ``code``) takes the next best that
keeps the words. Text that was an attribute in the page goes into ``desc`` or ``expan``, never among the words.

Source: TEI P5 4.12.0, chapters 3 (core), 14 (figures) and 3.4.2 (ruby).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import unquote

from solander.encoding.tei_dates import date
from solander.encoding.tei_graphics import gap, graphic, media
from solander.encoding.tei_references import may_stand_in_bibl
from solander.encoding.w3c import is_script, uri_reference
from solander.encoding.xml_text import escape_attribute, escape_legal_text, escape_text
from solander.model.anchors import anchor_id as anchor_id
from solander.model.page import Block, Division, Inline, InlineContent

_RENDITIONS = {
    "strong": "strong",
    "bold": "bold",
    "italic": "italic",
    "underline": "underline",
    "strike": "strike",
    "small": "small",
    "mark": "mark",
    "blink": "blink",
    "marquee": "marquee",
    "subscript": "sub",
    "superscript": "sup",
    "big": "big",
    "teletype": "teletype",
    "variable": "var",
    "numerator": "numerator",
    "denominator": "denominator",
    "over": "over",
    "under": "under",
    "root": "root",
}
_ELEMENTS = {
    "emphasis": "emph",
    "quotation": "q",
    "title": "title",
    "definition": "term",
    "inserted": "add",
    "deleted": "del",
    "place": "placeName",
    "person": "persName",
}
_CODES = {"code": "", "keyboard": ' rend="kbd"', "sample": ' rend="samp"'}
_LINK_TYPES = {"noteref": ' type="noteref"', "backlink": ' type="backlink"', "area": ' type="area"'}
_THINGS = frozenset(("image", "media", "frame", "gap", "formula"))
WRITTEN_CHARACTERS = 1_000_000
"""How much of an address is kept as it was written: XML tools refuse an attribute of ten million bytes."""

_BRACKETS = frozenset("()（）[]【】〔〕 ")


_NOTHING: Mapping[str, str] = {}


class Places:
    """The ids that stand in the text, and what pointers into the original begin with."""

    __slots__ = ("_divisions", "_ids", "prefix")

    def __init__(self, prefix: str = "", divisions: Iterable[Division] = ()) -> None:
        self.prefix = prefix
        self._divisions = divisions
        self._ids: set[str] | None = None

    def __contains__(self, name: str) -> bool:
        # A walk through the whole text, which pages without links to their own places do without.
        if self._ids is None:
            self._ids = _anchors(self._divisions)
        return name in self._ids


def _anchors(divisions: Iterable[Division]) -> set[str]:
    """The ids that stand in the text, each once: a second anchor of one name is not written."""
    found: set[str] = set()
    stack: list[Block | Inline] = [block for division in divisions for block in division.blocks]
    while stack:
        whole = stack.pop()
        if whole.kind == "post" and whole.attributes and anchor_id(whole.attributes.get("id", "")):
            found.add(whole.attributes["id"])
        for part in whole.content:
            # Most parts are words, and most of the others hold words and nothing else.
            if isinstance(part, str):
                continue
            content = part.content
            if len(content) == 1 and isinstance(content[0], str):
                continue
            if part.kind == "anchor" and part.attributes and anchor_id(part.attributes["id"]):
                found.add(part.attributes["id"])
            elif content:
                stack.append(part)
    return found


def inline(content: InlineContent, anchors: Places) -> str:
    """The content of a leaf as TEI; ``anchors`` are the ids that stand in the document."""
    if len(content) == 1 and isinstance(content[0], str):
        return escape_legal_text(content[0])
    out: list[str] = []
    for part in content:
        if isinstance(part, str):
            out.append(escape_legal_text(part))
        else:
            out.append(_mark(part, anchors))
    return "".join(out)


def _mark(part: Inline, anchors: Places) -> str:
    kind, content, attributes = part
    said, language = _NOTHING, ""
    if attributes:
        said = attributes
        if "hidden" in attributes or "dir" in attributes:
            return _turned(part, anchors)
        if "lang" in attributes:
            language = f' xml:lang="{escape_attribute(attributes["lang"])}"'
    if kind == "link":
        return _link(part, said, anchors, language)
    rendition = _RENDITIONS.get(kind)
    if rendition is not None:
        return f'<hi rend="{rendition}"{language}>{inline(content, anchors)}</hi>'
    if kind == "break":
        return "<lb/>"
    if kind == "image":
        return graphic(said)
    element = _ELEMENTS.get(kind)
    if element is not None:
        written = f' n="{escape_attribute(said["when"])}"' if "when" in said else ""
        return f"<{element}{written}{language}>{inline(content, anchors)}</{element}>"
    form = _FORMS.get(kind, _in_its_language)
    return form(part, said, anchors, language)


def _frame(said: Mapping[str, str], anchors: Places) -> str:
    """Another document within the page: what it is called is no word that is seen, as an image's are none."""
    shown = gap({"reason": "frame", "description": said["description"]}) if "description" in said else ""
    return _reference(shown, {"target": said["url"], "written": said["written"]}, anchors, ' type="frame"')


def _in_its_language(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    """Words of which no more is said than their language, if that."""
    return _foreign(inline(part.content, anchors), language)


def _foreign(words: str, language: str) -> str:
    return f"<foreign{language}>{words}</foreign>" if language else words


def _link(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    role = said.get("role", "")
    if role == "permalink":
        return f'<seg rend="permalink">{_mark(part._replace(attributes={**said, "role": ""}), anchors)}</seg>'
    words = inline(part.content, anchors)
    if "target" not in said or not _shows(part.content):
        return _foreign(words, language)
    return _reference(words, said, anchors, _LINK_TYPES[role] + language if role in _LINK_TYPES else language)


def _citation(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    words = inline(part.content, anchors)
    return f"<bibl{language}>{words}</bibl>" if may_stand_in_bibl(part.content) else words


def _abbreviation(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    words = f"<abbr{language}>{inline(part.content, anchors)}</abbr>"
    expansion = said.get("expansion")
    return f"<choice>{words}<expan>{escape_text(expansion)}</expan></choice>" if expansion else words


def _anchor(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    name = anchor_id(said["id"])
    return f'<anchor xml:id="{name}"/>' if name else ""


def _formula(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    notation = ' notation="TeX"' if said.get("notation") == "TeX" else ""
    written = f' n="{escape_attribute(said["written"])}"' if "written" in said else ""
    return f"<formula{notation}{written}>{inline(part.content, anchors)}</formula>"


def _segment(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    return f'<seg rend="{part.kind}">{inline(part.content, anchors)}</seg>'


def _number(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    words = inline(part.content, anchors)
    return f'<num value="{said["value"]}"{language}>{words}</num>' if "value" in said else _foreign(words, language)


def _turned(part: Inline, anchors: Places) -> str:
    """What is hidden, or runs in a direction of its own: that is said around the mark."""
    said = dict(part.attributes or ())
    rend = " ".join(filter(None, (said.pop("hidden", ""), said.pop("dir", ""))))
    inner = (
        inline(part.content, anchors)
        if part.kind in ("direction", "hidden")
        else _mark(part._replace(attributes=said), anchors)
    )
    return f'<seg rend="{rend}">{inner}</seg>'


def _code(part: Inline, said: Mapping[str, str], anchors: Places, language: str) -> str:
    """Code, with its formal language; TEI's element holds text alone."""
    kind, content, _ = part
    if not all(isinstance(piece, str) for piece in content):
        return f'<hi rend="{kind}"{language}>{inline(content, anchors)}</hi>'
    formal = said.get("language")
    written = f' lang="{escape_attribute(formal)}"' if formal else ""
    return f"<code{_CODES[kind]}{written}{language}>{inline(content, anchors)}</code>"


def _shows(content: InlineContent) -> bool:
    """Whether there is a word or a thing to be seen; marks nest no deeper than reading lets them."""
    for part in content:
        if isinstance(part, str):
            if part and not part.isspace():
                return True
        elif part.kind in _THINGS or _shows(part.content):
            return True
    return False


def _reference(words: str, said: Mapping[str, str], anchors: Places, extra: str = "") -> str:
    target, written = said.get("target", ""), said.get("written", "")
    if len(written) > WRITTEN_CHARACTERS:
        written = f"{written[:WRITTEN_CHARACTERS]}…"
    first = target[:1]
    if first not in ("", "h", "/", "#") and is_script(target):
        # It names nothing: a program of the page would have run.
        target = first = ""
    if target == "#":
        # The top of the page, which is no place of the text.
        return f'<ref{extra} n="{escape_attribute(written)}">{words}</ref>'
    if first == "#":
        sought = target[1:] if target[1:] in anchors else unquote(target[1:])
        name = anchor_id(sought)
        if sought in anchors and name is not None:
            note = "" if written in (target, f"#{sought}") else f' n="{escape_attribute(written)}"'
            return f'<ref{extra} target="#{name}"{note}>{words}</ref>'
        return f'<ref{extra} n="{escape_attribute(written)}">{words}</ref>'
    reference = uri_reference(target)
    if reference is None:
        note = f' n="{escape_attribute(written)}"' if written.strip() else ""
        return f"<ref{extra}{note}>{words}</ref>"
    note = f' n="{escape_attribute(written)}"' if written and written != reference else ""
    # Of the characters that an address may hold, one alone needs to be escaped.
    return f'<ref{extra} target="{reference.replace("&", "&amp;")}"{note}>{words}</ref>'


def _ruby(content: InlineContent, anchors: Places) -> str:
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
            language = (part.attributes or {}).get("lang")
            said = f' xml:lang="{escape_attribute(language)}"' if language else ""
            readings.append(f"<rt{said}>{space}{inline(part.content, anchors)}</rt>")
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


_FORMS: dict[str, Callable[[Inline, Mapping[str, str], Places, str], str]] = {
    "citation": _citation,
    **dict.fromkeys(_CODES, _code),
    "foreign": lambda part, said, anchors, language: f"<foreign{language}>{inline(part.content, anchors)}</foreign>",
    "date": lambda part, said, anchors, language: date(inline(part.content, anchors), said.get("when", ""), language),
    "abbreviation": _abbreviation,
    "anchor": _anchor,
    "ruby": lambda part, said, anchors, language: _foreign(_ruby(part.content, anchors), language),
    "formula": _formula,
    "slotted": lambda part, said, anchors, language: (
        f'<seg source="{anchors.prefix}{escape_attribute(said["source"])}">{inline(part.content, anchors)}</seg>'
    ),
    "running": lambda part, said, anchors, language: (
        f'<fw type="{said["place"]}"{language}>{inline(part.content, anchors)}</fw>'
    ),
    "note": lambda part, said, anchors, language: (
        f'<note place="margin"{language}>{inline(part.content, anchors)}</note>'
    ),
    "page": lambda part, said, anchors, language: (
        f'<pb n="{escape_attribute(said["n"])}"/>' if "n" in said else "<pb/>"
    ),
    "drawing": _segment,
    "twin": _segment,
    "control": _segment,
    "number": _number,
    "media": lambda part, said, anchors, language: media(said),
    "frame": lambda part, said, anchors, language: _frame(said, anchors),
    "gap": lambda part, said, anchors, language: gap(said),
}
"""The forms of the rarer marks, by kind: each makes TEI of the mark, what it says, the places, and its language."""
