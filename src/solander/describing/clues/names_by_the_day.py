"""Whom the lines by the title name without a label: a name beside the day, behind the hour, or before "報導".

Papers set an author's name alone between title and day, or behind the hour: "12.01.2012, 15:30 von Ann Lee". That a
line is a name and no section ("Health News") is told by its form, by its standing alone once on the page, and by its
words: what the page writes small elsewhere is a word of the language, and no surname.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TypeGuard

from solander.describing.candidate import Candidate, candidate
from solander.describing.clues.bare_names import is_told_of, leads_to_collection
from solander.describing.days.dates import find_date
from solander.describing.kinds import Kind
from solander.describing.lines import PARTS_OF_A_LINE, Lines
from solander.describing.names.no_names import is_bodys, is_generic, is_noise, is_role
from solander.describing.names.people import looks_personal, people
from solander.describing.titles.by_rules import is_site
from solander.describing.word_list import words_of
from solander.model.late_pattern import late
from solander.model.page import Block, Inline, plain
from solander.model.places import names_place

REACH = 10
"""So many of the lines about the title are looked at, the nearest first."""

CHARACTERS = 80
"""Such a line is not longer."""

LAST = 3
"""Lines at the end of the text proper in which an author signs in Han characters."""

_LISTS = frozenset(("navigation", "sidebar", "comments", "related", "form", "footer"))
_BEHIND_HOUR = re.compile(
    r"\d(?:\d{3}|\d?[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h)\b)?)[\s,|·•–—-]*(?=(?:by|von|par|por|door|przez|автор)\b)",
    re.IGNORECASE,
)
_HOUR = re.compile(r"(?<![\d:.])\d{1,2}[:.]\d{2}(?![\d:.])")
_VOWEL = re.compile("[aeiouy]")
_NO_NAMES = words_of(
    "read more share print tweet email follow us subscribe story continues below related articles getty images "
    "associated press file photo no caption last updated latest breaking live video watch top stories comment press "
    "release media reuters agence france interview opinion editorial analysis exclusive gallery advertisement text "
    "size font"
)
_HAN = late(
    r"(?:(?:^|[\s(（〔【\[：:／/])(?:图文|圖文|撰文|文)\s?[/／：:]\s?(?P<text>[一-鿿]{2,4})(?=[\s)）〕】\]／/]|$))|"
    r"(?:(?:^|[\s(（〔【\[／/╱])(?:本报|本報|本网|本網|实习|實習)?(?:记者|記者)\s?(?P<reporter>[一-鿿]{2,4}|[一-鿿]\s[一-鿿])"
    r"(?=[\s)）〕】\]／/╱]|$))|"
    # "김민수 기자 kim@…": a Korean reporter's trade stands behind her name.
    r"(?:(?:^|[\s\]=|·])(?P<korean>[가-힣]{2,4})\s?(?:(?:선임|수석|인턴|객원|전문|논설)\s?)?기자(?=[\s)|·=/,(]|$))|"
    r"(?:(?:^|[\s\d)）])(?P<told>[一-鿿]{2,4})\s?(?:報導|報道|报道)(?=[\s)）〕】\]]|$))"
)
# "记者报道", "本報綜合報導": the words about the trade, in a name's place.
_HAN_WORDS = late(
    r"[綜综]合|[報报][導道]|[編编][輯辑]|[記记]者|[獲获]悉|中心|[電电]|新[聞闻]|本[報报網网]|[現现][場场]|[摄攝讯訊]"
)


_MORE_HAN = late(r"(?:[\s、，]{1,2}[一-鿿]{2,3}(?=[\s、，)）〕】\]／/╱]|\Z)){1,5}")
_HAN_BESIDE = late(r"[一-鿿]{2,3}")

# With these begin the names of nine in ten who write Chinese; "打印" and "討論" do not.
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖蕭田董袁潘于蒋蔣蔡余杜叶葉程苏蘇魏"
    "吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦韋付傅方白邹鄒孟熊秦邱江尹薛闫閻段雷侯龙龍史陶黎贺賀顾顧毛郝龚龔邵万萬钱錢严嚴武戴莫孔向汤湯"
)

_KOREAN_SURNAMES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진나지엄채원천방공현함변염여추도석선설마길연위표명기반왕금옥육인맹제모탁국"
)


def behind_hour(text: str) -> str:
    """What opens with "by" behind a day or an hour in a short line; nothing where the line has none."""
    match = _BEHIND_HOUR.search(text)
    return text[match.end() :] if match else ""


def names_by_the_day(
    lines: Lines, near: list[int], days: frozenset[str], others: frozenset[int], sites: frozenset[str]
) -> Iterator[Candidate]:
    """Candidates for people named in a line of their own above or beneath the page's day.

    Args:
        lines: the page's.
        near: the numbers of the lines about the title, the nearest first.
        days: pointers to the lines that tell a day.
        others: numbers of lines that speak of other pages.
        sites: what ``site_names`` found.
    """
    for distance, number in enumerate(near[:REACH]):
        text, source = lines.text(number), lines.blocks[number].source
        if (
            number in others
            or number in lines.of_others
            or not 1 < len(text) <= CHARACTERS
            or lines.zones[number] in _LISTS
            # A letter's address may be the writer's or the reader's.
            or (lines.blocks[number].attributes or {}).get("role") == "address"
        ):
            continue
        tells_day = source in days or _HOUR.search(text) is not None
        found = _in_line(text, sites) if tells_day else _whole_line(lines, number, days, sites)
        if (
            found
            and not _runs_over(lines.blocks[number], found)
            and not _runs_out_of_link(lines.blocks[number], found)
            and not _stands_elsewhere(lines, number, found)
            and not lines.writes_small(found)
            and not leads_to_collection(lines.blocks[number])
            and not any(is_told_of(lines, name) for name in found)
        ):
            for name in found:
                yield candidate("creator", name, Kind.NAME_BY_DAY, source, preference=10 + distance)
            return


def _in_line(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    """The names that stand in one part of a line that tells a day or an hour: "4 May 2020 | Ann Lee"."""
    parts = [part for part in PARTS_OF_A_LINE.split(text) if part and not any(map(str.isdigit, part))]
    named = [found for part in parts if (found := _names(part, sites))]
    return named[0] if len(named) == 1 and len(parts) <= 2 else ()


def _whole_line(lines: Lines, number: int, days: frozenset[str], sites: frozenset[str]) -> tuple[str, ...]:
    """The names that a line is, next to one that tells a day."""
    text = lines.text(number)
    return _names(text, sites) if _by_a_day(lines, number, days) and not find_date(text) else ()


def _names(text: str, sites: frozenset[str]) -> tuple[str, ...]:
    found = people(text) if not text.endswith((":", "?", "!", "…")) else ()
    return found if all(_is_name(name, sites) for name in found) else ()


def han_bylines(lines: Lines, near: list[int], others: frozenset[int]) -> Iterator[Candidate]:
    """Candidates for whom a short line by the title, or the text's last, names as Chinese papers do: "文/林晓舟"."""
    last = lines.main[-LAST:]
    for distance, number in enumerate([*near, *last]):
        text = lines.text(number) if number not in others and lines.zones[number] not in _LISTS else ""
        if not 3 < len(text) <= CHARACTERS or text.isascii():
            continue
        if names := han_names(text):
            for name in names:
                yield candidate("creator", name, Kind.BYLINE, lines.blocks[number].source, preference=10 + distance)
            return


