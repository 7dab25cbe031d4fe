"""Files of a folder that is written, and what stands in it."""

from __future__ import annotations

from pathlib import Path

FILES = [(f"data/{number}/page.html", b"<p>Words " * 100) for number in range(8)] + [("bagit.txt", b"BagIt")]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
