"""PRM rules of audits: a bag is still the one that was found valid before, and still there.

Nothing inside a bag tells that it was made anew, tag manifests and all: only what was written down outside does.

Source: docs/format.md, "The log of audits"; RFC 8493, 2.2.1 (tag manifests).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place


class Compared(NamedTuple):
    """A bag as the log of audits has it, and as it is now."""

    bag: str
    """The name of its folder or archive file."""
    at: str
    """When it was checked, as the log writes it."""
    recorded: dict[str, str]
    """SHA-256 of its tag manifests, by name, when it was last found valid; empty where it never was."""
    found: dict[str, str] | None
    """The same now; empty where it is not valid, ``None`` where no bag of this name is there, nor this bag under
    another name."""
    mark: str = "/"
    """What parts the bag from a path in it."""


@rule("PRM017", "bag-changed-since-audit", severity="warning", source="RFC 8493, 2.2.1; design, section 4")
def bag_changed(compared: Compared) -> Iterator[Fault]:
    """A bag is valid, and is not the one that an earlier audit found valid: its tag manifests are others.

    Why: Whoever alters a file of a bag can make its manifests anew, and the bag tells nothing of it. Nothing inside a
    bag protects its tag manifests; the log of audits has their digests.

    Remedy: If you brought the bag up to date or replaced it yourself, nothing: from this audit on, it is known as it
    is now. If nobody did, compare it with a copy from before.
    """
    if not compared.recorded or not compared.found:
        return
    for name in sorted(compared.recorded.keys() | compared.found.keys()):
        recorded, found = compared.recorded.get(name), compared.found.get(name)
        if recorded != found:
            if found and recorded:
                message = f"it is not as it was when the bag was found valid, {compared.at}"
            elif found:
                message = f"it was not there when the bag was found valid, {compared.at}"
            else:
                message = f"it is gone since the bag was found valid, {compared.at}"
            yield Fault(Place(f"{compared.bag}{compared.mark}{name}"), message, recorded or "", found or "")


@rule("PRM018", "audited-bag-missing", severity="error", source="design, law 1; design, section 4")
def audited_bag_missing(compared: Compared) -> Iterator[Fault]:
    """A bag that an earlier audit checked is not in the archive any more, nor is it there under another name.

    Why: A bag that is gone has no file left that could fail a check: only the log knows that it was there.

    Remedy: Put the bag back. If it was taken out on purpose, say so once, with ``solander audit ARCHIVE --withdrawn
    NAME``: the log keeps that.
    """
    if compared.found is None:
        yield Fault(Place(compared.bag), f"this bag was checked {compared.at}, and is not in this archive any more")


RULES: tuple[Check[[Compared]], ...] = (bag_changed, audited_bag_missing)
"""By code."""


def check_audited(compared: Compared) -> list[Finding]:
    """Judge a bag by what the log of audits knows of it."""
    return run(RULES, compared)
