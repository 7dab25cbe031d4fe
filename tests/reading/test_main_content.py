"""The text proper is found among what surrounds it; every leaf has one zone, the same one each time."""

import json
import pkgutil
import subprocess
import sys
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from solander.model.page import ZONES
from solander.reading.survey import Survey
from solander.reading.zoning.main_content import zone_leaves

SENTENCES = (
    "The harbour master kept his ledgers in a dry loft above the chandlery, and every ship that came in was entered "
    "there, with the names of her crew, the day of the week, and what she carried.",
    "When the loft was cleared in 1931, forty of these volumes went to the county record office, where they were "
    "bound again, numbered, and, for the most part, forgotten until a clerk asked what the shelf marks meant.",
    "Her catalogue, which took eleven years, lists nine thousand voyages; it corrects the dates of some of them, and "
    "shows that the winter trade was larger than anyone had supposed.",
)


class Element(NamedTuple):
    """A specimen's element: what it is, and what stands in it."""

    tag: str
    content: tuple["Element | str", ...]
    classes: str = ""
    role: str = ""
    hidden: bool = False


def link(text: str) -> Element:
    return Element("a", (text,))


def paragraphs(*texts: str) -> tuple[Element, ...]:
    return tuple(Element("p", (text,)) for text in texts)


def links(*texts: str) -> Element:
    return Element("ul", tuple(Element("li", (link(text),)) for text in texts))


def survey_of(*content: Element | str, title: str = "") -> Survey:
    """Survey a specimen as the walk would: a line an element, ``a`` aside, and a leaf a string."""
    survey = Survey()
    survey.title = title

    def enter(one: Element | str, element: int, tag: str, linked: bool) -> None:
        if isinstance(one, str):
            survey.texts.append(one)
            survey.tags.append(tag)
            survey.elements.append(element)
            survey.links.append(int(linked))
            survey.link_characters.append(len(one) if linked else 0)
            return
        if one.tag != "a":
            survey.parents.append(element)
            element, tag = len(survey.parents) - 1, one.tag
            survey.element_tags.append(one.tag)
            survey.classes.append(one.classes)
            survey.roles.append(one.role)
            survey.hidden.append(one.hidden)
            survey.first.append(len(survey.texts))
            survey.last.append(len(survey.texts))
        for part in one.content:
            enter(part, element, tag, linked or one.tag == "a")
        if one.tag != "a":
            survey.last[element] = len(survey.texts)

    for one in content:
        enter(one, 0, "body", False)
    survey.last[0] = len(survey.texts)
    return survey


ARTICLE_PAGE = survey_of(
    Element("header", (Element("div", (link("The County Record"),), "logo"),), "masthead"),
    Element("nav", (links("Home", "News", "Collections", "Visit us", "About"),), "main-menu"),
    Element(
        "main",
        (
            Element(
                "article",
                (
                    Element("h1", ("The ledgers of a harbour master",)),
                    Element("div", paragraphs(*SENTENCES), "article-body"),
                ),
            ),
            Element(
                "section",
                (
                    Element("h2", ("Comments",)),
                    Element("div", paragraphs("Lovely piece!"), "comment"),
                    Element("form", (Element("label", ("Your name",)), Element("button", ("Send",)))),
                ),
                "comments",
            ),
        ),
    ),
    Element("aside", (Element("h3", ("Most read",)), links("A bridge reopens", "Market days in June")), "sidebar"),
    Element("footer", (*paragraphs("© 2024 The County Record"), links("Privacy", "Contact", "Terms")), "site-footer"),
    Element("div", (*paragraphs("We use cookies."), Element("button", ("Accept",))), "cookie-consent", role="dialog"),
    title="The ledgers of a harbour master - The County Record",
)


def zones_by_text(survey: Survey) -> dict[str, str]:
    return dict(zip(survey.texts, zone_leaves(survey), strict=True))


def test_an_article_is_found_among_navigation_and_footer():
    zones = zones_by_text(ARTICLE_PAGE)
    assert {zones[sentence] for sentence in SENTENCES} == {"main"}
    surroundings = [text for text in zones if text not in SENTENCES and not text.startswith("The ledgers")]
    assert "main" not in {zones[text] for text in surroundings}


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("The County Record", "banner"),
        ("Collections", "navigation"),
        ("Lovely piece!", "comments"),
        ("Your name", "comments"),
        ("A bridge reopens", "sidebar"),
        ("Terms", "footer"),
        ("© 2024 The County Record", "footer"),
        ("We use cookies.", "dialog"),
        ("Accept", "dialog"),
    ],
)
def test_boilerplate_is_named_by_what_encloses_it(text, zone):
    assert zones_by_text(ARTICLE_PAGE)[text] == zone


