"""What an original shows besides words, beside what its TEI does: pictures, films, sounds, and pages in frames.

The promise: what the TEI shows, the page shows there, and what the page plainly shows is not passed by. Which of its
addresses a picture is shown from is the reader's choice, for scripts load many late: any of the element's will do.

Source: HTML Standard, 4.8 (embedded content); TEI P5, att.resourced.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from solander.checking.pages.led_to import Addresses, Led, address_shown
from solander.checking.pages.tei_words import Reference, References
from solander.checking.pages.tree import TreeOriginal

ADDRESSES = 200
"""How many addresses of one element are looked at."""

TWINS = 8
"""Among how many pictures of one address that is sought which stands in the same link."""

ADDRESS_CHARACTERS = 8_000
"""What is longer is no address that anybody is led to, but a picture written out."""

_PICTURES = frozenset(("amp-img", "image", "img"))
_OTHERS = frozenset(("audio", "embed", "frame", "iframe", "object", "track", "video"))
_PLAYERS = frozenset(("audio", "video"))
_ATTRIBUTES = ("src", "data")
_EDGES = " \t\n\r\f"
_NO_PICTURE = ("data:", "about:", "#", "javascript:", "blob:")
_NAMES_ASIDE = frozenset(("alt", "class", "style", "id", "title"))


class Shown(NamedTuple):
    """Something that an original shows."""

    number: int
    """The node."""
    addresses: tuple[str, ...]
    """All that it bears, as they are written."""
    plain: str
    """The address that it is plainly shown from; empty where none is, or where another may stand for it."""
    is_picture: bool
    link: tuple[int, str] | None
    """The link that it stands in: the node, and the address as it is written."""


class Compared(NamedTuple):
    """What of pictures and their like is on one side only."""

    total: int
    """How many the page shows."""
    lost: tuple[Shown, ...]
    """Those of the page that the TEI has not."""
    added: tuple[Reference, ...]
    """Those of the TEI that the page has not."""
    displaced: tuple[Reference, ...]
    """Those that the page has, but not there, or not that often."""
    led: tuple[Led, ...]
    """Those that lead elsewhere than in the page."""


def shown_by(page: TreeOriginal) -> list[Shown]:
    """What a page shows besides words, in its order."""
    found: list[Shown] = []
    sources: tuple[int, tuple[str, ...]] = (-1, ())
    names, tags, parents, after = page.names, page.tags, page.parents, page.after
    links = page.links
    opened: list[tuple[int, str]] = []
    players: dict[int, int] = {}
    at = 0
    for number, said in page.showing:
        while at < len(links) and links[at][0] < number:
            if after[links[at][0]] > number:
                opened.append(links[at])
            at += 1
        while opened and after[opened[-1][0]] <= number:
            opened.pop()
        link = opened[-1] if opened else None
        name = names[tags[number]]
        if name == "source":
            parent = parents[number]
            if names[tags[parent]] == "picture":
                sources = (parent, (*(sources[1] if sources[0] == parent else ()), *_addresses(said)))
            elif parent in players:
                # A film is shown from one of its sources, and stands where it does: before its tracks.
                film = found[players[parent]]
                found[players[parent]] = film._replace(addresses=(*film.addresses, *_addresses(said))[:ADDRESSES])
            # Anywhere else it shows nothing (HTML Standard, 4.8.2).
        elif name in _PICTURES or name in _OTHERS:
            beside = sources[1] if sources[0] == parents[number] else ()
            plain = (said.get("src") or "").strip(_EDGES) or (said.get("data") or "").strip(_EDGES)
            may_be_twin = names[tags[parents[number]]] == "noscript"
            plain = "" if may_be_twin or "srcdoc" in said or _is_unsure(plain) else plain
            if name == "track" and names[tags[parents[number]]] not in _PLAYERS:
                continue
            if name == "video" and (poster := (said.get("poster") or "").strip(_EDGES)):
                sure = "" if may_be_twin or _is_unsure(poster) else poster
                found.append(Shown(number, (poster,), sure, True, link))
            if name in _PLAYERS:
                players[number] = len(found)
            found.append(Shown(number, (*_addresses(said), *beside)[:ADDRESSES], plain, name in _PICTURES, link))
    return found


def _is_unsure(address: str) -> bool:
    """Whether an address may rightly be lacking in a TEI: it leads to no picture, or is too long to be written."""
    return address.lower().startswith(_NO_PICTURE) or len(address) > ADDRESS_CHARACTERS


def _addresses(said: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    for name, value in said.items():
        if not value or name in _NAMES_ASIDE:
            continue
        if name.endswith("srcset"):
            # A comma may part two, or belong to one.
            whole = [one for part in value.split() if (one := part.strip(","))][: 2 * ADDRESSES]
            found += whole
            found += [part for one in whole if "," in one for part in one.split(",")]
        elif (name in _ATTRIBUTES or name.startswith("data-")) and len(value) <= ADDRESS_CHARACTERS + 100:
            found.append(value.strip(_EDGES))
    return tuple(found)


def compare_shown(
    page: TreeOriginal,
    references: References,
    gaps: int,
    rank_of: Callable[[str], int],
    addresses: Addresses,
) -> Compared:
    """Hold what the TEI shows against what the page does, in the page's order.

    Args:
        page: the original.
        references: of the TEI.
        gaps: how many gaps the TEI has for pictures.
        rank_of: where a pointer leads, in the order of the page.
        addresses: of the page.
    """
    shown, things = shown_by(page), references.things
    ranks = [rank_of(one.pointer) for one in things]
    numbers = [one.number for one in shown]
    places = _places(shown, str)
    meant: dict[str, list[int]] | None = None
    taken: set[int] = set()
    added: list[Reference] = []
    displaced: list[Reference] = []
    led: list[Led] = []
    block, last = -2, -1
    for which in sorted(range(len(things)), key=ranks.__getitem__):
        thing = things[which]
        known = places.get((thing.target if thing.written is None else thing.written) or "")
        if known is None:
            # Only where another spelling stands in the TEI all are resolved.
            meant = _places(shown, addresses.key) if meant is None else meant
            known = meant.get(addresses.key_of(thing))
        if known is None:
            added.append(thing)
            continue
        # A block shows in its order what stands behind its beginning; what stands before is nobody's any more.
        begin = last + 1 if ranks[which] == block else bisect_left(numbers, ranks[which])
        while known and (known[-1] < begin or known[-1] in taken):
            known.pop()
        if not known:
            displaced.append(thing)
            continue
        # A page often shows one picture twice, and its twin for readers without scripts once more.
        link = references.links[thing.link] if thing.link >= 0 else None
        alike = [one for one in reversed(known[-TWINS:]) if one not in taken]
        one = next((one for one in alike if _is_led(shown[one].link, link, addresses)), -1)
        if one < 0:
            one = alike[0]
            led.append(_led(page, shown[one], link))
        taken.add(one)
        block, last = ranks[which], one
    lost = _lost([one for at, one in enumerate(shown) if at not in taken], gaps)
    return Compared(len(shown), lost, tuple(added), tuple(displaced), tuple(led))


def _lost(untaken: Sequence[Shown], gaps: int) -> tuple[Shown, ...]:
    """What the TEI ought to show of what it does not: a picture whose address names nothing is a gap."""
    lost = [one for one in untaken if one.plain]
    if sum(one.is_picture for one in lost) <= gaps:
        lost = [one for one in lost if not one.is_picture]
    return tuple(lost)


def _places(shown: Sequence[Shown], key: Callable[[str], str]) -> dict[str, list[int]]:
    """Which of the things bear an address, by that address: the last first, for they are taken from the end."""
    places: dict[str, list[int]] = {}
    for at in range(len(shown) - 1, -1, -1):
        one = shown[at]
        for address in set(map(key, one.addresses)):
            if address in places:
                places[address].append(at)
            else:
                places[address] = [at]
    return places


def _is_led(page: tuple[int, str] | None, tei: Reference | None, addresses: Addresses) -> bool:
    """Whether a thing stands in the same link on both sides, or in none."""
    return tei is None if page is None else tei is not None and addresses.agree(page[1], tei)


def _led(page: TreeOriginal, one: Shown, link: Reference | None) -> Led:
    """What differs in where a thing leads."""
    line, target = (link.line, address_shown(link)) if link is not None else (0, None)
    number, href = one.link or (one.number, None)
    return Led(partial(page.place_of, number), line, href, target)
