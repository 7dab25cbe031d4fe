"""Whom a letter is from, as archives of lists show it, is named from the head above it, not from a letter quoted."""

import pytest

from solander.describing import describe
from solander.model.capture import Capture
from solander.reading import read_page

LETTER = (
    "The keeper says that it was always so, and that his father lay there with chain and never slept a night through; "
    "we would like to sleep, and to find the boat where we left her. So we ask once more on this list."
)
HEADS = {
    "pipermail": '<B>Mara Kell</B> <A HREF="mailto:ropes%40l.example">mara at harbour.example </A><BR><I>Tue Mar  2 '
    "14:05:11 CET 2021</I>",
    "mhonarc": "<ul><li><em>To</em>: <a href=mailto:r>ropes@lists.example</a></li><li><em>From</em>: Mara Kell &lt;<a "
    "href=mailto:m>mara@harbour.example</a>&gt;</li><li><em>Date</em>: Tue, 2 Mar 2021 14:05:11 +0100</li></ul>",
    "hypermail": "<address class=headers><span id=from><dfn>From</dfn>: Mara Kell &lt;<a href=mailto:m>mara@harbour."
    "example</a>&gt;</span><br><span id=date><dfn>Date</dfn>: Tue, 2 Mar 2021 14:05:11 +0100</span></address>",
    "german": "<p>Von: Mara Kell &lt;mara@harbour.example&gt;</p><p>Datum: 2. März 2021 14:05</p><p>Betreff: Alt</p>",
}


def creators(body: str) -> tuple[str, ...]:
    page = f"<html><title>Old chain</title><body><h1>Old chain</h1>{body}</body></html>"
    capture = Capture.of_bytes(page.encode())
    return describe(read_page(capture), capture).values("creator")


@pytest.mark.parametrize("head", HEADS)
def test_the_head_above_a_letter_names_who_wrote_it(head):
    assert creators(f"{HEADS[head]}<hr><pre>{LETTER}\n\n{LETTER}</pre>") == ("Mara Kell",)


@pytest.mark.parametrize("head", HEADS)
def test_the_head_of_a_letter_that_an_article_quotes_names_nobody(head):
    assert "Mara Kell" not in creators(f"<p>{LETTER}</p><p>{LETTER}</p>{HEADS[head]}<p>{LETTER}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "<p>From: the quay to the ferry, all day</p><p>Date: 2 March 2021</p>",
        "<p>From: Mara Kell</p>",
        "<p>Ask <a href=mailto:m>mara@harbour.example</a> by 14:00 on 2 March 2021</p>",
    ],
)
def test_other_lines_name_nobody(line):
    assert creators(f"{line}<p>{LETTER}</p><p>{LETTER}</p>") == ()
