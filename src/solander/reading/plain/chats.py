"""A chat as its program exported it: each message a post with who said it and when, in the order of the text.

Only where the whole text is one: nearly each line that begins anew has a moment in one form, several have who speaks,
and one at the least comes back. What a program tells between them (who came, who left) is a paragraph. What follows a
head up to the next is the message's; its breaks are meant. Chats that a text quotes stay speeches.

Source: TEI P5, 9.3.1 (``post``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from solander.model.page import Block
from solander.reading.dateline import read_dateline
from solander.reading.plain.blocks import Levels, blocks_of
from solander.reading.plain.chat_forms import FORMS, HEAD_CHARACTERS, Form
from solander.reading.plain.chat_moments import day_in, days_of, hour_of
from solander.reading.plain.code import fences
from solander.reading.plain.headed_messages import headed_messages, sent_at
from solander.reading.plain.lines import Line, form_of, parted_line
from solander.reading.plain.mail import mail_head
from solander.reading.plain.marks import mark_of
from solander.reading.plain.units import Unit

_FEWEST = 3
_ABOVE = 12
"""So many lines may stand above the first message."""
_GLANCED = 60
_REACH = 25
"""More lines than so many for a message, on average, are no chat's."""
_WORDS = 5
"""A name has no more words; what a program tells may have a colon, too."""
_LEVELS = frozenset(
    (
        *("trace", "debug", "info", "notice", "warn", "warning", "error", "fatal", "critical"),
        *("note", "hint", "todo", "stdout", "stderr"),
    )
)
_IDENTIFIER = re.compile(r"(?=.*[a-z])[\w.-]*[./_\[\d][\w./\]-]*\Z")
_DAY_LINE = re.compile(r"---+ |\*{3,4} |Session (?:Start|Time)|\d{4}[./年-]|[^\W\d_]{3,}")
_DAY_CHARACTERS = 80
_MINUTES = 60
_CLOCK = re.compile(r"\d[:.][0-5٠-٥۰-۵]\d")


class _Entry(NamedTuple):
    """A line that opens a message, or what the program tells."""

    at: int
    moment: str
    who: str
    """Empty for what nobody says."""
    end: int
    """Where its head ends in the text."""


def chat_of(lines: Sequence[Line], text: str) -> tuple[int, tuple[Block, ...]] | None:
    """The messages of a text that is a chat; ``None`` for any other.

    Args:
        lines: all of them.
        text: of which they are.

    Returns:
        How many lines stand above the first entry, and the blocks of all that follow.
    """
    # As nearly all texts: no clock stands near their beginning.
    if not any(_CLOCK.search(line.text, 0, HEAD_CHARACTERS) for line in lines[: _ABOVE + 1]):
        return None
    if begins := headed_messages(lines):
        return begins[0], tuple(_headed(begins, lines))
    for form in FORMS:
        if not any(_entry(form, lines, at, text) for at in range(min(len(lines), _ABOVE + 1))):
            continue
        entries = [entry for at in range(len(lines)) if (entry := _entry(form, lines, at, text)) is not None]
        entries = _without_strangers(entries, form)
        if _are_chat(entries, lines, form, text):
            # What names the day of the first messages is no headline.
            begin = entries[0].at if not _opens_day(lines[0]) else 0
            return begin, tuple(_blocks(entries, lines, begin, text))
    return None


def _entry(form: Form, lines: Sequence[Line], at: int, text: str) -> _Entry | None:
    line = lines[at]
    if line.indent:
        return None
    limit = min(line.end, line.begin + HEAD_CHARACTERS)
    match = form.said.match(text, line.begin, limit)
    if match is not None and not (form.alone and match.end() != line.end):
        return _Entry(at, match["moment"], match["who"].strip(), match.end())
    told = form.told.match(text, line.begin, limit) if form.told else None
    return _Entry(at, told["moment"], "", line.end) if told is not None else None


def _without_strangers(entries: list[_Entry], form: Form) -> list[_Entry]:
    """Entries, of which those are nobody's whose name is a sentence's beginning and does not come back, or an arrow."""
    counts = Counter(entry.who for entry in entries)
    strangers = {
        who
        for who, count in counts.items()
        if (count == 1 and len(who.split()) > _WORDS) or (form.nicks and not any(map(str.isalnum, who)))
    }
    return [entry._replace(who="") if entry.who in strangers else entry for entry in entries]


def _are_chat(entries: Sequence[_Entry], lines: Sequence[Line], form: Form, text: str) -> bool:
    said = [entry for entry in entries if entry.who]
    counts = Counter(entry.who.strip("<>@+%~&! ").casefold() for entry in said)
    if len(said) < _FEWEST or max(counts.values()) < 2 or entries[0].at > _ABOVE:
        return False
    if 2 * len(said) < len(entries) or len(lines) - entries[0].at > _REACH * len(said):
        return False
    # A journal of a program says what it was that wrote, and how grave it is.
    if any(name.strip("[]") in _LEVELS for name in counts) or 2 * len(counts) > len(said) + 2:
        return False
    if form.nicks:
        return _are_told(said, lines, text)
    strange = sum(_IDENTIFIER.match(name) is not None or name.islower() for name in _names(said))
    if not form.alone:
        return 2 * strange < len(counts)
    return _stand_above(said, lines)


def _names(said: Sequence[_Entry]) -> set[str]:
    return {entry.who.strip("\u200e\u200f\u202a\u202c~+ ") for entry in said if entry.who[0].isascii()}


