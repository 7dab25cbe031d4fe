"""A plain-text capture read as structure: navigation, title, dateline, paragraphs, footer.

Lines are told apart by form alone (length, sentence ends, capitals, brackets, figures), in any language. A pointer is
``char=begin,end`` (RFC 5147): positions between the characters of the decoded text, from 0, the end exclusive.
"""

from __future__ import annotations

import re
from calendar import monthrange
from itertools import groupby
from typing import NamedTuple

from solander.model.page import Block, Division, Inline, InlineContent, Signal

_FORBIDDEN = re.compile("[^\t\n\r\x0c -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE = re.compile(r"[^\n\r]+")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_SENTENCE_END = re.compile(r"[.!?。！？…][\"'”’»)\]]*\Z")
_SENTENCE = re.compile(r"[.!?。！？…]")
_BULLET = re.compile(r"(?:[-*•·‣]|[0-9]{1,3}[.)])[ \t]+(?=\S)")
_FOOTER = re.compile(
    r"copyright|©|\(c\) ?[12][0-9]{3}|all rights reserved|\b(?:tel|fax|phone)\b ?[.:：]|suggest to a friend|"
    r"print this page|share this|send to a friend|back to top|版权所有|电话[:：]|传真[:：]|ICP备|推荐给朋友|"
    r"alle rechte vorbehalten|tous droits réservés|wszelkie prawa|все права",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|autor|作者|记者|автор)[ :：]\s*\S.{1,80}\Z", re.IGNORECASE)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero",
            "february feb februar février febrero",
            "march mar märz mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juni juin junio",
            "july jul juli juillet julio",
            "august aug août agosto",
            "september sep sept septembre septiembre",
            "october oct oktober octobre octubre",
            "november nov novembre noviembre",
            "december dec dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?P<m1>{_MONTH})\.? (?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>[12][0-9]{{3}})"
    rf"|(?P<d2>[0-9]{{1,2}})(?:\.|st|nd|rd|th|er)? (?:de )?(?P<m2>{_MONTH})\.?,? (?:de )?(?P<y2>[12][0-9]{{3}})"
    r"|(?P<y3>[12][0-9]{3})-(?P<m3>[01][0-9])-(?P<d3>[0-3][0-9])"
    r"|(?P<y4>[12][0-9]{3}) ?年 ?(?P<m4>[0-9]{1,2}) ?月 ?(?P<d4>[0-9]{1,2}) ?日",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[^\W\d_][^\d()（）;]{1,60}")

HEAD_LINES = 12
"""Among how many of the first lines the navigation, title and dateline are looked for."""


class PlainReading(NamedTuple):
    """What reading a plain text gives."""

    divisions: tuple[Division, ...]
    title: str | None
    signals: tuple[Signal, ...]
    normalisations: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]


class _Line(NamedTuple):
    text: str
    begin: int
    end: int
    gap: bool
    """Whether an empty line stands before it."""


def read_plain_text(text: str) -> PlainReading:
    """Read a decoded plain text; every word stands in one block, in order."""
    # One character for one, so that positions stay those of the decoded text.
    clean, replaced = _FORBIDDEN.subn("\ufffd", text)
    lines = _lines(clean)
    joined = 0
    if _is_wrapped(lines):
        before = len(lines)
        lines = _unwrapped(lines)
        joined = before - len(lines)
    title = _title_line(lines)
    footer = _footer_line(lines, title)
    zoned: list[tuple[str, Block]] = []
    for index, line in enumerate(lines):
        if title is not None and index < title:
            zoned.append(("navigation", _block("paragraph", line)))
        elif index >= footer:
            zoned.append(("footer", _block("paragraph", line)))
        else:
            zoned.append(("main", _main_block(lines, index, title)))
    divisions = tuple(
        Division(zone, tuple(_with_lists([block for _, block in group])))
        for zone, group in groupby(zoned, lambda pair: pair[0])
    )
    signals: tuple[Signal, ...] = ()
    heading = lines[title].text if title is not None else None
    if heading is not None and title is not None:
        signals = (Signal("heading", "h1", heading, _pointer(lines[title])),)
    ran = []
    if replaced:
        ran.append(("controls-replaced", replaced))
    if joined:
        ran.append(("lines-joined", joined))
    return PlainReading(divisions, heading, signals, tuple(ran), ("plain-text",))


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end_before = 0
    for match in _LINE.finditer(text):
        words = _WHITE.sub(" ", match[0]).strip(" ")
        if not words:
            continue
        begin = match.start() + len(match[0]) - len(match[0].lstrip(" \t\f"))
        gap = text.count("\n", end_before, begin) + text.count("\r", end_before, begin) > 1 + text.count(
            "\r\n", end_before, begin
        )
        lines.append(_Line(words, begin, match.start() + len(match[0].rstrip(" \t\f")), gap))
        end_before = match.end()
    return lines


def _is_wrapped(lines: list[_Line]) -> bool:
    """Whether lines were broken to fit a column: none is long, and most of the full ones end in mid-sentence."""
    if len(lines) < 6 or max(len(line.text) for line in lines) > 100:
        return False
    full = [line for line in lines if len(line.text) > 50]
    if len(full) * 2 < len(lines):
        return False
    return sum(not _SENTENCE_END.search(line.text) for line in full) * 2 > len(full)


