"""PRF rules of files: which manifests, tag files and payload files a profile requires, and which it allows.

Source: BagIt Profiles Specification 1.4.0, Manifests-Required to Payload-Files-Allowed, Allow-Fetch.txt, Data-Empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from solander.checking.bags.compared import shown
from solander.checking.profiles.judged import OF_BAGIT, Judged, listed
from solander.checking.rules import Check, Fault, rule
from solander.model.bag import Manifest
from solander.model.bag_profile import plain_algorithm
from solander.model.finding import Place


@rule("PRF005", "required-manifest-missing", severity="error", source="BagIt Profiles 1.4, Manifests-Required")
def required_manifest_missing(judged: Judged) -> Iterator[Fault]:
    """The bag lacks a payload manifest of an algorithm that the profile requires.

    Why: The receiver may know no other algorithm.

    Remedy: Add the manifest, then renew the tag manifests.
    """
    for name in _lacking(judged.bag.manifests, judged.profile.manifests_required):
        yield Fault(Place(f"manifest-{shown(name)}.txt"), "there is no such manifest")


@rule("PRF006", "manifest-not-allowed", severity="error", source="BagIt Profiles 1.4, Manifests-Allowed")
def manifest_not_allowed(judged: Judged) -> Iterator[Fault]:
    """The bag has a payload manifest of an algorithm that the profile does not allow.

    Why: The receiver refuses the bag, or leaves the manifest unchecked.

    Remedy: Take the manifest out, then renew the tag manifests.
    """
    allowed = judged.profile.manifests_allowed
    for path in _excess(judged.bag.manifests, allowed):
        yield Fault(Place(shown(path)), "its algorithm is not allowed", shown(listed(allowed or ())) or "none")


@rule("PRF007", "required-tag-manifest-missing", severity="error", source="BagIt Profiles 1.4, Tag-Manifests-Required")
def required_tag_manifest_missing(judged: Judged) -> Iterator[Fault]:
    """The bag lacks a tag manifest of an algorithm that the profile requires.

    Why: Without it nothing protects the metadata and the payload manifest.

    Remedy: Restore the tag manifest from another copy.
    """
    for name in _lacking(judged.bag.tag_manifests, judged.profile.tag_manifests_required):
        yield Fault(Place(f"tagmanifest-{shown(name)}.txt"), "there is no such tag manifest")


@rule("PRF008", "tag-manifest-not-allowed", severity="error", source="BagIt Profiles 1.4, Tag-Manifests-Allowed")
def tag_manifest_not_allowed(judged: Judged) -> Iterator[Fault]:
    """The bag has a tag manifest of an algorithm that the profile does not allow.

    Why: The receiver refuses the bag, or leaves the tag manifest unchecked.

    Remedy: Take the tag manifest out.
    """
    allowed = judged.profile.tag_manifests_allowed
    for path in _excess(judged.bag.tag_manifests, allowed):
        yield Fault(Place(shown(path)), "its algorithm is not allowed", shown(listed(allowed or ())) or "none")


@rule("PRF009", "required-tag-file-missing", severity="error", source="BagIt Profiles 1.4, Tag-Files-Required")
def required_tag_file_missing(judged: Judged) -> Iterator[Fault]:
    """A tag file that the profile requires is not there.

    Why: The description, the history or the judgement of the page is lost.

    Remedy: Restore the file from another copy, or pack the page again.
    """
    for path in judged.profile.tag_files_required:
        if path not in judged.tag_paths and not judged.bag.may_hold(path):
            yield Fault(Place(shown(path)), "there is no such tag file")


@rule("PRF010", "tag-file-not-allowed", severity="error", source="BagIt Profiles 1.4, Tag-Files-Allowed")
def tag_file_not_allowed(judged: Judged) -> Iterator[Fault]:
    """A tag file lies in the bag that the profile does not allow.

    Why: Nobody knows what it is, or who put it there.

    Remedy: Take it out, then renew the tag manifests.
    """
    if judged.tags_allowed is not None:
        for entry in judged.bag.tag_files:
            if not OF_BAGIT.fullmatch(entry.path) and not judged.tags_allowed.cover(entry.path):
                yield Fault(Place(shown(entry.path)), "the profile does not allow this tag file")


@rule("PRF011", "required-payload-file-missing", severity="error", source="BagIt Profiles 1.4, Payload-Files-Required")
def required_payload_file_missing(judged: Judged) -> Iterator[Fault]:
    """A payload file, or a folder with something in it, that the profile requires is not there.

    Why: The page itself or its text is lost.

    Remedy: Restore the file from another copy, or pack the page again.
    """
    required = judged.profile.payload_files_required
    if not required:
        return
    files = {entry.path for entry in judged.bag.payload}
    # A folder is there with a file or with another folder in it.
    within = {path[: at + 1] for path in files for at, letter in enumerate(path) if letter == "/"}
    within |= {entry.path.rpartition("/")[0] + "/" for entry in judged.bag.entries if entry.kind == "folder"}
    for path in required:
        if path not in (within if path.endswith("/") else files) and not judged.bag.may_hold(path):
            yield Fault(
                Place(shown(path)), f"there is no such {'folder with a file in it' if path[-1] == '/' else 'file'}"
            )


@rule("PRF012", "payload-file-not-allowed", severity="error", source="BagIt Profiles 1.4, Payload-Files-Allowed")
def payload_file_not_allowed(judged: Judged) -> Iterator[Fault]:
    """A payload file lies in the bag that the profile does not allow.

    Why: Nobody knows what it is, or who put it there.

    Remedy: Pack it as an object of its own.
    """
    if judged.payload_allowed is not None:
        listed_paths = {path for manifest in judged.bag.manifests for path in manifest.entries.paths}
        for entry in judged.bag.payload:
            # Of a file that no manifest lists BAG005 has said already that it does not belong here.
            if judged.bag.manifests and entry.path not in listed_paths:
                continue
            if not judged.payload_allowed.cover(entry.path):
                yield Fault(Place(shown(entry.path)), "the profile does not allow this payload file")


@rule(
    "PRF013",
    "fetch-not-as-wanted",
    severity="error",
    source="BagIt Profiles 1.4, Allow-Fetch.txt and Fetch.txt-Required",
)
def fetch_not_as_wanted(judged: Judged) -> Iterator[Fault]:
    """The bag has a ``fetch.txt`` that the profile forbids, or lacks one that it requires.

    Why: A bag that must be completed from elsewhere is only as lasting as the place elsewhere.

    Remedy: Fetch the files, then take ``fetch.txt`` out and renew the tag manifests.
    """
    if judged.has_fetch and not judged.profile.allows_fetch:
        yield Fault(Place("fetch.txt"), "the profile allows none")
    if not judged.has_fetch and judged.profile.requires_fetch:
        yield Fault(Place("fetch.txt"), "the profile requires it")


@rule("PRF015", "payload-not-empty", severity="error", source="BagIt Profiles 1.4, Data-Empty")
def payload_not_empty(judged: Judged) -> Iterator[Fault]:
    """The payload is more than one file without a byte, and the profile wants it empty.

    Why: Bags of this profile hold their content elsewhere.

    Remedy: Judge the bag by another profile.
    """
    payload = judged.bag.payload if judged.profile.data_empty else ()
    if any(entry.size_bytes for entry in payload):
        yield Fault(Place("data"), "the profile wants an empty payload")
    elif len(payload) > 1:
        yield Fault(Place("data"), "the profile wants no payload file, or one of 0 bytes", "1", f"{len(payload):,}")


def _lacking(manifests: Sequence[Manifest], required: Sequence[str]) -> list[str]:
    there = {plain_algorithm(one.algorithm_written) for one in manifests}
    return [name for name in required if plain_algorithm(name) not in there]


def _excess(manifests: Sequence[Manifest], allowed: Sequence[str] | None) -> list[str]:
    if allowed is None:
        return []
    names = {plain_algorithm(name) for name in allowed}
    return [one.path for one in manifests if plain_algorithm(one.algorithm_written) not in names]


RULES: tuple[Check[[Judged]], ...] = (
    required_manifest_missing,
    manifest_not_allowed,
    required_tag_manifest_missing,
    tag_manifest_not_allowed,
    required_tag_file_missing,
    tag_file_not_allowed,
    required_payload_file_missing,
    payload_file_not_allowed,
    fetch_not_as_wanted,
    payload_not_empty,
)
"""PRF rules of files, by code."""
