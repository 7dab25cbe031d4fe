"""What a bag's lists say beside what its folder holds: the facts that the rules of ``bag_fixity`` judge.

Every listed file is read once, in pieces, for all the algorithms that list it.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator

from solander.errors import ArchiveError
from solander.model.bag import PAYLOAD_FOLDER, Bag, Manifest, ManifestEntry, is_below
from solander.model.ports import Entry, Tree

_KINDS = {"folder": "is a folder", "symlink": "is a symbolic link", "special": "is no regular file"}


class Compared:
    """A bag's manifests beside its files, with the digests of what is listed."""

    __slots__ = ("_others", "bag", "digests", "files", "lists", "there", "unreadable")

    def __init__(self, bag: Bag, tree: Tree) -> None:
        self.bag = bag
        self.files: dict[str, Entry] = {entry.path: entry for entry in bag.entries if entry.kind == "file"}
        self._others = {entry.path: entry.kind for entry in bag.entries if entry.kind != "file"}
        self.lists: dict[str, dict[str, str]] = {
            one.path: one.digests() for one in (*bag.manifests, *bag.tag_manifests)
        }
        """Paths and digests of each manifest, by the manifest's name."""
        self.there: dict[str, str] = self._located()
        """Each listed path that is there, and the name under which it is there."""
        self.digests: dict[str, dict[str, str]] = {}
        """Of each file that was read: digests by algorithm."""
        self.unreadable: dict[str, str] = {}
        """Listed files that could not be read, and why."""
        for path, algorithms in self._wanted().items():
            try:
                self.digests[path] = _hashed(tree.chunks(path), algorithms)
            except ArchiveError as error:
                self.unreadable[path] = error.what

    def listed(self, manifest: Manifest) -> set[str]:
        """The files that a manifest lists, by the names under which they are there."""
        return {self.there[path] for path in self.lists[manifest.path] if path in self.there}

    def mismatches(self, manifest: Manifest) -> Iterator[tuple[ManifestEntry, str]]:
        """Lines whose file has another digest, each with the digest found."""
        for entry in manifest.entries:
            found = self.digests.get(self.there.get(entry.path, ""), {}).get(manifest.algorithm or "")
            if found is not None and found != entry.digest.lower():
                yield entry, found

    def missing(self, manifest: Manifest) -> Iterator[ManifestEntry]:
        """Lines whose file is not there, each path once."""
        seen: set[str] = set()
        unread = self.bag.unread_folders
        for entry in manifest.entries:
            if entry.path not in self.there and entry.path not in seen and not is_below(entry.path, unread):
                seen.add(entry.path)
                yield entry

    def _located(self) -> dict[str, str]:
        listed = {path for paths in self.lists.values() for path in paths}
        there = {path: path for path in listed if path in self.files}
        strays = {path for path in listed if path not in there}
        if strays and not all(map(str.isascii, strays)):
            # A bag that passed through HFS+ has its names in another normal form. A name is taken for another only
            # where neither stands for anything else: an unlisted twin must not hide.
            forms: dict[str, list[str]] = {}
            for path in self.files:
                if path not in listed and not path.isascii():
                    forms.setdefault(unicodedata.normalize("NFC", path), []).append(path)
            for path in strays:
                same = forms.get(unicodedata.normalize("NFC", path), [])
                if len(same) == 1:
                    there[path] = same[0]
        return there

    def _wanted(self) -> dict[str, list[str]]:
        wanted: dict[str, list[str]] = {}
        for manifest in (*self.bag.manifests, *self.bag.tag_manifests):
            if manifest.algorithm is None:
                continue
            for path in self.listed(manifest):
                algorithms = wanted.setdefault(path, [])
                if manifest.algorithm not in algorithms:
                    algorithms.append(manifest.algorithm)
        return wanted

    def kind_at(self, path: str) -> str:
        """What stands under a path that is no file there, in words."""
        return _KINDS.get(self._others.get(path, ""), "is not there")


def shown(path: str) -> str:
    """A path for a message: on one line, and in characters that can be written anywhere."""
    if path.isprintable():
        return path
    written = path.encode("utf-8", "backslashreplace").decode()
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in written)


def is_payload(path: str) -> bool:
    """Whether a path is a payload file's."""
    return path.startswith(PAYLOAD_FOLDER)


def _hashed(chunks: Iterator[bytes], algorithms: list[str]) -> dict[str, str]:
    hashers = [hashlib.new(name, usedforsecurity=False) for name in algorithms]
    for chunk in chunks:
        for hasher in hashers:
            hasher.update(chunk)
    return {name: hasher.hexdigest() for name, hasher in zip(algorithms, hashers, strict=True)}
