"""However the lines of a plain text are mixed and ended, every word of it stands in one place, in order."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.plain.texts import FERRY, TICKETS, VERSE, assert_whole, pointed, shape, wrapped, 渡轮

from solander import Capture
from solander.checking.pages.every_word import check_words
from solander.pipeline.pages.normalising import normalise
from solander.reading.plain.text import read_plain_text

LAYOUTS = [
    f"THE FERRY\n\n{VERSE}\n\n{wrapped(FERRY)}\n\n1. Board.\n2. Wait.\n   A long while.\n",
    f"Home | News | Links\n\nThe Ferry\n=========\n(May 4, 2022, Lantern Bay)\n\n{wrapped(TICKETS)}\n\n* * *\n\n© 2022",
    f"a\t1\t2\nb\t3\t4\nc\t5\t6\n\n> quoted\n\n{FERRY}\n\x0cPage two \x0b\x00 of it\n",
    f"# Ferry\n\n* fish\n  * cod\n    * small\n* fowl\n\n{渡轮}\n",
]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", LAYOUTS)
def test_every_pointer_holds_its_words_whatever_ends_a_line(text: str, end: str):
    assert_whole(text.replace("\n", end))
    # RFC 5147, 4.1: a line's end is one character, so that positions are the same for all three.
    assert shape(read_plain_text(text.replace("\n", end))) == shape(read_plain_text(text))
    assert pointed(read_plain_text(text.replace("\n", end)), text) == pointed(read_plain_text(text), text)


PIECES = ["\n", "\n\n", "\r\n", "\r", "\f", "\t", "   ", "\u3000", "\xa0", "\x00", "\x0b", "\u2028", "\x85", "- ",
          "1. ", "2. ", "a) ", "# ", "> ", "====", "-----", "* * *", "THE FERRY", "Tickets", "© 2021", "Tel: 1",
          "May 4, 2021", "(", ")", "By Ann", "Home | News | Map", "Subject: x", "From: y", FERRY,
          wrapped(TICKETS), VERSE, 渡轮,
          "word", "。", "é", "\U0001f6a2"]  # fmt: skip


@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25))
def test_however_lines_are_mixed_every_word_stands_once_where_its_pointer_says(pieces: list[str]):
    assert_whole("".join(pieces))


@given(text=st.text(max_size=200))
def test_any_text_is_read_whole(text: str):
    assert_whole(text)


@pytest.mark.parametrize("text", LAYOUTS)
def test_the_second_reading_finds_every_word_in_the_tei(text: str):
    capture = Capture.of_bytes(text.replace("\n", "\r\n").encode(), media_type="text/plain")
    done = normalise(capture)
    checked = check_words(
        capture.original,
        original_name=capture.original_name,
        media_type=capture.media_type,
        charset=done.page.charset.name,
        tei=done.tei.content,
        path="data/tei/page.xml",
    )
    assert (checked.findings, checked.unchecked) == ((), ())
