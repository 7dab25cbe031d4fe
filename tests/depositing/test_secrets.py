"""Whatever a secret is, and however a server repeats it: nothing that is told has it."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given, settings
from hypothesis.strategies import characters, integers, sampled_from, text
from under_contract import terms

from solander.depositing import open_target
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import HIDDEN, Secret, hidden
from solander.errors import DepositError, UsageError

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
