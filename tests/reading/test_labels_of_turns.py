"""The label of a turn is parted from what is said only where the page parts them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from solander.checking.page import check_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import read_page

TURNS = (
    ("Q:", "When does the ferry leave the harbour in winter?"),
    ("A:", "At seven, wind permitting, and not at all in a storm."),
)


@pytest.mark.parametrize("space", [" ", "&nbsp;", "&nbsp; ", " &nbsp;", "\n"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_space_that_does_not_break_keeps_a_label_with_its_word(space: str, marked: bool):
    before, after = ("<strong>", "</strong>") if marked else ("", "")
    said = "".join(f"<p>{before}{label}{space}{words}{after}</p>" for label, words in TURNS * 3)
    content = f"<!doctype html><html lang=en><title>The ferry</title><h1>The ferry</h1>{said}"
    capture = Capture.of_bytes(content.encode(), media_type="text/html")
    page = read_page(capture)
    tei = encode_tei(page, describe(page, capture), capture, at=datetime(2026, 1, 1, tzinfo=UTC)).content
    found = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type="text/html",
        charset="utf-8",
        tei=tei,
        path="page.xml",
    )
    assert [one for one in found.findings if one.severity == "error"] == []
    assert (b"<speaker" in tei) == (not space.startswith("&nbsp;"))
