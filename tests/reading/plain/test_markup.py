"""Sources in light markup have their headings, lists, terms, code and quotations, and keep every mark as written."""

from __future__ import annotations

import re

import pytest
from tests.reading.plain.markup_sources import ASCIIDOC, MORE, PROSE, SOURCES
from tests.reading.plain.texts import assert_whole
from tests.reading.sound import assert_sound
from tests.reading.test_costs import calls

from solander.model.capture import Capture
from solander.model.page import TEXT_KINDS, Block, plain
from solander.pipeline.pages.normalising import normalise
from solander.reading.plain.lines import split_lines
from solander.reading.plain.sources.languages import source_of
from solander.reading.plain.text import read_plain_text


def outline(blocks: tuple[Block, ...]) -> str:
    """Kinds of blocks, what each holds in brackets, rows of a table aside; a command that stands alone as "·"."""
    said = []
    for block in blocks:
        if block.kind in TEXT_KINDS or block.kind == "table":
            level = (block.attributes or {}).get("level", "")
            is_mark = block.kind == "text" and not plain(block).startswith(ITEMS)
            said.append("·" if is_mark else f"{block.kind}{level}")
        else:
            said.append(f"{block.kind}({outline(block.content)})")  # type: ignore[arg-type]
    return " ".join(said)


ITEMS = ("* ", "** ", ". ", "- ", "=item", "@item ", ".IP", ".It", "\\item")
OUTLINES = {
    "asciidoc": (
        "heading1 · paragraph · heading2 "
        "list(item(text list(item(text))) item(text · list(item(text) item(text · paragraph)))) preformatted · "
        "quote(paragraph) · glossary(term definition(paragraph) term definition(paragraph)) table paragraph"
    ),
    "mediawiki": (
        "paragraph heading2 · list(item(text list(item(text))) item(text)) paragraph heading3 "
        "glossary(term definition(paragraph) term definition(paragraph)) preformatted preformatted ·"
    ),
    "dokuwiki": (
        "heading1 paragraph heading2 list(item(text list(item(text))) item(text) item(text)) table preformatted "
        "quote(paragraph)"
    ),
    "pod": (
        "· heading2 paragraph heading2 paragraph preformatted heading3 · glossary(term definition(paragraph · "
        "list(item(text) item(text)) ·) term definition(paragraph)) · ·"
    ),
    "texinfo": (
        "· heading1 · heading2 paragraph · list(item(text) item(text)) · heading3 · "
        "glossary(term definition(paragraph) term definition(paragraph)) · · preformatted · · quote(paragraph) ·"
    ),
    "troff": (
        "· heading1 heading2 paragraph · heading2 paragraph · paragraph glossary(term definition(paragraph · "
        "list(item(text) item(text)) ·) term definition(paragraph)) · paragraph · preformatted ·"
    ),
    "mdoc": (
        "· heading1 · heading2 paragraph heading2 paragraph · glossary(term definition(paragraph · list(item(text)) ·) "
        "term definition(paragraph)) ·"
    ),
    "latex": (
        "preformatted heading1 · heading2 paragraph · list(item(text · list(item(text)) ·) item(text)) · heading3 · "
        "preformatted · quote(paragraph) ·"
    ),
}
TITLES = {
    "asciidoc": "The Quay Book",
    "mediawiki": None,
    "dokuwiki": "The Ferry",
    "pod": "ferry - comes back late",
    "texinfo": "The Ferry",
    "troff": "FERRY(1)",
    "mdoc": "FERRY(1)",
    "latex": "The Quay Book",
}


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("name", SOURCES)
def test_a_source_has_the_blocks_that_its_marks_tell(name: str, end: str):
    text = SOURCES[name].replace("\n", end)
    assert_whole(text)
    reading = read_plain_text(text)
    assert [division.zone for division in reading.divisions] == ["main"]
    assert outline(reading.divisions[0].blocks) == OUTLINES[name]
    assert reading.title == TITLES[name]


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_is_kept_whole_and_valid(name: str):
    capture = Capture.of_bytes(SOURCES[name].encode(), media_type="text/plain", declared_charset="utf-8")
    assert_sound(capture, normalise(capture).tei.content)


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "mdoc"])
def test_code_keeps_its_spaces_and_empty_lines(name: str):
    codes = [one.content[0] for one in read_plain_text(SOURCES[name]).divisions[0].blocks if one.kind == "preformatted"]
    assert any(re.search(r"\S  \S", str(code)) for code in codes)
    assert name == "mediawiki" or any("\n\n" in str(code) for code in codes)


def test_the_language_of_code_is_told_where_the_source_names_it():
    code = next(one for one in read_plain_text(ASCIIDOC).divisions[0].blocks if one.kind == "preformatted")
    assert code.attributes == {"language": "ruby"}


@pytest.mark.parametrize("name", SOURCES)
def test_a_part_cut_off_anywhere_is_whole(name: str):
    text = SOURCES[name]
    for end in range(0, len(text), 37):
        assert_whole(text[:end])
        assert_whole(text[end:])


@pytest.mark.parametrize(
    "text",
    [
        f"The Quay\n========\n\n{PROSE}\n\nBoats\n-----\n\n* old\n* new\n\n{MORE}\n",
        f"# The Quay\n\n{PROSE}\n\n* old\n* new\n\n```\n= x\n```\n\n{MORE}\n",
        f"A sum\n\n{PROSE}\n\nHe wrote that x == y, and\n== was the best of signs.\n\n{MORE}\n",
        f"@ann wrote:\n\n{PROSE}\n\n@tom said no more.\n\n@end of it all.\n\n{MORE}\n",
        f".profile is a file.\n\n{PROSE}\n\n.SH is a sign.\n\n{MORE}\n",
        f"How to write \\section\n\n{PROSE}\n\nWrite \\section{{Boats}} once.\n\n{MORE}\n",
    ],
)
def test_prose_with_a_sign_or_two_is_no_source(text: str):
    assert source_of(split_lines(text), text) is None


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_costs_in_step_with_its_length(name: str):
    read_plain_text(SOURCES[name])
    once, twice = (SOURCES[name] * size for size in (20, 40))
    assert calls(lambda: read_plain_text(twice)) <= 2.3 * calls(lambda: read_plain_text(once)) + 500


@pytest.mark.parametrize("begun", ["\\section{", "= ", ":toc: ", "[source,", "{{", "* "])
@pytest.mark.parametrize("word", ["a ", "{a "])
def test_a_command_that_never_ends_is_read_as_any_line_is(begun: str, word: str):
    text = f"= A\n:toc:\n\n[source]\n----\n----\n\n{begun}{word * 20_000}\n\nThe end\n"
    assert plain(read_plain_text(text).divisions[0].blocks[-1]) == "The end"
