"""An accession made and judged in memory: every file that its bag will hold, before anything is written.

Source: DESIGN, section 4 (layout 1).
"""

from __future__ import annotations

from solander import __version__
from solander.model.accession import Accession
from solander.model.bag import PROFILE_IDENTIFIER, BagInfo
from solander.model.document import Document
from solander.model.fixity import digest
from solander.pipeline.archive import ORIGINAL_FOLDER
from solander.pipeline.events import events_of
from solander.pipeline.judging import judge, judge_provenance
from solander.pipeline.merging import merge, without
from solander.pipeline.normalising import Normalised
from solander.profiles import Profile


def make_accession(normalised: Normalised, options: dict[str, str], terms: Profile) -> Accession:
    """Make and judge everything that stands in the bag but its own tag files.

    Args:
        options: what shaped the bag, as it is recorded in it.
        terms: the archive's.

    Returns:
        The accession as version 1, standing nowhere yet.
    """
    # Late: only packing writes these forms.
    from solander.encoding.dublin_core import encode_dc, encode_dcterms
    from solander.encoding.premis import PremisObject, encode_premis
    from solander.encoding.report_json import encode_report
    from solander.encoding.statements import encode_statements

    capture, description = normalised.capture, normalised.description
    records = (
        encode_dc(description),
        encode_dcterms(description),
        encode_statements(description, said=normalised.said, options=options),
    )
    report = without(judge(normalised, records), terms.ignore)
    names = tuple(one.name for one in records)
    events = events_of(normalised, report, made=names, algorithms=terms.algorithms)
    kept = (
        (ORIGINAL_FOLDER + capture.original_name, capture.original, _original_type(normalised)),
        (normalised.tei.name, normalised.tei.content, "application/tei+xml"),
        *((one.name, one.content, _media_type(one)) for one in records),
    )
    objects = [
        PremisObject(name, len(content), tuple(digest(content, algorithm) for algorithm in terms.algorithms), kind)
        for name, content, kind in kept
    ]
    premis = encode_premis(identifier=capture.identifier, objects=objects, events=events)
    recorded = without(judge_provenance(premis.content, premis.name), terms.ignore)
    report = merge((report, recorded), subject=report.subject)
    return Accession(
        identifier=capture.identifier,
        version=1,
        name=name_of(normalised, 1),
        at=normalised.at,
        capture=capture,
        description=description,
        documents=(normalised.tei, *records, premis, encode_report(report)),
        events=events,
        report=report,
    )


def name_of(normalised: Normalised, version: int) -> str:
    """The name of the bag's folder."""
    from solander.packing import bag_name

    description, capture = normalised.description, normalised.capture
    return bag_name(description.first("date"), description.first("title"), capture.uri, capture.identifier, version)


def laid_out(accession: Accession, terms: Profile) -> tuple[tuple[str, bytes], ...]:
    """Every file of the bag, by name within it."""
    from solander.packing import lay_out

    files = [(document.name, document.content) for document in accession.documents]
    original = (ORIGINAL_FOLDER + accession.capture.original_name, accession.capture.original)
    return lay_out(
        info=bag_info_of(accession, terms),
        payload=(original, *(one for one in files if one[0].startswith("data/"))),
        tag_files=[one for one in files if not one[0].startswith("data/")],
        algorithms=terms.algorithms,
    )


def bag_info_of(accession: Accession, terms: Profile) -> BagInfo:
    """What ``bag-info.txt`` says: names, versions and provenance that a person can read."""
    capture = accession.capture
    captured_at = capture.captured_at
    pairs = (
        ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
        ("External-Identifier", accession.identifier),
        ("Bag-Version", str(accession.version)),
        ("Bagging-Date", f"{accession.at:%Y-%m-%d}"),
        ("Bag-Software-Agent", f"Solander {__version__}"),
        ("Source-Organization", terms.imprint.organization),
        ("Contact-Email", terms.imprint.contact_email),
        ("External-Description", accession.description.first("title")),
        ("Web-Capture-URI", capture.uri),
        ("Web-Capture-Date", f"{captured_at:%Y-%m-%dT%H:%M:%SZ}" if captured_at else None),
        ("Web-Capture-SHA256", capture.sha256),
        ("WARC-Record-ID", capture.origin.record_id),
        ("TEI-Agent", f"solander {__version__}"),
    )
    # A line end or white space about a value would be another line or another value.
    return BagInfo.of((label, " ".join(value.split()) if value else None) for label, value in pairs)


def _original_type(normalised: Normalised) -> str:
    return "application/gzip" if normalised.capture.received is not None else normalised.capture.media_type


def _media_type(document: Document) -> str:
    return "application/json" if document.name.endswith(".json") else "application/xml"
