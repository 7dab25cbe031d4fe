"""Whatever a secret is, and however a server repeats it: nothing that is told has it."""

from __future__ import annotations

import html
import json
import logging
import os
import re
import shutil
import subprocess
import sys
import traceback
import types
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import characters, integers, sampled_from, text
from under_contract import terms

from solander.cli import main
from solander.depositing import open_target
from solander.depositing.folder import FolderStore
from solander.depositing.hiding import HIDDEN, hidden
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import Secret
from solander.errors import DepositError, UsageError
from solander.files.second_opinion import many_asked
from solander.model.deposit import LOG_NAME
from solander.pipeline import DepositRequest, clock, deposit_all

LETTERS = characters(exclude_categories=("Cs",), exclude_characters="\0")
ODD = (
    '"quoted"',
    "it's",
    "100%25 of %2F",
    "a\\b\\\\c",
    "tab\there",
    "größer als ẞ",
    "茶馆的钥匙",
    "🔑🔑🔑",
    "a+b c=d&e",
    "x/y+z==",
)
SECRETS = (
    text(LETTERS, min_size=1, max_size=60) | sampled_from(ODD) | text(LETTERS, min_size=250, max_size=270)
).filter(lambda secret: bool(secret.strip()))
"""Any, short and long, and some that formats write in another way."""

TELLING = 6
"""Of a secret with fewer letters any text has some by chance."""

WRITTEN: dict[str, Callable[[str], str]] = {
    "plain": str,
    "on one line": lambda secret: " ".join(secret.split()),
    "in JSON": lambda secret: json.dumps(secret)[1:-1],
    "in JSON as it is": lambda secret: json.dumps(secret, ensure_ascii=False)[1:-1],
    "in JSON in JSON": lambda secret: json.dumps(json.dumps(secret)[1:-1])[1:-1],
    "in Python": lambda secret: repr(secret)[1:-1],
    "percent-encoded": quote,
    "percent-encoded whole": lambda secret: quote(secret, safe=""),
    "percent-encoded small": lambda secret: re.sub("%..", lambda found: found[0].lower(), quote(secret, safe="")),
    "percent-encoded twice": lambda secret: quote(quote(secret, safe=""), safe=""),
    "as in a form": quote_plus,
    "in HTML": html.escape,
    "in HTML by numbers": lambda secret: "".join(f"&#{ord(one)};" for one in secret),
    "in base64": lambda secret: b64encode(secret.encode()).decode(),
    "in base64 for addresses": lambda secret: urlsafe_b64encode(secret.encode()).decode().rstrip("="),
    "in base64, percent-encoded": lambda secret: quote(b64encode(secret.encode()).decode(), safe=""),
    "as Basic has it": lambda secret: b64encode(f"keeper:{secret}".encode()).decode(),
    "as Basic has it of k": lambda secret: b64encode(f"k:{secret}".encode()).decode(),
    "as Basic has it of nobody": lambda secret: b64encode(f":{secret}".encode()).decode(),
}
"""How a server may repeat it."""


def cores(secret: str) -> Iterator[str]:
    """What of each form hangs on the secret alone: of base64 without the letters that others share in."""
    for name, write in WRITTEN.items():
        form = write(secret)
        if "base64" not in name and "Basic" not in name:
            yield form.strip()
    for before in range(3):
        core = b64encode(b"\0" * before + secret.encode()).decode()[before + bool(before) : -4]
        yield core
        yield core.translate(str.maketrans("+/", "-_"))


def assert_untold(secret: str, told: str, without: str = "") -> None:
    """Nothing of it stands in a text, apart from what stands there whatever the secret is."""
    for part in told.split(HIDDEN):
        for form in cores(secret):
            assert len(form) < TELLING or form in without or form not in part, part


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


@settings(max_examples=60, deadline=None)
@given(secret=SECRETS, how=sampled_from(sorted(WRITTEN)), before=integers(0, 320))
def test_a_servers_words_are_told_without_the_secret_wherever_they_are_cut(repeating, secret, how, before):
    repeating.said = ("." * before + " " + WRITTEN[how](secret)).encode()
    session = HttpSession(
        "x:", f"http://127.0.0.1:{repeating.server.server_port}", terms(user="keeper", secret=secret), headers={}
    )
    try:
        with pytest.raises(DepositError) as caught:
            session.read("anything")
    finally:
        session.close()
    assert_untold(secret, str(caught.value), "x: it answered 403 (may this token do that?): " + "." * 320)


@settings(max_examples=200, deadline=None)
@given(secret=SECRETS, how=sampled_from(sorted(WRITTEN)), around=text(max_size=8))
def test_no_form_of_a_secret_stays_in_a_text(secret, how, around):
    form = WRITTEN[how](secret)
    told = hidden(f"{around} {form} {around}", secret)
    if how not in ("in base64", "in base64 for addresses", "in base64, percent-encoded") and "Basic" not in how:
        assert HIDDEN in told
        # However short it is.
        assert all(form.strip() not in part for part in told.split(HIDDEN))
    assert_untold(secret, told, around)


@given(secret=text("KQXZ0189", min_size=TELLING))
def test_a_text_without_the_secret_stays_as_it_is(secret):
    others = "x: it answered 403 (may this token do that?): you said, &amp; more, %2F, bm8gc2VjcmV0"
    assert hidden(others, secret) == others


@pytest.mark.parametrize("secret", ["\\" * 60, "%25" * 60, " + " * 60, "&amp;" * 60, "a" * 60, "\\u0041" * 30])
def test_no_secret_makes_looking_for_it_take_long(secret):
    for others in (
        secret[:-1] * 50,
        quote(secret)[:-1] * 50,
        "\\" * 20_000,
        "%25" * 20_000,
        "&amp;" * 20_000,
        "a" * 20_000,
    ):
        assert_untold(secret, hidden(others + "!", secret))


@given(secret=SECRETS.filter(lambda secret: len(secret) >= TELLING))
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