def _are_told(said: Sequence[_Entry], lines: Sequence[Line], text: str) -> bool:
    """Whether words stand behind most heads: figures are those of a table."""
    words = sum(
        any(map(str.isalpha, text[entry.end : min(lines[entry.at].end, entry.end + HEAD_CHARACTERS)])) for entry in said
    )
    fields = sum("\t" in text[entry.end : lines[entry.at].end].strip() for entry in said)
    names = sum(any(map(str.isalpha, entry.who)) for entry in said)
    return 3 * words >= 2 * len(said) and 4 * fields < len(said) and 10 * names >= 9 * len(said)


def _stand_above(said: Sequence[_Entry], lines: Sequence[Line]) -> bool:
    """Whether nearly all heads that have a line of their own have what is said below it, and no empty line between."""
    heads = {entry.at for entry in said}
    followed = sum(at + 1 < len(lines) and at + 1 not in heads and not lines[at + 1].gap for at in heads)
    return 10 * followed >= 9 * len(heads) and not any(line.aligned and line.indent for line in lines[:_GLANCED])


def _blocks(entries: Sequence[_Entry], lines: Sequence[Line], begin: int, text: str) -> list[Block]:
    days = days_of([entry.moment for entry in entries])
    found = [_told(line) for line in lines[begin : entries[0].at]]
    ends = [entry.at for entry in entries[1:]] + [len(lines)]
    above = "\n".join(line.text[:_DAY_CHARACTERS] for line in lines[: entries[0].at] if _names_day(line))
    day, hour = day_in(above), ""
    number = 0
    for entry, end, own in zip(entries, ends, days, strict=True):
        clock = hour_of(entry.moment)
        # A clock that runs back is another day's.
        day = "" if day and clock < hour and _minutes(hour) - _minutes(clock) > _MINUTES else day
        hour = clock
        last = entry.at + 1
        while last < end and (own or not _opens_day(lines[last])):
            last += 1
        if entry.who:
            number += 1
            when = own or day
            said = {"name": f"message-{number}"} | ({"when": f"{when}T{clock}" if clock else when} if when else {})
            found.append(_post(entry, lines[entry.at : last], text, said))
        else:
            found += _paragraphs(lines[entry.at : last])
        for line in lines[last:end]:
            day, hour = day_in(line.text[:_DAY_CHARACTERS]) or day, ""
            found.append(_told(line))
    return found


def _minutes(clock: str) -> int:
    return 60 * int(clock[:2]) + int(clock[3:5]) if clock else 0


def _names_day(line: Line) -> bool:
    return len(line.text) <= _DAY_CHARACTERS and bool(day_in(line.text))


def _opens_day(line: Line) -> bool:
    """Whether a line says that another day begins."""
    if line.indent or len(line.text) > _DAY_CHARACTERS or not _DAY_LINE.match(line.text):
        return False
    is_marked = line.text.startswith(("---", "***", "Session"))
    return is_marked or read_dateline(line.text) is not None


def _told(line: Line) -> Block:
    """A line between messages: the day of those below it, or what the program tells."""
    dated = read_dateline(line.text)
    pointer = f"char={line.begin},{line.end}"
    return Block("paragraph", pointer, (line.text,)) if dated is None else Block("dateline", pointer, tuple(dated))


def _headed(begins: Sequence[int], lines: Sequence[Line]) -> list[Block]:
    """Messages that have their heads above them, field by field."""
    found: list[Block] = []
    for number, (begin, end) in enumerate(zip(begins, [*begins[1:], len(lines)], strict=True), 1):
        last = next((at for at in range(begin + 1, end) if lines[at].gap), end)
        said = {"name": f"message-{number}"}
        if when := sent_at(lines[begin:last]):
            said["when"] = when
        parts = (mail_head(Unit(tuple(lines[begin:last]), "message")), *_said(lines[last:end]))
        found.append(Block("post", f"char={lines[begin].begin},{lines[end - 1].end}", parts, said))
    return found


def _post(entry: _Entry, lines: Sequence[Line], text: str, said: dict[str, str]) -> Block:
    first = lines[0]
    head, rest = parted_line(first, entry.end, text)
    speaker = Block("speaker", f"char={first.begin},{entry.end}", (head,))
    body = [*([rest] if rest else []), *lines[1:]]
    return Block("post", f"char={first.begin},{lines[-1].end}", (speaker, *_said(body)), said)


def _said(lines: Sequence[Line]) -> list[Block]:
    """What a message says: code between fences, lists, quotations, and paragraphs whose breaks are meant."""
    found: list[Block] = []
    fenced = fences(lines)
    at = 0
    while at < len(lines):
        end = fenced.get(at, -1) + 1
        if end:
            found += blocks_of([Unit(tuple(lines[at:end]), "code")], Levels({}))
        else:
            kind, end = _kind(lines[at]), at + 1
            while end < len(lines) and end not in fenced and _kind(lines[end]) == kind:
                if lines[end].gap and not kind:
                    break
                end += 1
            found += _run(lines[at:end], kind)
        at = end
    return found


def _kind(line: Line) -> str:
    return "quoted" if form_of(line) == "quoted" else "item" if mark_of(line.text) is not None else ""


def _run(lines: Sequence[Line], kind: str) -> Sequence[Block]:
    if kind == "item" and len(lines) > 1:
        return blocks_of([Unit((line._replace(gap=False),), "line") for line in lines], Levels({}))
    if kind == "quoted" and len(lines) > 1:
        return blocks_of([Unit(tuple(lines), "quoted")], Levels({}))
    return _paragraphs(lines)


def _paragraphs(lines: Sequence[Line]) -> list[Block]:
    """Paragraphs with their breaks, parted by empty lines."""
    numbered = [0]
    for line in lines[1:]:
        numbered.append(numbered[-1] + line.gap)
    parts = groupby(zip(numbered, lines, strict=False), lambda one: one[0])
    units = [Unit(tuple(line for _, line in part), "broken") for _, part in parts]
    return [Block("paragraph", unit.pointer, unit.content()) for unit in units if unit.lines]
