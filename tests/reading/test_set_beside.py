"""A formula that a page shows twice is read once, and a section's "[edit]" is no word of its heading; both stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest
from tests.reading.sound import assert_sound

from solander.describing import describe
from solander.encoding import encode_tei
from solander.encoding.tei_reading import body_words
from solander.model.capture import Capture
from solander.model.page import Page
from solander.reading import read_page

LEAD = (
    "<p>The ferry crosses the sound four times a day in summer, and twice in winter, unless the ice holds it; the "
    "timetable has hung in the same frame since the line was opened.</p>"
)
MATHML = "<math><mi>v</mi><mo>=</mo><mi>s</mi></math>"
WITH_TEX = (
    "<math><semantics><mrow><mi>v</mi><mo>=</mo><mi>s</mi></mrow>"
    "<annotation encoding='application/x-tex'>v=s</annotation></semantics></math>"
)
KATEX = (
    f"<span class=katex><span class=katex-mathml>{WITH_TEX}</span>"
    "<span class=katex-html aria-hidden=true><span class=base>v</span><span>=</span><span>s</span></span></span>"
)
MATHJAX_2 = (
    "<span class=MathJax_Preview style='display: none'>v=s</span><span class=MathJax><nobr aria-hidden=true><span "
    f"class=math>v=s</span></nobr><span class=MJX_Assistive_MathML role=presentation>{MATHML}</span></span>"
    "<script type='math/tex'>v=s</script>"
)
MATHJAX_3 = (
    "<mjx-container><mjx-math aria-hidden=true><mjx-utext>v=s</mjx-utext></mjx-math>"
    f"<mjx-assistive-mml>{MATHML}</mjx-assistive-mml></mjx-container>"
)
EDIT = "<span class=mw-editsection><span>[</span><a href=/edit>edit</a><span>]</span></span>"


Keep = Callable[[bytes], object]


@pytest.fixture(scope="module")
def keep(whole_tei: Path) -> Keep:
    """Keeps the TEI of a page, to be held against the schema of the whole TEI."""
    numbers = count()
    return lambda tei: (whole_tei / f"{__name__}-{next(numbers)}.xml").write_bytes(tei)


def read(body: str) -> tuple[Page, bytes, Capture]:
    capture = Capture.of_bytes(f"<!doctype html><title>Speeds</title>{LEAD}{body}{LEAD}".encode())
    page = read_page(capture)
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return page, encode_tei(page, describe(page, capture), capture, at=at).content, capture


@pytest.mark.parametrize("formula", [WITH_TEX, KATEX, MATHJAX_2, MATHJAX_3])
def test_a_formula_that_stands_twice_is_read_once(formula: str) -> None:
    page, tei, _ = read(f"<p>The speed {formula} in knots.</p>")
    assert "The speed v=s in knots." in page.text().split("\n")
    assert "The speed v=s in knots." in body_words(tei).split("\n")


@pytest.mark.parametrize("body", [WITH_TEX, KATEX, MATHJAX_2, MATHJAX_3, f"<h2>Speed{EDIT}</h2>{LEAD}"])
def test_what_stands_beside_the_words_is_kept_and_valid(body: str, keep: Keep) -> None:
    _, tei, capture = read(f"{'' if body.startswith('<h2') else '<p>'}{body}")
    assert b'<seg rend="twin">' in tei or b'<seg rend="control">' in tei
    assert_sound(capture, tei)
    keep(tei)


def test_words_hidden_from_listeners_beside_no_formula_are_read() -> None:
    page, tei, _ = read("<p><span aria-hidden=true>Mind the gap.</span> <span>Mind the step.</span></p>")
    assert "Mind the gap. Mind the step." in page.text().split("\n")
    assert b"twin" not in tei


def test_boxes_without_a_formula_beside_them_are_the_formula() -> None:
    page, _, _ = read("<p>It is <span class=katex><span class=katex-html aria-hidden=true>v=s</span></span>.</p>")
    assert "It is v=s." in page.text().split("\n")


def test_a_preview_that_no_script_replaced_is_the_formula() -> None:
    page, _, _ = read("<p>It is <span class=MathJax_Preview>v=s</span><script type='math/tex'>v=s</script>.</p>")
    assert "It is v=s." in page.text().split("\n")


@pytest.mark.parametrize("heading", [f"<h2>Speed{EDIT}</h2>", f"<div class=mw-heading><h2>Speed</h2>{EDIT}</div>"])
def test_the_link_that_edits_a_section_is_no_word_of_its_heading(heading: str) -> None:
    page, tei, _ = read(f"{heading}{LEAD}")
    assert "Speed" in page.text().split("\n")
    assert "edit" not in page.text().split()
    assert "[edit]" not in page.text()
    assert "[edit]" in page.text("all")
    assert b'<seg rend="control">[' in tei


def test_of_a_page_every_word_is_told_where_all_is_asked() -> None:
    page, _, _ = read(f"<p>{KATEX}</p>")
    assert page.text("all").split("\n")[1] == "v=s v=s v=s"


def test_a_title_is_told_without_the_control_in_its_heading() -> None:
    capture = Capture.of_bytes(f"<!doctype html><h1>Of ferries{EDIT}</h1>{LEAD * 3}".encode())
    assert describe(read_page(capture), capture).first("title") == "Of ferries"


NOTED = (
    "<p>The lamp burns oil<span class='a_note'><sup class=mark>1</sup><span class='a_note_outer'><span class="
    "'a_note_content'><sup class=mark>1</sup><span class='tag_note'>1</span>Until 1911.</span></span></span> still.</p>"
)


def test_a_footnote_that_stands_where_its_mark_does_is_a_note(keep: Keep) -> None:
    page, tei, capture = read(NOTED)
    assert b'<note place="margin"><hi rend="sup">1</hi><seg rend="twin">1</seg>Until 1911.</note>' in tei
    assert "The lamp burns oil1 1Until 1911. still." in page.text().split("\n")
    assert_sound(capture, tei)
    keep(tei)


@pytest.mark.parametrize(
    "body",
    [
        "<p>The lamp<span class=note-content>burns oil</span> still.</p>",
        "<p>The lamp<sup>1</sup><span class=x>1</span> burns.</p>",
        "<p>The lamp<sup>1</sup><span class=note>2</span> burns.</p>",
    ],
)
def test_words_of_a_note_without_its_mark_stay_in_their_line(body: str) -> None:
    _, tei, _ = read(body)
    assert b"<note" not in tei
    assert b"twin" not in tei


@pytest.mark.parametrize(
    "name",
    ["sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "Icon__srOnly sr-only", "a-offscreen"],
)
def test_words_for_listeners_alone_are_apart_from_those_shown_beside_them(name):
    page = read_page(
        Capture.of_bytes(
            f"<!doctype html><title>F</title>{LEAD}<p><a href=#a><span class='{name}'>Post</span></a><span>by "
            f"<b>Ada Moss</b></span>, 12<span class='{name}'>replies</span>.</p>{LEAD}".encode(),
            media_type="text/html",
            declared_charset="utf-8",
        )
    )
    assert "Post by Ada Moss, 12 replies." in page.text()


@pytest.mark.parametrize("name", ["so-only", "hidden-treasures", "readers", "offset", "only"])
def test_other_names_part_no_word(name):
    page = read_page(Capture.of_bytes(f"<!doctype html><p>un<span class='{name}'>kept</span>{LEAD}".encode()))
    assert "unkept" in page.text()
