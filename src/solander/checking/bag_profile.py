"""PRF rules: what a BagIt profile asks of a bag besides BagIt itself.

Solander's own is ``schemas/bagit-profile.json``; the rules hold for any of the specification's versions 1.1 to 1.4.

Source: BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

import fnmatch
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from solander.checking.bag_compared import shown
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag import PROFILE_IDENTIFIER, Bag, InfoField, Manifest
from solander.model.finding import Finding, Place, SchemaUsed
from solander.model.ports import SchemaStore

Profile = Mapping[str, Any]
"""A BagIt profile, read from JSON."""

PROFILE_NAME = "bagit-profile.json"
"""Our own profile, by its file name among the schemas."""

_PROFILE_FIELD = "BagIt-Profile-Identifier"

# A profile need not list what BagIt itself defines.
_OF_BAGIT = re.compile(r"bagit\.txt|bag-info\.txt|fetch\.txt|(tag)?manifest-[^/]+\.txt")


def check_profile(
    bag: Bag, schemas: SchemaStore, checks: Sequence[Check[[Bag, Profile]]] | None = None
) -> list[Finding]:
    """Judge a bag by our profile, by all of ``RULES`` or by ``checks``; findings in order of place, then code.

    Raises:
        ProfileError: the profile is not there.
    """
    import json  # late: whoever validates no bag needs none

    profile: Profile = json.loads(schemas.read(PROFILE_NAME))
    findings = run(RULES if checks is None else checks, bag, profile)
    return sorted(findings, key=lambda one: (one.place.path, one.place.line or 0, one.code))


def profile_used(schemas: SchemaStore) -> SchemaUsed:
    """Which profile judged, for the report.

    Raises:
        ProfileError: the profile is not there.
    """
    import json  # late: as above

    content = schemas.read(PROFILE_NAME)
    about = json.loads(content)["BagIt-Profile-Info"]
    return SchemaUsed(PROFILE_NAME, str(about["Version"]), hashlib.sha256(content).hexdigest(), "Solander's PRF rules")


def claims_own_profile(bag: Bag) -> bool:
    """Whether a bag is to be judged as Solander's: it names our profile, its maker, or is laid out as ours are."""
    if PROFILE_IDENTIFIER in bag.info.values(_PROFILE_FIELD):
        return True
    if any(agent.casefold().startswith("solander") for agent in bag.info.values("Bag-Software-Agent")):
        return True
    named = {entry.path for entry in bag.payload} | {path for one in bag.manifests for path in one.digests()}
    return "data/tei/page.xml" in named and any(path.startswith("data/original/") for path in named)


def other_profiles(bag: Bag) -> tuple[str, ...]:
    """The profiles that a bag names beside our own, each once, fit to be shown."""
    named = bag.info.values(_PROFILE_FIELD)
    return tuple(dict.fromkeys(shown(name[:200]) for name in named if name and name != PROFILE_IDENTIFIER))


