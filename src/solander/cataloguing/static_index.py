"""An index in files, for a site that has no server of its own: which bags have which three letters, or two characters.

A term is found where all its pieces are: every three characters of alphabets that stand beside one another, every one
and two of Han, kana and Hangul, and words of one or two letters. That a bag has the pieces does not prove that it has
the term: the script that reads the index (``static_search``) looks into the bag's own file, which it needs for the
words around it. The pieces are spread over parts of like size, so that a search asks for a few of them.

A part is a script that hands over one value of JSON: from a folder on a disk no page may read another file, but for
scripts. Memory is bounded: a large archive is gone through several times.

Source: docs/showing.md, "As files"; ``cataloguing/folding.py``.
"""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable, Iterator

from solander.cataloguing.folding import UNSPACED, fold

TEXT_CHARACTERS = 200_000
"""Of one text, so many are found and shown."""

IN_TITLE, SHORT_WORD = "\x02", "\x01"
"""Before a piece of a title, and before a word of one or two letters; neither stands in a piece of a text."""

_TRIGRAM = 3
_RUNS = re.compile(f"([{UNSPACED}]+)|([^{UNSPACED}]+)")
_SHORT = re.compile(r"(?<![^\W_])[^\W_]{1,2}(?![^\W_])")
CHARACTERS_AT_ONCE = 40_000_000
"""Of more text than this the index is made in several rounds, each of a part of it."""

Document = tuple[str, str, str]
"""Title, creators and text."""


def pieces(folded: str) -> set[str]:
    """The pieces of a folded text by which it is found."""
    out: set[str] = set()
    for run in _RUNS.finditer(folded):
        unspaced, spaced = run.groups()
        if unspaced is not None:
            out.update(unspaced)
            out.update(unspaced[at : at + 2] for at in range(len(unspaced) - 1))
        else:
            line = " ".join(spaced.split())
            out.update(line[at : at + _TRIGRAM] for at in range(len(line) - _TRIGRAM + 1))
            out.update(SHORT_WORD + word for word in _SHORT.findall(line))
    return out


def digits_of(characters: int) -> int:
    """How many hexadecimal digits name a part of the index of so many characters: a part is of some 50 kB."""
    return 1 if characters < 1_000_000 else 2 if characters < 30_000_000 else 3


def part_of(piece: str, digits: int) -> int:
    """The part in which a piece is; ``static_search`` reckons the same."""
    number = 7
    for letter in piece:
        number = (number * 31 + ord(letter)) % 1_000_003
    return number % (1 << 4 * digits)


def index_parts(documents: Callable[[], Iterable[Document]], characters: int) -> Iterator[tuple[str, bytes]]:
    """The parts of the index: the name of each, and the script that hands it over.

    Args:
        documents: gives them all, each time that it is called, in the same order.
        characters: of all of them.
    """
    digits = digits_of(characters)
    parts = 16**digits
    rounds = min(characters // CHARACTERS_AT_ONCE + 1, parts)
    for turn in range(rounds):
        first, end = parts * turn // rounds, parts * (turn + 1) // rounds
        yield from _round(documents, digits, first, end)


def page_script(number: int, members: dict[str, object], text: str) -> bytes:
    """The file of one bag: what is shown of it in a list, and its text.

    Args:
        number: its place among the documents, from 0.
        members: what is shown.
        text: what is sought.
    """
    value = {**members, "text": " ".join(text[:TEXT_CHARACTERS].split())}
    return f'"use strict"; solander.page({number}, {_written(value)});\n'.encode()


def _round(
    documents: Callable[[], Iterable[Document]], digits: int, first: int, end: int
) -> Iterator[tuple[str, bytes]]:
    postings: list[dict[str, array[int]]] = [{} for _ in range(end - first)]
    for number, (title, creators, text) in enumerate(documents()):
        in_title = fold(title)
        found = pieces(fold(f"{title}\n{creators}\n{text[:TEXT_CHARACTERS]}"))
        found.update(IN_TITLE + piece for piece in pieces(in_title))
        for piece in found:
            part = part_of(piece, digits) - first
            if 0 <= part < len(postings):
                numbers = postings[part].get(piece)
                if numbers is None:
                    postings[part][piece] = array("I", (number,))
                else:
                    numbers.append(number)
    for part, held in enumerate(postings, start=first):
        name = f"{part:0{digits}x}"
        value = {piece: _steps(held[piece]) for piece in sorted(held)}
        yield name, f'"use strict"; solander.part("{name}", {_written(value)});\n'.encode()


def _steps(numbers: array[int]) -> list[int]:
    """The first number, and by how much each exceeds the one before."""
    out, before = [], 0
    for number in numbers:
        out.append(number - before)
        before = number
    return out


def _written(value: object) -> str:
    # ASCII alone: no script ends early at a character that ends a line there.
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
