"""Who packs a live page and sees nothing for a while is told for which host it waits, and how long at most."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from tests.live.loopback_site import Answer, serving

from solander.cli import main
from solander.pipeline.sources import live, waits

PAGE = b"<!doctype html><title>The mole</title><p>Nobody fishes from the mole in winter.</p>"
PATIENCE_SECONDS = 30.0
"""So long a test's server waits to be told of; it never comes to that."""


@contextmanager
def dead() -> Iterator[str]:
    """A place at which nothing answers: whoever wants to connect stands in a queue that is full."""
    with ExitStack() as opened, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        place = listening.getsockname()
        for _ in range(4):
            one = opened.enter_context(socket.socket())
            one.setblocking(False)
            one.connect_ex(place)
        yield f"http://127.0.0.1:{place[1]}"


def leading_to(address: str) -> Callable[[str], Answer]:
    return lambda path: (302, {"Location": address}, b"") if path == "/a" else (404, {}, b"")


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waits, "TOLD_AFTER_SECONDS", 0.2)


@pytest.mark.usefixtures("soon")
def test_a_redirect_to_a_dead_host_is_told_while_it_is_waited_for(
    archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    true_terms = live.Guest.terms
    asked = {"allows_loopback": True, "answer_seconds": 2.0, "pause_seconds": 0.0}
    monkeypatch.setattr(live.Guest, "terms", lambda guest: replace(true_terms(guest), **asked))
    for words in ([], ["--quiet"], ["--json"]):
        with dead() as place, serving(leading_to(f"{place}/a")) as site:
            assert main(["pack", f"{site.address}/a", "--into", str(archive), *words]) == 3
        said = capsys.readouterr()
        told = [line for line in said.err.splitlines() if line.startswith("waiting")]
        assert told == ([] if words else ["waiting for 127.0.0.1, 2 seconds at most"])
        assert f"is redirected to {place}/a" in said.out + said.err
        assert "the server did not answer in time" in said.out + said.err


@pytest.mark.usefixtures("soon")
def test_a_host_that_answers_late_is_told_of_once_and_before_it_answers(packing: Callable[..., object]) -> None:
    is_told, told = Event(), list[tuple[str, float]]()

    def waiting(host: str, seconds: float) -> None:
        told.append((host, seconds))
        is_told.set()

    def late(path: str) -> Answer:
        assert is_told.wait(PATIENCE_SECONDS)
        return (200, {"Content-Type": "text/html"}, PAGE) if path == "/a" else (404, {}, b"")

    with serving(late) as site:
        packing(f"{site.address}/a", waiting=waiting)
    assert [(host, 0 < seconds <= 60) for host, seconds in told] == [("127.0.0.1", True)]


def test_patience_that_a_server_asks_for_is_told(packing: Callable[..., object], soon: None) -> None:
    is_told = Event()
    answers = iter([(503, {"Retry-After": "7"}, b""), (200, {"Content-Type": "text/html"}, PAGE)])
    told: list[tuple[str, float]] = []

    def waiting(host: str, seconds: float) -> None:
        told.append((host, seconds))
        is_told.set()

    def wait(seconds: float) -> None:
        assert is_told.wait(PATIENCE_SECONDS)

    with serving(lambda path: next(answers) if path == "/a" else (404, {}, b"")) as site:
        packing(f"{site.address}/a", terms={"wait": wait}, waiting=waiting)
    assert told == [("127.0.0.1", 7.0)]


def test_what_is_had_at_once_is_not_told(packing: Callable[..., object]) -> None:
    told: list[tuple[str, float]] = []
    with serving(lambda path: (200, {"Content-Type": "text/html"}, PAGE) if path == "/a" else (404, {}, b"")) as site:
        packing(f"{site.address}/a", waiting=lambda *wait: told.append(wait))
    assert told == []
