"""What a bag's lists say beside what its folder holds: the facts that the rules of ``bag_fixity`` judge.

Every listed file is read once, for all the algorithms that list it. Digests are compared as they come, and only what
differs is kept: a million files that are as they should be leave nothing behind.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from solander.checking.rules import FINDING_LIMIT as FINDING_LIMIT
from solander.errors import ArchiveError
from solander.model.bag import PAYLOAD_FOLDER, PROFILE_IDENTIFIER, Bag, Manifest, ManifestEntry, is_below
from solander.model.links import lead_links
from solander.model.normal_forms import normal_form
from solander.model.ports import CHANGED_WHILE_READ, Entry, Hashed, Tree, Wanted

MODES = ("full", "completeness", "fast")
"""How much of a bag is judged: all of it; all but digests; its structure and Payload-Oxum alone."""

OXUM = re.compile(r"0*([0-9]{1,18})\.0*([0-9]{1,18})")
_KINDS = {"folder": "is a folder", "symlink": "is a symbolic link", "special": "is no regular file"}


class _Rows:
    """The first so many rows that have something to tell, whatever the order in which they come, and how many have."""

    __slots__ = ("_kept", "count")

    def __init__(self) -> None:
        self._kept: list[tuple[int, str]] = []
        self.count = 0

    def add(self, row: int, found: str) -> None:
        from heapq import heappush, heappushpop  # late: in most bags nothing differs

        self.count += 1
        if self.count <= FINDING_LIMIT:
            heappush(self._kept, (-row, found))
        else:
            heappushpop(self._kept, (-row, found))

    def __iter__(self) -> Iterator[tuple[int, str]]:
        return ((-row, found) for row, found in sorted(self._kept, reverse=True))


class _There(Mapping[str, str]):
    """Each listed path that is there, and the name under which it is there: nearly always its own."""

    def __init__(
        self, lists: Mapping[str, Mapping[str, int]], files: Mapping[str, Entry], links: Mapping[str, str]
    ) -> None:
        self._lists, self._files = lists, files
        self.linked = {path: to for path, to in links.items() if self._is_listed(path)}
        """Listed links, and the payload file by which each is judged; a link does not make that file a listed one."""
        self.moved: dict[str, str] = {}
        """Only those that are there under another name."""
        self.known_as: dict[str, list[str]] = {}
        """The listed paths of each file that has another name."""
        strays = dict.fromkeys(
            path
            for rows in lists.values()
            for path in rows
            if not path.isascii() and path not in files and path not in links
        )
        if strays:
            # A bag that passed through HFS+ has its names in another normal form. A name is taken for another only
            # where neither stands for anything else: an unlisted twin must not hide.
            forms: dict[str, list[str]] = {}
            for path in files:
                if not path.isascii() and not self._is_listed(path):
                    forms.setdefault(normal_form(path), []).append(path)
            for path in strays:
                same = forms.get(normal_form(path), [])
                if len(same) == 1:
                    self.moved[path] = same[0]
                    self.known_as.setdefault(same[0], []).append(path)

    def _is_listed(self, path: str) -> bool:
        return any(path in rows for rows in self._lists.values())

    def __getitem__(self, path: str) -> str:
        if path in self._files and self._is_listed(path):
            return path
        return self.linked[path] if path in self.linked else self.moved[path]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(path for rows in self._lists.values() for path in rows if path in self))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Differing(NamedTuple):
    """The lines of a manifest whose file has another digest."""

    told: list[tuple[ManifestEntry, str]]
    """The first ``FINDING_LIMIT`` of them, each with the digest found."""
    number: int
    """How many there are."""


class Compared:
    """A bag's manifests beside its files, and what differs."""

    def __init__(
        self, bag: Bag, tree: Tree, mode: str = "full", profiles: Collection[str] = (PROFILE_IDENTIFIER,)
    ) -> None:
        """Compare lists and names; in mode ``full`` begin to read every listed file, too.

        What was read is waited for only when it is asked for: until then, whoever asks for other things has them while
        files are read.
        """
        self.bag, self.mode = bag, mode
        self.profiles = frozenset(profiles)
        """The identifiers of the profiles that are known."""
        self._manifests = (*bag.manifests, *bag.tag_manifests)
        self._sets: dict[tuple[str, ...], tuple[str, ...]] = {}
        self.files: dict[str, Entry] = {entry.path: entry for entry in bag.entries if entry.kind == "file"}
        self._others = {entry.path: entry.kind for entry in bag.entries if entry.kind != "file"}
        self._repeats: dict[str, dict[str, list[int]]] = {}
        self.lists: dict[str, dict[str, int]] = {one.path: self._first_rows(one) for one in self._manifests}
        """Of each manifest, by its name: the paths that it lists, and the row in which each stands first."""
        self.links: dict[str, str] = {
            path: led.path for path, led in lead_links(bag.entries).items() if led.lead == "file" and is_payload(path)
        }
        """Links within the payload that lead to a payload file, and that file's name; no link is ever opened."""
        self.there = _There(self.lists, self.files, self.links)
        """Each listed path that is there, and the name under which it is there."""
        self._links_to: dict[str, list[str]] = {}
        for link, to in self.there.linked.items():
            self._links_to.setdefault(to, []).append(link)
        self._unreadable: dict[str, str] = {}
        self._changed: list[str] = []
        self.oversized: list[Entry] = []
        """Payload files that are larger than the whole payload by Payload-Oxum: they were not read."""
        self._differing: dict[str, _Rows] = {path: _Rows() for path in self.lists}
        self._checked = [
            (one.algorithm, self.lists[one.path], one.entries.has, self._repeats[one.path], self._differing[one.path])
            for one in self._manifests
            if one.algorithm is not None
        ]
        self._listing = [(algorithm, rows) for algorithm, rows, *_ in self._checked]
        self._coming: Iterator[Hashed] = iter(())
        if mode == "full":
            self._begin(tree)

    @property
    def unreadable(self) -> dict[str, str]:
        """Listed files that could not be read, and why."""
        self._finish()
        return self._unreadable

    @property
    def changed(self) -> list[str]:
        """Listed files that were not the same from the listing to the end of reading."""
        self._finish()
        return self._changed

    @functools.cached_property
    def tag_files(self) -> list[str]:
        """The files outside ``data/``."""
        return [path for path in self.files if not path.startswith(PAYLOAD_FOLDER)]

    @functools.cached_property
    def payload_names(self) -> list[str]:
        """Every payload path that is there or listed, once."""
        files = self.files
        names = [path for path in files if path.startswith(PAYLOAD_FOLDER)]
        before: list[dict[str, int]] = []
        for manifest in self.bag.manifests:
            rows = self.lists[manifest.path]
            if not rows.keys() <= files.keys():
                gone = [path for path in rows if path not in files]
                for earlier in before:
                    gone = [path for path in gone if path not in earlier]
                names += gone
            before.append(rows)
        return names

    @functools.cached_property
    def unlisted(self) -> list[str]:
        """The files that no payload manifest lists."""
        lacking = self.files.keys() - self.lists[self.bag.manifests[0].path].keys() if self.bag.manifests else set()
        if not lacking:
            return []
        return [
            path
            for path in self.files
            if path in lacking and not any(self.is_listed(path, one) for one in self.bag.manifests)
        ]

    def listed(self, manifest: Manifest) -> set[str]:
        """The files that a manifest lists, by the names under which they are there."""
        rows = self.lists[manifest.path]
        own = {path for path in rows if path in self.files}
        return own.union(there for path, there in self.there.moved.items() if path in rows)

    def is_listed(self, path: str, manifest: Manifest) -> bool:
        """Whether a manifest lists a file, given by the name under which it is there."""
        rows = self.lists[manifest.path]
        return path in rows or any(name in rows for name in self.there.known_as.get(path, ()))

    def mismatches(self, manifest: Manifest) -> Differing:
        """Lines whose file has another digest."""
        self._finish()
        rows = self._differing[manifest.path]
        return Differing([(manifest.entries[row], found) for row, found in rows], rows.count)

    def missing(self, manifest: Manifest) -> tuple[list[ManifestEntry], int]:
        """Lines whose file is not there, each path once: the first ``FINDING_LIMIT``, and how many there are."""
        listed, files = self.lists[manifest.path], self.files
        rows = [] if listed.keys() <= files.keys() else [row for path, row in listed.items() if path not in files]
        moved, linked, unread = self.there.moved, self.there.linked, self.bag.unread_folders
        if rows and (moved or linked or unread):
            paths = manifest.entries.paths
            rows = [row for row in rows if paths[row] not in moved and paths[row] not in linked]
            # What lies below a folder in which nobody could look is unknown, and not said to be gone.
            rows = [row for row in rows if not (unread and is_below(paths[row], unread))]
        return [manifest.entries[row] for row in rows[:FINDING_LIMIT]], len(rows)

    def repeats(self, manifest: Manifest) -> Iterator[tuple[ManifestEntry, str]]:
        """Lines whose path the same manifest lists before, each with the first digest."""
        rows = self.lists[manifest.path]
        later = [(row, path) for path, more in self._repeats[manifest.path].items() for row in more]
        for row, path in sorted(later):
            yield manifest.entries[row], manifest.entries.digest(rows[path])

    def kind_at(self, path: str) -> str:
        """What stands under a path that is no file there, in words."""
        return _KINDS.get(self._others.get(path, ""), "is not there")

    def _first_rows(self, manifest: Manifest) -> dict[str, int]:
        paths = manifest.entries.paths
        rows = dict(zip(paths, range(len(paths)), strict=True))
        repeats: dict[str, list[int]] = {}
        if len(rows) < len(paths):
            rows = {}
            for row, path in enumerate(paths):
                if rows.setdefault(path, row) != row:
                    repeats.setdefault(path, []).append(row)
        self._repeats[manifest.path] = repeats
        return rows

    def _begin(self, tree: Tree) -> None:
        """Have files read: who reads them has begun once the first result is there."""
        coming = iter(tree.hashed(self._wanted()))
        try:
            self._coming = itertools.chain([next(coming)], coming)
        except StopIteration:
            pass
        except ArchiveError as error:
            self._unreadable["."] = error.what

    def _finish(self) -> None:
        coming, self._coming = self._coming, iter(())
        try:
            for path, digests, fault in coming:
                if fault is None:
                    self._compare(path, digests)
                elif fault == CHANGED_WHILE_READ:
                    self._changed.append(path)
                else:
                    self._unreadable[path] = fault
        except ArchiveError as error:
            # Nobody knows any more what of the rest is as it should be.
            self._unreadable["."] = error.what

    def _wanted(self) -> list[Wanted]:
        allowed_bytes = oxum_bytes(self.bag)
        # A tag file that could not be read to its end is at fault already, and may claim any size.
        unread = {fault.path for fault in self.bag.faults if fault.kind == "file-unreadable"}
        wanted = []
        for path, entry in self.files.items():
            if path in unread:
                continue
            if allowed_bytes is not None and entry.size_bytes > allowed_bytes and is_payload(path):
                self.oversized.append(entry)
            elif algorithms := self._algorithms(path):
                wanted.append(Wanted(path, entry.size_bytes, algorithms))
        return wanted

    def _algorithms(self, path: str) -> tuple[str, ...]:
        """The algorithms by which a file is listed, each once, in the order in which ``_compare`` meets them."""
        met = tuple([algorithm for name in self._names(path) for algorithm, rows in self._listing if name in rows])
        # Nearly all files are listed by the same manifests.
        found = self._sets.get(met)
        if found is None:
            found = self._sets[met] = tuple(dict.fromkeys(met))
        return found

    def _compare(self, path: str, digests: tuple[str, ...]) -> None:
        found: dict[str, str] = {}
        for name in self._names(path):
            for algorithm, rows, has, repeats, differing in self._checked:
                row = rows.get(name)
                if row is None:
                    continue
                digest = found.get(algorithm)
                if digest is None:
                    digest = found[algorithm] = digests[len(found)]
                content = bytes.fromhex(digest)
                if not has(row, content):
                    differing.add(row, digest)
                for later in repeats.get(name, ()) if repeats else ():
                    if not has(later, content):
                        differing.add(later, digest)

    def _names(self, path: str) -> tuple[str, ...]:
        """The paths by whose lines a file is judged: its own, those in another normal form, and links to it."""
        if path not in self._links_to and path not in self.there.known_as:
            return (path,)
        return (path, *self.there.known_as.get(path, ()), *self._links_to.get(path, ()))


def oxum_bytes(bag: Bag) -> int | None:
    """The bytes of the payload by its one well-formed ``Payload-Oxum``; ``None`` where there is no such thing."""
    values = bag.info.values("Payload-Oxum")
    match = OXUM.fullmatch(values[0]) if len(values) == 1 else None
    return int(match[1]) if match is not None else None


def shown(path: str) -> str:
    """A path for a message: on one line, and in characters that can be written anywhere."""
    if path.isprintable():
        return path
    written = path.encode("utf-8", "backslashreplace").decode()
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in written)


def is_payload(path: str) -> bool:
    """Whether a path is a payload file's."""
    return path.startswith(PAYLOAD_FOLDER)
