"""Terms of a plain text, each with what is set in below it: three in a row are a list of terms."""

from __future__ import annotations

import textwrap

import pytest
from tests.reading.plain.texts import FERRY, TICKETS, assert_whole, kinds, shape, wrapped

from solander.reading.plain.text import read_plain_text


def explained(term: str, *paragraphs: str, indent: int = 4) -> str:
    return f"{term}\n" + "\n\n".join(textwrap.indent(one, " " * indent) for one in paragraphs)


def test_terms_with_what_is_set_in_below_them_are_a_list_of_terms():
    text = "\n\n".join(
        (
            wrapped(FERRY),
            explained("mole", "where it lies"),
            explained("mate", wrapped(f"{FERRY} {TICKETS}", 60), "He has a dog."),
            explained("dog, old", "- sleeps\n- barks"),
            wrapped(TICKETS),
        )
    )
    assert [line.removeprefix("main ") for line in shape(read_plain_text(text))][1:-1] == [
        *("glossary", "  term: mole", "  definition", "    paragraph: where it lies"),
        *("  term: mate", "  definition", f"    paragraph: {FERRY} {TICKETS}", "    paragraph: He has a dog."),
        *("  term: dog, old", "  definition", "    list", "      item", "        text: - sleeps", "      item"),
        "        text: - barks",
    ]
    assert_whole(text)


def test_terms_may_be_explained_by_terms():
    inner = "\n\n".join(explained(term, "what it does") for term in ("-a", "-b", "-c"))
    text = "\n\n".join(
        (wrapped(FERRY), explained("one", "first"), explained("two", "second"), explained("three", "third", inner))
    )
    assert kinds(text).count("main glossary") == 1
    assert kinds(text).count("main     glossary") == 1
    assert_whole(text)


def test_however_deep_they_nest_they_are_read():
    text = "".join(3 * f"{' ' * 2 * deep}term\n{' ' * 2 * (deep + 1)}what it is\n\n" for deep in range(400))
    assert_whole(text)
    assert any(kind.endswith("glossary") for kind in kinds(text))


@pytest.mark.parametrize(
    "blocks",
    [
        ["mole\n    where it lies", "mate\n    who looks at tickets"],
        ["The lamp is lit,\n    the wick is trimmed"] * 3,
        ["He came in.\n    It rained."] * 3,
        ["- one\n    and more of it"] * 3,
        ["A line of a good many more words than a term\n    may have"] * 3,
    ],
)
def test_two_of_them_verse_sentences_and_items_are_none(blocks: list[str]):
    text = "\n\n".join((wrapped(FERRY), *blocks, wrapped(TICKETS)))
    assert not any("glossary" in kind for kind in kinds(text))
    assert_whole(text)
