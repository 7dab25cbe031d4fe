"""What was told of tag files, by its kind and line."""

from __future__ import annotations

from solander.model.bag import BagFault


def kinds(faults: list[BagFault]) -> list[tuple[str, int | None]]:
    return [(fault.kind, fault.line) for fault in faults]
