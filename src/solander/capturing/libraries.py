"""Where a library comes from: the standard one has Zstandard since Python 3.14, and before that a backport of it."""

from __future__ import annotations

import importlib
import sys
from typing import Any


def zstd() -> Any:
    """The module ``compression.zstd`` (PEP 784), or its backport."""
    return importlib.import_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
