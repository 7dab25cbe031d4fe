"""Nothing is written into a bag, which would be whole no longer: one line says so, and the bag stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import solander
from solander.cli import main

PAGE = b"<!doctype html><html lang=en><title>The mole</title><h1>The mole</h1><p>Nobody fishes from it in winter.</p>"


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    page = tmp_path / "page.html"
    page.write_bytes(PAGE)
    solander.pack(page, into=tmp_path / "other")
    made = solander.pack(page, into=tmp_path / "archive").path
    assert made is not None
    return made


ASKED: dict[str, Callable[[Path, Path], list[str]]] = {
    "pack": lambda page, bag: ["pack", str(page), "--into", str(bag)],
    "pack deeper": lambda page, bag: ["pack", str(page), "--into", str(bag / "data/new")],
    "batch": lambda page, bag: ["batch", str(page.parent), "--into", str(bag)],
    "init": lambda page, bag: ["init", str(bag / "x")],
    "view": lambda page, bag: ["view", str(page), "--to", str(bag / "v.html")],
    "site": lambda page, bag: ["site", str(bag.parent), "--to", str(bag / "s")],
    "unbag": lambda page, bag: ["bag", "unbag", str(bag), "--into", str(bag)],
    "catalogue": lambda page, bag: ["catalogue", str(bag.parent), "--to", str(bag / "c.sqlite")],
    "deposit": lambda page, bag: ["deposit", str(page.parent / "other"), "--to", f"dir:{bag}/dep"],
    "deposit as OCFL": lambda page, bag: ["deposit", str(page.parent / "other"), "--to", f"ocfl:{bag}/dep"],
}


@pytest.mark.parametrize("asked", ASKED, ids=str)
def test_nothing_is_written_into_a_bag(bag: Path, tmp_path: Path, asked: str, capfd: pytest.CaptureFixture[str]):
    assert main(ASKED[asked](tmp_path / "page.html", bag)) == 2
    assert "lies in a bag" in capfd.readouterr().err
    assert solander.validate(bag).passed


def test_a_link_into_a_bag_leads_into_it_as_well(bag: Path, tmp_path: Path):
    (tmp_path / "link").symlink_to(bag / "data")
    with pytest.raises(solander.errors.UsageError, match="lies in a bag"):
        solander.pack(tmp_path / "page.html", into=tmp_path / "link/new")
