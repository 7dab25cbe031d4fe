"""Judging bags by BagIt profiles, and profiles by themselves.

Source: BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from solander.checking.profiles import every_rule as bag_profile
from solander.checking.profiles.claims import claims_own_profile, holds_many_pages, named_profiles
from solander.checking.profiles.judged import Judged, TagFile
from solander.checking.rules import codes
from solander.model.bag import PROFILE_IDENTIFIER, Bag
from solander.model.bag_profile import BagProfile
from solander.model.finding import Report, in_order
from solander.model.ports import Tree
from solander.packing import parse_tag_file
from solander.pipeline.bags.profiles import BUILT_IN, archive_profiles, load_bag_profile
from solander.pipeline.merging import merge
from solander.profiles import Profile


def known_profiles(bag: Bag, given: Iterable[BagProfile]) -> tuple[BagProfile, ...]:
    """Of the profiles that a bag names those that are known: the given ones first, then those built in."""
    named = named_profiles(bag)
    found: dict[str, BagProfile] = {}
    if any(name != PROFILE_IDENTIFIER for name in named):
        for profile in (*given, *(load_bag_profile(name) for name in BUILT_IN)):
            if any(name in profile.identifiers for name in named):
                found.setdefault(profile.identifier, profile)
    elif named:
        found[PROFILE_IDENTIFIER] = load_bag_profile("solander")
    return tuple(found.values())


def judge_by_profile(
    tree: Tree, bag: Bag, profile: BagProfile, *, is_asked_for: bool = False, form: str | None = None
) -> Report:
    """Judge a bag by a profile.

    Args:
        tree: where tag files are read of which the profile asks for fields.
        bag: as it was read from ``tree``.
        profile: by which it is judged.
        is_asked_for: whether a person chose the profile; that the bag does not name it is then a remark.
        form: what the bag is serialised as, ``tar.gz``; ``None`` for a folder.
    """
    there = {entry.path for entry in bag.tag_files}
    tag_files: dict[str, TagFile] = {}
    unread: list[str] = []
    for path in profile.tag_file_fields:
        if path in there:
            info, faults = parse_tag_file(tree, path, bag)
            refused = [fault for fault in faults if fault.kind == "file-unreadable"]
            unread += [f"the fields of {path}: {fault.message}" for fault in refused]
            if not refused:
                tag_files[path] = TagFile(info, faults)
    checks = bag_profile.ASKED_RULES if is_asked_for else bag_profile.NAMED_RULES
    judged = Judged(bag, profile, tag_files=tag_files, form=form)
    return Report(
        subject=bag.name,
        findings=in_order(bag_profile.check_profile(judged, checks)),
        rules=codes(checks),
        schemas=(bag_profile.profile_used(profile),),
        unchecked=tuple(unread),
    )


def judge_naming(bag: Bag) -> Report:
    """Judge of a bag from elsewhere that stands in an archive of ours whether it names our profile, and no more."""
    profile = load_bag_profile("solander")
    checks = bag_profile.NAMING_RULES
    return Report(
        subject=bag.name,
        findings=in_order(bag_profile.check_profile(Judged(bag, profile), checks)),
        rules=codes(checks),
        schemas=(bag_profile.profile_used(profile),),
    )


def judge_profile_itself(profile: BagProfile) -> Report:
    """Judge a profile: whether what it says makes sense. The place of each finding is its file."""
    return Report(
        subject=profile.name,
        findings=in_order(bag_profile.check_profile_itself(profile)),
        rules=codes(bag_profile.PROFILE_RULES),
        schemas=(bag_profile.profile_used(profile),),
    )


def judge_archive_profiles(archive: Path, settings: Profile) -> Iterator[Report]:
    """Judge the profiles that an archive's ``solander.toml`` names, those built in aside.

    Raises:
        ProfileError: one of them cannot be used.
    """
    return (judge_profile_itself(one) for one in archive_profiles(archive, settings) if not one.is_built_in)


def judge_by_profiles(
    tree: Tree, bag: Bag, given: tuple[BagProfile, ...], *, in_archive: bool, form: str | None = None
) -> Report:
    """Judge a bag by every profile that it names and that is known, and by our own if it is ours.

    A bag from elsewhere is judged by BagIt alone if none of its profiles is known: BAG059 says so. In an archive of
    ours it must name ours, or one that the archive's ``solander.toml`` names.

    Args:
        tree: where tag files are read of which a profile asks for fields.
        bag: as it was read from ``tree``.
        given: the profiles of the archive in which it stands.
        in_archive: whether it stands in one.
        form: what it is serialised as, ``tar.gz``; ``None`` for a folder.
    """
    is_ours = claims_own_profile(bag)
    known = {one.identifier: one for one in known_profiles(bag, given)}
    if is_ours:
        known.setdefault(PROFILE_IDENTIFIER, load_bag_profile("solander"))
    parts = [judge_by_profile(tree, bag, one, form=form) for one in known.values()]
    at_home = is_ours or holds_many_pages(bag) or any(one.identifier in known for one in given)
    if in_archive and not at_home:
        # What else a bag from elsewhere lacks is beside the point.
        parts.append(judge_naming(bag))
    return merge(parts, subject=bag.name)
