"""``show``: what is looked for is seen on a narrow terminal, and bags of others tell what they say of themselves."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


@pytest.mark.parametrize("columns", [30, 40, 55])
def test_a_title_has_a_line_of_its_own_where_little_would_be_left_of_it(
    run, page: Path, tmp_path, monkeypatch, columns
):
    monkeypatch.setattr("solander.cli.show.terminal_columns", lambda: columns)
    title = "河边的茶馆 and the ferries of the lake, and who rowed them"
    bag = Path(run("pack", page, "--into", tmp_path / "archive", "--title", title).out.strip())
    name, shown, told, closing = run("show", bag.parent).out.splitlines()
    assert (name, closing) == (bag.name, "1 bag")
    assert shown.startswith("  河边的茶馆 and the")
    assert told.startswith("  v1  2024-03-01  no errors")
    assert all(
        sum(1 + (unicodedata.east_asian_width(one) in "WF") for one in line) <= columns for line in (shown, told)
    )


def test_a_short_title_keeps_its_place(run, page: Path, tmp_path, monkeypatch):
    monkeypatch.setattr("solander.cli.show.terminal_columns", lambda: 55)
    bag = Path(run("pack", page, "--into", tmp_path / "archive", "--title", "Ferries").out.strip())
    _, told, _ = run("show", bag.parent).out.splitlines()
    assert told.startswith("  v1  2024-03-01  no errors")
    assert told.endswith("  Ferries")


def test_bags_of_others_say_what_they_hold_and_whom_to_ask(run, tmp_path: Path):
    said = (
        ("External-Description", "Letters of the harbour\n office"),
        ("Bag-Group-Identifier", "letters"),
        ("Bag-Count", "1 of 15"),
        ("Internal-Sender-Identifier", "box 7"),
        ("Contact-Name", "Ines Okafor"),
        ("Contact-Name", "Ida Berg"),
        ("Contact-Email", "ines@harbour.example"),
    )
    info = BagInfo.of([(label, value.replace("\n", "")) for label, value in said])
    bag = write_folder(tmp_path, "letters", lay_out(info=info, payload=[("data/1.txt", b"Dear A.")]))
    out = run("show", bag).out
    for row in (
        "  about       Letters of the harbour office\n",
        "  group       letters\n",
        "  number      1 of 15\n",
        "  sender's id box 7\n",
        "  contact     Ines Okafor\n  contact     Ida Berg\n",
        "  e-mail      ines@harbour.example\n",
    ):
        assert row in out
    assert "  Letters of the harbour office\n" in run("show", tmp_path).out


def test_of_a_bag_of_ours_the_description_tells_that(run, bag: Path):
    assert "External-Description" in (bag / "bag-info.txt").read_text()
    assert "  about  " not in run("show", bag).out
