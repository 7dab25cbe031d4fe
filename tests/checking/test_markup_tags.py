"""Tags are found as a parser finds them: a quotation mark or an end tag that is none of the page's hides nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.pages.markup_costs import MAXIMUM_NAMES, too_costly
from solander.checking.pages.markup_tags import tags_of


def names(markup: str) -> list[str]:
    return [tag[1] + (tag[3] or tag[2]) for tag in tags_of(markup).tags if tag[3] or tag[2]]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a<p x=1>b</p>", ["p", "/p"]),
        ('<!-- <b c=" --><i>"', ["i"]),
        ("<!--><i>", ["i"]),
        ("<!-- --!><i>", ["i"]),
        ('<script>a<b c="</script><i>', ["script", "/script", "i"]),
        ("<SCRIPT>a</b></Script ><i>", ["SCRIPT", "/Script", "i"]),
        ("<scripts><i></scripts>", ["scripts", "i", "/scripts"]),
        ("<p a=\"<b>\" c='<b>'><i>", ["p", "i"]),
        ('<p ="><i>">', ["p", "i"]),
        ('<p a=b"><i>', ["p", "i"]),
        ('<p a = "><b>"><i>', ["p", "i"]),
        ("<p/a/b/><i>", ["p", "i"]),
        ("<!DOCTYPE a '><i>", ["i"]),
        ("<?a '><i>", ["i"]),
        ("</ a '><i>", ["i"]),
        ("</><i>", ["i"]),
        ("a < b <i>", ["i"]),
        ("<title>a", ["title"]),
        ("<p a='", ["p"]),
    ],
)
def test_tags_are_those_that_a_parser_finds(markup: str, expected: list[str]) -> None:
    assert names(markup) == expected


@pytest.mark.parametrize(
    "before",
    [
        "<svg><title>",
        "<svg></svg></p><svg><style>",
        "<math><mtext><style></style></math></mtext><title>",
        "<select><style>",
        "<select><template></select></template><style>",
        "<template><col><style>",
        "<frameset><style>",
        "<script><!--<script></script>",
    ],
)
def test_what_may_be_a_tag_is_counted(before: str) -> None:
    """In drawings, choices and templates ``title`` and ``style`` hold tags, or are none; in others they are raw."""
    assert "i" in names(f"{before}<b c='</style></title></script><i>'></b>")


@pytest.mark.parametrize(
    "hiding",
    [
        "<!-- <b c=' -->",
        "<script>a<b c='</script>",
        "<title><b c='</title>",
        "<svg><title><b c='</title>",
        "<svg><![CDATA[<b c=']]>",
        "<p ='>",
        "<!DOCTYPE a '>",
    ],
)
@pytest.mark.parametrize(
    "bait",
    ["<div>" * 25_000, "".join(f"<p a{number}=1>" for number in range(MAXIMUM_NAMES + 1))],
    ids=["nested", "names"],
)
def test_nothing_hides_what_would_be_too_costly(hiding: str, bait: str) -> None:
    assert too_costly(hiding + bait)


@pytest.mark.parametrize(
    "end", ["</a>", "<!--</i>-->", "<p a='</i>'>", "<table><td></i></table>", "<title></i></title>"]
)
def test_an_end_tag_that_ends_nothing_does_not_make_formatting_cheap(end: str) -> None:
    assert "opened" in str(too_costly("".join(f"<i a={number}>{end}" for number in range(3_000)) + "<p>x</p>" * 3_000))


@pytest.mark.parametrize(
    "honest",
    [
        "<p><b>a</b> and <i>b</i></p>",
        "<table><tr><td><b>a</b><td><i>b</i></table>",
        "<svg><title>a</title><g></g></svg><script>for (i = 0; i<n; i++) { a = '<b>' }</script><p><b>a</b></p>",
        "<select><option>a</select><style>a > b { }</style><p><code>a</code></p>",
    ],
)
def test_much_of_what_is_honest_is_cheap(honest: str) -> None:
    assert too_costly(honest * 3_000) is None


@given(
    st.lists(
        st.sampled_from(["<", ">", '"', "'", "=", "!--", "-->", "a", "/", " ", "script", "svg", "title"]), max_size=60
    )
)
def test_whatever_is_written_is_looked_through_to_its_end(parts: list[str]) -> None:
    markup = "".join(parts)
    tags = tags_of(markup)
    assert len(tags.tags) >= tags.sure
    assert len(tags.tags) <= 2 * len(markup) + 1
