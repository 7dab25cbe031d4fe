"""The whole of describing: precedence, what a person says, every candidate kept."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.describing.pages import PROSE, candidates_of, capture_of, leaf, page_of

import solander
from solander.checking.records.description import is_w3cdtf
from solander.describing import describe
from solander.model.description import ELEMENTS, ORIGINS, Evidence, Statement

SEED = "seed/000_862fa66cbb134c94.txt"
JSON_LD = '{"@type": "Article", "headline": "Harbours", "author": {"name": "Json Dean"}, "datePublished": "2021-02-02"}'
EVERY_KIND = (
    ("meta", "citation_author", "Cited Ann"),
    ("meta", "citation_publication_date", "2021/01/01"),
    ("json-ld", "", JSON_LD),
    ("meta", "article:author", "Graph Bo"),
    ("meta", "article:published_time", "2021-03-03T00:00:00Z"),
    ("microdata", "author", "Micro Cy"),
    ("microdata", "datePublished", "2021-04-04"),
    ("meta", "author", "Marked Di"),
    ("time", "datetime", "2021-05-05"),
)


def said(element: str, value: str, refinement: str | None = None) -> Statement:
    return Statement(element, value, Evidence("person", f"--{element}"), refinement=refinement)


def test_evidence_has_its_order() -> None:
    signals = list(EVERY_KIND)
    found = []
    while signals:
        description = describe(page_of(*signals), capture_of())
        found.append((description.first("creator"), description.first("date")))
        origin = description.of("creator")[0].evidence.origin
        signals = [one for one in signals if one not in signals[: 1 if origin == "json-ld" else 2]]
    assert found == [
        ("Cited Ann", "2021-01-01"),
        # Where a card for those who share the page tells another day than JSON-LD, it is right (``days``).
        ("Json Dean", "2021-03-03"),
        ("Graph Bo", "2021-03-03"),
        ("Micro Cy", "2021-04-04"),
        ("Marked Di", "2021-05-05"),
    ]


def test_every_candidate_is_kept_with_its_evidence() -> None:
    description = describe(page_of(*EVERY_KIND), capture_of())
    assert [one.value for one in candidates_of(description, "creator")] == [
        "Cited Ann",
        "Json Dean",
        "Graph Bo",
        "Micro Cy",
        "Marked Di",
    ]
    assert all(one.evidence.detail for one in description.statements)


def test_a_person_outranks_every_machine_and_silences_none() -> None:
    description = describe(
        page_of(*EVERY_KIND), capture_of(), said=[said("creator", "Person Ed"), said("date", "2020")]
    )
    assert description.values("creator") == ("Person Ed",)
    assert description.values("date") == ("2020",)
    assert len(candidates_of(description, "creator")) == 6


def test_what_a_person_says_of_one_element_leaves_the_others() -> None:
    description = describe(page_of(*EVERY_KIND), capture_of(), said=[said("title", "My title")])
    assert (description.first("title"), description.first("creator")) == ("My title", "Cited Ann")


def test_a_sites_name_is_a_publisher_and_no_author() -> None:
    description = describe(page_of(("meta", "og:site_name", "Coast Weekly")), capture_of())
    assert (description.first("publisher"), description.first("creator")) == ("Coast Weekly", None)


def test_an_authors_profile_is_no_name() -> None:
    description = describe(page_of(("meta", "article:author", "https://social.example/ann")), capture_of())
    assert description.first("creator") is None
    assert len(candidates_of(description, "creator")) == 1


def test_publication_and_change_are_told_apart() -> None:
    signals = (("meta", "article:modified_time", "2022-01-01"), ("meta", "article:published_time", "2021-01-01"))
    description = describe(page_of(*signals), capture_of())
    assert (description.first("date"), description.first("modified")) == ("2021-01-01", "2022-01-01")


def test_a_change_is_never_taken_for_the_publication() -> None:
    description = describe(page_of(("meta", "article:modified_time", "2022-01-01")), capture_of())
    assert description.first("date") is None


def test_the_address_gives_the_weakest_date_and_the_identifier() -> None:
    uri = "https://example.org/2021/12/08/harbour"
    description = describe(page_of(uri=uri), capture_of(uri))
    assert description.of("date")[0].evidence.origin == "uri"
    assert description.values("identifier") == (uri, capture_of(uri).identifier)


def test_without_an_address_the_objects_own_name_identifies_it() -> None:
    capture = capture_of()
    assert describe(page_of(), capture).values("identifier") == (capture.identifier,)


def test_a_doi_stands_beside_the_address() -> None:
    uri = "https://example.org/a"
    description = describe(page_of(("meta", "citation_doi", "10.1000/182"), uri=uri), capture_of(uri))
    assert set(description.values("identifier")) == {"10.1000/182", uri, capture_of(uri).identifier}


def test_type_and_format_are_known_from_without() -> None:
    description = describe(page_of(("meta", "dc.type", "text.homepage")), capture_of(media_type="text/plain"))
    assert (description.values("type"), description.values("format")) == (("Text",), ("text/plain",))


def test_dublin_core_is_read_under_any_of_its_prefixes() -> None:
    for name in ("dc.creator", "dcterms.creator", "dc:creator", "dc_creator", "dc.creator.personalname"):
        assert describe(page_of(("meta", name, "Lee, Ann")), capture_of()).values("creator") == ("Lee, Ann",), name


def test_the_same_page_is_described_the_same_way_twice() -> None:
    page = page_of(*EVERY_KIND, blocks=[leaf("paragraph", PROSE)])
    assert describe(page, capture_of()) == describe(page, capture_of())


def test_an_identifier_that_a_person_states_stands_beside_the_pages_address() -> None:
    uri = "https://example.org/a"
    description = describe(page_of(uri=uri), capture_of(uri), said=[said("identifier", "MS 12")])
    assert description.values("identifier") == ("MS 12", uri, capture_of(uri).identifier)


def test_a_canonical_address_is_resolved_or_left_out() -> None:
    uri = "https://example.org/a/b"
    found = candidates_of(describe(page_of(("link", "canonical", "/canon"), uri=uri), capture_of(uri)), "identifier")
    assert [one.value for one in found] == [uri, capture_of(uri).identifier, "https://example.org/canon"]
    assert describe(page_of(("link", "canonical", "/canon")), capture_of()).values("identifier") == (
        capture_of().identifier,
    )


def test_a_page_without_an_address_keeps_the_one_that_it_gives_itself() -> None:
    description = describe(page_of(("link", "canonical", "https://example.org/canon")), capture_of())
    assert set(description.values("identifier")) == {capture_of().identifier, "https://example.org/canon"}


def test_another_spelling_is_kept_and_not_chosen() -> None:
    page = page_of(("meta", "citation_author", "Ann Lee"), ("meta", "dc.creator", "ANN LEE"))
    description = describe(page, capture_of())
    assert description.values("creator") == ("Ann Lee",)
    assert [one.value for one in candidates_of(description, "creator")] == ["Ann Lee", "ANN LEE"]


def test_a_sites_name_in_an_authors_place_is_nobodys() -> None:
    page = page_of(("meta", "og:site_name", "Coast Weekly"), ("meta", "author", "Coast Weekly"))
    description = describe(page, capture_of())
    assert description.first("creator") is None
    assert [one.value for one in candidates_of(description, "creator")] == ["Coast Weekly"]


def test_who_publishes_her_own_words_is_their_author() -> None:
    foot = [leaf("text", "© 2020 Ann Lee")]
    description = describe(page_of(("meta", "author", "Ann Lee"), foot=foot), capture_of())
    assert (description.first("creator"), description.first("publisher")) == ("Ann Lee", "Ann Lee")


def test_a_bare_name_says_nothing_of_rights() -> None:
    assert describe(page_of(("meta", "copyright", "Coast Weekly")), capture_of()).first("rights") is None
    assert describe(page_of(("meta", "copyright", "© Coast Weekly")), capture_of()).first("rights") == "© Coast Weekly"


def test_a_postal_address_is_no_place_of_the_text() -> None:
    page = page_of(("meta", "geo.placename", "Quay Street 12, 4050 Porto"))
    assert describe(page, capture_of()).first("coverage") is None


def test_the_title_is_no_subject() -> None:
    page = page_of(("heading", "h1", "The Harbour"), ("meta", "keywords", "the harbour, lamps"))
    assert describe(page, capture_of()).values("subject") == ("lamps",)


def test_title_and_description_have_the_language_that_is_declared_and_proved() -> None:
    blocks = [leaf("heading", "The Harbour at Night", level="1"), leaf("paragraph", PROSE), leaf("paragraph", PROSE, 2)]
    signals = (("title", "", "The Harbour at Night"), ("meta", "description", "Of lamps."))

    def languages(*declared: str) -> list[str | None]:
        description = describe(page_of(*signals, blocks=blocks, languages=declared), capture_of())
        return [description.of(name)[0].language for name in ("title", "description")]

    assert languages("en-GB") == ["en-GB", "en-GB"]
    assert languages() == [None, None]
    assert languages("de") == [None, None]


SIGNALS = st.lists(
    st.tuples(
        st.sampled_from(
            ["meta", "link", "json-ld", "title", "lang", "time", "microdata", "rel", "class", "heading", "transport"]
        ),
        st.sampled_from(
            [
                "",
                "author",
                "date",
                "dc.date",
                "og:title",
                "og:locale",
                "canonical",
                "license",
                "datePublished",
                "byline",
                "h1",
            ]
        ),
        st.text(max_size=40) | st.sampled_from(["By Ann Lee", "2021-12-08", "03/04/2021", "en_US", "admin", "{}"]),
    ),
    max_size=12,
)


@given(signals=SIGNALS, text=st.text(max_size=80))
def test_whatever_a_page_says_its_description_keeps_its_form(signals: list[tuple[str, str, str]], text: str) -> None:
    page = page_of(*signals, blocks=[leaf("heading", text, level="1"), leaf("paragraph", text)])
    description = describe(page, capture_of())
    places = [ELEMENTS.index(one.element) for one in description.statements]
    assert places == sorted(places)
    for one in description.statements:
        assert one.value
        assert one.evidence.origin in ORIGINS
        # What stands in a date's place and is none is kept as it is written, and never chosen.
        assert one.element != "date" or is_w3cdtf(one.value) or not one.chosen
    for element in ("title", "date", "language", "publisher", "description", "modified"):
        assert len(description.values(element)) <= 1


def test_the_seed_page_is_described_as_it_should_be(shared: Path) -> None:
    seed = shared / SEED
    capture = solander.Capture.of_bytes(seed.read_bytes(), media_type="text/plain")
    page = solander.read_page(capture)
    description = describe(page, capture)
    assert description.first("title") == seed.read_text(encoding="utf-8").splitlines()[1].strip()
    (creator,) = description.of("creator")
    assert (creator.value, creator.evidence.detail) == ("Zhang Ping", "title line")
    assert creator.evidence.source.startswith("char=")
    assert description.values("date") == ("2021-12-08",)
    assert description.values("language") == ("en",)
    holder = "The Consulate General of The People's Republic of China in Los Angeles"
    assert description.values("publisher") == (holder,)
    assert description.values("rights") == (f"Copyright © 2010 {holder}",)
    assert description.values("spatial") == ("Los Angeles",)


def test_one_address_is_gone_by_throughout_and_it_is_the_captures():
    page = page_of(
        ("title", "title", "The keeper of the lamp | Mole"),
        blocks=[leaf("heading", "The keeper of the lamp"), leaf("paragraph", "Nobody fishes from the mole in winter.")],
        uri="https://pier.example/read",
    )
    known = describe(page, capture_of("https://mole.example/2020/05/04/keeper"))
    assert known.first("identifier") == "https://mole.example/2020/05/04/keeper"
    assert known.first("date") == "2020-05-04"
    assert known.first("publisher") == "Mole"
    alone = describe(page, capture_of())
    assert (alone.first("identifier"), alone.first("publisher")) == ("https://pier.example/read", None)
