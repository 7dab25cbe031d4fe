"""Lines that lead to the page before or behind are no text; lines that say something behind such a label are."""

import pytest

from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.zoning.neighbours import is_row_of_pages, leads_to_neighbours

LETTER = (
    "The keeper says that it was always so, and that his father lay there with chain and never slept a night through; "
    "we would like to sleep, and to find the boat where we left her."
)


def archived(*lines: str) -> str:
    items = "".join(f"<LI>{line}</LI>" for line in lines)
    page = (
        f"<html><title>[ropes] Old chain</title><body><H1>[ropes] Old chain</H1><B>Mara Kell</B><BR><UL>{items}</UL>"
        f"<HR><PRE>{LETTER}\n\n{LETTER}</PRE><HR><UL>{items}</UL></body></html>"
    )
    return read_page(Capture.of_bytes(page.encode())).text()


@pytest.mark.parametrize(
    ("label", "links"),
    [
        ("Previous message: ", "<a href=101.html>Splicing for beginners</a>"),
        ("<b>Messages sorted by:</b> ", "<a href=d.html>[ date ]</a> <a href=t.html>[ thread ]</a>"),
        ("Prev by Date: ", "<a href=101.html><b>Splicing for beginners</b></a>"),
        ("Nächste Nachricht: ", "<a href=103.html>Spleißen für Anfänger</a>"),
        ("Message suivant : ", "<a href=103.html>Épisser pour débutants</a>"),
        ("Mensaje anterior: ", "<a href=103.html>Empalmes para todos</a>"),
        ("Следующее сообщение: ", "<a href=103.html>Сплесни для начинающих</a>"),
        ("Następna wiadomość: ", "<a href=103.html>Sploty dla początkujących</a>"),
    ],
)
def test_lines_to_other_letters_are_none_of_the_text(label, links):
    text = archived(label + links)
    assert text.count(LETTER) == 2
    assert not any(words in text for words in ("plic", "plei", "piss", "mpalm", "плес", "plot", "[ date ]"))


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("Next: we tie the knot, and lead it past the stone.", 0),
        ("Next: we tie the knot as Ashley has it, and lead it past the stone.", 6),
        ("Previously, on the quay", 23),
        ("Next to the quay, where all boats lie in the winter when it is cold: here", 4),
        ("Further reading: Ashley", 6),
    ],
)
def test_what_says_something_behind_the_label_stays(text, linked):
    assert not leads_to_neighbours(text, linked)


@pytest.mark.parametrize(
    "row",
    ["上一页 1 2 下一页", "« Previous 1 2 3 … 10 Next »", "Seite 1 von 4 weiter", "Страницы: 1 2 3", "1 2 3 Next page"],
)
def test_a_row_of_pages_is_none_of_the_text(row):
    assert is_row_of_pages(row, 4)
    pages = "".join(f"<p>{LETTER} {number}</p>" for number in ("Once.", "Twice.", "Thrice."))
    page = f"<title>Old chain</title><h1>Old chain</h1>{pages}<p><a href=2>{row}</a></p>"
    read = read_page(Capture.of_bytes(page.encode()))
    assert row not in read.text()
    assert row in read.text("all")


@pytest.mark.parametrize(
    ("text", "linked"),
    [("1 2 3", 5), ("Page 1", 6), ("Chapter 1 of 2", 14), ("1 2 next", 0), ("1914 to 1918", 4), ("Next", 4)],
)
def test_what_is_no_row_of_pages_stays(text, linked):
    assert not is_row_of_pages(text, linked)


def test_a_page_of_nothing_else_keeps_its_words():
    page = "<title>Up</title><p>Next: <a href=2>The quay</a></p>"
    read = read_page(Capture.of_bytes(page.encode()))
    assert "The quay" in read.text("all")
    assert read.text()
