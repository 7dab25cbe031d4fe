"""PRF rules of a profile itself: what it says must make sense before any bag can keep it.

A place in these findings is the profile's file.

Source: BagIt Profiles Specification 1.4.0, "Implementation Details".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solander.checking.bags.compared import shown
from solander.checking.profiles.fields import PROFILE_LABEL
from solander.checking.profiles.judged import OF_BAGIT
from solander.checking.rules import Check, Fault, rule
from solander.model.bag import PAYLOAD_FOLDER
from solander.model.bag_profile import BagProfile, plain_algorithm
from solander.model.finding import Place
from solander.model.path_patterns import PathPatterns


@rule(
    "PRF024",
    "profile-contradicts-itself",
    severity="error",
    source="BagIt Profiles 1.4, Manifests-Allowed, Tag-Manifests-Allowed, Tag-Files-Allowed, Payload-Files-Allowed, "
    "Data-Empty",
)
def profile_contradicts_itself(profile: BagProfile) -> Iterator[Fault]:
    """The profile requires what it does not allow.

    Whatever is required has to be among what is allowed, where that is listed; a ``fetch.txt`` can only be required
    where it is allowed. Every bag has a manifest, so that some must be allowed; and where the payload is to be empty,
    no more than one file of it can be required.

    Why: No bag can keep it.

    Remedy: Ask whoever keeps the profile; or put what is required into the list of what is allowed.
    """
    for required, allowed, lacking in (
        *_algorithms(profile),
        ("Tag-Files-Required", "Tag-Files-Allowed", _uncovered(profile.tag_files_required, profile.tag_files_allowed)),
        (
            *("Payload-Files-Required", "Payload-Files-Allowed"),
            _uncovered(profile.payload_files_required, profile.payload_files_allowed),
        ),
    ):
        for one in lacking:
            yield _fault(profile, f"{required} names what {allowed} does not", None, shown(one))
    if profile.requires_fetch and not profile.allows_fetch:
        yield _fault(profile, "Fetch.txt-Required is true and Allow-Fetch.txt is false")
    if profile.manifests_allowed is not None and not profile.manifests_allowed:
        yield _fault(profile, "Manifests-Allowed lists none, and every bag has a manifest")
    required_files = {path for path in profile.payload_files_required if not path.endswith("/")}
    if profile.data_empty and len(required_files) > 1:
        what = "Data-Empty is true, which is one file without a byte at most, and Payload-Files-Required has more"
        yield _fault(profile, what, "1", str(len(required_files)))


@rule("PRF025", "profile-serialization-unnamed", severity="error", source="BagIt Profiles 1.4, Accept-Serialization")
def profile_serialization_unnamed(profile: BagProfile) -> Iterator[Fault]:
    """The profile requires or allows archive files, and does not say of which kind.

    Why: Nobody knows what the receiver can open.

    Remedy: List media types under Accept-Serialization, ``application/zip`` for one.
    """
    if profile.serialization in ("required", "optional") and not profile.accept_serialization:
        yield _fault(profile, f"Serialization is {profile.serialization}, and Accept-Serialization names nothing")


@rule("PRF026", "profile-path-unfit", severity="error", source="BagIt Profiles 1.4, Tag-Files-* and Payload-Files-*")
def profile_path_unfit(profile: BagProfile) -> Iterator[Fault]:
    """The profile lists a path that no bag can have, or a pattern where only a path may stand.

    Payload files are written from the bag's folder, beginning with ``data/``; what is required is written out; a folder
    that is allowed ends in ``/*``, and one that must have something in it in ``/``.

    Why: Bags are found wanting, or not, for what nobody meant.

    Remedy: Ask whoever keeps the profile; or write the path as it stands in a bag.
    """
    for path in profile.payload_files_required:
        if not path.startswith(PAYLOAD_FOLDER):
            yield _fault(profile, "Payload-Files-Required has a path that is not in data/", None, shown(path))
    for path in profile.payload_files_allowed or ():
        # "*" is data/ and all that is in it.
        if not path.startswith((PAYLOAD_FOLDER, "*")):
            yield _fault(profile, "Payload-Files-Allowed has a path that is not in data/", None, shown(path))
        if path.endswith("/"):
            yield _fault(profile, "Payload-Files-Allowed has a folder", f"{shown(path)}*", shown(path))
    for path in profile.tag_files_required:
        if path.startswith(PAYLOAD_FOLDER) or path.endswith("/"):
            yield _fault(profile, "Tag-Files-Required names a file that is not a tag file", None, shown(path))
    for path in (*profile.tag_files_required, *profile.payload_files_required):
        if "*" in path:
            yield _fault(profile, "a pattern is required; only what is allowed may be one", None, shown(path))


@rule("PRF027", "profile-element-unknown", severity="warning", source="BagIt Profiles 1.4, Implementation Details")
def profile_element_unknown(profile: BagProfile) -> Iterator[Fault]:
    """The profile has an element that neither the specification nor Solander knows.

    Why: Whatever it asks of bags was not looked at.

    Remedy: See whether it is misspelt; if the receiver has a meaning for it, ask them to judge the bag as well.
    """
    for name in profile.unknown:
        yield _fault(profile, "it has an element that is not known, and was ignored", None, shown(name[:200]))


@rule(
    "PRF028",
    "profile-element-of-later-version",
    severity="warning",
    source="BagIt Profiles 1.4, BagIt-Profile-Version",
)
def profile_element_of_later_version(profile: BagProfile) -> Iterator[Fault]:
    """The profile has an element that came with a later version of the specification than it says it keeps.

    A profile that does not say is of version 1.1.0.

    Why: Programs that go by the version pass the element over; here it is obeyed.

    Remedy: Say the version in BagIt-Profile-Info: ``"BagIt-Profile-Version": "1.4.0"``.
    """
    found = "{}.{}".format(*profile.specification)
    for element, since in profile.newer_elements:
        yield _fault(profile, f"{element} is of a later version of the specification", "{}.{}".format(*since), found)


@rule(
    "PRF029",
    "profile-lists-what-is-always-asked",
    severity="info",
    source="BagIt Profiles 1.4, Bag-Info and Tag-Files-Required",
)
def profile_lists_what_is_always_asked(profile: BagProfile) -> Iterator[Fault]:
    """The profile asks for what every profile asks, or names manifests among tag files.

    ``BagIt-Profile-Identifier`` and ``bag-info.txt`` go without saying, and manifests have elements of their own.

    Why: The specification advises against it; nothing is judged otherwise for it.

    Remedy: Nothing need be done.
    """
    for asked in profile.fields:
        if asked.label.casefold() == PROFILE_LABEL:
            yield _fault(profile, "Bag-Info lists BagIt-Profile-Identifier, which is always required")
    for path in profile.tag_files_required:
        if path == "bag-info.txt" or ("/" not in path and path.startswith(("manifest-", "tagmanifest-"))):
            yield _fault(profile, "Tag-Files-Required lists what other elements ask for", None, shown(path))


def _fault(profile: BagProfile, message: str, expected: str | None = None, found: str | None = None) -> Fault:
    return Fault(Place(profile.name), message, expected, found)


def _algorithms(profile: BagProfile) -> Iterator[tuple[str, str, list[str]]]:
    for kind, required, allowed in (
        ("Manifests", profile.manifests_required, profile.manifests_allowed),
        ("Tag-Manifests", profile.tag_manifests_required, profile.tag_manifests_allowed),
    ):
        known = {plain_algorithm(name) for name in allowed or ()}
        lacking = [name for name in required if allowed is not None and plain_algorithm(name) not in known]
        yield f"{kind}-Required", f"{kind}-Allowed", lacking


def _uncovered(required: Sequence[str], allowed: Sequence[str] | None) -> list[str]:
    if allowed is None:
        return []
    # A pattern that is required is told of as one.
    required = [path for path in required if "*" not in path and not OF_BAGIT.fullmatch(path)]
    patterns = PathPatterns(allowed)
    return [
        path for path in required if not (patterns.cover_within(path) if path.endswith("/") else patterns.cover(path))
    ]


RULES: tuple[Check[[BagProfile]], ...] = (
    profile_contradicts_itself,
    profile_serialization_unnamed,
    profile_path_unfit,
    profile_element_unknown,
    profile_element_of_later_version,
    profile_lists_what_is_always_asked,
)
"""PRF rules of a profile itself, by code."""
