"""What machines write or read is one piece, line by line with its spaces; what people write about it is not."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, VERSE, assert_whole, kinds, wrapped

from solander.model.page import Block, leaves
from solander.reading.plain.text import read_plain_text

MACHINES = {
    "journal": "\n".join(f"2019-03-04 10:11:{n:02d},1 INFO  [main] Harbour - Boat {n} is away." for n in range(9)),
    "journal with a trace": "10:11:12 ERROR it sank\n  at Boat.java:12\n  at Sea.java:9\n" * 4,
    "requests": "\n".join(f'192.0.2.{n} - - [04/Mar/2019:10:11:12 +0000] "GET /{n}" 200 37' for n in range(9)),
    "system": "\n".join(f"Mar  4 10:11:{n:02d} harbour ferryd[7]: boat {n} is away" for n in range(9)),
    "settings": "# the ferry\n[harbour]\nname = Port Ellen\ndogs = yes\n\n[tickets]\nprice=3.50\nfree = dogs, children",
    "nested settings": "name: Ferry\non:\n  push:\n    branches: [ main ]\njobs:\n  build:\n    runs-on: boat\n",
    "robots": "User-agent: *\nDisallow: /admin\nDisallow: /tmp\n\nSitemap: https://example.org/sitemap.xml",
    "commas": "name,built,dogs\n" + "\n".join(f"Ann {n},18{n + 10},{n}" for n in range(9)),
    "semicolons and quotation marks": "Name;Baujahr\n" + "\n".join(f'"Anna; {n}";18{n + 10}' for n in range(9)),
    "figures": "\n".join(f"{n}, {n * n}, 0x{n:x}" for n in range(9)),
    "Python": '"""The ferry.\n\nIt leaves at seven.\n"""\n\nimport re\n\n\ndef ferry(dogs: int) -> None:\n'
    '    """Take dogs."""\n    for dog in range(dogs):\n        # board it\n        board(dog)\n\n    return dogs\n',
    "C": "/*\n * The ferry leaves at seven.\n */\n#include <boat.h>\n\nint main(void)\n{\n\tint i;\n\n"
    "\tfor (i = 0; i < 3; i++) {\n\t\tboard(i);\n\t}\n\treturn 0;\n}",
    "shell": "#!/bin/sh\n# ferry\nset -e\nfor dog in 1 2 3; do\n    board $dog\ndone\nif [ -e boat ]; then\n    go\nfi",
    "style": "body {\n  margin: 0;\n}\n\n.boat, .sea {\n  color: #fff;\n}",
    "HTML": "<div>\n<p>The ferry</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n</div>",
    "JSON": '{\n  "name": "ferry",\n  "dogs": [1, 2],\n\n  "book": {"title": "Boats"}\n}',
    "JSON line by line": '{"name": "ferry", "dogs": 1}\n{"name": "boat", "dogs": 2}',
    "patch": "diff --git a/f.c b/f.c\n--- a/f.c\n+++ b/f.c\n@@ -1,4 +1,4 @@\n int main()\n {\n-\tgo;\n+\tstop;\n }",
}
PEOPLE = {
    "prose": f"{wrapped(FERRY)}\n\n{wrapped(TICKETS)}",
    "verse": VERSE * 4,
    "a guide with code": f"# Boats\n\n{FERRY}\n\n    import ferry\n    ferry.go()\n    ferry.stop()\n\n{TICKETS}\n",
    "changes by day": "\n\n".join(f"2019-03-0{n} 10:11:12 +0000 Ann\n\n\t* boat.c: mend it" for n in range(1, 9)),
    "changes": "## 1.2\n\n* boat: go on (#12)\n* sea.wave(): calm\n\n## 1.1\n\n* a_b: c\n* x.y: z (#3)\n* q_r()\n",
    "a chat": "\n".join(f"[10:1{n}:00] <{'ann' if n % 2 else 'tom'}> boat {n} is away" for n in range(9)),
    "lists in a row": "boats, dogs, and men\nropes, lamps, and oars\nbread, salt, and fish\nwind, rain, and sea\n",
    "words and what they mean": "Boat: it swims\nSea: it is wide\nDog: it barks\nMan: he rows\nLamp: it shines\n",
    "a meeting": "Date: 4 March\nPresent: Ann, Tom\n\nTickets:\n\n  They cost more now, and nobody knows why.\n",
    "days": "10:00 Arrival\n10:30 Coffee\n11:00 The ferry\n12:00 Lunch\n13:00 Dogs\n",
    "notes": "[1] See the book.\n",
    "sums": "Tom owes 3.50\nAnn owes 4.20\nEva owes 1.00\n",
}


def blocks_of(text: str) -> list[Block]:
    return [leaf for division in read_plain_text(text).divisions for leaf in leaves(division.blocks)]


@pytest.mark.parametrize("text", MACHINES.values(), ids=MACHINES)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_machines_write_or_read_is_one_piece_with_its_lines_and_spaces(text: str, end: str):
    (block,) = blocks_of(text.replace("\n", end))
    assert (block.kind, block.content) == ("preformatted", (text.rstrip(),))
    assert read_plain_text(text).title is None
    assert_whole(text)


@pytest.mark.parametrize("text", PEOPLE.values(), ids=PEOPLE)
def test_what_people_write_is_none(text: str):
    blocks = blocks_of(text)
    assert len(blocks) > 1 or blocks[0].kind != "preformatted"
    assert_whole(text)


@pytest.mark.parametrize(("name", "language"), [("JSON", "json"), ("patch", "diff"), ("Python", None)])
def test_its_language_is_said_where_it_is_sure(name: str, language: str | None):
    (block,) = blocks_of(MACHINES[name])
    assert (block.attributes or {}).get("language") == language


def test_a_long_journal_is_parted_between_lines():
    line = "2019-03-04 10:11:12 INFO " + "boat " * 2_000
    text = f"{line.strip()}\n" * 150
    pieces = blocks_of(text)
    assert len(pieces) == 2
    assert {piece.kind for piece in pieces} == {"preformatted"}
    assert_whole(text)


def test_verse_that_is_set_in_is_no_program():
    assert set(kinds(textwrap.indent(VERSE * 6, "    "))) == {"main paragraph"}
