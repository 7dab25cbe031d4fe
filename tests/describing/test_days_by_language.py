"""Days that only a page's language settles: months of the Slavs, the Persian calendar; and the day of delivery."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.describing import describe
from solander.describing.days.dates import order_of, parse_date
from solander.describing.days.persian_days import gregorian
from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.dateline import only_date

PROSE = (
    "<p>Nobody fishes from the pier in winter any more, and nobody did in the winters before the war, said the "
    "harbour master, who has kept the lamp for forty years and means to go on.</p>"
)
NOVEMBER = datetime(2026, 11, 28, 10, tzinfo=UTC)


def days_of(body: str, *, at: datetime | None = None, language: str = "en") -> tuple[str, ...]:
    """The day of publication of a page with such a body."""
    content = f"<!doctype html><html lang={language}><title>The pier</title>{body}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html", captured_at=at)
    return describe(read_page(capture), capture).values("date")


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("5. listopada 2018.", "hr", "2018-10-05"),
        ("05 listopada 2018", "hr", "2018-10-05"),
        ("listopad 2018", "bs", "2018-10"),
        ("5. lis 2018.", "hr", "2018-10-05"),
        ("3. lip 2020.", "hr", "2020-06-03"),
        ("3. srp 2020.", "hr", "2020-07-03"),
        ("12 srpanj 2020", "hr", "2020-07-12"),
        # A stop behind the day is the Croatian ordinal's, whatever the page says of its language.
        ("5. listopada 2018.", None, "2018-10-05"),
        ("5 listopada 2018", "pl", "2018-11-05"),
        ("3 lip 2020", "pl", "2020-07-03"),
        ("5. listopadu 2018", "cs", "2018-11-05"),
        ("5 листопада 2018", "uk", "2018-11-05"),
        ("листопад 2018", "uk", "2018-11"),
        ("5 лістапада 2018", "be", "2018-11-05"),
        ("5. oktobar 2018", "sr", "2018-10-05"),
        ("3/4/2020", "hr", "2020-04-03"),
        ("28.09.19 12:40", "hr", "2019-09-28"),
    ],
)
def test_a_month_is_that_of_the_pages_language(written: str, language: str | None, value: str):
    assert parse_date(written, order_of(language)) == value


@pytest.mark.parametrize(
    ("written", "language", "value"),
    [
        ("۱۳ اردیبهشت ۱۴۰۲", None, "2023-05-03"),
        ("چهارشنبه ۱۳ دی ماه ۱۴۰۲ - ۱۰:۲۰", None, "2024-01-03"),
        ("30 اسفند 1399", None, "2021-03-20"),
        ("30 اسفند 1400", None, None),
        ("1402/02/13", "fa", "2023-05-03"),
        ("۱۴۰۲/۰۲/۱۳", "fa", "2023-05-03"),
        ("1402-02-13T10:00:00", "fa", "2023-05-03"),
        ("2023-05-03", "fa", "2023-05-03"),
        # A year or a month of another calendar lies in two of ours.
        ("1402", "fa", None),
        ("1402-02", "fa", None),
        # A charter of 1402 is one, where nothing speaks Persian.
        ("1402-02-13", "en", "1402-02-13"),
    ],
)
def test_a_day_of_the_persian_calendar_becomes_ours(written: str, language: str | None, value: str | None):
    assert parse_date(written, order_of(language)) == value


@given(st.integers(1300, 1448), st.integers(1, 12))
def test_persian_months_follow_each_other_without_gaps(year: int, month: int):
    longest = max(day for day in range(1, 33) if gregorian(year, month, day))
    last = gregorian(year, month, longest)
    following = gregorian(year + month // 12, month % 12 + 1, 1)
    assert last is not None
    assert following is not None
    assert (date(*following) - date(*last)).days == 1


def test_a_reader_marks_no_day_that_two_calendars_have():
    assert only_date("1402/02/13") is None
    assert only_date("5. listopada 2018.") == "2018-10-05"
    assert only_date("5 listopada 2018") == "2018-11-05"


@pytest.mark.parametrize(
    "masthead",
    [
        "<header><a href='/'>Bay Herald</a> <span>Saturday, November 28, 2026</span></header>",
        "<div><div>Saturday, November 28, 2026</div><div><a href='/'>Bay Herald</a></div></div>",
        "<table><tr><td>Bay Herald<td>28 November 2026</table>",
    ],
)
def test_todays_day_in_a_masthead_is_no_day_of_publication(masthead: str):
    assert days_of(f"{masthead}<h1>The pier</h1>{PROSE * 2}", at=NOVEMBER) == ()


def test_a_day_that_is_not_the_captures_stays_and_one_by_the_title_too():
    masthead = "<div><div>Saturday, November 28, 2026</div><div><a href='/'>Bay Herald</a></div></div>"
    assert days_of(f"{masthead}<h1>The pier</h1>{PROSE * 2}", at=datetime(2027, 2, 1, tzinfo=UTC)) == ("2026-11-28",)
    beside = f"<p>28 November 2026</p><h1>The pier</h1>{PROSE * 2}"
    assert days_of(beside, at=NOVEMBER) == ("2026-11-28",)
    beneath = f"<h1>The pier</h1><p>28 November 2026</p>{PROSE * 2}"
    assert days_of(beneath, at=NOVEMBER) == ("2026-11-28",)
    assert days_of(f"{masthead}<h1>The pier</h1><p>4 March 2021</p>{PROSE * 2}", at=NOVEMBER) == ("2021-03-04",)


@pytest.mark.parametrize("heading", ["Customer reviews", "Reviews (2)", "Kundenbewertungen", "Avis clients"])
def test_days_of_customers_reviews_are_none_of_the_page(heading: str):
    review = f"<h2>{heading}</h2><div><b>Great</b><br>Marta V. on Jan 05, 2020</div>"
    assert days_of(f"<h1>The pier</h1>{PROSE}{review}") == ()
    assert days_of(f"<h1>The pier</h1><p>4 May 2020</p>{PROSE}{review}") == ("2020-05-04",)


def test_a_customer_who_reviews_a_thing_is_no_author_of_its_page():
    review = "<h2>Customer reviews</h2><div><p>Marta Keeper</p><p>Jan 05, 2020</p><p>Lovely lamp</p></div>"
    content = f"<!doctype html><html lang=en><title>A lamp</title><h1>A lamp</h1><p>Of brass.</p>{review}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    found = describe(read_page(capture), capture)
    assert found.values("creator") == ()
    assert found.values("date") == ()
