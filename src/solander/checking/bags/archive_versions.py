"""PRM rules of an archive as a whole: each version of an object stands there once, and none between is missing.

What a single bag says is judged bag by bag; these rules hold the ``bag-info.txt`` of all bags beside one another.

Source: docs/format.md, "Identity"; RFC 8493, 2.2.2 (``External-Identifier``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place


class Version(NamedTuple):
    """One bag of an archive, by what its ``bag-info.txt`` says."""

    bag: str
    """The name of its folder."""
    identifier: str
    number: int


@rule("PRM010", "version-twice-in-archive", severity="error", source="design, section 4")
def version_twice(versions: Sequence[Version]) -> Iterator[Fault]:
    """Two bags of an archive say that they are the same version of the same object.

    Why: Which of them is meant by the identifier, nobody can tell; and the one that is damaged or forged looks like
    the other.

    Remedy: Compare the two, and keep one; a copy of a bag belongs into another archive.
    """
    seen: dict[tuple[str, int], str] = {}
    for bag, identifier, number in versions:
        first = seen.setdefault((identifier, number), bag)
        if first != bag:
            yield Fault(Place(f"{bag}/bag-info.txt"), f"{first} is also version {number} of {identifier}")


@rule("PRM011", "earlier-version-missing", severity="warning", source="design, section 4")
def earlier_version_missing(versions: Sequence[Version]) -> Iterator[Fault]:
    """A later version of an object stands in an archive, and one before it does not.

    Why: The versions tell what was known and said of a page, and when; a link of that chain was taken out.

    Remedy: Put the bag back, if it was moved by mistake.
    """
    numbers: dict[str, set[int]] = {}
    for _, identifier, number in versions:
        numbers.setdefault(identifier, set()).add(number)
    for bag, identifier, number in versions:
        if number > 1 and number - 1 not in numbers[identifier]:
            yield Fault(Place(f"{bag}/bag-info.txt"), f"version {number - 1} of {identifier} is not in this archive")


RULES: tuple[Check[[Sequence[Version]]], ...] = (version_twice, earlier_version_missing)
"""By code."""


def check_versions(versions: Sequence[Version]) -> list[Finding]:
    """Judge the bags of one archive beside one another; ``versions`` in the order of the bags' names."""
    return run(RULES, versions)
