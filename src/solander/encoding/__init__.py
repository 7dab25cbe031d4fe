"""Values -> XML and JSON, and back: canonical bytes, the same for the same values."""

from __future__ import annotations

from solander.encoding.tei import encode_tei

__all__ = ["encode_tei"]
