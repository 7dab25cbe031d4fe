"""A section's name that its heading gave says nothing of a template; one that a template gave says what it said."""

import pytest
from tests.reading.test_misnamed import zone_of
from tests.reading.test_posts import SENTENCE, read

SECTION = "<section id={0}><h2>{1}</h2><p>{1}: {2}</p></section>"
NAMES = [("cookies", "Cookies"), ("comments", "Comments"), ("search", "3.2 Search"), ("related", "Related ¶")]


@pytest.mark.parametrize(("name", "heading"), NAMES)
@pytest.mark.parametrize("section", [SECTION, "<div id={0} class='section level2'><h2>{1}</h2><p>{1}: {2}</p></div>"])
def test_a_section_beside_others_named_by_their_headings_is_text(name, heading, section):
    parts = [("heating", "Heating"), (name, heading), ("pouring", "Pouring")]
    body = "".join(section.format(name, heading, SENTENCE * 2) for name, heading in parts)
    page = read(f"<div class=body><h1>Kettles</h1><p>{SENTENCE * 2}</p>{body}</div>")
    assert zone_of(page, heading.rstrip(" ¶")) == "main"


def test_a_section_within_one_named_by_its_heading_is_text():
    inner = SECTION.format("cookies", "Cookies", SENTENCE * 2).replace("h2", "h3")
    outer = SECTION.format("asking-for-data", "Asking for data", SENTENCE * 2).replace(
        "</section>", f"{inner}</section>"
    )
    assert zone_of(read(f"<div class=body><h1>Kettles</h1><p>{SENTENCE * 2}</p>{outer}</div>"), "Cookies") == "main"


@pytest.mark.parametrize(
    "other",
    [
        "",
        SECTION.format("newsletter", "Newsletter", "Write to us."),
        SECTION.format("part-2", "Pouring", SENTENCE * 2),
        "<section><h2>Pouring</h2></section>" * 3,
    ],
)
def test_a_thread_of_comments_under_its_heading_stays_one(other):
    thread = "<section id=comments><h2>Comments</h2><div class=comment><p>I like it.</p></div></section>"
    page = read(f"<article><h1>Kettles</h1><p>{SENTENCE * 4}</p></article>{other}{thread}")
    assert zone_of(page, "Comments") == "comments"


def test_a_thread_outside_of_the_text_that_is_so_named_stays_one():
    parts = "".join(SECTION.format(name.lower(), name, SENTENCE * 2) for name in ("Heating", "Pouring", "Cleaning"))
    thread = "<section id=comments><h2>Comments</h2><div class=comment><p>I like it.</p></div></section>"
    page = read(f"<div><article><h1>Kettles</h1>{parts}</article>{thread}</div>")
    assert zone_of(page, "Cleaning") == "main"
    assert zone_of(page, "Comments") == "comments"
