"""A live page: what is fetched of it, how that is kept, and how a guest behaves."""

from __future__ import annotations

import gzip
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.live.loopback_site import ALL, Answer, Site, certificate, lamp_room, serving
from tests.warc_judges import judge_written
from warcio.archiveiterator import ArchiveIterator

from solander.capturing.http_message import dechunk
from solander.errors import UsageError
from solander.model.accession import Accession
from solander.model.capture_story import capture_story
from solander.pipeline import AddressList, NotPacked, Packed, pack_all, rederive, validate

Pack = Callable[..., Accession]
Server = Callable[[str], Answer | bytes | Iterator[bytes]]

PAGE = b"<!doctype html><title>A</title><p>The words of a page that stands at its address.</p>"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def site_of(**answers: Answer | bytes) -> Server:
    """A site that has these files, ``robots`` for ``/robots.txt``, and no other."""
    known = {"/robots.txt" if name == "robots" else f"/{name}": answer for name, answer in answers.items()}
    return lambda path: known.get(path, (404, {}, b"nothing here"))


def records(accession: Accession) -> list[tuple[str, str, str, bytes]]:
    """Type, address, name and block of each record of a bag's own WARC file."""
    assert accession.path is not None
    content = (accession.path / "data/original/capture.warc.gz").read_bytes()
    return [
        (
            one.rec_type,
            one.rec_headers.get_header("WARC-Target-URI") or "",
            one.rec_headers.get_header("WARC-Record-ID"),
            one.raw_stream.read(),
        )
        for one in ArchiveIterator(io.BytesIO(content), no_record_parse=True)
    ]


# ------------------------------------------------------------------------------------------------- all that is shown


@pytest.fixture(scope="module")
def lamp_rooms(tmp_path_factory: pytest.TempPathFactory) -> tuple[Accession, Site]:
    """The page of 36 resources, packed without a browser."""
    archive = tmp_path_factory.mktemp("live") / "archive"
    archive.mkdir()
    (archive / "solander.toml").write_text('contact_email = "keeper@museum.example"\n')
    with serving(lamp_room) as site:
        [outcome] = pack_all([f"{site.address}/page.html"], into=archive, allows_loopback=True)
    assert isinstance(outcome, Packed)
    return outcome.accession, site


def test_without_a_browser_all_is_fetched_that_exists_without_one(lamp_rooms: tuple[Accession, Site]) -> None:
    accession, site = lamp_rooms
    assert frozenset(site.asked) - {"/robots.txt"} == ALL - {"/api/late.json", "/i/late.png", "/i/attached.png"}
    assert max(Counter(site.asked).values()) == 1
    held = {uri.removeprefix(site.address) for kind, uri, _, _ in records(accession) if kind == "response"}
    assert held == frozenset(site.asked)


def test_the_bag_of_a_live_page_is_whole_and_is_what_its_original_says(lamp_rooms: tuple[Accession, Site]) -> None:
    accession, _ = lamp_rooms
    assert accession.path is not None
    report = validate(accession.path)
    assert report.passed
    assert "WRC040" in report.rules
    assert not [one for one in report.findings if one.code.startswith("WRC")]
    assert not rederive(accession.path).report.findings


def test_no_other_program_finds_fault_with_the_warc_file(lamp_rooms: tuple[Accession, Site]) -> None:
    accession, _ = lamp_rooms
    assert accession.path is not None
    kinds = judge_written(accession.path / "data/original/capture.warc.gz")
    assert set(kinds) == {"warcinfo", "request", "response", "metadata"}
    assert kinds.count("request") == kinds.count("response") > 30


def test_who_asks_says_so_in_every_request(lamp_rooms: tuple[Accession, Site]) -> None:
    accession, site = lamp_rooms
    for headers in site.headers:
        assert headers["user-agent"].startswith("solander/")
        assert "mailto:keeper@museum.example" in headers["user-agent"]
        assert headers["from"] == "keeper@museum.example"
        assert not {"cookie", "authorization"} & headers.keys()
    assert "There is no robots.txt" in " ".join(capture_story(accession.capture))


