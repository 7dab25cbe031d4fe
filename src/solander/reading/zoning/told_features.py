"""What a page says elsewhere of its own text: the article's body in its JSON-LD, the description in its head.

A leaf is compared by its beginning: what a page tells of itself is cut, marked up and quoted in other ways.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from json import JSONDecodeError

import numpy as np
import numpy.typing as npt

from solander.reading.survey import Survey
from solander.reading.zoning.leaf_measures import Leaves, Table, bounded

BODY_CHARACTERS = 60_000
"""So much of what a page tells is looked through."""

SHORTEST_BODY, SHORTEST_LEAF, COMPARED, DESCRIBED = 80, 20, 40, 30
_NONE_FAR = 99
_DECODER = json.JSONDecoder()
_PLAINER = (("\u2018", "'"), ("\u2019", "'"), ("\u201c", '"'), ("\u201d", '"'), ("\xa0", " "))


def strings_of(texts: Iterable[str], key: str) -> list[str]:
    """The longer strings that JSON-LD gives under a key, wherever they stand; bounded, and forgiving of bad JSON."""
    found: list[str] = []
    wanted, left = f'"{key}"', BODY_CHARACTERS
    for text in texts:
        at = text.find(wanted)
        while at >= 0 and left > 0:
            start = text.find('"', at + len(wanted))
            if start < 0 or text[at + len(wanted) : start].strip() != ":":
                at = text.find(wanted, at + len(wanted))
                continue
            try:
                value, end = _DECODER.raw_decode(text, start)
            except (JSONDecodeError, RecursionError):
                break
            if len(value) >= SHORTEST_BODY:
                found.append(value[:left])
                left -= len(value)
            at = text.find(wanted, end)
    return found


def plainly(text: str) -> str:
    """Lower case, straight quotation marks."""
    text = text.lower()
    if not text.isascii():
        for mark, plainer in _PLAINER:
            text = text.replace(mark, plainer)
    return text


def told_columns(columns: Table, survey: Survey, leaves: Leaves, openings: list[str]) -> None:
    """Add the columns: ``told_body`` and ``told_about`` are -1 on a page that tells nothing of the kind.

    ``openings`` are the beginnings of the leaves, in lower case.
    """
    body = " ".join(plainly(" ".join(strings_of(survey.json_ld, "articleBody"))).split())
    about = " ".join(
        plainly(" ".join((*strings_of(survey.json_ld, "description"), *strings_of(survey.json_ld, "text")))).split()
    )
    description = " ".join(plainly(survey.description[:400]).split())
    columns["told_body"] = _stands_in(body, openings)
    columns["told_about"] = _stands_in(about, openings)
    columns["page_told"] = len(body) / leaves.total
    described = -1
    if len(description) > COMPARED:
        first = description[:DESCRIBED]
        found = (
            index
            for index, opening in enumerate(openings)
            if opening[:2] == first[:2] and plainly(opening[:DESCRIBED]) == first and not leaves.heading[index]
        )
        described = next(found, -1)
    far = bounded(leaves.index - described, 60)
    columns["described_far"] = far if described >= 0 else float(_NONE_FAR)


def _stands_in(told: str, openings: list[str]) -> npt.NDArray[np.bool_] | float:
    if not told:
        return -1.0
    return np.array([len(opening) >= SHORTEST_LEAF and plainly(opening[:COMPARED]) in told for opening in openings])
