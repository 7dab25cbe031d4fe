"""The sign by which a heading gives its address stays in the page, and is no word of the heading."""

from __future__ import annotations

import pytest
from tests.reading.test_boxed import PROSE, read

from solander.encoding.tei_reading import body_words


@pytest.mark.parametrize("sign", ["¶", "#", "&#8203;", "🔗"])
def test_a_heading_is_read_without_the_sign_of_its_address(sign: str) -> None:
    page, tei, _ = read(f"<h2 id=fill>Filling<a class=headerlink href=#fill>{sign}</a></h2><p>{PROSE[0][::-1]}</p>")
    assert "Filling" in page.text().split("\n")
    assert "Filling" in body_words(tei).split("\n")
    assert b'<seg rend="permalink">' in tei


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Filling <a href=#fill>it</a></h2>",
        "<h2>Filling <a href=/c>#</a></h2>",
        "<p>Filling <a href=#fill>¶</a></p>",
    ],
)
def test_any_other_link_is_read(heading: str) -> None:
    page, tei, _ = read(f"{heading}<p>{PROSE[0][::-1]}</p>")
    assert "Filling" not in page.text().split("\n")
    assert b"permalink" not in tei
