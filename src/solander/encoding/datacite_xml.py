"""``metadata/datacite.json`` as DataCite's XML, as those who harvest it want it.

What is no such record, or says something that the XML cannot hold, is none: a year that nobody knows is against the
grammar, and is not invented here. What a record says beyond what Solander writes is left out.

Source: DataCite Metadata Schema 4.6, ``metadata.xsd``; appendix 3 (standard values for unknown information).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from solander.encoding.datacite import DATES, KERNEL, RELATIONS, TYPES, UNKNOWN
from solander.encoding.w3c import uri_reference
from solander.encoding.xml_text import attributes, escape_text

SCHEMA = "http://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_YEAR = re.compile(r"[0-9]{4}\Z")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*\Z")
_DATE_TYPES = {*DATES.values(), "Collected"}
_RELATION_TYPES = {*RELATIONS.values(), "IsDerivedFrom", "IsVariantFormOf"}
_KINDS = {"DOI", "URL", "URN"}


class NoRecord(ValueError):
    """It is no record of DataCite's that its XML could hold."""


def datacite_xml(content: bytes, identifier: str) -> str:
    """Write the record, without a declaration.

    Args:
        content: the JSON.
        identifier: of the object, where the record has no DOI.

    Raises:
        NoRecord: there is nothing that XML could say.
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NoRecord("it is no JSON") from error
    if not isinstance(value, dict):
        raise NoRecord("it is no record")
    year, kind = value.get("publicationYear"), _object(value.get("types"))
    titles = [_title(one) for one in _objects(value.get("titles")) if _text(one.get("title"))]
    if not (isinstance(year, str) and _YEAR.match(year)):
        raise NoRecord("it has no year")
    if not titles or kind.get("resourceTypeGeneral") not in TYPES.values():
        raise NoRecord("it has no title, or no type")
    creators = [_element("creator", _element("creatorName", _text(one.get("name")) or UNKNOWN))
                for one in _objects(value.get("creators"))]  # fmt: skip
    doi = _text(value.get("doi"))
    named = {"identifierType": "DOI" if doi else "URN" if identifier.lower().startswith("urn:") else "other"}
    parts = [
        _element("identifier", doi or identifier, **named),
        _group("creators", creators or [_element("creator", _element("creatorName", UNKNOWN))]),
        _group("titles", titles),
        _element("publisher", _text(_object(value.get("publisher")).get("name")) or UNKNOWN),
        _element("publicationYear", year),
        _element(
            "resourceType",
            _text(kind.get("resourceType")) or "Web page",
            resourceTypeGeneral=kind["resourceTypeGeneral"],
        ),
        _group("subjects", _worded("subject", value.get("subjects"))),
        _group("contributors", _contributors(value.get("contributors"))),
        _group("dates", _dates(value.get("dates"))),
        _language(value.get("language")),
        _group("alternateIdentifiers", _identifiers("alternate", value.get("alternateIdentifiers"))),
        _group("relatedIdentifiers", _identifiers("related", value.get("relatedIdentifiers"))),
        _group("formats", [_element("format", one) for one in _texts(value.get("formats"))]),
        _group("rightsList", _rights(value.get("rightsList"))),
        _group("descriptions", _worded("description", value.get("descriptions"), descriptionType="Abstract")),
    ]
    root = {"xmlns": KERNEL, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{KERNEL} {SCHEMA}"}
    return f"<resource{attributes(root)}>\n{''.join(parts)}</resource>\n"


class _Markup(str):
    """Characters that are escaped already."""

    __slots__ = ()


def _element(name: str, content: str, **values: str) -> _Markup:
    inner = content if isinstance(content, _Markup) else escape_text(content)
    told = {key.replace("_", ":"): value for key, value in values.items() if value}
    return _Markup(f"<{name}{attributes(told)}>{inner}</{name}>")


def _group(name: str, elements: Iterable[str]) -> str:
    lines = "".join(f"{one}\n" for one in elements)
    return f"<{name}>\n{lines}</{name}>\n" if lines else ""


def _title(one: Mapping[str, Any]) -> str:
    kind = "AlternativeTitle" if one.get("titleType") == "AlternativeTitle" else ""
    return _element("title", _text(one["title"]), xml_lang=_lang(one), titleType=kind)


def _worded(name: str, values: object, **fixed: str) -> Sequence[str]:
    return [
        _element(name, words, xml_lang=_lang(one), **_kind_of(one, fixed))
        for one in _objects(values)
        if (words := _text(one.get(name)))
    ]


def _kind_of(one: Mapping[str, Any], fixed: Mapping[str, str]) -> dict[str, str]:
    return {key: "TableOfContents" if one.get(key) == "TableOfContents" else value for key, value in fixed.items()}


def _contributors(values: object) -> Sequence[str]:
    return [
        _element(
            "contributor",
            _element("contributorName", name),
            contributorType="RightsHolder" if one.get("contributorType") == "RightsHolder" else "Other",
        )
        for one in _objects(values)
        if (name := _text(one.get("name")))
    ]


def _dates(values: object) -> Sequence[str]:
    return [
        _element("date", date, dateType=one["dateType"], dateInformation=_text(one.get("dateInformation")))
        for one in _objects(values)
        if (date := _text(one.get("date"))) and one.get("dateType") in _DATE_TYPES
    ]


def _language(value: object) -> str:
    return f"{_element('language', value)}\n" if isinstance(value, str) and _LANGUAGE.match(value) else ""


def _identifiers(form: str, values: object) -> list[str]:
    name = f"{form}Identifier"
    out: list[str] = []
    for one in _objects(values):
        words, kind = _text(one.get(name)), _text(one.get(f"{name}Type"))
        if not words or not kind:
            continue
        if form == "alternate":
            out.append(_element(name, words, alternateIdentifierType=kind))
        elif kind in _KINDS and one.get("relationType") in _RELATION_TYPES:
            out.append(_element(name, words, relatedIdentifierType=kind, relationType=one["relationType"]))
    return out


def _rights(values: object) -> list[str]:
    out: list[str] = []
    for one in _objects(values):
        address = uri_reference(_text(one.get("rightsUri"))) or ""
        names = ("rightsIdentifier", "rightsIdentifierScheme")
        told = {name: _text(one.get(name)) for name in names}
        words = _text(one.get("rights"))
        if words or address:
            scheme = uri_reference(_text(one.get("schemeUri"))) or ""
            out.append(_element("rights", words, rightsURI=address, schemeURI=scheme, xml_lang=_lang(one), **told))
    return out


def _lang(one: Mapping[str, Any]) -> str:
    said = one.get("lang")
    return said if isinstance(said, str) and _LANGUAGE.match(said) else ""


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    return [text for one in value if (text := _text(one))] if isinstance(value, list) else []


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
