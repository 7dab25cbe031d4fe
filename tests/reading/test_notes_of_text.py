"""Notes go with the text that refers to them, wherever a program sets them, and so does what refers to them as well."""

from __future__ import annotations

import pytest

from solander import Capture, read_page

LINE = (
    "The ferry crosses the sound four times a day in summer{}, and twice in winter, unless the ice holds it; the "
    "timetable has hung in the same frame since the line was opened."
)
MENU = "<div id=menu><ul><li><a href=/>Home</a><li><a href=/boats>Boats</a><li><a href=/quays>Quays</a></ul></div>"


def mark(number: int) -> str:
    return f"<sup>[<a id=r{number} href='#n{number}'>{number}</a>]</sup>"


def note(number: int, words: str, tag: str = "div") -> str:
    return f"<{tag} class=footnote id=n{number}><a href='#r{number}'>{number}</a>. {words}</{tag}>"


def text_of(*parts: str) -> str:
    page = f"<!doctype html><html lang=en><title>The Ferry</title>{MENU}{''.join(parts)}"
    return read_page(Capture.of_bytes(page.encode())).text()


TEXT = f"<div id=content><h1>The Ferry</h1><p>{LINE.format(mark(1))}<p>{LINE.format('')}</div>"


@pytest.mark.parametrize(
    "notes",
    [
        f"<div id=footnotes><hr>{note(1, 'Three on Sundays.')}</div>",
        f"<div id=footnotes><h2>Footnotes</h2>{note(1, 'Three on Sundays.')}</div>",
        f"<div id=footer>{note(1, 'Three on Sundays.')}<p>Last updated 2026-01-02</div>",
        f"<section><ol>{note(1, 'Three on Sundays.', 'li')}</ol></section>",
    ],
)
def test_notes_beyond_the_element_of_the_text_are_of_it(notes: str) -> None:
    found = text_of(TEXT, notes)
    assert "Three on Sundays." in found
    assert "Last updated" not in found
    assert "Boats" not in found


def test_a_section_that_refers_to_the_same_notes_is_of_the_text() -> None:
    section = f"<div class=sidenotes-x><h2>Ice</h2><p>No ice{mark(2)}.</div>"
    found = text_of(TEXT, section, f"<div id=footnotes>{note(1, 'Three on Sundays.')}{note(2, 'Since 1963.')}</div>")
    assert "No ice[2]." in found
    assert found.endswith("1. Three on Sundays.\n2. Since 1963.")


@pytest.mark.parametrize(
    "notes",
    [
        # No link leads back; nothing in the text refers to it; it is a reader's.
        "<div id=foot><p id=n1>Sunday boats by courtesy</div>",
        f"<div id=foot><p>Boats{mark(7)}</p>{note(7, 'Boats by courtesy')}</div>",
        f"<div class=comments><h2>Comments</h2><p>Ann{mark(7)}</p>{note(7, 'Boats by courtesy')}</div>",
    ],
)
def test_what_the_text_does_not_refer_to_stays_where_it_was(notes: str) -> None:
    plain = TEXT if "n1" in notes else TEXT.replace(mark(1), "")
    assert "courtesy" not in text_of(plain, notes)


def test_what_stands_between_a_text_and_its_notes_is_not_of_it_by_that_alone() -> None:
    share = "<div class=share><a href=/m>Mail</a> <a href=/p>Print</a></div>"
    found = text_of(TEXT, share, f"<div id=footnotes>{note(1, 'Three on Sundays.')}</div>")
    assert "Three on Sundays." in found
    assert "Mail" not in found
