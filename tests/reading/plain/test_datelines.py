"""A dateline says when and where; what is none is not taken for one."""

from __future__ import annotations

import pytest

from solander.model.page import Block, Inline, plain
from solander.reading.dateline import read_dateline


@pytest.mark.parametrize(
    ("line", "when", "place"),
    [
        ("(December 8, 2021, Los Angeles)", "2021-12-08", "Los Angeles"),
        ("Lantern Bay, May 4, 2022", "2022-05-04", "Lantern Bay"),
        ("(Laternenbucht, 4. Mai 2021)", "2021-05-04", "Laternenbucht"),
        ("Paris, 1er août 2020", "2020-08-01", "Paris"),
        ("Bahía Linterna, 3 de marzo de 2019", "2019-03-03", "Bahía Linterna"),
        ("（2021年12月8日，灯笼湾）", "2021-12-08", "灯笼湾"),
        ("2021-12-08", "2021-12-08", None),
        ("Wednesday, December 8, 2021", "2021-12-08", None),
        ("January 11, 2025, 1:13am", "2025-01-11", None),
        ("on 8 December 2021", "2021-12-08", None),
        ("(星期三 2021年12月8日)", "2021-12-08", None),
        ("8.12.2021", "2021-12-08", None),
        ("2021/12/08", "2021-12-08", None),
        ("8. Dez. 2021", "2021-12-08", None),
        ("8th of December 2021", "2021-12-08", None),
        ("二〇二一年十二月八日", "2021-12-08", None),
        ("Washington, D.C., December 8, 2021", "2021-12-08", "Washington"),
        ("New York, NY, December 8, 2021", "2021-12-08", "New York"),
        ("Dakar, le 8 décembre 2021", "2021-12-08", "Dakar"),
        ("Fait à Dakar le 8 décembre 2021", "2021-12-08", "Dakar"),
        ("(Los Angeles, December 8, 2021, 7:00 PM)", "2021-12-08", "Los Angeles"),
        ("Press Release, December 8, 2021", "2021-12-08", None),
        ("(December 8, 2021, Reuters)", "2021-12-08", None),
        ("外交部 2021年12月8日", "2021-12-08", None),
        ("Ann Lee, December 8, 2021", "2021-12-08", None),
        ("Москва, 8 декабря 2021 г.", "2021-12-08", "Москва"),
        ("8 декабря 2021 года", "2021-12-08", None),
        ("08.12.2021 г.", "2021-12-08", None),
        ("Warszawa, 8 grudnia 2021 r.", "2021-12-08", "Warszawa"),
        ("8 грудня 2021 року", "2021-12-08", None),
        ("Budapest, 2021. december 8.", "2021-12-08", "Budapest"),
    ],
)
def test_a_dateline_says_when_and_where(line: str, when: str, place: str | None):
    content = read_dateline(line)
    assert content is not None
    marked = {part.kind: part for part in content if isinstance(part, Inline)}
    assert marked["date"].attributes == {"when": when}
    assert (str(marked["place"].content[0]) if "place" in marked else None) == place
    assert plain(Block("dateline", "", content)) == line


@pytest.mark.parametrize(
    "line",
    [
        "February 30, 2021",
        "2021-13-41",
        "Updated: December 8, 2021",
        "On December 8, 2021 the mayors signed the agreement. It rained.",
        "128 May 2021",
        "The ferry",
        "Room 2021-12-089",
        "Published on Thursday 12 January 2012 12:27",
        "Updated on November 20, 2025",
        "Publié le 8 décembre 2021",
        "03/04/2021",
        "— The Harbour (@harbour) October 9, 2018",
        "Lantern Bay, May 4, 2022, The Mole",
    ],
)
def test_what_is_no_dateline_is_not_taken_for_one(line: str):
    assert read_dateline(line) is None
