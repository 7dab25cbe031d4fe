"""White space is collapsed alike whether a text is short or long, and no long text is taken to pieces for it."""

from __future__ import annotations

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.model import page
from solander.model.page import one_line
from solander.reading.plain.text import read_plain_text

SPACED = st.text(alphabet="ab \t\n\x0b\x1c\x85\xa0\u2028\u3000é漢", max_size=60)


@given(text=SPACED | st.text())
def test_one_line_is_what_splitting_and_joining_gives(text: str) -> None:
    assert one_line(text) == " ".join(text.split())


@pytest.mark.parametrize("size", [1, 2, 3, 7])
@given(text=SPACED)
def test_a_long_text_is_collapsed_piece_by_piece_to_the_same(size: int, text: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(page, "PIECE_CHARACTERS", size)
        assert one_line(text) == " ".join(text.split())


@pytest.mark.parametrize("phrase", ["so he wrote it down ", "so he\u00a0wrote  it\tdown "])
def test_a_line_of_many_words_is_read_in_few_times_its_size(phrase: str) -> None:
    text = phrase * 120_000
    tracemalloc.start()
    try:
        reading = read_plain_text(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    # Beyond two million characters it is parted between words, and every word is there.
    blocks = reading.divisions[0].blocks
    assert len(blocks) == 2
    assert " ".join(one_line(page.plain(block)) for block in blocks) == one_line(text)
    # Two or three copies, the line's content among them; a list of the words alone would be ten.
    assert peak < 6 * len(text) * (1 if text.isascii() else 2)
