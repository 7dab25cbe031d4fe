"""Numbers of lines in a margin are no words of the text: it is read through them, and each stays where it stands."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.checking.tei.meaning import check_tei
from solander.model.capture import Capture
from solander.model.page import Block, Inline, leaves
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading.plain.text import read_plain_text

COURT = """\
THE COURT:  Good morning.  Please be seated, all of you who
have come to hear the matter of the ferry.
MR. SMITH:  We call the keeper of the light to the stand,
who has come over from the island.
(Witness sworn.)
BY MR. SMITH:
Q.   Where were you on the night of the third of March?
A.   I was in the lighthouse, where I always am when the wind
comes from the north and nobody can cross.
Q.   Did you see the ferry?
A.   I did not see it.  It was dark and the rain came down so
that I could not see my own hand.
THE COURT:  Speak up, please.
MR. SMITH:  He did not see it.
""".splitlines()


def transcript(pages: int = 3, lines: int = 25, *, feed: str = "\n\f\n", width: int = 2) -> str:
    """A court's transcript: each line of a page has its number, and each page its own, and the court's printer."""
    written = [f"{'' if line[0].islower() else '          '}{line}" for line in COURT * 6]
    out = []
    for page in range(pages):
        body = written[page * lines : (page + 1) * lines]
        counted = [f"{number:>{width}}    {line}" for number, line in enumerate(body, 1)]
        out.append("\n".join([f"{'':50}Page {page + 12}", "", *counted, "", f"{'':20}HARBOUR REPORTING SERVICE"]))
    return feed.join(out)


def numbers(text: str) -> list[str]:
    found = [leaf for division in read_plain_text(text).divisions for leaf in leaves(division.blocks)]
    parts = [part for leaf in found for part in leaf.content if isinstance(part, Inline) and part.kind == "running"]
    return [str(part.content[0]) for part in parts if (part.attributes or {}).get("place") == "lineNum"]


def words(text: str) -> str:
    return " ".join(normalise(Capture.of_bytes(text.encode(), media_type="text/plain")).page.text().split())


@pytest.mark.parametrize("feed", ["\n\f\n", "\n\n"])
@pytest.mark.parametrize("width", [1, 2, 8])
def test_the_lines_of_a_transcript_have_their_numbers_and_its_turns_are_read_through_them(feed: str, width: int):
    text = transcript(feed=feed, width=width)
    assert numbers(text) == [str(number) for _ in range(3) for number in range(1, 26)]
    assert_whole(text)
    assert "all of you who have come to hear the matter of the ferry." in words(text)
    told = shape(read_plain_text(text))
    assert sum(line.startswith("main   speaker") for line in told) > 20
    assert read_plain_text(text).title is None
    assert [line for line in told if "THE COURT:" in line and "speaker" not in line] == []


def test_a_number_stands_before_its_line_and_a_turn_begins_with_it():
    text = transcript()
    told = shape(read_plain_text(text))
    assert "main   speaker: 7 Q." in told
    assert any(line.endswith("when the wind/9 comes from the north and nobody can cross.") for line in told)


def test_tei_has_the_numbers_of_lines_beside_the_words():
    done = normalise(Capture.of_bytes(transcript().encode(), media_type="text/plain"))
    assert b'<fw type="lineNum">7</fw> Q.' in done.tei.content
    assert not check_tei(done.tei.content, "data/tei/page.xml", SCHEMAS).findings


LINES = [
    "I count the boats that come, the boats that go,",
    "And write them in the book with my own hand,",
    "The tide comes in, the tide runs out, and slow",
    "The lamp goes round above the sea and land.",
    "No man has ever asked me what I know,",
    "And no man ever shall, I understand.",
]
ZEILEN = [
    "Ich zähle jedes Boot, das kommt und geht,",
    "Und schreib es in mein Buch,",
    "Die Lampe dreht sich",
    "Im Wind.",
]


def poem(lines: list[str], step: int, *, is_left: bool, heads: bool, stanzas: int = 5) -> str:
    out, count = ["THE LAY OF THE FERRY", ""], 0
    for stanza in range(stanzas):
        out += [f"{'':20}{['I', 'II', 'III', 'IV', 'V'][stanza]}", ""] if heads else []
        for line in lines:
            count += 1
            shown = str(count) if count % step == 0 else ""
            out.append(f"{shown:<5}{line}" if is_left else f"    {line:<52}{shown}".rstrip())
        out.append("")
    return "\n".join(out)


@pytest.mark.parametrize("is_left", [True, False])
@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize(("lines", "step"), [(LINES, 5), (LINES, 3), (ZEILEN, 5), (LINES, 10)])
def test_verse_whose_lines_are_counted_is_verse_and_each_number_its_lines(
    lines: list[str], step: int, is_left: bool, heads: bool
):
    text = poem(lines, step, is_left=is_left, heads=heads)
    last = 5 * len(lines)
    assert numbers(text) == [str(number) for number in range(step, last + 1, step)]
    assert_whole(text)
    assert words(text).count(" ".join(lines)) == 5
    assert kinds(text).count("main stanza") == 5
    assert kinds(text).count("main heading2") == (5 if heads else 0)
    done = normalise(Capture.of_bytes(text.encode(), media_type="text/plain"))
    fifth = lines[(step - 1) % len(lines)]
    with_number = f'<fw type="lineNum">{step}</fw> {fifth}' if is_left else f'{fifth} <fw type="lineNum">{step}</fw>'
    assert f'<l n="{step}">{with_number}</l>'.encode() in done.tei.content
    assert not check_tei(done.tei.content, "data/tei/page.xml", SCHEMAS).findings


NONE = {
    "a ranking": "\n".join(f"{n:>2}   Boat of the year {n + 1900}" for n in range(1, 31)),
    "a list": "\n".join(f"{n} boats that came in" for n in range(1, 9)),
    "years": "\n\n".join(f"{year}  {FERRY}" for year in range(1850, 1900, 5)),
    "prices": "\n".join(f"Boat number {n}      {n * 5}" for n in range(1, 9)),
    "chapters": "\n".join(f"{n}  {title}  {n * 5}" for n, title in enumerate(["The mole", "The sea", "The dog"], 1)),
    "paragraphs": "\n\n".join(f"{n}  {wrapped(FERRY if n % 2 else TICKETS)}" for n in range(1, 30)),
    "verses of a chapter": "\n".join(f"{n} And the ferry went out, and came back again." for n in range(1, 30)),
    "a table": "\n".join(f"{n:>3}    {n * 7 % 11}    {n * 3 % 17}" for n in range(1, 40)),
}


@pytest.mark.parametrize("text", NONE.values(), ids=NONE)
def test_what_only_begins_or_ends_with_a_number_keeps_it(text: str):
    assert numbers(text) == []
    assert_whole(text)
    assert not any(isinstance(block, Block) and block.kind == "verse" for block in read_plain_text(text).divisions)
