"""An accession made and judged in memory: every file that its bag will hold, before anything is written.

Source: docs/design.md, section 4 (layout 1).
"""

from __future__ import annotations

from solander.model.accession import Accession
from solander.model.addresses import host_of, without_credentials
from solander.model.bag import BagInfo
from solander.model.bag_layout import ORIGINAL_FOLDER, REPORT_NAME
from solander.model.capture import Capture, Medium, Transport, written_moment
from solander.model.fixity import digest
from solander.model.identifiers import PROFILE_IDENTIFIER
from solander.model.provenance import agent_name
from solander.pipeline.archive import file_name
from solander.pipeline.events import SOLANDER, Following, events_of
from solander.pipeline.merging import merge, without
from solander.pipeline.pages.judging import judge, judge_provenance, judge_view
from solander.pipeline.pages.normalising import Normalised
from solander.pipeline.pages.recording import records_of
from solander.profiles import Profile


def make_accession(
    normalised: Normalised, options: dict[str, str], terms: Profile, following: Following | None = None
) -> Accession:
    """Make and judge everything that stands in the bag but its own tag files.

    Args:
        options: what shaped the bag, as it is recorded in it.
        terms: the archive's.
        following: what it follows; without it this is the object's first bag.

    Returns:
        The accession, standing nowhere yet.
    """
    # Late: only packing writes these forms.
    from solander.encoding.premis import PremisObject, encode_premis
    from solander.encoding.report_json import encode_report
    from solander.encoding.statements import encode_statements
    from solander.viewing.view import view_page

    capture, description = normalised.capture, normalised.description
    records = (
        *records_of(description, capture),
        encode_statements(description, said=normalised.said, options=options),
    )
    page, tei, at = normalised.page, normalised.tei, normalised.at
    view = view_page(page, description, capture, at=at, imprint=normalised.imprint)
    judged = (judge(normalised, records), judge_view(view.content, view.name, tei.content))
    report = without(merge(judged, subject=capture.identifier), terms.ignore)
    version = following.version if following else 1
    made = tuple(one.name for one in records)
    events = events_of(normalised, report, view=view.name, made=made, algorithms=terms.algorithms, following=following)
    original = ORIGINAL_FOLDER + capture.original_name
    kept = (
        (original, capture.original, _original_type(normalised)),
        (tei.name, tei.content, "application/tei+xml"),
        (view.name, view.content, "text/html"),
        *((one.name, one.content, _media_type(one.name)) for one in records),
        *((name, one.content, one.media_type) for name, one in _files_of(capture).items()),
    )
    addresses = {one.name: without_credentials(one.uri)[0] for one in reversed(capture.media)}
    taken_out = addresses if capture.container is not None else {}
    objects = [
        PremisObject(
            name=name,
            media_type=kind,
            size_bytes=len(content),
            digests=tuple(digest(content, algorithm) for algorithm in terms.algorithms),
            original_name=file_name(capture) if name == original else addresses.get(name),
            derived_from=original if name in (tei.name, view.name) or name in taken_out else None,
        )
        for name, content, kind in kept
    ]
    # The report judges this record too, so that its digest cannot stand in it.
    objects.append(PremisObject(name=REPORT_NAME, media_type=_media_type(REPORT_NAME)))
    premis = encode_premis(identifier=capture.identifier, objects=objects, events=events)
    recorded = without(judge_provenance(premis.content, premis.name), terms.ignore)
    report = merge((report, recorded), subject=report.subject)
    return Accession(
        identifier=capture.identifier,
        version=version,
        name=name_of(normalised, version),
        at=at,
        capture=capture,
        description=description,
        documents=(tei, view, *records, premis, encode_report(report)),
        events=events,
        report=report,
        follows=following.name if following else None,
        changed=following.changed if following else (),
    )


def _files_of(capture: Capture) -> dict[str, Medium]:
    """The media of a capture by name: one file may stand under several addresses."""
    return {one.name: one for one in reversed(capture.media)}


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
    media = ((name, one.content) for name, one in _files_of(accession.capture).items())
    return lay_out(
        info=bag_info_of(accession, terms),
        payload=(original, *media, *(one for one in files if one[0].startswith("data/"))),
        tag_files=[one for one in files if not one[0].startswith("data/")],
        algorithms=terms.algorithms,
        description=accession.description,
    )


def bag_info_of(accession: Accession, terms: Profile) -> BagInfo:
    """What ``bag-info.txt`` says: names, versions and provenance that a person can read."""
    capture = accession.capture
    captured_at, transport = capture.captured_at, capture.transport or Transport()
    pairs = (
        ("BagIt-Profile-Identifier", PROFILE_IDENTIFIER),
        ("External-Identifier", accession.identifier),
        ("Bag-Version", str(accession.version)),
        ("Previous-Bag", accession.follows),
        ("Bagging-Date", written_moment(accession.at)[:10]),
        ("Bag-Software-Agent", agent_name(SOLANDER)),
        ("Source-Organization", terms.imprint.organization),
        ("Contact-Email", terms.imprint.contact_email),
        ("External-Description", in_a_sentence(accession)),
        ("Web-Capture-URI", capture.uri),
        ("Web-Capture-Requested-URI", capture.origin.redirects[0] if capture.origin.redirects else None),
        ("Web-Capture-Date", written_moment(captured_at) if captured_at else None),
        ("Web-Capture-SHA256", capture.sha256),
        ("Web-Capture-Agent", transport.software),
        ("Web-Capture-Document", f"as rendered by {transport.rendered_by}" if transport.rendered_by else None),
        ("WARC-Record-ID", capture.origin.record_id),
        ("WARC-Payload-Digest", transport.payload_digest),
        ("TEI-Agent", agent_name(SOLANDER)),
    )
    # A line end or white space about a value would be another line or another value.
    return BagInfo.of((label, " ".join(value.split()) if value else None) for label, value in pairs)


def in_a_sentence(accession: Accession) -> str:
    """What the bag holds, for a list of bags: its title, by whom, from which site, of which date."""
    description = accession.description
    title, creators, date = description.first("title"), description.values("creator"), description.first("date")
    said = f'Web page "{title}"' if title else "Web page without a title"
    if creators:
        said += f" by {', '.join(creators[:3])}" + (" and others" if len(creators) > 3 else "")
    if host := host_of(accession.capture.uri or ""):
        said += f", at {host}"
    return f"{said}, {date}." if date else f"{said}."


def _original_type(normalised: Normalised) -> str:
    if normalised.capture.container is not None:
        return normalised.capture.container.media_type
    return "application/gzip" if normalised.capture.received is not None else normalised.capture.media_type


def _media_type(name: str) -> str:
    if name.endswith(".jsonld"):
        return "application/ld+json"
    return "application/json" if name.endswith(".json") else "application/xml"
