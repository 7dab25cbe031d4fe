"""The label of a turn is parted from what is said only where the page parts them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.sound import Sound

TURNS = (
    ("Q:", "When does the ferry leave the harbour in winter?"),
    ("A:", "At seven, wind permitting, and not at all in a storm."),
)


@pytest.mark.parametrize("space", [" ", "&nbsp;", "&nbsp; ", " &nbsp;", "\n"])
@pytest.mark.parametrize("marked", [True, False])
def test_a_space_that_does_not_break_keeps_a_label_with_its_word(space: str, marked: bool, tmp_path: Path):
    before, after = ("<strong>", "</strong>") if marked else ("", "")
    said = "".join(f"<p>{before}{label}{space}{words}{after}</p>" for label, words in TURNS * 3)
    text = Sound(tmp_path).whole(f"<!doctype html><html lang=en><title>The ferry</title><h1>The ferry</h1>{said}")
    assert (text.find(".//speaker") is not None) == (not space.startswith("&nbsp;"))
