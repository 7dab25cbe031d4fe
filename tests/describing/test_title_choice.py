"""A title is weighed against all others, and is always one that the page bears."""

from hypothesis import given
from hypothesis import strategies as st
from tests.describing.pages import page_of

from solander.describing.candidate import candidate
from solander.describing.lines import Lines
from solander.describing.titles.by_rules import fold
from solander.describing.titles.choice import parts, traits, weigh_titles
from solander.describing.titles.weights import WEIGHTS
from solander.model.description import Evidence

RULES = Evidence("markup", "h1")
PIECES = ("The well", "Harbour Weekly", " | ", " - ", ": ", "dry", "2024", "»", "井", "", " ")
TITLES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(lambda pieces: "".join(pieces).strip())
PLACES = st.sampled_from(
    (("markup", "h1"), ("markup", "title"), ("open-graph", "og:title"), ("json-ld", "Article.headline"))
)


def titles(*pairs):
    return [candidate("title", value, *place) for place, value in pairs]


@given(st.lists(st.tuples(PLACES, TITLES), min_size=1, max_size=5), TITLES)
def test_what_is_chosen_stands_in_a_title_of_the_page(pairs, chosen):
    said = titles(*pairs)
    value, _ = weigh_titles((chosen, RULES), said, frozenset(("harbour weekly",)), Lines(page_of()), None)
    assert value == chosen or any(value in one.statement.value for one in said)


def test_every_trait_has_its_weight_and_every_weight_its_trait():
    lines = Lines(page_of())
    all_of = parts(("The well", RULES), titles((("markup", "title"), "The well | Harbour Weekly")))
    for one in traits("The well", all_of, frozenset(), lines, "https://harbour.example/the-well"):
        assert one.keys() == WEIGHTS.keys()


def test_the_words_of_the_address_and_of_other_places_outweigh_a_heading_that_is_alone():
    said = titles(
        (("markup", "h1"), "Pricing"),
        (("open-graph", "og:title"), "Electrician Cost and Pricing Guide"),
        (("json-ld", "WebPage.name"), "Electrician Cost and Pricing Guide"),
        (("markup", "title"), "Electrician Cost and Pricing Guide"),
    )
    lines = Lines(page_of())
    uri = "https://wires.example/electrician-cost-pricing-guide"
    assert fold(weigh_titles(("Pricing", RULES), said, frozenset(), lines, uri)[0]) == fold(said[1].statement.value)


def test_what_was_written_for_a_catalogue_stands():
    cited = ("On Wells", Evidence("meta", "citation_title"))
    said = titles((("meta", "citation_title"), "On Wells"), (("markup", "h1"), "Wells and Springs"))
    assert weigh_titles(cited, said, frozenset(), Lines(page_of()), "https://a.example/wells-and-springs") == cited


def title_of_a_manual(*headings):
    title = Evidence("markup", "title")
    said = titles((("markup", "title"), "boil(1)"), *((("markup", "h1"), one) for one in headings))
    return weigh_titles(("boil(1)", title), said, frozenset(), Lines(page_of()), None)[0]


def test_sections_of_the_first_rank_are_not_the_title_of_a_manual_page():
    assert title_of_a_manual("NAME", "SYNOPSIS", "SEE ALSO") == "boil(1)"
