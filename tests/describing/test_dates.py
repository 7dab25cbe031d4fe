"""Dates: only real ones, in W3CDTF, as far as the page says and no further."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.records.description import is_w3cdtf
from solander.describing.days.by_weekday import order_by_weekday
from solander.describing.days.dates import (
    LATEST_YEAR,
    ZEROS,
    find_date,
    order_at,
    order_in,
    order_of,
    parse_date,
)
from solander.describing.days.in_path import date_in_path


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2021-12-08", "2021-12-08"),
        ("2021-12-08T23:30:00+08:00", "2021-12-08"),
        ("2021-12-08 10:00:00.000", "2021-12-08"),
        ("20211208", "2021-12-08"),
        ("20211208T055000+0900", "2021-12-08"),
        ("2021/12/8", "2021-12-08"),
        ("December 8, 2021", "2021-12-08"),
        ("Dec. 8th, 2021", "2021-12-08"),
        ("8 December 2021", "2021-12-08"),
        ("Wed, 08 Dec 2021 10:00:00 GMT", "2021-12-08"),
        ("Wed Dec 08 10:00:00 CET 2021", "2021-12-08"),
        ("2021 Dec 8", "2021-12-08"),
        ("8. Dezember 2021", "2021-12-08"),
        ("1er août 2020", "2020-08-01"),
        ("12 tammikuun, 2014", "2014-01-12"),
        ("8 de diciembre de 2021", "2021-12-08"),
        ("8 dicembre 2021", "2021-12-08"),
        ("8 de dezembro de 2021", "2021-12-08"),
        ("8 grudnia 2021", "2021-12-08"),
        ("8 декабря 2021 г.", "2021-12-08"),
        ("12 мая 2020", "2020-05-12"),
        ("8 Δεκεμβρίου 2021", "2021-12-08"),
        ("2021年12月8日", "2021-12-08"),
        ("二〇二一年十二月二十八日", "2021-12-28"),
        ("令和3年12月8日", "2021-12-08"),
        ("2021년 12월 8일", "2021-12-08"),
        ("Datum:26. Januar 2022", "2022-01-26"),
    ],
)
def test_a_day_is_read_in_the_languages_that_pages_are_in(written: str, value: str) -> None:
    assert parse_date(written) == value


@pytest.mark.parametrize(("written", "value"), [("2021", "2021"), ("2021-12", "2021-12"), ("December 2021", "2021-12")])
def test_a_partial_date_stays_partial(written: str, value: str) -> None:
    assert parse_date(written) == value


@pytest.mark.parametrize(
    "written",
    [
        "2021-13-41",
        "2021-02-30",
        "31 February 2021",
        "0001-01-01T00:00:00Z",
        "0000-00-00",
        "yesterday",
        "8. Smarch 2021",
        "3/4",
        "",
    ],
)
def test_what_is_no_real_date_gives_none(written: str) -> None:
    assert parse_date(written) is None


def test_an_ambiguous_date_gives_none_until_its_order_is_known() -> None:
    assert parse_date("03/04/2021") is None
    assert parse_date("03/04/2021", "day-month") == "2021-04-03"
    assert parse_date("03/04/2021", "month-day") == "2021-03-04"


def test_a_day_above_twelve_proves_the_order() -> None:
    assert parse_date("13/04/2021", "month-day") == parse_date("04/13/2021", "day-month") == "2021-04-13"
    assert parse_date("04/04/2021") == "2021-04-04"


@pytest.mark.parametrize(
    "written",
    [
        "vr, 02/03/2023 - 11:20",
        "Fr., 02/03/2023",
        "viernes 02/03/2023",
        "pt, 02.03.2023",
        "Пятница, 02/03/2023",
        "FRI 02/03/2023",
    ],
)
def test_a_weekday_gainsays_the_order_of_the_language(written: str) -> None:
    assert parse_date(written, "day-month") == "2023-02-03"
    # A Friday is neither the fourth of March nor the third of April.
    assert parse_date(re.sub(r"02(?=[/.])", "04", written), "day-month") == "2023-03-04"


@pytest.mark.parametrize("written", ["to 06/07/2023", "di 06/06/2023", "harbour 02/03/2023", "Sat, 02/03/2023"])
def test_a_word_that_is_no_weekday_of_either_reading_proves_nothing(written: str) -> None:
    assert order_by_weekday(written[:-10], 2023, *map(int, written[-10:-5].split("/"))) is None


def test_english_without_a_region_settles_no_order() -> None:
    assert order_of("en") is None
    assert (order_of("en-US"), order_of("en-GB"), order_of("de"), order_of(None)) == (
        "month-day",
        "day-month",
        "day-month",
        None,
    )


def test_a_full_date_outranks_a_partial_one_before_it() -> None:
    found = find_date("Issue of May 2020, printed 3 June 2020")
    assert found is not None
    assert found.value == "2020-06-03"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/2021/12/08/harbour", "2021-12-08"),
        ("/news/20211208-harbour.html", "2021-12-08"),
        ("/harbour/2021/dec/08/the-ferry", "2021-12-08"),
        ("/hafen/2021/märz/8/", "2021-03-08"),
        ("/2021/harbour_news/12/8/ferry/index.html", "2021-12-08"),
        ("/item/12345678", None),
        ("/2021/ferries/08/the-ferry", None),
        ("/1921/harbour/12/08/", None),
        ("/2021/ferries/12/2021", None),
    ],
)
def test_a_path_gives_a_date_only_to_the_day(path: str, value: str | None) -> None:
    assert date_in_path(path) == value


@given(day=st.dates(date(1400, 1, 1), date(LATEST_YEAR, 12, 31)))
def test_every_day_survives_being_written(day: date) -> None:
    # But for those that a machine writes where it knows none.
    assert parse_date(day.isoformat()) == (None if day.isoformat() in ZEROS else day.isoformat())
    assert parse_date(f"{day.day}. {['Januar', 'Mai', 'Juli'][day.month % 3]} {day.year}") is not None


@given(text=st.text(alphabet="0123456789./-: ,TZ年月日十二DecJanMäroof", max_size=60))
def test_whatever_is_written_the_answer_is_a_date_or_none(text: str) -> None:
    value = parse_date(text, "day-month")
    assert value is None or is_w3cdtf(value)


def test_a_year_of_two_figures_is_one_of_this_century_where_the_day_comes_first() -> None:
    for text in ("28.09.19 12:40", "28.09.1912:40", "keeper28.09.19"):
        found = find_date(text, "day-month")
        assert found is not None
        assert found.value == "2019-09-28", text
    assert find_date("28.09.19 12:40") is None
    assert find_date("version 1.10.19.2", "day-month") is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Published on 12/01/12 at 09:49am", "2012-01-12"),
        ("28 ноября 11 (14:41)", "2011-11-28"),
        ("3 sty 12 06:15", "2012-01-03"),
        ("Δημοσίευση: 17-09-11", "2011-09-17"),
        # Without an hour behind it, amid words: a price, a part, a score.
        ("12/01/12 of the parts", None),
        ("3 may 12 be enough", None),
    ],
)
def test_a_year_of_two_figures_is_one_where_an_hour_or_nothing_stands_behind_it(text, value):
    found = find_date(text, "day-month")
    assert (found.value if found else None) == value


def test_in_figures_parted_by_strokes_a_short_year_is_read_in_a_settled_order_alone():
    assert find_date("12/01/12 09:49") is None
    assert find_date("12/01/12 09:49", "month-day").value == "2012-12-01"


def test_the_order_of_day_and_month_is_the_countrys_or_what_other_days_prove():
    assert (order_at("www.coast.com.au"), order_at("coast.gov"), order_at("coast.com")) == (
        "day-month",
        "month-day",
        None,
    )
    assert order_in(["3/4/2020", "25/3/2020"]) == "day-month"
    assert order_in(["3/25/2020"]) == "month-day"
    assert order_in(["25/3/2020", "3/25/2020"]) is None
    assert order_in(["3/4/2020"]) is None


@pytest.mark.parametrize("written", ["3-2-10", "Record: 12-3-11", "Record: 3-12-11 12:30"])
def test_games_that_were_counted_are_no_day(written: str) -> None:
    assert find_date(written, "day-month") is None
