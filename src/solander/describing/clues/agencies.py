"""News agencies that a page names where its author would stand: "2 March 2016 | dpa", "By Reuters", "(dpa/AFP)".

An agency is named for want of a person, so that it is asked for last of all. Its name is known, or it is none: any
word may stand beside a day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.dates import find_date
from solander.describing.days.periods import HOUR
from solander.describing.kinds import Kind
from solander.describing.lines import NOT_OF_THE_PAGE, PARTS_OF_A_LINE, Lines
from solander.describing.word_list import words_of

CHARACTERS = 80
"""A line that names an agency is not longer."""

_AGENCIES = words_of(
    "dpa dpa-AFX afp AFP Reuters REUTERS reuters epd KNA kna SID sid APA apa kathpress "
    "Kathpress KATHPRESS Keystone-SDA sda ANSA Ansa Adnkronos EFE Efe Lusa LUSA PAP ČTK "
    "TASR SITA MTI Agerpres AGERPRES Mediafax BTA HINA Hina Tanjug TANJUG ТАСС Интерфакс "
    "Укрінформ УНІАН Xinhua 新华社 新華社 中新社 中央社 共同 時事 共同通信 時事通信 共同通信社 時事通信社 "
    "JIJI KYODO Kyodo Jiji Yonhap 연합뉴스 뉴시스 PTI IANS Anadolu Ritzau NTB STT BNS ANP Belga BELGA "
    "Bloomberg UPI AAP AP ots"
) | {
    "Associated Press",
    "The Associated Press",
    "Thomson Reuters",
    "Europa Press",
    "РИА Новости",
    "Anadolu Ajansı",
    "Anadolu Agency",
    "CNN Wire",
    "Canadian Press",
    "The Canadian Press",
    "PA Media",
    "Press Association",
    "Press Trust of India",
    "Agence France-Presse",
    "Reuters Staff",
    "Kyodo News",
    "Yonhap News Agency",
}
_LABEL = re.compile(
    r"(?:by|von|par|por|di|da|av|af|door|source|quelle|fuente|fonte|źródło|kaynak|källa|kilde|bron|来源|來源|출처|"
    r"източник|источник)"
    r"\s?[:：]?\s",
    re.IGNORECASE,
)
_JOINT = re.compile(r"\s?[/,]\s?|\s(?:and|und|et|y|e|i)\s")
_SIGNS = " ,;:()（）[]【】"


def agencies_by_the_title(lines: Lines, near: Sequence[int], others: frozenset[int]) -> Iterator[Candidate]:
    """Candidates for the agencies that one of the lines about the title names.

    Args:
        lines: the page's.
        near: the numbers of those lines, the nearest first.
        others: numbers of lines that speak of other pages.
    """
    for distance, number in enumerate(near):
        text, block = lines.text(number), lines.blocks[number]
        if number in others or number in lines.of_others or not 1 < len(text) <= CHARACTERS:
            continue
        if block.kind in ("caption", "item", "heading") or lines.zones[number] in NOT_OF_THE_PAGE:
            continue
        if found := _named(text):
            for name in found:
                yield candidate("creator", name, Kind.AGENCY, block.source, preference=70 + distance)
            return


def _named(text: str) -> list[str]:
    """The agencies that a line, or a part of it, names and nothing besides."""
    if dated := find_date(text, "day-month"):
        text = f"{text[: dated.start]} | {HOUR.sub('', text[dated.end :], count=1)}"
    for part in PARTS_OF_A_LINE.split(text):
        label = _LABEL.match(part)
        names = [name for name in _JOINT.split(part[label.end() if label else 0 :].strip(_SIGNS)) if name]
        if names and all(name in _AGENCIES for name in names):
            return names
    return []
