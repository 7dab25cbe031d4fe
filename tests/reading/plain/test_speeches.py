"""A speech in plain text has its greeting, thanks and signature, and turns of speech have their speakers."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, MENU, TICKETS, assert_whole, kinds, shape

from solander.checking.tei.meaning import check_tei
from solander.model.capture import Capture
from solander.model.page import leaves, plain
from solander.pipeline.pages.normalising import normalise
from solander.profiles import SCHEMAS
from solander.reading import read_page
from solander.reading.plain.text import read_plain_text


def test_a_speech_has_its_speaker_greeting_thanks_and_signature():
    text = (
        f"{MENU}\nOpening of the harbour festival in the old town\nAmbassador Ada Quist\n(Oslo, December 8, 2021)\n\n"
        f"Mesdames et Messieurs,\n\n{FERRY}\n\nLong live our friendship!\n\nJe vous remercie.\n\nAda Quist\n"
        "Ambassador\n\n"
        "Mentions légales\nTél. : +33 1 23 45\n12 rue du Port, a line that nothing tells from others\n"
    )
    assert [line.split()[1] for line in kinds(text)] == [
        *("paragraph", "heading1", "byline", "dateline", "salutation", "paragraph", "paragraph", "valediction"),
        *("signature", "signature", "paragraph", "paragraph", "paragraph"),
    ]
    assert [line.split()[0] for line in kinds(text)][-4:] == ["main", "footer", "footer", "footer"]


def test_a_closing_dateline_and_a_signature_are_no_footer():
    text = f"A speech\n\n{FERRY}\n\nAda Quist\nAmbassador\nFait à Dakar, le 8 décembre 2021\n\nCopyright © 2010 The Consulate. {FERRY} All rights reserved.\n"  # noqa: E501
    assert kinds(text)[2:] == ["main signature", "main signature", "main dateline", "footer paragraph"]


def test_questions_and_answers_may_be_numbered():
    text = "Q1: Where do I buy a ticket?\nA1: On board.\n\nQ2: And my dog?\nA2: Dogs travel free.\n"
    assert [line.split(": ")[1] for line in shape(read_plain_text(text)) if "speaker" in line] == [
        *("Q1:", "A1:", "Q2:", "A2:"),
    ]
    assert "speaker" not in " ".join(kinds("B1: first floor\nB2: cellar\n\nB3: garden\nB4: street\n"))


def test_turns_of_speech_that_are_printed_are_speeches():
    text = f"An interview\n\n{FERRY}\n\nQ: When does it leave?\nA: At seven, wind permitting.\n\nAnd it is late.\n\nQ: Thank you.\n\n{TICKETS}"  # noqa: E501
    assert shape(read_plain_text(text))[2:] == [
        *("main speech", "main   speaker: Q:", "main   paragraph: When does it leave?"),
        *("main speech", "main   speaker: A:", "main   paragraph: At seven, wind permitting."),
        "main   paragraph: And it is late.",
        *("main speech", "main   speaker: Q:", "main   paragraph: Thank you."),
        f"main paragraph: {TICKETS}",
    ]
    assert_whole(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["Price: 5", "Colour: red", "Price: 7", "Colour: blue"],
        ["Note: it rains.", "Warning: it pours.", "Hint: stay in."],
        ["Ann: yes.", "Ann: no.", "Ann: perhaps.", "Ann: so be it."],
    ],
)
def test_labels_alone_are_no_turns(lines: list[str]):
    body = "\n".join(lines)
    assert "main speech" not in kinds(f"A list\n\n{FERRY}\n\n{body}\n\n{TICKETS}")


def speakers(text: str) -> list[str]:
    assert_whole(text)
    return [line.partition("speaker: ")[2] for line in shape(read_plain_text(text)) if "speaker: " in line]


def test_the_first_turns_are_parted_like_all_others():
    text = "An interview\nBy Ada Quist\n\nQ: When did you come?\nA: In 1961.\n\nQ: And you never left?\nA: Never.\n"
    assert speakers(text) == ["Q:", "A:", "Q:", "A:"]


def test_in_plays_capitals_and_a_stop_say_who_speaks():
    lines = [
        "KEEPER. Who is there?",
        "MATE. (coming in) Only the mate.",
        "KEEPER. Come in, come in.",
        "MATE. It rains.",
    ]
    assert speakers("The ferry\n\n" + "\n\n".join(lines) + "\n") == ["KEEPER.", "MATE.", "KEEPER.", "MATE."]


def test_in_transcripts_a_title_belongs_to_the_name_and_letters_to_questions():
    lines = ["DR. QUIST: Where is it?", "MR. J. LEE: At sea.", "DR. QUIST: Since when?", "MR. J. LEE: Since seven."]
    assert speakers("Hearing\n\n" + "\n\n".join(lines) + "\n") == 2 * ["DR. QUIST:", "MR. J. LEE:"]
    asked = ["Q. State your name.", "A. Ada Quist.", "Q. What do you do?", "A. I keep the ferry."]
    assert speakers("Hearing\n\n" + "\n".join(asked) + "\n") == 2 * ["Q.", "A."]


@pytest.mark.parametrize(
    "labels",
    [
        ["<ada>", "<ben>", "<ada>", "<ben>"],
        ["[14:02] <ada>", "[14:03] <ben>", "[14:03] <ada>", "[14:05] <@ben>"],
        ["14:02 <ada>", "14:03 <ben>", "14:03 <ada>", "14:05 <ben>"],
        [f"12/03/2019, 14:0{at} - {name}:" for at, name in enumerate(2 * ("Ada Quist", "Ben"))],
        [f"[12.03.19, 14:02:1{at}] {name}:" for at, name in enumerate(2 * ("Ada", "Ben"))],
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_in_chats_the_hour_stands_with_who_speaks(labels: list[str], between: str):
    said = ["is the ferry late?", "yes", "thanks", "no worries"]
    text = between.join(f"{label} {words}" for label, words in zip(labels, said, strict=True))
    assert speakers(f"{text}\n") == labels


@pytest.mark.parametrize(
    "lines",
    [
        ["NOTE. It rains.", "It is late.", "NOTE. It snows.", "NOTE. It is dark."],
        ["USA. The ferry left.", "OSLO. It is late.", "ROME. It rains.", "PARIS. It is dark."],
        ["DR. Quist came.", "MR. Lee left.", "DR. Quist wrote.", "MR. Lee read."],
        ["<b> is bold", "<i> is not", "<u> is old", "<s> is out"],
    ],
)
def test_capitals_and_brackets_alone_are_no_turns(lines: list[str]):
    assert speakers(f"A page\n\n{FERRY}\n\n" + "\n\n".join(lines) + "\n") == []


LINES = ["Who is there?", "Nay, answer me:\nstand and unfold yourself.", "Long live the ferry!", "Keeper?"]


@pytest.mark.parametrize("stop", ["", ".", ":"])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_in_plays_a_name_may_stand_on_a_line_of_its_own_above_what_is_said(stop: str, between: str):
    turns = [f"{name}{stop}\n{line}" for name, line in zip(2 * ("KEEPER", "FIRST MATE") * 2, LINES * 2, strict=False)]
    text = f"The ferry, a play\n\nACT I{between}SCENE I. The mole.{between}" + between.join(turns) + "\n"
    assert speakers(text) == 4 * [f"KEEPER{stop}", f"FIRST MATE{stop}"]
    lines = shape(read_plain_text(text))
    assert "main heading2: ACT I" in lines
    assert "main heading3: SCENE I. The mole." in lines
    assert "main   paragraph: Nay, answer me:/stand and unfold yourself." in lines


@pytest.mark.parametrize("names", [("MENU", "SHOP"), ("READ MORE", "SHARE")])
def test_words_in_capitals_that_come_back_without_a_play_speak_nothing(names: tuple[str, str]):
    lines = "\n".join(f"{name}\nAbout the ferry {at}" for at, name in enumerate(4 * names))
    assert speakers(f"A page\n\n{FERRY}\n\n{lines}\n") == []


PLAY = """THE LIGHT

