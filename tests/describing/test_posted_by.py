"""Who posted, by the line in which software says so; and what a site's first page is called."""

from __future__ import annotations

import pytest
from tests.describing.test_whole_pages import PROSE

from solander import Capture, describe, read_page
from solander.describing.clues.posted_by import posted_by
from solander.describing.names.people import people
from solander.describing.titles.home_title import is_first_page
from solander.model.description import Description


def described(title: str, *markup: str, uri: str | None = None) -> Description:
    page = f"<!DOCTYPE html><title>{title}</title>{''.join(markup)}"
    capture = Capture.of_bytes(page.encode(), uri=uri)
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Posted on May 4, 2020 by ann_lee", "ann_lee"),
        ("Eingestellt von Lampenfrau um 10:52", "Lampenfrau"),
        ("Posted by Ann at 10:52 AM", "Ann"),
        ("Publié par Ann Lee le 4 mai 2020", "Ann Lee"),
        ("Author: ann2 am 04.05.2020, 13:36 Uhr", "ann2"),
        ("4 May 2020 by Ann Lee", "Ann Lee"),
        ("Erstellt am 4. Mai 2020 von admin", ""),
        ("By the end of 2020", ""),
        ("By train on 4 May 2020", ""),
        ("von Montag 10:00 bis 12:00", ""),
        ("Posted on May 4, 2020 in Harbours by the sea", ""),
        ("Published by Coast 2020", ""),
        ("Due May 8, 2020 by noon", ""),
        ("Published by Penguin on 4 May 2020", ""),
        ("Published by Coast Books, May 4, 2020", ""),
        ("Published by Ann on 4 May 2020", "Ann"),
        ("Published by ann_lee on 4 May 2020", "ann_lee"),
        ("Posted by Staff on May 4, 2020", ""),
        ("Posted on May 4, 2020 by staff", ""),
        ("Posted by Editorial Team on May 4, 2020", ""),
        ("Posted by Ann Arbor on May 4, 2020", ""),
        ("Posted on May 4, 2020 by Orlando Magic", ""),
        ("Published May 4, 2020 by 5pm", ""),
        ("Updated May 4, 2020 by email", ""),
        ("Created by design on May 4, 2020", ""),
    ],
)
def test_between_a_verb_of_publishing_and_a_day_a_user_is_named(line: str, name: str) -> None:
    assert posted_by(line) == name


def test_beneath_the_text_one_who_posted_is_its_author_and_several_are_none() -> None:
    foot = "<p>Eingestellt von Lampenfrau um 10:52</p>"
    heading = "<h1>The Harbour at Night</h1>"
    assert described("The Harbour at Night", heading, PROSE * 12, foot).values("creator") == ("Lampenfrau",)
    more = foot.replace("Lampenfrau", "Nachtfrau")
    assert described("The Harbour at Night", heading, PROSE * 12, foot, more).values("creator") == ()


@pytest.mark.parametrize(
    ("uri", "is_first"),
    [
        ("https://harbour.example/", True),
        ("https://harbour.example", True),
        ("https://harbour.example/index.html", True),
        ("https://harbour.example/en/", True),
        ("https://harbour.example/?utm_source=mail&gclid=1", True),
        ("https://harbour.example/?p=12", False),
        ("https://harbour.example/lamps/", False),
        ("https://[harbour/", False),
        (None, False),
    ],
)
def test_a_sites_first_page_is_told_by_its_address(uri: str | None, is_first: bool) -> None:
    assert is_first_page(uri) == is_first


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Lamplight | Lamps for every window", "Lamplight | Lamps for every window"),
        ("Lamplight - Lamps for every window - Lamplight", "Lamplight - Lamps for every window"),
        ("Lamps for every window | Lamplight", "Lamps for every window"),
    ],
)
def test_on_its_first_page_a_sites_name_that_leads_is_the_titles_own(title: str, wanted: str) -> None:
    slogan = "<h1>See what the night hides</h1>"
    assert described(title, slogan, PROSE, uri="https://lamplight.example/").first("title") == wanted


def test_on_other_pages_a_leading_name_of_the_site_is_the_templates() -> None:
    heading = "<h1>Lamps for every window</h1>"
    found = described("Lamplight | Lamps for every window", heading, PROSE, uri="https://lamplight.example/lamps/12")
    assert found.first("title") == "Lamps for every window"


@pytest.mark.parametrize("name", ["Ann Arbor", "Orlando Magic", "Paris Hotel", "Victoria Station"])
def test_a_place_that_begins_with_a_given_name_is_nobody(name: str) -> None:
    heading = "<h1>The Harbour at Night</h1>"
    for line in (name, f"By {name}"):
        assert described("The Harbour at Night", heading, f"<p>{line}</p>", PROSE * 3).values("creator") == ()


@pytest.mark.parametrize("line", ["By Ann Lee Dec 3", "By Ann Lee Dec 3 10:52 am", "By Ann Lee Dec 3rd 2020"])
def test_a_month_behind_a_name_is_the_days(line: str) -> None:
    assert people(line) == ("Ann Lee",)
