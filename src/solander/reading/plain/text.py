"""A plain-text capture read as structure: navigation, title, dateline, paragraphs, lists, footer.

Lines are told apart by form alone (length, sentence ends, capitals, brackets, figures), in any language; what is not
sure is a paragraph. A pointer is ``char=begin,end`` (RFC 5147): positions between the characters of the decoded text,
from 0, the end exclusive, a line's end counted as one.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from solander.model.page import Block, Division, Signal, plain
from solander.reading.dateline import read_dateline
from solander.reading.dividing.letters import (
    announces_author,
    is_signature,
    is_speaker,
    opens_byline,
    subject_of,
)
from solander.reading.dividing.structure import structured
from solander.reading.plain.blocks import Levels, blocks_of, hashes, is_underlined, paragraph
from solander.reading.plain.chats import chat_of
from solander.reading.plain.edges import opened_up, parted_closing, signed_below
from solander.reading.plain.flat_heads import flat_head, rezoned, without_site
from solander.reading.plain.flat_texts import is_flat, main_lines
from solander.reading.plain.foot import footer_at
from solander.reading.plain.head import HEAD_UNITS, Head, read_head
from solander.reading.plain.headings import headings_of
from solander.reading.plain.letters import opened_letter
from solander.reading.plain.line_numbers import line_numbers, parted_transcript, without_numbers
from solander.reading.plain.lines import SENTENCE_END, Line, split_lines, with_their_bullets
from solander.reading.plain.machine_text import machine_text
from solander.reading.plain.mail import is_mail, mail_field, message_head
from solander.reading.plain.mailbox import messages_of, posts_of
from solander.reading.plain.notes import Opening, noted, openings_of
from solander.reading.plain.numbers_put_back import with_numbers
from solander.reading.plain.outlines import outline_of, without_keyword
from solander.reading.plain.page_marks import counts_pages, with_page_marks
from solander.reading.plain.pages import is_page_number, without_page_turns
from solander.reading.plain.readings import Read, gathered_posts
from solander.reading.plain.sections import has_acts
from solander.reading.plain.sources.languages import source_of
from solander.reading.plain.subtitles import subtitles
from solander.reading.plain.tables import under_their_rules, with_spacing
from solander.reading.plain.turns import gathered, is_direction, parted_turns, speaking_names
from solander.reading.plain.units import Unit, units_of

_FORBIDDEN = re.compile("[^\t\n\r\x0c -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUBJECT = frozenset(("subject", "re", "betreff", "objet", "主题"))
_FROM = frozenset(("from", "von", "de", "发件人"))
_SENT = frozenset(("date", "sent", "datum", "gesendet", "日期"))
_BLANKS = re.compile(r"[ \t\f]{2,}|[\t\f]")
_WORD = re.compile(r"[^ \t\f]")
STRETCH = 1 << 18
"""So many characters of a text are looked through at once for its white space."""


class PlainReading(NamedTuple):
    """What reading a plain text gives."""

    divisions: tuple[Division, ...]
    title: str | None
    signals: tuple[Signal, ...]
    normalisations: tuple[tuple[str, int], ...]
    facts: tuple[str, ...]


def read_plain_text(text: str) -> PlainReading:
    """Read a decoded plain text; every word stands in one block, in order."""
    # RFC 5147, 4.1: however a line's end is written, it counts as one character.
    text = text.replace("\r\n", "\n")
    # One character for one, so that positions stay those of the decoded text.
    clean, replaced = _FORBIDDEN.subn("\ufffd", text)
    numbered, lines = clean, split_lines(clean)
    if (own := _chat_read(lines, clean) or source_of(lines, clean)) is not None:
        ran = [*_changed(replaced, clean), *([("lines-joined", own.joined)] if own.joined else [])]
        return PlainReading(own.divisions, own.heading, own.signals, tuple(ran), ("plain-text",))
    if shown := machine_text(lines, clean) or subtitles(lines, clean):
        ran = _changed(replaced, "" if shown[0].kind == "preformatted" else clean)
        return PlainReading((Division("main", shown),), None, (), tuple(ran), ("plain-text",))
    spoken = frozenset[int]()
    if numbers := line_numbers(lines, clean):
        clean = without_numbers(clean, numbers)
        lines = split_lines(clean)
    if numbers and not numbers[0].of_verse:
        lines, spoken = parted_transcript(lines)
    lines = with_their_bullets(without_page_turns(under_their_rules(lines, clean), clean))
    ran = _changed(replaced, clean)
    read = _messages_read(lines, clean) or _lines_read(lines, clean, spoken)
    if read.joined:
        ran.append(("lines-joined", read.joined))
    divisions = with_numbers(read.divisions, numbers, clean, numbered) if numbers else read.divisions
    divisions, marked = with_page_marks(divisions) if counts_pages(clean) else (divisions, 0)
    if turns := marked + sum(line.turn is not None for line in lines):
        ran.append(("pages-turned", turns))
    return PlainReading(divisions, read.heading, read.signals, tuple(ran), ("plain-text",))


def _chat_read(lines: list[Line], text: str) -> Read | None:
    """Read a chat; what stands above its first message is its own."""
    if (chat := chat_of(lines, text)) is None:
        return None
    above = _lines_read(lines[: chat[0]], text, is_part=True) if chat[0] else None
    return gathered_posts(above, Division("main", chat[1]))


def _messages_read(lines: list[Line], text: str) -> Read | None:
    """Read the messages of a mailbox, each by itself; what stands above the first is its own."""
    begins = messages_of(lines, text)
    if not begins:
        return None
    above = _lines_read(lines[: begins[0]], text, is_part=True) if begins[0] else None
    parts = [lines[begin:end] for begin, end in zip(begins, [*begins[1:], len(lines)], strict=True)]
    read = [_lines_read(part, text, is_part=True) for part in parts]
    blocks = [tuple(block for division in one.divisions for block in division.blocks) for one in read]
    return gathered_posts(above, Division("main", posts_of(list(zip(parts, blocks, strict=True)))), read)


def _lines_read(lines: list[Line], text: str, spoken: Container[int] = (), *, is_part: bool = False) -> Read:
    """Read lines as one text, or as a part of one, of which the notes are led to later."""
    layout = _laid_out(lines, spoken)
    units, head, opener = layout.units, layout.head, layout.opener
    footer = footer_at(units, head.title[1] if head.title else opener)
    closing = footer
    while closing and units[closing - 1].lines[0].begin in layout.notes:
        closing -= 1
    units[:closing] = (parted := parted_closing(units[:closing]))
    footer += len(parted) - closing
    heading, signals = _told(layout)
    joined = sum(len(unit.lines) - unit.breaks() - 1 for unit in units if unit.form == "joined")
    divisions = _divisions(units, text, head, footer, layout._replace(notes={}) if is_part else layout)
    return Read(divisions, heading, signals, joined, layout.notes)


def _changed(replaced: int, text: str) -> list[tuple[str, int]]:
    """What was done to the characters of a text, and how often: controls replaced, white space collapsed."""
    collapsed = _collapsed(text)
    return [
        *([("controls-replaced", replaced)] if replaced else []),
        *([("white-space", collapsed)] if collapsed else []),
    ]


class _Layout(NamedTuple):
    """A text's units in order, and what is known of them."""

    units: list[Unit]
    head: Head
    opener: int
    """The unit at which a letter's own words begin; 0 for what is none."""
    levels: Levels
    notes: Mapping[int, Opening]
    """Which lines begin a note, by their place."""
    main: Mapping[int, bool]
    """Of a page that is but lines, which of them are the text proper, by their place; else empty."""


