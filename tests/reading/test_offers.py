"""A shop's grid is the text of a page that has hardly any other; beside a text it is none."""

from __future__ import annotations

import pytest

from solander.model.capture import Capture
from solander.reading import read_page

GOODS = (
    ("Storm lantern with a brass burner", "$34.95"),
    ("Harbour bell, cast iron", "$129.00"),
    ("Oilskin coat for the night watch", "$88.50"),
    ("Signal flags, a set of forty", "$61.00"),
    ("Brass telescope in a leather case", "$210.00"),
    ("Tarred rope, thirty yards", "$27.25"),
)
MENU = "<nav><ul><li><a href=/a>Lamps</a></li><li><a href=/b>Ropes</a></li><li><a href=/c>Sale</a></li></ul></nav>"
PROSE = (
    "The first lamp of the harbour was lit in the winter of 1822, when three ships had been lost on the bar within one "
    "month, and the council at last gave the money that the pilots had asked for.",
    "It burned whale oil until the price of it rose, and rape oil after that; the keeper was paid by the quarter, and "
    "had to buy the wicks himself, which is why so many nights are noted as dark in the ledger of the pilots.",
    "In 1911 gas was laid along the quay, and the keeper's house was let to a sailmaker, whose family lived there "
    "until the flood; of the lamp itself only the glass was kept, and it is shown in the museum by the lock.",
    "Nobody knows who made the glass. The mark on its rim has been read as that of a Bristol house, and as that of "
    "a glazier of the town, who is named in the accounts of the church for the same years.",
)


def grid(tag: str = "div", goods: tuple[tuple[str, str], ...] = GOODS) -> str:
    tiles = (
        f"<{tag} class=tile><div class=name><a href=/g/{at}>{name}</a></div><div class=price>{price}</div></{tag}>"
        for at, (name, price) in enumerate(goods)
    )
    return f"<div class=grid>{''.join(tiles)}</div>"


def text(body: str, head: str = "") -> str:
    page = f"<!doctype html><html lang=en><head><title>Ship chandlery</title>{head}</head><body>{body}</body></html>"
    return read_page(Capture.of_bytes(page.encode())).text()


@pytest.mark.parametrize("tag", ["div", "article", "section"])
@pytest.mark.parametrize("form", ["{}", "<form action=/cart>{}</form>"])
def test_the_offers_of_a_shop_are_the_text_of_a_page_that_has_no_other(tag: str, form: str) -> None:
    shown = text(f"{MENU}<h1>Chandlery</h1>{form.format(grid(tag))}<footer>© Chandlery</footer>")
    assert [name for name, _ in GOODS if name not in shown] == []
    assert [price for _, price in GOODS if price not in shown] == []
    assert "Ropes" not in shown.split("\n")


def test_offers_beside_a_text_are_none_of_it() -> None:
    article = "".join(f"<p>{one}</p>" for one in PROSE)
    body = f"{MENU}<article><h1>The first lamp</h1>{article}</article><aside><h3>From our shop</h3>{grid()}</aside>"
    shown = text(body)
    assert all(one in shown for one in PROSE)
    assert not any(price in shown for _, price in GOODS)


@pytest.mark.parametrize("kind", ["article", "product"])
def test_a_page_that_says_that_it_is_of_one_thing_has_no_offers_for_its_text(kind: str) -> None:
    body = f"{MENU}<article><h1>The first lamp</h1><p>{PROSE[0][:100]}</p></article><aside>{grid()}</aside>"
    assert "$129.00" in text(body)
    assert "$129.00" not in text(body, f'<meta property="og:type" content="{kind}">')


@pytest.mark.parametrize("few", [1, 2, 3])
def test_a_few_prices_make_no_shop(few: int) -> None:
    article = "".join(f"<p>{one}</p>" for one in PROSE[:2])
    shown = text(f"{MENU}<article><h1>The first lamp</h1>{article}</article><aside>{grid(goods=GOODS[:few])}</aside>")
    assert all(one in shown for one in PROSE[:2])
