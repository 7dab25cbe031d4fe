"""Crawls made for tests: as many pages as are wanted, some of them the same as others, some nearly."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

from tests.false_crawls import message, record

_WORDS = ("harbour", "lamp", "oil", "keeper", "ledger", "tide", "mole", "winter", "boat", "fish", "rope", "net", "salt")


def page(number: int, *, changed: int = 0) -> bytes:
    """A page of its own; ``changed`` of its words are others."""
    draw = random.Random(number)
    text = [draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(300)]
    text[150 : 150 + changed] = ["changed"] * changed
    paragraphs = "".join(f"<p>{' '.join(text[at : at + 50])}.</p>" for at in range(0, 300, 50))
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Ledger {number}</title>"
        f"<body><main><h1>Ledger of the light</h1>{paragraphs}</main></body></html>"
    ).encode()


def write_crawl(path: Path, pages: list[bytes], *, first: int = 1) -> Path:
    """A WARC file, a member a record, stored: its bytes do not hang on a build of zlib."""
    with path.open("wb") as file:
        for number, one in enumerate(pages, first):
            file.write(gzip.compress(record(message(one), number=number), 0, mtime=0))
    return path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file of the bags in an archive, by path: what must be the same whoever made it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith("batch-report") and path.name != "run"
    }
