"""A chat's messages, as programs export them in many languages, are posts with who said each and when."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, assert_whole, kinds, wrapped
from tests.reading.sound import assert_sound
from tests.reading.test_costs import calls

from solander.model.capture import Capture
from solander.model.page import Block, plain
from solander.pipeline.pages.normalising import normalise
from solander.reading.plain.text import read_plain_text


def said(text: str) -> list[tuple[str, str, str]]:
    """Of each message: when it was written, its head, and its words (paragraphs parted by a bar)."""
    assert_whole(text)
    found = []
    for division in read_plain_text(text).divisions:
        for post in (block for block in division.blocks if block.kind == "post"):
            head, *words = (block for block in post.content if isinstance(block, Block))
            assert head.kind == "speaker"
            when = (post.attributes or {}).get("when", "")
            found.append((when, plain(head), "|".join(plain(block) for block in words)))
    return found


CHATS = {
    "brackets": [
        ("2019-03-04T10:11:12", "[04/03/2019, 10:11:12] Ann Quist:", "Is it late?"),
        ("2019-03-13T22:05:40", "[13/03/2019, 22:05:40] Tom:", "An hour at least"),
        ("2019-03-14T07:00:00", "[14/03/2019, 07:00:00] Ann Quist:", "Then: soup"),
    ],
    "German": [
        ("2019-03-04T10:11", "04.03.19, 10:11 - Änne:", "Ist sie da?"),
        ("2019-03-04T10:12", "04.03.19, 10:12 - Jörg Müller:", "Nein"),
        ("2019-03-05T10:15", "05.03.19, 10:15 - Änne:", "<Medien ausgeschlossen>"),
    ],
    "American": [
        ("2019-03-04T00:11", "3/4/19, 12:11 AM - Ann:", "Did it leave?"),
        ("2019-03-14T23:12", "3/14/19, 11:12 PM - +1 555 0100:", "not yet"),
        ("2019-03-14T23:15", "3/14/19, 11:15 PM - Ann:", "ok"),
    ],
    "French": [
        ("2019-03-04T10:11", "04/03/2019 à 10:11 - Anne :", "Il part ?"),
        ("2019-03-24T10:12", "24/03/2019 à 10:12 - Éloïse :", "non"),
        ("2019-03-24T10:15", "24/03/2019 à 10:15 - Anne :", "bon"),
    ],
    "Spanish": [
        ("2019-03-04T22:11", "4/3/19 10:11 p. m. - Ana:", "¿Ya?"),
        ("2019-03-24T10:12", "24/3/19 10:12 a. m. - Íñigo:", "no"),
        ("2019-03-24T10:15", "24/3/19 10:15 a. m. - Ana:", "bueno"),
    ],
    "Arabic": [
        ("2019-03-04T22:11", "٤/٣/٢٠١٩، ١٠:١١ م - آنا:", "هل وصلت؟"),
        ("2019-03-24T10:12", "٢٤/٣/٢٠١٩، ١٠:١٢ ص - علي:", "لا"),
        ("2019-03-24T10:15", "٢٤/٣/٢٠١٩، ١٠:١٥ ص - آنا:", "حسنا"),
    ],
    "Korean": [
        ("2019-03-04T22:11", "2019년 3월 4일 오후 10:11, 김하나 :", "왔어요?"),
        ("2019-03-05T10:12", "2019년 3월 5일 오전 10:12, 이두리 :", "아직이요"),
        ("2019-03-05T10:15", "2019년 3월 5일 오전 10:15, 김하나 :", "네"),
    ],
    "nicks": [
        ("2019-03-04T10:11:12", "[2019-03-04 10:11:12] <ann>", "late?"),
        ("2019-03-04T10:12:12", "[2019-03-04 10:12:12] <@tom>", "yes: an hour"),
        ("2019-03-04T10:13:12", "[2019-03-04 10:13:12] <ann>", "thanks"),
    ],
    "tabs": [
        ("2019-03-04T10:11:12", "2019-03-04 10:11:12 ann", "is it late?"),
        ("2019-03-04T10:12:12", "2019-03-04 10:12:12 @tom", "yes: an hour"),
        ("2019-03-04T10:13:12", "2019-03-04 10:13:12 ann", "thanks"),
    ],
    "a call": [
        ("", "10:11:12 From Ann Quist to Everyone :", "is the sound on?"),
        ("", "10:12:12 From Tom to Ann Quist (Privately) :", "yes"),
        ("", "10:13:12 From Ann Quist to Everyone :", "hello: all"),
    ],
}


def written(chat: list[tuple[str, str, str]], between: str = "\n") -> str:
    tabs = "\t" if "tabs" in CHATS and chat is CHATS["tabs"] else " "
    lines = []
    for _, head, words in chat:
        moment, _, who = head.rpartition(" ")
        lines.append(f"{moment}{tabs}{who}{tabs}{words}")
    return between.join(lines) + "\n"


@pytest.mark.parametrize("between", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("name", CHATS)
def test_each_message_says_who_wrote_it_and_when(name: str, between: str):
    assert said(written(CHATS[name], between)) == CHATS[name]


BELOW = [
    ("Ann Quist, [04.03.19 10:11]", "Tom, [05.03.19 10:12]", "2019-03-05"),
    ("Ann Quist, [Mar 4, 2019 at 10:11:12 AM]:", "Tom, [Mar 5, 2019 at 10:12:00 PM]:", "2019-03-05"),
    ("[2019-03-04 10:11:12] Ann Quist", "[2019-03-05 10:12:00] Tom", "2019-03-05"),
    ("ann — 03/04/2019 10:11 AM", "tom — 03/14/2019 10:12 AM", "2019-03-14"),
    ("Ann Quist  10:11 AM", "Tom  10:12 AM", ""),
]


@pytest.mark.parametrize(("first", "second", "day"), BELOW)
def test_heads_may_have_lines_of_their_own(first: str, second: str, day: str):
    text = f"{first}\nIs it late?\n\n{second}\nYes.\n\nAn hour.\n\n{first}\nThen soup\n- bread\n- cheese\n"
    who = [" ".join(one.split()) for one in (first, second, first)]
    assert [(one, words) for _, one, words in said(text)] == [
        *((who[0], "Is it late?"), (who[1], "Yes.|An hour."), (who[2], "Then soup|- bread- cheese")),
    ]
    early = "2019-03-04" if day else ""
    assert [when[:10] for when, _, _ in said(text)] == [early, day, early]


def test_messages_below_heads_of_several_fields_are_posts():
    head = "From: {}\nType: {}\nSent: Mon, 4 Mar 2019 10:{}:12 +0000\n\n{}\n\n"
    text = "Conversation: Quay\n\n" + "".join(
        head.format(*one) for one in [("Ann (+4512)", "incoming", "11", "Late?"), ("You", "outgoing", "12", "Yes")]
    )
    assert_whole(text)
    reading = read_plain_text(text)
    posts = [block for one in reading.divisions for block in one.blocks if block.kind == "post"]
    assert reading.title == "Conversation: Quay"
    assert [post.attributes["when"] for post in posts if post.attributes] == [
        *("2019-03-04T10:11:12+00:00", "2019-03-04T10:12:12+00:00"),
    ]
    assert [[block.kind for block in post.content if isinstance(block, Block)] for post in posts] == [
        *(["glossary", "paragraph"],) * 2,
    ]


def test_what_a_program_tells_between_messages_is_nobodys():
    text = (
        "--- Log opened Mon Mar 04 10:11:12 2019\n10:11 -!- ann [~ann@example.org] has joined #quay\n"
        "10:12 < ann> late?\n10:13 <@tom> yes\n10:14  * tom waves\n10:15 < ann> thanks\n"
        "--- Day changed Tue Mar 05 2019\n08:00 <@tom> morning\n"
    )
    assert [when for when, _, _ in said(text)] == [
        *("2019-03-04T10:12", "2019-03-04T10:13", "2019-03-04T10:15", "2019-03-05T08:00"),
    ]
    assert [line for line in kinds(text) if not line.startswith("main   ")] == [
        *("main paragraph", "main paragraph", "main post", "main post", "main paragraph", "main post"),
        *("main paragraph", "main post"),
    ]


def test_a_line_with_a_date_alone_gives_its_day_to_the_hours_below_it():
    text = "[LINE] 港\n\n2019/03/04(月)\n"
    text += "23:11\tハル\tまだですか\n23:12\tミナ\tまだです\n\n2019/03/05(火)\n08:00\tハル\t朝\n"
    assert [when for when, _, _ in said(text)] == ["2019-03-04T23:11", "2019-03-04T23:12", "2019-03-05T08:00"]
    assert kinds(text).count("main dateline") == 2


def test_a_clock_that_runs_back_has_no_day():
    text = "Session Start: Mon Mar 04 22:11:12 2019\n[22:11] <ann> late?\n[23:59] <tom> yes\n[00:10] <ann> oh\n"
    assert [when for when, _, _ in said(text)] == ["2019-03-04T22:11", "2019-03-04T23:59", ""]


def test_a_day_that_may_be_read_in_two_ways_is_none():
    lines = ["[04/03/2019, 10:11] Ann: a", "[04/03/2019, 10:12] Tom: b", "[04/03/2019, 10:13] Ann: c"]
    assert {when for when, _, _ in said("\n".join(lines))} == {""}
    later = "[02/04/2019, 10:13] Tom: d"  # only with the day first it is later than the fourth of March
    assert said("\n".join([*lines, later]))[-1][0] == "2019-04-02T10:13"


def test_what_follows_a_message_up_to_the_next_is_its_own():
    text = (
        "[04.03.19, 10:11] Ann: bring\n1. bread\n2. cheese\n\n```\nsoup  = 1\n```\n"
        "[04.03.19, 10:12] Tom: > late\n> again\nso it is\n[04.03.19, 10:13] Ann: ok\n"
    )
    first = kinds(text)[: kinds(text).index("main post", 1)]
    assert [line.split()[1] for line in first] == [
        "post",
        "speaker",
        "paragraph",
        *["list", "item", "text"],
        "item",
        "text",
        "preformatted",
    ]
    assert said(text)[1][2].startswith("> late")


@pytest.mark.parametrize(
    "text",
    [
        "".join(f"[2019-03-04 10:11:1{at}] {('INFO', 'WARN')[at % 2]}: job {at} ended\n" for at in range(9)),
        "".join(f"[2019-03-04 10:11:1{at}] pool.worker[{at % 2}]: job ended\n" for at in range(9)),
        "".join(f"2019-03-04 10:11:1{at}\tOslo\t{at}.5\n" for at in range(9)),
        "".join(f"2019-03-04 10:1{at} - {at} boats: late\n" for at in range(9)),
        "".join(f"{town}   0{at}:10\n" for at, town in enumerate(("Oslo", "Moss", "Oslo", "Moss", "Rome"))),
        f"An old talk\n\n{wrapped(FERRY)}\n\n<ann> late?\n<tom> yes\n<ann> thanks\n<tom> well\n\n{wrapped(FERRY)}\n",
        "Minutes\n\n10:00 Opening: the chair\n11:00 Report: the mate\n12:00 Soup: all\n",
        "2019-03-04  Ann Quist  <ann@example.org>\n\n\t* boat.c (late): New.\n\n" * 4,
    ],
)
def test_journals_tables_and_talk_within_a_text_are_no_chat(text: str):
    assert not any("post" in line for line in kinds(text))


def test_a_chat_is_kept_whole_and_valid_and_nobody_wrote_all_of_it():
    for chat in CHATS.values():
        capture = Capture.of_bytes(written(chat).encode(), media_type="text/plain", declared_charset="utf-8")
        normalised = normalise(capture)
        assert_sound(capture, normalised.tei.content)
        assert not [one for one in normalised.description.statements if one.element == "creator"]


def test_a_chat_costs_in_step_with_its_length():
    once, twice = (written(CHATS["German"] * size) for size in (200, 400))
    read_plain_text(once)
    assert calls(lambda: read_plain_text(twice)) <= 2.3 * calls(lambda: read_plain_text(once)) + 500
