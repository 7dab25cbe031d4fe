"""Records that were met are found by what they say of themselves, whatever of them is at hand."""

from __future__ import annotations

import random

import pytest

from solander.capturing import record_table
from solander.capturing.record_table import Held, RecordTable


def held(number: int, uri: str) -> Held:
    return Held(
        number=number,
        offset_bytes=number * 100,
        end_bytes=number * 100 + 100,
        is_alone=True,
        kind="response",
        uri=uri,
        moment=None,
        record_id=f"urn:{number}",
        status=200,
        media_type="text/html",
        location=None,
        payload_digest=None,
        concurrent_to=(),
        refers_to=None,
        refers_to_uri=None,
        refers_to_date=None,
        warcinfo_id=None,
    )


@pytest.mark.parametrize(("answers", "length"), [(1_000, 2_000_000), (3, 2_000_000), (1_000, 5_000), (1_000, 0)])
def test_an_answer_is_the_same_whatever_is_kept_at_hand(monkeypatch, answers: int, length: int) -> None:
    monkeypatch.setattr(record_table, "LATELY", answers)
    monkeypatch.setattr(record_table, "LATELY_LENGTH", length)
    chance = random.Random(5)
    records = [held(number, f"https://example.org/{chance.randrange(12)}") for number in range(300)]
    table = RecordTable()
    for one in records:
        table.name("uri", one.uri or "", table.add(one))
    table.seal()
    for _ in range(100):
        wanted = f"https://example.org/{chance.randrange(14)}"
        found = table.called("uri", wanted, lambda one, wanted=wanted: one.uri == wanted)
        assert found == tuple(one for one in records if one.uri == wanted)
        assert len(table.lately) <= answers
        assert table.lately_length == sum(size for _, size in table.lately.values()) <= length
    table.close()


def test_two_names_of_one_digest_are_told_apart(monkeypatch) -> None:
    monkeypatch.setattr(record_table, "hash", lambda _: 7, raising=False)
    table = RecordTable()
    for number, uri in enumerate(("https://example.org/a", "https://example.org/b")):
        table.name("uri", uri, table.add(held(number, uri)))
    table.seal()
    (found,) = table.called("uri", "https://example.org/b", lambda one: one.uri == "https://example.org/b")
    assert found.number == 1
    table.close()
