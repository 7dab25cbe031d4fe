"""A box in the text is one block, with its title, which interrupts the text; no word is lost, and nothing moves."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.reading.sound import assert_all_tei, assert_sound

from solander.describing import describe
from solander.encoding import encode_tei
from solander.encoding.tei_reading import body_words
from solander.model.capture import Capture
from solander.model.page import Block, Page
from solander.reading import read_page

PROSE = (
    "The kettle of the harbour office boils water for the crews of two ferries, who drink their tea at four.",
    "A copper bottom spreads the heat of the flame, and the rivets have held for ninety years of daily use.",
    "Nobody remembers who bought it; the ledger of that year was lost when the quay was flooded in spring.",
)
SAID = "Never leave it on the flame without water, for the solder of the spout melts at once."
TITLED = (
    "<div class='admonition warning'><p class=admonition-title>Mind</p><p>{}</p></div>",
    "<aside class='admonition note'><p class=admonition-title>Mind</p><p>{}</p></aside>",
    "<div class='markdown-alert markdown-alert-note'><p class=markdown-alert-title>Mind</p><p>{}</p></div>",
    "<div class='theme-admonition alert'><div class=admonitionHeading_x1>Mind</div><div><p>{}</p></div></div>",
    "<div class='tip custom-block'><p class=custom-block-title>Mind</p><p>{}</p></div>",
    "<div class='alert alert-info' role=alert><h4 class=alert-heading>Mind</h4><p>{}</p></div>",
    "<div class=confluence-information-macro><p class=title>Mind</p><div><p>{}</p></div></div>",
    "<div class='admonitionblock tip'><table><tr><td class=icon><div class=title>Mind</div></td>"
    "<td>{}</td></table></div>",
    "<div class=exampleblock><div class=title>Mind</div><div class=content><p>{}</p></div></div>",
)
BARE = (
    "<div class=note>{}</div>",
    "<div role=note><p>{}</p></div>",
    "<div class=note><ul><li>{}</ul><p>Mind it.</p></div>",
    "<div class=note><p>{}</p><div class=tip>Mind it.</div></div>",
    "<div class=note><img src=a.png alt=kettle><p>{}</p></div>",
    "<aside><h2>Mind</h2><p><b>{}</b></p></aside>",
    "<aside><h2>Mind</h2><p><i>{}</i></p></aside>",
)
WITHIN = (
    "<ul><li>One<li>{}</ul>",
    "<ul><li><p>Two</p>{}<p>Three</p></ul>",
    "<table><tr><th>Fill</th><td>{}</td></tr></table>",
    "<details><summary>More</summary>{}</details>",
    "<blockquote><p>So be it.</p>{}</blockquote>",
)


def read(part: str) -> tuple[Page, bytes, Capture]:
    html = (
        f"<!doctype html><title>Kettles</title><main><h1>Kettles</h1><h2>Boiling</h2><p>{PROSE[0]}</p>"
        f"{part}<p>{PROSE[1]}</p><p>{PROSE[2]}</p></main>"
    )
    capture = Capture.of_bytes(html.encode())
    page = read_page(capture)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return page, encode_tei(page, describe(page, capture), capture, at=at).content, capture


def boxes(page: Page) -> list[Block]:
    found: list[Block] = []
    stack = [block for division in page.divisions for block in division.blocks]
    while stack:
        block = stack.pop()
        if block.kind == "box":
            found.append(block)
        stack += [part for part in block.content if isinstance(part, Block)]
    return found


@pytest.mark.parametrize("box", TITLED)
def test_a_box_is_one_block_whose_title_is_its_head(box: str) -> None:
    page, tei, capture = read(box.format(SAID))
    (made,) = boxes(page)
    assert made.content[0].kind == "caption"  # type: ignore[union-attr]
    text = tei.decode()
    begin, end = text.index('<floatingText type="box"'), text.index("</floatingText>")
    assert begin < text.index(">Mind</head>") < text.index(SAID) < end < text.index(PROSE[1])
    assert body_words(tei) == page.text()
    assert_sound(capture, tei)


@pytest.mark.parametrize("box", BARE)
def test_a_box_needs_no_title(box: str) -> None:
    page, tei, capture = read(box.format(SAID))
    assert boxes(page)
    assert_sound(capture, tei)


@pytest.mark.parametrize("within", WITHIN)
@pytest.mark.parametrize("box", [TITLED[0], BARE[0]])
def test_a_box_stands_in_an_item_a_cell_or_a_quotation(within: str, box: str) -> None:
    page, tei, capture = read(within.format(box.format(SAID)))
    assert len(boxes(page)) == 1
    assert tei.count(b"<floatingText") == 1
    assert_sound(capture, tei)


def test_what_follows_a_box_is_not_of_it() -> None:
    text = read(TITLED[0].format(SAID))[1].decode()
    assert text.index("</floatingText>") < text.index(PROSE[1])
    assert "continued" not in text


def test_a_box_is_valid_tei(jing: str, shared: Path, tmp_path: Path) -> None:
    for number, box in enumerate([*TITLED, *BARE, *(one.format(TITLED[0]) for one in WITHIN)]):
        (tmp_path / f"{number}.xml").write_bytes(read(box.format(SAID))[1])
    assert_all_tei(jing, shared, tmp_path)


def test_boxes_in_one_another_end_somewhere() -> None:
    page, tei, capture = read("<div class=note>Mind." * 6 + SAID + "</div>" * 6)
    assert 1 < len(boxes(page)) < 5
    assert_sound(capture, tei)


@pytest.mark.parametrize(
    "part",
    [
        f"<p class=note>{SAID}</p>",
        f"<section class=note><h3>Mind</h3><p>{SAID}</p></section>",
        f"<div class=note><h2>Mind</h2><p>{SAID}</p></div>",
        f"<div class=notes><p>{SAID}</p></div>",
        f"<div class=note><blockquote>{SAID}</blockquote></div>",
        f"<details class=note><summary>Mind</summary><p>{SAID}</p></details>",
        "<div class=note><img src=a.png alt=kettle></div>",
        f"<div class=note>{''.join(f'<p>{SAID} {one}</p>' for one in PROSE * 2)}</div>",
    ],
)
def test_nothing_else_is_a_box(part: str) -> None:
    page, tei, capture = read(part)
    assert not boxes(page)
    assert b"floatingText" not in tei
    assert_sound(capture, tei)


def test_the_title_of_an_image_of_asciidoctor_is_its_caption() -> None:
    page, tei, capture = read(
        "<div class=imageblock><div class=content><img src=k.png alt=kettle></div>"
        "<div class=title>Figure 1. It</div></div>"
    )
    assert ">Figure 1. It</head></figure>" in tei.decode().replace("\n", "")
    assert "Figure 1. It" in page.text()
    assert_sound(capture, tei)


@pytest.mark.parametrize("level", ["2", "3"])
def test_the_title_of_a_box_that_holds_nothing_else_stands_as_a_line(level: str) -> None:
    page, _, capture = read("")
    (main,) = (one for one in page.divisions if one.zone == "main")
    title = Block("heading", "xpath(/html/body/main[1]/h2[1])", ("Boiling",), {"level": level})
    at = next(at for at, block in enumerate(main.blocks) if block.content == title.content)
    box = Block("box", title.source, (title,), None)
    boxed = main._replace(blocks=(*main.blocks[:at], box, *main.blocks[at + 1 :]))
    page = replace(page, divisions=tuple(boxed if one is main else one for one in page.divisions))
    tei = encode_tei(page, describe(page, capture), capture, at=datetime(2026, 1, 1, tzinfo=UTC)).content
    assert '<ab type="caption"' in tei.decode()
    assert_sound(capture, tei)
