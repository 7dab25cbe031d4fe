"""Articles that were set from TeX: a mark around an author holds the house and the thanks as well as the name."""

from __future__ import annotations

import pytest
from tests.describing.test_whole_pages import PROSE, described


def creators(markup: str) -> list[str]:
    description = described(markup, PROSE)
    return [one.value for one in description.statements if one.chosen and one.element == "creator"]


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ("<span class='x_personname'>Ann Lee<br>Institute of Lamps<br><tt>ann@lamps.example</tt></span>", ["Ann Lee"]),
        (
            "<span class='x_personname'>Ann Lee<sup>1</sup></span><span class='author_notes'>Harbour Fund</span>",
            ["Ann Lee"],
        ),
        ("<span class='x_personname'>Ann Lee<span class='x_note'>1 On leave.</span></span>", ["Ann Lee"]),
        ("<span class='person-name'><br>Ann Lee<br>Lantern Bay</span>", ["Ann Lee"]),
    ],
)
def test_what_a_break_parts_from_an_authors_name_is_none_of_it(inner: str, names: list[str]) -> None:
    assert creators(f"<div class='x_authors'><span class='x_creator x_role_author'>{inner}</span></div>") == names


def test_each_author_is_named_whatever_stands_between_them() -> None:
    one, other = (f"<span class='x_personname'>{name}<br>Lantern Bay</span>" for name in ("Ann Lee", "Tom Ross"))
    between = "<span class='x_author_before'> and </span>"
    marked = between.join(f"<span class='role_author'>{name}</span>" for name in (one, other))
    assert creators(f"<div class='x_authors'>{marked}</div>") == ["Ann Lee", "Tom Ross"]


def test_what_is_noted_of_an_author_is_no_author() -> None:
    assert creators("<p class='byline'>By Ann Lee</p><span class='author_notes'>Tom Ross</span>") == ["Ann Lee"]
