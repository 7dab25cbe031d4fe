"""Small pages for the tests of describing, as a reader would hand them on."""

from __future__ import annotations

from collections.abc import Sequence

from solander.model.capture import Capture
from solander.model.description import Description, Statement
from solander.model.page import Block, Charset, Division, Page, Signal

PROSE = (
    "The lamp was lit at dusk, and the keeper wrote the hour into the book, "
    "as he had done every night for twenty years."
)


def leaf(kind: str, text: str, at: int = 1, **attributes: str) -> Block:
    return Block(kind, f"xpath(/html/body/{kind}[{at}])", (text,), attributes or None)


def page_of(
    *signals: tuple[str, str, str],
    blocks: Sequence[Block] = (),
    foot: Sequence[Block] = (),
    uri: str | None = None,
    languages: tuple[str, ...] = (),
) -> Page:
    """A page of signals (origin, name, value) and of blocks, main and footer."""
    divisions = [Division("main", tuple(blocks))] if blocks else []
    if foot:
        divisions.append(Division("footer", tuple(foot)))
    stated = tuple(Signal("lang", "html lang", language) for language in languages)
    return Page(
        uri=uri,
        title=None,
        languages=languages,
        divisions=tuple(divisions),
        signals=stated + tuple(Signal(*signal) for signal in signals),
        charset=Charset("utf-8", "meta", 0),
    )


def capture_of(uri: str | None = None, media_type: str = "text/html") -> Capture:
    return Capture(content=b"<p>Words</p>", uri=uri, media_type=media_type)


def candidates_of(description: Description, element: str) -> list[Statement]:
    return [one for one in description.statements if one.element == element]
