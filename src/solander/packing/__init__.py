"""Packing: an accession to a bag's files, and a folder to a ``Bag``. No file is opened here; trees come as ports."""

from __future__ import annotations

from solander.packing.layout import lay_out
from solander.packing.naming import bag_name
from solander.packing.parse import parse_bag

__all__ = ["bag_name", "lay_out", "parse_bag"]
