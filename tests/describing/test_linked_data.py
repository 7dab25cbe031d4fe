"""JSON-LD: the page's own node is heard, broken JSON is survived, other pages' nodes are not believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.describing.pages import candidates_of, capture_of, page_of

from solander.describing import describe
from solander.describing.linked.data import harvest_json_ld
from solander.model.description import Description
from solander.model.page import Signal

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The Harbour &amp; the Sea",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Day"}],
    "publisher": {"@type": "Organization", "name": "Coast Weekly"},
    "datePublished": "2021-12-08T10:00:00Z",
    "dateModified": "2021-12-10T10:00:00Z",
    "keywords": "harbours, ferries",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "inLanguage": "en_US",
}


def described(*scripts: str, uri: str | None = None) -> Description:
    return describe(page_of(*(("json-ld", "", script) for script in scripts), uri=uri), capture_of(uri))


def test_an_article_states_what_it_is() -> None:
    description = described(json.dumps(ARTICLE))
    assert description.first("title") == "The Harbour & the Sea"
    assert description.values("creator") == ("Ann Lee", "Bo Day")
    assert description.first("publisher") == "Coast Weekly"
    assert (description.first("date"), description.first("modified")) == ("2021-12-08", "2021-12-10")
    assert description.first("license") == "https://creativecommons.org/licenses/by/4.0/"
    assert description.values("subject") == ("harbours", "ferries")
    assert description.first("language") == "en-US"


def test_a_reference_within_a_graph_is_followed() -> None:
    graph = {
        "@graph": [
            {"@type": "WebSite", "name": "Coast Weekly"},
            {"@type": "Article", "headline": "Harbours", "author": {"@id": "#ann"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        ]
    }
    assert described(json.dumps(graph)).values("creator") == ("Ann Lee",)


def test_among_several_articles_the_one_of_this_address_is_the_pages_own() -> None:
    articles = [{**ARTICLE, "headline": f"Part {n}", "url": f"https://example.org/{n}"} for n in range(3)]
    assert described(json.dumps(articles), uri="https://www.example.org/2?from=mail").first("title") == "Part 2"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "Harbours",}',
        '<!-- {"@type": "Article", "headline": "Harbours"} -->',
        '{"@type": "Article", "headline": "Har\nbours"};',
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Harbours&quot;}",
    ],
)
def test_the_usual_slips_are_mended(script: str) -> None:
    assert described(script).first("title") in ("Harbours", "Har bours")


@pytest.mark.parametrize(
    "script", ["", "{", "null", "[" * 100_000, '{"@type": 3, "author": [[["x"]]]}', '"text"', "{" * 300]
)
def test_what_is_no_json_ld_gives_nothing_and_harms_nothing(script: str) -> None:
    assert described(script).first("title") is None


def test_an_organisation_is_a_weaker_author_than_a_person() -> None:
    both = {
        **ARTICLE,
        "author": [{"@type": "Organization", "name": "Harbour Office"}, {"@type": "Person", "name": "Ann Lee"}],
    }
    assert described(json.dumps(both)).first("creator") == "Ann Lee"


def test_an_address_for_an_author_is_kept_and_not_chosen() -> None:
    description = described(json.dumps({**ARTICLE, "author": "https://social.example/ann"}))
    assert description.first("creator") is None
    assert [one.value for one in candidates_of(description, "creator")] == ["https://social.example/ann"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "@graph", "@id", "author", "name", "headline", "datePublished", "publisher", "keywords"]
            ),
            inner | st.sampled_from(["Article", "Person", "2021-12-08"]),
            max_size=5,
        )
    ),
    max_leaves=12,
)


@given(value=JSON)
def test_any_json_is_survived(value: Any) -> None:
    signal = Signal("json-ld", "", json.dumps(value))
    for one in harvest_json_ld([signal], None, None):
        assert one.statement.value == one.statement.value.strip()
        assert one.statement.evidence.origin == "json-ld"
