"""Whoever and whichever day an item of a list names is the item's: a find's author, an evening's day."""

from __future__ import annotations

import pytest

from solander.describing import describe
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

LEDGERS = (
    "The ledgers of a harbour",
    "Ropes that dry at low tide",
    "Lamps along the old quay",
    "Cranes and their keepers",
)
WRITERS = ("Ann Lester", "Bruno Keil", "Clara Duval", "Diego Ramos")


def described(body: str, title: str = "Harbour papers") -> Description:
    capture = Capture.of_bytes(f"<!doctype html><html lang=en><title>{title}</title><body>{body}".encode())
    return describe(read_page(capture), capture)


def finds(item: str, heading: str = "<h2><a href=/item/{at}>{title}</a></h2>") -> str:
    return "".join(
        item.format(heading=heading.format(at=at, title=title), writer=writer, at=at)
        for at, (title, writer) in enumerate(zip(LEDGERS, WRITERS, strict=True), 1)
    )


POSTS = (
    "<article>{heading}<p>What was found in the tower, and who wrote it down.</p><footer>"
    "<span class=byline>{writer}</span> <time datetime=2020-0{at}-04>{at} May 2020</time></footer></article>"
)
EVENINGS = "<li><time datetime=2023-0{at}-12>12 {at} 2023</time><div>{heading}<p>Great hall, 20:00</p></div></li>"
FINDS = (
    "<li><div>{at}</div><div><div>{heading}</div><div>by <a href=/by>{writer}</a> Published 19{at}8</div></div></li>"
)


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>Harbour papers</h1>{finds(POSTS)}</main>",
        f"<main><h1>Harbour papers</h1><ul>{finds(EVENINGS, '<h3><a href=/e/{at}>{title}</a></h3>')}</ul></main>",
        f"<main><h1>Harbour papers</h1><ol>{finds(FINDS, '<a href=/item/{at}>{title}</a>')}</ol></main>",
    ],
)
def test_what_items_of_a_list_name_is_not_the_pages(body: str) -> None:
    description = described(body)
    assert description.values("creator") == ()
    assert description.values("date") == ()


def test_an_article_keeps_its_author_and_day_beside_a_list_of_others() -> None:
    own = (
        "<article><h1>Harbour papers</h1><p class=byline>By Elif Kaya</p><time datetime=2021-03-02>2 March 2021</time>"
        + "<p>The keeper writes every evening how many boats came in, and which went out again before the tide.</p>" * 4
        + "</article>"
    )
    description = described(f"<main>{own}<section><h2>Papers</h2>{finds(POSTS)}</section></main>")
    assert description.values("creator") == ("Elif Kaya",)
    assert description.values("date") == ("2021-03-02",)


def test_sections_with_links_for_headings_at_length_are_no_list() -> None:
    long = "<p>" + "The keeper writes every evening how many boats came in, and which went out again. " * 8 + "</p>"
    part = "<section>{heading}<p class=byline>By Ann Lester</p>" + long + "</section>"
    description = described(f"<main><h1>Harbour papers</h1>{finds(part)}</main>")
    assert description.values("creator") == ("Ann Lester",)


def test_members_of_a_staff_are_no_items_with_titles() -> None:
    cards = "".join(f"<li><h3><a href=/p/{at}>{name}</a></h3><p>Archivist</p></li>" for at, name in enumerate(WRITERS))
    page = "<main><h1>Harbour papers</h1><p class=byline>By Elif Kaya</p>"
    assert described(f"{page}<ul>{cards}</ul></main>").values("creator") == ("Elif Kaya",)


@pytest.mark.parametrize("credit", ["Built with WooCommerce", "Proudly powered by WordPress", "Designed by Ann Lester"])
def test_what_a_site_runs_on_is_no_author_though_marked_as_one(credit: str) -> None:
    footer = f"<footer>© Alder 2024 <a href=//shop.example rel='author nofollow'>{credit}</a></footer>"
    assert described(f"<main><h1>Harbour papers</h1><p>Ropes.</p></main>{footer}").values("creator") == ()


def test_an_author_by_rel_is_one() -> None:
    page = "<main><h1>Harbour papers</h1><a rel=author href=/ann>Ann Lester</a><p>Ropes and lamps.</p></main>"
    assert described(page).values("creator") == ("Ann Lester",)


def test_two_buttons_beside_a_day_are_no_name() -> None:
    page = "<h1>Harbour papers</h1><div><span class=posted>2023-05-04</span></div>{}<p>The work is in the open.</p>"
    buttons = "<a class=button>Apply</a><button>Teilen</button>"
    assert described(f"<main>{page.format(buttons)}</main>").values("creator") == ()
    assert described(f"<main>{page.format('<div>Ann Lester</div>')}</main>").values("creator") == ("Ann Lester",)
