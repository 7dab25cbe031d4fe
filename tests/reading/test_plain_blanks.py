"""White space of a plain text is counted alike, however much of it is looked through at once."""

from __future__ import annotations

import pytest

from solander.reading import plain_text
from solander.reading.plain_text import read_plain_text


@pytest.mark.parametrize("stretch", [1, 2, 3, 5, 8, 1000])
def test_white_space_is_counted_alike_by_any_stretch(stretch: int, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(plain_text, "STRETCH", stretch)
    text = "a  b\tc d      e \t f\n\n  g\f\fh   \n"
    assert dict(read_plain_text(text).normalisations)["white-space"] == 7
