"""Plain texts for tests, told as lines, and the law that each word of them stands once, where its pointer says."""

from __future__ import annotations

import re
import textwrap

from solander.checking.pages.words import PlainOriginal
from solander.model.page import TEXT_KINDS, Block, leaves, plain
from solander.reading.plain.text import PlainReading, read_plain_text

FERRY = (
    "The ferry leaves the harbour at seven in the morning and comes back at nine in the evening, wind and weather "
    "permitting, as it has done since the first boat was built here."
)
TICKETS = (
    "Passengers who come without a ticket may buy one on board, though the mate will look at them in a way that they "
    "remember. Dogs travel free, and so do children who can swim."
)
FÄHRE = (
    "Die Fähre verlässt den Hafen um sieben Uhr morgens und kehrt um neun Uhr abends zurück, Wind und Wetter "
    "vorausgesetzt, wie sie es getan hat, seit hier das erste Boot gebaut wurde."
)
ПАРОМ = (
    "Паром уходит из гавани в семь часов утра и возвращается в девять вечера, если позволяют ветер и погода, как он "
    "делал это с тех пор, как здесь построили первую лодку."
)
渡轮 = "渡轮七点出发，九点回来。乘客请在码头等候，不要迟到，也不要忘记带票。" * 4


_MARKS = {"break": "/", "page": "¦", "anchor": ""}


def shape(reading: PlainReading) -> list[str]:
    """A line a block: its zone, its kind and its words, a break as "/", a page's beginning as "¦", no anchor."""
    lines: list[str] = []

    def tell(block: Block, zone: str, depth: int) -> None:
        if block.kind in TEXT_KINDS:
            level = (block.attributes or {}).get("level", "")
            words = "".join(
                part if isinstance(part, str) else _MARKS[part.kind] if part.kind in _MARKS else str(part.content[0])
                for part in block.content
            )
            lines.append(f"{zone} {'  ' * depth}{block.kind}{level}: {words}")
        else:
            lines.append(f"{zone} {'  ' * depth}{block.kind}")
            for child in block.content:
                assert isinstance(child, Block)
                tell(child, zone, depth + 1)

    for division in reading.divisions:
        for block in division.blocks:
            tell(block, division.zone, 0)
    return lines


def kinds(text: str) -> list[str]:
    """Zone and kind of each block, in order."""
    return [line.partition(":")[0] for line in shape(read_plain_text(text))]


def wrapped(text: str, width: int = 72, **more: str) -> str:
    return textwrap.fill(text, width, **more)  # type: ignore[arg-type]


MENU = "Home News Visas Contact"
VERSE = "I count the boats that come, the boats that go,\nAnd write them in the book with my own hand.\n" * 2


def pointed(reading: PlainReading, text: str) -> list[tuple[int, int, Block]]:
    found = []
    for division in reading.divisions:
        for leaf in leaves(division.blocks):
            match = re.fullmatch(r"char=(\d+),(\d+)", leaf.source)
            assert match
            found.append((int(match[1]), int(match[2]), leaf))
    return found


def assert_whole(text: str) -> None:
    """Leaves stand in order and apart; the words between two positions are the leaf's; outside there is none."""
    unified = text.replace("\r\n", "\n")
    clean = PlainOriginal(text).marked
    at = 0
    for begin, end, leaf in pointed(read_plain_text(text), unified):
        assert at <= begin < end <= len(clean)
        assert not clean[at:begin].strip()
        assert plain(leaf, whole=True).split() == clean[begin:end].split()
        at = end
    assert not clean[at:].strip()
