"""A repository whose certificate its own house has signed: who names it is believed, and nobody else is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.live.loopback_site import Site, certificate, serving
from under_contract import terms

from solander.depositing.http_session import HttpSession
from solander.errors import TargetUnreachable, UsageError


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="module")
def house(certified: Path) -> Iterator[Site]:
    with serving(lambda path: (200, {"Content-Type": "application/json"}, b"{}"), certified) as site:
        yield site


@pytest.fixture(autouse=True)
def nothing_named(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


def no_pause(seconds: float) -> None:
    pytest.fail("it waited, to ask again")


def asked(house: Site, method: str) -> int:
    patience = replace(terms(secret="tok"), sleep=no_pause)
    session = HttpSession("x:", house.address, patience, headers={"Authorization": "Bearer tok"})
    try:
        return (session.read("one") if method == "GET" else session.write(method, "one", value={})).status
    finally:
        session.close()


def test_a_certificate_that_the_user_names_is_trusted(house, certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    assert asked(house, "GET") == 200


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_one_that_nobody_names_is_told_at_once_with_what_to_do_and_no_secret_is_sent(house, method):
    before = len(house.asked)
    with pytest.raises(TargetUnreachable, match=r"CERTIFICATE_VERIFY_FAILED.*SSL_CERT_FILE may name what to trust"):
        asked(house, method)
    assert len(house.asked) == before


def test_what_is_trusted_follows_the_environment(house, certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    assert asked(house, "GET") == 200
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(TargetUnreachable):
        asked(house, "GET")


def test_a_file_that_is_not_there_is_told_by_the_name_of_the_variable(house, tmp_path, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    with pytest.raises(
        UsageError, match=r"SSL_CERT_FILE: .*none\.pem: no certificates can be read there \(No such file"
    ):
        asked(house, "GET")


def test_a_file_without_certificates_is_told(house, tmp_path, monkeypatch):
    (tmp_path / "words.pem").write_text("no certificate\n")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "words.pem"))
    with pytest.raises(UsageError, match=r"SSL_CERT_FILE: .*words\.pem: no certificates can be read there"):
        asked(house, "GET")


def test_no_proxy_of_the_environment_is_asked(house, certified, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert asked(house, "GET") == 200
