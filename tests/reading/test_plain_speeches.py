"""A speech in plain text has its greeting, thanks and signature, and turns of speech have their speakers."""

from __future__ import annotations

import pytest
from tests.reading.plain_texts import FERRY, MENU, TICKETS, assert_whole, kinds, shape

from solander.reading.plain_text import read_plain_text


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
