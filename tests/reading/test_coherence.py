"""The main text stays in one piece: what belongs together by its markup is of one zone, and nothing else is drawn in.

In a specimen, a leaf that begins with ``+`` is one that the classifier took for main text; all others it did not.
"""

import pytest
import turbohtml
from hypothesis import given, settings
from hypothesis import strategies as st
from turbohtml import Element

from solander.model.capture import Capture
from solander.model.page import ZONES, leaves, plain
from solander.reading import read_page
from solander.reading.divisions import divide, wholes
from solander.reading.naming.zones import ancestry, boilerplate
from solander.reading.survey import Survey
from solander.reading.walk.html_walk import Walk
from solander.reading.walk.links import Resolver
from solander.reading.walk.signals import SignalGatherer
from solander.reading.zoning.coherence import cohere
from solander.reading.zoning.pieces import Pieces

LONG = "+The old iron bridge opened to traffic at dawn on Saturday, nine months after a barge struck its second pier. "
TEXT = f"<p>{LONG}</p>"


class Specimen:
    """A page whose leaves were judged one by one."""

    def __init__(self, body: str, title: str = "", main: str = "+") -> None:
        walk = Walk(SignalGatherer(), Resolver(None, None), set(), None)
        html = turbohtml.parse(f"<!doctype html><body>{body}", positions=False).root
        assert html is not None
        walk.over(next(node for node in html.children if type(node) is Element and node.tag == "body"), "/html/body")
        self.drafts = walk.draft.top.children
        self.survey: Survey = walk.draft.survey
        self.survey.title = title
        self.wholes = wholes(self.drafts)
        self.around = ancestry(self.survey)
        judged = [text.startswith(main) for text in self.survey.texts]
        self.words = [" ".join(text.split()) for text in self.survey.texts]
        self.survey.texts[:] = [text.removeprefix(main) or text for text in self.survey.texts]
        self.judged = boilerplate(self.survey, self.around.kinds, judged)
        self.zones = self.again(self.judged)

    def again(self, zones: list[str]) -> list[str]:
        return cohere(zones, self.survey, self.around, self.wholes)

    def zone(self, text: str) -> str:
        """The zone of the leaf that holds a text."""
        return next(zone for zone, leaf in zip(self.zones, self.survey.texts, strict=True) if text in leaf)


