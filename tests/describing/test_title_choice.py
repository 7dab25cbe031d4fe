"""A title is weighed against all others, and is always one that the page bears."""

from hypothesis import given
from hypothesis import strategies as st
from tests.describing.pages import page_of

from solander.describing.candidate import candidate
from solander.describing.kinds import Kind
from solander.describing.lines import Lines
from solander.describing.titles.by_rules import fold
from solander.describing.titles.choice import parts, traits, weigh_titles
from solander.describing.titles.weights import WEIGHTS

H1, TITLE, OG_TITLE = (Kind.H1, ""), (Kind.TITLE, ""), (Kind.SHARED, "og:title")
HEADLINE, PAGE_NAME, CITED = (
    (Kind.NODE, "Article.headline"),
    (Kind.PAGE_NODE, "WebPage.name"),
    (Kind.CATALOGUE, "citation_title"),
)
PIECES = ("The well", "Harbour Weekly", " | ", " - ", ": ", "dry", "2024", "»", "井", "", " ")
TITLES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(lambda pieces: "".join(pieces).strip())
PLACES = st.sampled_from((H1, TITLE, OG_TITLE, HEADLINE))


def titles(*pairs):
    return [title(place, value) for place, value in pairs]


def title(place, value):
    kind, name = place
    return candidate("title", value, kind, name=name)


@given(st.lists(st.tuples(PLACES, TITLES), min_size=1, max_size=5), TITLES)
def test_what_is_chosen_stands_in_a_title_of_the_page(pairs, chosen):
    said = titles(*pairs)
    rules = title(H1, chosen)
    value = weigh_titles(rules, said, frozenset(("harbour weekly",)), Lines(page_of()), None).statement.value
    assert value == rules.statement.value or any(value in one.statement.value for one in said)


def test_every_trait_has_its_weight_and_every_weight_its_trait():
    lines = Lines(page_of())
    all_of = parts(title(H1, "The well"), titles((TITLE, "The well | Harbour Weekly")))
    for one in traits("The well", all_of, frozenset(), lines, "https://harbour.example/the-well"):
        assert one.keys() == WEIGHTS.keys()


def test_the_words_of_the_address_and_of_other_places_outweigh_a_heading_that_is_alone():
    said = titles(
        (H1, "Pricing"),
        (OG_TITLE, "Electrician Cost and Pricing Guide"),
        (PAGE_NAME, "Electrician Cost and Pricing Guide"),
        (TITLE, "Electrician Cost and Pricing Guide"),
    )
    lines = Lines(page_of())
    uri = "https://wires.example/electrician-cost-pricing-guide"
    best = weigh_titles(title(H1, "Pricing"), said, frozenset(), lines, uri)
    assert fold(best.statement.value) == fold(said[1].statement.value)


def test_what_was_written_for_a_catalogue_stands():
    cited = title(CITED, "On Wells")
    said = titles((CITED, "On Wells"), (H1, "Wells and Springs"))
    assert weigh_titles(cited, said, frozenset(), Lines(page_of()), "https://a.example/wells-and-springs") == cited


def title_of_a_manual(*headings):
    said = titles((TITLE, "boil(1)"), *((H1, one) for one in headings))
    return weigh_titles(said[0], said, frozenset(), Lines(page_of()), None).statement.value


def test_sections_of_the_first_rank_are_not_the_title_of_a_manual_page():
    assert title_of_a_manual("NAME", "SYNOPSIS", "SEE ALSO") == "boil(1)"
