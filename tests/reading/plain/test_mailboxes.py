"""Each message of a mailbox or a digest is a post; what one quotes or passes on stays within it."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, wrapped

from solander.checking.tei.meaning import check_tei
from solander.model.capture import Capture
from solander.model.page import Block
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading.plain.text import read_plain_text


def message(number: int, answers: int | None = None, *, envelope: bool = True, body: str = FERRY) -> str:
    """A message by whoever has the number, on the hour of it."""
    who = ("ann", "tom", "eva", "jan")[number]
    head = [f"From {who}@example.org Mon Mar  4 1{number}:11:12 2019"] if envelope else []
    head += [
        f"From: {who.title()} <{who}@example.org>",
        f"Date: Mon, 4 Mar 2019 1{number}:11:12 +0000",
        f"Subject: {'' if answers is None else 'Re: '}The ferry",
        f"Message-ID: <{number}@example.org>",
        *([] if answers is None else [f"In-Reply-To: <{answers}@example.org>"]),
    ]
    quoted = "" if answers is None else "> It is late again.\n>> Was it ever in time?\n\n"
    return "\n".join(head) + f"\n\n{quoted}{wrapped(body)}\n\n-- \n{who.title()}\n"


MAILBOX = "\n".join([message(0), message(1, 0), message(2, 1), message(3, 0)])
RULE = "\n" + "-" * 30 + "\n\n"
DIGEST = (
    f"Ferry Digest, Vol 3, Issue 4\n\nToday's Topics:\n\n  1. The ferry (Ann)\n  2. Re: The ferry (Tom)\n{RULE}"
    + (RULE.join(message(number, number - 1 if number else None, envelope=False) for number in range(3)))
)


def posts(text: str) -> list[Block]:
    assert_whole(text)
    return [block for one in read_plain_text(text).divisions for block in one.blocks if block.kind == "post"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_message_of_a_mailbox_is_a_post_that_says_when_it_was_sent_and_what_it_answers(end: str):
    assert [post.attributes for post in posts(MAILBOX.replace("\n", end))] == [
        {"name": "message-1", "when": "2019-03-04T10:11:12+00:00"},
        {"name": "message-2", "when": "2019-03-04T11:11:12+00:00", "answers": "message-1", "depth": "1"},
        {"name": "message-3", "when": "2019-03-04T12:11:12+00:00", "answers": "message-2", "depth": "2"},
        {"name": "message-4", "when": "2019-03-04T13:11:12+00:00", "answers": "message-1", "depth": "1"},
    ]


def test_a_message_has_its_head_and_its_quotations_by_their_depth():
    told = [line for line in kinds(MAILBOX) if "definition" not in line and "term" not in line]
    assert told.count("main post") == told.count("main   glossary") == 4
    assert told.count("main   quote") == told.count("main     quote") == 3


def test_each_message_of_a_digest_is_a_post_and_its_name_is_the_title():
    assert len(posts(DIGEST)) == 3
    assert read_plain_text(DIGEST).title == "Ferry Digest, Vol 3, Issue 4"
    assert kinds(DIGEST)[:3] == ["main heading1", "main paragraph", "main list"]


def test_a_mailbox_has_no_author_and_is_called_as_its_first_message():
    read = read_plain_text(MAILBOX)
    assert read.title == "The ferry"
    assert [signal.name for signal in read.signals] == ["title"]


@pytest.mark.parametrize("text", [MAILBOX, DIGEST])
def test_tei_has_the_posts(text: str):
    tei = normalise(Capture.of_bytes(text.encode(), media_type="text/plain")).tei.content
    assert b'replyTo="#message-1"' in tei
    assert not check_tei(tei, "data/tei/page.xml", SCHEMAS).findings


def test_notes_of_two_messages_are_told_apart():
    noted = f"The mole.[1] {FERRY}\n\n[1] See the book of the keeper."
    body = "\n\n".join(message(number, body="@").replace("@", noted, 1) for number in (0, 1))
    tei = normalise(Capture.of_bytes(body.encode(), media_type="text/plain")).tei.content
    assert not check_tei(tei, "data/tei/page.xml", SCHEMAS).findings
    assert tei.count(b"noteref") == 2


PASSED_ON = f"{message(0)}\n-----Original Message-----\n{message(1, envelope=False)}"
GUIDE = f"How mailboxes look\n\n{wrapped(TICKETS)}\n\n{message(0)}\n\n{message(1)}"


@pytest.mark.parametrize("text", [message(0), PASSED_ON, GUIDE, f"From here 10:11 on\n\n{FERRY}"])
def test_one_message_and_what_shows_messages_hold_no_posts(text: str):
    assert posts(text) == []
