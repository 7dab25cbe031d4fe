"""What the tests of reading share: pages read, written and judged by TEI's own schema."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.reading.sound import Sound


@pytest.fixture(scope="module")
def sound(whole_tei: Path, request: pytest.FixtureRequest) -> Sound:
    """Reads pages; their TEI is held against the schema of the whole TEI, with that of all other tests."""
    return Sound(whole_tei, request.module.__name__)
