"""Days that a page tells otherwise than by a mark in its head or a line beneath its title."""

from __future__ import annotations

import pytest
from tests.describing.test_whole_pages import PROSE, described

from solander.describing.days.dates import find_date, order_in


@pytest.mark.parametrize(
    "text",
    [
        "2020. 5. 4.",
        "2020. május 4.",
        "4. toukokuuta 2020",
        "04/mai/2020",
        "4. svibnja 2020",
        "4 de maig de 2020",
        "4. mája 2020",
        "4 мај 2020",
        "4 мая 2020",
        "4 מאי 2020",
        "4 مايو 2020",
        "4 mai 2020",
    ],
)
def test_a_day_is_read_in_the_languages_that_pages_are_written_in(text: str) -> None:
    found = find_date(text)
    assert found is not None
    assert found.value == "2020-05-04"


def test_a_figure_beyond_twelve_proves_the_order_though_the_year_is_short() -> None:
    found = find_date("By Ann Lee - 11/19/19 06:56 AM EST")
    assert found is not None
    assert found.value == "2019-11-19"
    assert find_date("11/08/19 06:56 AM EST") is None
    # A line of figures may begin with its year.
    assert find_date("17-09-11") is None
    assert order_in(["11/19/19 06:56 AM", "11/08/19 07:00 AM"]) == "month-day"


@pytest.mark.parametrize(
    "line",
    [
        "This entry was posted on Monday, May 4th, 2020 at 9:00 am and is filed under Harbours.",
        "Der Beitrag wurde am Montag, den 4. Mai 2020 um 15:21 Uhr veröffentlicht und wurde unter Hafen abgelegt.",
        "Cette entrée a été publiée dans Ports le 4 mai 2020 par Ann Lee.",
        "Esta entrada fue publicada el 4 de mayo de 2020.",
        "Ten wpis został opublikowany 4 maja 2020.",
        "First Published: Monday, May 4, 2020 08:38 AM",
        "Veröffentlicht am 4. Mai 2020",
    ],
)
def test_beneath_the_text_a_page_says_when_it_was_published(line: str) -> None:
    assert described(PROSE * 14, f"<p>{line}</p>").first("date") == "2020-05-04"


@pytest.mark.parametrize(
    "line",
    [
        "This entry was last changed on Monday, May 4th, 2020.",
        "This article is about the storm of May 4th, 2020, and what became of the keeper.",
        "Published: May 4, 2020</p><p>Published: May 5, 2020",
    ],
)
def test_what_was_changed_told_of_or_said_of_several_is_not_the_pages_day(line: str) -> None:
    assert described(PROSE * 14, f"<p>{line}</p>").values("date") == ()


@pytest.mark.parametrize(
    "line",
    [
        "Discussion in 'Harbours' started by ann_lee, May 4, 2020.",
        "asked May 4, 2020 at 10:51",
        "Post by ann_lee » 4. May 2020, 18:36",
        "Re: The Harbour by ann_lee on May 4, 2020",
    ],
)
def test_the_first_posts_day_is_the_threads(line: str) -> None:
    later = "<p>Post by bo_fox » 6. May 2020, 18:36</p>"
    assert described(f"<p>{line}</p>", PROSE * 12, later, PROSE).first("date") == "2020-05-04"


def test_a_change_in_the_place_of_a_posts_day_is_none() -> None:
    assert described("<p>By Ann LeeUpdated: May 4, 2020 1:06 PM EST</p>", PROSE).values("date") == ()


def test_the_one_day_marked_right_by_the_title_is_believed_for_want_of_others() -> None:
    section = "<section><time datetime=2020-05-04>4.5.</time></section>"
    aside = f"<div><aside><section><p>Harbours</p></section>{section}</aside></div>"
    article = "<article><header><h1>The Harbour at Night</h1></header>"
    assert described(article, aside, PROSE, "</article>").first("date") == "2020-05-04"
    two = aside + aside.replace("2020-05-04", "2020-05-06")
    assert described(article, two, PROSE, "</article>").values("date") == ()
    head = "<meta property='article:published_time' content='2020-04-30'>"
    assert described(article, aside, PROSE, "</article>", head=head).first("date") == "2020-04-30"
