"""The records for DataCite and in the words of schema.org -> findings: DCM04x, that they say what the description says.

Their form is judged in ``json_records``. Here each record is read as a set of statements and held against those that
the description makes in its place; no code is shared with what wrote them.

Source: DataCite Metadata Schema 4.5 to 4.7; schema.org 29.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeAlias

from solander.checking.grammars.json_grammar import parse_json
from solander.checking.grammars.relax_ng import Checked
from solander.checking.records.description import is_w3cdtf
from solander.checking.records.kept import Kept
from solander.checking.rules import Check, Fault, rule, run
from solander.model.bag_layout import DATACITE_NAME, SCHEMA_ORG_NAME
from solander.model.description import Statement
from solander.model.finding import Place
from solander.model.licences import spdx_of

Said: TypeAlias = dict[tuple[str, str], None]
"""What is said, by the name of the thing; in order."""

_UNKNOWN = ":unkn"
_ADDRESS = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:|https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)
_DATES = {"": "Issued", "issued": "Issued", "modified": "Updated", "created": "Created", "available": "Available"} | {
    "dateAccepted": "Accepted",
    "dateCopyrighted": "Copyrighted",
    "dateSubmitted": "Submitted",
    "valid": "Valid",
}


@rule("DCM040", "datacite-record-differs", severity="error", source="DataCite Metadata Schema 4.7")
def datacite_record_differs(path: str, value: Any, kept: Kept) -> Iterator[Fault]:
    """The record for DataCite says something else than the description with its evidence.

    Why: it is registered with a DOI, and goes from there into every catalogue; a correction made in one place only
    would make the bag contradict what the world is told of it.

    Remedy: pack the page again with the right statements, and all forms are written from one value.
    """
    yield from _differ(path, _of_datacite(value), _for_datacite(kept))
    yield from _repeated(path, value)


@rule("DCM041", "schema-org-record-differs", severity="error", source="schema.org 29, WebPage")
def schema_org_record_differs(path: str, value: Any, kept: Kept) -> Iterator[Fault]:
    """The record in the words of schema.org says something else than the description with its evidence.

    Why: what harvesters take in depends on the file that they read; all must tell the same of the page.

    Remedy: pack the page again with the right statements, and all forms are written from one value.
    """
    yield from _differ(path, _of_schema_org(value), _for_schema_org(kept))
    yield from _repeated(path, value)


RULES: tuple[Check[[str, Any, Kept]], ...] = (datacite_record_differs, schema_org_record_differs)
RULES_OF: dict[str, tuple[Check[[str, Any, Kept]], ...]] = {
    DATACITE_NAME: (datacite_record_differs,),
    SCHEMA_ORG_NAME: (schema_org_record_differs,),
}
"""By which rule each record is held against the description."""


def check_other_record(content: bytes, path: str, kept: Kept) -> Checked:
    """Hold a record that keeps its schema against what the bag has of the page.

    Args:
        content: the record.
        path: its name in the bag, one of ``RULES_OF``; it tells which form the record has.
        kept: the description, and how the bag was made.
    """
    return Checked(run(RULES_OF[path], path, parse_json(content).value, kept), [])


def _differ(path: str, said: Said, stated: Said) -> Iterator[Fault]:
    for name, value in said:
        if (name, value) not in stated:
            yield Fault(Place(path), f"the description has no such {name}", None, value)
    for name, value in stated:
        if (name, value) not in said:
            yield Fault(Place(path), f"the record lacks this {name}", value)


def _repeated(path: str, value: Any) -> Iterator[Fault]:
    """Each thing is said once: whoever counts the authors of a page counts the entries."""
    for name, member in value.items():
        entries = [json.dumps(one, sort_keys=True) for one in member] if isinstance(member, list) else []
        for entry, times in Counter(entries).items():
            if times > 1:
                yield Fault(Place(path), f"the same stands in {name} {times} times", None, entry[:200])


def _of_datacite(value: Any) -> Said:
    said: Said = {
        ("publisher", value["publisher"]["name"]): None,
        ("year", value["publicationYear"]): None,
        ("general type", value["types"]["resourceTypeGeneral"]): None,
        ("type", value["types"]["resourceType"]): None,
    }
    if "language" in value:
        said["language", value["language"]] = None
    for one in value["titles"]:
        said["alternative title" if "titleType" in one else "title", one["title"]] = None
    for member, name, key in (
        ("creators", "creator", "name"),
        ("subjects", "subject", "subject"),
        ("contributors", "contributor", "name"),
        ("alternateIdentifiers", "identifier", "alternateIdentifier"),
        ("descriptions", "description", "description"),
        ("geoLocations", "place", "geoLocationPlace"),
    ):
        said |= dict.fromkeys((name, one[key]) for one in value.get(member, ()))
    for member, key in (("titles", "title"), ("subjects", "subject"), ("descriptions", "description")):
        said |= dict.fromkeys((f"{key} in {one['lang']}", one[key]) for one in value.get(member, ()) if "lang" in one)
    said |= dict.fromkeys(("format", one) for one in value.get("formats", ()))
    for one in value.get("dates", ()):
        said[f"date of type {one['dateType']}", one["date"]] = None
    for one in value.get("relatedIdentifiers", ()):
        said["identifier", one["relatedIdentifier"]] = None
    for one in value.get("rightsList", ()):
        said["right", one.get("rightsUri") or one.get("rights", "")] = None
        said |= {("licence by SPDX", one["rightsIdentifier"]): None} if "rightsIdentifier" in one else {}
        if "rightsUri" in one and "rights" in one:
            said["licence by SPDX", one["rights"]] = None
    return said


def _for_datacite(kept: Kept) -> Said:
    chosen = _chosen(kept)
    stated: Said = {}
    publishers = [one.value for one in chosen if one.element == "publisher"]
    issued = [one.value for one in chosen if one.element == "date" and (one.refinement or "issued") == "issued"]
    years = [value[:4] for value in issued if is_w3cdtf(value)]
    stated["publisher", publishers[0] if publishers else _UNKNOWN] = None
    stated["year", years[0] if years else _UNKNOWN] = None
    stated |= dict.fromkeys(("contributor", one) for one in publishers[1:])
    kinds = {"MovingImage": "Audiovisual", "StillImage": "Image"}
    types = [one.value for one in chosen if one.element == "type"]
    known = [one for one in types if one in kinds or one in _GENERAL]
    stated["general type", kinds.get(known[0], known[0]) if known else "Text"] = None
    stated["type", next((one for one in types if one not in known), "Web page")] = None
    if language := next((one.value for one in chosen if one.element == "language"), None):
        stated["language", language] = None
    for one in chosen:
        named = _name_for_datacite(one)
        if named is not None:
            stated[named] = None
            if one.language and one.element in ("title", "subject", "description"):
                stated[f"{one.element} in {one.language}", one.value] = None
            if named[0] == "right" and _ADDRESS.match(one.value) and (spdx := spdx_of(one.value)):
                stated["licence by SPDX", spdx] = None
    for name in ("title", "creator"):
        if not any(what == name for what, _ in stated):
            stated[name, _UNKNOWN] = None
    if at := kept.options.get("captured-at"):
        stated["date of type Collected", at] = None
    return stated


_GENERAL = frozenset(
    (
        *("Collection", "Dataset", "Event", "Image", "InteractiveResource", "PhysicalObject", "Service"),
        *("Software", "Sound", "Text"),
    )
)
_RELATIONS = frozenset(
    (
        *("isPartOf", "hasPart", "isVersionOf", "hasVersion", "references", "isReferencedBy", "requires"),
        *("isRequiredBy", "replaces", "isReplacedBy", "isFormatOf", "hasFormat"),
    )
)


def _name_for_datacite(one: Statement) -> tuple[str, str] | None:
    """What a statement says there; ``None`` where DataCite has no place for it, or it was asked for already."""
    refinement = one.refinement or ""
    if one.element == "date":
        kind = _DATES.get(refinement)
        return (f"date of type {kind}", one.value) if kind and is_w3cdtf(one.value) else None
    if one.element in ("identifier", "source", "relation"):
        doi = _DOI.match(one.value)
        leads = doi is not None or _ADDRESS.match(one.value) is not None
        if one.element == "source":
            leads = leads or one.value.lower().startswith("urn:")
        if (one.element == "relation" and refinement not in _RELATIONS) or not (leads or one.element == "identifier"):
            return None
        return "identifier", doi[1] if doi else one.value
    if one.element == "rights":
        return ("contributor" if refinement == "rightsHolder" else "right"), one.value
    names = {"title": "alternative title" if refinement == "alternative" else "title"} | {
        name: name for name in ("creator", "subject", "contributor", "description")
    }
    if one.element == "format":
        return None if refinement else ("format", one.value)
    if one.element == "coverage":
        return None if refinement == "temporal" else ("place", one.value)
    return (names[one.element], one.value) if one.element in names else None


def _of_schema_org(value: Any) -> Said:
    said: Said = {}
    for name, member in value.items():
        if name == "archivedAt":
            said["identifier of the archived page", member["@id"]] = None
            if "dateCreated" in member:
                said["moment of the capture", member["dateCreated"]] = None
        elif not name.startswith("@"):
            for one in member if isinstance(member, list) else [member]:
                text = one if isinstance(one, str) else one.get("name", one.get("@id", ""))
                said[_TITLES.get(name, name), text] = None
    return said


_TITLES = {"name": "title", "alternateName": "title"}
_SCHEMA_ORG = {
    "title": "title",
    "creator": "author",
    "contributor": "contributor",
    "publisher": "publisher",
    "language": "inLanguage",
    "description": "abstract",
    "subject": "keywords",
}
"""What schema.org calls each element that is written whole."""


def _for_schema_org(kept: Kept) -> Said:
    stated: Said = {}
    uri, at = kept.options.get("uri"), kept.options.get("captured-at")
    if uri:
        stated["url", uri] = None
    dates: set[str] = set()
    for one in _chosen(kept):
        refinement, value = one.refinement or "", one.value
        name: str | None = _SCHEMA_ORG.get(one.element)
        if one.element == "date":
            name = {"": "datePublished", "issued": "datePublished", "modified": "dateModified"}.get(refinement)
            # Of several the first; what is no date stands in no record.
            name = name if is_w3cdtf(value) and name not in dates else None
            dates.update({name} if name else ())
        elif one.element == "coverage":
            name = {"": "spatialCoverage", "spatial": "spatialCoverage", "temporal": "temporalCoverage"}.get(refinement)
        elif one.element == "format":
            name = None if refinement else "encodingFormat"
        elif one.element == "relation":
            name = "isPartOf" if refinement == "isPartOf" else None
        elif one.element == "rights":
            name = "license" if _ADDRESS.match(value) else "copyrightNotice"
        elif one.element == "identifier":
            name = "sameAs" if _ADDRESS.match(value) else "identifier"
            name = None if value in (uri, kept.identifier) else name
        elif one.element == "title" and refinement not in ("", "alternative"):
            name = None
        if name:
            stated[name, value] = None
    if kept.identifier:
        stated["identifier of the archived page", kept.identifier] = None
    if at:
        stated["moment of the capture", at] = None
    return stated


def _chosen(kept: Kept) -> list[Statement]:
    return [one for one in kept.description.statements if one.chosen and one.value.strip()]