# ------------------------------------------------------------------------------------------------------- as it was sent


def test_messages_stand_as_they_were_sent_and_chunks_are_undone_in_reading(packing: Pack) -> None:
    body = gzip.compress(PAGE, mtime=0)
    sent = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    sent += b"".join(b"%x\r\n%s\r\n" % (len(one), one) for one in (body[:20], body[20:])) + b"0\r\n\r\n"
    with serving(site_of(a=sent)) as site:
        accession = packing(f"{site.address}/a")
    [block] = [block for kind, uri, _, block in records(accession) if kind == "response" and uri.endswith("/a")]
    assert block == sent
    assert dechunk(block.partition(b"\r\n\r\n")[2]).body == body
    assert accession.capture.content == PAGE
    transport = accession.capture.transport
    assert transport is not None
    assert (transport.payload_digest_of, transport.codings) == ("raw", ("chunked", "gzip"))


def test_no_cookie_comes_into_the_archive(packing: Pack) -> None:
    fields = HTML | {"Set-Cookie": "session=5eeded; HttpOnly", "X-Kept": "yes"}
    with serving(site_of(a=(200, fields, PAGE + b'<img src="/b">'), b=(200, fields, b"GIF89a"))) as site:
        accession = packing(f"{site.address}/a")
        assert not any("cookie" in one for one in site.headers)
    assert accession.path is not None
    for path in accession.path.rglob("*"):
        if path.is_file():
            assert b"5eeded" not in path.read_bytes()
    blocks = b"".join(block for *_, block in records(accession))
    assert b"5eeded" not in blocks
    assert b"X-Kept: yes" in blocks
    assert b"cookies-left-out: 2" in blocks
    assert validate(accession.path).passed


def test_the_redirects_to_a_page_and_to_its_pictures_are_kept(packing: Pack) -> None:
    answers: dict[str, Answer | bytes] = {
        "old": (301, {"Location": "/newer"}, b""),
        "newer": (302, {"Location": "/a"}, b""),
        "a": (200, HTML, PAGE + b'<img src="/moved.png">'),
        "moved.png": (302, {"Location": "/there.png"}, b""),
        "there.png": (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(40)),
    }
    with serving(site_of(**answers)) as site:
        accession = packing(f"{site.address}/old")
    assert accession.capture.uri == f"{site.address}/a"
    assert accession.capture.origin.redirects == (f"{site.address}/old", f"{site.address}/newer")
    assert [one.uri for one in accession.capture.media] == [f"{site.address}/moved.png"]


def test_what_is_not_at_its_place_is_told_and_kept(packing: Pack) -> None:
    with serving(site_of(a=(200, HTML, PAGE + b'<img src="/gone.png">'))) as site:
        accession = packing(f"{site.address}/a")
    assert "CAP075" in {one.code for one in accession.report.findings}
    assert any(uri.endswith("/gone.png") for kind, uri, _, _ in records(accession) if kind == "response")


def test_a_notice_is_packed_only_where_its_status_was_asked_for(packing: Pack) -> None:
    with serving(site_of(a=(410, HTML, PAGE))) as site:
        accession = packing(f"{site.address}/a", statuses=[410])
    assert "CAP030" in {one.code for one in accession.report.findings}


def test_over_tls_messages_are_kept_as_they_were_before_their_encryption(
    packing: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certified = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certified))
    with serving(site_of(a=(200, HTML, PAGE)), certified) as site:
        accession = packing(f"{site.address}/a")
    assert site.address.startswith("https:")
    assert accession.capture.content == PAGE
    [block] = [block for kind, uri, _, block in records(accession) if kind == "request" and uri.endswith("/a")]
    assert block.startswith(b"GET /a HTTP/1.1\r\n")


def test_a_server_that_cannot_prove_who_it_is_is_not_believed(refusal: Callable[..., str], tmp_path: Path) -> None:
    with serving(site_of(a=(200, HTML, PAGE)), certificate(tmp_path)) as site:
        assert "certificate" in refusal(f"{site.address}/a", ignores_robots=True)
        assert site.asked == []


