"""What a blog says in a sentence beneath a text, of its day, author and rubrics, is none of the text, but is read."""

from __future__ import annotations

import pytest

from solander import Capture, read_page
from solander.describing import describe

PROSE = (
    "<p>Wool and salt came by ship from the north in spring, and were weighed upon the quay before the merchants of "
    "the town were allowed to see them.</p><p>Every master paid a penny a bale to the town, and a farthing to the "
    "poor, and the clerk wrote both into his book on the same evening.</p>"
)


def page_of(foot: str, language: str = "en") -> Capture:
    head = f"<!doctype html><html lang={language}><title>The Harbour</title>"
    page = f"{head}<body><div><h1>The Harbour</h1>{PROSE}{foot}</div>"
    return Capture.of_bytes(page.encode(), media_type="text/html", declared_charset="utf-8")


def stated(capture: Capture, element: str) -> list[str]:
    return [one.value for one in describe(read_page(capture), capture).statements if one.element == element]


@pytest.mark.parametrize(
    "sentence",
    [
        "This entry was posted on March 14, 2021 by Ann Lee in History.",
        "This entry was posted in History by Ann Lee. Bookmark the permalink.",
        "This post has been published on 14 March 2021 and is filed under History.",
        "Posted on March 14, 2021 by Ann Lee and filed under History.",
        "Dieser Beitrag wurde am 14. März 2021 von Ann Lee in Geschichte veröffentlicht.",
        "Dieser Eintrag wurde veröffentlicht am 14. März 2021 von Ann Lee in Geschichte.",
        "Cet article a été publié dans Histoire le 14 mars 2021 par Ann Lee.",
        "Esta entrada fue publicada en Historia el 14 de marzo de 2021 por Ann Lee.",
        "Questo articolo è stato pubblicato in Storia il 14 marzo 2021 da Ann Lee.",
        "Dit bericht werd geplaatst in Geschiedenis op 14 maart 2021 door Ann Lee.",
        "Запись опубликована 14 марта 2021 автором Ann Lee в рубрике История.",
    ],
)
def test_a_sentence_of_posting_beneath_a_text_is_none_of_it(sentence: str) -> None:
    capture = page_of(f"<p>{sentence}</p>")
    page = read_page(capture)
    assert sentence not in page.text()
    assert sentence in page.text("all")


@pytest.mark.parametrize(
    "sentence",
    [
        "This entry was posted on Sunday, March 14th, 2021 at 10:00 am by Ann Lee and is filed under History.",
        "This entry was posted on March 14, 2021 by Ann Lee in History.",
        "Dieser Beitrag wurde am 14. März 2021 von Ann Lee veröffentlicht.",
    ],
)
def test_its_day_and_its_author_are_the_page_s(sentence: str) -> None:
    capture = page_of(f"<p class=postmetadata><small>{sentence}</small></p>")
    assert stated(capture, "creator")[:1] == ["Ann Lee"]
    assert "2021-03-14" in stated(capture, "date")


@pytest.mark.parametrize(
    "sentence",
    [
        "This entry was posted by the clerk on the door of the customs house, where whoever could read might read it, "
        "and it stayed there until the rain of autumn had washed the last of its letters away, as rain will do; the "
        "clerk wrote another in 1702, and this one he nailed to the inside of the door, for by then he had learnt what "
        "the weather of that coast does to ink, and to those who trust in it for more than a season or perhaps two.",
        "The entry was posted in 1702, and nobody read it.",
        "This post was the last on the coast in 1702.",
    ],
)
def test_a_sentence_of_the_text_stays_in_it(sentence: str) -> None:
    assert sentence in read_page(page_of(f"<p>{sentence}</p>")).text()


def test_in_a_list_and_alone_on_a_page_it_stays() -> None:
    sentence = "This entry was posted on March 14, 2021 by Ann Lee in History."
    alone = Capture.of_bytes(f"<!doctype html><p>{sentence}</p>".encode())
    assert sentence in read_page(alone).text()
