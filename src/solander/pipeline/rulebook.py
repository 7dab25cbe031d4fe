"""Every rule that Solander knows, by code: what ``explain`` tells, and what ``docs/rules.md`` is made of."""

from __future__ import annotations

import importlib

from solander.model.finding import Rule

RULE_FILES = (
    *("capture", "page", "view", "tei_agreement", "description", "records", "other_records", "tei", "tei_header"),
    *("given_verdicts", "provenance", "json_records"),
    *(
        "bag_agreement",
        "collection",
        "archive_versions",
        "audit",
        "bag",
        "bag_serialised",
        "bag_opinion",
        "bag_profile",
    ),
    *("deposit", "rederivation", "security", "warc", "wacz"),
)
"""The files of ``checking`` that hold rules, in the order of a page's way."""


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files and, within one, of their codes."""
    found: list[Rule] = []
    for name in RULE_FILES:
        module = importlib.import_module(f"solander.checking.{name}")
        found.extend(sorted(check.rule for check in module.RULES))
    return tuple(found)
