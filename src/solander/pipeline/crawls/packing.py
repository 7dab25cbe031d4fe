"""From a file of captures to one bag of many pages, whole or not at all, in memory that does not grow with the file.

Pages are made one after the other and written at once; what is kept of each is its row of the index and its digest.
The same file, archive settings, version and moment make the same bytes.

Source: docs/design.md, section 1 (laws 3 and 4); docs/format.md, "Bags of many pages".
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TypeAlias

from solander.checking.records.collection import PACKING_RULES, ManyPages, Seen, check_collection
from solander.checking.rules import codes
from solander.errors import SourceError, UsageError
from solander.files.named import read_head
from solander.files.new_folder import NewFolder
from solander.files.streaming import OpenFile
from solander.files.whole import made_folder, whole_folder
from solander.model.addresses import host_of
from solander.model.bag_layout import ORIGINAL_FOLDER, README_NAME, STATEMENTS_NAME
from solander.model.capture import written_moment
from solander.model.finding import Report
from solander.model.identifiers import named
from solander.model.item import FOLDER_ITEMS, INDEX_NAME, records_name
from solander.pipeline.crawls.alikeness import Alikeness
from solander.pipeline.crawls.items import MadeItem, item_of
from solander.pipeline.crawls.provenance import crawl_provenance
from solander.pipeline.crawls.stated import crawl_info, described, recorded_name
from solander.pipeline.crawls.totals import Totals
from solander.pipeline.merging import without
from solander.pipeline.pages.judging import judge_description, judge_json, judge_provenance
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures
from solander.profiles import Profile

PIECE_BYTES = 1 << 20
FORMS = ("folder", "tar")
"""A bag as a folder, or as one archive file."""

CAPTURE_KINDS = {"warc": "application/warc", "arc": "application/warc", "wacz": "application/wacz"}
"""Kinds of files of captures, and the media type that is told of each."""

Progress: TypeAlias = Callable[[int, int, int], None]
"""Is told how many pages are done, how many there are, and how many findings by then."""

_SUFFIXES = ((b"\x1f\x8b", ".gz"), (b"\x28\xb5\x2f\xfd", ".zst"), (b"\x04\x22\x4d\x18", ".lz4"))


def pack_crawl(
    source: Path,
    *,
    into: Path,
    name: str,
    form: str,
    at: datetime,
    profile: Profile,
    kind: str,
    limit_bytes: int | None = None,
    progress: Progress | None = None,
) -> Path:
    """Make one bag of all pages of a file of captures.

    Args:
        source: a file of captures.
        into: the folder in which the bag comes to stand; made if it is not there.
        name: the bag's.
        form: one of ``FORMS``.
        at: the moment of the work, aware.
        profile: the archive's.
        kind: one of ``CAPTURE_KINDS``.
        limit_bytes: refuse larger pages.
        progress: told after each page.

    Returns:
        The bag's path.

    Raises:
        NameTaken: something has the name; it was not touched.
        SourceError: the file cannot be read, or holds no page.
        ArchiveError: the bag could not be written; nothing was left behind.
        UsageError: there is no such form.
    """
    if form not in FORMS:
        raise UsageError(f"{form!r} is no form of a bag; there are {', '.join(FORMS)}")
    with made_folder(into), _folder(into, name, form) as folder:
        _Filling(folder, source, kind, at, profile, limit_bytes).fill(progress)
    return into / (name if form == "folder" else f"{name}.{form}")


def _folder(into: Path, name: str, form: str) -> AbstractContextManager[NewFolder]:
    if form == "folder":
        return whole_folder(into, name)
    from solander.pipeline.bags.serialising import serialised_folder

    return serialised_folder(into, name, form)


def original_name(source: Path, kind: str) -> str:
    """What a file of captures is called in ``data/original/``: by what it is, whatever it was called.

    Raises:
        SourceError: it cannot be read.
    """
    head = read_head(source, 4) if kind != "wacz" else b""
    return f"capture.{kind}" + next((suffix for mark, suffix in _SUFFIXES if head.startswith(mark)), "")


def options_of_crawl(
    original: str, file_name: str, at: datetime, profile: Profile, *, limit_bytes: int | None = None
) -> dict[str, str]:
    """What shaped the bag beside the bytes: all that it takes to make it again.

    Args:
        original: the name in ``data/original/``; what stands behind its first dot is the kind.
        file_name: what the file of captures was called.
        at: the moment of packing, aware.
        profile: the archive's; its algorithms and its imprint count.
        limit_bytes: the bound for a page, if one was asked for.
    """
    imprint = profile.imprint
    options = {
        "algorithms": " ".join(profile.algorithms),
        "at": written_moment(at),
        # Each page has its own, which the index tells.
        "charset": "binary",
        "contact-email": imprint.contact_email,
        "file-name": file_name,
        "licence": imprint.licence,
        "licence-target": imprint.licence_target,
        "limit-bytes": "" if limit_bytes is None else str(limit_bytes),
        "media-type": CAPTURE_KINDS[original.split(".")[1]],
        "organization": imprint.organization,
        "original-name": original,
    }
    return {key: value for key, value in options.items() if value}


def crawl_identifier(sha256: str) -> str:
    """The ``urn:uuid`` of a crawl: of its file's bytes alone."""
    return named(f"crawl\n{sha256}")


