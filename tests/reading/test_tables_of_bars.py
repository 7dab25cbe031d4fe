"""A chart that is a table of coloured bars keeps its rows; a table that lays out a page makes none."""

from __future__ import annotations

import pytest
from tests.reading.sound import LEAD, Sound


@pytest.mark.parametrize(
    "bar",
    [
        "<td style='background:#09c;width:40%'></td>",
        "<td bgcolor=blue width=40></td>",
        "<td><table width=40%><tr><td bgcolor=blue height=10></td></tr></table></td>",
        "<td><table><tr><td style='background-color:#09c'></td><td></td></tr></table></td>",
        "<td><div style='width:40%;background:#09c'></div></td>",
    ],
)
def test_the_rows_of_a_chart_of_bars_are_kept(sound: Sound, bar: str) -> None:
    text = sound.text(f"<table><tr><td>1701</td>{bar}</tr><tr><td>1702</td>{bar}</tr></table>")
    (table,) = text.iter("table")
    assert [["".join(cell.itertext()).strip() for cell in row] for row in table.iter("row")] == [
        ["1701", ""],
        ["1702", ""],
    ]


@pytest.mark.parametrize(
    "inner",
    [
        "<table><tr><td bgcolor=blue>Home</td></tr></table>",
        "<table><tr><td></td></tr></table>",
        "<table><tr><td bgcolor=blue><img src=a.png alt=Quay></td></tr></table>",
    ],
)
def test_other_tables_in_cells_lay_out_the_page(sound: Sound, inner: str) -> None:
    rows = f"<tr><td>{LEAD}</td><td>{inner}</td></tr>"
    assert not list(sound.text(f"<table>{rows}{rows}</table>").iter("table"))
