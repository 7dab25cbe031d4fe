"""Half of a surrogate pair in JSON-LD, left where a text was cut within a character, keeps no page from its bag."""

from __future__ import annotations

from pathlib import Path

import pytest

import solander
from solander.describing.linked.patient_json import loads


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (r'"Ann \udfff Lee"', "Ann \ufffd Lee"),
        (r'"Ann \ud83d"', "Ann \ufffd"),
        (r'"\uD83D\uDE00"', "\U0001f600"),
        (r'"\ud83d\ud83d\ude00"', "\ufffd\U0001f600"),
        (r'"a \\ud83d b"', "a \\ud83d b"),
        (r'"a \\\ud83d b"', "a \\\ufffd b"),
        (r'"plain"', "plain"),
    ],
)
def test_half_a_character_is_read_as_none(written: str, read: str):
    assert loads(written) == read


def test_a_page_with_half_a_character_is_packed(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        '<!doctype html><html lang=en><title>The mole</title><script type="application/ld+json">'
        r'{"@type":"Article","headline":"The mole \ud83d","author":{"name":"Ann \udfff Lee"}}'
        "</script><h1>The mole</h1><p>Nobody fishes from the mole in winter.</p>"
    )
    bag = solander.pack(page, into=tmp_path / "archive").path
    assert bag is not None
    assert not solander.validate(bag).at_or_above("error")
