"""Judging what Solander puts into a bag: the TEI, the description and its records, the provenance, the report.

What is there is judged; the bag's profile says what must be. A file that cannot be read is said to be unchecked.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from solander.checking.profiles.claims import claims_own_profile, holds_many_pages
from solander.encoding.statements import Recorded, parse_statements
from solander.errors import ArchiveError
from solander.model.bag import Bag, is_below
from solander.model.bag_layout import (
    ACCESS_ENDINGS,
    ACCESS_FOLDER,
    FILE_LIMIT_BYTES,
    ORIGINAL_FOLDER,
    OTHER_RECORD_NAMES,
    PROVENANCE_NAME,
    README_NAME,
    RECORD_NAMES,
    REPORT_NAME,
    STATEMENTS_NAME,
    TEI_NAME,
    VIEW_NAME,
)
from solander.model.finding import Report
from solander.model.fixity import digest
from solander.model.item import TEI_FOLDERS
from solander.model.ports import Tree
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.merging import merge
from solander.pipeline.pages.judging import (
    Original,
    judge_access_copy,
    judge_agreement,
    judge_description,
    judge_json,
    judge_json_record,
    judge_pointers,
    judge_provenance,
    judge_readme,
    judge_tei,
    judge_view,
    judge_words,
)

if TYPE_CHECKING:
    from solander.checking.opened.parsed_copy import OpenedCopy
    from solander.checking.records.json_records import Judged
    from solander.checking.records.kept import Kept
    from solander.checking.records.provenance import Surroundings

_RECORDS = re.compile(r"\.w?arc(?:\.(?:gz|zst|lz4))?\Z", re.IGNORECASE)
"""How files of records are called: WARC, and ARC before it."""


def judge_contents(tree: Tree, bag: Bag) -> Report:
    """Judge the contents of a bag, as far as they are there.

    Args:
        tree: where the files are read.
        bag: what stands in it, and what its manifests say.
    """
    files = _Files(tree, bag)
    tei, premis = files.read(TEI_NAME), files.read(PROVENANCE_NAME)
    identifier = bag.info.first("External-Identifier")
    parts: list[Report] = []
    statements, report = files.read(STATEMENTS_NAME), files.read(REPORT_NAME)
    if statements is not None:
        parts.append(judge_json(statements, STATEMENTS_NAME))
    recorded = _recorded(files, sound=not any(part.findings for part in parts))
    # The file of captures of many pages is no page, and may be too large for memory.
    is_many = holds_many_pages(bag)
    kept = _kept(recorded, files, identifier) if recorded is not None and not is_many else None
    if premis is not None:
        around = _surroundings(premis, files, bag, recorded, is_many=is_many)
        parts.append(judge_provenance(premis, PROVENANCE_NAME, around))
    if recorded is not None:
        records = {name: content for name in RECORD_NAMES if (content := files.read(name)) is not None}
        parts.append(judge_description(recorded.description, records, captured_at=_captured_at(recorded)))
    others = {name: content for name in OTHER_RECORD_NAMES if (content := files.read(name)) is not None}
    parts += [judge_json_record(content, name, kept) for name, content in others.items()]
    words = _words(tei, files, recorded) if tei is not None or files.is_listed(TEI_NAME) else None
    if words is not None:
        parts.append(words)
    if tei is not None:
        parts.append(judge_tei(tei, TEI_NAME, kept, alone=words is None or bool(words.unchecked)))
        # Of a page whose address is not known, such a pointer may be the page's own.
        if b'="../media/' in tei and recorded is not None and recorded.options.get("uri"):
            parts.append(judge_pointers(tei, TEI_NAME, files.named))
    for name in files.originals:
        if _RECORDS.search(name):
            # Late: few bags hold what was received among other records.
            from solander.pipeline.judgement.record_judging import judge_original

            parts.append(judge_original(tree, name))
    ours = claims_own_profile(bag)
    views, opening = _copies_for_reading(files, tei, ours=ours)
    parts += views
    if report is not None:
        # Of words that differ it is said already; what they should count would be said twice.
        known_counts = dict(words.counts) if words is not None and words.passed else None
        parts.append(judge_json(report, REPORT_NAME, _judged(identifier, known_counts)))
    if ours:
        parts.append(judge_agreement(bag, kept))
        readme = files.read(README_NAME)
        if readme is not None and identifier is not None:
            parts.append(judge_readme(readme, identifier, kept, bag.info))
    return merge((*parts, *opening, Report(subject="", unchecked=tuple(files.unchecked))), subject=bag.name)


def _surroundings(premis: bytes, files: _Files, bag: Bag, recorded: Recorded | None, *, is_many: bool) -> Surroundings:
    """What the provenance may speak of: the files of the bag that are known, and what is recorded of the page."""
    # Late: only a record that is there brings its judge.
    from solander.checking.records.provenance import Surroundings

    # Of a file that no manifest lists it is said already that nobody knows it.
    known = files.named - {name for name in files.strays if _as_xml_has_it(name) not in premis}
    digests, unread = _digests(bag), bag.unread_folders
    if is_many:
        # Those are in the index, and the rules of that look at each.
        known = {name for name in known if not name.startswith(TEI_FOLDERS)}
    known |= {name for listed in digests.values() for name in listed if is_below(name, unread)}
    moments = _moments(recorded) if recorded is not None else {}
    identifier, agent = bag.info.first("External-Identifier"), bag.info.first("TEI-Agent")
    return Surroundings(known, digests, identifier, moments, _sizes(bag), agent)


def _copies_for_reading(files: _Files, tei: bytes | None, *, ours: bool) -> tuple[list[Report], list[Report]]:
    """Judge the view by the TEI; and, in a bag of ours, what each copy for reading would do if it were opened."""
    # Older bags have no view.
    view = files.read(VIEW_NAME)
    opened = _opened(view) if view is not None else None
    # Before the view's words are taken out of what was parsed.
    opening = [
        judge_access_copy(copy, name, opened if name == VIEW_NAME else None)
        for name in (files.access_copies if ours else ())
        if (copy := files.read(name)) is not None
    ]
    views = [judge_view(view, VIEW_NAME, tei, opened)] if view is not None and tei is not None else []
    return views, opening


def _judged(identifier: str | None, counts: dict[str, int] | None) -> Judged:
    from solander.checking.records.json_records import Judged

    return Judged(identifier, counts)


def _opened(view: bytes) -> OpenedCopy:
    from solander.checking.opened.parsed_copy import open_copy

    return open_copy(view)


def _kept(recorded: Recorded, files: _Files, identifier: str | None) -> Kept:
    from solander.checking.records.kept import Kept

    name = recorded.options.get("original-name", "")
    received = files.read(ORIGINAL_FOLDER + name) if name else None
    page = _page(received, name, recorded) if received is not None else None
    sha256 = digest(page, "sha256").value if page is not None else None
    return Kept(recorded.description, recorded.options, sha256, identifier)


def _page(received: bytes, name: str, recorded: Recorded) -> bytes | None:
    """The page's own bytes, of an original that may hold more."""
    from solander.checking.pages.contained_page import Unfound, is_container, page_within

    if not is_container(name):
        return received
    found = page_within(received, name, recorded.options)
    return None if isinstance(found, Unfound) else found


