"""Who keeps an archive is said once, in ``solander.toml``: what shows it says the same, unless told otherwise."""

from __future__ import annotations

import gc
import socket
from pathlib import Path

import pytest

AT = "2026-01-01T00:00:00Z"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "solander.toml").write_text('organization = "Harbour Office"\ncontact_email = "keeper@harbour.example"\n')
    return folder


@pytest.mark.parametrize(("options", "called"), [((), "Harbour Office"), (("--name", "Ferries"), "Ferries")])
def test_a_site_is_called_as_its_archive(run, archive: Path, tmp_path: Path, options, called: str):
    assert run("site", archive, "--to", tmp_path / "public", "--at", AT, *options).status == 0
    assert f"<title>{called}</title>" in (tmp_path / "public" / "index.html").read_text()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ((), ("Harbour Office", "keeper@harbour.example")),
        (("--name", "Ferries", "--email", "a@b.example"), ("Ferries", "a@b.example")),
    ],
)
def test_what_is_served_is_called_as_its_archive_and_harvesters_learn_whom_to_ask(
    run, archive: Path, monkeypatch, options, expected
):
    pytest.importorskip("waitress", reason="waitress is not installed")
    from solander.serving import server

    heard = []
    monkeypatch.setattr(server, "serve", lambda *_, name, email, **__: heard.append((name, email)))
    assert run("serve", archive, "--port", "0", *options).status == 0
    assert heard == [expected]


def test_without_a_catalogue_serving_says_how_one_is_made(run, archive: Path, tmp_path: Path):
    ran = run("serve", archive, "--port", "0", "--no-update", "--catalogue", tmp_path / "none.sqlite")
    assert ran.status == 3
    assert ran.err.endswith(f"there is no catalogue; make one: solander catalogue {archive}\n")


def test_where_nobody_can_listen_it_is_said_why_and_what_to_choose(run, archive: Path):
    pytest.importorskip("waitress", reason="waitress is not installed")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = run("serve", archive, "--port", port)
    assert ran.status == 2
    assert ran.err.endswith(
        f"solander: nobody can listen at 127.0.0.1, port {port} (Address already in use); "
        "choose another --port or --host\n"
    )
    gc.collect()  # a socket that was left open says so here