def _unwrapped(lines: list[_Line]) -> list[_Line]:
    joined: list[_Line] = []
    for line in lines:
        if joined and not line.gap and not _BULLET.match(line.text) and len(joined[-1].text.rpartition("\n")[2]) > 40:
            last = joined.pop()
            joined.append(_Line(f"{last.text} {line.text}", last.begin, line.end, last.gap))
        else:
            joined.append(line)
    return joined


def _title_line(lines: list[_Line]) -> int | None:
    """The title: a line of moderate length without a sentence's end, before the first long paragraph."""
    first_long = next((index for index, line in enumerate(lines) if _is_running(line)), None)
    if first_long is None or first_long > HEAD_LINES:
        return None
    candidates = [
        index
        for index in range(first_long)
        if not _is_navigation(lines[index].text) and _dateline(lines[index]) is None and _is_titular(lines[index].text)
    ]
    return candidates[0] if candidates else None


def _is_running(line: _Line) -> bool:
    text = line.text
    wide = not text.isascii() and sum("\u3040" <= character <= "\u9fff" for character in text[:200]) > 20
    return (len(text) > 160 or (wide and len(text) > 50)) and bool(_SENTENCE.search(text))


def _is_titular(text: str) -> bool:
    return 3 < len(text) <= 250 and not text.endswith((".", "。", ";", ",")) and not _BYLINE.match(text)


def _is_navigation(text: str) -> bool:
    """Many short phrases side by side, each with a capital, and nothing that makes a sentence of them."""
    words = text.split()
    if any(mark in text for mark in ("|", "»", " > ")) and len(words) > 2 and not _SENTENCE_END.search(text):
        return True
    if _SENTENCE.search(text) or "," in text or len(words) < 5:
        return False
    capitals = sum(word[0].isupper() or word in ("&", "and", "und", "et", "of") for word in words)
    linking = sum(
        word in ("the", "of", "at", "by", "for", "in", "on", "to", "a", "der", "die", "de", "la") for word in words
    )
    return capitals * 10 >= len(words) * 9 and not linking


def _footer_line(lines: list[_Line], title: int | None) -> int:
    """Where the footer begins: the last lines, from the first of them that is of a footer's kind."""
    index = len(lines)
    least = 0 if title is None else title + 1
    while index > least and not _is_running(lines[index - 1]) and len(lines) - index < 10:
        if not (
            _FOOTER.search(lines[index - 1].text)
            or (
                index < len(lines)
                and len(lines[index - 1].text) < 30
                and not _SENTENCE_END.search(lines[index - 1].text)
            )
        ):
            break
        index -= 1
    return index if index < len(lines) and any(_FOOTER.search(line.text) for line in lines[index:]) else len(lines)


def _main_block(lines: list[_Line], index: int, title: int | None) -> Block:
    line = lines[index]
    if index == title:
        return Block("heading", _pointer(line), (line.text,), {"level": "1"})
    if index < HEAD_LINES + (title or 0):
        content = _dateline(line)
        if content is not None:
            return Block("dateline", _pointer(line), content)
        if _BYLINE.match(line.text):
            return Block("byline", _pointer(line), (line.text,))
    return _block("paragraph", line)


def _dateline(line: _Line) -> InlineContent | None:
    """A line that is a date, perhaps with a place, perhaps in brackets: marked as such; else nothing."""
    text = line.text
    if len(text) > 120:
        return None
    match = _DATE.search(text)
    when = _real_date(match) if match else None
    if match is None or when is None:
        return None
    before, after = text[: match.start()], text[match.end() :]
    if len(re.findall(r"\w+", before + after)) > 8 or _SENTENCE.search(before + after):
        return None
    date = Inline("date", (match[0],), {"when": when})
    content: list[Inline | str] = [*_with_place(before), date, *_with_place(after)]
    return tuple(content)


def _with_place(text: str) -> list[Inline | str]:
    """The words beside a date, a place among them marked; the words stay as they are."""
    match = _PLACE.search(text)
    if match is None:
        return [text] if text else []
    name = match[0].rstrip(" ,，.")
    if not name[0].isupper() and name.isascii():
        return [text]
    begin, end = match.start(), match.start() + len(name)
    parts: list[Inline | str] = [text[:begin], Inline("place", (name,)), text[end:]]
    return [part for part in parts if part != ""]


def _real_date(match: re.Match[str]) -> str | None:
    for form in "1234":
        year, month, day = match[f"y{form}"], match[f"m{form}"], match[f"d{form}"]
        if year:
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            if 1 <= number <= 12 and 1 <= int(day) <= monthrange(int(year), number)[1]:
                return f"{int(year):04}-{number:02}-{int(day):02}"
    return None


def _block(kind: str, line: _Line) -> Block:
    return Block(kind, _pointer(line), (line.text,))


def _pointer(line: _Line) -> str:
    return f"char={line.begin},{line.end}"


def _with_lists(blocks: list[Block]) -> list[Block]:
    """Lines that begin with a bullet or a number, two or more of them, are a list; the mark stays in the text."""
    found: list[Block] = []
    for is_item, group in groupby(blocks, _is_item):
        items = list(group)
        if is_item and len(items) > 1:
            inner = tuple(Block("item", one.source, (Block("text", one.source, one.content),)) for one in items)
            found.append(Block("list", items[0].source, inner, {"rend": "plain"}))
        else:
            found.extend(items)
    return found


def _is_item(block: Block) -> bool:
    first = block.content[0] if block.content else ""
    return block.kind == "paragraph" and isinstance(first, str) and bool(_BULLET.match(first))
