"""Days of other calendars and months in more languages; and days that are an event's, a life's or a machine's."""

from __future__ import annotations

import pytest

from solander.describing import describe
from solander.describing.clues.labels import facts
from solander.describing.days.dates import dates_in, find_date, parse_date
from solander.describing.days.periods import is_of_else
from solander.model.capture import Capture
from solander.model.description import Description
from solander.reading import read_page

PROSE = "<p>Nobody fishes from the pier in winter any more, and nobody did in the winters before the war.</p>"


def described(line: str) -> Description:
    """A page with such a line beneath its title."""
    content = f"<!doctype html><html lang=en><title>The pier</title><h1>The pier</h1><p>{line}</p>{PROSE}{PROSE}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    return describe(read_page(capture), capture)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2020/03", "2020-03"),
        ("2014/00/00", "2014"),
        ("14 มีนาคม 2563", "2020-03-14"),
        ("14 मार्च 2020", "2020-03-14"),
        ("2018. márc. 14.", "2018-03-14"),
        ("2014/3/0", "2014-03"),
        ("03/2020", "2020-03"),
        ("2563-03-14", "2020-03-14"),
        ("2564", "2021"),
        ("1970-01-01T00:00:00Z", None),
        ("1900-01-01", None),
        ("1970-01-02", "1970-01-02"),
        ("12 Agustus 2019", "2019-08-12"),
        ("3 Maret 2021", "2021-03-03"),
        ("14 tháng 3 năm 2022", "2022-03-14"),
        ("14 tháng 3, 2022", "2022-03-14"),
        ("14 كانون الثاني 2020", "2020-01-14"),
        ("14 تشرين الأول 2020", "2020-10-14"),
        ("5 آذار 2021", "2021-03-05"),
        ("民國109年5月4日", "2020-05-04"),
        ("令和2年5月4日", "2020-05-04"),
        ("Septiembre 12 de 2018", "2018-09-12"),
    ],
)
def test_days_are_read_in_more_calendars_and_languages(written: str, value: str | None):
    assert parse_date(written) == value


def test_all_days_of_a_line_are_found_in_its_order():
    found = dates_in("Published 1 March 2018, updated 2 March 2018 and 2018-03-05")
    assert [one.value for one in found] == ["2018-03-01", "2018-03-02", "2018-03-05"]
    assert dates_in("no day here, nor in March 2018") == []


@pytest.mark.parametrize(
    ("line", "issued", "modified"),
    [
        ("Published on March 1, 2018. Last updated on March 2, 2018.", "2018-03-01", "2018-03-02"),
        ("Published on March 1, 2018 at 10:15 and updated on March 2, 2018", "2018-03-01", "2018-03-02"),
        ("Veröffentlicht am 1. März 2018, zuletzt aktualisiert am 2. März 2018", "2018-03-01", "2018-03-02"),
        ("Publié le 1 mars 2018 à 10h15, mis à jour le 2 mars 2018 à 12h00", "2018-03-01", "2018-03-02"),
        ("Publicado el 1 de marzo de 2018 y actualizado el 2 de marzo de 2018", "2018-03-01", "2018-03-02"),
        ("Julkaistu 23.11.2015 klo 10.15, päivitetty 24.11.2015", "2015-11-23", "2015-11-24"),
        ("Publicerad 1 mars 2018, uppdaterad 2 mars 2018", "2018-03-01", "2018-03-02"),
        ("Published on March 1, 2018", "2018-03-01", None),
        ("The ferry was updated on March 1, 2018 and on March 2, 2018.", None, None),
    ],
)  # fmt: skip
def test_a_line_may_tell_of_publication_and_of_change(line: str, issued: str | None, modified: str | None):
    said = {one.kind: one.value for one in facts(line, "day-month")}
    assert (said.get("issued"), said.get("modified")) == (issued, modified)


@pytest.mark.parametrize(
    "line",
    [
        *("Closing date: 12 May 2024", "Deadline: 12 May 2024", "Apply by 12 May 2024", "Valid from 1 January 2024"),
        *("Born: 4 May 1921, Dunmore", "Died 4 May 1991", "Geboren am 4. Mai 1921", "Née le 4 mai 1921"),
        *("14–16 May 2024", "12 May – 30 September 2024", "Exposition du 12 mai au 30 septembre 2024"),
        *("Bewerbungsschluss: 12. Mai 2024", "Date limite : 12 mai 2024", "截止日期：2024年5月12日"),
        *("Site built on 2026-11-20", "Generated on 20 November 2026"),
    ],
)
def test_a_day_of_something_else_is_none_of_publication(line: str):
    found = find_date(line, "day-month")
    assert found is not None
    assert is_of_else(line[: found.start], line[found.end :])
    assert (
        described(f"<h1>The pier</h1><p>{line}</p><p>Nobody fishes from the pier in winter any more.</p>").first("date")
        is None
    )


@pytest.mark.parametrize(
    "line",
    ["12 May 2024", "Posted on 12 May 2024", "Harbour, 12 May 2024", "12 May 2024, 10:15", "By Ann Lee | 12 May 2024"],
)
def test_a_day_of_publication_stays_one(line: str):
    assert described(line).first("date") == "2024-05-12"


@pytest.mark.parametrize(
    "weekday", ["Δευτέρα", "Måndag", "Pondělí", "Luni", "Понедельник", "Hétfő", "Pazartesi", "Senin"]
)
def test_a_weekday_is_no_place(weekday: str):
    assert described(f"{weekday}, 12 May 2024").first("coverage") is None


def test_the_day_of_an_event_is_none_of_publication():
    event = '<script type="application/ld+json">{"@type":"Event","startDate":"2026-10-17T19:00"}</script>'
    line = f'<span class="event-date date">Saturday, 17 October 2026</span>{event}'
    assert described(line).first("date") is None
    assert described(line.replace("2026-10-17T", "2026-10-18T")).first("date") == "2026-10-17"


def test_a_label_alone_in_its_line_tells_what_the_day_beneath_it_is():
    listed = "<dl><dt>Published</dt><dd>3 March 2021</dd><dt>Last updated</dt><dd>30 November 2022</dd></dl>"
    page = described(listed)
    said = {one.refinement: one.value for one in page.statements if one.element == "date" and one.chosen}
    assert said == {"issued": "2021-03-03", "modified": "2022-11-30"}


@pytest.mark.parametrize("name", ["current-date", "todays-date", "event-date"])
def test_a_class_of_another_day_is_no_hint(name: str):
    content = f"<!doctype html><html lang=en><title>The pier</title><p class={name}>Saturday, November 28, 2026</p>"
    content += f'<h1>The pier</h1><p class="date">Published March 4, 2021</p>{PROSE}{PROSE}'
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    assert describe(read_page(capture), capture).first("date") == "2021-03-04"


def test_terms_of_a_catalogue_stand_beside_one_another():
    metas = '<meta name="DCTERMS.spatial" content="Bay of Reeds"><meta name="DCTERMS.temporal" content="1900/1950">'
    content = f"<!doctype html><html lang=en><title>The pier</title>{metas}<h1>The pier</h1>{PROSE}{PROSE}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    assert len(describe(read_page(capture), capture).values("coverage")) == 2
