"""Each showing of subtitles is a paragraph; its number and its times stand beside its words."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, assert_whole, kinds, shape, wrapped

from solander.checking.tei.meaning import check_tei
from solander.model.capture import Capture
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading.plain.text import read_plain_text

SUBRIP = """\
1
00:00:01,000 --> 00:00:03,500
Where does the ferry go?

2
00:00:03,600 --> 00:00:06,000
- To the island.
- And back?

3
00:00:06,100 --> 00:00:09,000
<i>At nine in the evening,</i>
wind and weather permitting.
"""
SUBRIP_SHOWN = [
    "main paragraph: 1 00:00:01,000 --> 00:00:03,500 Where does the ferry go?",
    "main paragraph: 2 00:00:03,600 --> 00:00:06,000 - To the island./- And back?",
    "main paragraph: 3 00:00:06,100 --> 00:00:09,000 <i>At nine in the evening,</i>/wind and weather permitting.",
]
WEBVTT = """\
WEBVTT - Harbour film

NOTE made by hand

STYLE
::cue { color: yellow }

intro
00:01.000 --> 00:04.000 align:start position:0%
<v Ann>Wohin fährt die Fähre?

00:05.000 --> 00:09.000
<v Tom>Zur Insel

NOTE the end

00:09.500 --> 00:12.000
渡轮九点回来。
"""
SUBVIEWER = "0:00:01.000,0:00:03.500\nКуда идёт паром?\n\n0:00:03.600,0:00:06.000\nНа остров.\n"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_showing_is_a_paragraph_of_its_lines(end: str):
    text = SUBRIP.replace("\n", end)
    assert shape(read_plain_text(text)) == SUBRIP_SHOWN
    assert_whole(text)


def test_what_stands_above_the_first_and_between_two_is_kept_apart():
    assert shape(read_plain_text(WEBVTT)) == [
        "main paragraph: WEBVTT - Harbour film",
        "main paragraph: NOTE made by hand",
        "main preformatted: STYLE\n::cue { color: yellow }",
        "main paragraph: intro 00:01.000 --> 00:04.000 align:start position:0% <v Ann>Wohin fährt die Fähre?",
        "main paragraph: 00:05.000 --> 00:09.000 <v Tom>Zur Insel",
        "main paragraph: NOTE the end",
        "main paragraph: 00:09.500 --> 00:12.000 渡轮九点回来。",
    ]
    assert_whole(WEBVTT)


@pytest.mark.parametrize("text", [SUBRIP, WEBVTT, SUBVIEWER])
def test_numbers_and_times_are_no_words_of_the_text_and_stand_in_the_tei(text: str):
    done = normalise(Capture.of_bytes(text.encode(), media_type="text/plain"))
    assert "00:0" not in done.page.text()
    assert "0:00" in done.page.text("all") or "00:01.000" in done.page.text("all")
    assert b'<fw type="cue">' in done.tei.content
    assert not check_tei(done.tei.content, "data/tei/page.xml", SCHEMAS).findings


def test_a_showing_without_words_and_one_without_room_above_it_stand_alone():
    text = "1\n00:01,0 --> 00:02,0\n\n2\n00:02,0 --> 00:03,0\nOne\n3\n00:03,0 --> 00:04,0\nTwo\n"
    assert kinds(text) == ["main paragraph"] * 3
    assert_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        f"00:00:01,000 --> 00:00:03,500\n\n{wrapped(FERRY)}\n\n{wrapped(FERRY)}\n",
        f"{wrapped(FERRY)}\n\n00:01.000 --> 00:02.000\nThat is how a time is written.\n\n{wrapped(FERRY)}\n",
        "10:00 - 11:00 Boats\n11:00 - 12:00 Dogs\n",
    ],
)
def test_a_text_that_names_times_is_no_film(text: str):
    assert b"cue" not in normalise(Capture.of_bytes(text.encode(), media_type="text/plain")).tei.content
    assert_whole(text)
