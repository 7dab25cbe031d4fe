"""What ``serve`` says where its extra is not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_without_waitress_serve_says_how_it_is_installed_and_leaves_nothing(tmp_path: Path) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    # What stands in ``sys.modules`` as None cannot be imported, as if it were not installed.
    code = (
        "import sys; sys.modules['waitress'] = None; from solander.cli import main; "
        f"sys.exit(main(['serve', {str(archive)!r}]))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, cwd=ROOT)
    assert ran.returncode == 2
    assert "pip install 'solander[serve]'" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert ran.stdout == ""
    assert list(archive.iterdir()) == []
