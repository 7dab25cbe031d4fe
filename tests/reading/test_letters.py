"""Letters: what they are about, and what stands below the name."""

from __future__ import annotations

import pytest

from solander.model.capture import Capture
from solander.reading import read_page
from solander.reading.dividing.letters import is_given_alone, is_postscript, subject_of

LETTER = """14 Quay Street
Skerry Point

3 May 1902

To the Harbour Master
Skerry Point

{about}Dear Sir,

I write to you upon the matter of the dredging, which has gone on since the spring without so much as a line from the
Board to those whose houses stand upon the quay, and whose lodgers have gone.

Yours faithfully,

Ann Bell

{below}
"""


def kinds(text: str, media_type: str = "text/plain") -> tuple[str | None, dict[str, str]]:
    page = read_page(Capture.of_bytes(text.encode(), media_type=media_type))
    words = {block.kind: "".join(map(str, block.content)) for one in page.divisions for block in one.blocks}
    return page.title, words


@pytest.mark.parametrize("below", ["P.S. My neighbour joins me.", "PS: He cannot write.", "Encl.", "c.c. The Board"])
def test_what_stands_below_the_name_takes_no_closing_from_a_letter(below: str):
    _, found = kinds(LETTER.format(about="", below=below))
    assert found["valediction"] == "Yours faithfully,"
    assert found["signature"] == "Ann Bell"
    assert found["salutation"] == "Dear Sir,"
    assert below in found["paragraph"]


def test_what_a_letter_is_about_is_its_title():
    title, found = kinds(LETTER.format(about="Re: The dredging of the basin\n\n", below=""))
    assert title == "The dredging of the basin"
    assert found["salutation"] == "Dear Sir,"


def test_a_letter_that_names_no_subject_has_no_title():
    assert kinds(LETTER.format(about="", below=""))[0] is None


def test_a_letter_in_html_is_read_alike():
    parts = LETTER.format(about="Re: The dredging\n\n", below="P.S. More.").strip().split("\n\n")
    markup = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in parts)
    _, found = kinds(f"<!doctype html><html lang=en><body>{markup}", "text/html")
    assert (found["salutation"], found["valediction"], found["signature"]) == (
        "Dear Sir,",
        "Yours faithfully,",
        "Ann Bell",
    )


@pytest.mark.parametrize("text", ["Psalm 23", "PSA levels", "Piece by piece", "Account of the well", "Enclosed fields"])
def test_a_word_that_begins_alike_is_no_postscript(text: str):
    assert not is_postscript(text)


@pytest.mark.parametrize("text", ["Research: what we do", "Reading", "Re:", "Thema", "Really: no"])
def test_a_word_that_begins_alike_is_no_subject(text: str):
    assert subject_of(text) is None


@pytest.mark.parametrize(("close", "name"), [("Yours,", "Tom"), ("Love,", "Mum"), ("Best wishes", "Ännchen")])
@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html"])
def test_who_is_near_signs_with_one_name(close: str, name: str, apart: str, media_type: str):
    letter = LETTER.format(about="", below="").replace("Yours faithfully,\n\nAnn Bell", f"{close}{apart}{name}")
    if media_type == "text/html":
        parts = "".join(f"<p>{part.replace(chr(10), '<br>')}</p>" for part in letter.strip().split("\n\n"))
        letter = f"<!doctype html><html lang=en><body>{parts}"
    _, found = kinds(letter, media_type)
    assert (found.get("valediction"), found.get("signature")) == (close, name)


@pytest.mark.parametrize("below", ["tom", "Stop!", "Tom 2", "See the map below"])
def test_one_word_that_is_no_name_signs_nothing(below: str):
    assert not is_given_alone(below)
