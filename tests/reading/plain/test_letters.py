"""A letter, by mail or on paper, is a letter: its addresses are no title, and what it quotes is marked."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, kinds, shape, wrapped

from solander.reading.plain.text import read_plain_text


def test_a_letter_by_mail_has_its_subject_for_a_title_and_its_quotations_marked():
    text = (
        "From: Ann Lee <ann@a.example>\nTo: Ben <ben@b.example>\nSubject: The ferry on Sunday\n\nHello Ben,\n\n"
        f"{wrapped(FERRY)}\n\n> When does it leave?\n> And from where?\n\nAt seven.\n\nBest,\nAnn\n"
    )
    reading = read_plain_text(text)
    assert reading.title == "The ferry on Sunday"
    assert "main quote" in shape(reading)
    assert "main   paragraph: > When does it leave?/> And from where?" in shape(reading)
    assert not any("heading" in line or "footer" in line for line in shape(reading))


@pytest.mark.parametrize("line", [">>> list(ferry)", ">> Read more", "> Next"])
def test_a_prompt_and_an_arrow_are_no_quotation(line: str):
    assert f"main paragraph: {line}" in shape(read_plain_text(f"{FERRY}\n\n{line}\n\n{TICKETS}"))


SENDER = f"{' ' * 40}14 Cable Street\n{' ' * 40}Port Ellery\n"
DAY = f"{' ' * 40}2nd March 1954\n"
RECTORY = SENDER.replace("14 Cable Street", "The Rectory")
HOUSE = "Dr. H. Weller\nHafengasse 3\nLindau\n\nLindau, den 4. Mai 1923\n"


@pytest.mark.parametrize("sender", [f"{SENDER}{DAY}", f"{RECTORY}{DAY}", HOUSE, f"{DAY}\n{SENDER}"])
@pytest.mark.parametrize("whom", ["", "\nMessrs Dunn & Hale\nShipwrights\nQuay Lane\n"])
@pytest.mark.parametrize("ends", [("Dear Sirs,\n\n", ""), ("", "\n\nYours faithfully,\nThos. Garrick\n")])
def test_all_of_a_letter_is_the_letter_and_no_line_of_an_address_its_title(
    sender: str, whom: str, ends: tuple[str, str]
):
    text = f"{sender}{whom}\n{ends[0]}{FERRY}\n\n{TICKETS}{ends[1]}"
    reading = read_plain_text(text)
    assert reading.title is None
    told = kinds(text)
    assert {line.split()[0] for line in told} == {"main"}
    assert told.count("main text") == 1 + bool(whom)
    assert "main dateline" in told
    assert ("main salutation" if ends[0] else "main valediction") in told


@pytest.mark.parametrize(
    "head",
    [
        "The ferry runs again\nHarbour Office\n8 December 2021",
        "Embassy of Norway\n12 Rue du Port\n\nThe ferry runs again\n8 December 2021",
        "Letter 12\nFrom the Harbour\n8 December 2021",
    ],
)
def test_a_title_above_day_and_greeting_stays_a_title(head: str):
    assert read_plain_text(f"{head}\n\nDear friends,\n\n{FERRY}\n\n{TICKETS}\n").title is not None


@pytest.mark.parametrize(
    "closing",
    [
        ["Your affectionate sister,"],
        ["I remain, with much love to you all,", "Your loving daughter,"],
        ["Believe me, dear Sir,", "Yours most truly,"],
        ["I am, Sir,", "Your most humble and obedient servant,"],
        ["Ever yours,"],
        ["Yours,"],
    ],
)
def test_a_letter_may_close_in_several_lines_and_with_one_name(closing: list[str]):
    text = (
        f"{SENDER}{DAY}\nMy dear Tom,\n\n{FERRY}\n\n" + "".join(f"    {line}\n\n" for line in closing) + "        Ada\n"
    )
    assert shape(read_plain_text(text))[-len(closing) - 1 :] == [
        *(f"main valediction: {line}" for line in closing),
        "main signature: Ada",
    ]


@pytest.mark.parametrize("line", ["I am glad of it", "Your sister came too", "I remain of the opinion that it rains"])
def test_sentences_that_begin_like_a_closing_close_nothing(line: str):
    text = f"{SENDER}{DAY}\nMy dear Tom,\n\n{FERRY}\n\n{line}\n\nAda\n"
    assert not any("valediction" in one for one in shape(read_plain_text(text)))


def test_one_line_below_who_wrote_it_is_a_quotation():
    text = f"{FERRY}\n\nOn Monday Ada wrote:\n> The ferry runs.\n\nSo it does, and {TICKETS}\n"
    assert "main quote" in shape(read_plain_text(text))
