"""PRF rules: what a BagIt profile asks of a bag besides BagIt itself, and what is asked of a profile.

Solander's own is ``schemas/bagit-profile.json``; the rules hold for any of the specification's versions 1.1 to 1.4.

Source: BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

from collections.abc import Sequence

from solander.checking.bags.compared import shown
from solander.checking.profiles import fields as profile_fields
from solander.checking.profiles import files as profile_files
from solander.checking.profiles import form as profile_form
from solander.checking.profiles import itself as profile_itself
from solander.checking.profiles.judged import Judged
from solander.checking.rules import Check, bounded, run
from solander.model.bag_profile import BagProfile
from solander.model.finding import Finding, SchemaUsed

ENGINE = "Solander's PRF rules"

_OF_BAGS: tuple[Check[[Judged]], ...] = tuple(
    sorted(
        (check for file in (profile_fields, profile_files, profile_form) for check in file.RULES),
        key=lambda check: check.rule.code,
    )
)

RULES: tuple[Check[...], ...] = (*_OF_BAGS, *profile_itself.RULES)
"""Every PRF rule, by code."""

PROFILE_RULES: tuple[Check[[BagProfile]], ...] = profile_itself.RULES
"""What is asked of a profile itself."""

NAMED_RULES: tuple[Check[[Judged]], ...] = tuple(
    one for one in _OF_BAGS if one is not profile_form.another_profile_named
)
"""What is asked of a bag by a profile that it names, or should name."""

ASKED_RULES: tuple[Check[[Judged]], ...] = tuple(one for one in _OF_BAGS if one is not profile_fields.profile_not_named)
"""What is asked of a bag by a profile that a person chose: whether the bag names it is a remark."""

NAMING_RULES: tuple[Check[[Judged]], ...] = (profile_fields.profile_not_named,)
"""What is asked of a bag from elsewhere that stands in an archive of Solander's."""


def check_profile(judged: Judged, checks: Sequence[Check[[Judged]]] = NAMED_RULES) -> list[Finding]:
    """Judge a bag by a profile; findings in order of place, then code, and of many of one rule the first thousand."""
    findings = [finding for check in checks for finding in bounded(check(judged))]
    return sorted(findings, key=lambda one: (one.place.path, one.place.line or 0, one.code))


def check_profile_itself(profile: BagProfile) -> list[Finding]:
    """Judge a profile; the place of each finding is its file's name."""
    return run(PROFILE_RULES, profile)


def profile_used(profile: BagProfile) -> SchemaUsed:
    """Which profile judged, for the report: by its identifier, its version and the digest of its file."""
    return SchemaUsed(shown(profile.identifier), shown(profile.version), profile.sha256, ENGINE)
