"""Texts that machines write or read: journals of programs, settings, fields parted by commas, programs, patches, JSON.

Such a text is one piece from end to end, kept line by line with its spaces: joined lines would be another program, and
two of its lines are neither verse nor a list. It is told by nearly all of its lines together; where as much prose
stands between them as in what explains a program, nothing is told.

Source: RFC 8259 (JSON), RFC 4180 (fields parted by commas), RFC 5424 and RFC 3164 (syslog), RFC 9309 (robots.txt).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from solander.model.page import TEXT_CHARACTERS, Block
from solander.reading.dividing.turn_labels import CHAT, label_of
from solander.reading.plain.lines import Line
from solander.reading.plain.program_lines import is_program
from solander.reading.plain.statements import are_statements

LOOKED_AT = 400
"""So many lines of the beginning tell what a text is."""

_FEWEST = 4
_GLANCED = 24
_JSON_CHARACTERS = 20_000_000
_CLOCK = r"[0-2]?[0-9]:[0-5][0-9]:[0-5][0-9](?:[.,][0-9]+)?"
_DAY = (
    r"(?:[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}|[0-9]{2}[-/.][0-9]{2}[-/.](?:[0-9]{4}|[0-9]{2})|[A-Z][a-z]{2} [0-9]{1,2})"
)
_JOURNAL = re.compile(
    rf"[\[(]?{_DAY}[T ,]{{1,2}}{_CLOCK}|[\[(]?{_CLOCK}[\])]? |\[ *[0-9]+\.[0-9]{{3,9}}\] "
    r"|\S+ \S+ \S+ \[[0-9]{1,2}/[A-Z][a-z]{2}/[0-9]{4}:|[0-9]{10}(?:\.[0-9]+)? "
    r"|[\[(]?(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)[\])]?[: ]"
)
_SECTION = re.compile(r"\[\[?[\w .:/\"'@*-]{1,80}\]\]?\Z")
_SETTING = re.compile(r"(?:export |set )?[\w.*/\[\]\"'-]{1,60}(?: [\w-]{1,20})? ?[?+:]?= ?(?P<value>.*)")
_REMARK = re.compile(r"[#;%!]|//|--")
_KEYED = re.compile(r"(?:- +)*(?:[\w./$*@\"'-]{1,60}|\"[^\"]{1,80}\"|<<) ?:(?P<value>\Z| .*)|- +\S")
_BLOCK = re.compile(r": [|>][-+]?\Z")
_NAME = re.compile(r"(?:- +)*(?:[\w./$*@\"'-]{1,60}: *)?")
_SPOKEN = re.compile(r"(?:- +)?(?:[\w'-]+[,;]? ){3}[\w'-]+")
_ROBOTS = re.compile(
    r"(?:User-agent|Disallow|Allow|Crawl-delay|Sitemap|Host|Noindex|Clean-param) ?: ?\S*", re.IGNORECASE
)
_HUNK = re.compile(r"@@ -[0-9]+(?:,[0-9]+)? \+[0-9]+(?:,[0-9]+)? @@")
_PATCH = re.compile(r"diff -|Index: |--- \S|From [0-9a-f]{40} ")
_MESSAGE = re.compile(
    r"(?:(?i:MIME-Version)|Content-[\w-]+|Return-Path|Received|Delivered-To|Message-I[Dd]|X-[\w-]+|From|To|Date|"
    r"Subject): "
    r"|From \S+@"
)
"""What a message begins with: its head looks like settings."""
_FIELDS = re.compile(r"\"(?:[^\"]|\"\")*\"")
_FIGURE = re.compile(r"[-+]?[0-9][0-9.eExXa-fA-F:/-]*%?")
_PARTS = (",", ";", "|")


def machine_text(lines: Sequence[Line], text: str) -> tuple[Block, ...]:
    """The pieces of a text that is a machine's from its first line to its last; none for any other.

    Args:
        lines: all of them.
        text: of which they are.

    Returns:
        Preformatted text, in as few pieces as no longer run of text than XML tools take allows.
    """
    if len(lines) < _FEWEST and not (lines and lines[0].text[0] in "{["):
        return ()
    language = _language(lines, text)
    return tuple(_pieces(lines, text, language)) if language is not None else ()


def _language(lines: Sequence[Line], text: str) -> str | None:
    """The name of what a machine's text is written in, empty where none is sure; ``None`` for what is none."""
    if _is_json(lines, text):
        return "json"
    if len(lines) < _FEWEST or _MESSAGE.match(lines[0].text):
        return None
    looked = lines[:LOOKED_AT]
    if _PATCH.match(looked[0].text) and any(_HUNK.match(line.text) for line in looked):
        return "diff"
    if _is_journal(looked) or _is_robots(looked) or _has_fields(looked, text) or _is_settings(looked):
        return ""
    return "" if is_program(looked) or are_statements(looked) else None


def _pieces(lines: Sequence[Line], text: str, language: str) -> Iterator[Block]:
    first = 0
    for at, line in enumerate(lines):
        if line.end - lines[first].start > TEXT_CHARACTERS // 2 and at > first:
            yield _piece(lines[first:at], text, language)
            first = at
    yield _piece(lines[first:], text, language)


def _piece(lines: Sequence[Line], text: str, language: str) -> Block:
    begin, end = lines[0].start, lines[-1].end
    written = text[begin:end].replace("\r", "\n").replace("\f", " ")
    return Block("preformatted", f"char={begin},{end}", (written,), {"language": language} if language else None)


