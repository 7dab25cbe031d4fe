"""Pages of a crawl become bags that hold their own records, what they show, and the way by which they came."""

from __future__ import annotations

import gzip
import io
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.capturing.crawls import AT, HOST, PNG, captures, packed
from tests.false_crawls import HTML, OK, PAGE, PROFILE, TO_FIRST, digest, message, record
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

import solander
from solander.errors import UsageError
from solander.pipeline import normalise, pack_all, rederive


def test_redirects_in_the_file_are_followed_back(tmp_path: Path) -> None:
    def hop(number: int, to: str) -> bytes:
        block = b"HTTP/1.1 302 Found\r\nLocation: " + to.encode() + b"\r\nContent-Length: 0\r\n\r\n"
        return record(block, number=number)

    path = tmp_path / "crawl.warc"
    path.write_bytes(hop(1, "/mole/2") + hop(2, f"{HOST}/mole/3") + record(number=3))
    (capture,) = captures(path)
    assert capture.origin.redirects == (f"{HOST}/mole/1", f"{HOST}/mole/2")
    bag = packed(path, tmp_path / "archive")
    assert "Web-Capture-Requested-URI: https://harbour.example/mole/1\n" in (bag / "bag-info.txt").read_text()
    assert (bag / "data/tei/page.xml").read_text().count('relatedItem type="redirect"') == 2
    kept = (bag / "data/original/capture.warc").read_bytes()
    assert kept == path.read_bytes()


def test_a_revisit_is_read_from_the_record_that_it_spares(tmp_path: Path) -> None:
    revisit = record(
        OK + HTML + b"\r\n",
        number=2,
        WARC_Type="revisit",
        WARC_Profile=PROFILE,
        WARC_Refers_To=TO_FIRST,
        WARC_Date="2025-05-01T10:00:00Z",
        WARC_Target_URI=f"{HOST}/mole/1",
    )
    path = tmp_path / "crawl.warc"
    path.write_bytes(record() + revisit)
    first, second = captures(path)
    assert first.content == second.content
    assert first.identifier != second.identifier
    bag = packed(path, tmp_path / "archive", records=["urn:uuid:00000000-0000-4000-8000-000000000002"])
    assert "It was found unchanged" in (bag / "metadata/premis.xml").read_text()
    assert rederive(bag).report.passed


def test_what_a_page_shows_comes_with_it(tmp_path: Path) -> None:
    page = PAGE + b'<link rel=stylesheet href=/s.css><img src="/a.png" alt="A boat"><img src="/nowhere.png">'
    style = b"body { background: url(sea.gif) }"
    others = [
        (b"image/png", PNG, "/a.png"),
        (b"text/css", style, "/s.css"),
        (b"image/gif", b"GIF89a" + bytes(9), "/sea.gif"),
        (b"image/png", PNG, "/of-another-page.png"),
    ]
    records = [
        record(message(body, fields=b"Content-Type: " + kind + b"\r\n"), number=number, WARC_Target_URI=HOST + where)
        for number, (kind, body, where) in enumerate(others, 2)
    ]
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(message(page)) + b"".join(records))
    bag = packed(path, tmp_path / "archive")
    names = sorted(one.name for one in (bag / "data/media").iterdir())
    assert names == ["0001-s.css", "0002-a.png", "0003-sea.gif"]
    assert (bag / "data/media/0002-a.png").read_bytes() == PNG
    tei = (bag / "data/tei/page.xml").read_text()
    assert '<graphic url="../media/0002-a.png" n="/a.png"><desc>A boat</desc></graphic>' in tei
    assert f'<graphic url="{HOST}/nowhere.png" n="/nowhere.png"/>' in tei
    assert rederive(bag).report.passed
    kept = list(ArchiveIterator(io.BytesIO((bag / "data/original/capture.warc").read_bytes())))
    assert len(kept) == 4


def test_the_bags_own_warc_is_copied_raw_and_read_by_others(tmp_path: Path) -> None:
    info = record(
        b"software: Harbour Crawler 2.1\r\noperator: The harbour master\r\n",
        number=9,
        WARC_Type="warcinfo",
        Content_Type="application/warc-fields",
        drop=("WARC-Target-URI",),
    )
    asked = b"GET /mole/1 HTTP/1.1\r\nHost: harbour.example\r\nUser-Agent: HarbourBot\r\n\r\n"
    request = record(
        asked,
        number=8,
        WARC_Type="request",
        WARC_Concurrent_To=TO_FIRST,
        Content_Type="application/http; msgtype=request",
    )
    answer = record(WARC_Payload_Digest=digest(PAGE), WARC_IP_Address="192.0.2.7")
    members = [gzip.compress(one, mtime=0) for one in (info, request, answer, record(number=2))]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(members))
    bag = packed(path, tmp_path / "archive", urls=[f"{HOST}/mole/1"])
    own = bag / "data/original/capture.warc.gz"
    assert own.read_bytes() == b"".join(members[:3])
    assert not solander.validate(own).findings
    fastwarc = pytest.importorskip("fastwarc.warc")
    read = [one.headers["WARC-Type"] for one in fastwarc.ArchiveIterator(io.BytesIO(own.read_bytes()))]
    assert read == ["warcinfo", "request", "response"]
    told = (bag / "metadata/premis.xml").read_text()
    for fact in ("Harbour Crawler 2.1", "HarbourBot", "192.0.2.7", "status 200", "the body as it was sent"):
        assert fact in told, fact
    info_txt = (bag / "bag-info.txt").read_text()
    assert "Web-Capture-Agent: Harbour Crawler 2.1\n" in info_txt
    assert f"WARC-Payload-Digest: {digest(PAGE)}\n" in info_txt
    checked = Checker(type("Asked", (), {"inputs": [str(own)], "verbose": False})())
    checked.process_all()
    assert checked.exit_value == 0