def _as_xml_has_it(name: str) -> bytes:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").encode("utf-8", "surrogateescape")


def _recorded(files: _Files, *, sound: bool) -> Recorded | None:
    """What the bag records of its description and of how the original was read; ``None`` where nothing can be read."""
    content = files.read(STATEMENTS_NAME)
    if content is None:
        return None
    try:
        if sound:
            return parse_statements(content)
    except ValueError:
        pass  # what is wrong with it is a finding
    files.unchecked.append(f"the description: {STATEMENTS_NAME} could not be read: it is not as Solander writes it")
    return None


def _words(tei: bytes | None, files: _Files, recorded: Recorded | None) -> Report:
    """The judgement of the TEI's words, or why there is none: a bag with TEI never passes without."""
    if tei is None:
        why = f"{TEI_NAME} could not be read"
    elif recorded is None:
        why = f"there is no {STATEMENTS_NAME} that tells how the original was read"
    else:
        options = recorded.options
        name = options.get("original-name", "")
        received = files.read(ORIGINAL_FOLDER + name) if name else None
        if received is not None:
            media_type, charset = options.get("media-type", ""), options.get("charset", "")
            original = Original(received, name, media_type, charset, options, options.get("uri"))
            return judge_words(original, tei, TEI_NAME)
        why = f"{ORIGINAL_FOLDER}{name} could not be read" if name else f"{STATEMENTS_NAME} names no original"
    return Report(subject="", unchecked=(f"the words of the TEI: {why}",))


