"""A description as DataCite has it, in JSON: ``metadata/datacite.json``, for whoever registers a DOI for the bag.

What is not known is said so by DataCite's own word ``:unkn``: the creator, the title, the publisher and, against the
letter of its grammar, the year, for a year that nobody knows must not be invented by a program. What DataCite has no
place for (a relation in words alone) is left out.

Source: DataCite Metadata Schema 4.5 to 4.7, with appendix 3 (standard values for unknown information).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from solander.encoding.canonical_json import canonical
from solander.encoding.w3c import w3cdtf
from solander.model.bag_layout import DATACITE_NAME
from solander.model.capture import written_moment
from solander.model.description import Description, Statement
from solander.model.document import Document
from solander.model.identifiers import DATACITE_SCHEMA
from solander.model.licences import SPDX, SPDX_LIST, spdx_of

KERNEL = "http://datacite.org/schema/kernel-4"
UNKNOWN = ":unkn"

DATES = {
    "": "Issued",
    "issued": "Issued",
    "modified": "Updated",
    "created": "Created",
    "available": "Available",
    "dateAccepted": "Accepted",
    "dateCopyrighted": "Copyrighted",
    "dateSubmitted": "Submitted",
    "valid": "Valid",
}
"""What DataCite calls each date of the DCMI."""

TYPES = {
    "MovingImage": "Audiovisual",
    "StillImage": "Image",
    **{
        name: name
        for name in (
            *("Collection", "Dataset", "Event", "Image", "InteractiveResource", "PhysicalObject", "Service"),
            *("Software", "Sound", "Text"),
        )
    },
}
"""What DataCite calls each type of the DCMI."""

RELATIONS = {
    "isPartOf": "IsPartOf",
    "hasPart": "HasPart",
    "isVersionOf": "IsVersionOf",
    "hasVersion": "HasVersion",
    "references": "References",
    "isReferencedBy": "IsReferencedBy",
    "requires": "Requires",
    "isRequiredBy": "IsRequiredBy",
    "replaces": "Obsoletes",
    "isReplacedBy": "IsObsoletedBy",
    "isFormatOf": "IsVariantFormOf",
    "hasFormat": "IsOriginalFormOf",
}
"""What DataCite calls each relation of the DCMI; the others are left out."""

_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)
_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)


def encode_datacite(description: Description, *, captured_at: datetime | None) -> Document:
    """Write the record.

    Args:
        description: as all forms have it.
        captured_at: when the page was captured: a date of type ``Collected``; ``None`` where no source tells.
    """
    chosen = [one for one in description.statements if one.chosen and one.value.strip()]

    def of(element: str, *refinements: str) -> list[Statement]:
        return [
            one
            for one in chosen
            if one.element == element and (not refinements or (one.refinement or "") in refinements)
        ]

    publishers = of("publisher")
    issued = [date for one in of("date", "", "issued") if (date := w3cdtf(one.value))]
    members: dict[str, Any] = {
        "schemaVersion": KERNEL,
        "types": _type(of("type")),
        "creators": _each({"name": one.value} for one in of("creator")) or [{"name": UNKNOWN}],
        "titles": _each(_title(one) for one in of("title")),
        "publisher": {"name": publishers[0].value if publishers else UNKNOWN},
        "publicationYear": issued[0][:4] if issued else UNKNOWN,
        "dates": _each([*_dates(of("date")), *_collected(captured_at)]),
        "language": next((one.value for one in of("language")), None),
        "subjects": _each(_worded("subject", one) for one in of("subject")),
        "contributors": _each(
            [
                *({"name": one.value, "contributorType": "Other"} for one in (*of("contributor"), *publishers[1:])),
                *({"name": one.value, "contributorType": "RightsHolder"} for one in of("rights", "rightsHolder")),
            ]
        ),
        "alternateIdentifiers": _each(_alternate(one) for one in of("identifier") if _kind(one.value) is None),
        "relatedIdentifiers": _each(_related(chosen)),
        "formats": _each(one.value for one in of("format", "")),
        "rightsList": _each(_right(one) for one in of("rights") if one.refinement != "rightsHolder"),
        "descriptions": _each(_description(one) for one in of("description")),
        "geoLocations": _each(
            {"geoLocationPlace": one.value} for one in of("coverage") if one.refinement != "temporal"
        ),
    }
    if not any("titleType" not in one for one in members["titles"]):
        members["titles"].insert(0, {"title": UNKNOWN})
    value = {name: member for name, member in members.items() if member}
    return Document(name=DATACITE_NAME, namespace=DATACITE_SCHEMA, content=canonical(value))


def _each(values: Iterable[Any]) -> list[Any]:
    """Every value once, in order."""
    kept: list[Any] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept


def _worded(name: str, one: Statement) -> dict[str, str]:
    return {name: one.value, **({"lang": one.language} if one.language else {})}


def _title(one: Statement) -> dict[str, str]:
    kind = {"titleType": "AlternativeTitle"} if one.refinement == "alternative" else {}
    return {**_worded("title", one), **kind}


def _type(kinds: list[Statement]) -> dict[str, str]:
    general = next((TYPES[one.value] for one in kinds if one.value in TYPES), "Text")
    other = next((one.value for one in kinds if one.value not in TYPES), "Web page")
    return {"resourceType": other, "resourceTypeGeneral": general}


def _dates(dates: list[Statement]) -> Iterable[dict[str, str]]:
    for one in dates:
        # A date that is none is told as a finding; here it would only be refused.
        date, kind = w3cdtf(one.value), DATES.get(one.refinement or "")
        if date and kind:
            yield {"date": date, "dateType": kind}


def _collected(captured_at: datetime | None) -> list[dict[str, str]]:
    if captured_at is None:
        return []
    what = "when the page was captured"
    return [{"date": written_moment(captured_at), "dateType": "Collected", "dateInformation": what}]


def _alternate(one: Statement) -> dict[str, str]:
    kind = "URN" if one.value.lower().startswith("urn:") else "other"
    return {"alternateIdentifier": one.value, "alternateIdentifierType": kind}


def _kind(identifier: str) -> tuple[str, str] | None:
    """What kind of identifier it is, and how DataCite writes it; ``None`` for one that leads nowhere by itself."""
    if doi := _DOI.match(identifier):
        return "DOI", doi[1]
    return ("URL", identifier) if _URL.match(identifier) else None


def _related(statements: list[Statement]) -> Iterable[dict[str, str]]:
    for one in statements:
        if one.element == "identifier":
            # What is kept was made from what stood at this address; other names are those of the page itself.
            relation = "IsDerivedFrom" if one.evidence.origin == "capture" else "IsVariantFormOf"
        elif one.element == "source":
            relation = "IsDerivedFrom"
        elif one.element == "relation" and one.refinement in RELATIONS:
            relation = RELATIONS[one.refinement]
        else:
            continue
        kind = _kind(one.value)
        if kind is None and one.element == "source" and one.value.lower().startswith("urn:"):
            kind = "URN", one.value
        if kind is not None:
            yield {"relatedIdentifier": kind[1], "relatedIdentifierType": kind[0], "relationType": relation}


def _right(one: Statement) -> dict[str, str]:
    if not _URL.match(one.value):
        return _worded("rights", one)
    spdx = spdx_of(one.value)
    if spdx is None:
        return {"rightsUri": one.value}
    named = {"rightsIdentifier": spdx, "rightsIdentifierScheme": SPDX, "schemeUri": SPDX_LIST}
    return {"rights": spdx, "rightsUri": one.value, **named}


def _description(one: Statement) -> dict[str, str]:
    kind = "TableOfContents" if one.refinement == "tableOfContents" else "Abstract"
    return {**_worded("description", one), "descriptionType": kind}
