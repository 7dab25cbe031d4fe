"""A bag judged by BagIt alone, as its makers and keepers ask it."""

from __future__ import annotations

from solander.model.bag import Bag
from solander.model.finding import Report, in_order
from solander.model.ports import Tree


def judge_bag(bag: Bag, tree: Tree) -> Report:
    """Judge a bag by the BAG rules; places are within it."""
    from solander.checking.bags import every_rule as bag_rules
    from solander.checking.rules import codes

    findings = in_order(bag_rules.check_bag(bag, tree))
    unread = tuple(f"{one.place}: {one.message}" for one in findings if one.name == "file-unreadable")
    return Report(subject=bag.name, findings=findings, rules=codes(bag_rules.RULES), unchecked=unread)