def article(inside: str, after: str = "") -> Specimen:
    return Specimen(
        f"<nav><a href=/>Home</a> <a href=/n>News</a></nav><main><article><h1>+Bridge reopens</h1>{TEXT * 3}{inside}"
        f"</article></main>{after}<footer><p>© 2023 Span</p></footer>",
        title="Bridge reopens - The Span",
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<ul><li>iron</li><li>stone</li></ul>", "iron", id="a short list at the end"),
        pytest.param(f"<ul><li>iron</li><li>stone</li></ul>{TEXT}", "stone", id="a short list between paragraphs"),
        pytest.param("<dl><dt>Span</dt><dd>Ninety feet.</dd></dl>", "Ninety", id="definitions"),
        pytest.param(
            "<table><tr><th>Iron</th><td>12</td></tr><tr><th>Oak</th><td>3</td></tr></table>", "12", id="table"
        ),
        pytest.param(f"<figure><figcaption>The first cars.</figcaption></figure>{TEXT}", "first cars", id="a caption"),
        pytest.param(f"<div class=caption>The first cars.</div>{TEXT}", "first cars", id="a caption by its class"),
        pytest.param(f"<blockquote>A promise.</blockquote>{TEXT}", "promise", id="a quotation"),
        pytest.param(f"<p>Why?</p>{TEXT}", "Why?", id="a short paragraph in the middle"),
        pytest.param(f"<div>A line.</div>{TEXT}", "A line.", id="a line of its own in the middle"),
        pytest.param(f"<h2>What it cost</h2>{TEXT}", "cost", id="a heading over its paragraph"),
        pytest.param(f"<h2><a href=/x>What it cost</a></h2>{TEXT}", "cost", id="a linked heading over its paragraph"),
        pytest.param("<h2>+Sources</h2><ul><li><a href=/1>File 12</a></li></ul>", "File 12", id="linked sources"),
        pytest.param("<h2>Literatur</h2><ul><li><a href=/1>Akte 12</a></li></ul>", "Literatur", id="their heading"),
        pytest.param(
            "<section role=doc-endnotes><h2>Notes</h2><ol><li>A barge.</li></ol></section>", "A barge", id="notes"
        ),
        pytest.param("<div class=footnotes><p>1. A barge. <a href=#r1>back</a></p></div>", "A barge", id="footnotes"),
    ],
)
def test_what_belongs_to_an_article_stays_in_it(body, text):
    assert article(body).zone(text) == "main"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<ul><li><a href=/a>Another story</a></li></ul>", "Another", id="a list of links at the end"),
        pytest.param(
            "<h2>+Read more</h2><ul><li><a href=/a>Another story</a></li></ul>", "Read more", id="its heading"
        ),
        pytest.param(f"<ul><li><a href=/a>Another story</a></li></ul>{TEXT}", "Another", id="links in the middle"),
        pytest.param(f"<div class=ad>Advertisement</div>{TEXT}", "Advertisement", id="an advertisement"),
        pytest.param(f"{'<p>Advertisement</p>' + TEXT}" * 3, "Advertisement", id="what is said again and again"),
        pytest.param(f"<div class=share>Tell your friends</div>{TEXT}", "friends", id="share buttons"),
        pytest.param(f"<div class=newsletter><p>All the news at six.</p></div>{TEXT}", "at six", id="a newsletter"),
        pytest.param(f"<form><p>Your e-mail</p></form>{TEXT}", "e-mail", id="a form"),
        pytest.param(f"<aside><p>More of this.</p></aside>{TEXT}", "More of this", id="an aside"),
        pytest.param(f"<nav><p>In this article</p></nav>{TEXT}", "In this", id="a navigation"),
        pytest.param(f"<p hidden>Not shown.</p>{TEXT}", "Not shown", id="what is hidden"),
        pytest.param("<div class=related-stories><ul><li>Fares rise</li></ul></div>", "Fares", id="related stories"),
        pytest.param("<section class=comments><p>Lovely!</p></section>", "Lovely", id="comments"),
        pytest.param("<ol class=comments><li>Lovely!</li></ol>", "Lovely", id="a list of comments"),
        pytest.param("<div class=tags>Bridges, ferries</div>", "ferries", id="tags"),
        pytest.param("<p>Filed on Monday.</p>", "Filed", id="a line at the end that is no list"),
        pytest.param("<div class=cookie-consent><p>We use cookies.</p></div>", "cookies", id="cookies"),
    ],
)
def test_what_does_not_belong_to_an_article_stays_outside(body, text):
    assert article(body).zone(text) != "main"


def test_what_follows_an_article_is_not_drawn_in():
    assert article("", after="<ul><li>Fares rise</li></ul>").zone("Fares") != "main"


@pytest.mark.parametrize("tag", ["ul", "ol", "dl", "menu"])
def test_a_list_goes_with_the_greater_part_of_its_words(tag):
    item = "dd" if tag == "dl" else "li"
    kept = Specimen(f"{TEXT}<div><{tag}><{item}>+{'oak ' * 20}</{item}><{item}>elm</{item}></{tag}></div>")
    assert kept.zone("elm") == "main"
    left = Specimen(f"{TEXT}<nav><{tag}><{item}>+oak</{item}><{item}>{'elm ' * 20}</{item}></{tag}></nav>")
    assert left.zone("oak") == left.zone("elm") == "navigation"


def test_a_thread_in_one_list_is_kept_where_it_is_the_text_of_the_page():
    post = f"<li><p>{LONG}</p><p>{'joined in May, ' * 9}</p></li>"
    thread = Specimen(f"<h1>Bridge reopens</h1><ol>{post * 4}</ol><footer><p>© 2023 Span</p></footer>")
    assert {zone for zone, text in zip(thread.zones, thread.survey.texts, strict=True) if "pier" in text} == {"main"}
    aside = Specimen(f"{TEXT * 20}<aside><ol>{post * 4}</ol></aside>")
    assert aside.zone("joined") == "sidebar"


def test_a_form_is_of_one_zone():
    specimen = Specimen(f"{TEXT}<form><div>+{'Name ' * 9}</div><div>County</div><p>I agree</p></form>{TEXT}")
    assert {specimen.zone("Name"), specimen.zone("County"), specimen.zone("agree")} == {"main"}


