"""The head and the foot of an HTML page's text have their kinds where the page says so, and every word stays."""

from __future__ import annotations

import pytest
from lxml import etree

from solander.model.capture import Capture
from solander.model.page import Block, Inline, leaves, plain
from solander.pipeline.pages.normalising import normalise
from solander.reading import read_page

TEI = "{http://www.tei-c.org/ns/1.0}"
FERRY = (
    "The ferry leaves the harbour at seven in the morning and comes back at nine in the evening, wind and weather "
    "permitting, as it has done since the first boat was built here."
)


def capture_of(page: str) -> Capture:
    return Capture.of_bytes(page.encode(), media_type="text/html", declared_charset="utf-8")


def kinds(page: str) -> list[tuple[str, str]]:
    read = read_page(capture_of(page))
    return [(leaf.kind, plain(leaf)) for division in read.divisions for leaf in leaves(division.blocks)]


def body_of(page: str) -> etree._Element:
    found = etree.fromstring(normalise(capture_of(page)).tei.content).find(f".//{TEI}body/{TEI}div")
    assert found is not None
    return found


def test_byline_and_dateline_stand_in_the_opener():
    page = f"<h1>T</h1><p class=byline>By Ann Lee</p><p>(December 8, 2021, Los Angeles)</p><p>{FERRY}</p><p>{FERRY}</p>"
    head, opener, *rest = body_of(page)
    assert [part.tag.removeprefix(TEI) for part in (head, *opener, *rest)] == ["head", "byline", "dateline", "p", "p"]
    assert opener.find(f".//{TEI}date").get("when") == "2021-12-08"
    assert opener.find(f".//{TEI}placeName").text == "Los Angeles"


def test_a_dateline_keeps_its_marks_and_gets_its_own():
    read = read_page(capture_of(f"<h1>T</h1><p><b>Oslo</b>, <i>8 December 2021</i></p><p>{FERRY}</p>"))
    line: Block = read.divisions[0].blocks[1]
    assert (line.kind, plain(line)) == ("dateline", "Oslo, 8 December 2021")
    date = line.content[-1]
    assert isinstance(date, Inline)
    assert date.kind == "italic"
    assert date.content == (Inline("date", ("8 December 2021",), {"when": "2021-12-08"}),)


@pytest.mark.parametrize("line", ["By the time it came, it was late", "By Ann Lee, who wrote the book.", "Ann Lee"])
def test_what_only_looks_like_a_byline_is_a_paragraph(line: str):
    assert ("byline", line) not in kinds(f"<h1>T</h1><p>{line}</p><p>{FERRY}</p><p>{FERRY}</p>")


def test_turns_and_a_closing_are_encoded_and_valid():
    page = (
        f"<h1>T</h1><p>{FERRY}</p><p><b>Moderator:</b> When?</p><p><b>Ann Lee:</b> At seven.</p><p>{FERRY}</p>"
        f"<p><b>Moderator:</b> And back?</p><p><b>Ann Lee:</b> At nine.</p><p>{FERRY}</p>"
        "<p>Yours sincerely,<br>Bo Day</p>"
    )
    body = body_of(page)
    assert [part.tag.removeprefix(TEI) for part in body] == ["head", "p", "sp", "sp", "sp", "sp", "p", "closer"]
    assert [[one.tag.removeprefix(TEI) for one in part] for part in body if part.tag == f"{TEI}sp"][1] == [
        "speaker",
        "p",
        "p",
    ]
    assert [one.tag.removeprefix(TEI) for one in body[-1]] == ["salute", "signed"]


def test_the_pages_title_heads_its_text_whatever_its_element():
    page = f"<title>The ferry runs again - Harbour News</title><div class=t>The ferry runs again</div><p>{FERRY}</p><p>{FERRY}</p>"  # noqa: E501
    assert kinds(page)[0] == ("heading", "The ferry runs again")


def test_an_empty_line_parts_paragraphs_and_links_side_by_side_are_two_words():
    assert kinds("<div>One.<br><br>Two.<br>Three.</div>") == [("paragraph", "One."), ("paragraph", "Two. Three.")]
    assert kinds("<p><a href=/a>Home</a><a href=/b>News</a></p>") == [("paragraph", "Home News")]
    assert kinds("<pre>One.<br><br>Two.</pre>") == [("preformatted", "One. Two.")]


def test_a_headings_id_is_no_word_of_a_template():
    page = f"<h2 id=quick_search>Quick search</h2><p>{FERRY}</p><p>{FERRY}</p>"
    assert read_page(capture_of(page)).text().startswith("Quick search")


def test_the_choices_of_a_field_are_no_main_text():
    page = f"<h1>T</h1><p>{FERRY}</p><select>{'<option>Lantern Bay on the sea</option>' * 9}</select><p>{FERRY}</p>"
    assert "Lantern" not in read_page(capture_of(page)).text()


def test_a_time_that_writes_its_day_has_it():
    page = read_page(capture_of(f"<p>{FERRY} <time>May 3, 2017</time></p>"))
    assert page.divisions[0].blocks[0].content[-1] == Inline("date", ("May 3, 2017",), {"when": "2017-05-03"})


def test_a_word_that_goes_on_behind_a_colon_is_not_cut_in_two():
    turns = "<p>记者：你好。</p><p>马明：你好。</p>" * 3
    assert "speaker" not in {kind for kind, _ in kinds(f"<h1>T</h1>{turns}")}
    turns = "<p><b>记者：</b>你好吗，最近怎么样？</p><p><b>马明：</b>我很好，谢谢你的关心。</p>" * 3
    assert "speaker" in {kind for kind, _ in kinds(f"<h1>T</h1>{turns}")}


def test_a_rubric_that_comes_back_is_no_speaker():
    page = "".join(f"<p><b>Tip:</b> {FERRY}</p><p><b>Leasing {at}:</b> {FERRY}</p>" for at in range(4))
    assert "speaker" not in {kind for kind, _ in kinds(f"<h1>T</h1>{page}")}
