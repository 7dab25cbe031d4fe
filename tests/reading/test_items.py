"""The items of a page of many parts stand in its text together; their buttons and second showings do not."""

from __future__ import annotations

import numpy as np
import pytest
from tests.reading.sound import AT, assert_sound
from tests.reading.test_main_content import Element, survey_of

from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.naming.zones import ancestry
from solander.reading.survey import Survey
from solander.reading.zoning.items import with_last_items

GOODS = (
    "Ściereczka lniana, niebieska",
    "Świece z wosku, cztery sztuki",
    "Strug ręczny nr 4",
    "Koc wełniany Aran",
    "Żeliwny czajnik",
    "Mały dzban kamionkowy",
    "Skórzany fartuch",
    "Deska do chleba z dębu",
)
CARD = (
    "<li class='grid__item'><div class='card-wrapper'><div class='card__inner'><h3 class='card__heading'>"
    "<a href=/p/{at}>{name}</a></h3></div><div class='card__content'><h3 class='card__heading h5'>"
    "<a href=/p/{at}>{name}</a></h3><div class='price'>"
    "<span class='price-item'>{at}9,00 zł</span></div></div></div></li>"
)
TILE = (
    "<div class='tile'><a href=/o/{at}><img src=o.jpg alt=''><div><h3 class='tile__title'>{name}</h3>"
    "<p class='tile__maker'>Jan Nowak {at}</p></div></a><button class='btn'>Do koszyka</button></div>"
)
FRAME = (
    "<!doctype html><html lang=pl><title>Kuchnia i ogród – Kellworks</title><body><header class=header>"
    "<a href=/>Kellworks</a><nav><ul><li><a href=/>Strona główna</a><li><a href=/k>Kontakt</a></ul></nav></header>"
    "{main}"
    "<footer class=footer><h2>Newsletter</h2><ul><li><a href=/s>Szukaj</a><li><a href=/p>Prywatność</a></ul>"
    "<small>&copy; 2023, Kellworks</small></footer>"
)
HEAD = (
    "<h1 class='collection-hero__title'>Kuchnia i ogród</h1><div class='rte'><p>Wieczorem taras wychodzi na rzekę, a "
    "śniadanie podajemy w starej kuchni.</p></div><form class='facets'><h2>Filtruj:</h2><select name='sort_by'>"
    "<option>A-Z<option>Z-A</select></form>"
)


def main_of(main: str) -> str:
    capture = Capture.of_bytes(FRAME.format(main=main).encode(), uri="https://shop.example/k")
    return read_page(capture).text("main")


def shown(item: str) -> str:
    return "".join(item.format(at=at, name=name) for at, name in enumerate(GOODS, 1))


@pytest.mark.parametrize(
    "goods", [f"<ul class='grid product-grid'>{shown(CARD)}</ul>", f"<div class='grid'>{shown(TILE)}</div>"]
)
def test_goods_that_are_most_of_the_pages_main_part_are_its_text(goods: str) -> None:
    text = main_of(f"<main>{HEAD}{goods}</main>")
    assert all(name in text for name in GOODS)
    assert "Filtruj" not in text
    assert "Kontakt" not in text


def test_the_button_of_each_item_is_no_text() -> None:
    text = main_of(f"<main>{HEAD}<div class='grid'>{shown(TILE)}</div></main>")
    assert "Do koszyka" not in text
    assert "Jan Nowak 3" in text


def test_goods_beside_an_article_are_not_drawn_in() -> None:
    prose = "<p>Każda sztuka opuszcza nasz mały warsztat dopiero wtedy, gdy obejrzą ją dwie osoby, a potem jedzie.</p>"
    related = (
        f"<section class='related'><h2>Może spodoba się również</h2><div class='grid'>{shown(TILE)}</div></section>"
    )
    text = main_of(f"<main><article><h1>Kuchnia i ogród</h1>{prose * 9}</article>{related}</main>")
    assert "Każda sztuka" in text
    assert not any(name in text for name in GOODS)


@pytest.mark.parametrize("item", [CARD, TILE])
def test_no_word_of_items_is_lost_or_doubled(item: str) -> None:
    body = FRAME.format(main=f"<main>{HEAD}<div class=grid>{shown(item)}</div></main>")
    capture = Capture.of_bytes(body.encode(), uri="https://shop.example/k")
    page = read_page(capture)
    assert_sound(capture, encode_tei(page, describe(page, capture), capture, at=AT).content)


def posts(last: Element) -> Survey:
    entries = [
        Element("article", (Element("h2", (name,)), Element("p", (f"{name}.",))), "post hentry") for name in GOODS
    ]
    return survey_of(
        Element("main", (*entries[:5], Element("article", (Element("h2", (GOODS[6],)), last), "post hentry")))
    )


@pytest.mark.parametrize(
    ("last", "odds", "taken"),
    [
        (Element("p", (GOODS[7],)), -500, True),
        (Element("p", (GOODS[7],)), -2500, False),
        (Element("ul", (Element("li", (GOODS[7],)),)), -500, False),
    ],
)
def test_the_last_post_is_text_where_those_before_it_are_and_it_is_like_them(
    last: Element, odds: int, taken: bool
) -> None:
    survey = posts(last)
    count = len(survey.texts)
    chosen = np.arange(count) < count - 1
    judged = np.where(chosen, 2000, odds)
    assert bool(with_last_items(chosen, judged, survey, ancestry(survey))[-1]) is taken


def test_where_the_posts_before_it_are_no_text_the_last_is_none() -> None:
    survey = posts(Element("p", (GOODS[7],)))
    chosen = np.zeros(len(survey.texts), np.bool_)
    assert not with_last_items(chosen, np.full(len(chosen), -500), survey, ancestry(survey)).any()
