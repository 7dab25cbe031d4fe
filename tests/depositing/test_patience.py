"""Repositories that want to be asked less often, or later: they are, by their own words, and not for ever."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import urlsplit

import httpx2
import pytest
from consignments import consignment
from hypothesis import given, settings
from hypothesis.strategies import floats, integers, lists
from under_contract import terms

from solander.depositing import open_target
from solander.depositing.http_session import HttpSession
from solander.depositing.invenio import REQUESTS_A_MINUTE
from solander.depositing.patience import RequestRate, seconds_asked_for
from solander.errors import DepositRejected, TargetUnreachable, UsageError, plain_words

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


@dataclass
class Clock:
    """Time that passes only while somebody waits."""

    now: float = 0.0

    def seconds(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.now += seconds

    def terms(self, **settings: str):
        return replace(terms(**settings), seconds_running=self.seconds, sleep=self.sleep, patience_seconds=300)


@settings(max_examples=40, deadline=None)
@given(a_minute=integers(3, 60), idle=lists(floats(0, 90), max_size=40))
def test_no_minute_has_more_requests_than_are_allowed_however_they_come(a_minute, idle):
    clock, sent = Clock(), []
    rate = RequestRate(a_minute, clock.terms())
    for seconds in (*idle, *[0.0] * (2 * a_minute)):
        clock.now += seconds
        rate.take()
        sent.append(clock.now)
    for at, moment in enumerate(sent):
        later = sent[at + a_minute] if at + a_minute < len(sent) else None
        # Seconds are added up as floats are.
        assert later is None or later - moment > 60 - 1e-6


def test_who_asks_seldom_does_not_wait():
    clock = Clock()
    rate = RequestRate(REQUESTS_A_MINUTE, clock.terms())
    for _ in range(REQUESTS_A_MINUTE // 3):
        rate.take()
    assert clock.now == 0


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry-After": "17"}, 17),
        ({"Retry-After": " 0 "}, 0),
        ({"Retry-After": format_datetime(NOW + timedelta(seconds=42), usegmt=True)}, 42),
        ({"Retry-After": format_datetime(NOW - timedelta(days=1), usegmt=True)}, 0),
        ({"Retry-After": "Sunday, 01-Nov-26 12:00:09 GMT"}, 9),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(NOW.timestamp()) + 25)}, 25),
        ({"X-RateLimit-Remaining": "3", "X-RateLimit-Reset": str(int(NOW.timestamp()) + 25)}, None),
        ({"Retry-After": "5", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1"}, 5),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-3"}, None),
        ({"Retry-After": "٣"}, None),
        ({"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "9" * 30}, None),
        ({}, None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone_is_read_in_each_of_its_forms(headers, seconds):
    assert seconds_asked_for(headers, NOW) == seconds


class Busy:
    """A server that answers what it is told, one after the other."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.asked: list[str] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def date_time_string(self, timestamp: float | None = None) -> str:
                return format_datetime(NOW, usegmt=True)

            def _answer(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.asked.append(self.command)
                status, headers = outer.answers.pop(0)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            do_GET = do_POST = _answer  # noqa: N815 - the library's names

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture
def busy() -> Iterator[Busy]:
    one = Busy()
    yield one
    one.server.shutdown()
    one.server.server_close()


LATER = {
    "seconds": {"Retry-After": "30"},
    "a moment": {"Retry-After": format_datetime(NOW + timedelta(seconds=30), usegmt=True)},
    "Zenodo's": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(NOW.timestamp()) + 30)},
}


