"""Of several letters on one page each is opened and closed by itself; other pages are as they were."""

from __future__ import annotations

import pytest
from tests.reading.sound import LEAD

TO_MARY = f"<h2>To Mary</h2><p>Lantern Bay, 3 June 1891</p><p>My dear Mary,</p>{LEAD}"
TO_MARY += "<p>Your affectionate brother,<br>John</p>"
TO_TOM = f"<h2>To Tom</h2><p>Dear Tom,</p>{LEAD}<p>Yours ever,</p><p>John Moss</p>"


def test_each_letter_has_its_opener_and_its_closer(sound):
    text = sound.whole(f"<title>Letters</title><h1>Letters of John</h1>{TO_MARY}{TO_TOM}")
    letters = text.findall(".//body/div/div")
    assert [one.findtext("head") for one in letters] == ["To Mary", "To Tom"]
    assert [one.findtext("opener/salute") for one in letters] == ["My dear Mary,", "Dear Tom,"]
    assert [one.findtext("closer/salute") for one in letters] == ["Your affectionate brother,", "Yours ever,"]
    assert [one.findtext("closer/signed") for one in letters] == ["John", "John Moss"]
    assert letters[0].find("opener/dateline/date").get("when") == "1891-06-03"


def test_what_goes_on_below_a_letter_in_a_deeper_part_is_closed_by_no_closer(sound):
    text = sound.whole(f"<title>Letters</title><h1>Letters</h1>{TO_MARY}<h3>Of it</h3>{LEAD}{TO_TOM}")
    assert len(text.findall(".//closer")) == 1
    assert "John" in "".join(text.find(".//body/div/div").itertext())


@pytest.mark.parametrize(
    "body",
    [f"<h2>One</h2>{LEAD}<h2>Two</h2>{LEAD}<p>John Moss</p>", f"<h2>To all:</h2>{LEAD}<h2>Notes:</h2>{LEAD}"],
)
def test_sections_without_greetings_are_no_letters(sound, body):
    text = sound.whole(f"<title>Notes</title><h1>Notes</h1>{body}")
    assert not text.findall(".//opener")
    assert not text.findall(".//closer")
