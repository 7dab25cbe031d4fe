"""An archive that is audited."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.auditing.audits import NAMES, bag


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    for name in NAMES:
        bag(folder, name)
    return folder
