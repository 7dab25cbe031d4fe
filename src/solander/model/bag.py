"""A bag as it was read: its facts, and every fault of its writing as a value with its file and line.

Nothing here is judged: ``checking.bag`` says which of the faults is an error, and finds those that show only when
files are compared.

Source: RFC 8493 (BagIt 1.0); the drafts draft-kunze-bagit-01 to -14 for 0.93 to 0.97.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple

from solander.model.identifiers import PROFILE_IDENTIFIER as PROFILE_IDENTIFIER
from solander.model.manifest import Manifest as Manifest
from solander.model.manifest import ManifestEntries as ManifestEntries
from solander.model.manifest import ManifestEntry as ManifestEntry
from solander.model.normal_forms import normal_form
from solander.model.ports import Entry

VERSIONS = ((0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0))
"""Versions of BagIt that are read, the oldest first."""

PAYLOAD_FOLDER = "data/"
"""What every payload path begins with (RFC 8493, 2.1.2)."""


_BAG_VERSION = re.compile(r"[1-9][0-9]{0,8}\Z", re.ASCII)


def is_bag_version(written: str) -> bool:
    """Whether this is a ``Bag-Version`` as Solander counts them: 1, 2, 3 …, of nine digits at most."""
    return _BAG_VERSION.match(written) is not None


def one_line(text: str) -> str:
    """Text without line ends, runs of white space and control characters."""
    words = " ".join(text.split())
    return "".join(letter for letter in words if letter >= " " and not "\x7f" <= letter <= "\x9f").strip()


class InfoField(NamedTuple):
    """One metadata element of ``bag-info.txt``."""

    label: str
    value: str
    """On one line: folded lines are joined by a space."""
    line: int | None = None
    """Where it stands, from 1; ``None`` where it was not read from a file."""


class BagInfo(NamedTuple):
    """The metadata elements of a bag in the order in which they stand, repeats and all (RFC 8493, 2.2.2)."""

    fields: tuple[InfoField, ...] = ()

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str | None]]) -> BagInfo:
        """Make one of labels and values; a pair whose value is ``None`` or empty is left out.

        A value is brought to one line: white space of every kind is collapsed, and control characters are left out.
        Readers of bags are known to break lines at U+2028 and U+0085 too.
        """
        on_one_line = ((label, one_line(value or "")) for label, value in pairs)
        return cls(fields=tuple(InfoField(label, value) for label, value in on_one_line if value))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Labels and values, in order."""
        return tuple((field.label, field.value) for field in self.fields)

    def values(self, label: str) -> tuple[str, ...]:
        """Every value of a label, in order; labels do not tell capitals from small letters."""
        wanted = label.casefold()
        return tuple(field.value for field in self.fields if field.label.casefold() == wanted)

    def first(self, label: str) -> str | None:
        """The first value of a label; ``None`` if there is none."""
        return next(iter(self.values(label)), None)

    def line_of(self, label: str) -> int | None:
        """In which line a label stands first; ``None`` if it does not, or was not read from a file."""
        wanted = label.casefold()
        return next((field.line for field in self.fields if field.label.casefold() == wanted), None)


class FetchEntry(NamedTuple):
    """One line of ``fetch.txt``: where a payload file that was left out may be had."""

    url: str
    size_bytes: int | None
    """``None`` where the line has ``-``."""
    path: str
    line: int


class BagFault(NamedTuple):
    """A fault of writing, met while the bag was read."""

    kind: str
    """The name of the BAG rule that reports it: ``manifest-line-malformed``."""
    path: str
    line: int | None
    message: str
    expected: str | None = None
    found: str | None = None


class Bag(NamedTuple):
    """What a folder says of itself as a bag."""

    name: str
    """What to call it to a person: the path as given."""

    version: tuple[int, int] | None = None
    """``BagIt-Version``; ``None`` where ``bagit.txt`` is missing or does not say it."""

    encoding: str = "utf-8"
    """Of the tag files, as Python names it; UTF-8 where ``bagit.txt`` does not say it."""

    info: BagInfo = BagInfo()

    info_path: str = "bag-info.txt"
    """Where ``info`` stands: ``package-info.txt`` before 0.96."""

    manifests: tuple[Manifest, ...] = ()
    """Payload manifests, by name."""

    tag_manifests: tuple[Manifest, ...] = ()
    """Tag manifests, by name."""

    fetch: tuple[FetchEntry, ...] = ()

    entries: tuple[Entry, ...] = ()
    """Every name in the folder, by path."""

    faults: tuple[BagFault, ...] = ()
    """Faults of writing, in order of file and line."""

    @property
    def unread_folders(self) -> frozenset[str]:
        """Folders in which more may be than was seen, because the system let nobody look: what is below is unknown.

        The system does not say which they were: they are among those in which nothing was seen.
        """
        if not any(fault.kind == "file-unreadable" and fault.path == "." for fault in self.faults):
            return frozenset()
        seen = {entry.path.rpartition("/")[0] for entry in self.entries}
        return frozenset(entry.path for entry in self.entries if entry.kind == "folder" and entry.path not in seen)

    @property
    def unread_files(self) -> frozenset[str]:
        """Files that could not be read, or not to their end: what else they say is unknown."""
        return frozenset(fault.path for fault in self.faults if fault.kind == "file-unreadable")

    def may_hold(self, path: str) -> bool:
        """Whether a path that was not seen may be there nevertheless: below a folder in which nobody could look."""
        return is_below(path, self.unread_folders)

    def lacking(self) -> list[str]:
        """Listed files that are not there and not to be fetched, by path.

        One that is there in another Unicode normal form is there, and what lies where nobody could look may be.
        """
        listed = {path for manifest in (*self.manifests, *self.tag_manifests) for path in manifest.entries.paths}
        there = {entry.path for entry in self.entries}
        lacking = listed - there - {entry.path for entry in self.fetch}
        if not lacking:
            return []
        forms, unread = {normal_form(path) for path in there - listed}, self.unread_folders
        return sorted(path for path in lacking if normal_form(path) not in forms and not is_below(path, unread))

    @property
    def rules_version(self) -> tuple[int, int]:
        """The version by whose rules it is judged: its own, or 1.0 where it names none that is known."""
        return self.version if self.version in VERSIONS else (1, 0)

    @property
    def payload(self) -> tuple[Entry, ...]:
        """Payload files that are there, by path."""
        return tuple(one for one in self.entries if one.kind == "file" and one.path.startswith(PAYLOAD_FOLDER))

    @property
    def tag_files(self) -> tuple[Entry, ...]:
        """Tag files that are there, by path."""
        return tuple(one for one in self.entries if one.kind == "file" and not one.path.startswith(PAYLOAD_FOLDER))


def is_below(path: str, folders: Container[str]) -> bool:
    """Whether a path leads through one of these folders."""
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return True
    return False
