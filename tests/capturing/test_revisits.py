"""A revisit is of what its record says, and of nothing that stands beside it."""

from __future__ import annotations

from pathlib import Path

from tests.capturing.crawls import HOST, PNG, captures, one_capture
from tests.false_crawls import HTML, OK, PAGE, digest, message, record

SAME = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
UNCHANGED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
SHOWING = PAGE.replace(b"<p>", b"<img src=/sail.png><p>")
FOUND = b"HTTP/1.1 302 Found\r\n"
MOVED = b"<p>The sail has moved."
AWAY = HTML + b"Location: /sheet.png\r\n"


def name(number: int) -> str:
    return f"<urn:uuid:00000000-0000-4000-8000-{number:012}>"


def revisit(head: bytes, number: int, **fields: str | None) -> bytes:
    return record(head + b"\r\n", number=number, WARC_Type="revisit", **{"WARC_Profile": SAME, **fields})


def test_a_redirect_that_was_met_again_leads_on_and_is_no_picture(tmp_path: Path) -> None:
    capture = one_capture(
        tmp_path,
        record(message(MOVED, status=FOUND, fields=AWAY), number=2, WARC_Target_URI=f"{HOST}/sail.png"),
        record(message(PNG, fields=b"Content-Type: image/png\r\n"), number=3, WARC_Target_URI=f"{HOST}/sheet.png"),
        record(message(SHOWING), number=1, WARC_Target_URI=f"{HOST}/", WARC_Date="2024-05-01T10:00:09Z"),
        revisit(FOUND + AWAY, 4, WARC_Target_URI=f"{HOST}/sail.png", WARC_Refers_To=name(2)),
    )
    assert [(one.uri, one.content) for one in capture.media] == [(f"{HOST}/sail.png", PNG)]


def test_an_error_that_was_met_again_is_no_picture(tmp_path: Path) -> None:
    lost = b"HTTP/1.1 404 Not Found\r\n"
    capture = one_capture(
        tmp_path,
        record(message(b"No sail.", status=lost), number=2, WARC_Target_URI=f"{HOST}/sail.png"),
        record(message(SHOWING), WARC_Target_URI=f"{HOST}/"),
        revisit(lost + HTML, 3, WARC_Target_URI=f"{HOST}/sail.png", WARC_Refers_To=name(2)),
    )
    assert capture.media == ()


def test_an_answer_that_nothing_has_changed_is_no_picture(tmp_path: Path) -> None:
    sail, kind = f"{HOST}/sail.png", b"Content-Type: image/png\r\n"
    capture = one_capture(
        tmp_path,
        record(message(PNG, fields=kind), number=2, WARC_Target_URI=sail, WARC_Date="2024-04-01T10:00:00Z"),
        record(message(b"", status=b"HTTP/1.1 304 Not Modified\r\n", fields=kind), number=3, WARC_Target_URI=sail),
        record(message(SHOWING), WARC_Target_URI=f"{HOST}/"),
    )
    assert [one.content for one in capture.media] == [PNG]


def test_of_two_answers_in_one_second_a_revisit_is_of_that_with_its_digest(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        record(message(MOVED, status=FOUND, fields=AWAY), number=1, WARC_Target_URI=f"{HOST}/")
        + record(message(), number=2, WARC_Target_URI=f"{HOST}/", WARC_Payload_Digest=digest(PAGE))
        + revisit(
            OK + HTML,
            3,
            WARC_Target_URI=f"{HOST}/",
            WARC_Date="2024-06-01T10:00:00Z",
            WARC_Refers_To_Target_URI=f"{HOST}/",
            WARC_Refers_To_Date="2024-05-01T10:00:00Z",
            WARC_Payload_Digest=digest(PAGE),
        )
    )
    assert [(one.content, one.facts) for one in captures(path)] == [(PAGE, ()), (PAGE, ("revisit",))]


def test_what_has_not_changed_has_the_status_of_what_it_was(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(
        record(message(), number=2, WARC_Target_URI=f"{HOST}/")
        + revisit(
            b"HTTP/1.1 304 Not Modified\r\n",
            3,
            WARC_Target_URI=f"{HOST}/",
            WARC_Date="2024-06-01T10:00:00Z",
            WARC_Profile=UNCHANGED,
            WARC_Refers_To_Target_URI=f"{HOST}/",
        )
    )
    assert [one.facts for one in captures(path)] == [(), ("revisit",)]


def test_an_address_that_is_none_stops_no_other(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    path.write_bytes(record(message(), WARC_Target_URI="https://[tide/#a") + record(message(), number=2))
    assert [one.content for one in captures(path)] == [PAGE, PAGE]
