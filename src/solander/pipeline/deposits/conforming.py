"""A bag in the form of another's profile, made for the way there: tag files are added to it, and nothing is changed.

The payload, the tag files and the manifests that the bag has stand in it as they are, so that the digest which binds
the bag binds it there, too. Added are a manifest in each algorithm that is asked for, the tag file that the profile
wants, and a tag manifest in the first of these algorithms that lists all tag files, the added ones included.

Source: RFC 8493, 2.1.3 and 2.2; APTrust User Guide, "Bagging", https://aptrust.github.io/userguide/bagging/
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.deposit import CLOSED, OPEN, Consignment
from solander.model.finding import Report
from solander.model.ports import Entry, Hashed, Wanted
from solander.packing.tag_files import format_manifest

APTRUST = "aptrust"
INFO_NAME = "aptrust-info.txt"
_ALGORITHM = "md5"


class Conformed:
    """A bag's tree with files added to it; keeps ``Tree``."""

    def __init__(self, tree: Folder, added: dict[str, bytes]) -> None:
        self.path, self._tree, self._added = tree.path, tree, added

    @property
    def name(self) -> str:
        """What to call it to a person."""
        return self._tree.name

    def entries(self) -> Iterator[Entry]:
        """Every name, those that were added too."""
        yield from (entry for entry in self._tree.entries() if entry.path not in self._added)
        yield from (Entry(path, "file", len(content)) for path, content in self._added.items())

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a file."""
        return iter((self._added[path],)) if path in self._added else self._tree.chunks(path)

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """The digests of files."""
        for one in wanted:
            if one.path in self._added:
                digests = (_digest(name, self._added[one.path]) for name in one.algorithms)
                yield Hashed(one.path, tuple(digests), None)
        yield from self._tree.hashed([one for one in wanted if one.path not in self._added])

    def read(self, path: str, limit_bytes: int) -> bytes:
        """The whole of a small file."""
        return self._added[path] if path in self._added else self._tree.read(path, limit_bytes)


def conformed(path: Path, consignment: Consignment, profile: str | None) -> Folder | Conformed:
    """A bag in the form that a profile wants; as it is, where none is wanted.

    Raises:
        ArchiveError: it could not be read.
        ValueError: nobody knows how to bring a bag into that form.
    """
    tree = Folder(path)
    if profile is None:
        return tree
    if profile != APTRUST:
        raise ValueError(f"no form of {profile!r} is known")
    added = {INFO_NAME: _aptrust_info(consignment)}
    files = [entry for entry in sorted(tree.entries()) if entry.kind == "file"]
    is_payload = [entry for entry in files if entry.path.startswith("data/")]
    own, all_tags = f"manifest-{_ALGORITHM}.txt", f"tagmanifest-{_ALGORITHM}.txt"
    if not any(entry.path == own for entry in files):
        added[own] = format_manifest(_digests(tree, is_payload))
    tags = [one for one in files if not one.path.startswith(("data/", "tagmanifest-")) and one.path not in added]
    digests = _digests(tree, tags) | {name: _digest(_ALGORITHM, content) for name, content in added.items()}
    added[all_tags] = format_manifest(dict(sorted(digests.items())))
    return Conformed(tree, added)


def judge_form(path: Path, consignment: Consignment, profile: str) -> Report:
    """Judge a bag, in the form in which it would be sent, by the profile that wants it so.

    Raises:
        ArchiveError: it could not be read.
    """
    # Late: few targets want another form.
    from solander.packing import parse_bag
    from solander.pipeline.bags.profile_judging import judge_by_profile
    from solander.pipeline.bags.profiles import load_bag_profile

    tree = conformed(path, consignment, profile)
    return judge_by_profile(tree, parse_bag(tree), load_bag_profile(profile), is_asked_for=True, form="tar")


def _aptrust_info(consignment: Consignment) -> bytes:
    policy = consignment.access.policy
    seen = {OPEN: "Consortia", CLOSED: "Restricted"}.get(policy, "Institution")
    fields = {
        "Title": consignment.title,
        "Description": consignment.description.first("description"),
        "Access": consignment.setting("seen_by") or seen,
        "Storage-Option": consignment.setting("storage_option") or "Standard",
    }
    lines = (f"{label}: {' '.join(value.split())}\n" for label, value in fields.items() if value)
    return "".join(lines).encode("utf-8", "replace")


def _digests(tree: Folder, entries: Sequence[Entry]) -> dict[str, str]:
    found = {}
    for one in tree.hashed([Wanted(entry.path, entry.size_bytes, (_ALGORITHM,)) for entry in entries]):
        if one.fault is not None:
            raise ArchiveError(tree.path / one.path, one.fault)
        found[one.path] = one.digests[0]
    return dict(sorted(found.items()))


def _digest(algorithm: str, content: bytes) -> str:
    return hashlib.new(algorithm, content, usedforsecurity=False).hexdigest()