def test_a_form_around_the_page_holds_the_page_together_with_nothing():
    specimen = Specimen(f"<form><nav><p>Home</p></nav>{TEXT * 4}<footer><p>Imprint</p></footer></form>")
    assert (specimen.zone("Home"), specimen.zone("Imprint")) == ("navigation", "footer")


@pytest.mark.parametrize(
    "opening",
    [
        "<div class=byline>By Olu Adeyemi</div>",
        "<div class=byline>By <a href=/olu>Olu Adeyemi</a></div>",
        "<div class=entry-meta>Posted on Monday by <a href=/olu>Olu Adeyemi</a></div>",
        "<p>By Olu Adeyemi</p>",
        "<p class=standfirst>Drivers cheered, said Olu Adeyemi.</p>",
        "<header><div class=dateline>Olu Adeyemi, Monday</div></header>",
    ],
)
def test_a_byline_stands_between_headline_and_text(opening):
    specimen = Specimen(f"<article><h1>Bridge reopens</h1>{opening}{TEXT * 2}</article>")
    assert (specimen.zone("Bridge reopens"), specimen.zone("Olu")) == ("main", "main")


@pytest.mark.parametrize(
    "between",
    [
        "<ul><li>Print</li></ul>",
        "<div class=share>Print</div>",
        "<div class=author-share>Print</div>",
        "<nav>Print</nav>",
        "<p><a href=/print>Print</a></p>",
    ],
)
def test_buttons_between_headline_and_text_stay_outside(between):
    specimen = Specimen(f"<article><h1>+Bridge reopens</h1>{between}{TEXT * 2}</article>")
    assert specimen.zone("Print") != "main"


def test_a_heading_of_the_second_level_that_is_the_title_is_the_headline():
    specimen = Specimen(f"<div><h2>Bridge reopens</h2><div>{TEXT}</div></div>", title="Bridge reopens | The Span")
    assert specimen.zone("Bridge reopens") == "main"


def test_no_break_spaces_make_no_other_title_of_it():
    site = "<h1><a href=/>The Span</a></h1>"
    heading = "<h2>The bridge reopens at&nbsp;last</h2><div class=meta>Posted in <a href=/c>Roads</a></div>"
    specimen = Specimen(f"{site}<div>{heading}<div>{TEXT}</div></div>", title="The bridge reopens at last | The Span")
    assert specimen.zone("The bridge") == "main"


def test_teasers_keep_their_headings():
    teasers = "".join(
        f"<div class=teaser><h2><a href=/{name}>{name}</a></h2><p>+What {name} did on Sunday, in a few words.</p></div>"
        for name in ("Anna", "Bert", "Cleo")
    )
    specimen = Specimen(teasers)
    assert set(specimen.zones) == {"main"}


def test_a_heading_outside_is_named_by_what_it_heads():
    specimen = article(
        "", after="<div><h3>Hot</h3><div class=related><ul><li><a href=/1>Fares</a></li></ul></div></div>"
    )
    assert specimen.zone("Hot") == specimen.zone("Fares") == "related"


def test_the_heading_of_a_navigation_does_not_head_the_text_behind_it():
    specimen = Specimen(f"<div><nav><h2>Contents</h2></nav>{TEXT * 2}</div>")
    assert specimen.zone("Contents") == "navigation"


def test_a_page_whose_only_main_text_is_an_item_keeps_main_text():
    specimen = Specimen(f"<ul><li>+iron</li><li>{'stone ' * 20}</li></ul>")
    assert set(specimen.zones) == {"main"}


def test_no_leaves_have_no_zones():
    survey = Survey()
    assert cohere([], survey, ancestry(survey)) == []


def test_a_page_read_shows_its_lists_whole():
    body = f"<article><h1>Bridge</h1><p>{LONG}</p><ul><li>iron</li><li>stone</li><li>paint</li></ul></article>"
    page = read_page(Capture.of_bytes(f"<!doctype html><title>Bridge</title>{body}".encode()))
    assert page.text("main").endswith("iron\nstone\npaint")