@pytest.mark.parametrize("how", LATER)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_asked_to_wait_waits_so_long_and_asks_again(busy, how, method):
    clock = Clock()
    session = HttpSession("x:", f"http://127.0.0.1:{busy.server.server_port}", clock.terms(), headers={})
    busy.answers = [(429, LATER[how]), (200, {})]
    answer = session.read("one") if method == "GET" else session.write(method, "one", value={})
    session.close()
    assert answer.status == 200
    assert busy.asked == [method, method]
    # By the server's clock, and not by that of this machine.
    assert clock.now == 30


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_who_is_asked_to_wait_longer_than_anybody_does_is_told_so_at_once(busy, method):
    clock = Clock()
    session = HttpSession("x:", f"http://127.0.0.1:{busy.server.server_port}", clock.terms(), headers={})
    busy.answers = [(429, {"Retry-After": "86400"})]
    with pytest.raises(TargetUnreachable, match="to come back in 86,400 seconds"):
        session.read("one") if method == "GET" else session.write(method, "one", value={})
    session.close()
    assert clock.now == 0


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_server_that_is_busy_for_ever_is_given_up(busy, method):
    clock = Clock()
    session = HttpSession("x:", f"http://127.0.0.1:{busy.server.server_port}", clock.terms(), headers={})
    busy.answers = [(429, {})] * 100
    with pytest.raises((TargetUnreachable, DepositRejected)):
        session.read("one") if method == "GET" else session.write(method, "one", value={})
    session.close()
    assert 0 < clock.now <= 300
    assert len(busy.asked) < 20


def test_what_goes_in_pieces_is_sent_once_whatever_the_answer(busy):
    clock = Clock()
    session = HttpSession("x:", f"http://127.0.0.1:{busy.server.server_port}", clock.terms(), headers={})
    busy.answers = [(429, {"Retry-After": "1"})]
    with pytest.raises(DepositRejected):
        session.write("POST", "one", content=iter([b"ab"]), size_bytes=2)
    session.close()
    assert busy.asked == ["POST"]


def test_a_write_that_is_led_elsewhere_was_not_done(busy):
    """Neither is what was to be written sent to that place, nor does anybody believe that it was written here."""
    session = HttpSession("x:", f"http://127.0.0.1:{busy.server.server_port}", Clock().terms(), headers={})
    busy.answers = [(307, {"Location": "https://elsewhere.example/one"})]
    with pytest.raises(DepositRejected, match=r"answered 307 and leads to https://elsewhere\.example/one"):
        session.write("POST", "one", value={})
    session.close()
    assert busy.asked == ["POST"]


@pytest.mark.parametrize(("written", "host"), [("zenodo:", "zenodo.org"), ("zenodo-sandbox:", "sandbox.zenodo.org")])
def test_zenodo_and_its_sandbox_are_two_hosts_that_are_asked_no_more_than_they_bear(written, host, monkeypatch):
    clock, sent = Clock(), []

    def answer(client, request, **_):
        sent.append((str(request.url), request.headers["Authorization"], clock.now))
        return httpx2.Response(200, content=iter([b'{"hits": {"hits": []}}']), request=request)

    monkeypatch.setattr(httpx2.Client, "send", answer)
    target = open_target(written, clock.terms(secret="tok"))
    for _ in range(2 * REQUESTS_A_MINUTE):
        assert target.find(consignment()) == ()
    target.close()
    assert {(urlsplit(url).hostname, url.startswith(f"https://{host}/api/"), token) for url, token, _ in sent} == {
        (host, True, "Bearer tok")
    }
    assert len(sent) == 2 * REQUESTS_A_MINUTE
    # Seconds are added up as floats are.
    assert all(later[2] - one[2] > 60 - 1e-6 for one, later in zip(sent, sent[REQUESTS_A_MINUTE:], strict=False))
    assert REQUESTS_A_MINUTE < 100
    with pytest.raises(UsageError, match="alone"):
        open_target(f"{written}https://elsewhere.example", terms(secret="tok"))
    with pytest.raises(UsageError, match=f"SOLANDER_TOKEN_{written[:-1].upper().replace('-', '_')}"):
        open_target(written, terms())


def test_what_a_library_says_of_an_error_is_told_without_what_programmers_read() -> None:
    assert plain_words("[Errno None] Unable to connect\n to port 1") == "Unable to connect to port 1"
    assert plain_words("[Errno -2] Name or service not known") == "Name or service not known"
    assert plain_words("illegal header line: bytearray(b'a b')") == "illegal header line: 'a b'"
    assert plain_words("an [Errno] of the page's") == "an [Errno] of the page's"
