"""BAG rules of fixity: every listed file there and unharmed, every file listed.

Source: RFC 8493, sections 2 and 3 ("complete" and "valid").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.bags.compared import FINDING_LIMIT, Compared, is_payload, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag, Manifest
from solander.model.finding import Place


def _is_manifest(path: str) -> bool:
    return re.fullmatch(r"(tag)?manifest-[^/]+\.txt", path) is not None


def _unread(manifests: tuple[Manifest, ...], bag: Bag) -> bool:
    """Whether one of these could not be read: what it lists is unknown, and not said to be lacking."""
    return len(_read(manifests, bag)) < len(manifests)


def _read(manifests: tuple[Manifest, ...], bag: Bag) -> tuple[Manifest, ...]:
    unread = bag.unread_files
    return tuple(one for one in manifests if one.path not in unread)


def _mismatches(manifest: Manifest, compared: Compared) -> Iterator[Fault]:
    told, number = compared.mismatches(manifest)
    for entry, found in told:
        yield Fault(Place(manifest.path, entry.line), shown(entry.path), entry.digest, found)
    yield from _more(manifest, number)


def _more(manifest: Manifest, number: int) -> Iterator[Fault]:
    """What is said of those beyond the first ``FINDING_LIMIT``: a million would help nobody."""
    if number > FINDING_LIMIT:
        yield Fault(Place(manifest.path), f"and {number - FINDING_LIMIT:,} more of this kind")


@rule("BAG003", "payload-digest-mismatch", severity="error", source="RFC 8493, 3")
def payload_digest_mismatch(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A payload file has another digest than its manifest records.

    Why: The file is not the one that was packed: it was changed, cut or damaged.

    Remedy: Restore it from another copy of the bag. Do not renew the manifest unless you know why the file
    differs.
    """
    for manifest in bag.manifests:
        yield from _mismatches(manifest, compared)


@rule("BAG004", "payload-file-missing", severity="error", source="RFC 8493, 3")
def payload_file_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest lists a payload file that is not there.

    Why: The bag is not complete.

    Remedy: Restore the file from another copy; if ``fetch.txt`` says where it may be had, fetch it.
    """
    to_fetch = {entry.path for entry in bag.fetch}
    for manifest in bag.manifests:
        told, number = compared.missing(manifest)
        for entry in told:
            hint = "; fetch.txt says where it may be had" if entry.path in to_fetch else ""
            what = f"{shown(entry.path)} {compared.kind_at(entry.path)}{hint}"
            yield Fault(Place(manifest.path, entry.line), what)
        yield from _more(manifest, number)


@rule("BAG005", "payload-file-unlisted", severity="error", source="RFC 8493, 3")
def payload_file_unlisted(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file lies in ``data/`` that no manifest lists.

    Why: Nobody vouches for it: it came in later, or the manifest was cut.

    Remedy: Take it out, or make the bag anew if it belongs there.
    """
    if _unread(bag.manifests, bag):
        return  # nobody knows what that manifest lists
    for path in compared.unlisted:
        if is_payload(path):
            yield Fault(Place(shown(path)), "no manifest lists it")


