"""A pointer leads to one place of a page or of a plain text; one that leads nowhere is found."""

from __future__ import annotations

from xml.sax.saxutils import escape

import pytest
from tests.checking.compared_words import at, block, check, codes, tei


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("<p>x<b>y</b>word", "/html/body/p[1]/text()[2]"),
        ("<p>x<!-- -->word", "/html/body/p[1]/text()[2]"),
        ("<p>x<svg><g><a>word</a></g></svg>", "/html/body/p[1]/*[1]/*[1]/*[1]"),
        ("<p>x<o:p>word</o:p>", "/html/body/p[1]/*[1]"),
        ("<p>x<div>x</div><my-element>word</my-element>", "/html/body/my-element[1]"),
        ("<p>x<p>x<p>word", "/html/body/p[3]"),
        ("x<p>x</p>word", "/html/body/text()[2]"),
        ("<p>x<img src=a>word", "/html/body/p[1]/img[1]"),
    ],
)
def test_a_pointer_leads_to_one_place(markup: str, path: str) -> None:
    checked = check(markup, tei(at("/html/body", " ".join("x" * markup.count("x"))), at(path, "word")))
    assert codes(checked) <= {"PAG005", "PAG003", "PAG001", "PAG023"}
    elsewhere = check(markup, tei(at("/html/body", " ".join("x" * markup.count("x"))), at(f"{path}/i[9]", "word")))
    assert "PAG004" in codes(elsewhere)


@pytest.mark.parametrize(
    "pointer",
    [
        "../original/page.html#xpath(/html/body/p[2])",
        "../original/page.html#xpath(/html/body/p[0])",
        "../original/page.html#xpath(/html/body/text()[9])",
        "../original/page.html#xpath(/html/body//p)",
        "../original/page.html#xpath(//p)",
        "../original/page.html#xpath(/html/body/p[1]",
        "../original/page.html#char=0,1",
        "../original/page.html#",
        "../original/page.html",
        "../original/other.html#xpath(/html/body/p[1])",
        "https://example.org/",
        "#",
    ],
)
def test_a_pointer_to_nothing_is_found(pointer: str) -> None:
    assert codes(check("<p>word", tei(f'<p source="{pointer}">word</p>'))) == {"PAG004"}


def test_pointers_may_be_percent_encoded() -> None:
    assert codes(check("<p>word", tei(block("xpath(/html/body/p%5B1%5D)", "word")))) == set()


def test_text_before_and_after_a_nested_block_keeps_its_place() -> None:
    page = "<ul><li>one<ul><li>two</li></ul>three</li></ul>"
    inner = f"<list>{at('/html/body/ul[1]/li[1]/ul[1]/li[1]', 'two', element='item')}</list>"
    after = at("/html/body/ul[1]/li[1]/text()[2]", "three")
    outer = at("/html/body/ul[1]/li[1]", f"one{inner}{after}", element="item")
    assert codes(check(page, tei(f"<list>{outer}</list>"))) == set()


def test_equal_pointers_keep_the_order_of_the_file() -> None:
    page = "<p>one two</p>"
    first, second = at("/html/body/p[1]", "one"), at("/html/body/p[1]", "two")
    assert codes(check(page, tei(first, second))) == set()
    assert codes(check(page, tei(second, first))) == {"PAG003"}


def plain(text: str, *blocks: tuple[int, int]) -> str:
    return tei(*[block(f"char={a},{b}", escape(text[a:b]), name="page.txt") for a, b in blocks])


def test_plain_text_is_compared_by_its_characters() -> None:
    text = "Home\n\nThe well & the house\r\nOld.\f"
    # RFC 5147, 4.1: a line's end is one character, however it is written.
    counted = text.replace("\r\n", "\n")
    good = plain(counted, (27, 31), (0, 4), (6, 26))
    assert codes(check(text, good, name="page.txt")) == set()
    assert codes(check("\ufeff" + text, good, name="page.txt")) == set()
    assert codes(check(text, plain(text, (0, 4), (6, 26)), name="page.txt")) == {"PAG001"}
    assert codes(check(text, good.replace("char=6,", "char=7,"), name="page.txt")) == {"PAG007"}
    assert codes(check(text, good.replace("char=6,26", "char=26,6"), name="page.txt")) == {"PAG004"}
    assert codes(check(text, good.replace("char=6,26", "char=6,999"), name="page.txt")) == {"PAG004"}
