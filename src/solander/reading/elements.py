"""What each HTML element is to the reader: left out, a block of its own, a container, or a mark in the line.

Source: HTML Standard, section 4 (the elements) and 15.3 (which of them begin a block when rendered).
"""

from __future__ import annotations

import re

LEFT_OUT = frozenset(("script", "style", "template", "datalist", "head"))
"""Elements whose text no reader of the page sees; the bytes of the original keep it."""

VOID = frozenset(("link", "meta", "base", "param", "source", "col", "wbr", "bgsound", "basefont", "keygen"))
"""Elements without text and without a trace in the text (``wbr`` allows a break; it is none)."""

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "frameset",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "listing",
        "main",
        "menu",
        "nav",
        "noframes",
        "ol",
        "optgroup",
        "option",
        "p",
        "plaintext",
        "pre",
        "search",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "textarea",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "xmp",
        ":slotted-block",
    ]
)
"""Elements at whose edges a run of text ends."""

FOREIGN_BLOCKS = frozenset(("annotation", "annotation-xml", "br", "desc", "foreignObject", "text", "title"))
"""Elements of SVG and MathML (and ``br`` within them) whose words stand apart from those beside them."""

LEAF_KINDS = {
    "p": "paragraph",
    "h1": "heading",
    "h2": "heading",
    "h3": "heading",
    "h4": "heading",
    "h5": "heading",
    "h6": "heading",
    "pre": "preformatted",
    "listing": "preformatted",
    "xmp": "preformatted",
    "plaintext": "preformatted",
    "textarea": "preformatted",
    "caption": "caption",
    "figcaption": "caption",
    "legend": "caption",
    "summary": "summary",
    "dt": "term",
}
"""Elements that give their name to the runs of text within them; all other runs are ``text``."""

FORCING = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "caption", "figcaption", "dt", "summary"))
"""Elements whose kind holds for every run within, whatever blocks lie between."""

PREFORMATTED = frozenset(("pre", "listing", "xmp", "plaintext", "textarea"))
"""Elements that keep white space as written."""

INLINES = {
    "em": "emphasis",
    "strong": "strong",
    "b": "bold",
    "i": "italic",
    "u": "underline",
    "s": "strike",
    "strike": "strike",
    "small": "small",
    "mark": "mark",
    "blink": "blink",
    "marquee": "marquee",
    "sub": "subscript",
    "sup": "superscript",
    "big": "big",
    "tt": "teletype",
    "code": "code",
    "kbd": "keyboard",
    "samp": "sample",
    "var": "variable",
    "q": "quotation",
    "cite": "title",
    "abbr": "abbreviation",
    "acronym": "abbreviation",
    "dfn": "definition",
    "ins": "inserted",
    "del": "deleted",
    "time": "date",
    "a": "link",
    "ruby": "ruby",
    "rb": "base",
    "rt": "reading",
    "data": "number",
    ":slotted": "slotted",
}
"""Elements that mark a stretch of text; every other inline element is passed through."""

SPACED = frozenset(
    (
        *("button", "label", "input", "img", "iframe", "video", "audio", "object", "meter", "progress"),
        *("embed", "area", "applet", "canvas", "amp-img", "track"),
    )
)
"""Things in the line that a reader sees apart from the words beside them: a space stands where none was written."""

MEDIA_TYPES = {
    "mp4": "video/mp4",
    "m4v": "video/mp4",
    "webm": "video/webm",
    "ogv": "video/ogg",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "oga": "audio/ogg",
    "wav": "audio/wav",
    "flac": "audio/flac",
    "pdf": "application/pdf",
    "swf": "application/x-shockwave-flash",
    "svg": "image/svg+xml",
    "vtt": "text/vtt",
    "srt": "application/x-subrip",
    "ttml": "application/ttml+xml",
}
"""Media types by suffix, where the element names none."""

FALLBACK_MEDIA_TYPES = {"video": "video/mp4", "audio": "audio/mpeg"}
"""What an element promises when neither it nor the suffix says more."""

GROUPS = frozenset(("div", "section", "article", "header", "main", "footer", "nav", "aside", "form", "center"))
"""Blocks that group and do nothing else: most there are."""

CONTAINERS = {
    "ul": "list",
    "ol": "list",
    "menu": "list",
    "dir": "list",
    "select": "list",
    "dl": "glossary",
    "blockquote": "quote",
    "figure": "figure",
    "details": "details",
}
"""Elements that are containers of blocks."""

INSIDE = {
    "li": ("list", "item"),
    "option": ("list", "item"),
    "dd": ("glossary", "definition"),
    "tr": ("table", "row"),
    "td": ("row", "cell"),
    "th": ("row", "cell"),
}
"""Elements that are a part of a container, and nothing where they stand in none."""

USUAL, BLOCK, OUT, EMPTY, FOREIGN, STRANGE = range(6)
"""How the walk meets an element; the last two have no name of HTML's in pointers."""

SORTS = {
    **dict.fromkeys((*INLINES, *SPACED), USUAL),
    **dict.fromkeys(BLOCKS, BLOCK),
    **dict.fromkeys((*VOID, "br", "frame"), EMPTY),
    **dict.fromkeys(LEFT_OUT, OUT),
    **dict.fromkeys(("svg", "math"), FOREIGN),
}
"""How each is met; one that is not named here is ``USUAL``, or ``STRANGE`` where XPath could not write its name."""

_PLAIN_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")


def sort_of(tag: str) -> int:
    """How an element that ``SORTS`` does not name is met."""
    return USUAL if _PLAIN_NAME.match(tag) else STRANGE
