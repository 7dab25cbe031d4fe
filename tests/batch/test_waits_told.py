"""Who packs a list of live pages is told for which hosts its processes wait, each once, and how long at most."""

import json

import pytest
from tests.batch.made_crawls import page
from tests.live.loopback_site import serving

from solander.batch import running
from solander.batch.running import run_batch
from solander.batch.supervising import Aside, Waits
from solander.cli import main

KEEPER = 'contact_email = "keeper@museum.example"\n'


@pytest.fixture
def archive(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a/solander.toml").write_text(KEEPER)
    return tmp_path / "a"


@pytest.fixture
def listed(tmp_path):
    (tmp_path / "lamps.txt").write_text("https://harbour.example/1\nhttps://mole.example/1\n")
    return tmp_path / "lamps.txt"


def test_patience_that_a_server_asks_of_a_process_is_told_and_the_page_is_packed(archive, tmp_path):
    asked = {"/1": 0}

    def answer(path):
        if path not in asked:
            return (404, {}, b"")
        asked[path] += 1
        # The clock of another process is the true one: what is over within five seconds is not told.
        return (503, {"Retry-After": "6"}, b"") if asked[path] == 1 else (200, {"Content-Type": "text/html"}, page(1))

    told: list[tuple[str, float]] = []
    with serving(answer) as site:
        (tmp_path / "one.txt").write_text(f"{site.address}/1\n")
        run = run_batch(
            [],
            archive,
            lists=[str(tmp_path / "one.txt")],
            allows_loopback=True,
            waiting=lambda host, seconds: told.append((host, seconds)),
        )
    assert not run.aside
    assert run.total("pages") == 1
    assert told == [("127.0.0.1", 6.0)]


def in_place_of_processes(sources, out, config, *, jobs, limits):
    """Each shard waits for two hosts, as it does when it is tried again."""
    for source in sources:
        for host in ("mole.example", "harbour.example", "mole.example"):
            yield Waits(source, host, 60.0)
        yield Aside(source, "nothing was had", 1)


def test_a_host_for_which_several_processes_wait_is_told_once(archive, listed, monkeypatch):
    monkeypatch.setattr(running, "supervise", in_place_of_processes)
    told: list[str] = []
    run = run_batch([], archive, lists=[str(listed)], per_shard=1, waiting=lambda host, _: told.append(host))
    assert len(run.aside) == 2
    assert told == ["mole.example", "harbour.example"]


@pytest.mark.parametrize("words", [[], ["--quiet"], ["--json"]])
def test_waits_are_talk_and_no_result(archive, listed, monkeypatch, capfd, words):
    monkeypatch.setattr(running, "supervise", in_place_of_processes)
    assert main(["batch", "--list", str(listed), "--into", str(archive), *words]) == 3
    said = capfd.readouterr()
    told = [line for line in said.err.splitlines() if line.startswith("waiting")]
    hosts = ("mole.example", "harbour.example")
    assert told == ([] if words else [f"waiting for {host}, 60 seconds at most" for host in hosts])
    assert "waiting" not in said.out
    if "--json" in words:
        assert len(json.loads(said.out)["set_aside"]) == 1
