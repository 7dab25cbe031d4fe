"""White space of a plain text is counted alike, and bars between columns cut no word."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from solander.checking.page import check_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import plain_text, read_page
from solander.reading.plain_text import read_plain_text


@pytest.mark.parametrize("stretch", [1, 2, 3, 5, 8, 1000])
def test_white_space_is_counted_alike_by_any_stretch(stretch: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plain_text, "STRETCH", stretch)
    text = "a  b\tc d      e \t f\n\n  g\f\fh   \n"
    assert dict(read_plain_text(text).normalisations)["white-space"] == 7


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ("| a | b |\n| c | d |\n| e | f |\n", "table"),
        ("| a| b |\n| c | d|\n|e | f |\n", "table"),
        ("| a || b |\n| c || d |\n| e || f |\n", "table"),
        ("|a|b|\n|c|d|\n|e|f|\n", "preformatted"),
        ("|name|tons|\n|---|---|\n|Ann|12|\n|Ben|40|\n", "preformatted"),
    ],
)
def test_bars_part_cells_and_cut_no_word(rows: str, kind: str):
    text = f"The board met in May and heard the report of its surveyor.\n\n{rows}"
    capture = Capture.of_bytes(text.encode(), media_type="text/plain")
    page = read_page(capture)
    assert kind in {block.kind for one in page.divisions for block in one.blocks}
    tei = encode_tei(page, describe(page, capture), capture, at=datetime(2026, 1, 1, tzinfo=UTC)).content
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type="text/plain",
        charset="utf-8",
        tei=tei,
        path="page.xml",
    )
    assert [one for one in found.findings if one.severity == "error"] == []
