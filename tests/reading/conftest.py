"""What the tests of reading share: pages read, written and judged by TEI's own schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.reading.sound import Sound


@pytest.fixture(scope="module")
def sound(jing: str, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sound]:
    """Reads pages; at the end of the module their TEI is held against the schema of the whole TEI, all at once."""
    one = Sound(tmp_path_factory.mktemp("sound"))
    yield one
    one.judge(jing, shared)
