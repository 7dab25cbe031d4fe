"""What stands in the box about an author and names nobody is no byline, whatever the box is called."""

import pytest
from tests.reading.test_posts import SENTENCE, read

from solander.model.page import leaves, plain

PAGE = (
    "<article><h1>The ferry</h1><div class=author><div>{}</div></div>"
    f"<p>{SENTENCE * 2}</p><p>{SENTENCE * 3}</p><p>{SENTENCE * 2}</p></article>"
)


def bylines(line: str) -> list[str]:
    page = read(PAGE.format(line))
    return [plain(leaf) for one in page.divisions for leaf in leaves(one.blocks) if leaf.kind == "byline"]


@pytest.mark.parametrize(
    "line",
    [
        *("Alle Artikel des Autors", "View all posts", "All articles by Ann Field", "Email:"),
        *("Tous les articles", "Todos los artículos", "Connect:", "Voir tous ses articles"),
    ],
)
def test_a_way_to_more_and_a_label_are_none(line: str) -> None:
    assert bylines(line) == []


@pytest.mark.parametrize("line", ["Ann Field", "Von Anna Feld", "Moreau Lee", "Allen Artikel", "Ann Field: captain"])
def test_a_name_is_one(line: str) -> None:
    assert bylines(line) == [line]
