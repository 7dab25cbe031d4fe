"""Messages as they were sent (RFC 5322): all fields of the head, folded lines, words of other characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.describing import describe
from solander.model.capture import Capture
from solander.model.page import leaves, plain
from solander.reading import read_page
from solander.reading.plain.lines import split_lines
from solander.reading.plain.mail import decoded_words, message_head

HEAD = """Return-Path: <ann@x.example>
Received: from mx.x.example (mx.x.example [192.0.2.1])
\tby mail.y.example with ESMTP id abc123
\tfor <bob@y.example>; Tue, 5 Mar 2019 00:11:12 +0100
From: =?utf-8?Q?Ann_M=C3=BCller?= <ann@x.example>
To: Bob <bob@y.example>
Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln_und?=
 =?utf-8?B?IEJvbm4=?=
Date: Mon, 4 Mar 2019 23:11:12 +0100
X-Spam-Status: No
"""
BODY = "\nDear Bob,\n\nthe cafe on the corner is open again, and we all are glad of it.\n\nYours,\nAnn\n"


def read(text: str):
    capture = Capture.of_bytes(text.encode(), media_type="text/plain")
    page = read_page(capture)
    return page, describe(page, capture)


MEMO = """                         MEMORANDUM

TO:       All keepers of harbour lights
FROM:     Ann Keeper, Harbour Board
DATE:     March 4, 2019
{}  Lamps that are to be changed before winter

The lamps of the two outer lights are to be changed before the first of
November.  Whoever has a boat that can lie there in a swell is asked to
tell the office by the end of the month.
"""


@pytest.mark.parametrize("label", ["SUBJECT:", "RE:     "])
def test_a_memorandum_is_described_by_its_head_though_that_is_set_in_columns(label):
    page, told = read(MEMO.format(label))
    assert told.values("title") == ("Lamps that are to be changed before winter",)
    assert told.values("creator") == ("Ann Keeper",)
    assert told.values("date") == ("2019-03-04",)
    assert [block.kind for division in page.divisions for block in division.blocks] == [
        *("heading", "glossary", "paragraph"),
    ]
    assert page.divisions[0].blocks[0].content == ("MEMORANDUM",)


@pytest.mark.parametrize(
    ("sender", "name"),
    [
        ("Ann Keeper, Harbour Board", "Ann Keeper"),
        ("Keeper, Ann", "Keeper, Ann"),
        ("de la Cruz, Ana Maria", "de la Cruz, Ana Maria"),
        ("Tom Quist, MD", "Tom Quist, MD"),
    ],
)
def test_the_office_behind_a_name_is_no_part_of_it(sender, name):
    _, told = read(MEMO.format("SUBJECT:").replace("Ann Keeper, Harbour Board", sender))
    assert told.values("creator") == (name,)


@pytest.mark.parametrize("envelope", ["", "From ann@x.example Mon Mar  4 23:11:12 2019\n"])
def test_a_message_is_described_by_its_head(envelope):
    _, told = read(envelope + HEAD + BODY)
    assert told.values("title") == ("Grüße aus Köln und Bonn",)
    assert told.values("creator") == ("Ann Müller",)
    assert told.values("date") == ("2019-03-04",)


def test_the_head_is_one_list_of_its_fields_as_they_were_written():
    page, _ = read(HEAD + BODY)
    head = page.divisions[0].blocks[0]
    assert head.kind == "glossary"
    terms = [plain(block) for block in head.content if block.kind == "term"]
    assert terms == [
        *("Return-Path:", "Received:", "From:", "To:", "Subject:", "Date:", "X-Spam-Status:"),
    ]
    subject = head.content[2 * terms.index("Subject:") + 1]
    assert plain(subject.content[0]) == "=?utf-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln_und?= =?utf-8?B?IEJvbm4=?="
    words = " ".join(plain(leaf) for division in page.divisions for leaf in leaves(division.blocks)).split()
    assert words == (HEAD + BODY).split()


def test_what_follows_the_head_is_a_letter():
    page, _ = read(HEAD + BODY)
    kinds = [leaf.kind for division in page.divisions for leaf in leaves(division.blocks)]
    assert kinds[-4:] == ["salutation", "paragraph", "valediction", "signature"]


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann\nI am away until Monday.\nTo: nobody\n",
        "Title: a text\nAuthor: Ann\nDate: 2019-03-04\n\nWords.",
        "  From: Ann\nTo: Bob\nDate: now\n\nWords.",
        "From: Ann\nTo: Bob\n\nWords.",
        "From here on: nothing\nTo: Bob\nDate: now\n",
        "",
    ],
)
def test_what_is_no_head_of_a_message_is_none(text):
    assert message_head(split_lines(text)) == 0


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("=?iso-8859-1?B?R3L832U=?= from Ann", "Grüße from Ann"),
        ("plain = words?", "plain = words?"),
        ("=?x-unknown?Q?abc?=", "=?x-unknown?Q?abc?="),
        ("=?utf-8?B?@@@?=", "=?utf-8?B?@@@?="),
        ("=?utf-8?Q??=", "=?utf-8?Q??="),
    ],
)
def test_encoded_words_are_decoded_where_they_can_be(written, shown):
    assert decoded_words(written) == shown


@given(st.text(st.sampled_from("=?utf-8QqBb_ \n:aé\udc80"), max_size=40))
def test_whatever_a_field_says_it_is_read(value):
    assert isinstance(decoded_words(value), str)
    page, _ = read(
        f"From: Ann <a@x.example>\nTo: Bob\nSubject: {value.encode('utf-8', 'replace').decode()}\n\nWords.\n"
    )
    assert page.divisions
