"""Whatever a secret is, and however a server repeats it: nothing that is told of a deposit has it."""

from __future__ import annotations

import json
import logging
import os
import shutil
import subprocess
import sys
import traceback
import types
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from
from written_secrets import SECRETS, TELLING, WRITTEN, assert_untold

from solander.cli import main
from solander.depositing.folder import FolderStore
from solander.depositing.hiding import HIDDEN
from solander.errors import UsageError
from solander.files.second_opinion import many_asked
from solander.model.deposit import LOG_NAME
from solander.pipeline import DepositRequest, clock, deposit_all


class Prying:
    """A server that keeps what it is sent, and repeats it in a refusal, or leads elsewhere."""

    def __init__(self, leads_to: str | None = None) -> None:
        self.heard: list[bytes] = []
        self.adds = b""
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                outer.heard.append(f"{self.requestline}\n{self.headers}".encode("latin-1") + body)
                said = b"you said " + outer.adds + outer.heard[-1]
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


class Kept(logging.Handler):
    """All that is logged, with the traces of what was raised."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def all_that_is_told(archive: Path, request: DepositRequest, secret: str) -> str:
    """Deposit with a secret, and gather whatever is said of it: errors with their causes, logs, journal, receipts."""
    kept = Kept()
    logging.getLogger().addHandler(kept)
    before = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    parts: list[str] = []
    shutil.rmtree(archive / "receipts", ignore_errors=True)
    (archive / LOG_NAME).unlink(missing_ok=True)
    os.environ["OUR_SECRET"] = secret
    try:
        for done in deposit_all([_bag(archive)], request):
            parts.append(repr(done.receipt))
            if done.error is not None:
                parts += [str(done.error), repr(done.error), *traceback.format_exception(done.error)]
    except UsageError as error:
        parts += traceback.format_exception(error)
    finally:
        del os.environ["OUR_SECRET"]
        logging.getLogger().setLevel(before)
        logging.getLogger().removeHandler(kept)
    files = [archive / LOG_NAME, *archive.glob("receipts/*")]
    parts += [one.read_text() for one in files if one.exists()]
    return "\n".join((*parts, *kept.lines))


@pytest.fixture(scope="module")
def asked() -> Iterator[None]:
    with many_asked():
        yield


@pytest.fixture(scope="module")
def prying() -> Iterator[Prying]:
    one = Prying()
    yield one
    one.close()


@pytest.fixture(scope="module")
def settled_archive(boxed: Path, prying: Prying, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive that knows each target, with a secret from the environment."""
    folder = tmp_path_factory.mktemp("settled")
    archive = shutil.copytree(boxed, folder / "archive")
    lines = []
    for name, (written, given_settings, _) in SETTLED.items():
        (folder / name).mkdir()
        values = {key: value.format(at=prying.address, here=folder / name) for key, value in given_settings.items()}
        values |= {"to": written.format(at=prying.address), "token_env": "OUR_SECRET"}
        values |= {"registry_token_env": "OUR_SECRET"} if "registry" in values else {}
        lines += [f"[targets.{name}]\n", *(f"{key} = {json.dumps(value)}\n" for key, value in values.items())]
    lines += ["[targets.dir]\n", f"to = {json.dumps(f'dir:{folder}/there')}\n", 'token_env = "OUR_SECRET"\n']
    with (archive / "solander.toml").open("a") as file:
        file.write("".join(lines))
    return archive


WITHOUT: dict[str, str] = {}
"""What is told at each target whatever the secret is."""


@pytest.mark.parametrize("name", SETTLED)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(secret=SECRETS, how=sampled_from(sorted(WRITTEN)))
def test_whatever_a_secret_is_no_error_log_journal_or_receipt_tells_it(
    name, settled_archive, prying, asked, secret, how
):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clock, "wait", lambda seconds: None)
        request = DepositRequest(to=name, publish=True)
        if name not in WITHOUT:
            prying.adds = b""
            WITHOUT[name] = all_that_is_told(settled_archive, request, "Zq~9 of nobody")
        prying.adds = f" {WRITTEN[how](secret)} ".encode()
        told = all_that_is_told(settled_archive, request, secret)
    assert_untold(secret, told, WITHOUT[name])


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(secret=SECRETS, how=sampled_from(sorted(WRITTEN)))
def test_a_place_that_puts_the_secret_into_its_addresses_gets_it_into_no_receipt(settled_archive, asked, secret, how):
    there = settled_archive.parent / "there"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(FolderStore, "url", lambda self, folder: f"https://x.example/{WRITTEN[how](secret)}/{folder}")
        told = all_that_is_told(settled_archive, DepositRequest(to="dir"), secret)
    shutil.rmtree(there)
    assert "state='stored'" in told
    without = f"{told.replace('https://x.example/', '').split(HIDDEN)[0]}"
    if len(secret) >= TELLING:
        assert_untold(secret, told, "" if HIDDEN in told else without)


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
