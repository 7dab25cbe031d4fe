"""Where a script stands that would be run is told by its line, and never by a wrong one."""

from __future__ import annotations

import time

import pytest

from solander.checking.opened.script_lines import script_lines
from solander.pipeline.pages.judging import judge_access_copy

HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>a</title></head>\n<body>\n'
"""What follows begins in line 3."""


def lines(markup: str, head: str = HEAD) -> list[int | None]:
    report = judge_access_copy((head + markup).encode(), "data/access/page.html")
    assert not report.unchecked
    return [one.place.line for one in report.findings if one.code == "SEC001"]


@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("<p>a\n<script>\n  first();\n  second();\n</script>", [4]),
        ("<script>1</script>\n<p>1\n<script>1</script>", [3, 5]),
        ("<script></script>\n<script></script>", [3, 4]),
        ("<script src=a.js></script>\n<p>a.js\n<script src=a.js></script>", [3, 5]),
        ("<script src='a.js?b=1&amp;c=2'></script>\n<script>1</script>", [3, 4]),
        ("<SCRIPT\n type=module>1</SCRIPT\n>\n<Script>2</Script>", [3, 6]),
        ("<script type='application/json'>1</script>\n<script>1</script>", [4]),
        ("<svg>\n<script href=a.js />\n<script>1 &lt; 2</script></svg>", [4, 5]),
        ("<math><mtext>\n<script>1</script></mtext></math>", [4]),
        ("<p>a\n<script>unclosed(", [4]),
        ('<script>\nwrite("<script>1<\\/script>");\n</script>\n<script>1</script>', [3, 6]),
        ("<table>\n<script>1</script>\n<tr><td>a</table>", [4]),
    ],
)
def test_a_script_is_told_by_the_line_in_which_it_begins(markup: str, told: list[int | None]) -> None:
    assert lines(markup) == told
    assert lines(markup.replace("\n", "\r\n"), HEAD.replace("\n", "\r\n")) == told


@pytest.mark.parametrize(
    "markup",
    [
        "<!--\n<script>1</script>\n-->\n<script>1</script>",
        "<script\ntitle='>'>1</script>\n1",
    ],
)
def test_where_it_cannot_be_told_no_line_is_told(markup: str) -> None:
    assert lines(markup) == [None]


def test_what_a_comment_holds_is_not_taken_for_another_script() -> None:
    assert lines("<!--\n<script>1</script>\n-->\n<script>2</script>") == [6]


@pytest.mark.parametrize(
    ("markup", "words"), [("<script>1</script>\n", "1"), ("<script ", ""), ("<script>a<script>", ""), ("<script>", "")]
)
def test_a_page_of_scripts_costs_its_length(markup: str, words: str) -> None:
    def taken(times: int) -> float:
        begun = time.process_time()
        script_lines((markup * times).encode(), [("", words)] * times)
        return time.process_time() - begun

    once = min(taken(1_000) for _ in range(3))
    assert min(taken(10_000) for _ in range(3)) < 40 * once + 0.1
