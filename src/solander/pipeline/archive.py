"""An archive as a keeper knows it: which objects stand in it, in which version, and how they were made.

Bags are known by the ``External-Identifier`` in their ``bag-info.txt``, so that a bag may be renamed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solander import __version__
from solander.errors import ArchiveError, NotABag
from solander.files.folder import Folder
from solander.files.refusals import refused_archive
from solander.model.bag import PROFILE_IDENTIFIER, BagInfo, is_bag_version, one_line
from solander.model.bag_layout import (
    DUBLIN_CORE_NAME,
    FILE_LIMIT_BYTES,
    OTHER_RECORD_NAMES,
    PROVENANCE_NAME,
    REPORT_NAME,
    STATEMENTS_NAME,
    TEI_NAME,
    TERMS_NAME,
    VIEW_NAME,
)
from solander.model.capture import Capture, written_moment
from solander.model.document import Document, Imprint
from solander.model.finding import Report
from solander.model.identifiers import DATACITE_SCHEMA, DESCRIPTION_SCHEMA, REPORT_SCHEMA, SCHEMA_ORG_SCHEMA
from solander.model.ports import Tree
from solander.pipeline.names_by_word import NamesByWord

if TYPE_CHECKING:
    from solander.encoding.statements import Recorded
    from solander.pipeline.pages.normalising import Normalised

BAG_INFO_LIMIT_BYTES = 1024 * 1024
RECORD_LIMIT_BYTES = 64 * 1024 * 1024
"""Of one of our own tag files, when it is read back."""

NOT_SHAPING = frozenset(("at", "file-name"))
"""Options that are recorded and make no other bag: when it was packed, and what the page's file was called."""


class Standing(NamedTuple):
    """A bag that stands in an archive."""

    path: Path
    identifier: str
    version: int
    """0 where its ``Bag-Version`` is no number that Solander counts by."""
    sha256: str | None
    """Of its original, as its ``bag-info.txt`` says."""
    uri: str | None
    is_of_this_version: bool
    """Whether its TEI was made by this version of Solander."""
    is_ours: bool
    """Whether it names our profile: what identifiers and versions mean in other bags is for others to say."""


