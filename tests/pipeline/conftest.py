"""The page that is packed."""

from pathlib import Path

import pytest
from tests.pipeline.ferry import PAGE


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "ferry.html"
    path.write_bytes(PAGE)
    return path
