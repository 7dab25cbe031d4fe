"""What the PRF rules judge: a bag beside one profile, looked up once and not once for each rule.

Source: BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from solander.model.bag import Bag, BagFault, BagInfo, InfoField
from solander.model.bag_profile import BagProfile
from solander.model.finding import Place
from solander.model.path_patterns import PathPatterns

OF_BAGIT = re.compile(r"bagit\.txt|bag-info\.txt|package-info\.txt|fetch\.txt|(tag)?manifest-[^/]+\.txt")
"""Tag files that BagIt itself defines: a profile need not list them."""

SHOWN_CHARACTERS = 200
"""As much of a list of what is allowed is shown."""


class TagFile(NamedTuple):
    """Another tag file than ``bag-info.txt``, read as one of fields."""

    info: BagInfo
    faults: Sequence[BagFault] = ()


class Judged:
    """A bag, the profile by which it is judged, and what of the bag the profile asks for."""

    def __init__(
        self,
        bag: Bag,
        profile: BagProfile,
        *,
        tag_files: Mapping[str, TagFile] | None = None,
        form: str | None = None,
    ) -> None:
        """Look up what several rules need.

        Args:
            bag: as it was read.
            profile: by which it is judged.
            tag_files: those of ``profile.tag_file_fields`` that are there and could be read.
            form: what the bag is serialised as, ``tar.gz``; ``None`` for a folder.
        """
        self.bag, self.profile, self.form = bag, profile, form
        self.tag_files = tag_files or {}
        self.tag_paths = frozenset(entry.path for entry in bag.tag_files)
        self.has_fetch = any(entry.path == "fetch.txt" for entry in bag.entries)
        self.tags_allowed = _patterns(profile.tag_files_allowed)
        self.payload_allowed = _patterns(profile.payload_files_allowed)
        self._fields = _by_label(bag.info)

    def fields(self, label: str) -> Sequence[InfoField]:
        """The fields of ``bag-info.txt`` under a label, in order; labels are read in any case (RFC 8493, 2.2.2)."""
        return self._fields.get(label.casefold(), ())


def fields_of(file: TagFile) -> Mapping[str, Sequence[InfoField]]:
    """The fields of another tag file, by label in small letters."""
    return _by_label(file.info)


def place_of(path: str, field: InfoField) -> Place:
    """Where a field stands."""
    return Place(path, field.line)


def listed(words: Iterable[str], between: str = " ") -> str:
    """A list for a message, as much of it as a person reads."""
    text = between.join(words)
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def _patterns(patterns: Sequence[str] | None) -> PathPatterns | None:
    return None if patterns is None else PathPatterns(patterns)


def _by_label(info: BagInfo) -> dict[str, list[InfoField]]:
    found: dict[str, list[InfoField]] = {}
    for field in info.fields:
        found.setdefault(field.label.casefold(), []).append(field)
    return found