def _laid_out(lines: list[Line], spoken: Container[int]) -> _Layout:
    """Put lines together, and find what stands above the text; no line that is known to be ``spoken`` heads any."""
    sent = message_head(lines)
    letterhead = [Unit(tuple(lines[:sent]), "message")] if sent else []
    notes = openings_of(lines[sent:])
    main = main_lines(lines) if not sent and is_flat(lines) else {}
    units, opener = opened_letter([*letterhead, *units_of(lines[sent:], notes=notes)])
    if opener:
        return _Layout(*_begun(units, Head(None, opener, frozenset()), opener), opener, Levels({}), notes, main)
    has_scenes = has_acts(lines[sent:])
    names = speaking_names(lines[sent:], has_scenes)
    found = outline_of(lines[sent:]) or headings_of(lines[sent:], is_play=bool(names))
    # The number of the first page stays in the text, and heads nothing.
    no_heads = {line.begin for line in lines[sent : sent + 1] if is_page_number(line.text)}.union(names)
    headings = {begin: level for begin, level in found.items() if begin not in no_heads and begin not in spoken}
    if headings or names:
        alone = {*names, *headings}
        units = units_of(lines[sent:], alone, notes)
        units = [*letterhead, *(gathered(units, alone) if names else units)]
    units = signed_below(opened_up(units, bool(headings)))
    levels = Levels(headings, names, is_play=has_scenes or bool(names))
    head = read_head(units, headings)
    if main:
        head = flat_head(units, main, head)
    return _Layout(*_begun(units, head, 0), 0, levels, notes, main)