# ------------------------------------------------------------------------------------------------------------- manners


def robots(text: str) -> Answer:
    return 200, {"Content-Type": "text/plain"}, text.encode()


def test_what_robots_forbid_is_not_asked(refusal: Callable[..., str]) -> None:
    with serving(site_of(a=(200, HTML, PAGE), robots=robots("User-agent: *\nDisallow: /a"))) as site:
        said = refusal(f"{site.address}/a")
        assert site.asked == ["/robots.txt"]
    assert "forbids it (Disallow: /a); it is obeyed (see --ignore-robots)" in said


def test_robots_are_ignored_where_that_was_said_and_the_bag_says_so(packing: Pack) -> None:
    with serving(site_of(a=(200, HTML, PAGE), robots=robots("User-agent: *\nDisallow: /"))) as site:
        accession = packing(f"{site.address}/a", ignores_robots=True)
    assert "CAP073" in {one.code for one in accession.report.findings}
    info, *_ = [block for kind, *_, block in records(accession) if kind == "warcinfo"]
    assert b"robots: ignore\r\n" in info
    assert any(uri.endswith("/robots.txt") for kind, uri, _, _ in records(accession) if kind == "response")
    assert accession.path is not None
    assert "that was ignored, as asked" in (accession.path / "data/tei/page.xml").read_text()
    assert "that was ignored, as asked" in (accession.path / "metadata/premis.xml").read_text()


def test_a_picture_that_robots_forbid_is_left_and_told(packing: Pack) -> None:
    site_answers = site_of(
        a=(200, HTML, PAGE + b'<img src="/b.png">'), robots=robots("User-agent: solander\nDisallow: /b")
    )
    with serving(site_answers) as site:
        accession = packing(f"{site.address}/a")
        assert "/b.png" not in site.asked
    [finding] = [one for one in accession.report.findings if one.code == "CAP074"]
    assert "Disallow: /b" in finding.message


def test_who_is_busy_is_asked_again_after_as_long_as_it_says(packing: Pack) -> None:
    answers = iter([(503, {"Retry-After": "7"}, b"busy"), (200, HTML, PAGE)])
    waited: list[float] = []

    def answer(path: str) -> Answer:
        return next(answers) if path == "/a" else (404, {}, b"")  # type: ignore[return-value]

    with serving(answer) as site:
        accession = packing(f"{site.address}/a", terms={"wait": waited.append})
    assert waited == [7.0]
    assert accession.capture.content == PAGE
    assert sum(uri.endswith("/a") for kind, uri, _, _ in records(accession) if kind == "response") == 2


def test_no_page_is_fetched_by_nobody(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="contact_email"):
        list(pack_all(["https://example.org/"], into=tmp_path / "archive"))
    assert not (tmp_path / "archive").exists()


# --------------------------------------------------------------------------------------------------------------- bounds


def test_a_page_costs_no_more_requests_than_it_may(packing: Pack) -> None:
    shown = PAGE + b"".join(b'<img src="/%d.png">' % number for number in range(50))
    with serving(lambda path: (200, HTML, shown) if path == "/a" else (200, {}, b"GIF89a")) as site:
        accession = packing(f"{site.address}/a", terms={"requests_limit": 10})
        assert len(site.asked) == 10
    [finding] = [one for one in accession.report.findings if one.code == "CAP074"]
    assert "a page may cost 10 requests" in finding.message


def test_a_picture_beyond_its_bound_is_left_and_told(packing: Pack) -> None:
    with serving(site_of(a=(200, HTML, PAGE + b'<img src="/b">'), b=(200, {}, bytes(5_000)))) as site:
        accession = packing(f"{site.address}/a", terms={"medium_limit_bytes": 4_000})
    transport = accession.capture.transport
    assert transport is not None
    [missed] = transport.not_fetched
    assert "larger than the limit of 4,000 bytes" in missed


