"""An archive that is written as files: whole or not at all, the same every time, and harmless on any web server."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree, html
from tests.viewing.hostile import XHTML, pages

from solander.errors import ArchiveError, UsageError
from solander.files.whole import TEMPORARY_NAME
from solander.model.item import NOT_GIVEN
from solander.pipeline import catalogue, write_site
from solander.pipeline.showing import site as pipeline_site
from solander.pipeline.showing.shown_archive import ShownArchive

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://archive.example/pages/"
VIEW = "files/data/access/page.html"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A copy of the sample archive, catalogued."""
    shutil.copytree(ROOT / "archive", tmp_path / "archive", ignore=shutil.ignore_patterns("*.sqlite"))
    catalogue(tmp_path / "archive", at=AT)
    return tmp_path / "archive"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def documents(folder: Path) -> Iterator[tuple[Path, html.HtmlElement]]:
    for path in sorted(folder.rglob("*.html")):
        yield path, html.fromstring(path.read_bytes())


def leftovers(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if TEMPORARY_NAME.match(path.name)]


def test_every_way_in_it_leads_to_a_file_of_it(archive: Path, tmp_path: Path) -> None:
    (archive / "no bag").mkdir()
    catalogue(archive, at=AT)
    made = write_site(archive, tmp_path / "public", with_bags=True, at=AT)
    assert (made.bags, made.kept, made.unshown_count) == (3, 0, 0)
    met = set()
    for path, page in documents(made.path):
        for element in page.iter("a", "link", "form", "script"):
            way = element.get("href") or element.get("src") or element.get("action")
            if way is None or urlsplit(way).scheme or way.startswith("#"):
                continue
            assert not way.startswith("/"), (path, way)
            target = (path.parent / unquote(urlsplit(way).path)).resolve()
            assert target.is_file(), (path, way)
            met.add(target)
    unmet = {path for path in made.path.rglob("*.html") if path not in met} - {made.path / "index.html"}
    assert {path.parent.name for path in unmet} <= {"rules"}


def test_what_of_a_bag_could_not_be_given_is_told(archive: Path, tmp_path: Path) -> None:
    first, *others = sorted(path for path in archive.iterdir() if path.is_dir())
    (first / "metadata/beside").symlink_to("/dev/null")
    catalogue(archive, at=AT)
    made = write_site(archive, tmp_path / "public", with_bags=True, at=AT)
    ((name, why),) = made.unshown
    assert (name, why.startswith(NOT_GIVEN), "metadata/beside" in why) == (first.name, True, True)
    assert all((tmp_path / "public/bags" / one.name / "bag.zip").is_file() for one in others)


