"""What a frame is called is told in the TEI, and is no word of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.sound import Sound


@pytest.fixture(scope="module")
def sound(whole_tei: Path, request: pytest.FixtureRequest) -> Sound:
    return Sound(whole_tei, request.module.__name__)


@pytest.mark.parametrize(
    "around", ["{}", "<p>Seen from the quay: {}</p>", "<figure>{}<figcaption>Tides</figcaption></figure>"]
)
def test_the_title_of_a_frame_is_told(sound: Sound, around: str) -> None:
    frame = "<iframe src=https://tides.example/map title='Map of the &lt;harbour&gt; &amp; sound'></iframe>"
    text = sound.text(around.format(frame))
    assert [one.text for one in text.findall(".//ref[@type='frame']/gap/desc")] == ["Map of the <harbour> & sound"]


@pytest.mark.parametrize("title", ["", " title=''", " title='  '"])
def test_a_frame_without_a_title_has_none(sound: Sound, title: str) -> None:
    text = sound.text(f"<iframe src=https://tides.example/map{title}></iframe>")
    (frame,) = text.findall(".//ref[@type='frame']")
    assert len(frame) == 0
