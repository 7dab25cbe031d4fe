"""Pages that are the same, or nearly: found in one pass, in memory that grows by less than a kilobyte a page.

The same is the same to the byte. Nearly the same is what differs in few of its words: sketches of 64 bits (simhash) of
all runs of three words differ in at most three bits. Nothing is left out for it: it is told.

Source: Charikar, "Similarity estimation techniques from rounding algorithms" (2002); Manku, Jain and Das Sarma,
"Detecting near-duplicates for web crawling" (2007), for the three bits and the four parts.
"""

from __future__ import annotations

import zlib

import numpy as np

FEWEST_WORDS = 24
"""Of shorter pages nobody can say that they are alike by more than chance."""

BITS_APART = 3
WORDS_LIMIT = 20_000
"""As many words of a page are looked at."""

_PARTS, _PART_BITS = 4, 16
_BUCKET_LIMIT = 64
"""As many pages are compared that share a quarter of their sketch: where more do, it is that of a frame."""


class Alikeness:
    """The pages that were seen so far."""

    def __init__(self) -> None:
        self._by_digest: dict[bytes, int] = {}
        self._buckets: dict[int, list[tuple[int, int]]] = {}

    def same_as(self, number: int, sha256: str) -> int | None:
        """The first page of the same bytes; ``None`` if this is it."""
        first = self._by_digest.setdefault(bytes.fromhex(sha256), number)
        return None if first == number else first

    def like(self, number: int, sketch: int | None) -> int | None:
        """The first page found whose words are nearly those of a sketch; ``None`` where there is none, or no sketch."""
        if sketch is None:
            return None
        keys = [part << _PART_BITS | sketch >> part * _PART_BITS & 0xFFFF for part in range(_PARTS)]
        found: int | None = None
        for key in keys:
            for other, whose in self._buckets.get(key, ()):
                if (found is None or whose < found) and (other ^ sketch).bit_count() <= BITS_APART:
                    found = whose
        if found is None:
            # Only the first of pages that are alike is compared with others.
            for key in keys:
                bucket = self._buckets.setdefault(key, [])
                if len(bucket) < _BUCKET_LIMIT:
                    bucket.append((sketch, number))
        return found


def sketch_of(text: str) -> int | None:
    """Sixty-four bits that differ little where words do; ``None`` of a text of too few words."""
    words = text.split(maxsplit=WORDS_LIMIT)[:WORDS_LIMIT]
    if len(words) < FEWEST_WORDS:
        return None
    each = np.array([zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words], dtype=np.uint64)
    # Three neighbours in order, spread over all bits (the finaliser of splitmix64).
    runs = each[:-2] * np.uint64(0x9E3779B97F4A7C15) + each[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F) + each[2:]
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        runs = (runs ^ (runs >> np.uint64(shift))) * np.uint64(factor)
    runs ^= runs >> np.uint64(31)
    bits = np.unpackbits(runs.astype("<u8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little").sum(axis=0)
    ones = np.packbits(bits * 2 > len(runs), bitorder="little")
    return int.from_bytes(ones.tobytes(), "little")
