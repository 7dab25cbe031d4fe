"""Whose a name or a day is: the page's own, or another page's that it shows."""

from __future__ import annotations

from tests.describing.pages import PROSE, capture_of, page_of

from solander.describing import describe
from solander.model.description import Description
from solander.model.page import Block


def described(*lines: tuple[str, str, str], marks: dict[str, tuple[str, str]]) -> Description:
    """Lines as (path, kind, text); ``marks`` names a path and the signal (origin, name) that its text is."""
    blocks = [
        Block(kind, f"xpath(/html/body{path})", (text,), {"level": "1"} if kind == "heading" else None)
        for path, kind, text in lines
    ]
    texts = {path: text for path, _, text in lines}
    signals = [(*marks[path], texts[path], f"xpath(/html/body{path})") for path in marks]
    return describe(page_of(*signals, blocks=blocks), capture_of())  # type: ignore[arg-type]


TITLE = ("/main[1]/article[1]/h1[1]", "heading", "The Harbour at Night")
BODY = ("/main[1]/article[1]/p[1]", "paragraph", PROSE)


def test_an_author_in_an_aside_is_anothers() -> None:
    path = "/main[1]/article[1]/aside[1]/p[1]"
    description = described(TITLE, BODY, (path, "text", "Bo Day"), marks={path: ("microdata", "author")})
    assert description.first("creator") is None
    assert [one.value for one in description.statements if one.element == "creator"] == ["Bo Day"]


def test_an_author_in_another_article_is_anothers() -> None:
    own, other = "/main[1]/article[1]/p[2]", "/main[1]/article[2]/p[1]"
    description = described(
        (other, "text", "Bo Day"),
        TITLE,
        (own, "text", "Ann Lee"),
        BODY,
        marks={other: ("microdata", "author"), own: ("microdata", "author")},
    )
    assert description.values("creator") == ("Ann Lee",)


def test_an_author_of_a_nested_article_wrote_a_comment() -> None:
    path = "/main[1]/article[1]/article[1]/p[1]"
    description = described(TITLE, BODY, (path, "text", "Bo Day"), marks={path: ("microdata", "author")})
    assert description.first("creator") is None


def test_days_in_a_list_of_teasers_are_not_the_pages() -> None:
    cards = [(f"/main[1]/div[{at}]/span[1]", "text", f"{at} May 2020") for at in range(1, 5)]
    more = [(f"/main[1]/article[1]/p[{at}]", "paragraph", PROSE) for at in (2, 3)]
    description = described(TITLE, BODY, *more, *cards, marks={path: ("class", "date") for path, *_ in cards})
    assert description.first("date") is None


def test_a_label_by_the_title_outranks_a_teasers_mark() -> None:
    teaser = "/main[1]/div[1]/span[1]"
    filler = [(f"/main[1]/article[1]/p[{at}]", "paragraph", PROSE) for at in range(3, 40)]
    description = described(
        TITLE,
        ("/main[1]/article[1]/p[2]", "text", "Published: 4 May 2020"),
        *filler,
        (teaser, "text", "9 June 2021"),
        marks={teaser: ("time", "datetime")},
    )
    assert description.first("date") == "2020-05-04"


def test_a_mark_by_the_title_outranks_its_label_in_words() -> None:
    own = "/main[1]/article[1]/p[2]"
    description = described(TITLE, (own, "text", "4 May 2020"), BODY, marks={own: ("time", "datetime")})
    assert (description.first("date"), description.of("date")[0].evidence.origin) == ("2020-05-04", "markup")
