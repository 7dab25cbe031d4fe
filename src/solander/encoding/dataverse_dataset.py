"""A dataset of Dataverse, from the one description: the citation block, its licence, and who may ask for the files.

Source: Dataverse Guides, "Native API", Create a Dataset; "Appendix: Metadata References", citation block.
https://guides.dataverse.org/en/latest/api/native-api.html#create-a-dataset-in-a-dataverse-collection
"""

from __future__ import annotations

import re
from typing import Any

from solander.model.deposit import CLOSED, OPEN, Consignment

OBJECT_AGENCY, BAG_AGENCY = "Solander object", "Solander bag"
"""Who named what stands in ``otherId``: the object through all its versions, and the bag that the dataset holds."""

SUBJECTS = (
    "Agricultural Sciences", "Arts and Humanities", "Astronomy and Astrophysics", "Business and Management",
    "Chemistry", "Computer and Information Science", "Earth and Environmental Sciences", "Engineering", "Law",
    "Mathematical Sciences", "Medicine, Health and Life Sciences", "Physics", "Social Sciences", "Other",
)  # fmt: skip
"""The controlled vocabulary of ``subject``."""

_DAY = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z", re.ASCII)
_CC = re.compile(r"creativecommons\.org/(?:publicdomain/zero/1\.0|licenses/(?P<kind>by(?:-nc)?(?:-sa|-nd)?)/4\.0)")
_TERMS = "The depositor has not opened these files; ask the contact of the dataset."


def dataverse_dataset(consignment: Consignment) -> dict[str, Any]:
    """The JSON of a dataset's version; what is not known is left out."""
    described = consignment.description
    names = [(OBJECT_AGENCY, consignment.identifier), (BAG_AGENCY, consignment.bag_digest)]
    subject, email = consignment.setting("subject"), consignment.setting("contact_email")
    contact = consignment.setting("contact_name") or consignment.organization
    published = next((one for one in described.values("date") if _DAY.match(one)), None)
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
        _plain(
            "alternativeURL", consignment.uri if (consignment.uri or "").startswith(("http://", "https://")) else None
        ),
        _several("dateOfCollection", _collected(consignment)),
    ]
    return {
        "datasetVersion": {
            **_terms(consignment),
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


def _terms(consignment: Consignment) -> dict[str, Any]:
    """The licence by its name in Dataverse's own list where that is sure; otherwise the page's words."""
    described = consignment.description
    said = list(dict.fromkeys((*described.values("license"), *described.values("rights"))))
    found = next((match for one in said if (match := _CC.search(one))), None)
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
    return terms if policy == OPEN else {**terms, "fileAccessRequest": policy != CLOSED, "termsOfAccess": _TERMS}


def _field(name: str, kind: str, value: Any, *, multiple: bool = True) -> dict[str, Any] | None:
    return {"typeName": name, "typeClass": kind, "multiple": multiple, "value": value} if value else None


def _plain(name: str, value: str | None) -> dict[str, Any] | None:
    return _field(name, "primitive", value, multiple=False)


def _several(name: str, values: list[dict[str, str]]) -> dict[str, Any] | None:
    """A compound field: each of its values is a group of fields of one value."""
    return _field(name, "compound", [{one: _plain(one, value) for one, value in group.items()} for group in values])