@rule("BAG006", "tag-file-digest-mismatch", severity="error", source="RFC 8493, 3")
def tag_file_digest_mismatch(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag file has another digest than a tag manifest records.

    Why: Metadata or a manifest was changed after the bag was made.

    Remedy: Restore it from another copy. After a wanted change, renew the tag manifests.
    """
    for manifest in bag.tag_manifests:
        yield from _mismatches(manifest, compared)


@rule("BAG007", "tag-file-missing", severity="error", source="RFC 8493, 3")
def tag_file_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag manifest lists a file that is not there.

    Why: The bag is not complete.

    Remedy: Restore the file from another copy.
    """
    for manifest in bag.tag_manifests:
        told, number = compared.missing(manifest)
        for entry in told:
            yield Fault(Place(manifest.path, entry.line), f"{shown(entry.path)} {compared.kind_at(entry.path)}")
        yield from _more(manifest, number)


@rule("BAG008", "tag-file-unlisted", severity="warning", source="RFC 8493, 2.2.1")
def tag_file_unlisted(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag manifest does not list a tag file that is there.

    Why: The file may be lost or changed without anybody seeing it.

    Remedy: Take the file out if it does not belong there, or renew the tag manifests.
    """
    for manifest in _read(bag.tag_manifests, bag):
        for path in compared.tag_files:
            # Of 1.0 that is an error, and told by another rule.
            is_told = _is_manifest(path) and (bag.rules_version >= (1, 0) or path.startswith("tag"))
            if not is_told and not compared.is_listed(path, manifest):
                yield Fault(Place(shown(path)), f"{manifest.path} does not list it")


@rule("BAG009", "payload-manifest-missing", severity="error", source="RFC 8493, 2.1.3")
def payload_manifest_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The bag has no payload manifest.

    Why: Nothing says what the payload is.

    Remedy: Restore the manifest from another copy.
    """
    if not bag.manifests:
        yield Fault(Place("."), "there is no manifest-<algorithm>.txt", "manifest-sha512.txt")


@rule("BAG011", "manifest-entry-repeated", severity="error", source="RFC 8493, 2.1.3")
def manifest_entry_repeated(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest lists a file twice; before BagIt 1.0, with digests that differ.

    Why: At most one of the digests can be right.

    Remedy: Find out which is, and leave the other out.
    """
    for manifest in (*bag.manifests, *bag.tag_manifests):
        for entry, first in compared.repeats(manifest):
            if bag.rules_version >= (1, 0) or entry.digest != first:
                what = f"{shown(entry.path)} is listed before"
                place = Place(manifest.path, entry.line)
                is_same = entry.digest == first
                yield (
                    Fault(place, f"{what}, with the same digest")
                    if is_same
                    else Fault(place, what, first, entry.digest)
                )


@rule("BAG012", "manifest-entry-doubled", severity="warning", source="draft-kunze-bagit-14, 2.1.3")
def manifest_entry_doubled(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest of a bag before BagIt 1.0 lists a file twice with the same digest.

    Why: BagIt 1.0 forbids it, and other programs may refuse the bag.

    Remedy: Leave one line out, then renew the tag manifests.
    """
    if bag.rules_version < (1, 0):
        for manifest in (*bag.manifests, *bag.tag_manifests):
            for entry, first in compared.repeats(manifest):
                if entry.digest == first:
                    yield Fault(Place(manifest.path, entry.line), f"{shown(entry.path)} is listed before")


@rule("BAG020", "manifest-incomplete", severity="error", source="RFC 8493, 2.1.3")
def manifest_incomplete(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """One payload manifest of several lacks a file that another lists.

    Why: In BagIt 1.0 every manifest lists every payload file; by this manifest alone the file could vanish.

    Remedy: Add the missing lines, then renew the tag manifests.
    """
    if bag.rules_version >= (1, 0) and len(bag.manifests) > 1:
        for manifest in _read(bag.manifests, bag):
            listed = compared.lists[manifest.path]
            lacking = {path: None for one in bag.manifests for path in compared.lists[one.path] if path not in listed}
            for path in list(lacking)[:FINDING_LIMIT]:
                yield Fault(Place(manifest.path), f"it lacks {shown(path)}, which another manifest lists")
            if len(lacking) > FINDING_LIMIT:
                yield Fault(Place(manifest.path), f"and {len(lacking) - FINDING_LIMIT:,} more of this kind")


@rule("BAG030", "tag-manifest-listed", severity="error", source="RFC 8493, 2.2.1")
def tag_manifest_listed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag manifest lists a tag manifest.

    Why: None can hold its own digest, so BagIt 1.0 forbids it.

    Remedy: Leave the line out.
    """
    if bag.rules_version >= (1, 0):
        names = {one.path for one in bag.tag_manifests}
        for manifest in bag.tag_manifests:
            for path, row in compared.lists[manifest.path].items():
                if path in names:
                    yield Fault(Place(manifest.path, manifest.entries[row].line), f"it lists {path}")


@rule("BAG031", "payload-manifest-unlisted", severity="error", source="RFC 8493, 2.2.1")
def payload_manifest_unlisted(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag manifest does not list a payload manifest.

    Why: The payload manifest could be changed together with a payload file, and nobody would see it.

    Remedy: Renew the tag manifests.
    """
    if bag.rules_version >= (1, 0):
        for manifest in _read(bag.tag_manifests, bag):
            for one in bag.manifests:
                if one.path not in compared.lists[manifest.path]:
                    yield Fault(Place(manifest.path), f"it does not list {shown(one.path)}")


@rule("BAG058", "tag-manifest-missing", severity="warning", source="RFC 8493, 2.2.1")
def tag_manifest_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The bag has no tag manifest.

    Why: Nothing protects its metadata and its manifests: whoever changes a payload file and its manifest leaves no
    trace within the bag.

    Remedy: Add ``tagmanifest-sha512.txt`` while the bag is known to be right.
    """
    if not bag.tag_manifests and "bagit.txt" in compared.files:
        count = len(compared.tag_files)
        what = f"no tag manifest protects its {count} tag {'file' if count == 1 else 'files'}"
        yield Fault(Place("."), what, "tagmanifest-sha512.txt")


RULES = (
    payload_digest_mismatch,
    payload_file_missing,
    payload_file_unlisted,
    tag_file_digest_mismatch,
    tag_file_missing,
    tag_file_unlisted,
    payload_manifest_missing,
    manifest_entry_repeated,
    manifest_entry_doubled,
    manifest_incomplete,
    tag_manifest_listed,
    payload_manifest_unlisted,
    tag_manifest_missing,
)
"""By code."""