@rule("PRF001", "profile-not-named", severity="error", source="BagIt Profiles 1.4, BagIt-Profile-Identifier")
def profile_not_named(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """``bag-info.txt`` does not name the profile by which the bag is judged.

    Why: A receiver finds out by this field what it may expect of the bag.

    Remedy: Pack the page again, or judge the bag by the profile that it names.
    """
    wanted = profile["BagIt-Profile-Info"]["BagIt-Profile-Identifier"]
    named = [field for field in bag.info.fields if field.label.casefold() == "bagit-profile-identifier"]
    if not any(field.value == wanted for field in named):
        place = Place(bag.info_path, named[0].line if named else None)
        yield Fault(place, "it does not name this profile", wanted, shown(named[0].value) if named else None)


@rule("PRF002", "required-field-missing", severity="error", source="BagIt Profiles 1.4, Bag-Info, required")
def required_field_missing(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A field that the profile requires is missing from ``bag-info.txt``, or empty.

    Why: Repositories refuse the bag, or lose what the field would say.

    Remedy: Add the field, then renew the tag manifests; or pack the page again.
    """
    for label, asked in _asked(profile):
        if asked.get("required") and not any(bag.info.values(label)):
            yield Fault(Place(bag.info_path), f"{label} is missing")


@rule("PRF003", "field-value-not-allowed", severity="error", source="BagIt Profiles 1.4, Bag-Info, values")
def field_value_not_allowed(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A field has a value that the profile does not list.

    Why: The receiver cannot act on it.

    Remedy: Give one of the values that the profile lists, then renew the tag manifests.
    """
    for label, asked in _asked(profile):
        if label.casefold() == "bagit-profile-identifier":
            continue  # PRF001
        for field in _fields(bag, label):
            if asked.get("values") and field.value not in asked["values"]:
                place = Place(bag.info_path, field.line)
                yield Fault(place, f"{label} has another value", " or ".join(asked["values"]), shown(field.value))


@rule("PRF004", "field-repeated", severity="error", source="BagIt Profiles 1.4, Bag-Info, repeatable")
def field_repeated(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A field stands more than once that the profile wants once.

    Why: Which value holds is anybody's guess.

    Remedy: Leave all but one out, then renew the tag manifests.
    """
    for label, asked in _asked(profile):
        if asked.get("repeatable") is False:
            for field in _fields(bag, label)[1:]:
                yield Fault(Place(bag.info_path, field.line), f"{label} stands before", None, shown(field.value))


@rule("PRF005", "required-manifest-missing", severity="error", source="BagIt Profiles 1.4, Manifests-Required")
def required_manifest_missing(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag lacks a payload manifest of an algorithm that the profile requires.

    Why: The receiver may know no other algorithm.

    Remedy: Add the manifest, then renew the tag manifests.
    """
    for name in _lacking(bag.manifests, profile.get("Manifests-Required", ())):
        yield Fault(Place(f"manifest-{name}.txt"), "there is no such manifest")


@rule("PRF006", "manifest-not-allowed", severity="error", source="BagIt Profiles 1.4, Manifests-Allowed")
def manifest_not_allowed(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag has a payload manifest of an algorithm that the profile does not allow.

    Why: The receiver refuses the bag, or leaves the manifest unchecked.

    Remedy: Take the manifest out, then renew the tag manifests.
    """
    for path in _excess(bag.manifests, profile.get("Manifests-Allowed")):
        yield Fault(Place(path), "its algorithm is not allowed", " ".join(profile["Manifests-Allowed"]))


@rule("PRF007", "required-tag-manifest-missing", severity="error", source="BagIt Profiles 1.4, Tag-Manifests-Required")
def required_tag_manifest_missing(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag lacks a tag manifest of an algorithm that the profile requires.

    Why: Without it nothing protects the metadata and the payload manifest.

    Remedy: Restore the tag manifest from another copy.
    """
    for name in _lacking(bag.tag_manifests, profile.get("Tag-Manifests-Required", ())):
        yield Fault(Place(f"tagmanifest-{name}.txt"), "there is no such tag manifest")


@rule("PRF008", "tag-manifest-not-allowed", severity="error", source="BagIt Profiles 1.4, Tag-Manifests-Allowed")
def tag_manifest_not_allowed(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag has a tag manifest of an algorithm that the profile does not allow.

    Why: The receiver refuses the bag, or leaves the tag manifest unchecked.

    Remedy: Take the tag manifest out.
    """
    for path in _excess(bag.tag_manifests, profile.get("Tag-Manifests-Allowed")):
        yield Fault(Place(path), "its algorithm is not allowed", " ".join(profile["Tag-Manifests-Allowed"]))


@rule("PRF009", "required-tag-file-missing", severity="error", source="BagIt Profiles 1.4, Tag-Files-Required")
def required_tag_file_missing(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A tag file that the profile requires is not there.

    Why: The description, the history or the judgement of the page is lost.

    Remedy: Restore the file from another copy, or pack the page again.
    """
    there = {entry.path for entry in bag.tag_files}
    for path in profile.get("Tag-Files-Required", ()):
        if path not in there and not bag.may_hold(path):
            yield Fault(Place(path), "there is no such tag file")


@rule("PRF010", "tag-file-not-allowed", severity="error", source="BagIt Profiles 1.4, Tag-Files-Allowed")
def tag_file_not_allowed(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A tag file lies in the bag that the profile does not allow.

    Why: Nobody knows what it is, or who put it there.

    Remedy: Take it out, then renew the tag manifests.
    """
    allowed = profile.get("Tag-Files-Allowed")
    if allowed is not None:
        for entry in bag.tag_files:
            if not _OF_BAGIT.fullmatch(entry.path) and not _covered(entry.path, allowed):
                yield Fault(Place(shown(entry.path)), "the profile knows no such tag file")


@rule("PRF011", "required-payload-file-missing", severity="error", source="BagIt Profiles 1.4, Payload-Files-Required")
def required_payload_file_missing(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A payload file, or a folder with at least one, that the profile requires is not there.

    Why: The page itself or its text is lost.

    Remedy: Restore the file from another copy, or pack the page again.
    """
    there = [entry.path for entry in bag.payload]
    for path in (one for one in profile.get("Payload-Files-Required", ()) if not bag.may_hold(one)):
        if not any(one == path or (path.endswith("/") and one.startswith(path)) for one in there):
            yield Fault(Place(path), f"there is no such {'folder with a file in it' if path[-1] == '/' else 'file'}")


@rule("PRF012", "payload-file-not-allowed", severity="error", source="BagIt Profiles 1.4, Payload-Files-Allowed")
def payload_file_not_allowed(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """A payload file lies in the bag that the profile does not allow.

    Why: Nobody knows what it is, or who put it there.

    Remedy: Pack it as an object of its own.
    """
    allowed = profile.get("Payload-Files-Allowed")
    if allowed is not None:
        listed = {path for manifest in bag.manifests for path in manifest.digests()}
        for entry in bag.payload:
            # Of a file that no manifest lists BAG005 has said already that it does not belong here.
            if bag.manifests and entry.path not in listed:
                continue
            if not _covered(entry.path, allowed):
                yield Fault(Place(shown(entry.path)), "the profile knows no such payload file")


@rule(
    "PRF013",
    "fetch-not-as-wanted",
    severity="error",
    source="BagIt Profiles 1.4, Allow-Fetch.txt and Fetch.txt-Required",
)
def fetch_not_as_wanted(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag has a ``fetch.txt`` that the profile forbids, or lacks one that it requires.

    Why: A bag that must be completed from elsewhere is only as lasting as the place elsewhere.

    Remedy: Fetch the files, then take ``fetch.txt`` out and renew the tag manifests.
    """
    there = any(entry.path == "fetch.txt" for entry in bag.entries)
    if there and profile.get("Allow-Fetch.txt") is False:
        yield Fault(Place("fetch.txt"), "the profile allows none")
    if not there and profile.get("Fetch.txt-Required") is True:
        yield Fault(Place("fetch.txt"), "the profile requires it")


@rule("PRF014", "bagit-version-not-accepted", severity="error", source="BagIt Profiles 1.4, Accept-BagIt-Version")
def bagit_version_not_accepted(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The bag is of a version of BagIt that the profile does not accept.

    Why: The receiver may read it by other rules.

    Remedy: Make the bag anew in a version that is accepted.
    """
    accepted = profile.get("Accept-BagIt-Version", ())
    if bag.version is not None and "{}.{}".format(*bag.version) not in accepted:
        yield Fault(Place("bagit.txt"), "the version is not accepted", " ".join(accepted), "{}.{}".format(*bag.version))


@rule("PRF015", "payload-not-empty", severity="error", source="BagIt Profiles 1.4, Data-Empty")
def payload_not_empty(bag: Bag, profile: Profile) -> Iterator[Fault]:
    """The payload has a file, and the profile wants none.

    Why: Bags of this profile hold their content elsewhere.

    Remedy: Judge the bag by another profile.
    """
    if profile.get("Data-Empty") is True and any(entry.size_bytes for entry in bag.payload):
        yield Fault(Place("data"), "the profile wants an empty payload")


def _asked(profile: Profile) -> Iterator[tuple[str, Mapping[str, Any]]]:
    yield from profile.get("Bag-Info", {}).items()


def _fields(bag: Bag, label: str) -> list[InfoField]:
    return [field for field in bag.info.fields if field.label.casefold() == label.casefold()]


def _plain(algorithm: str) -> str:
    return re.sub("[^a-z0-9]", "", algorithm.lower())


def _lacking(manifests: Sequence[Manifest], required: Sequence[str]) -> list[str]:
    there = {_plain(one.algorithm_written) for one in manifests}
    return [name for name in required if _plain(name) not in there]


def _excess(manifests: Sequence[Manifest], allowed: Sequence[str] | None) -> list[str]:
    if allowed is None:
        return []
    names = {_plain(name) for name in allowed}
    return [one.path for one in manifests if _plain(one.algorithm_written) not in names]


def _covered(path: str, patterns: Sequence[str]) -> bool:
    """Whether a pattern covers a path: ``*`` stops at a slash, but at a pattern's end covers all that lies below."""
    parts = path.split("/")
    for pattern in patterns:
        wanted = pattern.split("/")
        if wanted[-1] in ("*", "**") and len(parts) > len(wanted):
            wanted += ["*"] * (len(parts) - len(wanted))
        if len(wanted) == len(parts) and all(map(fnmatch.fnmatchcase, parts, wanted)):
            return True
    return False


RULES: tuple[Check[[Bag, Profile]], ...] = (
    profile_not_named,
    required_field_missing,
    field_value_not_allowed,
    field_repeated,
    required_manifest_missing,
    manifest_not_allowed,
    required_tag_manifest_missing,
    tag_manifest_not_allowed,
    required_tag_file_missing,
    tag_file_not_allowed,
    required_payload_file_missing,
    payload_file_not_allowed,
    fetch_not_as_wanted,
    bagit_version_not_accepted,
    payload_not_empty,
)
"""Every PRF rule, by code."""

NAMING_RULES: tuple[Check[[Bag, Profile]], ...] = (profile_not_named,)
"""What is asked of a bag from elsewhere that stands in an archive of Solander's."""