def test_the_header_of_an_article_is_no_banner():
    survey = survey_of(
        Element("article", (Element("header", paragraphs("By Ada Clerk")), *paragraphs(*SENTENCES))),
        Element("footer", paragraphs("Printed in the county")),
    )
    assert zones_by_text(survey)["By Ada Clerk"] != "banner"


def test_a_class_that_wraps_the_page_names_no_zone():
    survey = survey_of(
        Element("div", (Element("div", paragraphs("One", *SENTENCES, "Two")),), "page has-sidebar with-comments")
    )
    assert not {"sidebar", "comments"} & set(zone_leaves(survey))


def test_what_noscript_holds_can_be_the_text():
    survey = survey_of(
        Element("nav", (links("Home", "Topics", "Log in"),)), Element("noscript", paragraphs(*SENTENCES))
    )
    assert {zones_by_text(survey)[sentence] for sentence in SENTENCES} == {"main"}


def test_a_page_without_leaves_has_no_zones():
    assert zone_leaves(Survey()) == []


@pytest.mark.parametrize("text", ["word", "©", "—", "\ud800", "\U0001f4dc", "家", "\u0301", "a" * 100_000, " "])
def test_the_only_leaf_of_a_page_is_its_text(text):
    assert zone_leaves(survey_of(text)) == ["main"]


TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=()), min_size=1, max_size=200),
    st.sampled_from((*SENTENCES, "Home", "© 2024", "£ 12.50", "Read more", "第一章 港の帳簿。")),
)
CLASSES = st.one_of(
    st.just(""),
    st.text(max_size=40),
    st.sampled_from(("comments", "post-body", "nav", "cookieBanner", "x" * 5000, "\ud800", "sidebar col-12")),
)
TAGS = st.sampled_from(("div", "p", "li", "ul", "nav", "article", "main", "h1", "h3", "td", "footer", "form", "\udfff"))
ROLES = st.sampled_from(("", "", "main", "navigation", "article-body", "nonsense"))
ELEMENTS = st.recursive(
    TEXTS,
    lambda inner: st.builds(
        Element, TAGS | st.just("a"), st.lists(inner, max_size=5).map(tuple), CLASSES, ROLES, st.booleans()
    ),
    max_leaves=40,
)


@settings(deadline=None, max_examples=60)
@given(content=st.lists(ELEMENTS, max_size=6), title=st.text(max_size=60))
def test_every_leaf_of_any_page_has_one_zone_and_some_leaf_is_main(content, title):
    survey = survey_of(*content, title=title)
    zones = zone_leaves(survey)
    assert len(zones) == len(survey.texts)
    assert set(zones) <= set(ZONES)
    assert not zones or "main" in zones
    assert zone_leaves(survey) == zones


def test_fifty_thousand_leaves_are_no_matter():
    cell = Element("tr", tuple(Element("td", (f"entry {number}",)) for number in range(10)), "row")
    survey = survey_of(Element("div", (*paragraphs(*SENTENCES), Element("table", (cell,) * 5000)), "content"))
    zones = zone_leaves(survey)
    assert len(zones) == 50_003
    assert "main" in zones


def test_elements_may_nest_as_deep_as_they_like():
    survey = survey_of(*paragraphs(*SENTENCES))
    for depth in range(1, 3000):
        survey.parents.append(len(survey.parents) - 1)
        survey.element_tags.append("div")
        survey.classes.append(f"level{depth}")
        survey.roles.append("")
        survey.hidden.append(False)
        survey.first.append(3)
        survey.last.append(4)
    survey.texts.append("the innermost words")
    survey.tags.append("div")
    survey.elements.append(len(survey.parents) - 1)
    survey.links.append(0)
    survey.link_characters.append(0)
    survey.last[0] = 4
    assert len(zone_leaves(survey)) == 4


def test_zones_do_not_hang_on_the_hash_seed():
    script = (
        "from solander.model.capture import Capture\n"
        "from solander.reading import read_page\n"
        "body = ''.join(f'<div class=\"c{n}\"><h3>T{n}</h3><p>word {n}, and so on.</p></div>' for n in range(99))\n"
        "page = read_page(Capture.of_bytes(f'<title>T</title><body><nav>a</nav>{body}'.encode()))\n"
        "print([(d.zone, len(d.blocks)) for d in page.divisions])"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(told) == 1


def test_what_was_learnt_is_small_and_says_from_what():
    content = pkgutil.get_data("solander.reading.zoning", "main_content.json")
    assert content is not None
    assert len(content) <= 600_000
    told = json.loads(content)
    assert "CC BY 4.0" in told["about"]
    assert all(" " not in word for word in (*told["class_words"], *told["text_words"]))
