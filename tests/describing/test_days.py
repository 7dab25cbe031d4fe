"""Which day of publication stands where a page names several."""

import pytest

from solander.describing.candidate import Candidate, candidate
from solander.describing.days.choice import day_of
from solander.describing.kinds import Kind

HEAD = Kind.NODE, "NewsArticle.datePublished"
CARD = Kind.SHARED, "article:published_time"
LINE = Kind.DATELINE, ""
MARK = Kind.TIME, ""


def day(value: str, mark: tuple[Kind, str], *, noise: bool = False, refinement: str = "issued") -> Candidate:
    return candidate("date", value, mark[0], name=mark[1], refinement=refinement, noise=noise)


@pytest.mark.parametrize(
    ("days", "stands"),
    [
        ([], None),
        ([("2021-12-08", HEAD)], "2021-12-08"),
        # A moment by another clock: readers see the true day.
        ([("2021-12-07", HEAD), ("2021-12-08", LINE)], "2021-12-08"),
        ([("2021-12-07", CARD), ("2021-12-08", LINE)], "2021-12-08"),
        # JSON-LD alone with its day.
        ([("2021-02-02", HEAD), ("2021-12-08", LINE)], "2021-12-08"),
        ([("2021-12-07", HEAD), ("2021-12-05", CARD)], "2021-12-05"),
        # A card's day, which only the line gainsays, stands; with a mark beside it, the line does.
        ([("2021-02-02", CARD), ("2021-12-08", LINE)], "2021-02-02"),
        ([("2021-02-02", CARD), ("2021-12-08", MARK), ("2021-12-08", LINE)], "2021-12-08"),
        # Which is the month, a line of figures does not say.
        ([("2021-12-08", HEAD), ("2021-08-12", LINE)], "2021-12-08"),
        # Less than a day gainsays nothing.
        ([("2021-12-08", HEAD), ("2021", LINE)], "2021-12-08"),
        ([("2021", HEAD), ("2021-12-08", LINE)], "2021"),
        ([("2021-12-07", MARK), ("2021-12-08", LINE)], "2021-12-07"),
    ],
)
def test_readers_see_the_true_day_where_the_head_is_alone_or_a_clock_apart(days, stands):
    rivals = [day(*one) for one in days]
    assert [rivals[at].statement.value for at in day_of(rivals, ())] == ([stands] if stands else [])


def test_a_day_of_change_is_no_day_of_publication_because_readers_see_it():
    rivals = [day("2021-02-02", HEAD), day("2021-12-08", LINE)]
    change = day("2021-12-08", CARD, refinement="modified")
    assert day_of(rivals, [change]) == {0}


def test_what_tells_of_another_page_never_stands():
    assert day_of([day("2021-02-02", HEAD, noise=True)], ()) == set()
    assert day_of([day("2021-02-02", HEAD), day("2021-12-08", LINE, noise=True)], ()) == {0}
