"""A place -> captures. Only this room and ``depositing`` may touch the world outside the archive."""

from __future__ import annotations

from solander.capturing.file import DEFAULT_LIMIT_BYTES, find_sources, read_capture

__all__ = ["DEFAULT_LIMIT_BYTES", "find_sources", "read_capture"]
