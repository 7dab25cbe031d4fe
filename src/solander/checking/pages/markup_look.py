"""A look at a page's markup without any tree: words that stand there plainly, and what swallows them.

Reader and checker follow one standard, and where it lets an unclosed ``<title>`` or comment swallow the rest of a page,
both lose the same words and agree. This look follows none: it strips tags, and sees what a person sees in an editor.

Source: HTML Standard, 13.2.5 (tokenization), 13.2.2 (``eof-in-comment``, ``eof-in-tag`` and their like).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from solander.model.late_pattern import late


class Swallowed(NamedTuple):
    """Words that an element, a comment or a quotation mark makes invisible because it does not end where it should."""

    by: str
    """What swallows them, as a finding names it."""
    line: int
    """Where that begins in the original, counted from 1."""
    words: int
    """How many words stand in it outside tags."""


_SWALLOWING = ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
"""Elements in which HTML knows no markup but their own end tag."""

_IN_DRAWING = frozenset(("svg", "math"))
_LEAVE_DRAWINGS = frozenset(("body", "div", "h1", "h2", "h3", "li", "p", "table", "ul"))
"""Some of the elements that end a drawing in which they stand."""

# A part that begins but does not end takes all the rest, and nothing is given back: time grows with the length only.
# A quotation mark means something only in a tag, after the equals sign.
_ATTRIBUTES = r"(?:=[ \t\r\n\f]*+(?:\"[^\"]*(?:\"|\Z)|'[^']*(?:'|\Z))|[^>])*+"
_LOOKED_AT = "|".join((*_SWALLOWING, *_IN_DRAWING, "template", "plaintext"))


def _tokens(looked_at: str) -> re.Pattern[str]:
    """What finds the next comment, the next CDATA section or the next tag of some elements; most are passed over."""
    return re.compile(
        rf"""(?: [^<]++ | <(?![A-Za-z/!?]) | </?(?!(?:{looked_at})[\s/>])[A-Za-z]{_ATTRIBUTES}> )*+
        (?: (?P<comment><!--(?:-?>|.*?(?:--!?>|\Z))) | (?P<cdata><!\[CDATA\[)
        | (?P<tag></?[A-Za-z]{_ATTRIBUTES}(?:>|\Z)) | <[!?/][^>]*+(?:>|\Z) )""",
        re.DOTALL | re.IGNORECASE | re.VERBOSE,
    )


_TOKEN = _tokens(_LOOKED_AT)
_TOKEN_IN_DRAWING = _tokens("|".join((_LOOKED_AT, *sorted(_LEAVE_DRAWINGS))))

# For counting words, what does not end is no comment and no tag: its words are the question.
_HTML_BEGINS = (
    r"</?(?:a|article|b|body|br|div|em|form|h[1-6]|head|html|i|img|li|main|ol|p|section|span|strong|t[dr]|table|ul)"
    r"[\s/>]"
)
_NOT_WORDS = late(
    rf"""<!--(?:-?> | (?:(?!<!--|--!?>).)*+ --!?>)
    | <(?P<name>script|style|template|datalist|title)\b[^<>]*+ (?: (?<=/)>
        | > (?:(?!</?(?P=name)\b).)*+ </(?P=name)\b[^<>]*+> )
    | <(?:script|style)\b[^<>]*+> (?:(?!{_HTML_BEGINS}).)*+
    | <[/!?]?[a-z] (?:[^"'<>]|"[^"<>]*"|'[^'<>]*')*+ >
    | <[/!?]?[a-z] [^<>]*+ >
    | &\#?[a-z0-9]++;?""",
    re.DOTALL | re.IGNORECASE | re.VERBOSE,
)
_WORD = re.compile(r"[^\W_]")
_BEGINS = re.compile(_HTML_BEGINS, re.IGNORECASE)
_NAME = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_SCRIPT_PART = re.compile(r"<!--|-->|<(?P<end>/?)script(?=[\s/>])", re.IGNORECASE)
_SHADOW = re.compile(r"\sshadowrootmode\s*=", re.IGNORECASE)

SHADOW_TREE = "a shadow tree"
"""What browsers show of a template, and other programs do not."""


def words_in(markup: str) -> int:
    """How many words stand in a stretch of markup outside tags, comments, scripts and the like that end."""
    return sum(1 for word in _NOT_WORDS.sub(" ", markup).split() if _WORD.search(word))


def swallowed(markup: str) -> list[Swallowed]:
    """Find what swallows words of a page of HTML, in the order of the page."""
    # A template is known not to end at the end of the page only, and stands before what was found in it.
    places = sorted((at, by, words_in(markup[begin:end])) for by, at, begin, end in _swallowing(markup))
    found: list[Swallowed] = []
    line, counted = 1, 0
    for at, by, words in places:
        if words:
            line, counted = line + markup.count("\n", counted, at), at
            found.append(Swallowed(by, line, words))
    return found


def _swallowing(markup: str) -> Iterator[tuple[str, int, int, int]]:
    """What may swallow words: its name, where it stands, and from where to where it reaches."""
    at, end = 0, len(markup)
    drawings = 0
    templates: list[tuple[int, int]] = []
    while (token := (_TOKEN_IN_DRAWING if drawings else _TOKEN).match(markup, at)) is not None:
        at = token.end()
        begin = token.start(token.lastgroup) if token.lastgroup else at
        if token["comment"]:
            if at == end and not token["comment"].endswith((">", "->")):
                yield "a comment that does not end", begin, begin + 4, end
            continue
        if token["cdata"]:
            close = markup.find("]]>", at) if drawings else markup.find(">", at)
            if not drawings:
                yield "a CDATA section (a comment to HTML)", begin, at, end if close < 0 else close
            at = end if close < 0 else close + 1
            continue
        tag = token["tag"] or ""
        if at == end and not tag.endswith(">"):
            first = tag.find(">")
            if first >= 0:
                yield "a tag with a quotation mark that is not paired", begin, begin + first + 1, end
            break
        match = _NAME.match(tag)
        if match is None:
            continue
        is_end, name = bool(match[1]), match[2].lower()
        if name in _IN_DRAWING:
            drawings = max(0, drawings + (-1 if is_end else not tag.endswith("/>")))
        elif name in _LEAVE_DRAWINGS:
            drawings = 0
        elif name == "template":
            if not is_end:
                templates.append((begin, at))
            elif templates:
                opened, content = templates.pop()
                if not templates and _SHADOW.search(markup[opened:content]):
                    yield SHADOW_TREE, opened, content, begin
        elif name == "plaintext" and not is_end:
            break
        elif name in _SWALLOWING and not is_end and not drawings:
            close = _script_end(markup, at) if name == "script" else _end_tag(markup, name, at)
            if close < 0 or tag.endswith("/>"):
                how = "does not end" if close < 0 else "was meant to be empty"
                reaches = end if close < 0 else close
                yield f"<{name}> that {how}", begin, _words_from(markup, name, at, reaches), reaches
            at = end if close < 0 else close
    if templates:
        opened, content = templates[0]
        yield "<template> that does not end", opened, content, end


def _words_from(markup: str, name: str, at: int, reaches: int) -> int:
    """From where an element may hold words: in a script they begin with its first tag; one without any is script."""
    if name not in ("script", "style"):
        return at
    inner = _BEGINS.search(markup, at, reaches)
    return inner.start() if inner else reaches


def _end_tag(markup: str, name: str, at: int) -> int:
    found = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(markup, at)
    return found.start() if found else -1


def _script_end(markup: str, at: int) -> int:
    """Where a script ends; within ``<!--`` one that holds ``<script`` ends with the second end tag only."""
    in_comment = in_script = False
    for part in _SCRIPT_PART.finditer(markup, at):
        written = part[0]
        if written == "<!--":
            in_comment = True
        elif written == "-->":
            in_comment = in_script = False
        elif not part["end"]:
            in_script = in_comment
        elif in_script:
            in_script = False
        else:
            return part.start()
    return -1
