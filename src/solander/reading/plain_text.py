"""A plain-text capture read as structure: navigation, title, dateline, paragraphs, lists, footer.

Lines are told apart by form alone (length, sentence ends, capitals, brackets, figures), in any language; what is not
sure is a paragraph. A pointer is ``char=begin,end`` (RFC 5147): positions between the characters of the decoded text,
from 0, the end exclusive, a line's end counted as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from solander.model.page import Block, Division, Signal
from solander.reading.dateline import read_dateline
from solander.reading.plain_blocks import blocks_of, hashes, is_capitals, is_running, is_underlined, paragraph
from solander.reading.plain_lines import BULLET, SENTENCE_END, Unit, columns, is_wide, split_lines, units_of

HEAD_UNITS = 12
"""Among how many of the first units the navigation, title and dateline are looked for."""

FOOT_UNITS = 10
"""How many of the last units may be a footer."""

_FORBIDDEN = re.compile("[^\t\n\r\x0c -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOOTER = re.compile(
    r"\Acopyright\b|\bcopyright\W{0,3}(?:\(c\)|[12][0-9]{3})|©|\(c\) ?[12][0-9]{3}|all rights reserved|"
    r"\b(?:tel|fax|phone)\b ?[.:：]|suggest to a friend|print this page|share this|send to a friend|back to top|"
    r"版权所有|电话[:：]|传真[:：]|ICP备|推荐给朋友|alle rechte vorbehalten|tous droits réservés|"
    r"todos los derechos reservados|tutti i diritti riservati|wszelkie prawa|все права",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|autor|作者|记者|автор)[ :：]\s*\S.{1,80}\Z", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:dear|hello|hi|hey|good (?:morning|evening)|liebe[rs]?|sehr geehrte[rs]?|hallo|guten (?:tag|morgen)|chère?s?|"
    r"bonjour|estimad[oa]s?|querid[oa]s?|caro|cara|дорог\w+|уважаем\w+|尊敬的|亲爱的|各位)(?:\W|\Z)|尊敬的|亲爱的|各位",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?P<name>from|to|cc|bcc|subject|date|sent|reply-to|message-id|von|an|betreff|datum|gesendet|de|à|objet|"
    r"发件人|收件人|主题|日期)[:：] ?(?P<value>.*)",
    re.IGNORECASE,
)
_SUBJECT = frozenset(("subject", "betreff", "objet", "主题"))
_LINKING = frozenset(("the", "of", "at", "by", "for", "in", "on", "to", "a", "der", "die", "de", "la"))
_JOINING = frozenset(("&", "and", "und", "et", "of"))

_BLANKS = re.compile(r"[ \t\f]{2,}|[\t\f]")


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
    units = _opened_up(units_of(split_lines(clean)))
    title = _title_at(units)
    footer = _footer_at(units, 0 if title is None else title + 1)
    heading, signals = None, tuple[Signal, ...]()
    if title is not None:
        heading = units[title].text
        if hashes(units[title]):
            heading = heading.strip("# ")
        signals = (Signal("heading", "h1", heading, units[title].pointer),)
    elif (mail := _mail_subject(units)) is not None:
        heading = mail
        signals = (Signal("heading", "h1", mail, units[0].pointer),)
    ran = []
    if replaced:
        ran.append(("controls-replaced", replaced))
    if collapsed := len(_BLANKS.findall(clean)):
        ran.append(("white-space", collapsed))
    if joined := sum(len(unit.lines) - len(unit.content()) // 2 - 1 for unit in units if unit.form == "joined"):
        ran.append(("lines-joined", joined))
    divisions = _divisions(units, clean, title, footer)
    return PlainReading(divisions, heading, signals, tuple(ran), ("plain-text",))


def _opened_up(units: list[Unit]) -> list[Unit]:
    """Where a head's lines stand close together (navigation, title, dateline), each is a unit of its own."""
    opened: list[Unit] = []
    for number, unit in enumerate(units):
        if number < HEAD_UNITS and unit.form == "broken" and len(unit.lines) <= 6 and not _is_mail(unit):
            texts = [line.text for line in unit.lines]
            if any(read_dateline(text) is not None or _is_navigation(text) for text in texts):
                opened.extend(Unit((line,), "line") for line in unit.lines)
                continue
        opened.append(unit)
    return opened


