"""A dataset of Dataverse, from the one description: the citation block, its licence, and who may ask for the files.

Source: Dataverse Guides, "Native API", Create a Dataset; "Appendix: Metadata References", citation block.
https://guides.dataverse.org/en/latest/api/native-api.html#create-a-dataset-in-a-dataverse-collection
"""

from __future__ import annotations

import re
from typing import Any

from solander.encoding.w3c import day_of
from solander.model.deposit import CLOSED, OPEN, Consignment
from solander.model.licences import spdx_of
from solander.model.rights import rights_of

OBJECT_AGENCY, BAG_AGENCY = "Solander object", "Solander bag"
"""Who named what stands in ``otherId``: the object through all its versions, and the bag that the dataset holds."""

SUBJECTS = (
    "Agricultural Sciences", "Arts and Humanities", "Astronomy and Astrophysics", "Business and Management",
    "Chemistry", "Computer and Information Science", "Earth and Environmental Sciences", "Engineering", "Law",
    "Mathematical Sciences", "Medicine, Health and Life Sciences", "Physics", "Social Sciences", "Other",
)  # fmt: skip
"""The controlled vocabulary of ``subject``."""

_CC = re.compile(r"CC-(?P<kind>BY[A-Z-]*)-4\.0\Z|CC0-1\.0\Z")
_TERMS = "The depositor has not opened these files; ask the contact of the dataset."


def dataverse_dataset(consignment: Consignment) -> dict[str, Any]:
    """The JSON of a dataset's version; what is not known is left out."""
    described = consignment.description
    names = [(OBJECT_AGENCY, consignment.identifier), (BAG_AGENCY, consignment.bag_digest)]
    subject, email = consignment.setting("subject"), consignment.setting("contact_email")
    contact = consignment.setting("contact_name") or consignment.organization
    published = day_of(described.values("date"))
    terms, remaining = _terms(consignment)
    fields = [
        _plain("title", consignment.title),
        _several("author", [{"authorName": one} for one in described.values("creator")]),
        _several(
            "datasetContact",
            [{**({"datasetContactName": contact} if contact else {}), "datasetContactEmail": email}] if email else [],
        ),
        _several("dsDescription", [{"dsDescriptionValue": one} for one in described.values("description")]),
        _field("subject", "controlledVocabulary", [subject] if subject else []),
        _several("otherId", [{"otherIdAgency": agency, "otherIdValue": value} for agency, value in names]),
        _several("keyword", [{"keywordValue": one} for one in described.values("subject")]),
        _several("producer", [{"producerName": one} for one in described.values("publisher")]),
        _plain("productionDate", published),
        _plain("notesText", remaining),
        _plain(
            "alternativeURL", consignment.uri if (consignment.uri or "").startswith(("http://", "https://")) else None
        ),
        _several("dateOfCollection", _collected(consignment)),
    ]
    return {
        "datasetVersion": {
            **terms,
            "metadataBlocks": {
                "citation": {"displayName": "Citation Metadata", "fields": [one for one in fields if one]}
            },
        }
    }


def _collected(consignment: Consignment) -> list[dict[str, str]]:
    if consignment.captured_at is None:
        return []
    day = consignment.captured_at.date().isoformat()
    return [{"dateOfCollectionStart": day, "dateOfCollectionEnd": day}]


def _terms(consignment: Consignment) -> tuple[dict[str, Any], str | None]:
    """The licence by its name in Dataverse's own list where that is sure, and what is said beside it.

    Otherwise the page's words are the terms: a dataset has a licence or terms of its own, and not both.
    """
    said = [one.value for one in rights_of(consignment.description)]
    licence, found = next(((one, match) for one in said if (match := _CC.match(spdx_of(one) or ""))), ("", None))
    terms: dict[str, Any] = {}
    if found is not None and found["kind"]:
        kind = found["kind"].lower()
        terms["license"] = {"name": f"CC {kind.upper()} 4.0", "uri": f"http://creativecommons.org/licenses/{kind}/4.0"}
    elif found is not None:
        terms["license"] = {"name": "CC0 1.0", "uri": "http://creativecommons.org/publicdomain/zero/1.0"}
    elif said:
        terms["termsOfUse"] = "\n".join(said)
    else:
        terms["termsOfUse"] = "Nothing tells on which terms the page may be used."
    policy = consignment.access.policy
    # Restricted files need terms of access, or that they can be asked for.
    if policy != OPEN:
        terms |= {"fileAccessRequest": policy != CLOSED, "termsOfAccess": _TERMS}
    return terms, "\n".join(one for one in said if one != licence) or None if licence else None


def _field(name: str, kind: str, value: Any, *, multiple: bool = True) -> dict[str, Any] | None:
    return {"typeName": name, "typeClass": kind, "multiple": multiple, "value": value} if value else None


def _plain(name: str, value: str | None) -> dict[str, Any] | None:
    return _field(name, "primitive", value, multiple=False)


def _several(name: str, values: list[dict[str, str]]) -> dict[str, Any] | None:
    """A compound field: each of its values is a group of fields of one value."""
    return _field(name, "compound", [{one: _plain(one, value) for one, value in group.items()} for group in values])
