"""In a manual, what stands within the text's place is text; anywhere else nothing becomes more probable."""

from types import SimpleNamespace

import numpy as np
import pytest
from tests.reading.test_main_content import SENTENCES, Element, paragraphs, survey_of

from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.naming.zones import KINDS, PRODUCT, ancestry
from solander.reading.zoning.manuals import ADDED, more_within_manuals

TEXT = paragraphs(*SENTENCES)
TERMS = Element("dl", (Element("dt", ("knots(rope)",)), Element("dt", ("splice(a, b)",))))
SIGNATURE = Element("div", ("New in 3.2",), "since")
MENU = Element("nav", (Element("p", ("Download",)), Element("p", ("Community",))))


def raised(*content, sure=SENTENCES, og_type="", types=(), links=(), thread_words=0):
    """By how much each leaf is raised; the trees are sure of some leaves, and take the others for none."""
    survey = survey_of(*content)
    survey.og_type, survey.json_ld_types = og_type, set(types)
    for at, text in enumerate(survey.texts):
        survey.link_characters[at] = len(text) if text in links else 0
    odds = np.array([3000 if text in sure else -2000 for text in survey.texts])
    around = ancestry(survey)
    columns = {
        "kind": np.array([around.kinds[element] for element in survey.elements]),
        "in_product": np.array([around.bits[element] & PRODUCT > 0 for element in survey.elements]),
    }
    found = SimpleNamespace(
        columns=columns,
        leaves=SimpleNamespace(tokens=np.array([len(text.split()) for text in survey.texts])),
        page={"named1_words": float(thread_words)},
    )
    after = more_within_manuals(odds, odds, odds, found, survey)
    return dict(zip(survey.texts, (after - odds).tolist(), strict=True))


def test_terms_and_lines_within_a_manuals_text_are_more_probable():
    page = raised(MENU, Element("div", (*TEXT, TERMS, SIGNATURE), "page"))
    assert {page[name] for name in ("knots(rope)", "splice(a, b)", "New in 3.2")} == {ADDED}
    assert page["Download"] == page["Community"] == 0


def test_a_page_without_code_and_terms_is_no_manual():
    assert set(raised(Element("div", (*TEXT, SIGNATURE))).values()) == {0}
    assert set(raised(Element("div", (*TEXT, Element("dl", (Element("dt", ("Share",)),)), SIGNATURE))).values()) == {0}


def test_a_page_that_is_set_as_it_was_typed_is_that_text():
    sheets = [
        Element("pre", (f"Harbour Draft, page {number}\n\n  The keeper SHALL light the lamp.",)) for number in (1, 2, 3)
    ]
    page = raised(MENU, *sheets, Element("p", ("Made into HTML by a program",)), sure=())
    assert {gained for text, gained in page.items() if text.startswith("Harbour Draft")} == {ADDED + 2000}
    assert page["Made into HTML by a program"] == page["Download"] == 0


@pytest.mark.parametrize(
    ("said", "is_manual"),
    [
        ({"og_type": "article"}, False),
        ({"types": ["NewsArticle"]}, False),
        ({"types": ["BlogPosting"]}, False),
        ({"og_type": "website"}, True),
        ({"types": ["TechArticle"], "og_type": "article"}, True),
    ],
)
def test_what_a_page_says_of_itself_is_believed(said, is_manual):
    page = raised(Element("div", (*TEXT, TERMS)), **said)
    assert page["knots(rope)"] == (ADDED if is_manual else 0)


def test_a_threads_terms_are_profiles():
    assert set(raised(Element("div", (*TEXT, TERMS)), thread_words=2).values()) == {0}
    assert raised(Element("div", (*TEXT, TERMS)), thread_words=1)["knots(rope)"] == ADDED


def test_where_little_of_the_place_reads_like_text_nothing_changes():
    gallery = Element("dl", tuple(Element("dt", (f"The harbour, picture {number}",)) for number in range(40)))
    assert set(raised(Element("div", (*TEXT, gallery))).values()) == {0}


def test_the_place_ends_where_much_is_set_apart_by_its_name():
    other = Element("p", ("Ferry fares rise again in the spring.",))
    menu = Element("nav", tuple(Element("p", (f"Manual number {number} of the many",)) for number in range(30)))
    page = raised(Element("div", (Element("div", (*TEXT, TERMS), "text"), menu, other), "all"))
    assert page["knots(rope)"] == ADDED
    assert page["Ferry fares rise again in the spring."] == page["Manual number 7 of the many"] == 0


