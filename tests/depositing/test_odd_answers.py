"""Servers that answer what is documented nowhere: what is told of them is one line, and no second record is made."""

from __future__ import annotations

import contextlib
import copy
import gzip
import random
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from consignments import Remembered
from lookalike import Answer, Asked, Lookalike
from under_contract import UnderContract, terms

from solander.depositing.http_session import HttpSession
from solander.errors import AnswerLost, DepositError, DepositRejected, TargetUnreachable
from solander.model.deposit import DRAFT

REPOSITORIES = ("dataverse", "dspace", "invenio_like")


@contextlib.contextmanager
def answering(content: bytes, *, pause_seconds: float = 0.0) -> Iterator[int]:
    """A port at which every request is answered with these bytes; with a pause, one after the other."""
    listening = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def answer(connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            pieces = [content] if not pause_seconds else [bytes([one]) for one in content]
            for piece in pieces:
                connection.sendall(piece)
                if pause_seconds and is_over.wait(pause_seconds):
                    return
            # With what was not read yet, a connection that is closed would be reset, and the answer lost.
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

    def listen() -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = listening.accept()
                threading.Thread(target=answer, args=(connection,), daemon=True).start()

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        is_over.set()
        listening.close()


def session(port: int, **changed: Any) -> HttpSession:
    return HttpSession("x:y", f"http://127.0.0.1:{port}", replace(terms(), **changed), headers={"Authorization": "t0p"})


def said(status: str, *headers: str, body: bytes = b"") -> bytes:
    head = "\r\n".join((f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""))
    return head.encode("latin-1") + body


@pytest.mark.parametrize(
    "place",
    [
        (), ("Location: http://[::1",), ("Location: /a\x01b",), ("Location: /" + "a" * 70_000,), ("Location:",),
        ("Location: http://xn--\xff.\xe9/",), ("Location: file:///etc/passwd",),
    ],
)  # fmt: skip
@pytest.mark.parametrize("status", ["302 Found", "304 Not Modified", "300 Multiple Choices"])
def test_a_way_that_leads_nowhere_is_told_and_not_gone_again_and_again(status, place):
    slept: list[float] = []
    with answering(said(status, *place)) as port, contextlib.closing(session(port, sleep=slept.append)) as one:
        with pytest.raises(TargetUnreachable, match=f"answered {status[:3]} and leads to .*no place of the web"):
            one.read("records")
        with pytest.raises(DepositRejected, match=f"answered {status[:3]} and leads to"):
            one.write("POST", "records", value={})
    assert slept == []


def test_places_that_lead_to_each_other_are_left_after_a_few():
    with answering(said("302 Found", "Location: /again")) as port, contextlib.closing(session(port)) as one:
        ask = partial(one.read, "records")
        with pytest.raises(TargetUnreachable, match="from one place to the next"):
            ask()


@pytest.mark.parametrize(
    "moment", ["Fri, 31 Dec 99999999999999999999 23:59:59 GMT", "Fri, 31 Dec 2026 99:99:99 GMT", "soon", "-1", "1e9"]
)
def test_a_moment_that_is_none_is_waited_for_as_if_it_were_not_said(moment):
    busy = said("429 Too Many Requests", "Date: Sat, 28 Nov 2026 20:00:00 GMT", f"Retry-After: {moment}")
    with answering(busy) as port, contextlib.closing(session(port, patience_seconds=0)) as one:
        with pytest.raises(TargetUnreachable, match="429"):
            one.read("records")
        with pytest.raises(DepositRejected, match="429"):
            one.write("POST", "records", value={})


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b'{"message": "no", "errors": [{"field": "title", "messages": ["too short", 5]}]}', "no; title: too short 5"),
        (b'{"message": "no", "errors": [{"field": "title", "messages": 5}, "x", null]}', "no; title: 5"),
        (b'{"errors": {"title": "missing"}}', "missing"),
        (b'{"message": ["one", {"two": 3}]}', "two"),
        (b"[" * 100_000, r"\[\[\["),
        (b'"no"', "no"),
        (b"<html><title>No</title>", "<title>No"),
        (b"\xff\xfe", "400"),
        (b"", "400"),
    ],
)
def test_a_refusal_is_told_in_whatever_form_it_comes(body, told):
    with answering(said("400 Bad Request", body=body)) as port, contextlib.closing(session(port)) as one:
        for ask in (lambda: one.read("records"), lambda: one.write("POST", "records", value={})):
            with pytest.raises(DepositRejected, match=told) as refused:
                ask()
            assert "\n" not in str(refused.value)


def test_what_was_compressed_unasked_is_read():
    body = gzip.compress(b'{"id": "r1"}')
    packed = said("200 OK", "Content-Encoding: gzip", body=body)
    with answering(packed) as port, contextlib.closing(session(port)) as one:
        assert one.read("records").told("x:y").name("id") == "r1"


