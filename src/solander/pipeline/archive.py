"""An archive as a keeper knows it: which objects stand in it, in which version, and how they were made.

Bags are known by the ``External-Identifier`` in their ``bag-info.txt``, so that a bag may be renamed.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solander.errors import ArchiveError, NotABag
from solander.files import Folder
from solander.model.bag import BagInfo
from solander.model.description import Statement
from solander.model.finding import Report
from solander.pipeline.normalising import Normalised

if TYPE_CHECKING:
    from solander.encoding.statements import Recorded

BAG_INFO_LIMIT_BYTES = 1024 * 1024
RECORD_LIMIT_BYTES = 64 * 1024 * 1024
"""Of one of our own tag files, when it is read back."""

STATEMENTS_NAME = "metadata/description.json"
REPORT_NAME = "metadata/validation.json"
PROVENANCE_NAME = "metadata/premis.xml"
ORIGINAL_FOLDER = "data/original/"
TEI_NAME = "data/tei/page.xml"

SHAPING = ("algorithms", "contact-email", "declared-charset", "licence", "licence-target", "organization")
"""Options that make another bag of the same capture; the moment of packing is none of them."""


class Standing(NamedTuple):
    """A bag that stands in an archive."""

    path: Path
    identifier: str
    version: int


class Archive:
    """The bags of one folder, read once and looked at again before anything is decided."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._known: dict[str, Standing | None] = {}

    def latest(self, identifier: str) -> Standing | None:
        """The bag of an object with the highest version; ``None`` if the object has none here.

        Raises:
            ArchiveError: the folder could not be listed.
        """
        self._look()
        bags = [one for one in self._known.values() if one is not None and one.identifier == identifier]
        return max(bags, key=lambda one: (one.version, one.path.name), default=None)

    def _look(self) -> None:
        try:
            with os.scandir(self.folder) as entries:
                names = {one.name for one in entries if one.is_dir(follow_symlinks=False) and one.name[0] != "."}
        except FileNotFoundError:
            names = set()
        except OSError as error:
            raise ArchiveError(self.folder, error.strerror or "it could not be read") from error
        for name in self._known.keys() - names:
            del self._known[name]
        for name in sorted(names - self._known.keys()):
            self._known[name] = _standing(self.folder / name)


def _standing(path: Path) -> Standing | None:
    info = bag_info(path)
    identifier = info.first("External-Identifier")
    version = info.first("Bag-Version") or "1"
    if identifier is None or not version.isascii() or not version.isdigit():
        return None
    return Standing(path, identifier, int(version[:9]))


def bag_at(path: Path) -> Folder:
    """The tree of a bag.

    Raises:
        NotABag: the folder is none.
        ArchiveError: there is no such folder.
    """
    if not path.exists():
        raise ArchiveError(path, "there is no such folder")
    if not os.path.lexists(path / "bagit.txt"):
        raise NotABag(path)
    return Folder(path)


def bag_info(path: Path) -> BagInfo:
    """What ``bag-info.txt`` says, bounded; nothing, where there is none that can be read."""
    from solander.packing.tag_files import parse_bag_info

    try:
        content = Folder(path).read("bag-info.txt", BAG_INFO_LIMIT_BYTES)
    except ArchiveError:
        return BagInfo()
    return parse_bag_info(content.decode("utf-8", "replace"))[0]


def recorded_in(path: Path) -> Recorded:
    """What a bag records of how it was made.

    Raises:
        ArchiveError: it records nothing that can be read.
    """
    from solander.encoding.statements import parse_statements

    content = Folder(path).read(STATEMENTS_NAME, RECORD_LIMIT_BYTES)
    try:
        return parse_statements(content)
    except ValueError as error:
        raise ArchiveError(path / STATEMENTS_NAME, f"this is no record of statements: {error}") from error


def recorded_report(path: Path) -> Report:
    """The judgement at packing as the bag has it; one that says "not checked" where it has none."""
    from solander.encoding.report_json import parse_report

    try:
        return parse_report(Folder(path).read(REPORT_NAME, RECORD_LIMIT_BYTES))
    except (ArchiveError, ValueError) as error:
        return Report(subject=str(path), unchecked=(f"the report at packing could not be read: {error}",))


def options_of(normalised: Normalised, algorithms: tuple[str, ...]) -> dict[str, str]:
    """What shaped the bag beside the original's bytes and the statements: all that it takes to derive it again."""
    capture, imprint = normalised.capture, normalised.imprint
    captured_at = capture.captured_at.strftime("%Y-%m-%dT%H:%M:%SZ") if capture.captured_at else None
    options = {
        "algorithms": " ".join(algorithms),
        "at": f"{normalised.at:%Y-%m-%dT%H:%M:%SZ}",
        "captured-at": captured_at,
        "charset": normalised.page.charset.name,
        "contact-email": imprint.contact_email,
        "declared-charset": capture.declared_charset,
        "licence": imprint.licence,
        "licence-target": imprint.licence_target,
        "media-type": capture.media_type,
        "organization": imprint.organization,
        "original-name": capture.original_name,
        "record-id": capture.origin.record_id,
        "redirects": " ".join(capture.origin.redirects),
        "uri": capture.uri,
    }
    return {name: value for name, value in options.items() if value}


def is_same(
    said: tuple[Statement, ...],
    options: Mapping[str, str],
    recorded_said: tuple[Statement, ...],
    recorded_options: Mapping[str, str],
) -> bool:
    """Whether the same was said and asked for: then the bag that stands is the bag that would be made."""
    stated = [sorted((one.element, one.value, one.refinement or "", one.language or "") for one in all_of)
              for all_of in (said, recorded_said)]  # fmt: skip
    return stated[0] == stated[1] and all(options.get(name) == recorded_options.get(name) for name in SHAPING)
