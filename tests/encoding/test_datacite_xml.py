"""Whatever a record of DataCite says, its XML is valid, or it is no record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from solander.encoding.datacite_xml import NoRecord, datacite_xml


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"null", b"[" * 100_000, b'{"publicationYear": ":unkn"}', b'{"publicationYear": "2024"}',
     b'{"publicationYear": 2024, "titles": [{"title": "a"}], "types": {"resourceTypeGeneral": "Text"}}',
     b'{"publicationYear": "2024", "titles": {"title": "a"}, "types": []}'],
)  # fmt: skip
def test_what_is_no_record_of_datacite_is_none(content: bytes) -> None:
    with pytest.raises(NoRecord):
        datacite_xml(content, "urn:x:1")


MEMBERS = (
    *("title", "lang", "titleType", "name", "contributorType", "date", "dateType", "dateInformation", "rights"),
    *("alternateIdentifier", "alternateIdentifierType", "relatedIdentifier", "relatedIdentifierType", "relationType"),
    *("rightsUri", "schemeUri", "rightsIdentifier", "subject", "description", "descriptionType"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.text() | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=12,
)
GROUPS = (
    *("creators", "contributors", "dates", "language", "subjects", "alternateIdentifiers", "relatedIdentifiers"),
    *("formats", "rightsList", "descriptions", "publisher", "doi"),
)


@given(value=st.dictionaries(st.sampled_from(GROUPS), JSON | st.lists(JSON, max_size=3)), title=st.text(min_size=1))
def test_whatever_a_record_of_datacite_says_its_xml_is_valid(
    shared: Path, value: dict[str, object], title: str
) -> None:
    schema = DATACITE.setdefault(
        "schema", etree.XMLSchema(etree.parse(shared / "oracles" / "datacite" / "kernel-4.6" / "metadata.xsd"))
    )
    told = {**value, "publicationYear": "2024", "titles": [{"title": title}], "types": {"resourceTypeGeneral": "Text"}}
    try:
        written = datacite_xml(json.dumps(told).encode(), "urn:x:1")
    except NoRecord:
        assert not title.strip()
    else:
        schema.assertValid(etree.fromstring(written))


DATACITE: dict[str, etree.XMLSchema] = {}
