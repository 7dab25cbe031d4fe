"""A capture keeps its promises however it is made: bytes, a moment in UTC, no credentials."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model.addresses import is_address, without_credentials
from solander.model.capture import Capture, Origin, whole_seconds, written_moment

SECRET = "s3cretw0rd"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://user:s3cretw0rd@host.example/a?b#c", "https://host.example/a?b#c"),
        ("https://user@host.example/", "https://host.example/"),
        ("https://user@corp:s3cretw0rd@host.example/", "https://host.example/"),
        ("http://user:s3cretw0rd@[bad/", "http://[bad/"),
        ("http://user:s3cretw0rd@[::1]:80/", "http://[::1]:80/"),
        ("http:\\\\user:s3cretw0rd@host.example/", "http://host.example/"),
        ("https:user:s3cretw0rd@host.example/x", "https://host.example/x"),
        ("https:/user:s3cretw0rd@host.example/x", "https://host.example/x"),
        ("https:///user:s3cretw0rd@host.example/x", "https://host.example/x"),
        ("  ht\ntp://user:s3cretw0rd@host.example/", "http://host.example/"),
        ("HTTP://user:s3cretw0rd@host.example\\x", "HTTP://host.example\\x"),
        ("http://user:s3cret/w0rd@host.example/", "http://host.example/"),
        ("http://user:s3cret?w0rd@host.example/", "http://host.example/"),
        ("http://user:s3cretw0rd@ho st/", "http://ho st/"),
        ("//user:s3cretw0rd@host.example/x", "//host.example/x"),
        ("ssh://user:s3cretw0rd@host.example/x", "ssh://host.example/x"),
        ("user:s3cretw0rd@host.example/x", None),
        ("foo:\\\\user:s3cretw0rd@host.example/x", None),
        ("ssh:user:s3cretw0rd@host.example", None),
        ("/user:s3cretw0rd@host.example/x", None),
        (
            "https://web.example/2020/http://user:s3cretw0rd@host.example/x",
            "https://web.example/2020/http://host.example/x",
        ),
        ("https://go.example/?to=http:/user:s3cretw0rd@host.example", "https://go.example/?to=http:/host.example"),
    ],
)
def test_no_password_passes_in_whatever_way_the_address_is_written(given: str, kept: str | None):
    assert without_credentials(given) == (kept, True)


@pytest.mark.parametrize(
    "uri",
    [
        "https://host.example/@user/a",
        "https://host.example/a@b?c=d@e#f@g",
        "https://host.example:8080/mail@host",
        "https://[::1]/a@b",
        "https://web.example/2020/https://host.example/@user",
        "mailto:user@host.example",
        "tag:user@host.example,2020:a",
        "urn:x:a@b",
        "file:///a@b/c",
        "/@user/a",
        " https://host.example/a b",
    ],
)
def test_an_address_without_credentials_is_left_as_it_is(uri: str):
    assert without_credentials(uri) == (uri, False)


NOISE = st.text(st.characters(exclude_characters="@", exclude_categories=["Cs"]), max_size=6)
SCHEMES = st.sampled_from(["http:", "https:", "ftp:", "HTTP:", "ssh:", "foo:", "", " http:", "h\nttp:"])
SLASHES = st.text(st.sampled_from("/\\"), max_size=4)


@given(SCHEMES, SLASHES, st.text(st.sampled_from("ab1.-_"), max_size=3), NOISE)
def test_a_password_before_a_host_never_passes(scheme: str, slashes: str, user: str, behind: str):
    cleaned, found = without_credentials(f"{scheme}{slashes}{user}:{SECRET}@host.example/{behind}")
    assert found
    assert SECRET not in (cleaned or "")


def test_a_capture_made_directly_is_cleaned_in_every_address():
    origin = Origin(record_id=f"<http://u:{SECRET}@a.example/1>", redirects=(f"https://u:{SECRET}@b.example/", "x:y@z"))
    capture = Capture(content=b"<p>a", uri=f"https://u:{SECRET}@c.example/", origin=origin, facts=("a-fact",))
    assert capture.uri == "https://c.example/"
    assert capture.origin == Origin(record_id="<http://a.example/1>", redirects=("https://b.example/",))
    assert capture.facts == ("a-fact", "credentials-in-uri")
    assert replace(capture, media_type="text/plain").facts == capture.facts
    assert SECRET not in repr(capture)


def test_a_capture_is_of_bytes():
    for make in (lambda: Capture.of_bytes("text"), lambda: Capture(content=b"", received="text")):  # type: ignore[arg-type]
        with pytest.raises(TypeError, match="bytes as they were received, not str"):
            make()


@pytest.mark.parametrize("moment", ["2020", date(2020, 1, 1), 2020])
def test_a_moment_of_another_kind_is_refused_in_words(moment: object):
    with pytest.raises(TypeError, match="is no moment; give one as datetime"):
        Capture.of_bytes(b"<p>a", captured_at=moment)  # type: ignore[arg-type]


def test_a_capture_brings_its_moment_to_utc_and_whole_seconds():
    moment = datetime(2024, 1, 1, 1, 30, 5, 999, tzinfo=timezone(timedelta(hours=2)))
    assert Capture(content=b"a", captured_at=moment).captured_at == datetime(2023, 12, 31, 23, 30, 5, tzinfo=UTC)
    with pytest.raises(ValueError, match="no time zone"):
        Capture(content=b"a", captured_at=datetime(2024, 1, 1))  # noqa: DTZ001


def test_a_year_has_four_digits():
    moment = whole_seconds(datetime(999, 1, 1, tzinfo=UTC))
    assert moment is not None
    assert written_moment(moment) == "0999-01-01T00:00:00Z"


def test_what_is_shown_of_a_capture_is_short_and_has_nothing_of_the_page():
    capture = Capture.of_bytes(
        b"<p>words" * 10_000, uri="https://example.org/", captured_at=datetime(2024, 1, 1, tzinfo=UTC)
    )
    assert repr(capture) == "<Capture of https://example.org/, captured 2024-01-01T00:00:00Z: text/html, 80,000 bytes>"


@pytest.mark.parametrize(
    "uri", ["https://example.org/a", "http://例え.example/北京?q=é", "urn:isbn:0451450523", "ftp://a/b"]
)
def test_an_address_is_whole(uri: str):
    assert is_address(uri)


@pytest.mark.parametrize("uri", ["", "not a uri", "/rel/x", "example.org/a", "http:", "http://", "http://[bad/", "http:///x",
                                 "https://a b/", "https://a/<b>", "https://a/%zz", "//host/a", "x:"])  # fmt: skip
def test_what_is_none_is_told(uri: str):
    assert not is_address(uri)
