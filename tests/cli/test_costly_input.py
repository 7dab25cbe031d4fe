"""Pages made to cost: each ends soon, as a bag, as one that is kept unchecked, or refused in one line.

Nothing is timed here. A page that hangs again runs into the guard, which is far beyond what any of them takes.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

GUARD_SECONDS = 120


@pytest.fixture(autouse=True)
def guard() -> Iterator[None]:
    """Ends a test that hangs."""

    def hangs(*_: object) -> None:
        raise AssertionError("it hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(GUARD_SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


MANY = 100_000
UNCHECKED = "not checked: "


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">words", "bears more than 10000 attributes"),
        ("".join(f"<p a{n}>x" for n in range(MANY // 2)), "names, more than"),
        ("<section>" * 50_000 + "deepest", "nest 50000 deep"),
        ("<ul><li>" * 19_000 + "deepest", "look through"),
        ("<svg>" + "<div/>" * 50_000 + "deepest", "nest 50001 deep"),
        ("<span><div></span>" * 50_000, "nest"),
        ("<b><div></b>" * 25_000, "nest"),
    ],
    ids=["attributes", "names", "deep", "lists", "drawn", "crossed", "crossed-marks"],
)
def test_what_costs_only_the_checker_is_kept_and_said_to_be_unchecked(run, tmp_path: Path, markup: str, told: str):
    source = tmp_path / "page.html"
    source.write_text(f"<title>t</title>{markup}")
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert ran.status == 3, ran.err
    assert UNCHECKED in ran.err
    assert told in ran.err
    assert Path(ran.out.strip(), "data/original/page.html").is_file()


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<p>x" * 300_001, "the page has more than the 300,000 elements that are read"),
        ("<b></b>" * 5_000_000, "elements that are read"),
        ("<blockquote>x" * MANY, "its pointers would take more than"),
        ("<dl><dt>x<dd>" * MANY, "elements that are read"),
        ("".join(f"<body a{n}=1>" for n in range(MANY)) + "words", "its html and body tags bear 100,000 attributes"),
        ("".join(f"<p><font color={n}>x" for n in range(20_000)), "unclosed formatting elements would be opened"),
        ("<p " + " ".join(f"a{n}" for n in range(1_000_001)) + ">words", "bears more than 1,000,000 attributes"),
    ],
    ids=["siblings", "large", "deep", "glossary", "bodies", "marks", "attributes"],
)
def test_what_costs_the_reader_is_refused_in_one_line(run, tmp_path: Path, markup: str, told: str):
    source = tmp_path / "page.html"
    source.write_text(f"<title>t</title>{markup}")
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith("solander: page.html: ")
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "archive").exists()


@pytest.mark.parametrize(
    "markup",
    [
        "<p>x" * MANY,
        "<p>" + "&amp;&nosuch;&#x110000;" * MANY,
        "<p>" + "<" * 1_000_000,
        "<!--" * MANY + "word",
        "<script>" + "'<p>'" * 400_000 + "</script><p>word",
        "<svg>" + "<path d=m/>" * MANY + "</svg><p>word",
        '<base href="' + "../" * MANY + '">' + "<a href=x>y</a> " * 2_000,
        "<p title='" + "a b " * 1_000_000 + "'>word",
        "<h1>x" * 30_000,
    ],
    ids=["siblings", "entities", "marks", "comments", "script", "drawing", "base", "title", "headings"],
)
def test_a_page_of_very_many_parts_becomes_a_bag_that_is_checked(run, tmp_path: Path, markup: str):
    source = tmp_path / "page.html"
    source.write_text(f"<title>t</title>{markup}")
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert ran.status == 0, ran.err


def test_a_base_that_is_no_address_leaves_links_as_they_are_written(run, tmp_path: Path):
    source = tmp_path / "page.html"
    source.write_text('<title>t</title><base href="https://a.example/' + "b/" * 2_000 + '"><p><a href="c">d</a>')
    ran = run("normalise", source, "--quiet")
    assert 'target="c"' in ran.out


def test_a_text_of_very_many_lines_is_refused_in_one_line(run, tmp_path: Path):
    source = tmp_path / "page.txt"
    source.write_text("word\n" * 500_001)
    ran = run("pack", source, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (3, "")
    assert "500,001 lines, more than the 500,000 that are read" in ran.err
