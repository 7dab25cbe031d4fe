"""The versions of an object lead to one another, and captures of one page are told apart, served and as files."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from lxml import html

from solander import Capture, pack
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.model.catalogue import Query
from solander.packing import lay_out
from solander.pipeline import catalogue, write_site
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.viewing.ways import WRITTEN

AT = datetime(2026, 1, 1, 12, 30, 5, tzinfo=UTC)
PAGE = b"<!DOCTYPE html><html lang=en><title>Ferries</title><p>The first ferry leaves at seven in the morning."


class Made(NamedTuple):
    archive: Path
    shown: ShownArchive
    site: Path
    names: list[str]

    def served(self, name: str) -> html.HtmlElement:
        return html.fromstring(self.shown.bag(quote(name))[0])

    def written(self, name: str) -> html.HtmlElement:
        return html.fromstring((self.site / WRITTEN.bag(quote(name))).read_bytes())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Three versions of a page, another capture of it, and a page of which no moment is known."""
    folder = tmp_path_factory.mktemp("versions")
    archive = folder / "archive"
    capture = Capture(content=PAGE, uri="https://harbour.example/ferry", captured_at=AT)
    later = Capture(content=PAGE, uri=capture.uri, captured_at=AT + timedelta(days=1))
    packed = [pack(capture, into=archive, at=later.captured_at)]
    packed += [pack(capture, into=archive, at=later.captured_at, title=title) for title in ("Boats", "Crossings")]
    packed += [pack(later, into=archive, at=later.captured_at), pack(Capture(content=PAGE), into=archive, at=AT)]
    others = BagInfo.of([("External-Identifier", "urn:x:letters")])
    for name in ("letters", "more-letters"):
        write_folder(archive, name, lay_out(info=others, payload=[("data/1.txt", b"Dear A.")]))
    catalogue(archive, to=folder / "c.sqlite", at=AT)
    write_site(archive, folder / "public", catalogue_path=folder / "c.sqlite", at=AT)
    shown = ShownArchive(archive, folder / "c.sqlite", name="Archive", email="a@example.org")
    return Made(archive, shown, folder / "public", [one.name for one in packed])


def ways(page: html.HtmlElement) -> list[tuple[str, str]]:
    (section,) = page.xpath("//section[h2='Other versions']") or [html.fromstring("<p>")]
    return [(one.text_content(), one.get("href")) for one in section.iter("a")]


def test_a_version_that_was_superseded_says_so_and_leads_to_the_latest(made: Made) -> None:
    first, second, third, *_ = made.names
    for name, number in ((first, 1), (second, 2)):
        (said,) = made.served(name).xpath("//p[@class='warn']")
        assert said.text_content() == f"This is version {number}; the latest is version 3."
        assert said.find("a").get("href") == f"../../bags/{quote(third)}/"
    assert not made.served(third).xpath("//p[@class='warn']")
    assert ways(made.served(third)) == [
        ("Version 1", f"../../bags/{quote(first)}/"), ("Version 2", f"../../bags/{quote(second)}/"),
    ]  # fmt: skip
    assert [one["version"] for one in json.loads(made.shown.bag_value(quote(first)))["other_versions"]] == [2, 3]


def test_in_a_site_they_lead_to_files_that_are_there(made: Made) -> None:
    for name in made.names[:3]:
        page = made.written(name)
        assert len(ways(page)) == 2
        here = (made.site / WRITTEN.bag(quote(name))).parent
        assert all((here / way).resolve().is_file() for _, way in ways(page))
        assert len(page.xpath("//p[@class='warn']")) == (name != made.names[2])


def test_other_captures_and_bags_of_others_are_no_versions(made: Made) -> None:
    for name in (*made.names[3:], "letters", "more-letters"):
        for page in (made.served(name), made.written(name)):
            assert ways(page) == []
            assert not page.xpath("//p[@class='warn']")


def test_when_a_page_was_captured_stands_in_lists_and_on_its_page(made: Made) -> None:
    first, *_, later, unknown = made.names
    told = {first: "2026-01-01 12:30:05 UTC", later: "2026-01-02 12:30:05 UTC"}
    listed = html.fromstring(made.shown.search(Query(words="ferry"), as_json=False))
    shelf = html.fromstring((made.site / "browse/all/index.html").read_bytes())
    for name, moment in told.items():
        for page in (made.served(name), made.written(name)):
            assert page.xpath("//dt[.='Captured']/following-sibling::dd")[0].text_content() == moment
        for page, way in ((listed, f"bags/{quote(name)}/"), (shelf, f"../../{WRITTEN.bag(quote(name))}")):
            (hit,) = [one for one in page.xpath("//ol[@class='hits']/li") if one.find("a").get("href") == way]
            assert f" · captured {moment}" in hit.find("p").text_content()
    assert not made.served(unknown).xpath("//dt[.='Captured']")
    found = b"".join(path.read_bytes() for path in sorted((made.site / "search/pages").glob("*.js")))
    assert found.count(b'"captured 2026-01-01 12:30:05 UTC"') == 3
    hits = json.loads(made.shown.search(Query(words="ferry"), as_json=True))["hits"]
    assert sorted(one["captured_at"] for one in hits) == [
        "", *["2026-01-01T12:30:05Z"] * 3, "2026-01-02T12:30:05Z",
    ]  # fmt: skip
