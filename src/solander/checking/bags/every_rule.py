"""BAG rules: a bag is complete, unharmed, and written as BagIt has it.

Every fault is reported, each with its file and line, not only the first. Only what the bag says of itself is used;
what a profile asks for besides is in ``bag_profile``.

Source: RFC 8493, section 3 ("complete" and "valid").
"""

from __future__ import annotations

from collections.abc import Collection

from solander.checking.bags import contents as bag_contents
from solander.checking.bags import fetch as bag_fetch
from solander.checking.bags import fixity as bag_fixity
from solander.checking.bags import links as bag_links
from solander.checking.bags import names as bag_names
from solander.checking.bags import writing as bag_writing
from solander.checking.bags.compared import MODES, Compared, oxum_bytes
from solander.checking.rules import Check, bounded
from solander.model.bag import PROFILE_IDENTIFIER, Bag
from solander.model.finding import Finding
from solander.model.ports import Tree

_FILES = (bag_writing, bag_fixity, bag_contents, bag_links, bag_names, bag_fetch)

RULES: tuple[Check[[Bag, Compared]], ...] = tuple(
    sorted((check for file in _FILES for check in file.RULES), key=lambda check: check.rule.code)
)
"""Every BAG rule, by code."""


_READING = frozenset(("BAG003", "BAG006", "BAG090", "BAG091"))
"""Rules that speak of what was read of listed files."""

_LAST = _READING | {"BAG025"}
"""Rules that wait until every file was read."""

_LISTING = frozenset(("BAG004", "BAG005", "BAG007", "BAG008", "BAG038"))
"""Rules that hold the lists against the files that are there."""

_BY_MODE = {
    "full": RULES,
    "completeness": tuple(check for check in RULES if check.rule.code not in _READING),
    "fast": tuple(check for check in RULES if check.rule.code not in _READING | _LISTING),
}


def rules_of(mode: str) -> tuple[Check[[Bag, Compared]], ...]:
    """The rules that judge in a mode, by code.

    Raises:
        ValueError: there is no such mode (``bag_compared.MODES``).
    """
    if mode not in MODES:
        raise ValueError(f"{mode} is no mode of judging a bag; there are {', '.join(MODES)}")
    return _BY_MODE[mode]


def check_bag(
    bag: Bag, tree: Tree, *, mode: str = "full", profiles: Collection[str] = (PROFILE_IDENTIFIER,)
) -> list[Finding]:
    """Judge a bag; every listed file is read once, whatever the number of manifests.

    Args:
        bag: as ``packing.parse_bag`` read it from ``tree``.
        tree: where its files are read from.
        mode: ``full``; ``completeness``, in which no file is read for its digest; or ``fast``, in which lists are not
            held against files either, and only the structure and ``Payload-Oxum`` are judged.
        profiles: the identifiers of the profiles that are known, by which whoever asks judges the bag besides.

    Returns:
        Findings in order of place, then code; at most ``FINDING_LIMIT`` of one rule about the lines of one file, and
        as many about files as such, then one that says how many more there are.

    Raises:
        ValueError: there is no such mode.
    """
    rules_of(mode)
    return check_compared(Compared(bag, tree, mode, profiles))


def check_compared(compared: Compared) -> list[Finding]:
    """Judge a bag whose files are being read already; all else is as for ``check_bag``."""
    # The others are looked at meanwhile.
    checks = sorted(rules_of(compared.mode), key=lambda check: check.rule.code in _LAST)
    findings = [finding for check in checks for finding in bounded(check(compared.bag, compared))]
    return sorted(findings, key=lambda one: (one.place.path, one.place.line or 0, one.code))


def unchecked_of(bag: Bag, mode: str) -> tuple[str, ...]:
    """What a mode was to check and could not: without ``Payload-Oxum`` there is nothing to go by in haste."""
    if mode == "fast" and oxum_bytes(bag) is None:
        return (f"{bag.info_path}: it has no Payload-Oxum to go by",)
    return ()
