"""Labels with values that stand together are the fields of a form; turns of speech, remarks and verse are none."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped
from tests.reading.sound import assert_sound

from solander.model.capture import Capture
from solander.pipeline.pages.normalising import normalise
from solander.reading.plain.text import read_plain_text

FORMS = {
    "English": ["Name: Ann Quist", "Where lost: on the ferry", "What: one umbrella, black"],
    "set in columns": [
        "Naam:        Jan de Vries",
        "Adres:       Haven 12",
        "Woonplaats:  Hoorn",
        "Datum: 4 maart 2019",
    ],
    "Turkish": ["Tarih: 4 Mart 2019", "Saat: 19:00", "Yer: Eski İskele"],
    "Russian": ["Имя: Анна", "Где потеряно: на пароме", "Что: зонт"],
    "Chinese": ["姓名： 安娜", "地点： 渡轮", "物品： 雨伞"],
    "Arabic": ["الاسم: آنا", "المكان: العبارة", "الشيء: مظلة"],
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", FORMS)
def test_labels_with_values_are_terms_and_what_is_said_of_them(name: str, end: str):
    text = f"Lost things{end}{end}{wrapped(FERRY)}{end}{end}{end.join(FORMS[name])}{end}{end}{wrapped(TICKETS)}{end}"
    assert_whole(text)
    assert kinds(text).count("main glossary") == 1
    assert kinds(text).count("main   term") == kinds(text).count("main   definition") == len(FORMS[name])


def test_a_value_may_be_missing_and_may_go_on_below():
    text = f"{wrapped(FERRY)}\n\nName: Ann\nWhere lost:\nWhat: one umbrella,\n   black\n\n{wrapped(TICKETS)}\n"
    assert [line.removeprefix("main ") for line in shape(read_plain_text(text))[1:-1]] == [
        *("glossary", "  term: Name:", "  definition", "    text: Ann", "  term: Where lost:", "  term: What:"),
        *("  definition", "    text: one umbrella,/black"),
    ]
    assert_whole(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["Name: Ann", "What: one umbrella"],
        ["ANN: Is it late again?", "TOM: It is, madam.", "EVA: Then we have soup."],
        ["Name: Ann", "Name: Tom", "Name: Eva"],
        ["when: the ferry leaves", "where: from the quay", "why: nobody knows"],
        ["A: k u", "B: l v", "C: m w", "D: n x"],
        ["http: //example.org", "10:30 opening", "Soup: hot"],
        ["It has to be said of the ferry: late", "And of all the boats here: later", "Of the mate: never"],
    ],
)
def test_two_labels_speeches_sentences_and_alphabets_are_no_form(lines: list[str]):
    text = f"{wrapped(FERRY)}\n\n" + "\n".join(lines) + f"\n\n{wrapped(TICKETS)}\n"
    assert "main glossary" not in kinds(text)
    assert_whole(text)


def test_what_fields_are_called_does_not_speak():
    form = "Files: *\nOwner: Ann\nTerms: free\n\n"
    alone = "Terms: old\n {0}\n\nFiles: quay.txt\n\nTerms: new\n {0}\n\nFiles: boat.txt\n\n"
    text = form + alone.format(wrapped(FERRY)) + alone.format(wrapped(TICKETS))
    assert not any("speech" in line for line in kinds(text))
    assert_whole(text)


def test_terms_may_stand_close_together():
    text = (
        "molo\n    Dove la barca arriva tardi.\nbarca\n    Ciò che arriva tardi al molo.\nmozzo\n    Chi ha il libro.\n"
    )
    text = f"{wrapped(FERRY)}\n\n{text}\n{wrapped(TICKETS)}\n"
    assert kinds(text)[1:-1] == ["main glossary", *("main   term", "main   definition", "main     paragraph") * 3]
    assert_whole(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["I count the boats", "   that come and go", "And write them in", "   my book", "I know", "   it all"],
        ["if it rains", "    stay", "or it snows", "    go", "and then", "    sing"],
        ["mole", "    Where it lies.", "mate", "    Who looks."],
    ],
)  # fmt: skip
def test_verse_set_in_by_turns_and_two_terms_are_no_list_of_terms(lines: list[str]):
    text = f"{wrapped(FERRY)}\n\n" + "\n".join(lines) + f"\n\n{wrapped(TICKETS)}\n"
    assert "main glossary" not in kinds(text)
    assert_whole(text)


def test_what_a_directive_marks_as_code_is_kept_with_its_spaces():
    text = f"{wrapped(FERRY)}\n\n.. code-block:: python\n\n   so it  goes\n\n     and on\n\n{wrapped(TICKETS)}\n"
    code = [one for one in read_plain_text(text).divisions[0].blocks if one.kind == "preformatted"]
    assert [one.content for one in code] == [("   so it  goes",), ("     and on",)]
    assert_whole(text)


def test_a_form_is_kept_whole_and_valid():
    text = "\n\n".join("\n".join(form) for form in FORMS.values())
    capture = Capture.of_bytes(text.encode(), media_type="text/plain", declared_charset="utf-8")
    assert_sound(capture, normalise(capture).tei.content)
