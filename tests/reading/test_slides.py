"""A deck of slides is read whole; a show of pictures beside a text draws nothing in."""

from __future__ import annotations

import pytest

from solander import Capture, read_page

LONG = {
    "zh": "迟到的人必须等到早晨,无论天气如何,他们都在露天的货物上睡觉,而守夜人会在他们身边点一盏灯,直到天亮为止。",
    "en": "Whoever came late had to wait for the morning, and slept upon his wares in the open, whatever the weather.",
}
SHORT = {"zh": ("羊毛", "春天从北方运来", "李安娜"), "en": ("Wool", "By ship in spring", "Ann Lee")}


def text_of(body: str, language: str) -> list[str]:
    page = f"<!doctype html><html lang={language}><title>Ledger</title><body>{body}"
    return read_page(Capture.of_bytes(page.encode(), declared_charset="utf-8")).text().split("\n")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "deck",
    [
        "<div class=reveal><div class=slides><section><h1>Ledger</h1><p class=author>{2}</p></section><section>"
        "<section><h2>{0}</h2><ul><li>{1}</ul></section></section><section><p>{3}</p></section></div></div>",
        "<div class='slide cover'><h1>Ledger</h1><p>{2}</div><div class=slide><h2>{0}</h2><ul><li>{1}</ul></div>"
        "<div class=slide><p>{3}</p></div>",
    ],
)
def test_the_short_lines_of_a_deck_are_its_text(deck: str, language: str) -> None:
    lines = text_of(deck.format(*SHORT[language], LONG[language]), language)
    assert lines == ["Ledger", SHORT[language][2], SHORT[language][0], SHORT[language][1], LONG[language]]


def test_what_a_deck_s_names_set_apart_stays_apart() -> None:
    slide = f"<section><h2>Wool</h2><p>{LONG['en']}</section>"
    deck = f"<div class=slides>{slide * 3}</div>"
    assert "Home" not in text_of(f"{deck}<nav class=slides><a href=/>Home</a></nav><footer>Skerry 2021</footer>", "en")


def test_a_show_of_pictures_beside_a_text_is_none_of_it() -> None:
    show = "".join(f"<div class=slide><a href=/{at}>More of ropes {at}</a></div>" for at in range(4))
    paragraph = f"<p>{LONG['en']}</p>"
    text = f"<article><h1>Ledger</h1>{paragraph * 4}</article>"
    assert not any("ropes" in line for line in text_of(f"<div class=slider>{show}</div>{text}", "en"))
