"""Short lines that are bold as a whole, two and more between paragraphs, are headings; one by itself is stressed."""

import pytest
from tests.reading.test_posts import read, words

from solander.model.page import Block, leaves, plain

SENTENCE = "On the {} day the ferry carried cows and pianos and, at noon, the choir of the north parish, who sang. "


def prose(day: object) -> str:
    return f"<p>{SENTENCE.format(day)}{SENTENCE.format(f'same {day}')}</p>"


def page(*lines: str, rank: int = 1) -> str:
    parts = "".join(f"{line}{prose(number)}" for number, line in enumerate(lines))
    return f"<main><h{rank}>A diary of the ferry</h{rank}>{prose('first')}{parts}</main>"


def headings(body: str) -> list[tuple[str, str]]:
    return [(level(leaf), plain(leaf)) for one in read(body).divisions for leaf in leaves(one.blocks) if is_head(leaf)]


def is_head(leaf: Block) -> bool:
    return leaf.kind == "heading"


def level(leaf: Block) -> str:
    return (leaf.attributes or {})["level"]


BOLD = [
    "<p><strong>The crew</strong></p>",
    "<p><b>The cargo</b> </p>",
    '<p><span style="color:#000"><strong><em>Die Fracht im Winter</em></strong></span></p>',
    "<p><u><b>Step 2: the keel</b></u></p>",
    "<p><strong>乗組員について</strong></p>",
]


@pytest.mark.parametrize("line", BOLD)
def test_bold_lines_between_paragraphs_are_headings_below_the_one_above(line):
    body = page("<p><strong>The first winter</strong></p>", line)
    assert headings(body) == [
        *(("1", "A diary of the ferry"), ("2", "The first winter")),
        ("2", plain(next(leaves(read(line).divisions[0].blocks)))),
    ]
    assert [rank for rank, _ in headings(page(line, line.replace("e", "a"), rank=3))] == ["3", "4", "4"]


def test_a_list_beneath_it_is_headed_as_well():
    held = "<ul><li>one cow</li><li>two pianos</li></ul>"
    body = f"<main><h1>A diary</h1>{prose(1)}<p><b>Cows</b></p>{held}{prose(2)}<p><b>Sheep</b></p>{held}</main>"
    assert [head for _, head in headings(body)] == ["A diary", "Cows", "Sheep"]


@pytest.mark.parametrize(
    "line",
    [
        "<p><strong>The crew of the ferry went home.</strong></p>",
        "<p><strong>What did the crew say?</strong></p>",
        "<p><strong>The crew:</strong></p>",
        "<p><strong>Rating: 4.9</strong></p>",
        "<p><strong>– Ann Lee</strong></p>",
        "<p><strong>12 May 2020</strong></p>",
        "<p><strong>The crew</strong> went</p>",
        '<p><strong><a href="/crew">The crew and its ships</a></strong></p>',
        "<p><strong>and so it went on</strong></p>",
        f"<p><strong>{SENTENCE.format('last').strip('. ')}</strong></p>",
        "<p>The crew</p>",
        "<p><em>The crew</em></p>",
        '<p><img src="a.png"></p><p><strong>The crew on deck</strong></p>',
    ],
)
def test_sentences_labels_links_captions_and_lines_that_are_not_bold_are_none(line):
    assert headings(page(line, line.replace("e", "a"))) == [("1", "A diary of the ferry")]


def test_one_by_itself_is_stressed():
    assert len(headings(page("<p><strong>The crew</strong></p>"))) == 1
    apart = f"<div>{page(BOLD[0])}</div>"
    assert len(headings(apart)) == 1


def test_two_in_a_row_and_what_heads_no_text_are_none():
    assert len(headings(page(*("<p><strong>The crew</strong></p><p><strong>Ann Lee</strong></p>",) * 2))) == 1
    facts = "<p><strong>Price</strong></p><p>12 coins</p><p><strong>Way</strong></p><p>By sea</p>"
    assert len(headings(f"<main><h1>A diary</h1>{prose(1)}{facts}{prose(2)}</main>")) == 1


def test_no_word_moves_and_what_was_bold_stays_bold():
    body = page(*BOLD[:2])
    found = read(body)
    assert words(found)[2] == "The crew"
    bold = [leaf for one in found.divisions for leaf in leaves(one.blocks) if plain(leaf) == "The crew"]
    assert [part.kind for part in bold[0].content if not isinstance(part, str)] == ["strong"]
