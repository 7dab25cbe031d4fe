"""Every rule that Solander knows, by code: what ``explain`` tells, and what ``docs/rules.md`` is made of."""

from __future__ import annotations

import importlib

from solander.model.finding import Rule

RULE_FILES = (
    *("captures.capture", "pages.page", "opened.view", "pages.tei_agreement"),
    *("records.description", "records.records", "records.other_records"),
    *("tei.tei", "tei.tei_header", "tei.given_verdicts"),
    *("records.provenance", "records.json_records", "records.bag_agreement", "records.collection"),
    *("bags.archive_versions", "bags.audit", "bags.bag", "bags.bag_serialised", "bags.bag_opinion"),
    *("profiles.bag_profile", "bags.deposit", "records.rederivation", "opened.security", "warc.warc", "warc.wacz"),
)
"""The files of ``checking`` that hold rules, in the order of a page's way."""


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files and, within one, of their codes."""
    found: list[Rule] = []
    for name in RULE_FILES:
        module = importlib.import_module(f"solander.checking.{name}")
        found.extend(sorted(check.rule for check in module.RULES))
    return tuple(found)
