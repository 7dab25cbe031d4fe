"""What tells main text from boilerplate where a page is but lines: how prose lies about a line, above and below it.

Beside the columns of ``main_features``, of which those of tags, classes and links say nothing here. Only sums of whole
numbers, divisions and comparisons, as there.
"""

from __future__ import annotations

import numpy as np

from solander.reading.zoning.leaf_measures import Flags, Ints, Leaves, Table, until

PROSE_LENGTH, PARAGRAPH_LENGTH, SHORT_LENGTH = 90, 200, 25
"""Characters of a line with a stop that is prose, of one with several that is a paragraph, and of a short line."""

REACHES = (2, 5, 12, 30)
"""How many lines above and below are looked at together."""

_FAR, _BESIDE = 60, 40


def flat_columns(leaves: Leaves) -> Table:
    """Reckon the columns, a line of the text a leaf."""
    columns: Table = {}
    length, count = leaves.length, len(leaves.index)
    prose = (leaves.stops >= 1) & (length >= PROSE_LENGTH)
    paragraphs = (leaves.stops >= 2) & (length >= PARAGRAPH_LENGTH)
    for name, marked in (("prose", prose), ("paragraph", paragraphs), ("short", length < SHORT_LENGTH)):
        columns[f"flat_{name}_above"], columns[f"flat_{name}_below"] = _distances(marked)
    words, said, lines = until(length), until(length * prose), until(prose.astype(np.int64))
    at = leaves.index
    for reach in REACHES:
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, count)
        columns[f"flat_said_{reach}"] = (said[high] - said[low]) / np.maximum(words[high] - words[low], 1)
        columns[f"flat_lines_{reach}"] = (lines[high] - lines[low]) / (high - low)
        columns[f"flat_above_{reach}"] = (lines[at] - lines[low]) / np.maximum(at - low, 1)
        columns[f"flat_below_{reach}"] = (lines[high] - lines[at + 1]) / np.maximum(high - at - 1, 1)
    columns["flat_said_before"] = said[:-1] / max(int(said[-1]), 1)
    columns["flat_lines_before"] = lines[:-1] / max(int(lines[-1]), 1)
    columns["flat_words_before"] = words[:-1] / max(int(words[-1]), 1)
    columns["flat_said"] = int(said[-1]) / max(int(words[-1]), 1)
    columns["flat_lines"] = float(lines[-1])
    begin, end = _densest(np.where(prose, length, -length))
    columns["flat_within"] = (at >= begin) & (at < end)
    columns["flat_from_begin"] = np.clip(at - begin, -_BESIDE, _BESIDE)
    columns["flat_from_end"] = np.clip(end - at, -_BESIDE, _BESIDE)
    return columns


def _distances(marked: Flags) -> tuple[Ints, Ints]:
    """How many lines above and below the next marked one stands; 0 for itself."""
    at = np.arange(len(marked))
    above = at - np.maximum.accumulate(np.where(marked, at, -_FAR))
    below = np.minimum.accumulate(np.where(marked, at, len(marked) + _FAR)[::-1])[::-1] - at
    return np.minimum(above, _FAR), np.minimum(below, _FAR)


def _densest(worth: Ints) -> tuple[int, int]:
    """The stretch of lines whose worth is greatest together."""
    sums = until(worth)
    end = int(np.argmax(sums[1:] - np.minimum.accumulate(sums[:-1]))) + 1
    return int(np.argmin(sums[:end])), end