def _begun(units: list[Unit], head: Head, opener: int) -> tuple[list[Unit], Head]:
    """The title as one unit, and turns of speech each as its own: where they begin, the text does."""
    if head.title:
        begin, end = head.title
        titled = tuple(line for unit in units[begin:end] for line in unit.lines)
        # A title on two lines is one unit, and keeps its break.
        form = "broken" if end - begin > 1 else units[begin].form
        units = [*units[:begin], Unit(titled, form), *units[end:]]
        gone = end - begin - 1
        menus = frozenset(at if at < begin else at - gone for at in head.menus)
        head = Head((begin, begin + 1), head.end - gone, menus)
    begin = head.title[1] if head.title else opener
    spoken = parted_turns(units[begin:])
    pairs = zip(units[begin:], spoken, strict=False)
    talk = next((at for at, (one, other) in enumerate(pairs) if one is not other), None)
    if talk is None:
        return units, head
    return [*units[:begin], *spoken], head._replace(end=min(head.end, begin + talk))


def _told(layout: _Layout) -> tuple[str | None, tuple[Signal, ...]]:
    """The title, and what the text's head tells of it: its title, who sent it, and when."""
    units, head, opener = layout.units, layout.head, layout.opener
    heading, signals = None, tuple[Signal, ...]()
    # A memorandum bears its kind above its head, which says what it is about.
    letter = next((unit for unit in units[: head.title[1] + 1 if head.title else 1] if is_mail(unit)), None)
    if letter is not None and (subject := mail_field(letter, _SUBJECT)) is not None:
        heading = subject
        signals = (Signal("line", "title", subject, letter.pointer),)
    elif head.title:
        title = units[head.title[0]]
        heading = title.text.strip("#= ") if hashes(title) else without_keyword(title.text)
        if layout.main and not head.title[0]:
            heading = without_site(heading, (unit.text for unit in units[1:]))
        signals = (Signal("line", "title", heading, title.pointer),)
    elif (about := next((unit for unit in units[: opener + 2] if opener and subject_of(unit.text)), None)) is not None:
        heading = subject_of(about.text)
        signals = (Signal("line", "title", heading or "", about.pointer),)
    for name, fields in (("from", _FROM), ("sent", _SENT)):
        if letter is not None and (value := mail_field(letter, fields)) is not None:
            signals = (*signals, Signal("line", name, value, letter.pointer))
    return heading, signals


def _collapsed(text: str) -> int:
    """How many runs of white space become one space; sought by the stretch, for all at once fill the memory."""
    count = begin = 0
    while begin < len(text):
        after = _WORD.search(text, begin + STRETCH)
        end = after.start() if after else len(text)
        count += len(_BLANKS.findall(text, begin, end))
        begin = end
    return count


