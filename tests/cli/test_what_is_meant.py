"""What cannot be meant is refused in a line, and what is meant otherwise than written gets a hint."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """An archive that says who asks."""
    (tmp_path / "asking").mkdir()
    (tmp_path / "asking/solander.toml").write_text('contact_email = "keeper@museum.example"\n')
    return tmp_path / "asking"


@pytest.mark.parametrize("content", [b"\0\0\0", b"\n\r\n", b"\xef\xbb\xbf \t"])
def test_a_file_of_nothing_that_says_anything_is_not_called_empty(run, tmp_path: Path, content: bytes):
    (tmp_path / "a.html").write_bytes(content)
    told = "holds only white space or NUL bytes: there is no page in it\n"
    ran = run("pack", tmp_path / "a.html", "--into", tmp_path / "archive")
    assert (ran.status, ran.err) == (3, f"solander: {tmp_path}/a.html: the file {told}")
    assert run("normalise", "-", stdin=content).err == f"solander: standard input {told}"
    (tmp_path / "a.html").write_bytes(b"")
    assert run("normalise", tmp_path / "a.html").err == (
        f"solander: {tmp_path}/a.html: the file is empty: there is no page in it\n"
    )


@pytest.mark.parametrize("option", ["--list", "--sitemap"])
def test_a_list_of_addresses_may_come_by_standard_input(run, asking: Path, option: str):
    ran = run("pack", option, "-", "--into", asking, stdin=b"http://127.0.0.1/a\n")
    assert ran.status == 3
    assert (
        ran.err
        == "solander: http://127.0.0.1/a: its address 127.0.0.1 is not of the public Internet; nothing was asked\n"
    )


def test_so_may_the_list_of_a_batch(run, asking: Path):
    ran = run("batch", "--list", "-", "--into", asking, stdin=b"http://127.0.0.1/a\n")
    assert ran.status == 3
    assert "its address 127.0.0.1 is not of the public Internet" in ran.err


def test_standard_input_is_a_page_or_a_list(run, asking: Path):
    ran = run("pack", "-", "--list", "-", "--into", asking, stdin=b"<p>x")
    assert (ran.status, ran.err) == (2, "solander: standard input can be read once: name - once\n")


@pytest.mark.parametrize("place", ["http://127.0.0.1/", "ftp://harbour.example/a", "http://harbour.example:22/"])
def test_an_address_that_is_not_asked_could_not_be_read_and_is_no_finding(run, asking: Path, place: str):
    assert run("pack", place, "--into", asking).status == 3


@pytest.mark.parametrize("place", ["harbour.example/ferry", "harbour.example:8080/", "www.harbour.example"])
def test_an_address_without_its_scheme_gets_a_hint(run, tmp_path: Path, place: str):
    ran = run("pack", place, "--into", tmp_path / "archive")
    what = f"{place}: there is no such file; if it is an address, write its scheme: https://{place}"
    assert (ran.status, ran.err) == (3, f"solander: {what}\n")


def test_a_file_that_is_not_there_gets_none(run, tmp_path: Path, monkeypatch):
    (tmp_path / "pages.old").mkdir()
    monkeypatch.chdir(tmp_path)
    for place in (
        "ferry.html",
        "pages.old/ferry.html",
        "./harbour.example/a",
        "/harbour.example/a",
        "pages/ferry.html",
    ):
        assert run("pack", place, "--into", "archive").err == f"solander: {place}: there is no such file\n"


@pytest.mark.parametrize("option", ["--browser", "--ignore-robots"])
def test_options_of_live_pages_want_a_live_page(run, page: Path, asking: Path, option: str):
    ran = run("pack", page, option, "--into", asking)
    told = (
        f"solander: {option} is for live pages, and none is named; leave it out, or name one: https://example.org/a\n"
    )
    assert (ran.status, ran.err) == (2, told)


def test_among_live_pages_a_saved_one_is_packed_as_ever(run, page: Path, asking: Path):
    ran = run("pack", page, "http://127.0.0.1/", "--ignore-robots", "--into", asking)
    assert (ran.status, len(ran.out.splitlines())) == (3, 1)


@pytest.mark.parametrize("uri", ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "about:blank"])
def test_what_is_no_place_is_no_address_of_a_page(run, page: Path, tmp_path: Path, uri: str):
    ran = run("pack", page, "--uri", uri, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (2, "")
    assert "is no place where a page stands" in ran.err
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize(
    "uri", ["ftp://harbour.example/a", "file:///srv/a.html", "urn:isbn:0451450523", "gemini://a.example/"]
)
def test_other_addresses_are_taken_as_they_are(run, page: Path, tmp_path: Path, uri: str):
    bag = Path(run("pack", page, "--uri", uri, "--into", tmp_path / "archive", "--quiet").out.strip())
    assert f"Web-Capture-URI: {uri}\n" in (bag / "bag-info.txt").read_text()
