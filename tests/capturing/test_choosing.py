"""Who asks for pages of a crawl by name gets them, or is told why not; however many records the crawl has."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_crawls import PAGE, digest, message, record

from solander.capturing.record_pages import chosen_pages, opened_records, page_at, page_named
from solander.errors import SolanderError
from solander.files.streaming import OpenFile
from solander.model.capture import Capture, Choice
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
HOST = "https://harbour.example"


def test_an_address_that_was_redirected_is_asked_for_by_the_one_that_led_to_its_page(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    hop = b"HTTP/1.1 302 Found\r\nLocation: /mole/2\r\nContent-Length: 0\r\n\r\n"
    path.write_bytes(record(hop) + record(number=2) + record(number=3))
    [found] = find_captures(path, Request.of(at=AT, urls=[f"{HOST}/mole/1"]))
    capture = found.capture
    assert isinstance(capture, Capture)
    assert (capture.uri, capture.origin.redirects) == (f"{HOST}/mole/2", (f"{HOST}/mole/1",))


@pytest.mark.parametrize("besides", [[], [f"{HOST}/mole/1"]])
def test_what_is_asked_for_by_name_and_is_not_there_is_told(tmp_path: Path, besides: list[str]) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record() + record(message(status=b"HTTP/1.1 404 Not Found\r\n"), number=2))
    urls = [f"{HOST}/nowhere", f"{HOST}/mole/2", *besides]
    found = list(find_captures(path, Request.of(at=AT, urls=urls, records=["urn:uuid:none"])))
    told = [str(one.capture).removeprefix(f"{path}: ") for one in found if isinstance(one.capture, SolanderError)]
    assert told == [
        f"{HOST}/nowhere: there is no capture of this address in it; its pages: {HOST}/mole/1",
        f"{HOST}/mole/2: none of the captures of this address is one that was asked for (status 404; see --status)",
        f"urn:uuid:none: no record of that name is in it; its pages: {HOST}/mole/1",
    ]
    assert [one.capture.uri for one in found if isinstance(one.capture, Capture)] == besides


def test_a_page_is_found_by_name_or_moment_and_not_what_only_bears_the_same(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    uri, name = f"{HOST}/mole/1", "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    request = record(b"GET /mole/1 HTTP/1.1\r\n\r\n", WARC_Type="request", WARC_Record_ID=name, WARC_Target_URI=uri)
    later = record(number=2, WARC_Target_URI=uri, WARC_Date="2024-05-02T10:00:00.25Z")
    path.write_bytes(request + record(number=1, WARC_Record_ID=name) + later)
    any_page = Choice()
    with OpenFile(str(path)) as file, opened_records(file, "warc", "crawl") as records:
        index = records.index
        first, second = chosen_pages(index, any_page)
        assert first.record_id is not None
        assert first.moment is not None
        assert page_named(index, any_page, first.record_id) == first
        assert page_at(index, any_page, uri, first.moment) == first
        assert page_at(index, any_page, uri, datetime(2024, 5, 2, 10, tzinfo=UTC)) == second
        assert page_at(index, any_page, f"{uri}#top", first.moment) is None
        assert page_at(index, any_page, uri, None) is None
        assert page_named(index, any_page, "urn:uuid:none") is None


def test_memory_does_not_grow_with_the_records_of_a_file(tmp_path: Path) -> None:
    code = (
        "import sys; from solander.files.streaming import OpenFile\n"
        "from solander.capturing.record_pages import opened_records\n"
        "with OpenFile(sys.argv[1]) as file, opened_records(file, 'warc', 'crawl') as records:\n"
        "    print(len(records.index.held), records.index.nearest(sys.argv[2], None).number)\n"
        "print(*[line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')])"
    )
    peaks = []
    for number in (500, 20_000):
        path = tmp_path / f"{number}.warc"
        path.write_bytes(b"".join(record(number=one, WARC_Payload_Digest=digest(PAGE)) for one in range(1, number + 1)))
        command = [sys.executable, "-c", code, str(path), f"{HOST}/mole/{number}"]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        assert told[:2] == [str(number), str(number)]
        peaks.append(int(told[2]))
    # In memory each record took more than a kibibyte: the second file would take 20 MiB more.
    assert peaks[1] - peaks[0] < 12 * 1024
