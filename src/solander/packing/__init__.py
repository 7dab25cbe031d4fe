"""Packing: an accession to a bag's files, and a folder to a ``Bag``. No file is opened here; trees come as ports.

The names are handed on when they are first asked for (PEP 562): whoever reads bags does without what makes them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from solander.packing.layout import lay_out
    from solander.packing.naming import bag_name
    from solander.packing.parse import parse_bag, parse_tag_file

_HOMES = {"bag_name": "naming", "lay_out": "layout", "parse_bag": "parse", "parse_tag_file": "parse"}

__all__ = ["bag_name", "lay_out", "parse_bag", "parse_tag_file"]


def __getattr__(name: str) -> Any:
    """Import the home of a public name when it is first asked for."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(f"{__name__}.{home}"), name)
    globals()[name] = value
    return value
