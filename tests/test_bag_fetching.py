"""What a bag left out is had from where it says: only from whom was allowed, whole, as its manifests have it."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.fetched_server import CONTENT, Server

import solander
from solander.capturing.fetching import FetchTerms, fetched
from solander.errors import AddressRefused, ArchiveError, NameTaken, NotFetched, UsageError
from solander.files.whole import write_folder
from solander.model.bag import BagInfo, FetchEntry
from solander.packing.plain_layout import format_fetch, tag_files_of
from solander.pipeline import fetch_bag
from solander.pipeline.bags.fetching import FetchedBag


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as one:
        thread = threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield one
        one.shutdown()
        thread.join()


def holey(place: Path, *lines: tuple[str, int | None, str], content: bytes = CONTENT) -> Path:
    """A bag that lacks the payload files that its ``fetch.txt`` names."""
    there = {"data/here.txt": b"here"}
    lacking = {path: content for _, _, path in lines}
    payload = {
        path: (hashlib.sha256(one).hexdigest(), hashlib.sha512(one).hexdigest())
        for path, one in {**there, **lacking}.items()
    }
    fetch = format_fetch(FetchEntry(url, size, path, 1) for url, size, path in lines)
    tags = tag_files_of(
        info=BagInfo(), payload=payload, algorithms=("sha256", "sha512"), tag_files=(("fetch.txt", fetch),)
    )
    return write_folder(place, "bag", (*there.items(), *tags))


def fetch(bag: Path, server: Server, **asked: Any) -> FetchedBag:
    terms: dict[str, Any] = {
        "allow_hosts": [f"127.0.0.1:{server.port}"],
        "allow_schemes": ["http"],
        "allow_loopback_for_tests": True,
        **asked,
    }
    return fetch_bag(bag, **terms)


def why(done: FetchedBag) -> str:
    (one,) = done.files
    assert one.error is not None
    return str(one.error)


def test_how_far_each_file_was_fetched_is_told(tmp_path: Path, server: Server) -> None:
    told: list[tuple[str, int, int]] = []
    lines = [(f"http://127.0.0.1:{server.port}/good", len(CONTENT), f"data/{name}") for name in ("one", "two")]
    done = fetch(holey(tmp_path, *lines), server, told=lambda *one: told.append(one))
    assert [one.error for one in done.files] == [None, None]
    assert list(dict.fromkeys(name for name, _, _ in told)) == ["data/one (1 of 2)", "data/two (2 of 2)"]
    assert [one for one in told if one[1] == one[2]] == [
        ("data/one (1 of 2)", len(CONTENT), len(CONTENT)),
        ("data/two (2 of 2)", len(CONTENT), len(CONTENT)),
    ]


def untouched(bag: Path) -> bool:
    return [path.name for path in (bag / "data").iterdir()] == ["here.txt"] and [
        path.name for path in bag.parent.iterdir()
    ] == ["bag"]


@pytest.mark.parametrize("path", ["good", "without-length", "moved"])
@pytest.mark.parametrize("size_bytes", [len(CONTENT), None])
def test_what_a_bag_left_out_is_fetched(tmp_path: Path, server: Server, path: str, size_bytes: int | None) -> None:
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/{path}", size_bytes, "data/deep/er/100%\nfile"))
    assert not solander.validate(bag).passed
    done = fetch(bag, server)
    assert [(one.error, one.size_bytes) for one in done.files] == [(None, len(CONTENT))]
    assert (bag / "data/deep/er/100%\nfile").read_bytes() == CONTENT
    assert solander.validate(bag).passed
    again = fetch(bag, server)
    assert (again.files, again.already_there) == ((), 1)
    assert [one.name for one in tmp_path.iterdir()] == ["bag"]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("wrong", "another sha256"),
        ("longer", "the server has 179,201 bytes"),
        ("shorter", "peer closed connection|expected"),
        ("endless", "sends more than"),
        ("coded", "another coding"),
        ("none", "the server said 404"),
        ("round", "redirected more than 5 times"),
        ("to-private", "host is not allowed"),
        ("to-file", "scheme file is not allowed"),
        ("to-other-port", "host is not allowed"),
    ],
)
def test_what_is_not_as_recorded_does_not_come_into_the_bag(
    tmp_path: Path, server: Server, path: str, reason: str
) -> None:
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/{path}", len(CONTENT), "data/deep/file"))
    done = fetch(bag, server)
    (one,) = done.files
    with pytest.raises(type(one.error), match=reason):
        raise one.error or AssertionError
    assert untouched(bag)


def test_an_endless_body_of_unknown_size_ends_at_the_limit(tmp_path: Path, server: Server) -> None:
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/endless", None, "data/file"))
    assert "sends more than 300,000 bytes" in why(fetch(bag, server, limit_bytes=300_000))
    assert untouched(bag)


@pytest.mark.parametrize("path", ["slow", "slow-headers"])
def test_a_server_that_speaks_slowly_is_not_waited_for(tmp_path: Path, server: Server, path: str) -> None:
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/{path}", len(CONTENT), "data/file"))
    assert "did not answer in time" in why(fetch(bag, server, timeout_seconds=0.4))
    assert untouched(bag)


def test_the_limit_holds_for_all_files_together(tmp_path: Path, server: Server) -> None:
    url = f"http://127.0.0.1:{server.port}/good"
    bag = holey(tmp_path, *((url, len(CONTENT), f"data/{number}") for number in range(3)))
    done = fetch(bag, server, limit_bytes=2 * len(CONTENT))
    assert [one.error is None for one in done.files] == [True, True, False]
    assert "of the limit are left" in str(done.files[2].error)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "scheme file is not allowed"),
        ("ftp://127.0.0.1/x", "scheme ftp is not allowed"),
        ("https://127.0.0.1:{port}/good", "scheme https is not allowed"),
        ("http://localhost:{port}/good", "host is not allowed"),
        ("http://127.1:{port}/good", "host is not allowed"),
        ("http://2130706433:{port}/good", "host is not allowed"),
        ("http://[::ffff:127.0.0.1]:{port}/good", "host is not allowed"),
        ("http://user:secret@127.0.0.1:{port}/good", "user's name or password"),
        ("data:text/plain,here", "scheme data is not allowed"),
    ],
)
def test_nobody_is_asked_who_was_not_named(tmp_path: Path, server: Server, url: str, reason: str) -> None:
    bag = holey(tmp_path, (url.format(port=server.port), len(CONTENT), "data/file"))
    done = fetch(bag, server)
    (one,) = done.files
    with pytest.raises((AddressRefused, NotFetched), match=reason) as caught:
        raise one.error or AssertionError
    assert "secret" not in str(caught.value)
    assert server.asked == []
    assert untouched(bag)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1", "2130706433", "[::ffff:127.0.0.1]", "[::1]", "localhost"])
def test_this_machine_is_not_asked_even_if_it_was_named(tmp_path: Path, server: Server, host: str) -> None:
    bag = holey(tmp_path, (f"http://{host}:{server.port}/good", len(CONTENT), "data/file"))
    names = [f"{host}:{server.port}", f"{host.strip('[]')}:{server.port}", f"[::ffff:7f00:1]:{server.port}"]
    done = fetch(bag, server, allow_hosts=names, allow_loopback_for_tests=False)
    assert "not of the public Internet" in why(done) or "host is not allowed" in why(done)
    assert server.asked == []
    assert untouched(bag)


def test_a_name_that_leads_to_a_private_network_is_not_asked(server: Server) -> None:
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return ["192.168.0.7"]

    terms = FetchTerms(hosts=("inner.example",), seconds_running=time.monotonic, resolve=resolve)
    with pytest.raises(AddressRefused, match=r"192\.168\.0\.7"), fetched("https://inner.example/x", terms):
        pass
    assert asked == ["inner.example"]


def test_a_resolver_that_changes_its_mind_is_asked_once_and_the_checked_address_is_the_one_connected_to(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.1"], ["10.0.0.1"]])
    terms = FetchTerms(
        hosts=(f"rebound.example:{server.port}",),
        schemes=("http",),
        seconds_running=time.monotonic,
        resolve=lambda *_: next(answers),
        allows_loopback=True,
    )
    url = f"http://rebound.example:{server.port}/good"
    with fetched(url, terms) as (_, pieces):
        assert b"".join(pieces) == CONTENT
    assert next(answers) == ["10.0.0.1"]
    # And where the second answer is the bad one, the second connection is judged anew.
    with pytest.raises(AddressRefused), fetched(url, terms):
        pass


def test_proxies_of_the_environment_are_not_used(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/good", len(CONTENT), "data/file"))
    assert fetch(bag, server).files[0].error is None


def test_nothing_that_is_there_is_replaced_and_nothing_lies_elsewhere(tmp_path: Path, server: Server) -> None:
    url = f"http://127.0.0.1:{server.port}/good"
    bag = holey(tmp_path, (url, len(CONTENT), "data/file"))
    (bag / "data/file").write_bytes(b"mine")
    assert fetch(bag, server).already_there == 1
    assert (bag / "data/file").read_bytes() == b"mine"
    (bag / "fetch.txt").write_text(
        f"{url} - bagit.txt\n{url} - data/../../slip\n{url} - /etc/slip\n"
        f"{url} - data/unlisted\n{url} - manifest-md5.txt\n"
    )
    done = fetch(bag, server)
    assert len(done.faults) == 4
    assert "does not list data/unlisted" in why(done)
    assert server.asked == []
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bag"]


def test_a_link_in_the_bag_is_not_followed(tmp_path: Path, server: Server) -> None:
    (tmp_path / "elsewhere").mkdir()
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/good", len(CONTENT), "data/way/file"))
    (bag / "data" / "way").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ArchiveError):
        fetch(bag, server)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_what_comes_in_meanwhile_is_not_replaced(tmp_path: Path, server: Server) -> None:
    from solander.files.arriving import arriving_file

    bag = holey(tmp_path)
    arriving = arriving_file(bag, "data/file")
    arriving.__enter__()(b"new")
    (bag / "data" / "file").write_bytes(b"old")
    with pytest.raises(NameTaken):
        arriving.__exit__(None, None, None)
    assert (bag / "data" / "file").read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["bag"]


def test_where_no_rename_refuses_to_replace_there_is_another_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from solander.files import arriving

    monkeypatch.setattr(arriving, "rename_exclusively", lambda *_, **__: False)
    bag = holey(tmp_path)
    with arriving.arriving_file(bag, "data/a/file") as write:
        write(b"new")
    assert (bag / "data/a/file").read_bytes() == b"new"
    with pytest.raises(NameTaken), arriving.arriving_file(bag, "data/a/file") as write:
        write(b"newer")
    assert (bag / "data/a/file").read_bytes() == b"new"
    assert [one.name for one in tmp_path.iterdir()] == ["bag"]


def test_nothing_is_fetched_unasked(tmp_path: Path, server: Server) -> None:
    bag = holey(tmp_path, (f"http://127.0.0.1:{server.port}/good", len(CONTENT), "data/file"))
    solander.validate(bag)
    for asked in ({"allow_hosts": []}, {"allow_schemes": ["file"]}, {"allow_schemes": ["ftp"]}):
        with pytest.raises(UsageError):
            fetch(bag, server, **asked)
    assert server.asked == []