class Archive:
    """The bags of one folder, read once and looked at again before anything is decided.

    An archive holds more bags than memory would hold of what they say: of each only its name, its object and three
    short digests are kept, and it is read again when it is asked for.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._objects: dict[str, str | None] = {}
        """Version and identifier of what each bag holds, by its name; in one text: a tuple takes 56 bytes more."""
        self._by_identifier, self._by_bytes, self._by_uri = NamesByWord(), NamesByWord(), NamesByWord()
        self._seen: tuple[int, int] | None = None
        """Which folder was listed, and when it was last altered before."""

    def look_again(self) -> None:
        """List the folder anew when next asked, though it seem to be the same: the clocks of disks are coarse."""
        self._seen = None

    def latest(self, identifier: str) -> Standing | None:
        """The bag of an object with the highest version; ``None`` if it has none. It raises what ``versions`` does."""
        return next(iter(self.versions(identifier)), None)

    def versions(self, identifier: str) -> list[Standing]:
        """The bags of an object, the highest version first.

        Raises:
            ArchiveError: the folder could not be listed, or nobody can tell which version a bag of the object is.
        """
        self._look()
        read = [_standing(self.folder / name) for name, *_ in self._called(self._by_identifier, identifier)]
        bags = [one for one in read if one is not None and one.identifier == identifier]
        for one in bags:
            if not one.version:
                # Passed over, it would be packed once more as version 1.
                what = "this page's bag does not say which version it is (Bag-Version), so nothing is packed"
                raise ArchiveError(one.path, f"{what}; see: solander explain PRM012")
        return sorted(bags, key=lambda one: (one.version, one.path.name), reverse=True)

    def same_bytes(self, sha256: str, identifier: str) -> tuple[str, ...]:
        """Names of bags of other objects whose original is the same to the byte: of each object the latest, in order.

        None of them is read again: the same page of an error may stand there a thousand times.
        """
        return self._others(self._by_bytes, sha256, identifier)

    def same_address(self, uri: str, identifier: str) -> tuple[str, ...]:
        """Names of bags of other objects that were captured at an address: of each object the latest, in order."""
        return self._others(self._by_uri, uri, identifier)

    def _others(self, names: NamesByWord, word: str, identifier: str) -> tuple[str, ...]:
        self._look()
        others: dict[str, tuple[int, str]] = {}
        for name, version, other in self._called(names, word):
            if other != identifier:
                others[other] = max((version, name), others.get(other, (version, name)), key=lambda bag: bag[0])
        return tuple(sorted(name for _, name in others.values()))

    def standing(self) -> tuple[Standing, ...]:
        """Every bag that names its object, by name.

        Raises:
            ArchiveError: the folder could not be listed.
        """
        every = (_standing(self.folder / name) for name in sorted(self._listed()))
        return tuple(one for one in every if one is not None)

    def _called(self, names: NamesByWord, word: str) -> Iterator[tuple[str, int, str]]:
        """Name, version and identifier of each bag that a word tells."""
        for name in names.of(word):
            if (said := self._objects.get(name)) is not None:
                version, identifier = said.split(" ", 1)
                yield name, int(version), identifier

    def _look(self) -> None:
        try:
            state = os.stat(self.folder)  # noqa: PTH116 - as below: what is not there is no fault
            if (state.st_ino, state.st_mtime_ns) == self._seen:
                return
        except OSError:
            state = None
        names = self._listed()
        if gone := self._objects.keys() - names:
            for name in gone:
                del self._objects[name]
            # Another bag may come under the name of one that went.
            for told in (self._by_identifier, self._by_bytes, self._by_uri):
                told.forget(gone)
        for name in sorted(names - self._objects.keys()):
            one = _standing(self.folder / name)
            self._objects[name] = f"{one.version} {one.identifier}" if one is not None else None
            if one is not None:
                self._by_identifier.add(one.identifier, name)
                if one.sha256 is not None:
                    self._by_bytes.add(one.sha256, name)
                if one.uri is not None:
                    self._by_uri.add(one.uri, name)
        self._seen = (state.st_ino, state.st_mtime_ns) if state is not None else None

    def _listed(self) -> set[str]:
        try:
            with os.scandir(self.folder) as entries:
                return {one.name for one in entries if one.is_dir(follow_symlinks=False) and one.name[0] != "."}
        except FileNotFoundError:
            return set()
        except OSError as error:
            # The next page would find the same.
            raise refused_archive(self.folder, error) from error


def _standing(path: Path) -> Standing | None:
    info = bag_info(path)
    identifier = info.first("External-Identifier")
    version = info.first("Bag-Version") or "1"
    if identifier is None:
        return None
    return Standing(
        path=path,
        identifier=identifier,
        version=int(version) if is_bag_version(version) else 0,
        sha256=info.first("Web-Capture-SHA256"),
        uri=info.first("Web-Capture-URI"),
        is_of_this_version=info.first("TEI-Agent") == f"solander {__version__}",
        is_ours=PROFILE_IDENTIFIER in info.values("BagIt-Profile-Identifier"),
    )


def bag_at(path: Path) -> Folder:
    """The tree of a bag.

    Raises:
        NotABag: the folder is none.
        ArchiveError: nothing is there, or an archive file that was cut short.
    """
    try:
        os.stat(path)  # noqa: PTH116 - what Path.exists passes over is just what is to be told
        os.lstat(path / "bagit.txt")
    except (FileNotFoundError, NotADirectoryError):
        if path.is_file():
            from solander.pipeline.subject import where_a_folder_is_wanted  # late: a folder needs none of it

            raise where_a_folder_is_wanted(path) from None
        if os.path.lexists(path):
            raise NotABag(path) from None
        raise ArchiveError(path, "there is no such file or folder") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file can have this name"
        raise ArchiveError(path, f"it cannot be read ({why.lower()})") from None
    return Folder(path)


def bag_info(path: Path) -> BagInfo:
    """What ``bag-info.txt`` says, bounded; nothing, where there is none that can be read."""
    from solander.packing.tag_files import parse_bag_info

    try:
        content = Folder(path).read("bag-info.txt", BAG_INFO_LIMIT_BYTES)
    except ArchiveError:
        return BagInfo()
    return parse_bag_info(content.decode("utf-8", "replace"))[0]


def packed_on(path: Path) -> date | None:
    """The day on which a bag was packed (``Bagging-Date``); ``None`` where it does not say."""
    try:
        return date.fromisoformat(bag_info(path).first("Bagging-Date") or "")
    except ValueError:
        return None


def recorded_in(path: Path, tree: Tree | None = None) -> Recorded:
    """What a bag records of how it was made; ``tree`` is the bag's, where it is no folder.

    Raises:
        ArchiveError: it records nothing that can be read.
    """
    from solander.encoding.statements import parse_statements

    content = (tree or Folder(path)).read(STATEMENTS_NAME, RECORD_LIMIT_BYTES)
    try:
        return parse_statements(content)
    except ValueError as error:
        raise ArchiveError(path / STATEMENTS_NAME, f"this is no record of statements: {error}") from error


def recorded_report(path: Path, tree: Tree | None = None) -> Report:
    """The judgement at packing as the bag has it; one that says "not checked" where it has none.

    ``tree`` is the bag's, where it is no folder.
    """
    from solander.encoding.report_json import parse_report

    try:
        return parse_report((tree or Folder(path)).read(REPORT_NAME, RECORD_LIMIT_BYTES))
    except (ArchiveError, ValueError) as error:
        return Report(subject=str(path), unchecked=(f"the report at packing could not be read: {error}",))


def documents_in(path: Path) -> tuple[Document, ...]:
    """The documents of a bag as it has them, in the order in which they are made.

    Raises:
        ArchiveError: one is not there, or could not be read.
    """
    from solander.encoding.dublin_core import OAI_DC, RECORD
    from solander.encoding.premis import PREMIS
    from solander.encoding.tei import NAMESPACE as TEI
    from solander.viewing.view import NAMESPACE as HTML

    tree = Folder(path)
    there = {entry.path for entry in tree.entries()}
    # Older bags have no view.
    view = ((VIEW_NAME, HTML),) if VIEW_NAME in there else ()
    return tuple(
        Document(name=name, namespace=namespace, content=tree.read(name, FILE_LIMIT_BYTES))
        for name, namespace in (
            (TEI_NAME, TEI),
            *view,
            (DUBLIN_CORE_NAME, OAI_DC),
            (TERMS_NAME, RECORD),
            *(
                (name, schema)
                for name, schema in zip(OTHER_RECORD_NAMES, (DATACITE_SCHEMA, SCHEMA_ORG_SCHEMA), strict=True)
                if name in there
            ),
            (STATEMENTS_NAME, DESCRIPTION_SCHEMA),
            (PROVENANCE_NAME, PREMIS),
            (REPORT_NAME, REPORT_SCHEMA),
        )
    )


def options_of(normalised: Normalised, algorithms: tuple[str, ...]) -> dict[str, str]:
    """What shaped the bag beside the original's bytes and the statements: all that it takes to derive it again."""
    options = options_before_reading(normalised.capture, normalised.imprint, algorithms)
    return dict(
        sorted((options | {"at": written_moment(normalised.at), "charset": normalised.page.charset.name}).items())
    )