def _is_json(lines: Sequence[Line], text: str) -> bool:
    """Whether the whole is one value of JSON that holds others, or each line is one."""
    if not lines or lines[0].text[0] not in "{[" or lines[-1].text[-1] not in "}]" or len(text) > _JSON_CHARACTERS:
        return False
    # "[1]" alone, or "[Ann]", may as well stand in any text.
    if lines[0].text[0] == "[" and not re.search(r"[{\"]", text[:2000]) and len(lines) < _FEWEST:
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return len(lines) > 1 and all(_is_object(line.text) for line in lines[:LOOKED_AT])
    return True


def _is_object(text: str) -> bool:
    if text[0] != "{" or text[-1] != "}":
        return False
    try:
        json.loads(text)
    except RecursionError:
        return True
    except ValueError:
        return False
    return True


def _most(count: int, lines: Sequence[Line]) -> bool:
    return 10 * count >= 9 * len(lines)


def _is_journal(lines: Sequence[Line]) -> bool:
    """Whether nearly all lines that are not set in begin with a moment or a word like ERROR, and few say who speaks."""
    if _JOURNAL.match(lines[0].text) is None and _JOURNAL.match(lines[1].text) is None:
        return False
    entries = [line.text for line in lines if not line.indent]
    begun = [text for text in entries if _JOURNAL.match(text)]
    apart = sum(line.gap for line in lines if not line.indent and _JOURNAL.match(line.text))
    if 2 * apart > len(begun):
        return False  # a list of changes has moments as heads
    chats = sum((label := label_of(text)) is not None and label.form == CHAT for text in begun[:50])
    # A trace of what went wrong stands between: lines that are set in, and a few that are not.
    return len(begun) >= _FEWEST and 5 * len(begun) >= 4 * len(entries) and 4 * chats < len(begun[:50])


def _is_robots(lines: Sequence[Line]) -> bool:
    said = [line for line in lines if line.text[0] != "#"]
    return len(said) > 1 and _most(sum(_ROBOTS.match(line.text) is not None for line in said), said)


def _has_fields(lines: Sequence[Line], text: str) -> bool:
    """Whether every line has as many fields as the first, three at the least, and what parts them stands close."""
    if any(line.gap for line in lines[1:]) or len(lines) < _FEWEST:
        return False
    for mark in _PARTS:
        if mark not in lines[0].text or mark not in lines[1].text:
            continue
        written = [_FIELDS.sub("x", text[line.start : line.end]) for line in lines]
        # A value in quotation marks may go on in the next line; few do.
        counts = Counter(one.count(mark) for one in written)
        ((parts, often),) = counts.most_common(1)
        close = sum(one.count(mark) - one.count(f"{mark} ") for one in written)
        is_close = (parts > 1 or mark == ";") and 4 * close >= 3 * sum(one.count(mark) for one in written)
        figures = sum(_FIGURE.fullmatch(field.strip()) is not None for one in written for field in one.split(mark))
        if parts and _most(often, lines) and (is_close or 2 * figures > len(lines) * (parts + 1)):
            # Bars at both ends are a table's, which has cells.
            return mark != "|" or not all(one.lstrip().startswith("|") for one in written)
    return False


def _said(lines: Sequence[Line]) -> list[Line]:
    """The lines that are no remarks, nor the words of a value that is set in below its name (``text: |``)."""
    said: list[Line] = []
    within = -1
    for line in lines:
        if 0 <= within < line.indent:
            continue
        within = -1
        text = line.text
        if (text[0].isalnum() or not _REMARK.match(text)) and text not in ("---", "..."):
            said.append(line)
            if text[-1] in "|>-+" and _BLOCK.search(text):
                within = line.indent
    return said


def _is_settings(lines: Sequence[Line]) -> bool:
    """Whether all lines are remarks, sections, and names with their values: by ``=``, or by a colon and set in."""
    glanced = _said(lines[:_GLANCED])
    likely = sum(":" in one.text or one.text[0] in "[-" or "=" in one.text for one in glanced)
    if glanced and 2 * likely <= len(glanced):
        return False  # as nearly all texts
    if 3 * sum(any(one.match(line.text) for one in (_KEYED, _SETTING, _SECTION)) for line in glanced) < len(glanced):
        return False
    said = _said(lines)
    if len(said) < _FEWEST:
        return False
    sections = sum(_SECTION.match(line.text) is not None for line in said)
    equal = sum((match := _SETTING.match(line.text)) is not None and match["value"][:1] != "=" for line in said)
    if equal > sections / 2 and equal >= 3 and _most(equal + sections, said):
        return True
    keyed = sum(_KEYED.match(line.text) is not None for line in said)
    if not _most(keyed, said):
        return False
    spoken = sum(
        _SPOKEN.match(text) is not None or _SPOKEN.match(text, _end(_NAME.match(text))) is not None
        for text in (line.text for line in said)
    )
    # A list of changes has names as heads, and a list of things to bring has them with a capital and without a value.
    if 3 * spoken > len(said) or not any(_is_key(line.text) for line in said):
        return False
    nested = sum(
        line.text.endswith(":") and " " not in line.text.removeprefix("- ") and after.indent > line.indent
        for line, after in pairwise(said)
    )
    is_yaml = lines[0].text in ("---", "%YAML 1.2", "%YAML 1.1")
    return nested > 1 or (is_yaml and nested > 0)


def _is_key(text: str) -> bool:
    return text[0] != "-" and (text[0].islower() or text[-1] != ":")


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match else 0
