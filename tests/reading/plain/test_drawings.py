"""Drawings in a plain text keep their spaces, and no line of theirs is a menu, a rule or a heading."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, assert_whole, kinds, shape, wrapped

from solander.reading.plain.text import read_plain_text

DRAWINGS = {
    "boxes": "   +-------+   +------+\n   | quay  |---| boat |--> out\n   +-------+   +------+",
    "lines": "   ┌───────┐\n   │ quay  │──→ out\n   └───────┘",
    "arrow": "     |\n  tx |\n     V",
    "letters": "   __   __\n   \\ \\ / /\n    \\ V /\n     \\_/",
    "frame": "   -------------\n   |  harbour  |\n   +-----------+\n   |  quay     |\n   -------------",
    "ship": "    |    |\n   )_)  )_)\n  )___))___)\\\n_____|____|____\\__\n\\             /\n  ^^^^^ ^^^^^^",
    "large letters": "#####   #####\n#       #    #\n####    #####\n#       #   #\n#       #    #",
    "blocks": "▄▄▄▄▄▄▄▄▄▄▄▄▄▄\n█ ▄▄▄ █ FERRY █\n█ ███ █  BBS  █\n░░▒▒▓▓████▓▓▒▒░░",
    "cat": "　∧＿∧\n（　´∀｀）\n（　　　　）\n｜ ｜　|\n（_＿）＿）",
}
TEXTS = {
    "underlined": "The Ferry\n=========\nIt runs again.",
    "ruled": f"---------\n{wrapped(FERRY)}\n---------",
    "bars": "Quay | Boat\nIt runs again | and again\nwhoever comes | or goes",
    "stars": "* * *\n\n***\n\n* * *",
    "hushed": "...\n...!\n...?",
    "rules": "-----\n=====\n-----",
    "dashes": "- a rope\n- a lamp\n- two oars",
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
@pytest.mark.parametrize("before", ["", "The way out.\n\n"], ids=["alone", "below words"])
def test_a_drawing_is_kept_as_it_was_drawn(drawing: str, before: str):
    text = f"{before}{drawing}\n\nThat is all.\n"
    blocks = [block for part in read_plain_text(text).divisions for block in part.blocks]
    assert [block.content for block in blocks if block.kind == "preformatted"] == [(drawing,)]
    assert not any(kind.startswith(("navigation", "footer")) for kind in kinds(text))
    assert_whole(text)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_rules_bars_and_items_draw_nothing(text: str):
    assert "preformatted" not in " ".join(shape(read_plain_text(f"The log\n\n{text}\n\nThat is all.\n")))
