"""JSON-LD of what a page shows, and of the site that shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.describing.pages import PROSE, capture_of, leaf, page_of

from solander.describing import describe
from solander.model.description import Description

ANN = {"@type": "Person", "name": "Ann Lee"}


def described(*nodes: Any, title: str = "Silt samples", uri: str = "https://site.example/silt") -> Description:
    scripts = [("json-ld", "", json.dumps(node)) for node in nodes]
    blocks = [leaf("heading", title, level="1"), leaf("paragraph", PROSE)]
    return describe(page_of(("title", "", title), *scripts, blocks=blocks, uri=uri), capture_of(uri))


def test_a_set_of_data_is_described_with_its_place_and_its_time() -> None:
    description = described(
        {
            "@type": "Dataset",
            "name": "Silt samples",
            "description": "Monthly samples at 12 stations.",
            "creator": ANN,
            "datePublished": "2016-03-01",
            "publisher": {"@type": "Organization", "name": "Estuary Agency"},
            "spatialCoverage": {"@type": "Place", "name": "Dunmore Estuary"},
            "temporalCoverage": "2010/2015",
        }
    )
    assert description.values("creator") == ("Ann Lee",)
    assert description.values("publisher") == ("Estuary Agency",)
    assert description.values("description") == ("Monthly samples at 12 stations.",)
    assert description.values("date") == ("2016-03-01",)
    assert {(one.refinement, one.value) for one in description.of("coverage")} == {
        ("spatial", "Dunmore Estuary"),
        ("temporal", "2010/2015"),
    }


@pytest.mark.parametrize("kind", ["PodcastEpisode", "SoftwareApplication", "Course"])
def test_what_the_pages_title_names_speaks_of_the_page(kind: str) -> None:
    node = {"@type": kind, "name": "Silt samples", "author": ANN}
    assert described(node).values("creator") == ("Ann Lee",)
    assert described({**node, "name": "Rope ladder"}).values("creator") == ()
    assert described(node, {**node, "name": "Rope ladder"}).values("creator") == ()
    assert described({"@type": "Article", "headline": "Silt samples"}, node).values("creator") == ()


def test_whoever_reviews_a_product_or_makes_it_wrote_nothing_of_the_page() -> None:
    review = {"@type": "Review", "author": ANN, "datePublished": "2020-06-07"}
    for kind in ("Product", "VideoObject"):
        node = {"@type": kind, "name": "Silt samples", "description": "A film.", "author": ANN, "review": review}
        description = described(node)
        assert description.values("creator") == description.values("date") == ()
        assert description.values("description") == ("A film.",)


@pytest.mark.parametrize(
    "said",
    [
        {"@id": "https://doi.org/10.5555/oh.9"},
        {"sameAs": ["https://other.example/", "https://doi.org/10.5555/oh.9"]},
        {"identifier": "https://doi.org/10.5555/oh.9"},
        {"identifier": {"@type": "PropertyValue", "propertyID": "doi", "value": "https://doi.org/10.5555/oh.9"}},
    ],
)
def test_a_doi_of_the_article_is_an_identifier(said: dict[str, Any]) -> None:
    description = described({"@type": "ScholarlyArticle", "headline": "Silt samples", **said})
    assert "https://doi.org/10.5555/oh.9" in description.values("identifier")


def test_another_number_of_the_article_is_no_identifier_of_the_page() -> None:
    article = {"@type": "Article", "headline": "Silt samples", "identifier": "4711", "sameAs": "https://other.example/"}
    assert not {"4711", "https://other.example/"} & set(described(article).values("identifier"))


SITE = {"@type": "WebSite", "name": "Bay Herald", "url": "https://site.example/"}


def test_the_site_is_the_publisher_where_the_article_names_none() -> None:
    assert described(SITE).values("publisher") == ("Bay Herald",)
    kept = {**SITE, "publisher": {"@type": "Organization", "name": "Herald Press"}}
    assert described(kept).values("publisher") == ("Herald Press",)
    article = {"@type": "Article", "headline": "Silt samples", "publisher": {"@type": "Organization", "name": "Quay"}}
    assert described(kept, article).values("publisher") == ("Quay",)


def test_whatever_else_names_the_publisher_stands_before_the_sites_node() -> None:
    signals = [("meta", "og:site_name", "The Bay Herald"), ("json-ld", "", json.dumps(SITE))]
    page = page_of(("title", "", "Silt samples"), *signals, blocks=[leaf("paragraph", PROSE)])
    assert describe(page, capture_of()).values("publisher") == ("The Bay Herald",)


def test_the_one_body_with_the_sites_address_is_its_publisher() -> None:
    body = {"@type": "Organization", "name": "Bay Herald", "url": "https://www.site.example"}
    other = {"@type": "Organization", "name": "Rope Works", "url": "https://ropes.example"}
    assert described(body, other).values("publisher") == ("Bay Herald",)
    assert described(other).values("publisher") == ()
    assert described(body, {**body, "name": "Herald Shop"}).values("publisher") == ()
    assert described({**SITE, "url": "https://ropes.example"}).values("publisher") == ()


def test_a_person_whose_site_bears_her_name_stays_the_author() -> None:
    article = {"@type": "Article", "headline": "Silt samples", "author": ANN}
    description = described({**SITE, "name": "Ann Lee"}, article)
    assert description.values("creator") == ("Ann Lee",)
