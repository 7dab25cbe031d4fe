"""Days of publication that a page's scripts hold."""

import pytest

from solander.describing import describe
from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.walk.script_days import DAYS, days_in_script


@pytest.mark.parametrize(
    ("script", "held"),
    [
        ('{"published_at":"2019-03-02T06:22:28+01:00"}', [("published_at", "2019-03-02")]),
        ('{"publishedDate" : "2016-11-04"}', [("publishedDate", "2016-11-04")]),
        ("page = { datePublished: '2020-01-06 09:00' }", [("datePublished", "2020-01-06")]),
        (r'"{\"article_publish_date\":\"2021-05-17T00:00\"}"', [("article_publish_date", "2021-05-17")]),
        (r"\\\"firstPublishedAt\\\":\\\"2022-02-01\\\"", [("firstPublishedAt", "2022-02-01")]),
        ('{"contentPublicationDate":"2024-12-30"}', [("contentPublicationDate", "2024-12-30")]),
        ('{"unpublishedAt":"2019-03-02"}', []),
        ('{"republishedAt":"2019-03-02"}', []),
        ('{"publisher":"2019-03-02"}', []),
        ('{"published":"2019"}', []),
        ('{"published":"2019-03-021"}', []),
        ('{"updated_at":"2019-03-02"}', []),
        ('publish("2019-03-02")', []),
    ],
)
def test_a_name_that_says_published_gives_its_day(script, held):
    assert list(days_in_script(script)) == held


def test_a_script_with_a_list_of_pages_is_not_read_to_its_end():
    assert len(list(days_in_script('{"published":"2019-03-02"},' * 1000))) == DAYS


def described(*scripts: str, head: str = "", body: str = ""):
    page = f"<html lang=en><head><title>Moss</title>{head}</head><body><h1>Moss</h1><p>Moss is small.</p>{body}"
    capture = Capture.of_bytes((page + "".join(f"<script>{one}</script>" for one in scripts)).encode())
    return describe(read_page(capture), capture)


def test_the_day_that_scripts_agree_on_is_the_day_of_publication_where_nothing_else_names_one():
    told = described('a = {"publishedAt":"2019-03-02T10:00:00Z"}', 'b = {"published_at":"2019-03-02"}')
    assert told.values("date") == ("2019-03-02",)
    evidence = told.of("date")[0].evidence
    assert (evidence.origin, evidence.detail) == ("script", "script publishedAt")
    assert evidence.source == "xpath(/html/body/script[1])"


def test_scripts_that_disagree_name_no_day():
    told = described('{"publishedAt":"2019-03-02"}', '{"publishedAt":"2020-03-02"}')
    assert told.first("date") is None
    assert sorted(one.value for one in told.statements if one.element == "date") == ["2019-03-02", "2020-03-02"]


def test_what_a_page_says_itself_outranks_its_scripts():
    named = '<meta property="article:published_time" content="2018-01-05T08:00:00Z">'
    assert described('{"publishedAt":"2019-03-02"}', head=named).values("date") == ("2018-01-05",)
    line = "<p>By Ann Lee, 5 January 2018</p>"
    assert described('{"publishedAt":"2019-03-02"}', body=line).values("date") == ("2018-01-05",)


def test_a_day_that_is_none_is_no_statement():
    assert described('{"publishedAt":"2019-13-41"}').first("date") is None