def test_a_page_where_a_record_is_due_is_called_one():
    page = said("200 OK", "Content-Type: text/html; charset=utf-8", body=b"<html>Log in</html>")
    with answering(page) as port, contextlib.closing(session(port)) as one:
        answer = one.read("records")
    with pytest.raises(AnswerLost, match=r"a page for people; is the address right\?"):
        answer.told("x:y")


def test_an_answer_that_comes_by_drops_is_not_waited_for_for_ever():
    moments = iter(range(0, 10**6, 10))
    clock = {"seconds_running": lambda: float(next(moments)), "patience_seconds": 30.0}
    drops = said("200 OK", body=b'{"id": "a long way from here"}')
    with answering(drops, pause_seconds=0.002) as port, contextlib.closing(session(port, **clock)) as one:
        ask = partial(one.read, "records")
        with pytest.raises(TargetUnreachable, match="by drops"):
            ask()


GONE = object()
ODD: tuple[object, ...] = (None, [], {}, "x", 1, True, [None], ["x"], {"x": None}, -1, "", [[]], 0.5, GONE)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    for at in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield from paths(value[at], (*path, at))


def altered(value: Any, chance: random.Random) -> Any:
    """A value of JSON of which one part, drawn by chance, is another or gone."""
    path, odd = chance.choice(list(paths(value))), chance.choice(ODD)
    if not path:
        return {} if odd is GONE else odd
    whole = part = copy.deepcopy(value)
    for step in path[:-1]:
        part = part[step]
    if odd is GONE:
        part.pop(path[-1])
    else:
        part[path[-1]] = odd
    return whole


Answering = Callable[[str, str, Asked], Answer]


def spoilt(server: Lookalike, at: int, chance: random.Random) -> Answering:
    """What a server answers, the answer of a number told amiss."""
    answer, numbers = server.answer, iter(range(10**6))

    def told(method: str, path: str, asked: Asked) -> Answer:
        true = answer(method, path, asked)
        if next(numbers) != at or isinstance(true.value, bytes):
            return true
        return true._replace(value=altered(true.value, chance))

    return told


@pytest.mark.parametrize("name", REPOSITORIES)
@pytest.mark.parametrize("turn", range(2))
def test_whatever_an_answer_lacks_it_is_told_in_a_line_and_a_rerun_leaves_one_record(
    name, turn, request, at, monkeypatch
):
    place: UnderContract = at(name)
    server, proxy = request.getfixturevalue(name)
    place.terms = replace(place.terms, patience_seconds=0)
    place.deposit(place.consignment())
    chance = random.Random(f"{name} {turn}")
    for number in range(len(proxy.seen)):
        one, remembered = place.consignment(), Remembered()
        with monkeypatch.context() as patch:
            patch.setattr(server, "answer", spoilt(server, number, chance))
            with contextlib.suppress(DepositError):
                place.deposit(one, remembered)
        with contextlib.suppress(DepositError):  # of one that was published without a file, that is told
            place.deposit(one, remembered.again())
        assert len(place.records(one)) == 1, number


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("dataverse", "/api/search", {}),
        ("dataverse", "/api/search", {"status": "OK", "data": {"items": None}}),
        ("dspace", "/discover/search", {}),
        ("dspace", "/discover/search", {"_embedded": {}}),
        ("dspace", "findBySubmitter", {}),
        ("invenio_like", "user/records", None),
        ("invenio_like", "user/records", {"hits": {}}),
        ("invenio_like", "user/records", {"hits": {"hits": None}}),
    ],
)
def test_a_search_that_tells_nothing_is_not_taken_for_one_that_found_nothing(
    name, path, value, request, at, monkeypatch
):
    place: UnderContract = at(name)
    server, proxy = request.getfixturevalue(name)
    one, answer = place.consignment(), server.answer
    place.deposit(one)
    monkeypatch.setattr(server, "answer", lambda *asked: Answer(200, value) if path in asked[1] else answer(*asked))
    proxy.begin()
    with pytest.raises(AnswerLost):
        place.deposit(one, Remembered())
    assert not [asked for asked in proxy.seen if asked.startswith("POST") and "login" not in asked]


@pytest.mark.parametrize("name", REPOSITORIES)
def test_a_file_that_somebody_takes_away_while_the_record_is_completed_keeps_it_a_draft(name, at, monkeypatch):
    place: UnderContract = at(name)
    one = place.consignment()
    target = place.open()
    complete = target.complete

    def meddled_with(record, consignment):
        complete(record, consignment)
        return complete(record, replace(consignment, parcels=consignment.parcels[1:]))

    with monkeypatch.context() as patch:
        patch.setattr(target, "complete", meddled_with)
        with pytest.raises(DepositError, match=r"somebody else took it away.*nothing was published"):
            place.deposit(one, target=target)
    assert [record.state for record in place.records(one)] == [DRAFT]
    assert place.deposit(one).record.state == place.final_state
