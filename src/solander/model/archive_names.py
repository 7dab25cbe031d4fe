"""What lies in an archive beside its bags, by name: what asks for no more than a name imports nothing else."""

from __future__ import annotations

RECEIPTS_FOLDER = "receipts"
"""The folder beside an archive's bags in which receipts of deposits stand."""