def _divisions(units: list[Unit], text: str, head: Head, footer: int, layout: _Layout) -> tuple[Division, ...]:
    """Zones in their order: what precedes the title, the text proper, the footer."""
    levels = layout.levels
    zoned = _zoned(units, head, footer, levels)
    named = [
        (zone, block)
        for zone, group in groupby(zoned, lambda pair: pair[0])
        for block in with_spacing(text, [block for _, part in group for block in part])
    ]
    if levels.is_play:
        named = [(zone, _directed(block)) for zone, block in named]
    if layout.main:
        named = rezoned(named, layout.main)
    divisions = tuple(
        Division(zone, tuple(block for _, block in group)) for zone, group in groupby(named, lambda pair: pair[0])
    )

    def part(source: str, label: str) -> tuple[str, str]:
        begin, end = map(int, source.removeprefix("char=").split(","))
        at, left = begin, len("".join(label.split()))
        while left:
            left -= not text[at].isspace()
            at += 1
        rest = at + len(text[at:end]) - len(text[at:end].lstrip())
        return f"char={begin},{at}", f"char={rest},{end}"

    names = {unit.pointer for unit in units if unit.lines[0].begin in levels.names}
    return structured(noted(divisions, layout.notes), part, names)


def _zoned(units: list[Unit], head: Head, footer: int, levels: Levels) -> list[tuple[str, tuple[Block, ...]]]:
    """The blocks of the units, by their zones."""
    title = head.title[0] if head.title else None
    zoned: list[tuple[str, tuple[Block, ...]]] = [_before_title(units, at, head, levels) for at in range(title or 0)]
    at = title or 0
    if title is not None:
        zoned.append(("main", (Block("heading", units[title].pointer, units[title].content(), {"level": "1"}),)))
        at += 1
        if is_underlined(units, title):
            levels.of_marks[units[at].text[0]] = "1"
    # Between the head's own lines what follows is read in one go, for lists and headings reach over several units.
    run = at
    for at in range(run, min(footer, max(run, head.end) + HEAD_UNITS)):
        if at in head.menus and at < head.end:
            zoned += [("main", blocks_of(units[run:at], levels)), ("navigation", (paragraph(units[at]),))]
            run = at + 1
        elif block := _head_block(units, at, title if run == at else None):
            zoned.append(("main", (*blocks_of(units[run:at], levels), block)))
            run = at + 1
    zoned.append(("main", blocks_of(units[run:footer], levels)))
    zoned.append(("footer", tuple(map(paragraph, units[footer:]))))
    return zoned


def _directed(block: Block) -> Block:
    """A paragraph of a play, said to be a stage direction where it is one."""
    is_stage = block.kind == "paragraph" and not block.attributes and is_direction(plain(block))
    return block._replace(attributes={"role": "stage"}) if is_stage else block


def _before_title(units: Sequence[Unit], at: int, head: Head, levels: Levels) -> tuple[str, tuple[Block, ...]]:
    """What stands above the title: a menu, the site's name over it, or words of the text (a dateline, a kicker)."""
    unit = units[at]
    if at in head.menus:
        return "navigation", (paragraph(unit),)
    block = _dateline(unit)
    if block is None and unit.lines[0].begin in levels.told:
        return "main", blocks_of((unit,), levels)
    if block is None and head.menus and at < max(head.menus):
        return "banner", (paragraph(unit),)
    return "main", (block or paragraph(unit),)


def _dateline(unit: Unit) -> Block | None:
    content = read_dateline(unit.text) if unit.form == "line" else None
    return Block("dateline", unit.pointer, (*content, *unit.turn)) if content is not None else None


def _head_block(units: Sequence[Unit], at: int, title: int | None) -> Block | None:
    """A dateline, a byline, or a line between title and dateline; else nothing.

    Args:
        units: all of them.
        at: which one.
        title: the title's number, where nothing but lines of the head stand between it and this one.
    """
    unit = units[at]
    if unit.form != "line" and not announces_author(unit.lines[0].text):
        return None
    if block := _dateline(unit):
        return block
    text = unit.text
    after_title = title is not None
    if opens_byline(text) and not any(map(str.isdigit, text)) and (after_title or not SENTENCE_END.search(text)):
        return Block("byline", unit.pointer, unit.content())
    if after_title and at + 1 < len(units) and at == (title or 0) + 1:
        dated = _dateline(units[at + 1]) is not None
        if is_speaker(text) or (dated and is_signature(text) and text in units[at - 1].text):
            return Block("byline", unit.pointer, unit.content())
        if dated and len(text) <= 150 and not SENTENCE_END.search(text):
            return Block("subtitle", unit.pointer, unit.content())
    return None
