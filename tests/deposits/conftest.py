"""An archive whose bag is deposited."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from solander import pack


@pytest.fixture(scope="module")
def packed(tmp_path_factory, request) -> Path:
    """An archive with one bag of a page."""
    archive = tmp_path_factory.mktemp("packed") / "archive"
    page = Path(__file__).parents[1] / "material" / "lighthouse.html"
    pack(page, into=archive, uri="https://museum.example/stories/ledger")
    return archive


@pytest.fixture
def archive(packed, tmp_path) -> Path:
    return shutil.copytree(packed, tmp_path / "archive")
