"""Made crawls: pages whose sizes are drawn as those of the web are, pictures between them, in files of captures.

The sizes are drawn from the deciles of those of ``../shared/corpora/extraction`` (2,061 pages of the web), and of each
page a quarter is text and the rest is markup.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.crawl import record, response

DECILES_BYTES = (2_607, 33_882, 46_324, 59_091, 71_226, 87_402, 109_773, 140_904, 194_249, 287_087, 1_282_830)
"""Of the sizes of pages in the corpora: the smallest, nine deciles, and the largest of 99 in 100."""

PAGES_OF_RECORDS = 0.2
"""Of the bytes of a crawl as much are pages; the rest are pictures, style sheets and programs."""

_WORDS = ("harbour", "lamp", "oil", "keeper", "ledger", "tide", "mole", "winter", "boat", "fish", "rope", "net", "salt")


def drawn_size(draw: random.Random) -> int:
    """The size of a page, in bytes, as those of the corpora are distributed."""
    place = draw.random() * (len(DECILES_BYTES) - 1)
    low, high = DECILES_BYTES[int(place)], DECILES_BYTES[int(place) + 1]
    return int(low + (high - low) * (place - int(place)))


def made_page(number: int, size_bytes: int) -> bytes:
    """A page of about this size: a quarter text, the rest navigation, attributes and a program."""
    draw = random.Random(number)
    head = f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Ledger {number}</title><body><nav><ul>"
    links, size = [], 0
    while size < size_bytes * 0.35:
        word, place = draw.choice(_WORDS), draw.randrange(10**6)
        link = f'<li class="item item-{draw.randrange(999)}"><a href="/l/{place}">{word}</a>'
        links.append(link)
        size += len(link)
    text, size = [], 0
    while size < size_bytes * 0.25:
        words = " ".join(draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(60))
        text.append(f"<p>{words}.</p>")
        size += len(words) + 8
    program = "var a=" + "0" * max(0, int(size_bytes * 0.4) - 200)
    return (
        f"{head}{''.join(links)}</ul></nav><main><h1>Ledger of the light</h1>{''.join(text)}</main>"
        f"<script>{program}</script></body></html>"
    ).encode()


def small_page(number: int) -> bytes:
    draw = random.Random(number)
    words = " ".join(draw.choice(_WORDS) + str(draw.randrange(99)) for _ in range(60))
    return (
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>Ledger {number}</title>"
        f"<body><main><h1>Ledger of the light</h1><p>{words}.</p></main></body></html>"
    ).encode()


def write_shard(path: Path, pages: Iterator[bytes], pictures_bytes: int = 0, picture_bytes: int = 150_000) -> Path:
    """A WARC file of pages, with so many bytes of pictures between them; stored, a member a record."""
    noise = random.Random(0).randbytes(picture_bytes)
    made, number = 0, 1
    with path.open("wb") as file:

        def put(body: bytes, kind: bytes, uri: str) -> None:
            nonlocal number
            member = record(response(body, kind), number=number, uri=uri, payload=body)
            file.write(gzip.compress(member, 0, mtime=0))
            number += 1

        for count, page in enumerate(pages, 1):
            put(page, b"text/html", f"https://crawl{number % 97}.example/{number}")
            while made < pictures_bytes and made < count * 4 * picture_bytes:
                put(b"\x89PNG\r\n\x1a\n" + noise[number % 997 :], b"image/png", f"https://crawl.example/{number}.png")
                made += picture_bytes
    return path
