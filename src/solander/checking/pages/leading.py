"""PAG: do the words of the TEI lead where those of the page do, and is what the page shows besides words in it.

What is no tree (a plain text) leads nowhere. Where characters are lost or added, other rules tell of that, and nobody
can say which stretch of the one is which of the other.

Source: HTML Standard, 4.6 (links) and 4.8 (embedded content); TEI P5, att.pointing and att.resourced.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from solander.checking.pages.led_to import Addresses, Led, differences
from solander.checking.pages.parts_led_to import compare_areas
from solander.checking.pages.tei_words import Reference, References
from solander.checking.pages.telling import LAW, bounded
from solander.checking.pages.things_shown import Compared, Shown, compare_shown
from solander.checking.pages.tree import TreeOriginal
from solander.checking.pages.word_order import Judgement
from solander.checking.pages.words import Original
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place

_QUOTED = 200
"""Characters of an address that a finding repeats."""


class Leading(NamedTuple):
    """What is held against each other."""

    path: str
    """The TEI file."""
    page: Original
    uri: str | None
    """The page's address, if it is known."""
    references: References
    gaps: int
    """How many gaps the TEI has for pictures."""
    judged: Judgement
    fragment_of: Callable[[str], str | None]


class Differing(NamedTuple):
    """The subject of the rules."""

    path: str
    page: TreeOriginal
    led: Sequence[Led]
    shown: Compared


def check_leading(leading: Leading) -> tuple[list[Finding], tuple[tuple[str, int], ...]]:
    """Judge where words lead and what is shown.

    Returns:
        The findings, and how many links and how many things to be shown the page has; nothing where none was compared.
    """
    page, judged = leading.page, leading.judged
    if not isinstance(page, TreeOriginal) or judged.begins is None:
        return [], ()
    addresses = Addresses(leading.uri, page.base)
    links, led = differences(page, judged, leading.references, addresses)

    def rank_of(pointer: str) -> int:
        fragment = leading.fragment_of(pointer)
        return page.rank(fragment) if fragment is not None else -1

    led += compare_areas(page, leading.references, rank_of, addresses)
    shown = compare_shown(page, leading.references, leading.gaps, rank_of, addresses)
    differing = Differing(leading.path, page, (*led, *shown.led), shown)
    return run(LEADING_RULES, differing), (("links", links + len(page.areas)), ("things-shown", shown.total))


def _told(path: str, message: str) -> Callable[[Led], Fault]:
    def tell(led: Led) -> Fault:
        return Fault(Place(path, led.line or None), message.format(led.place()), _short(led.page), _short(led.tei))

    return tell


def _short(address: str | None) -> str | None:
    return address if address is None or len(address) <= _QUOTED else f"{address[:_QUOTED]}…"


@rule("PAG020", "link-differs", severity="error", source="TEI P5, att.pointing, target; RFC 3986, 5.2")
def link_differs(differing: Differing) -> Iterator[Fault]:
    """Words, a picture or a part of one lead elsewhere in the TEI than in the page.

    Why: a link is a statement of its author; one that leads elsewhere ascribes to the page what it does not say.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """
    found = [one for one in differing.led if one.page is not None and one.tei is not None]
    yield from bounded(found, _told(differing.path, "the link at {} leads elsewhere"), "{} more links lead elsewhere")


@rule("PAG021", "link-lost", severity="warning", source=LAW)
def link_lost(differing: Differing) -> Iterator[Fault]:
    """Words, a picture or a part of one lead somewhere in the page, and nowhere in the TEI.

    Why: what the page refers to is part of what it says; the words alone do not tell.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """
    found = [one for one in differing.led if one.tei is None]
    yield from bounded(found, _told(differing.path, "the link at {} is not in the TEI"), "{} more links are lost")


@rule("PAG022", "link-added", severity="error", source=LAW)
def link_added(differing: Differing) -> Iterator[Fault]:
    """Words, a picture or a part of one lead somewhere in the TEI, and nowhere in the page.

    Why: where the page does not refer to anything, nobody may do so in its name.

    Remedy: take the link out; if Solander wrote it, report it.
    """
    found = [one for one in differing.led if one.page is None]
    yield from bounded(found, _told(differing.path, "at {} the page has no such link"), "{} more links are added")


@rule("PAG023", "picture-lost", severity="warning", source=LAW)
def picture_lost(differing: Differing) -> Iterator[Fault]:
    """The page shows a picture, a film, a sound or a page in a frame that the TEI neither shows nor tells of as a gap.

    Why: whoever reads the TEI does not learn that there was something to be seen.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """

    def tell(one: Shown) -> Fault:
        place = differing.page.place_of(one.number)
        return Fault(Place(differing.path), f"what is shown at {place} is not in the TEI", _short(one.plain))

    yield from bounded(differing.shown.lost, tell, "{} more pictures are lost")


@rule("PAG024", "picture-added", severity="error", source=LAW)
def picture_added(differing: Differing) -> Iterator[Fault]:
    """The TEI shows a picture, a film, a sound or a page in a frame that the page does not, or not there.

    Why: a picture beside other words says something else, and one that the page has not is no part of it.

    Remedy: make the TEI anew from the original; if it comes out so again, report the page as a fault of Solander.
    """

    def tell(message: str) -> Callable[[Reference], Fault]:
        def told(one: Reference) -> Fault:
            return Fault(Place(differing.path, one.line or None), message, None, _short(one.written or one.target))

        return told

    yield from bounded(differing.shown.added, tell("the page shows no such thing"), "{} more pictures are added")
    displaced = tell("the page shows this elsewhere, or less often")
    yield from bounded(differing.shown.displaced, displaced, "{} more pictures are displaced")


LEADING_RULES: tuple[Check[[Differing]], ...] = (link_differs, link_lost, link_added, picture_lost, picture_added)
"""The rules of ``check_leading``."""