OF_THE_FILE = frozenset(("original-name", "record-id", "redirects"))
"""Options that say in which file of records, and as which of them, one capture came."""


def options_before_reading(capture: Capture, imprint: Imprint, algorithms: tuple[str, ...]) -> dict[str, str]:
    """Of what shapes a bag all but the moment of packing, and what only reading the page tells.

    Args:
        capture: of the page.
        imprint: who answers for the bag, and the licence of the TEI.
        algorithms: of the manifests, in their order.

    Returns:
        By the names of ``options`` in ``description.json``; what is not known or not asked for is left out.
    """
    options = {
        "algorithms": " ".join(algorithms),
        "captured-at": written_moment(capture.captured_at) if capture.captured_at else None,
        "contact-email": imprint.contact_email,
        "declared-charset": capture.declared_charset,
        "file-name": file_name(capture),
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


def file_name(capture: Capture) -> str | None:
    """The name of the file in which a page came, on one line and in characters; never where the file lay."""
    name = (capture.origin.path or "").replace("\\", "/").rpartition("/")[2]
    # A name is bytes to the system; what is no UTF-8 in it cannot stand in a record.
    return one_line(name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")) or None


def changed_options(options: Mapping[str, str], recorded: Mapping[str, str]) -> tuple[str, ...]:
    """The options that make another bag of the same capture, by name."""
    names = (options.keys() | recorded.keys()) - NOT_SHAPING
    return tuple(sorted(name for name in names if options.get(name) != recorded.get(name)))
