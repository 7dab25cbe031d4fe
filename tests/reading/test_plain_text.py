"""A plain text is read as structure where its form is sure, and every word of it stands in one place, in order."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander import Capture, read_page
from solander.checking.page import check_words
from solander.checking.page_words import PlainOriginal
from solander.model.page import TEXT_KINDS, Block, Inline, leaves, plain
from solander.pipeline.normalising import normalise
from solander.reading.dateline import read_dateline
from solander.reading.plain_text import PlainReading, read_plain_text

FERRY = (
    "The ferry leaves the harbour at seven in the morning and comes back at nine in the evening, wind and weather "
    "permitting, as it has done since the first boat was built here."
)
TICKETS = (
    "Passengers who come without a ticket may buy one on board, though the mate will look at them in a way that they "
    "remember. Dogs travel free, and so do children who can swim."
)
FÄHRE = (
    "Die Fähre verlässt den Hafen um sieben Uhr morgens und kehrt um neun Uhr abends zurück, Wind und Wetter "
    "vorausgesetzt, wie sie es getan hat, seit hier das erste Boot gebaut wurde."
)
ПАРОМ = (
    "Паром уходит из гавани в семь часов утра и возвращается в девять вечера, если позволяют ветер и погода, как он "
    "делал это с тех пор, как здесь построили первую лодку."
)
渡轮 = "渡轮七点出发，九点回来。乘客请在码头等候，不要迟到，也不要忘记带票。" * 4


def shape(reading: PlainReading) -> list[str]:
    """A line a block: its zone, its kind and its words, a break as "/"."""
    lines: list[str] = []

    def tell(block: Block, zone: str, depth: int) -> None:
        if block.kind in TEXT_KINDS:
            level = (block.attributes or {}).get("level", "")
            words = "".join(
                part if isinstance(part, str) else "/" if part.kind == "break" else str(part.content[0])
                for part in block.content
            )
            lines.append(f"{zone} {'  ' * depth}{block.kind}{level}: {words}")
        else:
            lines.append(f"{zone} {'  ' * depth}{block.kind}")
            for child in block.content:
                assert isinstance(child, Block)
                tell(child, zone, depth + 1)

    for division in reading.divisions:
        for block in division.blocks:
            tell(block, division.zone, 0)
    return lines


def kinds(text: str) -> list[str]:
    """Zone and kind of each block, in order."""
    return [line.partition(":")[0] for line in shape(read_plain_text(text))]


def wrapped(text: str, width: int = 72, **more: str) -> str:
    return textwrap.fill(text, width, **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------------------------------------------- the page


def test_the_seed_page_is_read_as_it_is_meant(shared: Path):
    (seed,) = (shared / "seed").glob("*.txt")
    page = read_page(Capture.of_bytes(seed.read_bytes(), media_type="text/plain"))
    zones = {division.zone: division.blocks for division in page.divisions}
    assert list(zones) == ["navigation", "main", "footer"]
    assert len(zones["navigation"]) == 1
    assert len(zones["footer"]) == 3
    title, dateline, *paragraphs = zones["main"]
    assert (title.kind, dateline.kind, {block.kind for block in paragraphs}) == ("heading", "dateline", {"paragraph"})
    assert len(paragraphs) == 14
    assert page.title == plain(title)
    marked = [part for part in dateline.content if isinstance(part, Inline)]
    assert [(part.kind, part.content) for part in marked] == [
        ("date", ("December 8, 2021",)),
        ("place", ("Los Angeles",)),
    ]
    assert marked[0].attributes == {"when": "2021-12-08"}


def test_navigation_title_dateline_paragraphs_and_footer_are_told_apart():
    text = (
        "Startseite | Fahrplan | Kontakt\nDie Fähre fährt wieder\n(Laternenbucht, 4. Mai 2021)\nVon Anna Lehmann\n\n"
        f"{FÄHRE}\n\n{FÄHRE}\n\n© 2021 Fährgesellschaft\nAlle Rechte vorbehalten\n"
    )
    assert kinds(text) == [
        "navigation paragraph",
        "main heading1",
        "main dateline",
        "main byline",
        "main paragraph",
        "main paragraph",
        "footer paragraph",
        "footer paragraph",
    ]


def test_chinese_is_read_by_the_same_rules():
    text = f"首页 新闻 渡轮 联系我们\n湾区渡轮开航四十周年致辞\n（2021年5月4日，灯笼湾）\n\n{渡轮}\n\n{渡轮}\n\n版权所有 灯笼湾渡轮公司\n电话：000-123"  # fmt: skip  # noqa: E501
    reading = read_plain_text(text)
    assert reading.title == "湾区渡轮开航四十周年致辞"
    assert kinds(text) == [
        "navigation paragraph",
        "main heading1",
        "main dateline",
        "main paragraph",
        "main paragraph",
        "footer paragraph",
        "footer paragraph",
    ]


def test_a_text_of_lines_without_empty_ones_keeps_each_line_a_block():
    text = f"Lantern Bay Ferry\nMenu\nHome\n{FERRY}\nRead more\n{TICKETS}\nContact\n© 2021 Lantern Bay Ferry\n"
    menu = ["navigation paragraph"] * 2
    assert kinds(text) == ["main heading1", *menu, *["main paragraph"] * 3, *["footer paragraph"] * 2]


@pytest.mark.parametrize("text", ["The ferry leaves at seven", FERRY, "渡轮", "1. Board.", "* * *", "-", ">"])
def test_one_line_is_one_block_and_no_title(text: str):
    reading = read_plain_text(text)
    assert len(reading.divisions) == 1
    (block,) = reading.divisions[0].blocks
    assert block.source == f"char=0,{len(text)}"
    assert (reading.title, reading.signals) == (None, ())


@pytest.mark.parametrize("text", ["", "\n \n\t\r\n", "\f\f", "\u3000\n\xa0"])
def test_what_holds_no_word_gives_no_block(text: str):
    assert read_plain_text(text).divisions == ()


@pytest.mark.parametrize(
    "first",
    [f"{FERRY}", "Dear Ann,", "Hello all", "Sehr geehrte Frau Lehmann", "尊敬的各位来宾", "By Ann Lee", "- a ticket"],
)
def test_what_is_no_title_is_not_taken_for_one(first: str):
    assert read_plain_text(f"{first}\n\n{FERRY}\n\n{TICKETS}").title is None


# ------------------------------------------------------------------------------------------------------ paragraphs


@pytest.mark.parametrize("width", [60, 65, 72, 78])
@pytest.mark.parametrize("words", [FERRY + " " + TICKETS, FÄHRE, ПАРОМ], ids=["en", "de", "ru"])
def test_lines_broken_to_fit_a_column_are_joined(words: str, width: int):
    reading = read_plain_text(f"{wrapped(words, width)}\n\n{wrapped(words, width)}\n")
    assert shape(reading) == [f"main paragraph: {words}"] * 2
    assert dict(reading.normalisations)["lines-joined"] == 2 * (len(wrapped(words, width).splitlines()) - 1)


def test_paragraphs_that_only_an_indentation_parts_are_parted():
    text = "\n".join(wrapped(words, initial_indent="    ") for words in (FERRY, TICKETS, FERRY))
    assert shape(read_plain_text(text)) == [f"main paragraph: {words}" for words in (FERRY, TICKETS, FERRY)]


def test_a_quotation_set_in_is_a_paragraph_of_its_own_lines():
    text = (
        f"{wrapped(FERRY)}\n\n{wrapped(TICKETS, 60, initial_indent='    ', subsequent_indent='    ')}\n\n{FERRY[:60]}"
    )
    assert shape(read_plain_text(text))[1] == f"main paragraph: {TICKETS}"


def test_breaks_that_are_meant_are_kept():
    text = (
        f"Harbour Office\n12 Quay Road\nLantern Bay\n\nDear Ann,\n\n{wrapped(FERRY + ' ' + TICKETS)}\n\nYours,\nBen\n"
    )
    assert shape(read_plain_text(text)) == [
        "main paragraph: Harbour Office/12 Quay Road/Lantern Bay",
        "main salutation: Dear Ann,",
        f"main paragraph: {FERRY} {TICKETS}",
        "main paragraph: Yours,/Ben",
    ]


def test_a_column_set_in_keeps_its_breaks_and_stands_apart_from_the_text_below_it():
    text = f"Timetable\n\n    Lantern  7:00\n    Sands    8:05\n{wrapped(FERRY + ' ' + TICKETS)}"
    assert shape(read_plain_text(text))[1:] == [
        "main paragraph: Lantern 7:00/Sands 8:05",
        f"main paragraph: {FERRY} {TICKETS}",
    ]


VERSE = (
    "The morning boat is white and small,\n  It carries bread, it carries mail,\nAnd no one waves from pier or wall\n"
    "  To see it dip and set its sail."
)


def test_verse_is_not_joined_and_not_taken_apart():
    stanza = "/".join(line.strip() for line in VERSE.splitlines())
    assert shape(read_plain_text(f"THE FERRY\n\n{VERSE}\n\n{VERSE}")) == [
        "main heading1: THE FERRY",
        f"main paragraph: {stanza}",
        f"main paragraph: {stanza}",
    ]
    assert shape(read_plain_text(VERSE)) == [f"main paragraph: {stanza}"]


def test_long_lines_of_verse_that_begin_with_capitals_are_not_joined():
    lines = [
        "When morning comes across the bay and lights the tower and the stone,",
        "The ferryman unties his boat and sets it on the sea alone,",
        "And all the town is fast asleep, and all the gulls are yet to cry,",
        "And nothing moves but rope and oar beneath a pale unfolding sky.",
    ]
    assert (
        shape(read_plain_text("\n".join(lines) + "\n\n" + "\n".join(lines)))
        == [f"main paragraph: {'/'.join(lines)}"] * 2
    )


def test_words_of_no_spaces_keep_their_breaks_for_no_space_is_theirs():
    lines = [渡轮[at : at + 36] for at in range(0, len(渡轮), 36)]
    reading = read_plain_text("渡轮\n\n" + "\n".join(lines) + "\n\n" + "\n".join(lines))
    assert shape(reading)[1:] == [f"main paragraph: {'/'.join(lines)}"] * 2
    assert reading.normalisations == ()


# -------------------------------------------------------------------------------------------------- lists, headings


def test_items_are_a_list_and_keep_their_marks():
    text = f"What to bring\n\n{wrapped(FERRY)}\n\n- a ticket\n- a coat\n\n- patience\n\n{wrapped(TICKETS)}"
    assert shape(read_plain_text(text))[2:7] == [
        "main list",
        "main   item",
        "main     text: - a ticket",
        "main   item",
        "main     text: - a coat",
    ]


def test_an_items_own_lines_are_one_item():
    item = "* a coat that keeps the rain out, for the deck is open on the side of the sea"
    text = f"{wrapped(FERRY)}\n\n{wrapped(item, 72, subsequent_indent='  ')}\n* patience\n\n{wrapped(TICKETS)}"
    assert shape(read_plain_text(text))[1:6] == [
        "main list",
        "main   item",
        f"main     text: {item}",
        "main   item",
        "main     text: * patience",
    ]


def test_lists_stand_within_lists_by_their_indentation():
    assert shape(read_plain_text("* fish\n  - cod\n  - herring\n* fowl\n  - duck\n* bread\n")) == [
        "main list",
        "main   item",
        "main     text: * fish",
        "main     list",
        "main       item",
        "main         text: - cod",
        "main       item",
        "main         text: - herring",
        "main   item",
        "main     text: * fowl",
        "main     list",
        "main       item",
        "main         text: - duck",
        "main   item",
        "main     text: * bread",
    ]


def test_items_further_out_with_other_marks_are_another_list():
    lists = [
        line
        for line in shape(read_plain_text("  * a ledger\n  * a map\n\n1. Scan it.\n2. Pack it.\n"))
        if "list" in line
    ]
    assert lists == ["main list", "main list"]


def test_numbers_set_to_the_right_are_one_list():
    text = "".join(f"{number:3}. board number {number}\n" for number in range(8, 13))
    assert [line for line in shape(read_plain_text(text)) if "list" in line] == ["main list"]


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Board.", "2. Sit down.", "3. Wait."],
        ["7) Board.", "8) Sit down."],
        ["(1) Board.", "(2) Sit down."],
        ["a) Board.", "b) Sit down."],
        ["1、上船", "2、坐下"],
        ["• board", "• sit down"],
    ],
)
def test_numbers_that_count_on_are_a_list(lines: list[str]):
    assert kinds("\n".join(lines))[0] == "main list"


@pytest.mark.parametrize(
    "lines",
    [
        ["1. Board.", "5. Wait."],
        ["1999. The boat was built.", "2000. It sank."],
        ["- Where to?", "- To the mole."],
        ["A. Lee wrote this.", "B. Banks typed it."],
        ["- a ticket"],
        ["-7 degrees", "-8 degrees"],
        ["1.5 miles", "2.5 miles"],
    ],
)
def test_what_only_looks_like_items_stays_paragraphs(lines: list[str]):
    assert set(kinds("\n".join(lines))) == {"main paragraph"}


def test_an_underlined_line_is_a_heading_and_its_line_stays():
    text = f"The Ferry\n=========\n\n{FERRY}\n\nTickets\n-------\n\n{TICKETS}\n\nDogs\n----\n{TICKETS}\n"
    reading = read_plain_text(text)
    assert reading.title == "The Ferry"
    assert [line for line in shape(reading) if "heading" in line or "text:" in line] == [
        "main heading1: The Ferry",
        "main text: =========",
        "main heading2: Tickets",
        "main text: -------",
        "main heading2: Dogs",
        "main text: ----",
    ]


def test_capitals_that_stand_alone_above_text_are_a_heading():
    text = f"Notes from the harbour\n\n{FERRY}\n\nTICKETS AND DOGS\n\n{TICKETS}\n\nЦЕНЫ НА БИЛЕТЫ\n\n{ПАРОМ}\n"
    assert [line for line in shape(read_plain_text(text)) if "heading" in line] == [
        "main heading1: Notes from the harbour",
        "main heading2: TICKETS AND DOGS",
        "main heading2: ЦЕНЫ НА БИЛЕТЫ",
    ]


@pytest.mark.parametrize("line", ["NO DOGS!", "USA", "TEL 000-123", "CLOSED ON SUNDAY.", "GATE 4", "Mole"])
def test_other_capitals_are_paragraphs(line: str):
    text = f"Notes from the harbour\n\n{FERRY}\n\n{line}\n\n{TICKETS}\n\n{FERRY}"
    assert f"main paragraph: {line}" in shape(read_plain_text(text))


def test_a_shout_among_shouts_is_no_heading():
    assert kinds(f"A letter\n\n{FERRY}\n\nCOME HOME\n\n{FERRY.upper()}\n\n{TICKETS}")[2] == "main paragraph"


def test_markdown_headings_are_headings_and_keep_their_marks():
    reading = read_plain_text(f"# The ferry\n\n{FERRY}\n\n## Tickets\n\n{TICKETS}\n")
    assert reading.title == "The ferry"
    assert [line for line in shape(reading) if "heading" in line] == [
        "main heading1: # The ferry",
        "main heading2: ## Tickets",
    ]


def test_what_is_set_in_columns_keeps_its_spaces():
    table = "Port        Out     Back\nLantern     7:00    21:00\nSands\t8:05\t19:55"
    text = f"Timetable\n\n{FERRY}\n\n{table}\n\n{TICKETS}"
    assert f"main preformatted: {table}" in shape(read_plain_text(text))


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


def test_what_stands_above_the_title_is_navigation_only_if_it_is_a_menu():
    text = f"Home | News | Map\nMay 4, 2022\n\nThe ferry\n\n{FERRY}\n"
    assert kinds(text) == ["navigation paragraph", "main dateline", "main heading1", "main paragraph"]
    assert kinds(f"Στον «Προκρούστη» κοινωνικές παροχές\n\n{FERRY}")[0] == "main heading1"


# -------------------------------------------------------------------------------------------------- title and menu

MENU = "Home News Visas Contact"
TITLED = [
    (f"{MENU}\nREMARKS BY AMBASSADOR ADA QUIST AT THE OPENING\n(Oslo, 8 December 2021)", None),
    (f"{MENU}\n\nAmbassador Ada Quist Opens Harbour Festival", "Ambassador Ada Quist Opens Harbour Festival"),
    ("Ada Quist Opens Harbour Festival Today", "Ada Quist Opens Harbour Festival Today"),
    ("Embassy\nSkip to main content\nMenu\nHome\nThe King\nContact\nNational Day\n2021/12/08", "National Day"),
    ("The ferry runs again - Harbour News\nHome | News | Map\nThe ferry runs again", "The ferry runs again"),
    ("Home | News | Map\nThe ferry runs again.\n\n8th of December 2021", "The ferry runs again."),
    ("Harbour Office\nHome | News | Map\nA day at\nthe harbour\n(Oslo, 8.12.2021)", "A day at the harbour"),
    ("首页 新闻 联系我们 关于我们\n大使在开幕式上的致辞\n二〇二一年十二月八日", "大使在开幕式上的致辞"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "title"), TITLED)
def test_the_title_stands_by_the_dateline_or_below_the_menu(head: str, title: str | None):
    reading = read_plain_text(f"{head}\n\n{FERRY}\n\n{TICKETS}\n")
    assert reading.title == (title or head.splitlines()[1])
    assert [(signal.origin, signal.name, signal.value) for signal in reading.signals] == [
        ("line", "title", reading.title)
    ]


@pytest.mark.parametrize("first", ["REPORT OF THE KEEPER OF BOATS", "Yearly Report Harbour Board Lantern Quay"])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_first_line_that_no_menus_word_marks_is_the_title_whatever_its_capitals(first: str, gap: str):
    text = f"{first}{gap}For the year that ended in May\n\n{FERRY}"
    assert kinds(text) == ["main heading1", "main paragraph", "main paragraph"]
    assert read_plain_text(text).title == first


def test_a_first_line_in_the_form_of_a_menu_is_one_where_a_menus_word_stands_in_it():
    text = f"Embassy Consulate Culture Trade Chi Siamo\n\nFor the year that ended in May\n\n{FERRY}"
    assert kinds(text) == ["navigation paragraph", "main heading1", "main paragraph"]


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


VERSE = "I count the boats that come, the boats that go,\nAnd write them in the book with my own hand.\n" * 2


def test_a_title_and_right_beneath_it_who_wrote_the_poem_are_title_and_byline():
    text = f"The Clerk of the Tides\nby Mara Venn\n\n{VERSE}\n{VERSE}"
    assert kinds(text)[:2] == ["main heading1", "main byline"]
    assert read_plain_text(text).title == "The Clerk of the Tides"


def test_a_couplet_whose_second_line_opens_as_bylines_do_is_verse():
    text = f"I walked alone\nBy the river side\n\n{VERSE}"
    assert kinds(text)[0] == "main paragraph"


def test_a_sites_name_above_its_menu_is_a_banner_and_the_menu_navigation():
    text = f"Embassy of Norway\nMenu\nSearch\nHome\nNational Day\n8. Dez. 2021\n\n{FERRY}\n"
    assert kinds(text) == [
        "banner paragraph",
        *["navigation paragraph"] * 3,
        "main heading1",
        "main dateline",
        "main paragraph",
    ]


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


def test_a_line_between_title_and_dateline_is_a_subtitle_and_does_not_part_them():
    text = f"The ferry runs again after a long winter\nHarbour news\n8 December 2021\n\n{FERRY}"
    assert kinds(text) == ["main heading1", "main subtitle", "main dateline", "main paragraph"]


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


# ---------------------------------------------------------------------------------------------- dateline and footer


@pytest.mark.parametrize(
    ("line", "when", "place"),
    [
        ("(December 8, 2021, Los Angeles)", "2021-12-08", "Los Angeles"),
        ("Lantern Bay, May 4, 2022", "2022-05-04", "Lantern Bay"),
        ("(Laternenbucht, 4. Mai 2021)", "2021-05-04", "Laternenbucht"),
        ("Paris, 1er août 2020", "2020-08-01", "Paris"),
        ("Bahía Linterna, 3 de marzo de 2019", "2019-03-03", "Bahía Linterna"),
        ("（2021年12月8日，灯笼湾）", "2021-12-08", "灯笼湾"),
        ("2021-12-08", "2021-12-08", None),
        ("Wednesday, December 8, 2021", "2021-12-08", None),
        ("January 11, 2025, 1:13am", "2025-01-11", None),
        ("on 8 December 2021", "2021-12-08", None),
        ("(星期三 2021年12月8日)", "2021-12-08", None),
        ("8.12.2021", "2021-12-08", None),
        ("2021/12/08", "2021-12-08", None),
        ("8. Dez. 2021", "2021-12-08", None),
        ("8th of December 2021", "2021-12-08", None),
        ("二〇二一年十二月八日", "2021-12-08", None),
        ("Washington, D.C., December 8, 2021", "2021-12-08", "Washington"),
        ("New York, NY, December 8, 2021", "2021-12-08", "New York"),
        ("Dakar, le 8 décembre 2021", "2021-12-08", "Dakar"),
        ("Fait à Dakar le 8 décembre 2021", "2021-12-08", "Dakar"),
        ("(Los Angeles, December 8, 2021, 7:00 PM)", "2021-12-08", "Los Angeles"),
        ("Press Release, December 8, 2021", "2021-12-08", None),
        ("(December 8, 2021, Reuters)", "2021-12-08", None),
        ("外交部 2021年12月8日", "2021-12-08", None),
        ("Ann Lee, December 8, 2021", "2021-12-08", None),
    ],
)
def test_a_dateline_says_when_and_where(line: str, when: str, place: str | None):
    content = read_dateline(line)
    assert content is not None
    marked = {part.kind: part for part in content if isinstance(part, Inline)}
    assert marked["date"].attributes == {"when": when}
    assert (str(marked["place"].content[0]) if "place" in marked else None) == place
    assert plain(Block("dateline", "", content)) == line


@pytest.mark.parametrize(
    "line",
    [
        "February 30, 2021",
        "2021-13-41",
        "Updated: December 8, 2021",
        "On December 8, 2021 the mayors signed the agreement. It rained.",
        "128 May 2021",
        "The ferry",
        "Room 2021-12-089",
        "Published on Thursday 12 January 2012 12:27",
        "Updated on November 20, 2025",
        "Publié le 8 décembre 2021",
        "03/04/2021",
        "— The Harbour (@harbour) October 9, 2018",
        "Lantern Bay, May 4, 2022, The Mole",
    ],
)
def test_what_is_no_dateline_is_not_taken_for_one(line: str):
    assert read_dateline(line) is None


def test_a_sentence_about_copyright_is_no_footer():
    text = f"On letters\n\n{FERRY}\n\nThe copyright of a letter stays with who wrote it."
    assert "footer paragraph" not in kinds(text)


@pytest.mark.parametrize("line", ["© 2021 Lantern Bay", "Copyright Lantern Bay", "(c) 2021 A. Lee", "Tel.: 000-123",
                                  "版权所有 灯笼湾", "Все права защищены", "All rights reserved."])  # fmt: skip
def test_a_footers_line_is_one(line: str):
    assert kinds(f"On letters\n\n{FERRY}\n\n{TICKETS}\n\n{line}")[-1] == "footer paragraph"


# ---------------------------------------------------------------------------------------------- every word, each once

LAYOUTS = [
    f"THE FERRY\n\n{VERSE}\n\n{wrapped(FERRY)}\n\n1. Board.\n2. Wait.\n   A long while.\n",
    f"Home | News | Links\n\nThe Ferry\n=========\n(May 4, 2022, Lantern Bay)\n\n{wrapped(TICKETS)}\n\n* * *\n\n© 2022",
    f"a\t1\t2\nb\t3\t4\nc\t5\t6\n\n> quoted\n\n{FERRY}\n\x0cPage two \x0b\x00 of it\n",
    f"# Ferry\n\n* fish\n  * cod\n    * small\n* fowl\n\n{渡轮}\n",
]


def pointed(reading: PlainReading, text: str) -> list[tuple[int, int, Block]]:
    found = []
    for division in reading.divisions:
        for leaf in leaves(division.blocks):
            match = re.fullmatch(r"char=(\d+),(\d+)", leaf.source)
            assert match
            found.append((int(match[1]), int(match[2]), leaf))
    return found


def assert_whole(text: str) -> None:
    """Leaves stand in order and apart; the words between two positions are the leaf's; outside there is none."""
    unified = text.replace("\r\n", "\n")
    clean = PlainOriginal(text).marked
    at = 0
    for begin, end, leaf in pointed(read_plain_text(text), unified):
        assert at <= begin < end <= len(clean)
        assert not clean[at:begin].strip()
        assert plain(leaf).split() == clean[begin:end].split()
        at = end
    assert not clean[at:].strip()


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