ACT I

SCENE I. The quay, at night.

[Enter ANN KEEPER, with a lamp.]

ANN.
Who is there?

TOM.
Nobody but the wind, and I. (He sits down.)

(A bell is heard.)

ANN.
That is the ferry.

[Exit TOM.

TOM.
It has gone by!

Exeunt ANN and TOM.
"""


def directions(text: str) -> list[str]:
    page = read_page(Capture.of_bytes(text.encode(), media_type="text/plain"))
    blocks = (leaf for division in page.divisions for leaf in leaves(division.blocks))
    return [plain(one) for one in blocks if (one.attributes or {}).get("role") == "stage"]


def test_a_plays_directions_are_told_by_their_brackets_or_by_who_comes_and_goes():
    assert directions(PLAY) == [
        "[Enter ANN KEEPER, with a lamp.]",
        "(A bell is heard.)",
        "[Exit TOM.",
        "Exeunt ANN and TOM.",
    ]
    capture = Capture.of_bytes(PLAY.encode(), media_type="text/plain")
    tei = normalise(capture).tei.content.decode()
    assert tei.count("<stage ") == 4
    assert not check_tei(tei.encode(), "data/tei/page.xml", SCHEMAS).findings
    assert "(He sits down.)</p>" in tei


def test_where_nobody_plays_brackets_direct_nothing():
    text = f"On lamps\n\n(As told by the keeper.)\n\n{FERRY}\n\nEnter the code at the door.\n\n[Exit here.]\n"
    assert directions(text) == []
