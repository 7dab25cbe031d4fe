"""Judging what Solander puts into a bag: the TEI, the description and its records, the provenance, the report.

What is there is judged; the bag's profile says what must be. A file that cannot be read is said to be unchecked.
"""

from __future__ import annotations

from datetime import datetime

from solander.encoding.statements import Recorded, parse_statements
from solander.errors import ArchiveError
from solander.files import Folder
from solander.model.bag import Bag
from solander.model.finding import Report
from solander.pipeline.archive import (
    ORIGINAL_FOLDER,
    PROVENANCE_NAME,
    RECORD_LIMIT_BYTES,
    REPORT_NAME,
    STATEMENTS_NAME,
    TEI_NAME,
)
from solander.pipeline.judging import (
    Original,
    judge_description,
    judge_json,
    judge_provenance,
    judge_tei,
    judge_words,
)
from solander.pipeline.merging import merge

FILE_LIMIT_BYTES = 512 * 1024 * 1024
"""Of a TEI file or an original that is judged."""

RECORD_NAMES = ("metadata/dc.xml", "metadata/dcterms.xml")


def judge_contents(tree: Folder, bag: Bag) -> Report:
    """Judge the contents of a bag, as far as they are there.

    Args:
        tree: where the files are read.
        bag: what stands in it, and what its manifests say.
    """
    files = _Files(tree, bag)
    tei, premis = files.read(TEI_NAME), files.read(PROVENANCE_NAME)
    parts: list[Report] = []
    if tei is not None:
        parts.append(judge_tei(tei, TEI_NAME))
    if premis is not None:
        # Late: only a record that is there brings its judge.
        from solander.checking.provenance import Surroundings

        parts.append(judge_provenance(premis, PROVENANCE_NAME, Surroundings(files.named, _digests(bag))))
    for name in (STATEMENTS_NAME, REPORT_NAME):
        record = files.read(name)
        if record is not None:
            parts.append(judge_json(record, name))
    statements = files.read(STATEMENTS_NAME)
    if statements is not None:
        parts.append(_described(statements, files, tei, parts))
    elif tei is not None:
        files.unchecked.append(f"the words of the TEI: there is no {STATEMENTS_NAME} to tell how the original was read")
    return merge((*parts, Report(subject="", unchecked=tuple(files.unchecked))), subject=bag.name)


class _Files:
    """The files of a bag that are there, each read once, and what could not be."""

    def __init__(self, tree: Folder, bag: Bag) -> None:
        self._tree = tree
        self._there = {entry.path for entry in bag.entries if entry.kind == "file"}
        self._read: dict[str, bytes | None] = {}
        self._listed = {entry.path for manifest in bag.manifests for entry in manifest.entries}
        self.named = self._there | {entry.path for entry in bag.fetch}
        self.unchecked: list[str] = []

    def read(self, name: str) -> bytes | None:
        """A file's bytes; ``None`` where it is not there or cannot be read."""
        if name not in self._read:
            self._read[name] = self._fresh(name)
        return self._read[name]

    def is_listed(self, name: str) -> bool:
        """Whether a manifest has a payload file: if it is not there, that is a finding already."""
        return name in self._listed

    def _fresh(self, name: str) -> bytes | None:
        if name not in self._there:
            return None
        try:
            return self._tree.read(name, FILE_LIMIT_BYTES if name.startswith("data/") else RECORD_LIMIT_BYTES)
        except ArchiveError as error:
            self.unchecked.append(str(error))
            return None


def _described(statements: bytes, files: _Files, tei: bytes | None, parts: list[Report]) -> Report:
    """The judgement of the description and, with what it says of the reading, of the TEI's words."""
    try:
        recorded = parse_statements(statements)
    except ValueError as error:
        return Report(subject="", unchecked=(f"the description and the words: {error}",))
    kept = {name: content for name in RECORD_NAMES if (content := files.read(name)) is not None}
    described = judge_description(recorded.description, kept, captured_at=_captured_at(recorded))
    options = recorded.options
    name = options.get("original-name", "")
    received = files.read(ORIGINAL_FOLDER + name)
    # Of TEI that is no XML it was said already that it is wrong; its words need not be said to be unchecked.
    readable = not any(one.name == "tei-not-well-formed" for part in parts for one in part.findings)
    if tei is None or not readable or (received is None and files.is_listed(ORIGINAL_FOLDER + name)):
        return described
    if received is None:
        line = f"the words of the TEI: {STATEMENTS_NAME} names no original that the bag has"
        return merge((described, Report(subject="", unchecked=(line,))), subject="")
    original = Original(received, name, options.get("media-type", ""), options.get("charset", ""))
    return merge((described, judge_words(original, tei, TEI_NAME)), subject="")


def _captured_at(recorded: Recorded) -> datetime | None:
    try:
        moment = datetime.fromisoformat(recorded.options.get("captured-at", ""))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _digests(bag: Bag) -> dict[str, dict[str, str]]:
    """What the manifests say: digests by path, by algorithm."""
    found: dict[str, dict[str, str]] = {}
    for manifest in (*bag.manifests, *bag.tag_manifests):
        if manifest.algorithm is not None:
            found.setdefault(manifest.algorithm, {}).update(manifest.digests())
    return found
