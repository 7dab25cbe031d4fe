"""A bag that rules are tried on."""

from __future__ import annotations

from pathlib import Path

import pytest

from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A bag that breaks no rule, with several folders and two algorithms."""
    files = lay_out(
        info=BagInfo.of([("Bagging-Date", "2026-11-24"), ("Contact-Name", "A. Keeper")]),
        payload=[("data/original/page.html", b"<p>Words"), ("data/100% a+b.txt", b"x" * 300_000), ("data/empty", b"")],
        tag_files=[("metadata/dc.xml", b"<dc/>")],
        algorithms=("sha512", "sha256"),
    )
    return write_folder(tmp_path, "bag", files)
