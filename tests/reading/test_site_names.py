"""A site's name that is set as a heading above the title is no headline of the text."""

from __future__ import annotations

import pytest
from tests.reading.test_boxed import PROSE
from tests.reading.test_misnamed import zone_of

from solander.model.capture import Capture
from solander.model.page import Page
from solander.reading import read_page

TEXT = "".join(f"<p>{one}</p>" for one in PROSE)
NAME = "<h1><a href=/>Harbour Office</a></h1>"
TITLE = "The kettle is back"


def read(body: str, title: str = f"{TITLE} | Harbour Office") -> Page:
    return read_page(Capture.of_bytes(f"<!doctype html><title>{title}</title><div id=wrap>{body}{TEXT}</div>".encode()))


@pytest.mark.parametrize("between", ["", "<p>Tea at four</p>"])
def test_a_sites_name_above_the_title_is_the_masthead(between: str) -> None:
    page = read(f"{NAME}{between}<h2>{TITLE}</h2>")
    assert (zone_of(page, "Harbour Office"), zone_of(page, TITLE)) == ("banner", "main")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("<h1>Harbour Office</h1><h2>The kettle is back</h2>", f"{TITLE} | Harbour Office"),
        (f"{NAME}<h2>History</h2>", f"{TITLE} | Harbour Office"),
        (f"{NAME}<h2>The kettle is back</h2>", "Harbour Office"),
        (f"{NAME}<h2><a href=/x>The kettle is back</a></h2>", f"{TITLE} | Harbour Office"),
        (f"{NAME}<p>{PROSE[0][::-1]}</p>", f"{TITLE} | Harbour Office"),
    ],
)
def test_any_other_first_heading_stays_the_headline(body: str, title: str) -> None:
    assert zone_of(read(body, title), "Harbour Office") == "main"
