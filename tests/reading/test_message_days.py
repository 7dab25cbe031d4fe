"""The day above a message is the message's, though no mark-up says so; a member's day, or one told of, is not."""

import pytest

from solander.model.capture import Capture
from solander.model.page import Block
from solander.reading import read_page
from solander.reading.naming.message_days import day_in_head

SAID = (
    "We have lain on polyester for nine winters now, with a length of fire hose about it where it meets the stone.",
    "Chain for the last two metres, whatever you take above it; the quay eats everything else within the year.",
    "Ask the harbour keeper for the old rings below the ladder, they were made for boats that lie dry as yours does.",
)


@pytest.mark.parametrize(
    "line",
    [
        "by tidewatcher » 03 Mar 2021, 10:22",
        "« Reply #2 on: March 03, 2021, 10:22:10 »",
        "von tidewatcher » 3. März 2021, 10:22",
        "Posté le 3 mars 2021 à 10:22",
        "Сообщение tidewatcher » 3 марта 2021, 10:22",
        "2021-03-03 10:22",
    ],
)
def test_a_line_above_tells_the_day(line):
    assert day_in_head(["tidewatcher", line, SAID[0]]) == "2021-03-03"


@pytest.mark.parametrize(
    "lines",
    [
        ["tidewatcher", "Joined: 3 January 2015", SAID[0]],
        ["Mitglied seit: 03.01.2015"],
        ["tidewatcher", "Joined:", "Jan 3, 2015", SAID[0]],
        ["tidewatcher", SAID[0], "Last edited on 4 March 2021"],
        ["03/04/2021"],
        ["Posts: 2021"],
        [],
    ],
)
def test_a_members_day_a_later_line_and_what_is_read_in_two_ways_are_none(lines):
    assert day_in_head(lines) == ""


def posts(held: str) -> list[Block]:
    text = f"<!doctype html><title>A rope</title><h1>A rope</h1><div class=thread>{held}</div>"
    divisions = read_page(Capture.of_bytes(text.encode())).divisions
    return [block for division in divisions for block in division.blocks if block.kind == "post"]


def test_each_post_of_a_thread_bears_its_own_day():
    held = "".join(
        f"<div class=post id=p{at}><div class=head>by kelp{at} » {at + 3} March 2021</div><div class=side>"
        f"Joined: 3 May 2015</div><div class=body><p>{one}</p></div></div>"
        for at, one in enumerate(SAID)
    )
    # A message that lies in several parts of the page has a block in each.
    days = dict.fromkeys((one.attributes or {}).get("when") for one in posts(held))
    assert list(days) == ["2021-03-03", "2021-03-04", "2021-03-05"]


def test_the_day_of_an_answer_is_none_of_what_it_answers():
    answer = f"<div class=post id=p2><div>4 March 2021</div><p>{SAID[1]}</p></div>"
    held = f"<div class=post id=p1><div>Ines</div><p>{SAID[0]}</p>{answer}</div><div class=post><p>{SAID[2]}</p></div>"
    days = [(one.attributes or {}).get("when") for one in posts(held)]
    assert days == [None, "2021-03-04", None]