def _opens(name: str) -> bool:
    return name.lower().endswith(ACCESS_ENDINGS)


class _Files:
    """The files of a bag that are there, each read once, and what could not be."""

    def __init__(self, tree: Tree, bag: Bag) -> None:
        self._tree = tree
        self._there = {entry.path for entry in bag.entries if entry.kind == "file"}
        self._read: dict[str, bytes | None] = {}
        self._listed = {path for manifest in bag.manifests for path in manifest.entries.paths}
        self.named = self._there | {entry.path for entry in bag.fetch}
        self.strays = {entry.path for entry in bag.payload} - self._listed if bag.manifests else set()
        """Payload files that no manifest lists, though there is one."""
        self.originals = sorted(name for name in self._there if name.startswith(ORIGINAL_FOLDER))
        """What was received."""
        self.access_copies = sorted(name for name in self._there if name.startswith(ACCESS_FOLDER) and _opens(name))
        """What a browser would open of the copies for readers."""
        self.unchecked: list[str] = []

    def read(self, name: str) -> bytes | None:
        """A file's bytes; ``None`` where it is not there or cannot be read."""
        if name not in self._read:
            self._read[name] = self._fresh(name)
        return self._read[name]

    def is_listed(self, name: str) -> bool:
        """Whether a manifest has a payload file, be it there or not."""
        return name in self._listed

    def _fresh(self, name: str) -> bytes | None:
        if name not in self._there:
            return None
        try:
            return self._tree.read(name, FILE_LIMIT_BYTES if name.startswith("data/") else RECORD_LIMIT_BYTES)
        except ArchiveError as error:
            self.unchecked.append(str(error))
            return None


def _captured_at(recorded: Recorded) -> datetime | None:
    try:
        moment = datetime.fromisoformat(recorded.options.get("captured-at", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


# A keeper of the bag may validate it again, or reckon digests, and record that; these happen once.
_OWN_EVENTS = ("normalization", "metadata extraction", "metadata modification", "information package creation")


def _moments(recorded: Recorded) -> dict[str, str]:
    """When what happened, by the record of the bag's making: moments by the kind of event."""
    told = {"capture": "captured-at"} | dict.fromkeys(_OWN_EVENTS, "at")
    return {kind: moment for kind, name in told.items() if (moment := recorded.options.get(name))}


def _sizes(bag: Bag) -> dict[str, int]:
    """The sizes of the files that are there; of payload that is not what Payload-Oxum says it is said already."""
    payload = bag.payload
    oxum = f"{sum(entry.size_bytes for entry in payload)}.{len(payload)}"
    as_stated = bag.info.first("Payload-Oxum") in (None, oxum)
    return {entry.path: entry.size_bytes for entry in (*bag.tag_files, *(payload if as_stated else ()))}


def _digests(bag: Bag) -> dict[str, dict[str, str]]:
    """What the manifests say: digests by path, by algorithm."""
    found: dict[str, dict[str, str]] = {}
    for manifest in (*bag.manifests, *bag.tag_manifests):
        if manifest.algorithm is not None:
            found.setdefault(manifest.algorithm, {}).update(manifest.digests())
    return found
