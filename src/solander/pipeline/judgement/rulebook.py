"""Every rule that Solander knows, by code: what ``explain`` tells, and what ``docs/rules.md`` is made of."""

from __future__ import annotations

import importlib

from solander.model.finding import Rule

RULE_FILES = (
    *("captures.understanding", "pages.every_word", "opened.view", "pages.tei_agreement"),
    *("records.description", "records.dublin_core", "records.other_records"),
    *("tei.meaning", "tei.header", "tei.given_verdicts"),
    *("records.provenance", "records.json_records", "records.bag_agreement", "records.collection"),
    *("bags.archive_versions", "bags.audit", "bags.every_rule", "bags.serialised", "bags.opinion"),
    *("profiles.every_rule", "bags.deposit", "records.rederivation", "opened.security", "warc.records", "warc.wacz"),
)
"""The files of ``checking`` that hold rules, in the order of a page's way."""


def rules() -> tuple[Rule, ...]:
    """All rules, in the order of the files and, within one, of their codes."""
    found: list[Rule] = []
    for name in RULE_FILES:
        module = importlib.import_module(f"solander.checking.{name}")
        found.extend(sorted(check.rule for check in module.RULES))
    return tuple(found)
