"""What a page says of itself is gathered as it is written, its words apart where a reader sees them apart."""

from __future__ import annotations

import pytest
import turbohtml
from hypothesis import given
from hypothesis import strategies as st

from solander import Capture, describe, read_page
from solander.model.page import Signal
from solander.reading.walk.signals import SIGNALS, VALUE_CHARACTERS, SignalGatherer, words_of


def signals(markup: str, origin: str) -> list[Signal]:
    page = read_page(Capture.of_bytes(f"<!DOCTYPE html><title>Ferry</title>{markup}".encode()))
    return [signal for signal in page.signals if signal.origin == origin]


def values(markup: str, origin: str) -> list[str]:
    return [signal.value for signal in signals(markup, origin)]


@pytest.mark.parametrize(
    ("heading", "words"),
    [
        ("The Ferry<br>of Lantern Bay", "The Ferry of Lantern Bay"),
        ("<span>The Ferry</span><br/><small>of Lantern Bay</small>", "The Ferry of Lantern Bay"),
        ("<div>The Ferry</div><div>of Lantern Bay</div>", "The Ferry of Lantern Bay"),
        ("The <em>Fer</em>ry", "The Ferry"),
        ("The Fer<wbr>ry", "The Ferry"),
        ("The Ferry<script>var a</script>", "The Ferry"),
        ("<a href=/>The\n  Ferry</a>", "The Ferry"),
        ("Ferry<label>Bay</label>", "Ferry Bay"),
        ("Ferry<button>Share</button>", "Ferry"),
        ("<!-- no -->The Ferry", "The Ferry"),
        ("The Ferry<a href=#ferry>¶</a>", "The Ferry"),
        ("The Ferry<a href=#ferry>\uf0c1</a>", "The Ferry"),
        ("The Ferry <a href=#ferry>\u200b</a>", "The Ferry"),
        ("The Ferry <a href=/bay>#</a>", "The Ferry #"),
        ("The Ferry <a href=#bay>B</a>", "The Ferry B"),
    ],
)
def test_a_headings_words_are_apart_where_a_reader_sees_them_apart(heading: str, words: str):
    assert values(f"<h1>{heading}</h1>", "heading") == [words]


def test_bylines_and_authors_are_not_glued():
    assert values("<span class=byline>By Ann Lee<br>4 May 2022</span>", "class") == ["By Ann Lee 4 May 2022"]
    assert values("<a rel=author href=/a>Ann Lee<br>Mate</a>", "rel") == ["Ann Lee Mate"]
    assert values("<p itemprop=author><span>Ann</span><br>Lee</p>", "microdata") == ["Ann Lee"]


def test_an_element_with_much_text_is_no_byline():
    assert values(f"<span class=byline>{'word ' * 200}</span>", "class") == []


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ("<p>Updated <time datetime=2022-05-04>4 May</time></p>", "Updated"),
        ("<p>Last edited: <b><time datetime=2022-05-04>4 May</time></b></p>", "Last edited:"),
        ("<p>Published 3 May 2020, updated <time datetime=2022-05-04>4 May</time></p>", ", updated"),
        ("<p><time datetime=2022-05-04>4 May</time> Updated later</p>", ""),
        ("<p>Updated</p><p><time datetime=2022-05-04>4 May</time></p>", ""),
        ("<p><time class='entry-date updated' datetime=2022-05-04>4 May</time></p>", "updated"),
        ("<p><time class='published updated' datetime=2022-05-04>4 May</time></p>", ""),
        ("<p>更新于<time datetime=2022-05-04>4 May</time></p>", "更新于"),
    ],
)
def test_a_time_bears_the_words_that_lead_up_to_it(markup: str, label: str):
    assert [(one.name, one.value) for one in signals(markup, "time")] == [(label, "2022-05-04")]


def test_a_time_that_its_line_calls_a_change_is_no_day_of_publication():
    def dates(markup: str) -> list[tuple[str | None, str]]:
        capture = Capture.of_bytes(f"<!DOCTYPE html><title>Ferry</title><h1>Ferry</h1>{markup}".encode())
        found = describe(read_page(capture), capture).statements
        return [(one.refinement, one.value) for one in found if one.element == "date"]

    text = "<p>The ferry leaves the harbour at seven in the morning and comes back at nine in the evening.</p>"
    markup = (
        f"<p>Posted <time datetime=2020-03-02>2 March</time>, updated <time datetime=2022-05-04>4 May</time></p>{text}"
    )
    assert set(dates(markup)) == {("issued", "2020-03-02"), ("modified", "2022-05-04")}


def test_a_page_that_says_far_too_much_is_heard_so_far():
    markup = "".join(f"<h1>Ferry {number}</h1>" for number in range(SIGNALS + 50))
    assert len(values(markup, "heading")) == SIGNALS
    (title,) = values(f"<title>{'x' * 9000}</title>", "title") or [""]
    assert len(title) <= VALUE_CHARACTERS


def test_words_are_taken_without_recursion_and_only_so_far():
    deep = turbohtml.parse("<h1>" + "<b>" * 3000 + "Ferry")
    assert words_of(deep.find_all("h1")[0], 100) == "Ferry"
    long = turbohtml.parse("<h1>" + "<i>word</i> " * 5000)
    assert len(words_of(long.find_all("h1")[0], 100)) <= 100


@given(words=st.lists(st.sampled_from(["a", "b", " ", "<br>", "<i>", "</i>", "<div>", "</div>", "<wbr>", "&amp;"])))
def test_no_word_of_an_element_is_lost(words: list[str]):
    node = turbohtml.parse(f"<section>{''.join(words)}</section>").find_all("section")[0]
    assert words_of(node, 10_000).replace(" ", "") == node.text.replace(" ", "")


def test_of_many_scripts_of_one_type_the_type_is_kept_once():
    """A tuple that grew with each script took time to their number squared: 100,000 took nine seconds."""
    gatherer = SignalGatherer()
    tree = turbohtml.parse('<script type="application/ld+json">{"@type": "Article"}</script>' * 100)
    for node in tree.find_all("script"):
        gatherer.element(node, "script", "")
    assert gatherer.json_ld_types == {"Article"}