INLINE = st.text("+ab .©", min_size=1, max_size=30).map(lambda text: f"{text}x")
CLASSES = st.sampled_from(("", "", "", "byline", "share", "related", "comments", "footnotes", "caption", "teaser"))
TAG_NAMES = (
    "div div p p h1 h2 h3 ul ol li dl dt dd table tr td figure figcaption blockquote article main nav aside form a "
    "section header footer select option"
)
TAGS = st.sampled_from(TAG_NAMES.split())
BODIES = st.recursive(
    INLINE,
    lambda inner: st.builds(
        lambda tag, name, parts: f'<{tag} class="{name}">{"".join(parts)}</{tag}>',
        TAGS,
        CLASSES,
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=30,
)


@settings(deadline=None, max_examples=300)
@given(body=BODIES, title=INLINE)
def test_every_leaf_keeps_its_place_and_has_one_zone_and_no_whole_is_parted(body, title):
    specimen = Specimen(body, title)
    zones = specimen.zones
    assert len(zones) == len(specimen.judged)
    assert set(zones) <= set(ZONES)
    assert ("main" in zones) == ("main" in specimen.judged)
    for first, last in specimen.wholes:
        assert len(set(zones[first:last])) <= 1
    divisions = divide(specimen.drafts, zones, specimen.survey)
    told = [(division.zone, plain(leaf)) for division in divisions for leaf in leaves(division.blocks) if plain(leaf)]
    assert [zone for zone, _ in told] == zones
    assert [words for _, words in told] == specimen.words
    lists = [block for division in divisions for block in division.blocks if block.kind in ("list", "glossary")]
    assert len({block.source for block in lists}) == len(lists)


@settings(deadline=None, max_examples=300)
@given(body=BODIES, title=INLINE)
def test_what_is_coherent_is_left_as_it_is(body, title):
    specimen = Specimen(body, title)
    assert specimen.again(specimen.zones) == specimen.zones


def test_a_choice_in_a_byline_is_no_part_of_the_opening():
    specimen = Specimen('<div><h1>ax</h1><div class="byline">ax<select>ax</select></div>+x</div>', "ax")
    assert specimen.zones[2] != "main"
    assert specimen.again(specimen.zones) == specimen.zones


@pytest.mark.parametrize("before", ["", "<h2>Notes</h2>"])
def test_options_kept_for_want_of_text_draw_no_notes_in(before):
    specimen = Specimen(f'{before}<select>+iron</select><div class="footnotes">a note</div>')
    assert specimen.again(specimen.zones) == specimen.zones
    assert specimen.zone("a note") != "main"


@settings(deadline=None, max_examples=200)
@given(body=BODIES)
def test_pieces_lie_side_by_side_and_hold_each_leaf_once(body):
    specimen = Specimen(body)
    pieces = Pieces(specimen.survey, specimen.around, specimen.wholes)
    held = [leaf for first, last in pieces.ranges() for leaf in range(first, last)]
    assert held == list(range(len(specimen.survey.texts)))


def test_a_run_that_came_to_nothing_at_the_end_of_a_page_is_no_matter():
    specimen = Specimen(f"{TEXT * 3}<span class=footnotes>A note.<div></div><img src=a><br></span>")
    assert max(specimen.survey.last) > len(specimen.survey.texts)
    assert specimen.zones == ["main"] * 4


def test_ranges_that_overlap_or_lie_in_one_another_are_no_matter():
    survey = article("<ul><li>iron</li><li>stone</li></ul>").survey
    pieces = Pieces(survey, ancestry(survey), [(0, 3), (1, 2), (2, 5), (4, 4)])
    assert next(iter(pieces.ranges())) == (0, 3)
    assert [last for _, last in pieces.ranges()][:-1] == [first for first, _ in pieces.ranges()][1:]


def test_a_page_of_many_nested_elements_is_no_matter():
    body = "<div class=x>" * 300 + TEXT + "<p>Why?</p>" + TEXT + "</div>" * 300
    assert Specimen(body).zone("Why?") == "main"


@pytest.mark.parametrize("called", ["related", "comments"])
def test_a_day_behind_a_headline_without_any_text_is_no_dateline(called):
    page = read_page(
        Capture.of_bytes(f"<h1>The ferries of the sound</h1><div class={called}>May 4, 2020</div>".encode())
    )
    assert [division.zone for division in page.divisions] == ["main", called]
    assert plain(next(leaves(page.divisions[0].blocks))) == "The ferries of the sound"
