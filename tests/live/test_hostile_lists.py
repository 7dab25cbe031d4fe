"""What no list of addresses may do: lead in a circle, never end, unpack to no end, or lose its other pages."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.live.loopback_site import Answer, Site, serving

from solander.pipeline import AddressList, NotPacked, pack_all
from solander.pipeline.sources import live

PAGE: Answer = (200, {"Content-Type": "text/html"}, b"<!doctype html><title>A</title><p>Words of a page.</p>")


def index(*places: str) -> Answer:
    return (
        200,
        {},
        f"<sitemapindex>{''.join(f'<sitemap><loc>{one}</loc></sitemap>' for one in places)}</sitemapindex>".encode(),
    )


def pages(*places: str) -> Answer:
    return 200, {}, f"<urlset>{''.join(f'<url><loc>{one}</loc></url>' for one in places)}</urlset>".encode()


DECLARING = b"""<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>
<urlset><url><loc>http://harbour.example/&b;</loc></url></urlset>"""

Listing = Callable[..., tuple[list[str], Site]]


@pytest.fixture
def listed(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Listing:
    """What becomes of a list: of each page that it names whether there is a bag, or why not; the site, to be asked."""
    true_terms = live.Guest.terms
    monkeypatch.setattr(live.Guest, "terms", lambda guest: replace(true_terms(guest), pause_seconds=0.0))

    def packed(answer: dict[str, Answer] | Callable[[str], Answer], kind: Any = "sitemap", text: bytes = b"") -> Any:
        asked = answer if callable(answer) else lambda path: answer.get(path, (404, {}, b""))
        with serving(asked) as site:
            place = f"{site.address}/s"
            if kind == "list":
                place = str(tmp_path / "list.txt")
                Path(place).write_bytes(text.replace(b"SITE", site.address.encode()))
            outcomes = list(pack_all([AddressList(kind, place)], into=archive, allows_loopback=True))
        told = [str(one.error) if isinstance(one, NotPacked) else "packed" for one in outcomes]
        assert not any("\n" in one for one in told)
        return [one.replace(site.address, "SITE") for one in told], site

    return packed


@pytest.mark.parametrize(
    "answers",
    [{"/s": index("/s", "/p")}, {"/s": index("/t"), "/t": index("/s", "/p", "/t")}],
    ids=["itself", "one another"],
)
def test_sitemaps_that_name_one_another_are_each_asked_for_once(listed: Listing, answers: dict[str, Answer]) -> None:
    told, site = listed(answers | {"/p": pages("/a"), "/a": PAGE})
    assert told == ["packed"]
    assert len(site.asked) == len(set(site.asked))


def test_sitemaps_without_end_are_read_to_a_depth_and_that_is_told(listed: Listing) -> None:
    told, site = listed(lambda path: index(f"{path}x", f"{path}y"))
    assert len(site.asked) < 20
    assert all("a sitemap of sitemaps 3 deep, and goes on to others" in one for one in told)


def test_sitemaps_beyond_the_bound_are_counted(listed: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "SITEMAPS", 3)
    told, _ = listed(
        lambda path: index(*(f"/t{n}" for n in range(9))) if path == "/s" else pages("/a") if path[:2] == "/t" else PAGE
    )
    assert told == [
        "SITE/t2: this sitemap and 6 that were named with it are beyond the bounds of one run; pack them by themselves",
        "packed",
    ]


def test_pages_beyond_the_bound_are_counted(listed: Listing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("solander.capturing.address_lists.ADDRESSES_LIMIT", 2)
    told, site = listed(lambda path: pages("/a", "/b", "/c") if path == "/s" else PAGE)
    assert told == ["SITE/s: it names 3 pages; those after the first 2 are not packed: divide it", "packed", "packed"]
    assert "/c" not in site.asked


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ((200, {}, b"<urlset><url>"), "it is no XML"),
        ((404, {}, b""), "the server said 404"),
        ((302, {"Location": "http://10.0.0.1/"}, b""), "is not of the public Internet"),
        ((200, {}, gzip.compress(bytes(70_000_000))), "more than 67,108,864 bytes come out of it"),
        ((200, {}, DECLARING), "entities"),
        ((200, {}, b"<a>" * 100_000), "Excessive depth"),
        (PAGE, "it is no"),
    ],
    ids=["cut", "gone", "redirected into a private network", "bomb", "entities", "deep", "no sitemap"],
)  # fmt: skip
def test_a_part_that_cannot_be_read_is_told_and_stops_no_other(listed: Listing, broken: Answer, said: str) -> None:
    told, _ = listed({"/s": index("/t", "/u"), "/t": broken, "/u": pages("/a"), "/a": PAGE})
    assert len(told) == 2
    assert said in told[0]
    assert told[1] == "packed"


def test_private_addresses_in_a_sitemap_are_refused_by_their_names(listed: Listing) -> None:
    told, site = listed({"/s": pages("http://10.0.0.1/a", "http://[::1]:1/", "file:///etc/passwd", "/a"), "/a": PAGE})
    assert told[0] == "http://10.0.0.1/a: its address 10.0.0.1 is not of the public Internet; nothing was asked"
    assert told[-1] == "packed"
    assert site.asked.count("/a") == 1


def test_a_list_is_read_line_by_line_whatever_stands_in_it(listed: Listing) -> None:
    text = (
        b"\xef\xbb\xbf# ours\r\n\r\n  SITE/a \r\nSITE/a\nSITE/a#quay\nhttp://10.0.0.1/\nharbour\n\xff\xfe\n"
        + b"http://"
        + b"a" * 90_000
        + b"\n"
    )
    told, site = listed({"/a": PAGE}, "list", text)
    assert [one.partition(": ")[2][:40] for one in told] == [
        "",
        "its address 10.0.0.1 is not of the public"[:40],
        "its scheme (none) is not one that pages are"[:40],
        "its scheme (none) is not one that pages are"[:40],
        "it is longer than 8,000 characters",
    ]
    assert site.asked.count("/a") == 1


@pytest.mark.parametrize("text", [b"", b"# nothing\n\n"])
def test_a_list_of_nothing_is_told(listed: Listing, text: bytes) -> None:
    told, _ = listed({}, "list", text)
    assert len(told) == 1
    assert "names no page" in told[0] or "is empty" in told[0]