def test_the_same_archive_gives_the_same_bytes_written_anew_or_again(archive: Path, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    first = write_site(
        archive, tmp_path / "public", with_bags=True, base=BASE, at=AT, tell=lambda *one: told.append(one)
    )
    assert told[0] == ("bags", 0, first.bags)
    before = contents(first.path)
    again = write_site(archive, tmp_path / "public", with_bags=True, base=BASE, at=AT)
    assert (again.bags, again.kept) == (3, 3)
    assert contents(first.path) == before
    other = tmp_path / "c.sqlite"
    catalogue(archive, to=other, at=AT, afresh=True)
    anew = write_site(archive, tmp_path / "other", catalogue_path=other, with_bags=True, base=BASE, at=AT)
    assert anew.kept == 0
    assert contents(anew.path) == before
    assert not leftovers(tmp_path)


def test_what_changed_is_made_again_and_what_is_gone_goes(archive: Path, tmp_path: Path) -> None:
    site = tmp_path / "public"
    write_site(archive, site, at=AT)
    bags = sorted(archive.glob("20*"))
    shutil.rmtree(bags[0])
    (site / "bags" / bags[1].name / VIEW).write_text("changed by hand")
    catalogue(archive, at=AT)
    made = write_site(archive, site, at=AT)
    assert (made.bags, made.kept) == (2, 1)
    assert not (site / "bags" / bags[0].name).exists()
    assert "changed by hand" not in (site / "bags" / bags[1].name / VIEW).read_text()
    assert not (site / "bags" / bags[1].name / "bag.zip").exists()
    assert write_site(archive, site, at=AT, afresh=True).kept == 0


def test_whatever_stops_it_the_site_that_stood_stands(archive: Path, tmp_path: Path, monkeypatch) -> None:
    site = tmp_path / "public"

    def fails(*_: object, **__: object) -> None:
        raise RuntimeError("stopped")

    monkeypatch.setattr(pipeline_site.lists, "search_page", fails)
    with pytest.raises(RuntimeError):
        write_site(archive, tmp_path / "below" / "public", at=AT)
    assert not (tmp_path / "below").exists()
    monkeypatch.undo()
    write_site(archive, site, at=AT)
    before = contents(site)
    monkeypatch.setattr(pipeline_site.lists, "search_page", fails)
    with pytest.raises(RuntimeError):
        write_site(archive, site, name="Another", at=AT)
    assert contents(site) == before
    assert not leftovers(tmp_path)


@pytest.mark.parametrize("name", [".git", "CNAME", "sitemap-1.xml.gz"])
def test_what_somebody_put_into_a_site_is_not_lost(archive: Path, tmp_path: Path, name: str) -> None:
    site = tmp_path / "public"
    write_site(archive, site, base=BASE, at=AT)
    (site / name).write_text("mine")
    before = contents(site)
    with pytest.raises(UsageError, match=f"{name} in it is none of the site's"):
        write_site(archive, site, base=BASE, at=AT)
    assert contents(site) == before
    (site / name).rename(tmp_path / "kept")
    assert write_site(archive, site, base=BASE, at=AT).kept


def test_a_folder_that_is_no_site_is_not_touched(archive: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("mine")
    for target in (mine, mine / "letter.txt", archive, archive / "public", archive.parent):
        with pytest.raises(UsageError):
            write_site(archive, target, at=AT)
    assert contents(mine) == {"letter.txt": b"mine"}
    (mine / "letter.txt").unlink()
    assert write_site(archive, mine, at=AT).bags == 3
    with pytest.raises(ArchiveError, match="no catalogue"):
        write_site(archive, tmp_path / "public", catalogue_path=tmp_path / "none.sqlite")
    assert not (tmp_path / "public").exists()


def test_no_page_is_heavy_and_each_says_what_may_be_done_in_it(archive: Path, tmp_path: Path) -> None:
    site = write_site(archive, tmp_path / "public", at=AT).path
    for path, page in documents(site):
        assert path.stat().st_size < 100_000, path
        (policy,) = page.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
        first = page.find(".//head")[1]
        assert first.get("content") == policy, "before all that it governs"
        assert policy.startswith("default-src 'none'; ")
        assert ("script-src" in policy) is (path.name == "search.html")
        for script in page.iter("script"):
            assert script.get("type") == "application/ld+json" or (path.name, script.get("src")) == (
                "search.html",
                "search.js",
            )


def test_feed_sitemap_signposts_and_data_are_well_formed(archive: Path, tmp_path: Path) -> None:
    site = write_site(archive, tmp_path / "public", base=BASE, at=AT).path
    feed = etree.fromstring((site / "feed.xml").read_bytes())
    links = feed.findall("{*}entry/{*}link")
    assert len(links) == 3
    for link in links:
        assert (site / unquote(link.get("href").removeprefix(BASE))).is_file()
    sitemap = etree.fromstring((site / "sitemap.xml").read_bytes())
    assert [unquote(one.text) for one in sitemap.iter("{*}loc")] == [
        f"{BASE}bags/{bag.name}/index.html" for bag in sorted(archive.glob("20*"))
    ]
    assert f"Sitemap: {BASE}sitemap.xml" in (site / "robots.txt").read_text()
    for bag in archive.glob("20*"):
        folder = site / "bags" / bag.name
        page = html.fromstring((folder / "index.html").read_bytes())
        (data,) = page.xpath("//script[@type='application/ld+json']")
        assert json.loads(data.text)["@type"] == "WebPage"
        landing, *others = json.loads((folder / "linkset.json").read_bytes())["linkset"]
        assert landing["anchor"] == f"{BASE}bags/{bag.name}/index.html"
        for one in (*landing["item"], *landing["describedby"]):
            assert (site / one["href"].removeprefix(BASE)).is_file()
        assert {one["anchor"] for one in others} == {one["href"] for one in (*landing["item"], *landing["describedby"])}
    assert not (write_site(archive, tmp_path / "other", at=AT).path / "sitemap.xml").exists()


def test_nothing_of_hostile_pages_and_bags_could_run_in_it(tmp_path: Path, run) -> None:
    archive, source = tmp_path / "archive", tmp_path / "source"
    source.mkdir()
    for name, content in pages().items():
        (source / f"{name}.html").write_text(content, encoding="utf-8")
    assert run("pack", source, "--into", archive, "--at", "2026-01-01T00:00:00Z", "--quiet").status in (0, 1)
    bag = next(archive.glob("*-*"))
    (bag / "metadata/dc.xml").write_bytes(XHTML)
    (bag / "metadata/datacite.json").write_bytes(b"<script>document.title='executed'</script>")
    (bag / "data/access/page.html").write_bytes(b"<script>document.title='executed'</script>")
    (bag / "metadata/schema.jsonld").write_bytes(b'{"@context":"https://schema.org","name":"</script><script>x()"}')
    bag.rename(archive / "<img src=x onerror=x()>\u202egpj")
    catalogue(archive, at=AT)
    site = write_site(archive, tmp_path / "public", at=AT).path
    assert sum(1 for _ in (site / "bags").iterdir()) == sum(1 for one in archive.iterdir() if one.is_dir())
    for path in site.rglob("*"):
        assert re.fullmatch(r"[A-Za-z0-9._-]+", path.name), path
        assert path.suffix in ("", ".html", ".css", ".js", ".json", ".jsonld", ".xml", ".txt"), path
        assert path.is_dir() or path.suffix == ".html" or not path.read_bytes().startswith((b"<script", b"<html"))
        assert path.suffix != ".xml" or b"1999/xhtml" not in path.read_bytes()
    for path, page in documents(site):
        for element in page.iter():
            if not isinstance(element.tag, str):
                continue
            assert not [name for name in element.attrib if name.startswith("on")], (path, element.attrib)
            assert element.tag not in ("iframe", "object", "embed", "base", "img") or (
                element.tag == "iframe" and element.get("sandbox") == "" and path.name == "side-by-side.html"
            )
            assert element.tag != "meta" or element.get("http-equiv") in (None, "Content-Security-Policy")
            way = element.get("href") or ""
            assert way.partition(":")[0] in ("http", "https", "mailto", "about", "urn") or ":" not in way, way
            if element.tag == "script":
                assert element.get("type") == "application/ld+json" or element.get("src") == "search.js"


def harmed(random: Random, content: bytes) -> bytes:
    """A file's bytes as a disk, a program or a person may leave them."""
    at = random.randrange(len(content) + 1)
    put = random.choice((b"null", b"\0", b"\xff\xfe", b"</a>", b"-1", b"9" * 40, b'"x"', b"<script>"))
    return random.choice((content[:at], b"", b"[]", b'{"a":' * 5000, content[:at] + put + content[at + len(put) :]))


def test_whatever_is_harmed_in_bags_the_site_is_written_and_says_so(tmp_path: Path) -> None:
    archive, random = tmp_path / "archive", Random(7)
    sources = sorted((ROOT / "archive").glob("20*"))
    for number in range(30):
        bag = archive / f"bag-{number:02}"
        shutil.copytree(random.choice(sources), bag)
        for path in random.sample(sorted(path for path in bag.rglob("*") if path.is_file()), 3):
            if random.random() < 0.2 and path.name != "bagit.txt":
                path.unlink()
            else:
                path.write_bytes(harmed(random, path.read_bytes()))
    made = catalogue(archive, at=AT)
    assert made.damaged_count > 0
    site = write_site(archive, tmp_path / "public", at=AT)
    assert site.bags == 30
    shown = ShownArchive(archive, made.path, name="Harmed", email="a@example.org")
    for number in range(30):
        page, _ = shown.bag(f"bag-{number:02}")
        assert page.startswith(b"<!DOCTYPE html>")
        assert (site.path / "bags" / f"bag-{number:02}" / "index.html").is_file()


def test_the_command_writes_it_and_says_what_became_of_it(archive: Path, tmp_path: Path, run) -> None:
    site = tmp_path / "public"
    ran = run("site", archive, "--to", site)
    assert (ran.status, ran.out, ran.err) == (0, f"{site}\n", "3 bags\n")
    assert run("site", archive, "--to", site).err == "3 bags, 3 as before\n"
    assert json.loads(run("site", archive, "--to", site, "--json").out)["kept"] == 3
    assert run("site", archive, "--to", archive).status == 2
    assert run("site", archive, "--to", site, "--base", "javascript:x/").status == 2
    assert run("site", tmp_path / "nothing", "--to", site).status == 3


def test_deposits_are_shown_and_listed(archive: Path, tmp_path: Path, run) -> None:
    bag = sorted(archive.glob("20*"))[0]
    store = tmp_path / "store"
    store.mkdir()
    ran = run("deposit", bag, "--to", f"dir:{store}", "--publish")
    assert ran.status == 0, ran.err
    assert run("site", archive, "--to", tmp_path / "public").status == 0
    page = (tmp_path / "public/bags" / bag.name / "index.html").read_text()
    assert "<h2>Deposits</h2>" in page
    (place,) = [one for one in (tmp_path / "public/browse/deposited").iterdir() if one.is_dir()]
    assert bag.name in (place / "index.html").read_text()
    assert "a folder" in page
    # Of the keeper's disk nothing is told, on no page and in no file.
    for file in (tmp_path / "public").rglob("*"):
        assert str(store) not in file.name
        assert not file.is_file() or str(tmp_path).encode() not in file.read_bytes(), file


def test_a_damaged_bag_and_one_in_an_archive_file_are_shown_as_they_are(archive: Path, tmp_path: Path, run) -> None:
    bags = sorted(archive.glob("20*"))
    shutil.make_archive(str(archive / "packed"), "zip", archive, bags[0].name)
    (bags[1] / "data/original/page.html").unlink()
    ran = run("site", archive, "--to", tmp_path / "public")
    assert ran.status == 0
    assert "not shown whole" in ran.err
    page = (tmp_path / "public/bags" / bags[1].name / "index.html").read_text()
    assert "Damage" in page
    assert "there is no such file" in page
    assert (tmp_path / "public/bags/packed.zip/index.html").is_file()
