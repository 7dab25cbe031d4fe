"""A letter by mail as plain text: its head, what it quotes, and where the signature's lines begin.

Source: RFC 5322, 2.2 (header fields) and 2.2.3 (folding); RFC 2047 (words of other characters in a head); RFC 3676,
4.3 (signatures) and 4.5 (quoting).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from solander.model.page import Block
from solander.reading.dividing.letters import MAIL_LINE
from solander.reading.plain.labelled_lines import as_terms
from solander.reading.plain.lines import Line
from solander.reading.plain.units import Unit

SIGNATURE_MARK = "--"
"""The line above a signature's lines."""

_FIELD = re.compile(r"(?P<label>[A-Z\u00c0-\u024f\u4e00-\u9fff][\w-]{0,30}[:：])(?P<apart>\s|\Z)?")
NAMED = re.compile(r"(?P<name>[!-9;-~]{1,60}):(?:\s|\Z)")
_NAMED_LABEL = re.compile(r"(?P<label>[!-9;-~]{1,60}:)(?P<apart>\s|\Z)?")
ENVELOPE = re.compile(r"From \S+ .*\d\d:\d\d")
_MARKS = re.compile(r"(?:> ?)+")
_TOLD_WITH_SENDER = frozenset(("date", "subject", "to", "message-id", "received"))

HEAD_LINES = 1_000
"""More lines are no head, however they begin."""

QUOTES_DEEP = 8
"""Quotations within quotations; deeper ones stand at this depth."""


def message_head(lines: Sequence[Line]) -> int:
    """How many lines at the beginning are the head of a message as it was sent; none where it opens otherwise.

    Such a head has more fields than its reader was shown, and folds the long ones: an indented line goes on with the
    field above. A mailbox begins each message with a line of its own ("From ann@… Mon Mar  4 10:11:12 2019").
    """
    names: list[str] = []
    end = 0
    for end, line in enumerate(lines):
        if end and (line.gap or lines[end - 1].turn is not None):
            break
        named = None if line.indent else NAMED.match(line.text)
        if named:
            names.append(named["name"].lower())
        elif not ((names and line.indent) or (not end and ENVELOPE.match(line.text))):
            return 0
    else:
        end = len(lines)
    return (
        end
        if len(names) > 2 and end <= HEAD_LINES and "from" in names and not _TOLD_WITH_SENDER.isdisjoint(names)
        else 0
    )


def is_mail(unit: Unit) -> bool:
    """Whether it is the head of a letter: two of its first lines are labelled as such a head's are."""
    if unit.form == "message":
        return True
    if unit.form not in ("broken", "joined") or len(unit.lines) > HEAD_LINES:
        return False
    if any(line.turn is not None for line in unit.lines[:-1]):
        return False  # no head goes on over the page
    return sum(MAIL_LINE.match(line.text) is not None for line in unit.lines[:4]) > 1


def mail_head(unit: Unit) -> Block:
    """The head of a letter as a list of its fields; a line without a name goes on with the field above it."""
    label_of = _NAMED_LABEL if unit.form == "message" else _FIELD

    def label_end(line: Line) -> int:
        # What hangs on to its label is one word with it, and stays so.
        match = label_of.match(line.text)
        return match.end("label") if match and match["apart"] is not None else 0

    return as_terms(unit, lambda line: _goes_on(line, unit), label_end)


def mail_field(unit: Unit, names: frozenset[str]) -> str | None:
    """What the head of a letter says under one of some names (in lower case), as its reader was shown it."""
    for at, line in enumerate(unit.lines):
        match = MAIL_LINE.match(line.text)
        if match and match["name"].lower() in names and not (at and _goes_on(line, unit)):
            value = [match["value"]]
            for further in unit.lines[at + 1 :]:
                if unit.form != "message" or not _goes_on(further, unit):
                    break
                value.append(further.text)
            if said := decoded_words(" ".join(filter(None, value))):
                return said
    return None


def decoded_words(value: str) -> str:
    """A field's value with its encoded words decoded (RFC 2047); as written where they cannot be."""
    if "=?" not in value:
        return value
    from email.errors import HeaderParseError  # late: few texts are messages, and fewer have such words
    from email.header import decode_header, make_header

    try:
        return " ".join(str(make_header(decode_header(value))).split()) or value
    except (LookupError, ValueError, HeaderParseError):
        return value


def _goes_on(line: Line, unit: Unit) -> bool:
    """Whether a line goes on with the field above it."""
    return line.indent > 0 if unit.form == "message" else not _FIELD.match(line.text)


def depth_of(line: Line) -> int:
    """How many marks of quotation a line begins with."""
    match = _MARKS.match(line.text)
    return min(match[0].count(">"), QUOTES_DEEP) if match else 0


def quotation(unit: Unit) -> Block:
    """Lines that begin with marks of quotation, those with more of them as quotations within."""
    return Block("quote", unit.pointer, _quoted(list(unit.lines), 1))


def _quoted(lines: list[Line], depth: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    run: list[Line] = []

    def close() -> None:
        if run:
            part = Unit(tuple(run), "quoted")
            blocks.append(Block("paragraph", part.pointer, part.content()))
            run.clear()

    at = 0
    while at < len(lines):
        if depth_of(lines[at]) > depth:
            close()
            end = at
            while end < len(lines) and depth_of(lines[end]) > depth:
                end += 1
            inner = lines[at:end]
            source = f"char={inner[0].begin},{inner[-1].end}"
            blocks.append(Block("quote", source, _quoted(inner, depth + 1)))
            at = end
            continue
        run.append(lines[at])
        # A mark alone is an empty line of what is quoted.
        if not lines[at].text.strip("> "):
            close()
        at += 1
    close()
    return tuple(blocks)
