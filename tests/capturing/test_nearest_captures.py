"""Of many captures of one address the nearest is found without looking at all of them, and is the nearest."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.capturing.crawls import HOST, PNG
from tests.capturing.test_revisits import FOUND, SAME, UNCHANGED, name, revisit
from tests.false_crawls import HTML, OK, PAGE, digest, message, record
from tests.reading.test_costs import calls

from solander.capturing import captures_by_moment
from solander.capturing.record_pages import opened_records
from solander.capturing.record_table import Held
from solander.capturing.warc_index import Index
from solander.files.streaming import OpenFile

SAIL = f"{HOST}/sail.png"
BEGIN = datetime(2024, 5, 1, 10, tzinfo=UTC)


def at(seconds: float) -> str:
    return f"{BEGIN + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S.%fZ}"


@contextmanager
def indexed(path: Path, *records: bytes) -> Iterator[Index]:
    path.write_bytes(b"".join(records))
    with OpenFile(str(path)) as file, opened_records(file, "warc", "crawl") as opened:
        yield opened.index


def apart(one: Held, moment: datetime | None) -> float:
    return abs((one.moment - moment).total_seconds()) if one.moment is not None and moment is not None else 0.0


def nearest_of_all(index: Index, uri: str, moment: datetime | None) -> Held | None:
    """What is wanted, in the words of the rule, by looking at every capture."""
    said = [one for one in index.by_uri(uri) if one.kind == "revisit" or one.status != 304]
    whole = [one for one in said if index.status_of(one) in (None, 200, 203)]
    return min(whole, key=lambda one: (apart(one, moment), one.number), default=None)


def original_of_all(index: Index, one: Held) -> Held | None:
    """The same of a revisit that names an address, and no record or digest."""
    wanted = (one.refers_to_date or "")[:19]
    then = [
        two
        for two in index.by_uri(one.refers_to_uri or "")
        if two.kind != "revisit" and (not wanted or (two.moment and f"{two.moment:%Y-%m-%dT%H:%M:%S}" == wanted))
    ]
    status = 200 if one.status in (None, 304) else one.status
    return min(
        then,
        key=lambda two: (two.payload_digest != one.payload_digest, two.status != status, two.number),
        default=None,
    )


def some_capture(chance: random.Random, number: int) -> bytes:
    uri = chance.choice((SAIL, f"{HOST}/quay"))
    date = chance.choice((at(chance.randrange(20)), at(chance.randrange(80) / 4), "some day"))
    status = chance.choice((OK, OK, b"HTTP/1.1 203 Other\r\n", b"HTTP/1.1 404 No\r\n", b"HTTP/1.1 304 Same\r\n"))
    told: dict[str, str | None] = {"WARC_Target_URI": uri, "WARC_Date": date}
    kind = chance.randrange(4)
    if kind == 0:
        place = b"Location: " + chance.choice((b"/sail.png", b"/quay", b"/nowhere")) + b"\r\n"
        return record(message(b"", status=FOUND, fields=HTML + place), number=number, **told)
    if kind == 1:
        told |= {"WARC_Refers_To_Target_URI": chance.choice((SAIL, f"{HOST}/quay"))}
        told |= {"WARC_Profile": chance.choice((SAME, UNCHANGED))}
        if chance.random() < 0.8:
            told["WARC_Refers_To_Date"] = chance.choice((at(chance.randrange(20)), at(3)[:19] + "Z", "2024", "9999"))
        return revisit(status + HTML, number, **told)
    if kind == 2:
        told |= {"WARC_Payload_Digest": digest(PAGE)}
    return record(message(status=status), number=number, **told)


@pytest.mark.parametrize("room", [1_000_000, 0])
@pytest.mark.parametrize("turn", range(6))
def test_the_nearest_capture_is_the_one_that_looking_at_all_would_find(tmp_path, monkeypatch, turn: int, room: int):
    monkeypatch.setattr(captures_by_moment, "ROOM", room)
    chance = random.Random(turn)
    records = [some_capture(chance, number) for number in range(1, chance.choice((2, 60, 150)))]
    moments = [None, *(BEGIN + timedelta(seconds=chance.randrange(-8, 100) / 4) for _ in range(60))]
    with indexed(tmp_path / "crawl.warc", *records) as index:
        for moment in moments:
            for uri in (SAIL, f"{HOST}/quay", f"{HOST}/nowhere"):
                assert index.nearest(uri, moment) == nearest_of_all(index, uri, moment)
        for one in index.held:
            if one.kind == "revisit":
                assert index.original_of(one) == original_of_all(index, one)


def test_a_redirect_is_followed_from_the_nearest_moment_and_each_once(tmp_path: Path):
    hop = message(b"", status=FOUND, fields=HTML + b"Location: /sail.png\r\n")
    there = message(b"", status=FOUND, fields=HTML + b"Location: /sheet.png\r\n")
    with indexed(
        tmp_path / "crawl.warc",
        record(there, number=1, WARC_Target_URI=SAIL, WARC_Date=at(9)),
        record(hop, number=2, WARC_Target_URI=SAIL, WARC_Date=at(5)),
        record(hop, number=3, WARC_Target_URI=SAIL, WARC_Date=at(1)),
        record(message(PNG), number=4, WARC_Target_URI=f"{HOST}/sheet.png", WARC_Date=at(0)),
    ) as index:
        way = index.way_to(SAIL, BEGIN)
        assert [one.record_id for one in way] == [name(number)[1:-1] for number in (3, 2, 1, 4)]


def picture(number: int, date: str) -> bytes:
    return record(message(PNG), number=number, WARC_Target_URI=SAIL, WARC_Date=date, WARC_Payload_Digest=digest(PNG))


def again(number: int, date: str, **fields: str) -> bytes:
    told = {"WARC_Target_URI": SAIL, "WARC_Date": date, "WARC_Refers_To_Target_URI": SAIL, **fields}
    return revisit(OK + HTML, number, **told)


CAPTURES = {
    "responses": lambda number: picture(number, at(number)),
    "responses of no moment": lambda number: picture(number, "some day"),
    "redirects": lambda number: record(
        message(b"", status=FOUND, fields=HTML + b"Location: /sheet.png\r\n"),
        number=number,
        WARC_Target_URI=SAIL,
        WARC_Date=at(number),
    ),
    "revisits of what was captured at a moment": lambda number: (
        again(number, at(number), WARC_Refers_To_Date=at(number - 1)[:19] + "Z") if number % 2 else
        picture(number, at(number))
    ),
    "revisits of what was captured once": lambda number: (
        again(number, at(number), WARC_Payload_Digest=digest(PNG)) if number > 1 else picture(number, at(number))
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CAPTURES)
def test_ten_times_the_captures_take_a_page_no_more_work(tmp_path: Path, kind: str):
    works = []
    for number in (200, 2_000):
        path = tmp_path / f"{number}.warc"
        with indexed(path, *(CAPTURES[kind](one) for one in range(1, number + 1))) as index:
            first = calls(lambda index=index: index.way_to(SAIL, BEGIN))
            moments = [BEGIN + timedelta(seconds=number * part / 30) for part in range(30)] + [None]
            works.append(
                (first, calls(lambda index=index, moments=moments: [index.way_to(SAIL, one) for one in moments]))
            )
    (first, few), (tenfold, many) = works
    assert many < 1.3 * few + 500
    assert tenfold < 13 * first + 500
