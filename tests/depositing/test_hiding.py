"""However a secret is written, no form of it stays in a text; and it shows itself in no representation."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, sampled_from, text
from under_contract import terms
from written_secrets import SECRETS, TELLING, WRITTEN, assert_untold

from solander.depositing import open_target
from solander.depositing.hiding import HIDDEN, hidden
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import Secret
from solander.errors import DepositError, UsageError


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