# ---------------------------------------------------------------------------------------------------------------- lists


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>{0}/a</loc><lastmod>2024-01-01</lastmod></url><url><loc> {0}/b </loc></url><url><loc>ftp://x/y</loc></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>{0}/map.xml.gz</loc></sitemap>
</sitemapindex>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="{0}/"/><entry><link rel="edit" href="{0}/no"/>
<link href="/a"/></entry><entry><link rel="alternate" href="{0}/b"/></entry></feed>"""
RSS = """<rss version="2.0"><channel><link>{0}/</link><item><link>{0}/a</link></item><item><link>{0}/b</link></item>
</channel></rss>"""


@pytest.mark.parametrize(
    ("kind", "name", "text"),
    [
        ("sitemap", "map.xml", SITEMAP),
        ("sitemap", "map.txt", "{0}/a\n{0}/b\n"),
        ("sitemap", "index.xml", INDEX),
        ("feed", "atom.xml", ATOM),
        ("feed", "rss.xml", RSS),
        ("feed", "feed.json", None),
        ("list", "list.txt", "# ours\n\n{0}/a\n{0}/b\n"),
    ],
)
def test_every_page_that_a_list_names_is_packed(
    kind: Any, name: str, text: str | None, archive: Path, tmp_path: Path
) -> None:
    def answer(path: str) -> Answer:
        here = site.address
        json_feed = json.dumps({"items": [{"url": f"{here}/a"}, {"url": f"{here}/b"}, {"id": "7"}]})
        if path == f"/{name}":
            return 200, {}, (json_feed if text is None else text.format(here)).encode()
        if path == "/map.xml.gz":
            return 200, {}, gzip.compress(SITEMAP.format(here).encode())
        return (200, HTML, PAGE + path.encode()) if path in ("/a", "/b") else (404, {}, b"")

    with serving(answer) as site:
        place = f"{site.address}/{name}"
        if kind == "list":
            place = str(tmp_path / name)
            Path(place).write_text((text or "").format(site.address))
        outcomes = list(pack_all([AddressList(kind, place)], into=archive, allows_loopback=True))
        assert site.asked.count("/robots.txt") == 1
    assert [one.source for one in outcomes] == [f"{site.address}/a", f"{site.address}/b"]
    assert all(isinstance(one, Packed) for one in outcomes)


def test_a_page_of_a_list_that_cannot_be_had_stops_no_other(archive: Path, tmp_path: Path) -> None:
    with serving(site_of(a=(200, HTML, PAGE))) as site:
        place = tmp_path / "list.txt"
        place.write_text(f"{site.address}/gone\nno address\nfile:///etc/passwd\n{site.address}/a\n")
        outcomes = list(pack_all([AddressList("list", str(place))], into=archive, allows_loopback=True))
    assert [type(one) for one in outcomes] == [NotPacked, NotPacked, NotPacked, Packed]


@pytest.mark.parametrize("kind", ["sitemap", "feed"])
def test_a_list_that_is_none_is_told_in_one_line(kind: Any, archive: Path, tmp_path: Path) -> None:
    place = tmp_path / "list.xml"
    for text in (
        "<html><p>No list.</p></html>",
        "<urlset",
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><urlset>&b;</urlset>',
    ):
        place.write_text(text)
        [outcome] = pack_all([AddressList(kind, str(place))], into=archive)
        assert isinstance(outcome, NotPacked)
        assert "\n" not in str(outcome.error)


@pytest.mark.parametrize("written", ["/gr\u00f6\u00dfe".encode(), b"/gr%C3%B6%C3%9Fe"])
def test_a_redirect_that_is_written_in_letters_leads_where_a_browser_goes(packing: Pack, written: bytes) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: " + written + b"\r\nContent-Length: 0\r\n\r\n"
    known = {"/a": moved, "/gr%C3%B6%C3%9Fe": (200, HTML, PAGE)}
    with serving(lambda path: known.get(path, (404, {}, b""))) as site:
        packing(site.address + "/a")
        assert site.asked[-1] == "/gr%C3%B6%C3%9Fe"
