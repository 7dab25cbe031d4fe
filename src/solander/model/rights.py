"""What is said of a page's rights, told apart from who holds them.

Source: DCMI Metadata Terms, ``rights``, ``license`` and ``rightsHolder``.
"""

from __future__ import annotations

from solander.model.description import Description, Statement

HOLDER = "rightsHolder"


def rights_of(description: Description) -> tuple[Statement, ...]:
    """The statements of rights, each value once, licences first; whoever holds the rights is no statement of them."""
    found = [one for one in description.of("rights") if one.refinement != HOLDER]
    found.sort(key=lambda one: one.refinement != "license")
    return tuple({one.value: one for one in reversed(found)}.values())[::-1]
