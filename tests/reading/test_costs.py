"""Reading costs in step with what is read: material made to be dear is read, or refused in one line."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType

import pytest

from solander import Capture, read_page
from solander.errors import PageTooCostly

PAGES: dict[str, Callable[[int], str]] = {
    "nested tags": lambda n: "<div>" * n + "word",
    "siblings": lambda n: "<p>A word.</p>" * n,
    "attributes": lambda n: "<p " + " ".join(f"a{i}=1" for i in range(n)) + ">word</p>",
    "entities": lambda n: "<p>" + "&amp;&lt;&notanentity;" * n + "</p>",
    "fragments": lambda n: "<p>" + "".join(f'<a href= "#{i}">x</a> #{i} href = #' for i in range(n)),
    "roots": lambda n: "<p>a</p>" + '<body class=">">' * n,
    "heads": lambda n: "<head></head>" * n + "<p>a</p>",
    "class names": lambda n: "".join(f'<b class="aB{i} byline-{i} {"c" * 40}">x</b>' for i in range(n)),
}
TEXTS: dict[str, Callable[[int], str]] = {
    "words in one line": lambda n: "Word and " * n,
    "lines side by side": lambda n: "A line of words, and more of them.\n" * n,
    "lines apart": lambda n: "A line of words, and more of them.\n\n" * n,
    "bars": lambda n: "Word | " * n,
}


def calls(read: Callable[[], object]) -> int:
    """How many calls of functions a piece of work takes: the same in every run, whatever else the machine does."""
    count = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        read()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("kind", PAGES)
def test_twice_the_markup_takes_no_more_than_twice_the_work(kind: str) -> None:
    once, twice = (Capture.of_bytes(PAGES[kind](size).encode()) for size in (400, 800))
    read_page(once)  # what is made ready once for all pages is no page's work
    assert calls(lambda: read_page(twice)) <= 2.3 * calls(lambda: read_page(once)) + 500


@pytest.mark.parametrize("kind", TEXTS)
def test_twice_the_plain_text_takes_no_more_than_twice_the_work(kind: str) -> None:
    once, twice = (Capture.of_bytes(TEXTS[kind](size).encode(), media_type="text/plain") for size in (1000, 2000))
    read_page(once)
    assert calls(lambda: read_page(twice)) <= 2.3 * calls(lambda: read_page(once)) + 500


def test_what_is_far_too_long_for_a_menu_is_not_looked_up_word_by_word() -> None:
    line = Capture.of_bytes(b"Word and " * 20_000, media_type="text/plain")
    read_page(line)
    assert calls(lambda: read_page(line)) < 20_000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<script>var a = 'only a script';</script>", ""),
        (b"<h1>404 Not Found</h1><hr>nginx", "404 Not Found"),
        ("<title>Just a moment…</title><p>Verify that you are human.</p>".encode(), "Verify that you are human."),
        (b"\xff\xfe<\x00p\x00>\x00a\x00\xd8\x00\xd8<", "a"),
        (b"\xfe\xff\x00<\x00p\x00>\x00a\xd8", "a"),
    ],
    ids=["script alone", "error page", "captcha", "broken UTF-16", "UTF-16 cut short"],
)
def test_a_page_that_is_no_page_is_read_as_what_it_is(content: bytes, words: str) -> None:
    assert words in read_page(Capture.of_bytes(content)).text("all")


def test_elements_without_number_are_refused_in_one_line() -> None:
    with pytest.raises(PageTooCostly, match="elements") as refusal:
        read_page(Capture.of_bytes(b"<p>" * 300_001))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("hiding", ["<script-a>", '<p a="<!--">', "<svg><title>", "<noscript>", "<!-- <script> -->"])
def test_nothing_hides_elements_without_number(hiding: str) -> None:
    with pytest.raises(PageTooCostly, match="elements"):
        read_page(Capture.of_bytes((f"<!DOCTYPE html>{hiding}" + "<p>" * 300_001).encode()))


def test_what_a_script_compares_is_no_element() -> None:
    assert (
        read_page(Capture.of_bytes(("<script>" + "i<n;" * 300_001 + "</script><p>word").encode())).text("all") == "word"
    )


@pytest.mark.parametrize(
    "end", ["<!--</i>-->", '<p a="</i>">', "<table><td></i></table>", "<title></i></title>", "</b>"]
)
def test_an_end_tag_that_ends_nothing_hides_no_unclosed_formatting(end: str) -> None:
    unclosed = "".join(f"<i a={number}>{end}" for number in range(3_000))
    with pytest.raises(PageTooCostly, match="times anew"):
        read_page(Capture.of_bytes((f"<p>{unclosed}</p>" + "<p>x</p>" * 3_000).encode()))


def test_formatting_that_is_closed_is_read_however_much_of_it_there_is() -> None:
    closed = "<p><b>a</b><i>b</i><table><tr><td><b>c</b><td><caption>d</table>" * 2_000
    assert read_page(Capture.of_bytes(closed.encode())).text("all").count("c") == 2_000


def test_formatting_in_scripts_is_not_open_because_the_page_has_a_drawing() -> None:
    script = "<script>" + "a = '<i class=x></i>';" * 600 + "</script>"
    page = f"<svg><path d=''/></svg>{script}" + "<p><b>a</b></p>" * 3_000
    assert read_page(Capture.of_bytes(page.encode())).text("all").count("a") == 3_000


def test_formatting_in_the_title_of_a_drawing_is_counted() -> None:
    unclosed = "".join(f"<i a={number}>" for number in range(3_000))
    with pytest.raises(PageTooCostly, match="times anew"):
        read_page(Capture.of_bytes(f"<svg><title>{unclosed}</title></svg>{'<p>x</p>' * 3_000}".encode()))


def test_a_quotation_mark_in_a_comment_hides_no_attributes() -> None:
    bodies = "".join(f"<body a{number}=1>" for number in range(6_000))
    for hiding in ("<!-- <body c=' -->", "<noscript>", "<svg><title>"):
        with pytest.raises(PageTooCostly, match="html and body tags"):
            read_page(Capture.of_bytes(f"<title>a</title>{hiding}{bodies}<p>'".encode()))


def test_elements_that_are_opened_anew_without_number_are_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("html", "walk.html_walk"):
        monkeypatch.setattr(f"solander.reading.{module}.MAXIMUM_BUILT", 2_000)
    unclosed = "<p>" + "".join(f'<b class="c{i}">word ' for i in range(50))
    with pytest.raises(PageTooCostly, match="opened anew"):
        read_page(Capture.of_bytes((unclosed + "<p>word" * 60).encode()))
    assert "word" in read_page(Capture.of_bytes((unclosed + "<p>word" * 20).encode())).text("all")


def test_marks_around_blocks_without_number_are_refused_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mark around a block stands in each of its runs: 40 around 100,000 paragraphs took a minute."""
    for module in ("html", "walk.html_walk"):
        monkeypatch.setattr(f"solander.reading.{module}.MAXIMUM_BUILT", 2_000)
    around = "<ins><del>" * 10
    with pytest.raises(PageTooCostly, match="opened anew"):
        read_page(Capture.of_bytes((around + "<p>word</p>" * 120).encode()))
    assert "word" in read_page(Capture.of_bytes((around + "<p>word</p>" * 60).encode())).text("all")


def test_lines_without_number_are_refused_in_one_line() -> None:
    with pytest.raises(PageTooCostly, match="lines") as refusal:
        read_page(Capture.of_bytes(b"a\n" * 500_001, media_type="text/plain"))
    assert "\n" not in str(refusal.value)
