"""A wrong word costs nothing: what is not there, or is no archive, is told, and nothing is left behind."""

from __future__ import annotations

from pathlib import Path

import pytest

AT, URI = "2026-01-01T00:00:00Z", "https://harbour.example/ferry"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    folder = tmp_path / "empty"
    folder.mkdir()
    return folder


def test_receipts_of_what_is_not_there_are_not_none_but_an_error(run, tmp_path: Path, page: Path):
    nowhere = tmp_path / "nowhere"
    assert run("receipts", nowhere) == (3, "", f"solander: {nowhere}: there is no such file\n")
    assert run("receipts", page) == (3, "", f"solander: {page}: this is no folder\n")


@pytest.mark.parametrize("words", [("catalogue",), ("site", "--to", "public")])
def test_a_folder_that_is_no_archive_gets_no_catalogue(run, empty: Path, words, monkeypatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    ran = run(*words, empty)
    assert (ran.status, ran.out) == (3, "")
    assert "it holds no bags" in ran.err
    assert list(empty.iterdir()) == []
    assert not (tmp_path / "public").exists()


def test_an_archive_that_holds_nothing_yet_has_a_catalogue(run, tmp_path: Path):
    assert run("init", tmp_path / "new").status == 0
    assert run("catalogue", tmp_path / "new", "--at", AT).status == 0


def test_a_batch_of_nothing_that_is_there_makes_no_archive(run, tmp_path: Path):
    ran = run("batch", tmp_path / "a.warc.gz", tmp_path / "b.warc.gz", "--into", tmp_path / "archive")
    assert ran == (3, "", f"solander: {tmp_path / 'a.warc.gz'}: there is no such file\n")
    assert not (tmp_path / "archive").exists()


def test_a_batch_counts_bags_and_names_a_file_that_was_set_aside_once(run, page: Path, tmp_path: Path):
    saved = tmp_path / "saved"
    saved.mkdir()
    for name in ("one.html", "two.html"):
        (saved / name).write_bytes(page.read_bytes() + name.encode())
    broken = tmp_path / "broken.warc"
    broken.write_bytes(b"no record")
    ran = run("batch", saved, broken, "--into", tmp_path / "archive", "--at", AT)
    assert ran.status == 3
    assert len(ran.out.splitlines()) == 2
    aside, closing = ran.err.splitlines()
    assert aside.count("broken.warc") == 1
    assert closing.startswith("2 files: 2 bags, 1 set aside, 2 pages")


def test_a_bag_of_many_pages_names_the_file_from_which_one_page_is_packed(run, tmp_path: Path, page: Path):
    body = page.read_bytes()
    message = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:11111111-1111-4111-8111-111111111111>\r\n"
        f"WARC-Date: {AT}\r\nWARC-Target-URI: {URI}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(message)}\r\n\r\n"
    )
    crawl = tmp_path / "crawl.warc"
    crawl.write_bytes(head.encode() + message + b"\r\n\r\n")
    made = Path(run("batch", crawl, "--into", tmp_path / "archive", "--at", AT).out.strip())
    ran = run("view", made)
    assert ran.status == 3
    assert "view" in ran.err
    named = ran.err.partition("solander pack ")[2].split()[0]
    assert Path(named).is_file()
    assert run("pack", named, "--url", URI, "--into", tmp_path / "pages", "--at", AT).status == 0


def test_that_bags_of_many_pages_have_no_view_is_told_once(run, tmp_path: Path):
    from solander.cli.site import told_of_site
    from solander.pipeline import WrittenSite

    many = [(f"crawl-{number}", "it holds many pages; pack the one that you want: …") for number in range(5)]
    made = WrittenSite(tmp_path, 6, 0, (*many, ("page", "its original is damaged")), 6)
    assert told_of_site(made) == [
        "crawl-0: no view (it holds many pages; pack the one that you want: …)",
        "page: no view (its original is damaged)",
        "and 4 other bags of many pages",
        "6 bags, 6 not shown whole",
    ]
