"""DataCite and schema.org: whatever is stated, both records keep their schemas, and the checker reads the same."""

import json
from datetime import UTC, datetime

import jsonschema
import pytest
from hypothesis import given
from tests.encoding.test_dublin_core import DESCRIPTIONS, EVIDENCE, one

from solander.checking.records.kept import Kept
from solander.checking.records.other_records import check_other_record
from solander.encoding.datacite import DATES, RELATIONS, encode_datacite
from solander.encoding.schema_org import encode_schema_org
from solander.model.capture import written_moment
from solander.model.description import Description, Evidence, Statement
from solander.profiles import SCHEMAS

AT = datetime(2024, 5, 1, 10, tzinfo=UTC)
URI = "https://harbour.example/well"
IDENTIFIER = "urn:uuid:00000000-0000-5000-8000-000000000000"


def datacite(description, captured_at=AT):
    return json.loads(encode_datacite(description, captured_at=captured_at).content)


def schema_org(description, uri=URI, captured_at=AT):
    made = encode_schema_org(description, identifier=IDENTIFIER, uri=uri, captured_at=captured_at)
    return json.loads(made.content)


def records(description):
    return (
        ("solander-datacite.schema.json", encode_datacite(description, captured_at=AT)),
        (
            "solander-schema-org.schema.json",
            encode_schema_org(description, identifier=IDENTIFIER, uri=URI, captured_at=AT),
        ),
    )


@given(DESCRIPTIONS)
def test_whatever_is_stated_both_records_keep_our_schemas(description):
    for name, document in records(description):
        schema = json.loads(SCHEMAS.read(name))
        jsonschema.Draft202012Validator(schema).validate(json.loads(document.content))


@given(DESCRIPTIONS)
def test_whatever_is_stated_the_checker_finds_the_description_in_both_records(description):
    options = {"uri": URI, "captured-at": written_moment(AT)}
    kept = Kept(description, options, None, IDENTIFIER)
    for _, document in records(description):
        assert check_other_record(document.content, document.name, kept).findings == []


def test_whatever_is_stated_the_record_keeps_the_schema_of_datacite(shared):
    official = json.loads((shared / "oracles" / "jsonschema" / "datacite-v4.5.json").read_bytes())
    validator = jsonschema.Draft201909Validator(official)

    @given(DESCRIPTIONS)
    def keeps(description):
        value = datacite(description)
        for error in validator.iter_errors(value):
            # Only a year that nobody knows is said in DataCite's own word for it, which its grammar does not have.
            assert list(error.absolute_path) == ["publicationYear"], error.message
            assert value["publicationYear"] == ":unkn"

    keeps()
    assert not list(validator.iter_errors(datacite(one("date", "2021-12-08", refinement="issued"))))


def test_our_words_for_dates_and_relations_are_those_of_datacite(shared):
    official = json.loads((shared / "oracles" / "jsonschema" / "datacite-v4.5.json").read_bytes())["definitions"]
    assert set(DATES.values()) <= set(official["dateType"]["enum"])
    assert set(RELATIONS.values()) <= set(official["relationType"]["enum"])


def test_what_is_not_known_is_said_to_be_unknown():
    value = datacite(Description(), captured_at=None)
    assert value == {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        "types": {"resourceType": "Web page", "resourceTypeGeneral": "Text"},
        "creators": [{"name": ":unkn"}],
        "titles": [{"title": ":unkn"}],
        "publisher": {"name": ":unkn"},
        "publicationYear": ":unkn",
    }


def test_the_capture_is_a_date_of_its_own_and_never_the_year_of_publication():
    value = datacite(one("date", "2021-12-09", refinement="modified"))
    assert value["publicationYear"] == ":unkn"
    assert [(each["dateType"], each["date"]) for each in value["dates"]] == [
        ("Updated", "2021-12-09"),
        ("Collected", "2024-05-01T10:00:00Z"),
    ]


def test_the_page_and_the_object_are_told_apart():
    capture = Evidence("capture", "URI")
    description = Description(
        statements=(
            Statement("identifier", URI, capture),
            Statement("identifier", IDENTIFIER, capture),
            Statement("identifier", "https://doi.org/10.1234/well", EVIDENCE),
        )
    )
    value = datacite(description)
    assert value["alternateIdentifiers"] == [
        {"alternateIdentifier": IDENTIFIER, "alternateIdentifierType": "URN"},
    ]
    assert [tuple(each.values()) for each in value["relatedIdentifiers"]] == [
        (URI, "URL", "IsDerivedFrom"),
        ("10.1234/well", "DOI", "IsVariantFormOf"),
    ]
    value = schema_org(description)
    assert (value["url"], value["sameAs"]) == (URI, ["https://doi.org/10.1234/well"])
    assert value["archivedAt"] == {"@type": "WebPage", "@id": IDENTIFIER, "dateCreated": "2024-05-01T10:00:00Z"}


@pytest.mark.parametrize(
    ("right", "written"),
    [
        (
            "https://creativecommons.org/licenses/by/4.0/",
            {
                "rights": "CC-BY-4.0",
                "rightsUri": "https://creativecommons.org/licenses/by/4.0/",
                "rightsIdentifier": "CC-BY-4.0",
                "rightsIdentifierScheme": "SPDX",
                "schemeUri": "https://spdx.org/licenses/",
            },
        ),
        ("https://harbour.example/terms", {"rightsUri": "https://harbour.example/terms"}),
        ("Copyright 2024 Harbour Office", {"rights": "Copyright 2024 Harbour Office"}),
    ],
)
def test_a_licence_is_named_by_spdx_where_its_address_says_which(right, written):
    assert datacite(one("rights", right))["rightsList"] == [written]
    where = "license" if "://" in right else "copyrightNotice"
    assert schema_org(one("rights", right))[where] == [right]


def test_titles_in_a_language_keep_it_and_others_stand_behind():
    description = Description(
        statements=(
            Statement("title", "Der Brunnen", EVIDENCE, "de"),
            Statement("title", "Ein alter Brunnen", EVIDENCE, "de", "alternative"),
        )
    )
    assert datacite(description)["titles"] == [
        {"title": "Der Brunnen", "lang": "de"},
        {"title": "Ein alter Brunnen", "lang": "de", "titleType": "AlternativeTitle"},
    ]
    value = schema_org(description)
    assert (value["name"], value["alternateName"]) == ("Der Brunnen", ["Ein alter Brunnen"])
