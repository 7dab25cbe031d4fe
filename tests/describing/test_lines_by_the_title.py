"""What stands in short lines by the title is read, whatever mark-up and language it stands in."""

import pytest
from tests.describing.pages import PROSE, capture_of, leaf, page_of

from solander.describing import describe
from solander.model.page import Block, Inline


def described(*blocks, signals=(), languages=("en",)):
    title = leaf("heading", "The lamp of the harbour", level="1")
    text = [leaf("paragraph", f"{PROSE} {number}", number) for number in range(1, 6)]
    page = page_of(
        ("heading", "h1", "The lamp of the harbour"), *signals, blocks=[title, *blocks, *text], languages=languages
    )
    return describe(page, capture_of())


@pytest.mark.parametrize("around", [("link",), ("emphasis",), ("small", "link")])
def test_a_day_that_the_reader_marked_is_found_however_deep_it_stands(around):
    day = Inline("date", ("17 January 2012",), {"when": "2012-01-17"})
    for kind in around:
        day = Inline(kind, (day,), None)
    line = Block("dateline", "xpath(/html/body/p[1])", (day,), None)
    assert described(line).first("date") == "2012-01-17"
