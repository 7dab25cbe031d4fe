"""Deriving a bag's TEI and records again from its own original, and comparing.

The bag records all that shaped them: the moment, the options, and what a person said.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from solander import __version__
from solander.checking import rederivation
from solander.checking.rules import codes
from solander.errors import ArchiveError, SolanderError
from solander.model.capture import Capture
from solander.model.document import Imprint
from solander.model.finding import Report, in_order
from solander.pipeline.archive import (
    ORIGINAL_FOLDER,
    RECORD_LIMIT_BYTES,
    STATEMENTS_NAME,
    bag_at,
    bag_info,
    recorded_in,
)
from solander.pipeline.judging import judge_json
from solander.pipeline.layout_names import OTHER_RECORD_NAMES
from solander.pipeline.merging import placed
from solander.pipeline.normalising import normalise_capture
from solander.pipeline.recording import records_of

ORIGINAL_LIMIT_BYTES = 512 * 1024 * 1024


class Rederivation(NamedTuple):
    """What came of deriving a bag again."""

    report: Report
    made_by: str
    """The program that made the TEI, with its version, as ``bag-info.txt`` has it."""
    rederived_by: str
    """The program that derived it again."""


def rederive(bag: str | Path) -> Rederivation:
    """Derive a bag's TEI and Dublin Core again, and compare; ``appInfo`` and ``revisionDesc`` are set aside.

    Raises:
        NotABag: there is no bag.
        ArchiveError: the bag does not record how it was made, or could not be read.
    """
    path = Path(bag)
    tree, info = bag_at(path), bag_info(path)
    recorded = recorded_in(path)
    if judge_json(tree.read(STATEMENTS_NAME, RECORD_LIMIT_BYTES), STATEMENTS_NAME).findings:
        raise ArchiveError(path / STATEMENTS_NAME, "it does not record how the bag was made as Solander writes it")
    options = recorded.options
    name = options.get("original-name", "")
    try:
        moment = datetime.fromisoformat(options["at"])
        capture = capture_again(tree.read(ORIGINAL_FOLDER + name, ORIGINAL_LIMIT_BYTES), options)
    except (KeyError, ValueError) as error:
        raise ArchiveError(path, f"it does not record how it was made ({error})") from error
    except SolanderError as error:
        if isinstance(error, ArchiveError):
            raise
        raise ArchiveError(path / ORIGINAL_FOLDER / name, f"the original cannot be read as a page: {error}") from error
    again = normalise_capture(capture, moment, recorded.said, imprint_of(options))
    there = {entry.path for entry in tree.entries()}
    findings = list(
        rederivation.identifier_not_rederived(
            "bag-info.txt", info.first("External-Identifier") or "", capture.identifier
        )
    )
    for document, check in (
        (again.tei, rederivation.tei_not_rederived),
        *((record, rederivation.record_not_rederived) for record in records_of(again.description, capture)),
    ):
        # Bags of earlier versions of the profile have fewer forms.
        if document.name in OTHER_RECORD_NAMES and document.name not in there:
            continue
        findings.extend(check(document.name, tree.read(document.name, RECORD_LIMIT_BYTES), document.content))
    report = Report(subject=str(path), findings=in_order(findings), rules=codes(rederivation.RULES))
    return Rederivation(placed(report, str(path)), info.first("TEI-Agent") or "not recorded", f"solander {__version__}")


def capture_again(received: bytes, options: Mapping[str, str]) -> Capture:
    """The capture that was packed, from the original's bytes and what the bag records of it.

    Raises:
        SourceError: the bytes are no page.
        ValueError: a recorded moment is none.
    """
    from solander.capturing import read_capture

    captured_at = options.get("captured-at")
    capture = read_capture(
        "-",
        stdin=io.BytesIO(received),
        uri=options.get("uri"),
        captured_at=datetime.fromisoformat(captured_at) if captured_at else None,
        declared_charset=options.get("declared-charset"),
        limit_bytes=ORIGINAL_LIMIT_BYTES,
    )
    redirects = tuple(options.get("redirects", "").split())
    origin = replace(capture.origin, record_id=options.get("record-id"), redirects=redirects)
    # The media type is told from the bytes; a capture made in memory may have been given another.
    return replace(capture, origin=origin, media_type=options.get("media-type", capture.media_type))


def imprint_of(options: Mapping[str, str]) -> Imprint:
    """The imprint that was recorded."""
    return Imprint(
        organization=options.get("organization"),
        contact_email=options.get("contact-email"),
        licence=options.get("licence"),
        licence_target=options.get("licence-target"),
    )
