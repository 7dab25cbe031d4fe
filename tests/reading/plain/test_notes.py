"""What a plain text refers to by a mark, and what begins with that mark below, is a note; one end alone is none."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.model.page import Block, Inline, leaves, plain
from solander.reading.plain.text import PlainReading, read_plain_text


def notes(reading: PlainReading) -> dict[str, str]:
    """The words of each note by its name."""
    found: dict[str, str] = {}

    def look(block: Block) -> None:
        if "note" in (block.attributes or {}):
            assert block.attributes
            found[block.attributes["note"]] = " ".join(plain(leaf) for leaf in leaves((block,)))
        elif block.content and isinstance(block.content[0], Block):
            for child in block.content:
                assert isinstance(child, Block)
                look(child)

    for division in reading.divisions:
        for block in division.blocks:
            look(block)
    return found


def references(reading: PlainReading) -> list[tuple[str, str]]:
    """The words of each reference, and the name of the note that it leads to."""
    return [
        (str(part.content[0]), (part.attributes or {})["target"])
        for division in reading.divisions
        for leaf in leaves(division.blocks)
        for part in leaf.content
        if isinstance(part, Inline) and part.kind == "link"
    ]


def test_figures_in_brackets_lead_to_the_lines_that_begin_with_them():
    text = "The lamp was lit in 1781.[1] It burned oil [2], and see [1].\n\n[1] Harbour Accounts.\n[2] Or butter.\n"
    reading = read_plain_text(text)
    assert notes(reading) == {"note-1": "[1] Harbour Accounts.", "note-2": "[2] Or butter."}
    assert references(reading) == [("[1]", "#note-1"), ("[2]", "#note-2"), ("[1]", "#note-1")]
    assert_whole(text)


def test_a_note_goes_on_in_the_lines_below_it():
    text = (
        f"{wrapped(FERRY)}[1]\n\n{wrapped(TICKETS)}[2]\n\n{wrapped(f'[1]   {FERRY}', subsequent_indent='      ')}\n"
        f"{wrapped(f'[2]   {TICKETS}', subsequent_indent='      ')}\n"
    )
    assert notes(read_plain_text(text)) == {"note-1": f"[1] {FERRY}", "note-2": f"[2] {TICKETS}"}
    assert_whole(text)


@pytest.mark.parametrize(
    ("reference", "note", "name"),
    [
        ("[1]", "[1] From the accounts.", "note-1"),
        ("[1]", "[1]: https://museum.example/", "note-1"),
        ("[1]", "[1] ibid.", "note-1"),
        ("[^1]", "[^1]: From the accounts.", "note-1"),
        ("[^long-name]", "[^long-name]: From the accounts.", "note-sign-1"),
        ("[*]", "[*] From the accounts.", "note-sign-1"),
        ("[*]", "[Footnote *: From the accounts.]", "note-sign-1"),
        ("[1]", "[Footnote 1: From the accounts.]", "note-1"),
        ("[Note 1]", "[Note 1: From the accounts.]", "note-1"),
        ("[1]", "[Fußnote 1: Aus den Büchern.]", "note-1"),
        ("[12a]", "[12a] From the accounts.", "note-12a"),
        ("[Kerr98]", "[Kerr98] Kerr, The Fires.", "note-kerr98"),
        ("[RFC2119]", "[RFC2119] Key words.", "note-rfc2119"),
        ("¹", "¹ From the accounts.", "note-sign-1"),
        ("¹²", "¹²From the accounts.", "note-sign-1"),
        ("*", "* Without tax.", "note-sign-1"),
        ("**", "**Without tax.", "note-sign-1"),
        ("†", "† If the wind is low.", "note-sign-1"),
    ],
)
def test_notes_have_marks_of_many_forms(reference: str, note: str, name: str):
    second = f"\n\n{note.replace('1', '2', 1)}" if "ibid" in note else ""
    more = " And so on.[2]" if second else ""
    text = f"The lamp was lit by the keeper.{reference} It burned oil.{more}\n\nNobody saw it.\n\n{note}{second}\n"
    reading = read_plain_text(text)
    assert notes(reading)[name] == note
    assert references(reading)[0] == (reference, f"#{name}")
    assert_whole(text)


@pytest.mark.parametrize(
    "text",
    [
        "The lamp was lit.\n\n[1] Nothing refers to it.\n",
        "The lamp was lit.[1]\n\nAnd nothing is below.\n",
        "[1] A note above.\n\nThe lamp was lit.[1]\n",
        "As [1] says, it was lit.\n\n[1] and others say so too.\n",
        "See the list [x] for more.\n\n[x] done\n",
        "It has 25 m² and 10² lamps.\n\n² is a figure.\n",
        "A *lamp* is a light, and so is a *fire*.\n\n* a bullet that stands alone\n",
        "It has five stars.*\n\n* a ticket\n* a coat\n",
        "Set Vcs-* to the new address.\n\n* First release.\n\n* Second release.\n",
        "    if lamp[1]:\n        burn(lamp[1])\n\n[2] lamps\n",
        "The lamp as told in\n[1] and nowhere else.\n",
        "> The lamp was lit.\n\n[1] 2.5\n[1] 3.5\n",
    ],
)
def test_what_has_one_end_alone_is_no_note(text: str):
    reading = read_plain_text(text)
    assert notes(reading) == {}
    assert references(reading) == []
    assert_whole(text)


def test_each_chapter_may_count_its_notes_from_one():
    text = (
        "The lamp was lit.[1] The oil came later.[2]\n\n[1] In 1781.\n[2] In 1782.\n\n"
        "The lamp went out.[1] Nobody minded.[2]\n\n[1] In 1801.\n[2] But see above.\n\n"
        "[1] says that nobody did, and so does what follows.\n"
    )
    reading = read_plain_text(text)
    assert references(reading) == [
        ("[1]", "#note-1"),
        ("[2]", "#note-2"),
        ("[1]", "#note-1-2"),
        ("[2]", "#note-2-2"),
    ]
    assert list(notes(reading)) == ["note-1", "note-2", "note-1-2", "note-2-2"]


@pytest.mark.parametrize("heading", ["Notes", "References", "Einzelnachweise", "Примечания", "参考文献"])
def test_numbered_lines_are_notes_below_a_heading_that_says_so(heading: str):
    text = f"The lamp was lit.[1][2]\n\n{heading}\n\n1. The accounts.\n2. The register.\n3. Unused.\n"
    reading = read_plain_text(text)
    assert notes(reading) == {"note-1": "1. The accounts.", "note-2": "2. The register."}
    assert f"main heading2: {heading}" in shape(reading)
    assert notes(read_plain_text(text.replace(heading, "Boats"))) == {}


def test_a_line_that_says_that_notes_follow_is_their_heading():
    text = "The lamp was lit.[1]\n\nNotes\n\n[1] In 1781.\n"
    assert shape(read_plain_text(text))[1] == "main heading2: Notes"
    assert "heading" not in " ".join(kinds("The lamp was lit.\n\nNotes\n\nIn 1781.\n"))


def test_what_stands_below_a_note_is_not_drawn_into_it():
    below = "[The mole]: https://museum.example/b\n* fish\n"
    text = f"A lamp [1] of old, lit on the mole.\n\n[1]: https://museum.example/a\n{below}"
    assert notes(read_plain_text(text)) == {"note-1": "[1]: https://museum.example/a"}
    assert_whole(text)


def test_a_letter_closes_above_its_notes():
    text = (
        f"Dear Ines,\n\n{FERRY} [1]\n\n{TICKETS} [2]\n\nRegards,\nTom\n\n"
        "[1] https://museum.example/a\n[2] https://museum.example/b\n"
    )
    assert [line.split(":")[0] for line in shape(read_plain_text(text))] == [
        "main salutation",
        "main paragraph",
        "main paragraph",
        "main valediction",
        "main signature",
        "main paragraph",
        "main paragraph",
    ]


def test_a_sentence_ends_before_the_mark_of_its_note():
    text = "Chapter 1\n\nThe lamp was lit.[1]\n\nChapter 2\n\nIt went out.[1]\n\n[1] In 1801.\n"
    assert [kind for kind in kinds(text) if "sub" in kind] == []
