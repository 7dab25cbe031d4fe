"""BAG rules of links: what lies in a bag by name only.

No link is ever opened, whether a manifest lists it or not. Where each leads is reckoned from the names
(``model.links``); a listed link that leads to a payload file is judged by that file, under its own name.

Source: none; RFC 8493 does not speak of links. ``docs/format.md`` has the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.bags.compared import Compared, is_payload, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag
from solander.model.finding import Place
from solander.model.links import Led, lead_links

_WHERE = {
    "file": " to a payload file",
    "folder": " to a payload folder",
    "tag": " to what lies outside data/",
    "special": " to a pipe, a socket or a device",
    "outside": " out of the bag",
    "loop": " back to itself",
    "nothing": " to nothing",
    "unread": ", and where it leads was not read",
}


def _stays(path: str, led: Led) -> bool:
    """Whether a link lies in the payload and leads to a file or folder of it."""
    return is_payload(path) and led.lead in ("file", "folder")


def _links(bag: Bag) -> Iterator[tuple[str, Led, str]]:
    """Every link: its path, where it leads, and what it says."""
    leads = lead_links(bag.entries)
    for entry in bag.entries:
        if entry.kind == "symlink":
            yield entry.path, leads[entry.path], entry.target


@rule("BAG017", "symlink-in-bag", severity="error", source="law 6: what comes from outside is bounded")
def symlink_in_bag(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name in the bag is a symbolic link that leads out of the bag or the payload, in a circle or nowhere; or
    ``data`` or a tag file is one.

    Why: What it points to is not what was packed: it can change without the bag, and is missing wherever the bag is
    copied to. It was not followed.

    Remedy: Put the file itself in its place, and make the bag anew.
    """
    for path, led, target in _links(bag):
        if not _stays(path, led):
            what = f"it is a symbolic link{_WHERE[led.lead]}; it was not followed"
            yield Fault(Place(shown(path)), what, None, shown(target[:200]) or None)


@rule("BAG046", "link-within-payload", severity="warning", source="law 6: what comes from outside is bounded")
def link_within_payload(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name in the payload is a symbolic link to a file or folder of the payload.

    Why: Archive formats and other systems drop or replace links; a copy of the bag may then lack the name. It was
    not followed: where a manifest lists it, the payload file that it leads to was compared with that digest.

    Remedy: Put a copy of the file in its place, and make the bag anew.
    """
    for path, led, target in _links(bag):
        if _stays(path, led):
            yield Fault(Place(shown(path)), f"it is a symbolic link{_WHERE[led.lead]}", None, shown(target[:200]))


RULES = (symlink_in_bag, link_within_payload)
"""By code."""
