"""A record of InvenioRDM, from the one description: what every statement becomes there, and what becomes nothing.

Source: InvenioRDM, "Metadata reference"; EDTF level 0 (dates); ISO 639-3 (languages).
"""

from __future__ import annotations

import re
from typing import Any

from solander.encoding.w3c import day_of
from solander.model.addresses import host_of
from solander.model.deposit import CLOSED, EMBARGOED, OPEN, Consignment
from solander.model.description import Description, Statement
from solander.model.licences import spdx_of
from solander.model.rights import HOLDER, rights_of

RESOURCE_TYPE = "dataset"
"""What a bag is, unless the setting ``resource_type`` says otherwise."""

_UNPORTED = re.compile(r"CC-BY[A-Z-]*-[1-4]\.[05]\Z|CC0-1\.0\Z")
"""Licences that are in the repository's list by their SPDX identifiers; of those for one country it has some."""
_SHORT_CC = re.compile(r"CC[ -](?P<kind>BY(?:-NC)?(?:-SA|-ND)?)[ -](?P<version>[1-4]\.[05])\Z", re.IGNORECASE)
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/)?(10\.[0-9]{4,9}/\S+)\Z", re.IGNORECASE)
_PERSONS = re.compile(r"\A[^,]+, [^,]+\Z")


def invenio_record(consignment: Consignment) -> dict[str, Any]:
    """The record's JSON: access, files and metadata; what is not known is left out."""
    described = consignment.description
    published = day_of(described.values("date"))
    collected = consignment.captured_at.date().isoformat() if consignment.captured_at else None
    fallback = consignment.packed_on.isoformat() if consignment.packed_on else None
    publisher = described.first("publisher") or host_of(consignment.uri or "")
    metadata: dict[str, Any] = {
        "title": consignment.title,
        "resource_type": {"id": consignment.setting("resource_type") or RESOURCE_TYPE},
        "publication_date": published or collected or fallback,
        "publisher": publisher,
        "creators": [_creator(one) for one in described.values("creator")],
        "contributors": [
            {**_creator(one), "role": {"id": role}}
            for element, role in (("contributor", "other"), (HOLDER, "rightsholder"))
            for one in described.values(element)
        ],
        "description": _paragraphs(described.values("description")),
        "languages": [{"id": one} for one in dict.fromkeys(map(_language, described.values("language"))) if one],
        "subjects": [{"subject": one} for one in described.values("subject")],
        "rights": _rights(described),
        "identifiers": [{"identifier": consignment.identifier, "scheme": "other"}],
        "related_identifiers": _related(consignment),
        "dates": [
            {"date": day, "type": {"id": kind}}
            for kind, day in (("collected", collected), ("updated", day_of(described.values("modified"))))
            if day
        ],
    }  # fmt: skip
    return {
        "access": _access(consignment),
        "files": {"enabled": True},
        "metadata": {name: value for name, value in metadata.items() if value},
    }


def _access(consignment: Consignment) -> dict[str, Any]:
    policy, until = consignment.access
    access: dict[str, Any] = {
        "record": "restricted" if policy == CLOSED else "public",
        "files": "public" if policy == OPEN else "restricted",
    }
    if policy == EMBARGOED and until is not None:
        access["embargo"] = {"active": True, "until": until.isoformat(), "reason": "embargo of the depositor"}
    return access


def _creator(name: str) -> dict[str, Any]:
    """A person only where the name is written as one, family name first: a wrong split is worse than none."""
    if _PERSONS.match(name):
        family, given = name.split(", ", 1)
        return {"person_or_org": {"type": "personal", "family_name": family, "given_name": given}}
    return {"person_or_org": {"type": "organizational", "name": name}}


def _rights(described: Description) -> list[dict[str, Any]]:
    rights = []
    for one in map(_right, rights_of(described)):
        # A licence may stand there by its address and by its name.
        if one not in rights:
            rights.append(one)
    return rights


def _right(statement: Statement) -> dict[str, Any]:
    """A licence by its identifier in the repository's own list where it is all that is said; otherwise in words."""
    said = statement.value
    short = _SHORT_CC.match(said)
    name = f"CC-{short['kind']}-{short['version']}".upper() if short else spdx_of(said)
    if name is not None and _UNPORTED.match(name):
        return {"id": name.lower()}
    language = (statement.language or "en").partition("-")[0].lower()
    # The names of languages there have two letters.
    told = {language if len(language) == 2 else "en": said[:1000]}
    return {"title": told, **({"link": said} if said.startswith(("http://", "https://")) else {})}


def _related(consignment: Consignment) -> list[dict[str, Any]]:
    related = []
    if consignment.uri and consignment.uri.startswith(("http://", "https://")):
        related.append({"identifier": consignment.uri, "scheme": "url", "relation_type": {"id": "isderivedfrom"}})
    for one in consignment.description.values("relation"):
        if match := _DOI.match(one):
            related.append({"identifier": match[1], "scheme": "doi", "relation_type": {"id": "references"}})
        elif one.startswith(("http://", "https://")):
            related.append({"identifier": one, "scheme": "url", "relation_type": {"id": "references"}})
    return related


def _paragraphs(values: tuple[str, ...]) -> str:
    """HTML, as the field is; what is marked up in the page's words is shown as it is written."""
    from html import escape

    return "".join(f"<p>{escape(one)}</p>" for one in values)


def _language(tag: str) -> str | None:
    from langcodes import Language  # late: few pages go there
    from langcodes.tag_parser import LanguageTagError

    try:
        return str(Language.get(tag).to_alpha3())
    except (LanguageTagError, LookupError):
        return None
