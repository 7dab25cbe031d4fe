"""What lines were read as, and how messages that were read each by itself become one text.

The whole is called as what stands above its messages is, or as the first of them; nobody wrote all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from solander.model.page import Division, Signal, plain
from solander.reading.plain.mailbox import headline_of
from solander.reading.plain.notes import Opening, noted


class Read(NamedTuple):
    """What lines were read as."""

    divisions: tuple[Division, ...]
    heading: str | None
    signals: tuple[Signal, ...]
    joined: int
    """How many lines were joined with the one above."""
    notes: Mapping[int, Opening]
    """Which lines begin a note, by their place."""


def gathered_posts(above: Read | None, posts: Division, read: Sequence[Read] = ()) -> Read:
    """Messages as one text.

    Args:
        above: what stands above the first; ``None`` where nothing does.
        posts: the messages.
        read: what each was read as, where its notes and its title are the text's.
    """
    every = [*([above] if above else []), *read]
    divisions = (*(above.divisions if above else ()), posts)
    notes = {begin: note for one in every for begin, note in one.notes.items()}
    said = next((one.signals for one in every if one.heading), ())
    if above and not above.heading and (headline := headline_of(above.divisions)):
        divisions = (headline, *divisions[1:])
        said = (Signal("line", "title", plain(headline.blocks[0]), headline.blocks[0].source),)
    titles = tuple(one for one in said if one.name == "title")
    title = titles[0].value if titles else None
    return Read(noted(divisions, notes), title, titles, sum(one.joined for one in every), notes)
