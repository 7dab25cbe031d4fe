"""Which pieces are not drawn into the main text by their place: furniture, second copies, what is hardly text.

Promise: pure functions of whole numbers, in time linear in the pieces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate

from solander.reading.naming.zones import HIDDEN
from solander.reading.zoning.pieces import PROSE_CHARACTERS, REPEATS, Pieces

ISLAND_CHANCE, ENDING_CHANCE, OPENING_CHANCE = 200_000, 250_000, 250_000
"""How probable (in millionths) what is taken in must be at least: between main text, at its end, at its opening."""


def doubted(chances: Sequence[int] | None, pieces: Pieces) -> tuple[list[bool], list[bool], list[bool]]:
    """Which pieces are too improbable to be taken in between main text, at its end, and at its opening."""
    if chances is None:
        none = [False] * len(pieces)
        return none, none, none
    texts = pieces.survey.texts
    until = [0, *accumulate(chance * len(text) for chance, text in zip(chances, texts, strict=True))]
    means = [
        (until[last] - until[first]) // max(weight, 1)
        for (first, last), weight in zip(pieces.ranges(), pieces.weights, strict=True)
    ]
    return (
        [mean < ISLAND_CHANCE for mean in means],
        [mean < ENDING_CHANCE for mean in means],
        [mean < OPENING_CHANCE for mean in means],
    )


def furniture(judged: Sequence[bool], pieces: Pieces) -> list[bool]:
    """Which pieces are of a make that a page repeats and that is mostly no text: who wrote a post, and when."""
    named, weights = pieces.around.named, pieces.weights
    counts: dict[int, list[int]] = {}
    makes = [named[element] for element in pieces.elements]
    for make, chosen, weight in zip(makes, judged, weights, strict=True):
        if weight < PROSE_CHARACTERS:
            counts.setdefault(make, [0, 0])[chosen] += 1
    repeated = {make for make, (others, texts) in counts.items() if others >= REPEATS and others > texts}
    return [make in repeated and weight < PROSE_CHARACTERS for make, weight in zip(makes, weights, strict=True)]


def copies(judged: Sequence[bool], pieces: Pieces) -> list[int]:
    """Which paragraphs of main text the page says a second time, for a printer or a small screen: the hidden ones.

    What stands alone among others is said again by the text itself: a sample of code, what holds of two functions.
    """
    bits, texts = pieces.around.bits, pieces.survey.texts
    seen: dict[str, int] = {}
    copies: list[int] = []
    long: list[int] = []
    visible: dict[int, int] = {}
    for piece, chosen in enumerate(judged):
        first = pieces.first[piece]
        if not chosen or pieces.last[piece] - first > 1 or pieces.weights[piece] < PROSE_CHARACTERS:
            continue
        long.append(piece)
        other = seen.setdefault(texts[first], piece)
        if pieces.containers[other] == pieces.containers[piece]:
            # Itself, or a line that comes back in one text, as a refrain does.
            continue
        if not (bits[pieces.elements[other]] | bits[pieces.elements[piece]]) & HIDDEN:
            visible[piece] = other
        if bits[pieces.elements[other]] & HIDDEN and not bits[pieces.elements[piece]] & HIDDEN:
            seen[texts[first]], piece = piece, other
        copies.append(piece)
    again = _said_again(visible, long, pieces) if visible else ()
    return [piece for piece in copies if piece not in again]


def _said_again(visible: Mapping[int, int], long: Sequence[int], pieces: Pieces) -> set[int]:
    """Of the copies that are seen, with what each repeats: those that are no part of a second showing."""
    found = set[int]()
    for before, piece, after in zip([-1, *long], long, [*long[1:], -1], strict=False):
        if piece not in visible or before in visible or after in visible or before in (-1, visible[piece]):
            continue
        articles = [pieces.said[pieces.elements[one]].article for one in (visible[piece], piece)]
        tags = [pieces.survey.tags[pieces.first[one]] for one in (visible[piece], piece)]
        if tags == ["pre", "pre"] or articles[0] == articles[1]:
            found.add(piece)
    return found
