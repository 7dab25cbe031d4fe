"""Values -> XML and JSON, and back: canonical bytes, the same for the same values.

``encode_tei`` is handed on when it is first asked for (PEP 562): whoever writes a report needs no TEI.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solander.encoding.tei import encode_tei

__all__ = ["encode_tei"]


def __getattr__(name: str) -> Any:
    """Import the home of a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from solander.encoding.tei import encode_tei

    globals()[name] = encode_tei
    return encode_tei