def _divisions(units: list[Unit], text: str, title: int | None, footer: int) -> tuple[Division, ...]:
    """Zones in their order: what precedes the title, the text proper, the footer."""
    begin = title or 0
    levels: dict[str, str] = {}
    zoned: list[tuple[str, tuple[Block, ...]]] = [_before_title(unit) for unit in units[:begin]]
    at = begin
    if title is not None:
        zoned.append(("main", (Block("heading", units[title].pointer, units[title].content(), {"level": "1"}),)))
        at += 1
        if is_underlined(units, title):
            levels[units[at].text[0]] = "1"
    # Between the head's own lines what follows is read in one go, for lists and headings reach over several units.
    run = at
    for at in range(run, min(footer, begin + HEAD_UNITS)):
        if block := _head_block(units[at], after_title=title is not None and run == at):
            zoned.append(("main", (*blocks_of(units[run:at], levels), block)))
            run = at + 1
    zoned.append(("main", blocks_of(units[run:footer], levels)))
    zoned.append(("footer", tuple(map(paragraph, units[footer:]))))
    return tuple(
        Division(zone, blocks)
        for zone, group in groupby(zoned, lambda pair: pair[0])
        if (blocks := _with_spacing(text, [block for _, part in group for block in part]))
    )


def _before_title(unit: Unit) -> tuple[str, tuple[Block, ...]]:
    """What stands above the title: a menu, or words of the text proper (a dateline, a kicker)."""
    if _is_navigation(unit.text):
        return "navigation", (paragraph(unit),)
    return "main", (_head_block(unit, after_title=False) or paragraph(unit),)


def _with_spacing(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """What is set in columns is kept with its spaces, from the beginning of its first word on."""
    for at, block in enumerate(blocks):
        if block.kind == "preformatted":
            begin, end = map(int, block.source.removeprefix("char=").split(","))
            blocks[at] = block._replace(content=(text[begin:end].replace("\r", "\n").replace("\f", " "),))
    return tuple(blocks)


def _head_block(unit: Unit, *, after_title: bool) -> Block | None:
    """A dateline or a byline near the beginning; else nothing."""
    if unit.form != "line":
        return None
    content = read_dateline(unit.text)
    if content is not None:
        return Block("dateline", unit.pointer, content)
    if (
        _BYLINE.match(unit.text)
        and not any(map(str.isdigit, unit.text))
        and (after_title or not SENTENCE_END.search(unit.text))
    ):
        return Block("byline", unit.pointer, unit.content())
    return None


def _title_at(units: Sequence[Unit]) -> int | None:
    """The title: a line of moderate length without a sentence's end, before the first text; or one that is marked."""
    first_text = next((at for at, unit in enumerate(units[: HEAD_UNITS + 1]) if is_running(unit)), None)
    for at, unit in enumerate(units[:HEAD_UNITS]):
        if at == first_text or _is_mail(unit):
            return None
        if is_underlined(units, at) or is_capitals(units, at) or hashes(unit) == 1:
            return at
        if (
            first_text is not None
            and unit.form in ("line", "joined")
            and _is_titular(unit.text)
            and not _is_navigation(unit.text)
            and read_dateline(unit.text) is None
        ):
            return at
    return None


def _is_titular(text: str) -> bool:
    return (
        columns(text) > 3
        and len(text) <= 250
        and not text.endswith((".", "。", ";", ",", "，", ":", "："))
        and not _BYLINE.match(text)
        and not _GREETING.match(text)
        and not BULLET.match(text)
        and not _MAIL.match(text)
        and any(map(str.isalpha, text))
    )


def _is_mail(unit: Unit) -> bool:
    """Whether it is the head of a letter: two of its first lines are labelled as such a head's are."""
    return unit.form in ("broken", "joined") and sum(_MAIL.match(line.text) is not None for line in unit.lines[:4]) > 1


def _mail_subject(units: Sequence[Unit]) -> str | None:
    if not units or not _is_mail(units[0]):
        return None
    for line in units[0].lines:
        match = _MAIL.match(line.text)
        if match and match["name"].lower() in _SUBJECT and match["value"]:
            return match["value"]
    return None


def _is_navigation(text: str) -> bool:
    """Many short phrases side by side, each with a capital, and nothing that makes a sentence of them."""
    words = text.split()
    is_parted = "|" in text or " > " in text or ("»" in text and "«" not in text)
    if is_parted and len(words) > 2 and not SENTENCE_END.search(text):
        return True
    if re.search(r"[.!?。！？…,，、：:]", text):
        return False
    if not text.isascii() and all(len(word) <= 6 and is_wide(word * 20) for word in words):
        return len(words) > 3
    if len(words) < 5:
        return False
    capitals = sum(word[0].isupper() or word in _JOINING for word in words)
    return capitals * 10 >= len(words) * 9 and not any(word in _LINKING for word in words)


def _footer_at(units: Sequence[Unit], least: int) -> int:
    """Where the footer begins: the last units, from the first of them that is of a footer's kind."""
    at = len(units)
    found = False
    while at > least and len(units) - at < FOOT_UNITS and not is_running(units[at - 1]):
        text = units[at - 1].text
        is_footer = _FOOTER.search(text) is not None
        is_short = units[at - 1].form in ("line", "marks") and len(text) < 30 and not SENTENCE_END.search(text)
        if not is_footer and not (at < len(units) and is_short and not text.endswith((",", "，"))):
            break
        found = found or is_footer
        at -= 1
    return at if found else len(units)
