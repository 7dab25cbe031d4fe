"""BAG rules: a bag is complete, unharmed, and written as BagIt has it.

Every fault is reported, each with its file and line, not only the first. Only what the bag says of itself is used;
what a profile asks for besides is in ``bag_profile``.

Source: RFC 8493, section 3 ("complete" and "valid").
"""

from __future__ import annotations

from solander.checking import bag_contents, bag_fetch, bag_fixity, bag_links, bag_names, bag_writing
from solander.checking.bag_compared import Compared
from solander.checking.rules import Check, run
from solander.model.bag import Bag
from solander.model.finding import Finding
from solander.model.ports import Tree

_FILES = (bag_writing, bag_fixity, bag_contents, bag_links, bag_names, bag_fetch)

RULES: tuple[Check[[Bag, Compared]], ...] = tuple(
    sorted((check for file in _FILES for check in file.RULES), key=lambda check: check.rule.code)
)
"""Every BAG rule, by code."""


def check_bag(bag: Bag, tree: Tree) -> list[Finding]:
    """Judge a bag; every listed file is read once, whatever the number of manifests.

    Args:
        bag: as ``packing.parse_bag`` read it from ``tree``.
        tree: where its files are read from.

    Returns:
        Findings in order of place, then code.
    """
    findings = run(RULES, bag, Compared(bag, tree))
    return sorted(findings, key=lambda one: (one.place.path, one.place.line or 0, one.code))
