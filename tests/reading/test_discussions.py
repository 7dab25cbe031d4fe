"""The comments of a discussion are its text; those beneath an article are not."""

import numpy as np
import pytest

from solander.model.capture import Capture
from solander.model.page import Block, Page
from solander.reading import read_page
from solander.reading.naming.zones import KINDS
from solander.reading.survey import Survey
from solander.reading.zoning.discussions import is_discussion

ASKED = (
    "Our mooring dries out at low tide, and the old rope has chafed through twice since the ice went. Which would you "
    "take, and how would you lead it past the edge of the quay?"
)
MORE = (
    "The keeper says that it was always so, and that his father lay there with chain and never slept a night through; "
    "we would like to sleep, and to find the boat where we left her."
)
ANSWERS = (
    "We have lain on polyester for nine winters now, with a length of fire hose about it where it meets the stone.",
    "Chain for the last two metres, whatever you take above it; the quay eats everything else within the year.",
    "Ask the harbour keeper for the old rings below the ladder, they were made for boats that lie dry as yours does.",
)
# How a tracker, a board of links and a forum of today sign what was asked, and what was answered.
ALIKE = [
    ("<p>Reported by <a class=trac-author href=/u/1>{name}</a></p>", "<p>by <span class=trac-author>{name}</span></p>"),
    ("<p>7 points by <a class=hnuser href=/u/1>{name}</a></p>", "<p><a class=hnuser href=/u/1>{name}</a> | next</p>"),
    ("<p><a class='person-listing info'>{name}</a> in ropes</p>", "<p><a class='person-listing small'>{name}</a></p>"),
    ("<p>von <a class='author may-blank'>{name}</a></p>", "<p><a class='author may-blank id-t2'>{name}</a></p>"),
]
# How blogs and papers do.
OTHERWISE = [
    ("<p class=byline>By <span class='author vcard'>{name}</span></p>", "<p><cite class=fn>{name}</cite> says:</p>"),
    ("<p>By <a class=author>{name}</a></p>", "<p><a class=author>{name}</a></p>"),
    ("<p class=byline>{name}</p>", "<p><b class=username>{name}</b></p>"),
]


def page(asked: str, answered: str) -> Page:
    said = "".join(
        f"<div class=comment id=c{at}>{answered.format(name=name)}<p>{text}</p></div>"
        for at, (name, text) in enumerate(zip(("kelp42", "Ines", "old_rope"), ANSWERS, strict=True))
    )
    opening = f"<h1>A rope for the mooring</h1>{asked.format(name='tidewatcher')}"
    body = f"{opening}<div class=body><p>{ASKED}</p><p>{MORE}</p></div>"
    text = f"<!doctype html><title>A rope for the mooring</title><body>{body}<div class=comments>{said}</div>"
    return read_page(Capture.of_bytes(text.encode()))


def posts(read: Page) -> list[Block]:
    return [block for division in read.divisions for block in division.blocks if block.kind == "post"]


@pytest.mark.parametrize(("asked", "answered"), ALIKE)
def test_answers_that_are_signed_as_the_question_is_are_text(asked, answered):
    read = page(asked, answered)
    assert all(words in read.text() for words in (ASKED, *ANSWERS))
    assert len(posts(read)) >= len(ANSWERS)


@pytest.mark.parametrize(("asked", "answered"), OTHERWISE)
def test_comments_that_are_signed_otherwise_than_the_article_are_none(asked, answered):
    read = page(asked, answered)
    assert ASKED in read.text()
    assert not any(words in read.text() for words in ANSWERS)


def test_no_word_of_either_is_lost():
    for asked, answered in ALIKE + OTHERWISE:
        read = page(asked, answered)
        assert all(read.text("all").count(words) == 1 for words in (ASKED, *ANSWERS))


@pytest.mark.parametrize(
    ("types", "told"),
    [
        (["DiscussionForumPosting", "Comment"], True),
        (["Question", "Answer"], True),
        (["Question", "Question", "Answer"], False),
        (["Comment", "Comment"], False),
    ],
)
def test_microdata_may_say_that_a_page_is_a_discussion(types, told):
    survey = Survey()
    survey.texts = ["Which rope?", "Polyester."]
    survey.item_types = dict(enumerate(types, 1))
    assert is_discussion(survey, np.array([0, KINDS.index("comments")])) is told


def test_a_page_without_comments_is_none():
    survey = Survey()
    survey.item_types = {1: "DiscussionForumPosting"}
    assert not is_discussion(survey, np.array([0, 0]))


def test_one_comment_shows_no_make():
    said = f"<div class=comments><div class=comment><a class=hnuser>Ines</a><p>{ANSWERS[0]}</p></div></div>"
    text = f"<title>Rope</title><h1>Rope</h1><p><a class=hnuser>kelp</a></p><p>{ASKED}</p><p>{ASKED}</p>{said}"
    assert ANSWERS[0] not in read_page(Capture.of_bytes(text.encode())).text()