def han_names(text: str) -> tuple[str, ...]:
    """Whom a line names by their trade, "【聯合報╱記者陳俐君／台北報導】"; nobody if it names nobody so.

    Behind a reporter's trade several names may stand: "本报记者 陈晓东 刘芳".
    """
    for match in _HAN.finditer(text):
        name: str = (match["text"] or match["reporter"] or match["told"] or match["korean"]).replace(" ", "")
        known = name[0] in _SURNAMES or name[0] in _KOREAN_SURNAMES
        if not (looks_personal(name) and known and not _HAN_WORDS.search(name)):
            continue
        more = _MORE_HAN.match(text, match.end()) if match["reporter"] else None
        beside = [one for one in _HAN_BESIDE.findall(more[0]) if one[0] in _SURNAMES] if more else []
        return (name, *(one for one in beside if not _HAN_WORDS.search(one)))
    return ()


def _by_a_day(lines: Lines, number: int, days: frozenset[str]) -> bool:
    """Whether the next line with words, above or beneath, tells a day."""
    for step in (1, -1):
        near = number + step
        while 0 <= near < len(lines) and abs(near - number) <= 2 and not lines.text(near):
            near += step
        if 0 <= near < len(lines) and lines.blocks[near].source in days:
            return True
    return False


def _is_break(part: object) -> bool:
    return isinstance(part, Inline) and part.kind == "break"


def _runs_over(block: Block, names: tuple[str, ...]) -> bool:
    """Whether a name would begin in one line of a block and end in the next."""
    runs = (tuple(run) for broken, run in groupby(block.content, _is_break) if not broken)
    written = [plain(Block(block.kind, block.source, run)) for run in runs]  # type: ignore[arg-type]
    whole = plain(block).casefold()
    return len(written) > 1 and any(
        name.casefold() in " ".join(whole.split()) and not any(name.casefold() in one.casefold() for one in written)
        for name in names
    )


def _runs_out_of_link(block: Block, names: tuple[str, ...]) -> bool:
    """Whether a name would begin in a link and end beyond it, as the words of two buttons side by side do."""
    links = [plain(Block(block.kind, block.source, part.content)) for part in block.content if _is_link(part)]
    return any(link in name and link != name for link in links if link for name in names)


def _is_link(part: Inline | str | Block) -> TypeGuard[Inline]:
    return isinstance(part, Inline) and part.kind == "link"


def _is_name(name: str, sites: frozenset[str]) -> bool:
    words = name.casefold().split()
    return (
        looks_personal(name)
        and not (is_noise(name) or is_role(name) or is_bodys(name) or is_generic(name))
        and not is_site(name, sites)
        and not names_place(name, alone=True)
        and (len(words) > 1 or (len(name) <= 3 and name[0] in _SURNAMES))
        and _NO_NAMES.isdisjoint(words)
        # "NVIDIA GTC": letters without a vowel stand for something.
        and not any(word.isascii() and word.isalpha() and not _VOWEL.search(word) for word in words)
    )


def _stands_elsewhere(lines: Lines, number: int, names: tuple[str, ...]) -> bool:
    """Whether a name is a line of its own elsewhere, as a section's is in a menu and others' are in a list."""
    return lines.is_said_again(number) or any(
        other != number
        and lines.zones[other] in _LISTS
        and lines.opening(other) == name[:20]
        and lines.text(other) == name
        for other in range(len(lines))
        for name in names
    )
