"""Texts written to be set by a program: outlines of Org, named blocks of code of Org, AsciiDoc and wikis."""

from __future__ import annotations

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.model.page import Block, leaves
from solander.reading.plain.text import read_plain_text

CODE = "pip install ferry\n\nferry --help and go"
NAMED = {
    "AsciiDoc": (f"[source,sh]\n----\n{CODE}\n----", "sh"),
    "AsciiDoc without a language": (f"[listing]\n....\n{CODE}\n....", None),
    "Org": (f"#+BEGIN_SRC sh :results output\n{CODE}\n#+END_SRC", "sh"),
    "Org in small letters": (f"#+begin_example\n{CODE}\n#+end_example", None),
    "a wiki's table": ('{| class="wikitable"\n! name !! built\n|-\n| Ann || 1890\n|}', None),
}
OUTLINE = (
    f"#+TITLE: The ferry\n\n* Install\n{wrapped(FERRY)}\n\n** Tickets\n- one\n- two\n\n* TODO Dogs :animals:\n{FERRY}\n"
)


@pytest.mark.parametrize(("code", "language"), NAMED.values(), ids=NAMED)
def test_a_block_that_is_named_at_its_beginning_is_code_with_its_spaces(code: str, language: str | None):
    text = f"The ferry\n\n{wrapped(FERRY)}\n\n{code}\n\n{wrapped(TICKETS)}\n"
    assert_whole(text)
    blocks = [leaf for one in read_plain_text(text).divisions for leaf in leaves(one.blocks)]
    (block,) = (leaf for leaf in blocks if leaf.kind == "preformatted")
    assert isinstance(block, Block)
    assert block.content == (code,)
    assert (block.attributes or {}).get("language") == language


@pytest.mark.parametrize("code", ["[source,sh]\n----\nnothing closes it", "#+BEGIN_SRC sh\nand no end", "{| a\n| b"])
def test_a_block_that_nothing_closes_is_none(code: str):
    text = f"The ferry\n\n{wrapped(FERRY)}\n\n{code}\n\n{wrapped(TICKETS)}\n"
    assert_whole(text)
    assert "main preformatted" not in kinds(text)


def test_stars_at_the_margin_head_the_parts_of_an_outline_of_org():
    assert read_plain_text(OUTLINE).title == "The ferry"
    assert [line for line in shape(read_plain_text(OUTLINE)) if "heading" in line] == [
        "main heading1: #+TITLE: The ferry",
        "main heading2: * Install",
        "main heading3: ** Tickets",
        "main heading2: * TODO Dogs :animals:",
    ]
    assert_whole(OUTLINE)


def test_stars_without_a_keyword_of_org_are_items():
    text = f"The ferry\n\n{wrapped(FERRY)}\n\n* one\n* two\n* three\n"
    assert "main list" in kinds(text)
    assert not [kind for kind in kinds(text) if kind.startswith("main heading2")]


def test_what_is_set_in_below_two_colons_is_kept_as_it_is_written():
    literal = "    the ferry   goes\n      and comes\n\n    wind permitting"
    text = f"The ferry\n\n{wrapped(FERRY)}\n\nIt is told thus::\n\n{literal}\n\n{wrapped(TICKETS)}\n"
    kept = [leaf for one in read_plain_text(text).divisions for leaf in leaves(one.blocks) if leaf.kind != "paragraph"]
    assert [leaf.content for leaf in kept if leaf.kind == "preformatted"] == [
        ("    the ferry   goes\n      and comes",),
        ("    wind permitting",),
    ]
    assert kinds(text)[-1] == "main paragraph"
    assert_whole(text)


@pytest.mark.parametrize("above", ["It is told thus:", ".. note::", "It is told thus::\n\nAnd so on:"])
def test_what_is_set_in_below_anything_else_is_read(above: str):
    text = f"The ferry\n\n{wrapped(FERRY)}\n\n{above}\n\n    the ferry goes\n    and comes\n\n{wrapped(TICKETS)}\n"
    assert "main preformatted" not in kinds(text)
    assert_whole(text)
