"""What the forms for programs say alike: a finding's line in words, and the values that disagree."""

from __future__ import annotations

from solander.model.finding import Finding
from solander.reporting.text import visible

NOT_CHECKED = "not-checked"
"""What forms that know only findings call a thing that could not be checked."""


def values(finding: Finding) -> list[str]:
    """``expected …`` and ``found …``, as far as there are any; nothing is shortened."""
    pairs = (("expected", finding.expected), ("found", finding.found))
    return [f"{word} {visible(value) or '(nothing)'}" for word, value in pairs if value is not None]


def told(finding: Finding) -> str:
    """What is so, and the values that disagree on lines of their own."""
    return "\n".join((visible(finding.message), *values(finding)))