def test_pages_are_chosen_by_address_record_status_and_time(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        record()
        + record(number=2, WARC_Date="2025-05-01T10:00:00Z")
        + record(message(status=b"HTTP/1.1 404 Not Found\r\n"), number=3)
        + record(
            message(b"User-agent: *", fields=b"Content-Type: text/plain\r\n"),
            number=4,
            WARC_Target_URI=f"{HOST}/robots.txt",
        )
        + record(message(PNG, fields=b"Content-Type: image/png\r\n"), number=5)
    )

    def numbers(**asked) -> list[str]:
        return [(one.origin.record_id or "")[-1] for one in captures(path, **asked)]

    assert numbers() == ["1", "2"]
    assert numbers(urls=[f"{HOST}/mole/2"]) == ["2"]
    assert numbers(records=["<urn:uuid:00000000-0000-4000-8000-000000000003>"]) == ["3"]
    assert numbers(statuses=[404]) == ["3"]
    assert numbers(since=datetime(2025, 1, 1, tzinfo=UTC)) == ["2"]
    with pytest.raises(UsageError, match="several pages"):
        normalise(path)
    with pytest.raises(UsageError, match="one page at a time"):
        list(pack_all([path], into=tmp_path / "archive", title="All of them"))
    assert not (tmp_path / "archive").exists()
    assert normalise(path, urls=[f"{HOST}/mole/2"]).page.title == "The mole"


def test_a_crawl_packed_again_is_there_and_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(record(number=number) for number in range(1, 6)))
    first = [one.accession.path for one in pack_all([path], into=tmp_path / "archive", at=AT)]
    monkeypatch.setattr("solander.pipeline.pages.accessioning.normalise_capture", None)
    again = [one.accession for one in pack_all([path], into=tmp_path / "archive")]
    assert [one.path for one in again] == first
    assert all(one.already_there for one in again)


def test_a_run_that_is_killed_again_and_again_goes_on_where_it_stopped(tmp_path: Path) -> None:
    path, archive = tmp_path / "crawl.warc", tmp_path / "archive"
    path.write_bytes(b"".join(record(number=number) for number in range(1, 100)))
    command = [sys.executable, "-m", "solander.cli", "pack", str(path), "--into", str(archive), "--quiet"]
    before: dict[Path, int] = {}

    def standing() -> dict[Path, int]:
        return {one: one.stat().st_ino for one in archive.glob("undated-*")}

    # Before anything stands, while a batch is written, and once each of two has come to stand.
    for bags, is_writing in ((0, False), (0, True), (48, False), (96, False)):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        while child.poll() is None and (len(standing()) < bags or (is_writing and not list(archive.glob(".*")))):
            time.sleep(0.005)
        child.send_signal(signal.SIGKILL)
        child.wait()
        now = standing()
        assert len(now) >= bags
        assert before.items() <= now.items()
        before = now
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    after = standing()
    assert len(after) == 99
    assert before.items() <= after.items()
    assert len({(one / "bag-info.txt").read_text().partition("WARC-Record-ID: ")[2][:60] for one in after}) == 99
    assert not list(archive.glob(".*"))
    assert solander.validate(archive).passed


def test_two_runs_of_one_crawl_at_once_make_each_bag_once(tmp_path: Path) -> None:
    path, archive = tmp_path / "crawl.warc", tmp_path / "archive"
    path.write_bytes(b"".join(record(number=number) for number in range(1, 13)))
    command = [sys.executable, "-m", "solander.cli", "pack", str(path), "--into", str(archive), "--quiet"]
    runs = [subprocess.Popen(command, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [one.wait() for one in runs] == [0, 0]
    assert len(list(archive.glob("undated-*"))) == 12


@pytest.mark.corpora
def test_each_page_of_real_crawls_becomes_a_bag_that_is_valid_and_derived_again(shared: Path, tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    names = [
        "js-wacz/lil-projects.warc.gz",
        "warcio/example.arc",
        "warcio/example.warc.gz",
        "resiliparse/clueweb-quirk.warc.gz",
    ]
    for name in names:
        for outcome in pack_all([shared / "corpora" / "warc" / name], into=archive, at=AT):
            assert not hasattr(outcome, "error"), outcome
    bags = sorted(archive.iterdir())
    assert len(bags) > 20
    report = solander.validate(archive)
    assert report.unchecked == ()
    assert {one.code for one in report.at_or_above("error")} <= {"CAP032"}
    for bag in bags[::6]:
        assert rederive(bag).report.passed
