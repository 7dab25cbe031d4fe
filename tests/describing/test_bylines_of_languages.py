"""Bylines in many languages: each names its author, and what only looks like one names nobody."""

from __future__ import annotations

import pytest
from tests.describing.pages import PROSE, capture_of, leaf, page_of

from solander.describing import describe
from solander.describing.clues.labels import credited
from solander.describing.names.people import people
from solander.model.description import Description

PROSE_IN = {
    "ro": "Feribotul a părăsit portul la scurt timp după răsărit, iar puținii pasageri priveau luminile orașului.",
    "ca": "El transbordador va sortir del port poc després de l’alba, i els passatgers miraven els llums de la ciutat.",
    "nl": "De veerboot verliet kort na zonsopgang de haven, en de weinige passagiers zagen de lichten van de stad.",
    "es": "El transbordador salió del puerto poco después del amanecer, y los pasajeros miraban las luces.",
    "nb": "Fergen forlot havnen kort etter daggry, og de få passasjerene på dekk så byens lys slukke ett etter ett.",
}


def described(*lines: str, language: str = "en", foot: str = "", title: str = "The Harbour at Night") -> Description:
    blocks = [leaf("heading", "The Harbour at Night", level="1")]
    blocks += [leaf("paragraph", text, at) for at, text in enumerate((*lines, PROSE_IN.get(language, PROSE)), 1)]
    feet = [leaf("text", foot, 9)] if foot else []
    signals = [("title", "", title)]
    page = page_of(*signals, blocks=blocks, foot=feet, languages=(language,))
    return describe(page, capture_of())


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("بقلم: ليلى حداد", ["ليلى حداد"]),
        ("بقلم ليلى حداد", ["ليلى حداد"]),
        ("כתב: דן לוי", ["דן לוי"]),
        ("מאת דנה לוי", ["דנה לוי"]),
        ("نویسنده: مریم کریمی", ["مریم کریمی"]),
        ("Yazar: Ayşe Yıldız", ["Ayşe Yıldız"]),
        ("Haber: Ayşe Yıldız", ["Ayşe Yıldız"]),
        ("Teksti: Antti Korhonen", ["Antti Korhonen"]),
        ("Kirjoittaja: Antti Korhonen", ["Antti Korhonen"]),
        ("Szerző: Kovács Anna", ["Kovács Anna"]),
        ("Írta: Kovács Anna", ["Kovács Anna"]),
        ("Tác giả: Nguyễn Văn An", ["Nguyễn Văn An"]),
        ("取材・文：佐藤健", ["佐藤健"]),
        ("著者：佐藤健", ["佐藤健"]),
        ("Texto: Marta Ríos", ["Marta Ríos"]),
        ("Geschreven door Sanne de Vries", ["Sanne de Vries"]),
        ("Skrevet af Mette Holm", ["Mette Holm"]),
        ("Skriven av Karin Lind", ["Karin Lind"]),
        ("Από τη Μαρία Παπαδοπούλου", ["Μαρία Παπαδοπούλου"]),
        ("Γράφει ο Νίκος Παππάς", ["Νίκος Παππάς"]),
        ("Napsal: Jan Novák", ["Jan Novák"]),
        ("Text: Karin Lind Foto: Nils Berg", ["Karin Lind"]),
        ("Words: Ann Lee. Photos: Bo Ray", ["Ann Lee"]),
        ("Par Claire Fontaine avec AFP", ["Claire Fontaine"]),
        ("Por Ana Ruiz con información de la agencia", ["Ana Ruiz"]),
    ],
)
def test_a_byline_of_any_language_gives_its_people(line: str, names: list[str]) -> None:
    assert [person for role, person in credited(line) if role == "creator"] == names
    assert described(line).values("creator") == tuple(names)


def test_a_korean_reporter_is_named_before_her_trade() -> None:
    assert described("김민수 기자 kim@paper.example", language="ko").values("creator") == ("김민수",)
    assert described("취재 기자 모집", language="ko").values("creator") == ()


@pytest.mark.parametrize(("language", "line"), [("ro", "De Andrei Popescu"), ("ca", "Per Jordi Puig")])
def test_a_preposition_opens_a_byline_only_in_its_own_language(language: str, line: str) -> None:
    name = line.partition(" ")[2]
    assert described(line, language=language).values("creator") == (name,)
    for other in ("nl", "es", "nb", "en"):
        assert name not in described(line, language=other).values("creator")


@pytest.mark.parametrize("line", ["De la Bucovina", "De Crăciun", "De ce Plouă Atât.", "De cinci ori mai mult"])
def test_what_follows_a_preposition_and_is_no_name_names_nobody(line: str) -> None:
    assert described(line, language="ro").values("creator") == ()


def test_a_place_behind_a_greek_preposition_is_no_author() -> None:
    assert described("Από την Αθήνα", language="el").values("creator") == ()


def test_a_name_keeps_a_word_that_is_a_preposition_elsewhere() -> None:
    assert people("By Met Con Lee") == ("Met Con Lee",)


@pytest.mark.parametrize(
    "line",
    [
        "The church was consecrated on 12 May 1921 by Bishop Henry Marsh.",
        "It was opened in May 1921 by Henry Marsh.",
    ],
)
def test_a_sentence_that_tells_who_did_something_on_a_day_names_no_author(line: str) -> None:
    assert described(line).values("creator") == ()


def test_a_sentence_that_tells_who_posted_the_page_names_its_author() -> None:
    assert described("This entry was posted on 12 May 2021 by Henry Marsh.").values("creator") == ("Henry Marsh",)


@pytest.mark.parametrize("line", ["Copyright 2019 by Ann Leek, 12 Mill Lane, Dunmore.", "© 2019 by Ann Leek"])
def test_who_claims_a_right_is_no_author_by_that(line: str) -> None:
    description = described(foot=line)
    assert description.values("creator") == ()
    assert description.values("publisher") == ("Ann Leek",)


def test_the_house_behind_an_author_is_no_second_author() -> None:
    line = "Por Renata Souza, O Cais — Santos"
    assert described(line, language="pt", title="The Harbour at Night | O Cais").values("creator") == ("Renata Souza",)
    assert described("By Ann Lee, Bo Ray", title="The Harbour at Night | Quay").values("creator") == (
        "Ann Lee",
        "Bo Ray",
    )


def test_a_label_of_texts_far_from_the_title_names_only_known_persons() -> None:
    far = [PROSE] * 20
    assert described(*far, "Texto: Constitución Española").values("creator") == ()
    assert described(*far, "Text: Anna Groß").values("creator") == ("Anna Groß",)
    assert described("Texto: Constitución de 1812").values("creator") == ()
