"""What one page costs has an end, whatever it names; and what was left is told, and spoils no other page."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from tests.live.conftest import Pack
from tests.live.loopback_site import Answer, picture, serving

from solander.capturing.exchange import WebTerms
from solander.capturing.manners import Manners
from solander.capturing.web import fetch_page
from solander.model.accession import Accession

HTML = {"Content-Type": "text/html; charset=utf-8"}
PAGE = b"<!DOCTYPE html><title>The tide table</title><p>High water comes an hour later each day, and low water too.</p>"
SHEET = {"Content-Type": "text/css"}
NOWHERE: Answer = (404, {}, b"")


def here(*_: object) -> tuple[str, ...]:
    return ("127.0.0.1",)


def told(accession: Accession, code: str) -> str:
    [found] = [one.message for one in accession.report.findings if one.code == code]
    return found


def response(accession: Accession, ending: str) -> bytes:
    assert accession.capture.container is not None
    written = gzip.decompress(accession.capture.container.content)
    [found] = [
        one for one in written.split(b"WARC/1.1\r\n") if b"WARC-Type: response" in one and ending.encode() in one
    ]
    return found


def test_what_many_sheets_name_is_counted_and_no_more_asked_for_than_may_be(
    packing: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("solander.capturing.web.WANTED_LIMIT", 100)
    monkeypatch.setattr("solander.capturing.web_notes.NAMED", 10)

    def answer(path: str) -> Answer:
        if path == "/a":
            return 200, HTML, PAGE + b"".join(b"<link rel=stylesheet href=/%d.css>" % number for number in range(20))
        if path.endswith(".css"):
            rules = "".join(f"p {{ background: url({path[1:-4]}-{number}.png) }}" for number in range(50))
            return 200, SHEET, rules.encode()
        return NOWHERE

    with serving(answer) as site:
        accession = packing(f"{site.address}/a", terms={"requests_limit": 30})
    assert len(site.asked) == 30
    # 20 sheets name 1,000 pictures: 8 were asked for.
    assert told(accession, "CAP074").endswith("(and 991 more)")
    assert told(accession, "CAP075").endswith("(and 7 more)")


def test_asking_many_sites_what_they_allow_is_paid_for_as_well(packing: Pack) -> None:
    def answer(path: str) -> Answer:
        shown = "".join(f'<img src="http://h{number}.example:{port}/a.png">' for number in range(40))
        return (200, HTML, PAGE + shown.encode()) if path == "/a" else NOWHERE

    with serving(answer) as site:
        port = site.address.rpartition(":")[2]
        packing(f"http://quay.example:{port}/a", terms={"requests_limit": 10, "resolve": here})
    assert len(site.asked) == 10


def test_what_one_page_had_no_time_for_is_asked_by_the_next() -> None:
    clock = [0.0]

    def answer(path: str) -> Answer:
        if site.asked == ["/robots.txt", "/a", "/robots.txt"]:
            clock[0] = 100.0
            return 503, {}, b""
        shown = f'<img src="http://b.example:{port}/b.png">'.encode()
        return (200, HTML, PAGE + shown) if path == "/a" else (200, HTML, PAGE) if path == "/b" else NOWHERE

    terms = WebTerms(
        contact="keeper@museum.example",
        seconds_running=lambda: clock[0],
        now=lambda: datetime(2026, 1, 1, tzinfo=UTC),
        wait=lambda _: None,
        page_seconds=50.0,
        resolve=here,
        allows_loopback=True,
    )
    manners = Manners(terms)
    with serving(answer) as site:
        port = site.address.rpartition(":")[2]
        fetch_page(f"http://a.example:{port}/a", terms, manners)
        assert PAGE in gzip.decompress(fetch_page(f"http://b.example:{port}/b", terms, manners).warc)


def test_of_robots_beyond_the_bound_the_beginning_holds(packing: Pack, refusal: Callable[..., str]) -> None:
    rules = b"User-agent: *\nDisallow: /shut\n" + b"# and of many more things the harbour says nothing\n" * 40_000

    def answer(path: str) -> Answer:
        return (200, {}, rules) if path == "/robots.txt" else (200, HTML, PAGE)

    with serving(answer) as site:
        assert "forbids it (Disallow: /shut)" in refusal(f"{site.address}/shut")
        accession = packing(f"{site.address}/open")
    assert b"WARC-Truncated: length" in response(accession, "/robots.txt")
    assert b"WARC-Truncated" not in response(accession, "/open")


def test_who_is_too_busy_for_robots_is_asked_again_after_as_long_as_it_says(packing: Pack) -> None:
    answers = iter([(503, {"Retry-After": "3"}, b"busy"), NOWHERE])
    waited: list[float] = []

    def answer(path: str) -> Answer:
        return next(answers) if path == "/robots.txt" else (200, HTML, PAGE)  # type: ignore[return-value]

    with serving(answer) as site:
        assert packing(f"{site.address}/a", terms={"wait": waited.append}).capture.content == PAGE
    assert waited == [3.0]


def test_what_is_written_in_letters_is_fetched_once_and_shown(packing: Pack) -> None:
    shown = '<img src="ä b.png"><img src="%C3%A4%20b.png">'.encode()

    def answer(path: str) -> Answer:
        return {"/a": (200, HTML, PAGE + shown), "/%C3%A4%20b.png": (200, {}, picture(1))}.get(path, NOWHERE)

    with serving(answer) as site:
        accession = packing(f"{site.address}/a")
    assert site.asked == ["/robots.txt", "/a", "/%C3%A4%20b.png"]
    assert [one.content for one in accession.capture.media] == [picture(1)]
    assert accession.path is not None
    assert (accession.path / "data/tei/page.xml").read_text().count('<graphic url="../media/') == 2