class _Filling:
    """A bag of many pages while it is being filled."""

    def __init__(
        self, folder: NewFolder, source: Path, kind: str, at: datetime, profile: Profile, limit_bytes: int | None
    ) -> None:
        self._folder, self._source, self._kind = folder, source, kind
        self._at, self._profile = at, profile
        self._request = Request(at=at, limit_bytes=limit_bytes, keeps_media=False)
        self._limit_bytes = limit_bytes
        self._name = original_name(source, kind)
        self._payload: dict[str, tuple[str, ...]] = {}
        self._tags: dict[str, tuple[str, ...]] = {}
        self._sizes: dict[str, int] = {}
        self._totals = Totals()
        self._rows: list[bytes] = []
        self._unmade: list[Seen] = []

    def fill(self, progress: Progress | None) -> None:
        """Write all files; the manifests last."""
        sha256 = self._keep_original()
        self._make_items(progress)
        if not self._totals.pages and not self._totals.failed:
            raise SourceError(self._source.name, "there is no page in it that was captured with success")
        self._write_index()
        self._state(sha256)

    # ------------------------------------------------------------------------------------------------------- the pages

    def _keep_original(self) -> str:
        whole = hashlib.sha256()
        with OpenFile(self._source) as file:
            self._write(ORIGINAL_FOLDER + self._name, _pieces(file, whole.update))
            file.refuse_change()
        return whole.hexdigest()

    def _make_items(self, progress: Progress | None) -> None:
        alikeness, records = Alikeness(), list[str]()
        total = 0

        def watched(what: str, done: int, of: int) -> None:
            nonlocal total
            if what != str(self._source):
                total = of

        number = 0
        for found in find_captures(str(self._source), self._request, watched):
            if isinstance(found.capture, SourceError) and not number and found.name == str(self._source):
                # Of the whole file there is nothing.
                raise found.capture
            number += 1
            made = item_of(number, found, str(self._source), self._name, self._at, self._profile, alikeness)
            self._take(made)
            if made.record:
                records.append(made.record)
            if number % FOLDER_ITEMS == 0:
                self._write_records(number, records)
                records = []
            if progress is not None:
                progress(number, max(total, number), sum(self._totals.severities.values()))
        if number % FOLDER_ITEMS:
            self._write_records(number, records)

    def _take(self, made: MadeItem) -> None:
        from solander.encoding.item_index import format_row

        item = made.item
        self._totals.add(item, made.report, host_of(item.uri))
        self._rows.append(format_row(item))
        if item.tei:
            self._write(item.tei, made.tei)
        elif len(self._unmade) <= FOLDER_ITEMS:
            self._unmade.append(Seen(item, len(self._rows) + 1))

    def _write_records(self, number: int, records: list[str]) -> None:
        from solander.encoding.item_records import encode_item_records

        document = encode_item_records(records_name(number), records)
        self._write(document.name, document.content)

    # -------------------------------------------------------------------------------------------- what is said of them

    def _write_index(self) -> None:
        from solander.encoding.item_index import index_head

        self._write(INDEX_NAME, (index_head(), *self._rows))
        self._rows.clear()

    def _state(self, sha256: str) -> None:
        """Write what is said of all pages together, each part of it judged before the report is written that tells so.

        The manifests of tag files come last: they have the digests of all the others.
        """
        identifier = crawl_identifier(sha256)
        made = (*self._describe(identifier), INDEX_NAME)
        found = check_collection(ManyPages(self._unmade, (), None), PACKING_RULES)
        self._judge_whole(Report(subject="", findings=found, rules=codes(PACKING_RULES)))
        self._record(identifier, made)
        self._report(identifier)
        self._write_tag_files(identifier, sha256)

    def _describe(self, identifier: str) -> tuple[str, ...]:
        """Write the description of the whole in all its forms; return their names."""
        # Late, as below: only packing writes these forms.
        from solander.encoding.dublin_core import encode_dc, encode_dcterms
        from solander.encoding.statements import encode_statements

        file_name = recorded_name(self._source)
        description = described(file_name, identifier, self._totals)
        options = options_of_crawl(self._name, file_name, self._at, self._profile, limit_bytes=self._limit_bytes)
        statements = encode_statements(description, said=(), options=options)
        documents = {one.name: one.content for one in (encode_dc(description), encode_dcterms(description))}
        self._judge_whole(judge_description(description, documents))
        self._judge_whole(judge_json(statements.content, STATEMENTS_NAME))
        documents[STATEMENTS_NAME] = statements.content
        for name, content in documents.items():
            self._write(name, content)
        return tuple(documents)

    def _record(self, identifier: str, made: tuple[str, ...]) -> None:
        """Write the provenance: the file of captures, what was made of it, and the steps from one to the other."""
        premis = crawl_provenance(
            identifier,
            self._name,
            CAPTURE_KINDS[self._kind],
            made,
            self._totals,
            at=self._at,
            algorithms=self._profile.algorithms,
            file_name=recorded_name(self._source),
            sizes=self._sizes,
            digests=self._payload | self._tags,
        )
        self._judge_whole(judge_provenance(premis.content, premis.name))
        self._write(premis.name, premis.content)

    def _report(self, identifier: str) -> None:
        """Write what was found, of the pages and of what is said of them."""
        from solander.encoding.report_json import encode_report

        report = encode_report(self._totals.report(identifier))
        self._write(report.name, report.content)

    def _write_tag_files(self, identifier: str, sha256: str) -> None:
        """Write what makes a bag of the folder, and what tells a person so."""
        from solander.packing.crawl_readme import write_crawl_readme
        from solander.packing.layout import with_oxum
        from solander.packing.plain_layout import tag_files_of

        algorithms = self._profile.algorithms
        info = with_oxum(
            crawl_info(recorded_name(self._source), identifier, sha256, self._totals, self._at, self._profile),
            (self._sizes[name] for name in self._payload),
        )
        self._write(README_NAME, write_crawl_readme(info, ORIGINAL_FOLDER + self._name, algorithms))
        self._folder.write(
            tag_files_of(
                info=info, payload=dict(sorted(self._payload.items())), algorithms=algorithms, others=self._tags
            )
        )

    def _judge_whole(self, report: Report) -> None:
        self._totals.note(without(report, self._profile.ignore))

    def _write(self, name: str, content: bytes | Iterable[bytes]) -> None:
        hashes = [hashlib.new(algorithm, usedforsecurity=False) for algorithm in self._profile.algorithms]
        size = 0

        def passing() -> Iterator[bytes]:
            nonlocal size
            for piece in (content,) if isinstance(content, bytes) else content:
                size += len(piece)
                for one in hashes:
                    one.update(piece)
                yield piece

        self._folder.write([(name, passing())])
        self._sizes[name] = size
        listed = self._payload if name.startswith("data/") else self._tags
        listed[name] = tuple(one.hexdigest() for one in hashes)


def _pieces(file: OpenFile, seen: Callable[[bytes], None]) -> Iterator[bytes]:
    offset = 0
    while piece := file.read_at(offset, PIECE_BYTES):
        offset += len(piece)
        seen(piece)
        yield piece
