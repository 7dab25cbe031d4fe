"""What is said of a bag in one file that has no page to be viewed."""

from __future__ import annotations

from pathlib import Path

from tests.hostile.tar_files import tarred


def test_a_bag_without_a_page_is_said_to_have_none_and_no_way_is_shown_that_leads_nowhere(run, tmp_path: Path):
    (tmp_path / "bag.tar").write_bytes(tarred())
    ran = run("view", tmp_path / "bag.tar")
    assert ran.status == 3
    assert ran.err == f"solander: {tmp_path / 'bag.tar'}: this bag keeps no page: it was not made by solander pack\n"
