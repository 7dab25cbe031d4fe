"""RDFa in the body says who wrote a page and when, as microdata does."""

from solander.describing import describe
from solander.model.capture import Capture
from solander.reading import read_page

TEXT = (
    "<p>The old iron bridge opened to traffic at dawn on Saturday, nine months after a barge struck its pier.</p>" * 3
)


def described(inside):
    page = f"<!doctype html><title>Bridge reopens</title><main><h1>Bridge reopens</h1>{inside}{TEXT}</main>"
    capture = Capture.of_bytes(page.encode())
    return describe(read_page(capture), capture)


def test_an_author_and_a_day_in_rdfa_are_stated_with_their_property():
    description = described(
        '<div vocab="http://schema.org/">'
        '<span property="author" typeof="Person"><span property="name">Ann Lee</span></span>'
        '<span property="schema:datePublished" content="2021-12-08T23:30:00-05:00">Wednesday</span></div>'
    )
    assert description.values("creator") == ("Ann Lee",)
    assert description.values("date") == ("2021-12-08",)
    assert description.of("creator")[0].evidence.detail == "property=author"


def test_a_property_of_another_meaning_states_nothing():
    description = described('<span property="schema:name">Ann Lee</span>')
    assert not description.values("creator")
