"""What a bag of many pages tells of its own making, told again: the steps, the page for people, ``bag-info.txt``.

What no bag knows of itself is set aside: versions of programs, and how the judgement at packing came out. Such a bag
may have been brought up to date since (``solander bag update``), which its ``Bagging-Date`` then says: from that day on
what it says of its keeper is the keeper's.

Source: docs/format.md, "What tells of an altered word".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from solander.checking.records import rederivation
from solander.checking.rules import codes
from solander.errors import ArchiveError
from solander.model.bag import BagInfo
from solander.model.bag_layout import (
    DUBLIN_CORE_NAME,
    ORIGINAL_FOLDER,
    PROVENANCE_NAME,
    README_NAME,
    STATEMENTS_NAME,
    TERMS_NAME,
)
from solander.model.capture import written_moment
from solander.model.finding import Finding, Report
from solander.model.item import INDEX_NAME
from solander.model.ports import Tree
from solander.packing.crawl_readme import write_crawl_readme
from solander.pipeline.archive import RECORD_LIMIT_BYTES
from solander.pipeline.crawls.provenance import crawl_provenance
from solander.pipeline.crawls.stated import crawl_info
from solander.pipeline.crawls.totals import Totals
from solander.profiles import Profile

_MADE = (DUBLIN_CORE_NAME, TERMS_NAME, STATEMENTS_NAME, INDEX_NAME)
_OF_THE_CAPTURE = (
    "Web-Capture-File",
    "Web-Capture-Pages",
    "Web-Capture-Begin",
    "Web-Capture-End",
    "Web-Capture-SHA256",
)
_OF_THE_KEEPER = ("Bag-Version", "Bagging-Date", "Source-Organization", "Contact-Email")
_DESCRIPTION = "External-Description"
_SENTENCE = re.compile("[0-9,]+ web pages?[ .,]")
"""So a description begins that Solander wrote."""
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def crawl_told_otherwise(
    tree: Tree,
    info: BagInfo,
    options: Mapping[str, str],
    *,
    media_type: str,
    identifier: str,
    sha256: str,
    totals: Totals,
    at: datetime,
    profile: Profile,
) -> Report:
    """Hold ``premis.xml``, ``README.txt`` and ``bag-info.txt`` against the file of captures read again.

    Of a file that cannot be read it is said that it was not checked.

    Args:
        tree: the bag's files.
        info: what its ``bag-info.txt`` says.
        options: what the bag records of its making.
        media_type: of the file of captures.
        identifier: the object's, reckoned again.
        sha256: of the file of captures.
        totals: what its pages come to.
        at: the moment of packing, as it is recorded.
        profile: the imprint that is recorded, and the algorithms.
    """
    name, file_name = options["original-name"], options["file-name"]
    as_packed = crawl_info(file_name, identifier, sha256, totals, at, profile)
    premis = crawl_provenance(
        identifier,
        name,
        media_type,
        _MADE,
        totals,
        at=at,
        algorithms=profile.algorithms,
        file_name=file_name,
        sizes={},
        digests={},
    )
    readme = write_crawl_readme(as_packed, ORIGINAL_FOLDER + name, profile.algorithms)
    findings = list(_fields_told_otherwise(info, as_packed, written_moment(at)[:10]))
    unchecked: list[str] = []
    there = {entry.path for entry in tree.entries() if entry.kind == "file"}
    compared: tuple[tuple[str, Callable[[str, bytes, bytes], Iterator[Finding]], bytes], ...] = (
        (PROVENANCE_NAME, rederivation.provenance_not_rederived, premis.content),
        (README_NAME, rederivation.readme_not_rederived, readme),
    )
    for path, check, derived in compared:
        try:
            findings += check(path, tree.read(path, RECORD_LIMIT_BYTES) if path in there else b"", derived)
        except ArchiveError as error:
            unchecked.append(f"what {path} tells: {error}")
    return Report(
        subject="",
        findings=tuple(findings),
        rules=codes(rederivation.TELLING_RULES),
        unchecked=tuple(unchecked),
    )


def _fields_told_otherwise(info: BagInfo, as_packed: BagInfo, day: str) -> Iterator[Finding]:
    labels: tuple[str, ...] = _OF_THE_CAPTURE
    bagged = info.values("Bagging-Date")
    if not (len(bagged) == 1 and _DAY.match(bagged[0]) and bagged[0] > day):
        labels += _OF_THE_KEEPER
        # Whoever keeps the bag may describe it in words of his own, or not.
        if any(map(_SENTENCE.match, info.values(_DESCRIPTION))):
            labels += (_DESCRIPTION,)
    yield from rederivation.capture_field_not_rederived(
        "bag-info.txt",
        {label: info.values(label) for label in labels},
        {label: as_packed.first(label) for label in labels},
        {label: info.line_of(label) for label in labels},
    )
