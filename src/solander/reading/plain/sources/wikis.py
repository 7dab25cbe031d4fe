"""Pages of wikis: MediaWiki's (Wikipedia's) and DokuWiki's, with their headings between equals signs.

Source: the help pages of MediaWiki ("Formatting") and DokuWiki ("Formatting Syntax"), in outline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.reading.plain.lines import Line, parted_line
from solander.reading.plain.sources.roles import CODE, HEADING, ITEM, MARK, PROSE, QUOTE, TABLE, TERM, Role

_HEADING = re.compile(r"(?P<signs>={1,6}) ?(?P<words>[^=\s](?:.{0,200}?[^=\s])?) ?(?P=signs)(?:\s*<!--.*-->)?\Z")
_ITEM = re.compile(r"(?P<marks>[*#:]*[*#]) ?\S")
_TERM = re.compile(r"[*#:]*;\s*\S")
_DEEP = 3
_LINKED = re.compile(r"\[\[[^\[\]]+\]\]|'''[^']+'''|\{\{[^{}]+\}\}")
_ALONE = re.compile(
    r"\[\[ ?[^\W\d_]{3,14} ?:[^\[\]]+\]\]\Z|\{\{[^{}]*\}\}\Z|__[A-Z]+__\Z|-{4,}\Z|#[^\W\d_]{5,14} ?:? ?\[\[.*\]\]\Z"
    r"|<!--.*-->\Z|</?(?:references|ref|div|center|small|blockquote|gallery|noinclude|includeonly|onlyinclude|br)\b[^<>]*>\Z"
)
_CODE_TAG = re.compile(r"<(?P<name>pre|syntaxhighlight|source|nowiki|code|file|math|html|php|gallery)\b[^<>]*>")
_DOKU_HEADING = re.compile(r"(?P<signs>={2,6}) ?[^=\s](?:.{0,200}?[^=\s])? ?(?P=signs)\Z")
_DOKU_ITEM = re.compile(r"[*-] ?\S")
_DOKU_ALONE = re.compile(r"-{4,}\Z|~~[A-Z]+[^~]*~~\Z|\{\{[^{}]+\}\}\Z|\\\\\Z")
_DOKU_SIGNS = re.compile(r"[\^|] .*[\^|]\Z|<(?:code|file)\b[^<>]*>|</(?:code|file)>|~~[A-Z]+|\{\{[^{}]+\}\}")


def is_mediawiki(lines: Sequence[Line]) -> bool:
    """Whether lines are a page of MediaWiki: a heading between signs, and its links, bold words or templates."""
    if not any(line.text.startswith("==") and line.text.endswith("==") and _HEADING.match(line.text) for line in lines):
        return False
    linked = sum(len(_LINKED.findall(line.text[:2000])) for line in lines[:400])
    return linked > 1


def is_dokuwiki(lines: Sequence[Line]) -> bool:
    """Whether lines are a page of DokuWiki: its largest headings have the most signs; and its lists, tables or code."""
    signs = [
        len(match["signs"])
        for line in lines
        if line.text[0] == "=" and not line.indent and (match := _DOKU_HEADING.match(line.text))
    ]
    if not signs or max(signs) < _DEEP + 2 or signs[0] != max(signs):
        return False
    items = sum(line.indent > 1 and _DOKU_ITEM.match(line.text) is not None for line in lines)
    told = sum(_DOKU_SIGNS.match(line.text) is not None for line in lines)
    return items + told > 1


def mediawiki_roles(lines: Sequence[Line], text: str) -> list[Role]:
    """The role of each line; of a term with what explains it beside it, of each its own."""
    roles: list[Role] = []
    until, open_braces = "", 0
    for line in lines:
        said = line.text
        if until:
            roles.append(Role(line, TABLE if until == "|}" else CODE))
            until = "" if (said.startswith(until) if until == "|}" else until in said) else until
        elif open_braces > 0:
            open_braces += said.count("{{") - said.count("}}")
            roles.append(Role(line, CODE))
        elif line.indent == 0 and (heading := _HEADING.match(said) if said[0] == "=" else None):
            roles.append(Role(line, HEADING, 0, len(heading["signs"])))
        elif said.startswith("{|"):
            roles.append(Role(line, TABLE))
            until = "|}"
        elif (tag := _CODE_TAG.match(said) if said[0] == "<" else None) is not None:
            roles.append(Role(line, CODE))
            end = f"</{tag['name']}>"
            until = "" if end in said or said.endswith("/>") else end
        elif said.startswith("{{") and said.count("{{") > said.count("}}"):
            open_braces = said.count("{{") - said.count("}}")
            roles.append(Role(line, CODE))
        elif _ALONE.match(said):
            roles.append(Role(line, MARK))
        elif line.indent:
            roles.append(Role(line, CODE))
        elif said[0] in "*#:;":
            roles += _listed(line, roles, text)
        else:
            roles.append(Role(line, PROSE))
            if roles[-2:-1] and roles[-2].kind in (ITEM, TERM):
                roles[-1] = Role(line._replace(gap=True), PROSE)
    return roles


def _listed(line: Line, roles: Sequence[Role], text: str) -> list[Role]:
    if (item := _ITEM.match(line.text)) is not None:
        return [Role(line, ITEM, len(item["marks"]))]
    marks = len(line.text) - len(line.text.lstrip("*#:;"))
    before = roles[-1] if roles else None
    if _TERM.match(line.text) is not None and line.text[marks - 1] == ";":
        behind = text.find(" : ", line.begin, line.end)
        if behind < 0:
            return [Role(line, TERM, marks)]
        head, rest = parted_line(line, behind, text)
        term = Role(line._replace(text=head, end=behind), TERM, marks)
        return [term, *([Role(rest, PROSE, marks)] if rest else [])]
    if before is not None and before.within and not line.gap:
        # A colon goes on with the item or the term above it.
        return [Role(line._replace(gap=True), PROSE, min(marks, before.within))]
    return [Role(line._replace(gap=True), PROSE)]


def dokuwiki_roles(lines: Sequence[Line], _: str) -> list[Role]:
    """The role of each line."""
    roles: list[Role] = []
    until = ""
    for line in lines:
        said = line.text
        heading = _DOKU_HEADING.match(said) if said[0] == "=" and not line.indent else None
        tag = _CODE_TAG.match(said) if said[0] == "<" else None
        if until:
            roles.append(Role(line, CODE))
            until = "" if until in said else until
        elif heading is not None:
            roles.append(Role(line, HEADING, 0, 7 - len(heading["signs"])))
        elif tag is not None:
            roles.append(Role(line, CODE))
            end = f"</{tag['name']}>"
            until = "" if end in said else end
        elif line.indent > 1 and _DOKU_ITEM.match(said):
            roles.append(Role(line, ITEM, line.indent // 2))
        elif said[0] in "^|" and said[-1] in "^|" and not line.indent:
            roles.append(Role(line, TABLE))
        elif _DOKU_ALONE.match(said):
            roles.append(Role(line, MARK))
        elif line.indent > 1:
            goes_on = roles and roles[-1].within and not line.gap
            roles.append(Role(line, PROSE, roles[-1].within) if goes_on else Role(line, CODE))
        elif said[0] == ">":
            roles.append(Role(line, QUOTE))
        else:
            roles.append(Role(line, PROSE))
    return roles
