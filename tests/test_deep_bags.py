"""Bags whose folders lie deep: what a manifest may hold comes out again and is brought up to date, and nothing stays.

Linux takes paths of 4,095 bytes at once; folders may lie deeper than that, one name at a time.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.hostile.odd_forms import long_and_deep

from solander.files.leftovers import remove_tree
from solander.pipeline.bags.unbagging import unbag
from solander.pipeline.bags.updating import update_bag
from solander.pipeline.judgement.validating import validate


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A bag with a path of 7,609 bytes."""
    long_and_deep(tmp_path / "bag")
    yield tmp_path / "bag"
    # Python's own way of removing a tree fails here.
    subprocess.run(["rm", "-rf", "--", tmp_path / "bag", tmp_path / "out"], check=True)


def deepest(folder: Path) -> list[str]:
    found = subprocess.run(["find", ".", "-type", "f", "-printf", "%f %d\n"], cwd=folder, capture_output=True)
    return found.stdout.decode().split("\n")[:-1]


def test_a_payload_beyond_the_longest_path_comes_out_verified(deep: Path, tmp_path: Path) -> None:
    done = unbag(deep, into=tmp_path / "out")
    assert done.report.passed
    assert deepest(tmp_path / "out" / "bag") == ["a.txt 1901"]
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["bag"]


def test_a_bag_beyond_the_longest_path_is_brought_up_to_date(deep: Path, tmp_path: Path) -> None:
    update_bag(deep, add_algorithms=("sha256",))
    assert validate(deep).passed
    assert sorted(one.name for one in tmp_path.iterdir()) == ["bag"]
    assert (deep / "manifest-sha256.txt").stat().st_size > 4096


def test_what_lies_beyond_the_longest_path_is_removed(deep: Path) -> None:
    above = os.open(deep.parent, os.O_RDONLY | os.O_DIRECTORY)
    remove_tree(above, "bag")
    os.close(above)
    assert list(deep.parent.iterdir()) == []
