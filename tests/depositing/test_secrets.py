"""Whatever a secret is, and however a server repeats it: nothing that is told has it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import types
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, integers, sampled_from, text
from under_contract import terms

from solander.cli import main
from solander.depositing import open_target
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import HIDDEN, Secret, hidden
from solander.errors import DepositError, UsageError
from solander.model.deposit import LOG_NAME
from solander.pipeline import clock

SECRETS = text(characters(exclude_categories=("Cs",)), min_size=6, max_size=40).filter(
    lambda secret: not any(secret in told for told in ("it answered 403 (may this token do that?)", HIDDEN))
)
REPEATED = {
    "plain": lambda secret: secret,
    "in JSON": lambda secret: json.dumps({"message": f"not {secret} again"}),
    "in nested JSON": lambda secret: json.dumps({"detail": {"sent": [secret]}}),
    "percent-encoded": lambda secret: quote(secret),
    "as in a form": quote_plus,
    "as Basic has it": lambda secret: b64encode(f"keeper:{secret}".encode()).decode(),
}


class Repeating:
    """A server that refuses everything, with words that it is given."""

    def __init__(self) -> None:
        self.said = b""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: object) -> None:
                pass

            def do_GET(self) -> None:
                self.send_response(403)
                self.send_header("Content-Length", str(len(outer.said)))
                self.end_headers()
                self.wfile.write(outer.said)

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()


@pytest.fixture(scope="module")
def repeating() -> Iterator[Repeating]:
    one = Repeating()
    yield one
    one.server.shutdown()
    one.server.server_close()


@settings(max_examples=60)
@given(secret=SECRETS, how=sampled_from(sorted(REPEATED)), before=integers(0, 320))
def test_a_servers_words_are_told_without_the_secret_wherever_they_are_cut(repeating, secret, how, before):
    repeating.said = ("." * before).encode() * (how in ("plain", "percent-encoded")) + REPEATED[how](secret).encode()
    session = HttpSession(
        "x:", f"http://127.0.0.1:{repeating.server.server_port}", terms(user="keeper", secret=secret), headers={}
    )
    try:
        with pytest.raises(DepositError) as caught:
            session.read("anything")
    finally:
        session.close()
    told = str(caught.value)
    for form in (secret, " ".join(secret.split()), quote(secret), repr(secret)[1:-1]):
        assert len(form) < 6 or form not in told


@given(secret=SECRETS, user=text(max_size=8))
def test_no_form_of_a_secret_stays_in_a_text(secret, user):
    forms = (secret, quote(secret), quote_plus(secret), b64encode(f"{user}:{secret}".encode()).decode().rstrip("="))
    for form in forms:
        assert form not in hidden(f"before {form} after", secret, user).replace(HIDDEN, "")


@given(secret=SECRETS)
def test_a_secret_shows_itself_in_no_representation_and_is_not_written_down(secret):
    import pickle

    kept = Secret(secret)
    assert {str(kept), repr(kept), f"{kept}"} == {HIDDEN}
    assert secret not in repr(terms(secret=secret)).replace(HIDDEN, "")
    with pytest.raises(TypeError):
        pickle.dumps(kept)


@pytest.mark.parametrize("secret", ["two\nlines", "größer", "tab\there"])
def test_a_secret_that_no_header_can_carry_is_refused_before_anything_is_sent(secret):
    with pytest.raises(UsageError, match="cannot be sent") as caught:
        open_target("invenio:http://127.0.0.1:1", terms(secret=secret))
    assert secret not in str(caught.value)


class Prying:
    """A server that keeps what it is sent, and repeats it in a refusal, or leads elsewhere."""

    def __init__(self, leads_to: str | None = None) -> None:
        self.heard: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.heard.append(f"{self.requestline}\n{self.headers}".encode("latin-1") + body)
                said = b"you said " + outer.heard[-1]
                self.send_response(307 if leads_to else 403)
                if leads_to:
                    self.send_header("Location", leads_to + self.path)
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(said)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = do_MKCOL = do_PROPFIND = _serve  # noqa: N815
            do_MOVE = _serve  # noqa: N815 - the library's names

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


TOLD = "a/very+secret=of ours%"
SETTLED: dict[str, tuple[str, dict[str, str], bool]] = {
    "aptrust": (
        "aptrust:boxes",
        {"user": "KEEPER", "endpoint": "{at}", "registry": "{at}", "registry_user": "k"},
        False,
    ),
    "archivematica": ("archivematica:{at}", {"user": "k", "folder": "{here}", "location": "l"}, False),
    "dataverse": ("dataverse:{at}", {"collection": "c", "contact_email": "k@museum.example", "subject": "Other"}, True),
    "dspace": ("dspace:{at}/server", {"user": "k", "collection": "c"}, False),
    "invenio": ("invenio:{at}", {}, True),
    "s3": ("s3:boxes/one", {"user": "KEEPER", "endpoint": "{at}"}, False),
    "sword": ("sword:{at}/sd", {"user": "k"}, True),
    "webdav": ("webdav:{at}/share", {"user": "k"}, True),
}
"""How each is written, its settings, and whether the first that it is asked has the secret in a header."""


@pytest.fixture(scope="module")
def boxed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from solander import pack

    folder = tmp_path_factory.mktemp("boxed")
    (folder / "archive").mkdir()
    (folder / "archive" / "solander.toml").write_text('organization = "Lantern Bay Museum"\n')
    page = Path(__file__).parents[1] / "material" / "lighthouse.html"
    pack(page, into=folder / "archive", uri="https://museum.example/stories/ledger")
    return folder / "archive"


@pytest.mark.parametrize("leads", [False, True], ids=["refused", "led elsewhere"])
@pytest.mark.parametrize("home", ["env", "file", "keyring"])
@pytest.mark.parametrize("name", SETTLED)
def test_a_secret_goes_to_the_configured_host_alone_and_is_told_nowhere(
    name, home, leads, boxed, tmp_path, monkeypatch, capsys, caplog
):
    elsewhere = Prying()
    here = Prying(elsewhere.address.replace("127.0.0.1", "localhost") if leads else None)
    archive = shutil.copytree(boxed, tmp_path / "archive")
    (tmp_path / "here").mkdir()
    written, settings, is_first = SETTLED[name]
    settings = {key: value.format(at=here.address, here=tmp_path / "here") for key, value in settings.items()}
    for purpose in ("", "registry_") if "registry" in settings else ("",):
        settings |= {f"{purpose}token_{home}": _kept(home, tmp_path, monkeypatch)}
    settings["to"] = written.format(at=here.address)
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in settings.items()]
    with (archive / "solander.toml").open("a") as file:
        file.write("[targets.ours]\n" + "".join(lines))
    started: list[str] = []
    popen = subprocess.Popen

    def kept(command, *args, **kwargs):
        started.extend(map(repr, (command, sorted((kwargs.get("env") or os.environ).items()))))
        return popen(command, *args, **kwargs)

    monkeypatch.setattr(subprocess, "Popen", kept)
    # Nobody waits here for a server that stays as it is.
    monkeypatch.setattr(clock, "wait", lambda seconds: None)
    caplog.set_level(logging.DEBUG)
    with pytest.raises(SystemExit) as ended:
        raise SystemExit(main(["deposit", str(_bag(archive)), "--to", "ours", "--publish"]))
    here.close()
    elsewhere.close()
    assert ended.value.code == 4
    assert here.heard
    assert started
    forms = [TOLD, quote(TOLD), quote_plus(TOLD), *(
        b64encode(f"{user}{TOLD}".encode()).decode().rstrip("=") for user in ("", ":", "k:", "KEEPER:"))]  # fmt: skip
    if is_first:
        assert any(form.encode() in request for request in here.heard for form in (*forms, TOLD)), "it was sent at all"
    journal = (archive / LOG_NAME).read_bytes() if (archive / LOG_NAME).exists() else b""
    receipts = b"".join(one.read_bytes() for one in archive.glob("receipts/*"))
    out = capsys.readouterr()
    told = "\n".join((out.out, out.err, caplog.text, journal.decode(), receipts.decode(), *started))
    for form in forms:
        assert form not in told
        assert all(form.encode() not in request for request in elsewhere.heard)


def _bag(archive: Path) -> Path:
    return next(one for one in archive.iterdir() if (one / "bagit.txt").exists())


def _kept(home: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Keep the secret in one of its homes; what a setting says of it."""
    if home == "env":
        monkeypatch.setenv("OUR_SECRET", TOLD)
        return "OUR_SECRET"
    if home == "file":
        (folder / "secret").write_text(f"{TOLD}\n")
        return str(folder / "secret")
    ring = types.ModuleType("keyring")
    ring.get_password = lambda service, user: TOLD if (service, user) == ("solander", "k") else None
    monkeypatch.setitem(sys.modules, "keyring", ring)
    return "solander/k"
