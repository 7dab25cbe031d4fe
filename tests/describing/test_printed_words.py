"""What a page prints of itself: a DOI that is its own, a name in kana; and addresses that lead nowhere."""

from __future__ import annotations

import pytest

from solander.describing import describe
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

PROSE = "<p>Nobody fishes from the pier in winter any more, and nobody did in the winters before the war.</p>"
JAPANESE = "<p>フェリーは夜明けのすぐ後に港を出て、甲板の数少ない乗客たちは、町の明かりが消えていくのを眺めていた。</p>"


def described(body: str, head: str = "") -> Description:
    """A page with such a body beneath its title."""
    content = f"<!doctype html><meta charset=utf-8><title>The pier</title>{head}<h1>The pier</h1>{body}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    return describe(read_page(capture), capture)


def dois_of(body: str) -> list[str]:
    return [value for value in described(body).values("identifier") if "10." in value]


@pytest.mark.parametrize(
    "body",
    [
        f"{PROSE}<p>Cite as: Lee, A. (2019). The pier. Bay Studies 3(1), 4–9. doi:10.5555/bay.2019.4</p>",
        f"<p>DOI: <a href='https://doi.org/10.5555/bay.2019.4'>10.5555/bay.2019.4</a></p>{PROSE}",
        f"{PROSE}<h2>How to cite</h2><p>Lee, A. (2019). The pier. https://doi.org/10.5555/BAY.2019.4.</p>",
        f"<p>https://doi.org/10.5555/bay.2019.4</p>{PROSE}<h2>References</h2><p>Bo, M. 2010. doi:10.5555/other.1</p>",
        f"{PROSE}<p>Zitiervorschlag: Lee, A. (2019): Der Pier, doi:10.5555/bay.2019.4</p>",
    ],
)
def test_a_doi_that_the_page_prints_as_its_own_is_an_identifier(body: str):
    assert dois_of(body) == ["doi:10.5555/bay.2019.4"]


@pytest.mark.parametrize(
    "body",
    [
        f"{PROSE}<h2>References</h2><ul><li>Bo, M. 2010. doi:10.5555/other.1</ul>",
        f"<p>The survey (doi:10.5555/other.1) counts the piers of the coast.</p>{PROSE}",
        f"{PROSE}<p>Cite as: Bo, doi:10.5555/other.1</p><p>Cite as: Lee, doi:10.5555/other.2</p>",
        f"{PROSE}<p>Cite as: Lee, A. (2019). The pier.</p>",
    ],
)
def test_dois_of_other_works_are_not_the_pages(body: str):
    assert dois_of(body) == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("文：ヨナス・アンデルセン", ("ヨナス・アンデルセン",)),
        ("著者: ヨナス・アンデルセン、佐藤健", ("ヨナス・アンデルセン", "佐藤健")),
        ("著者：J・K・ローリング", ("J・K・ローリング",)),
        ("文：フェリー", ()),
    ],
)
def test_a_label_names_people_in_kana(line: str, names: tuple[str, ...]):
    assert described(f"<p>{line}</p>{JAPANESE * 3}").values("creator") == names


@pytest.mark.parametrize(
    "address", ["javascript:void(0)", "JavaScript:;", "data:text/html,x", "vbscript:x", "about:blank", "#license"]
)
def test_addresses_that_lead_nowhere_never_stand_in_the_record(address: str):
    head = (
        f'<link rel=license href="{address}"><meta name=dc.rights content="{address}">'
        f'<meta name=dc.relation content="{address}"><meta name=dcterms.license content="{address}">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"Article","headline":"The pier",'
        f'"license":"{address}","isPartOf":"{address}"}}</script>'
    )
    record = described(f'{PROSE}<p><a rel=license href="{address}">Licence</a></p>', head)
    chosen = [one for one in record.statements if one.chosen and one.element in ("rights", "relation")]
    assert chosen == []
    assert any(one.value == address for one in record.statements)


def test_words_that_only_begin_like_such_an_address_stand():
    record = described(PROSE, '<meta name=dc.rights content="Data: free to use; text: CC BY 4.0">')
    assert record.values("rights") == ("Data: free to use; text: CC BY 4.0",)