def test_a_box_of_prose_is_a_manuals_text_and_a_box_of_links_is_not():
    box = Element(
        "div", (Element("p", ("Wet ropes shrink, and knots in them hold less than they seem to.",)),), "sidebar"
    )
    links = Element("div", (Element("p", ("Other manuals",)),), "sidebar")
    page = raised(Element("div", (*TEXT, TERMS, box, links)), links=["Other manuals"])
    assert page["Wet ropes shrink, and knots in them hold less than they seem to."] == ADDED
    assert page["Other manuals"] == 0


SIGNATURES = Element(
    "dl", tuple(Element("dt", (f"public Knot tie{number}(Rope rope, int turns, Length left)",)) for number in range(12))
)


def test_a_part_that_calls_itself_the_main_one_may_hold_little_but_signatures():
    name = "public Knot tie5(Rope rope, int turns, Length left)"
    for main in (Element("main", ()), Element("div", (), role="main")):
        assert raised(MENU, main._replace(content=(*TEXT, SIGNATURES)))[name] == ADDED
        sold = Element("div", ("Add to cart",), "product")
        assert raised(MENU, main._replace(content=(*TEXT, SIGNATURES, sold)))[name] == 0
    assert raised(MENU, Element("div", (*TEXT, SIGNATURES)))[name] == 0


def test_the_place_that_calls_itself_the_main_part_grows_no_wider():
    beside = Element("p", ("Knots of the month, by our readers",))
    for main in (Element("main", (*TEXT, TERMS)), Element("div", (*TEXT, TERMS), role="main")):
        page = raised(Element("div", (main, beside), "all"))
        assert (page["knots(rope)"], page["Knots of the month, by our readers"]) == (ADDED, 0)


def test_what_holds_the_main_part_is_no_menu_by_its_class():
    menu = Element("div", tuple(Element("p", (f"Chapter {number}",)) for number in range(len(TEXT))), "nav-side")
    for main in (Element("main", TEXT), Element("div", TEXT, role="main")):
        around = ancestry(survey_of(menu, Element("section", (main,), "nav-content-wrap")))
        kinds = [KINDS[kind] for kind in around.kinds]
        assert kinds.count("navigation") == len(TEXT) + 1
        assert set(kinds[-len(TEXT) - 2 :]) == {""}
    around = ancestry(survey_of(Element("main", TEXT), menu, Element("section", (Element("div", TEXT),), "nav-foot")))
    assert KINDS[around.kinds[-1]] == "navigation"


def test_a_reference_keeps_its_signatures_and_boxes_in_the_text():
    entries = "".join(
        f'<dl class="function"><dt id="f{number}"><code>{name}(rope)</code></dt><dd><p>{what}</p>'
        f'<p class="since">Added in version 2.{number}</p></dd></dl>'
        for number, (name, what) in enumerate(
            (
                ("splice", "Joins the rope to itself, strand by strand, and returns the length that is left of it."),
                ("whip", "Binds the end of the rope with twine, so that it does not come apart when it is worked."),
                ("coil", "Lays the rope down in turns with the sun, and returns how many turns there are."),
            )
        )
    )
    page = read_page(
        Capture.of_bytes(
            f"""<!doctype html><html lang="en"><title>rope — the rigger's reference</title>
            <nav><ul><li><a href="/">Start</a></li><li><a href="/index">Index</a></li></ul></nav>
            <div class="body"><h1>rope</h1><p>This module holds what a rigger does with a rope that is whole, in the
            order in which it is learnt.</p>{entries}</div>
            <footer><p>Made by a generator.</p></footer></html>""".encode()
        )
    )
    text = page.text()
    for words in ("splice(rope)", "whip(rope)", "coil(rope)", "Added in version 2.0", "Added in version 2.2"):
        assert words in text
    assert "Index" not in text
    assert "generator" not in text


def test_a_numbered_heading_is_the_title_that_has_no_number():
    page = read_page(
        Capture.of_bytes(
            b"""<!doctype html><html lang="en"><title>Knots that hold (The rigger's book)</title>
            <h3>7.4 Knots that hold</h3>
            <ul class="menu"><li><a href="#a">Bends</a></li><li><a href="#b">Hitches</a></li></ul>
            <h4 id="a">7.4.1 Bends</h4><p>A bend joins two ropes, and is chosen by how unlike the two are in thickness
            and in age; the sheet bend serves for most.</p>
            <h4 id="b">7.4.2 Hitches</h4><p>A hitch holds a rope to something that is no rope, such as a ring, a post
            or a spar, and comes loose when that is taken away.</p></html>"""
        )
    )
    assert page.text().startswith("7.4 Knots that hold")
