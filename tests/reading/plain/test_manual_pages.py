"""The foot of a manual's page, and the heads and feet within it, are no words of its text."""

from __future__ import annotations

import pytest
from tests.reading.plain.test_pages import turns
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, wrapped

HEAD = "FERRY(1)                         User Commands                         FERRY(1)"
FEET = {
    "of the program": "Harbour 9.1                      September 2022                      FERRY(1)",
    "name alone": "                                                                        ferry(1)",
    "of a system": "BSD                              March 4, 2019                              BSD",
}
INDENT = "       "


def page(foot: str, *, turned: bool = False, head: str = HEAD) -> str:
    words = wrapped(f"{FERRY} {TICKETS}", initial_indent=INDENT, subsequent_indent=INDENT).splitlines()
    turn = ["", "", foot, "", "", "", head, "", ""] if turned else []
    lines = [head, "", "NAME", f"{INDENT}ferry - go over", "", "DESCRIPTION", *words[:3], *turn, *words[3:]]
    return "\n".join([*lines, "", "SEE ALSO", f"{INDENT}boat(1), sea(7)", "", foot, ""])


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_the_foot_of_a_page_is_none_of_its_words(foot: str):
    assert turns(page(foot)) == [f"footer {' '.join(foot.split())}"]
    assert kinds(page(foot))[-1] == "main paragraph"
    assert_whole(page(foot))


@pytest.mark.parametrize("foot", FEET.values(), ids=FEET)
def test_a_sentence_goes_on_past_a_foot_and_a_head(foot: str):
    written = f"footer {' '.join(foot.split())}"
    assert turns(page(foot, turned=True)) == [written, "page ?", f"header {' '.join(HEAD.split())}", written]
    assert len(kinds(page(foot, turned=True))) == len(kinds(page(foot)))
    assert_whole(page(foot, turned=True))


@pytest.mark.parametrize(
    "text",
    [
        page(
            FEET["of a system"], head="FERRY(1)                         User Commands                         BOAT(1)"
        ),
        page(FEET["of a system"], head="The ferry of old"),
        page("See also ferry(1)"),
        page("Harbour                          September 2022                           sea(7)"),
        f"{HEAD}\n\n{FERRY}\n\n{TICKETS}\n",
        f"{HEAD}\n",
    ],
)
def test_what_has_no_such_head_and_foot_has_none(text: str):
    assert turns(text) == []
    assert_whole(text)
