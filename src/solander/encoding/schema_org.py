"""A description in the words of schema.org, as JSON-LD: ``metadata/schema.jsonld``, for search engines and catalogues.

An author is a node with a name and no type: whether it is a person or a body, a page seldom says. Nothing is
unknown here, for what is not known is left out.

Source: schema.org 29 (``WebPage``, ``CreativeWork``); JSON-LD 1.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from solander.encoding.canonical_json import canonical
from solander.encoding.w3c import w3cdtf
from solander.model.bag_layout import SCHEMA_ORG_NAME
from solander.model.capture import written_moment
from solander.model.description import Description
from solander.model.document import Document
from solander.model.identifiers import SCHEMA_ORG_SCHEMA

_URL = re.compile(r"https?://\S+\Z", re.IGNORECASE)


def encode_schema_org(
    description: Description, *, identifier: str, uri: str | None, captured_at: datetime | None
) -> Document:
    """Write the record.

    Args:
        description: as all forms have it.
        identifier: the object's, at which the page is archived.
        uri: where the page was, if it is known.
        captured_at: when the page was captured; ``None`` where no source tells.
    """
    chosen = [one for one in description.statements if one.chosen and one.value.strip()]

    def values(element: str, *refinements: str) -> list[str]:
        found = (
            one.value
            for one in chosen
            if one.element == element and (not refinements or (one.refinement or "") in refinements)
        )
        return list(dict.fromkeys(found))

    titles = values("title", "")
    other_names = [one for one in values("identifier") if one not in (uri, identifier)]
    rights = values("rights")
    archived = {"@type": "WebPage", "@id": identifier}
    if captured_at is not None:
        archived["dateCreated"] = written_moment(captured_at)
    members: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "url": uri,
        "name": titles[0] if titles else None,
        "alternateName": [*titles[1:], *values("title", "alternative")],
        "author": _named(values("creator")),
        "contributor": _named(values("contributor")),
        "publisher": _named(values("publisher")),
        "datePublished": _date(values("date", "", "issued")),
        "dateModified": _date(values("date", "modified")),
        "inLanguage": values("language"),
        "abstract": values("description"),
        "keywords": values("subject"),
        "spatialCoverage": values("coverage", "", "spatial"),
        "temporalCoverage": values("coverage", "temporal"),
        "isPartOf": [{"name": one} if not _URL.match(one) else {"@id": one} for one in values("relation", "isPartOf")],
        "license": [one for one in rights if _URL.match(one)],
        "copyrightNotice": [one for one in rights if not _URL.match(one)],
        "identifier": [one for one in other_names if not _URL.match(one)],
        "sameAs": [one for one in other_names if _URL.match(one)],
        "encodingFormat": values("format", ""),
        "archivedAt": archived,
    }
    value = {name: member for name, member in members.items() if member}
    return Document(name=SCHEMA_ORG_NAME, namespace=SCHEMA_ORG_SCHEMA, content=canonical(value))


def _named(names: Iterable[str]) -> list[dict[str, str]]:
    return [{"name": one} for one in names]


def _date(dates: Iterable[str]) -> str | None:
    return next((date for one in dates if (date := w3cdtf(one))), None)
