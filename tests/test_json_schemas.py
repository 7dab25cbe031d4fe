"""Our JSON schemas are schemas: what keeps them is accepted; what does not is refused by the reference and by us."""

import json
from pathlib import Path

import jsonschema
import pytest
from tests.kept_by_schemas import (
    AUDIT,
    BASELINE,
    DATACITE,
    DESCRIPTION,
    NOTE,
    PROFILE,
    RECEIPT,
    REPORT,
    SCHEMA_ORG,
    SETTINGS,
    STEP,
    right,
)

from solander.model.description import ELEMENTS, ORIGINS
from solander.model.json_schema import plainly_keeps
from solander.profiles import SCHEMAS, default_toml

FOLDER = Path(__file__).parent.parent / "schemas"
JSON_SCHEMAS = sorted(path.name for path in FOLDER.glob("*.schema.json"))
REFUSED = (
    (RECEIPT, "state", ("", "Draft", "gone")),
    (RECEIPT, "bag_digest", ("", "0" * 128, "sha512:" + "0" * 129, "sha512:xyz")),
    (RECEIPT, "access", ({}, {"policy": "public"}, {"policy": "embargoed", "until": "tomorrow"})),
    (RECEIPT, "files/0/checksums", ({}, {"md5": "0" * 32}, {"sha512": "0" * 128, "crc32": "0" * 32})),
    (RECEIPT, "files/0/compared/by", ("", "client")),
    (STEP, "step", ("", "sleeping")),
    (STEP, "at", ("2026-01-02", "2026-01-02T03:04:05Z\n")),
    (NOTE, "state", ("published", "")),
    (SETTINGS, "targets/ours/to", ("", "zenodo", "zenodo: x", "Zenodo:")),
    (SETTINGS, "targets/ours/token_env", ("", "A B", "1A")),
    (SETTINGS, "targets/ours/token", ("a secret",)),
    (DESCRIPTION, "statements/0/element", ("", "Title", "author", 1)),
    (DESCRIPTION, "statements/0/value", ("", None)),
    (DESCRIPTION, "statements/0/language", ("", "en_US", "english language", "en\n", "en-")),
    (DESCRIPTION, "statements/0/refinement", ("", "Issued", "a b")),
    (DESCRIPTION, "statements/0/evidence/origin", ("", "title", "Person", "hearsay")),
    (DESCRIPTION, "statements/0/evidence/detail", ("",)),
    (DESCRIPTION, "statements/0/evidence/source", ("",)),
    (DESCRIPTION, "said/0/evidence/origin", ("markup", "capture", "")),
    (DESCRIPTION, "options/algorithms", ("", "sha512,md5", "sha512  md5", "crc32", "sha512 ", "sha512\n")),
    (
        DESCRIPTION,
        "options/at",
        ("", "2026-01-02", "2026-01-02T03:04:05", "2026-13-02T03:04:05Z", "now", "2026-01-02T03:04:05Z\n"),
    ),
    (DESCRIPTION, "options/captured-at", ("", "2026-01-02T24:04:05Z", "2026-01-02 03:04:05Z")),
    (DESCRIPTION, "options/charset", ("", "utf 8", "utf-8\n")),
    (DESCRIPTION, "options/media-type", ("", "html", "text/", "text/html; charset=utf-8")),
    (DESCRIPTION, "options/original-name", ("", ".", "..", "../page.html", "a/b", "a\\b", "a\nb", "a\n")),
    (DESCRIPTION, "options/file-name", ("", "/tmp/page.html", "..")),
    (DESCRIPTION, "options/redirects", ("", " ", "https://a  https://b")),
    (DESCRIPTION, "options/uri", ("",)),
    (DESCRIPTION, "options/colour", ("blue",)),
    (REPORT, "totals", ({}, {"info": 0, "warning": 0}, {"info": 0, "warning": 0, "error": 0, "fatal": 0})),
    (
        REPORT,
        "findings/0/place",
        ({"path": ""}, {"path": "a", "column": 1}, {"path": "a", "line": 0}, {"path": "a", "line": 1, "xpath": ""}),
    ),
    (REPORT, "findings/0/message", ("",)),
    (REPORT, "findings/0/code", ("BAG3", "BAG003\n")),
    (REPORT, "unchecked", ([""], ["a", "a"])),
    (REPORT, "rules", (["BAG003", "BAG003"], ["bag003"])),
    (REPORT, "schemas/0/engine", ("",)),
    (REPORT, "schemas/0/name", ("",)),
    (REPORT, "counts", ({"words": -1}, {"words": [{}]}, {"words": "1"}, {"": 1}, {"Words": 1}, [])),
    (AUDIT, "bag", ("", "a/b", "a\x00")),
    (DATACITE, "schemaVersion", ("", "http://datacite.org/schema/kernel-3")),
    (DATACITE, "creators", ([], ["A"], [{"name": ""}], [{}])),
    (DATACITE, "titles", ([], [{"title": "B", "titleType": "Subtitle"}])),
    (DATACITE, "publicationYear", ("", "21", 2021, ":null", "2021\n", "2021-12")),
    (DATACITE, "dates/0/date", ("", "8 December", "2021-12-08T10:00:00", "2021-12-08\n")),
    (DATACITE, "dates/0/dateType", ("", "Accessed")),
    (DATACITE, "relatedIdentifiers/0/relationType", ("", "IsA")),
    (DATACITE, "rightsList/0/rightsUri", ("", "a.example", "https://a b")),
    (DATACITE, "rightsList/0/rightsIdentifier", ("CC-BY-4.0",)),
    (DATACITE, "doi", ("10.1/a",)),
    (SCHEMA_ORG, "@type", ("", "Article")),
    (SCHEMA_ORG, "author", ([], ["A"], [{"name": "A", "@type": "Person"}])),
    (SCHEMA_ORG, "datePublished", ("", "2021-12-08T10:00:00", "yesterday")),
    (SCHEMA_ORG, "archivedAt", ("urn:uuid:1", {"@type": "WebPage"})),
    (SCHEMA_ORG, "headline", ("B",)),
    (AUDIT, "identifier", ("", None)),
    (AUDIT, "at", ("", "2026-01-02", "2026-01-02T03:04:05", "2026-01-02T24:04:05Z", "2026-01-02T03:04:05Z\n")),
    (AUDIT, "outcome", ("", "valid")),
    (AUDIT, "codes", (["BAG3"], ["BAG003", "BAG003"], None)),
    (AUDIT, "manifests", ({"bagit.txt": "0" * 64}, {"manifest-md5.txt": "0" * 63}, {"manifest-md5.txt": "A" * 64})),
    (AUDIT, "files", (-1, "3", True)),
    (AUDIT, "agent", ({"name": "solander"}, "solander 0.1.0", {"name": "", "version": "1"})),
    (BASELINE, "schema", ("", None)),
    (BASELINE, "findings", ({}, None)),
    (BASELINE, "findings/0/fingerprint", ("", "0" * 31, "A" * 32, "0" * 32 + "\n")),
    (BASELINE, "findings/0/code", ("BAG3", None)),
    (BASELINE, "findings/0/path", ("", None)),
    (SETTINGS, "organization", ("", " ", " a", "a ", "two\nlines", "a\n", "a\x00b")),
    (SETTINGS, "contact_email", ("", "keeper", "@harbour", "keeper@", "a b@c", "a@b@c", "<a@b>", "a@b\n")),
    (SETTINGS, "tei/licence", ("", "two\nlines")),
    (SETTINGS, "tei/licence_target", ("", "CC0", "creativecommons.org/", "https://a b", "https:", "https://a\n")),
    (SETTINGS, "bag/algorithms", ([], ["md5"], ["sha512", "sha512"], ["sha512", "crc32"])),
    (SETTINGS, "check/ignore", (["DCM002", "DCM002"], ["BAG003"])),
    (SETTINGS, "check/severity", ({"DCM2": "error"}, {"DCM002": "fatal"}, [])),
    (
        SETTINGS,
        "check/paths",
        ({}, [{"ignore": ["DCM002"]}], [{"path": []}], [{"path": "a"}], [{"path": ["a"], "b": 1}]),
    ),
    # What contradicts itself in a profile is for rules to say (PRF024), not for its form.
    (PROFILE, "Manifests-Allowed", ("md5", [""], [512], ["sha 512"])),
    (PROFILE, "Tag-Manifests-Allowed", ({"md5": True},)),
    (PROFILE, "Manifests-Required", (None, ["a" * 41])),
)
"""By schema and place: what must not stand there."""


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_what_is_right_is_accepted(name):
    jsonschema.Draft202012Validator(json.loads(SCHEMAS.read(name))).validate(right(name))


@pytest.mark.parametrize(("name", "place", "values"), REFUSED, ids=lambda one: one if isinstance(one, str) else "")
def test_what_is_wrong_is_refused_by_the_reference_and_by_us(name, place, values):
    schema = json.loads(SCHEMAS.read(name))
    *way, last = (int(step) if step.isdigit() else step for step in place.split("/"))
    for value in values:
        whole = right(name)
        holder = whole
        for step in way:
            holder = holder[step]
        holder[last] = value
        assert not jsonschema.Draft202012Validator(schema).is_valid(whole), value
        assert not plainly_keeps(whole, schema), value


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_a_json_schema_says_of_each_property_what_it_is(name):
    waiting = [json.loads(SCHEMAS.read(name))]
    while waiting:
        one = waiting.pop()
        members = list(one.values()) if isinstance(one, dict) else one
        waiting.extend(member for member in members if isinstance(member, (dict, list)))
        if isinstance(one, dict) and "type" in one and isinstance(one.get("properties"), dict):
            for property_name, meaning in one["properties"].items():
                assert meaning.get("description"), property_name


def test_the_elements_and_the_kinds_of_evidence_are_those_of_the_model():
    statement = json.loads(SCHEMAS.read(DESCRIPTION))["$defs"]["statement"]["properties"]
    assert tuple(statement["element"]["enum"]) == ELEMENTS
    assert tuple(statement["evidence"]["properties"]["origin"]["enum"]) == ORIGINS


@pytest.mark.parametrize("name", JSON_SCHEMAS)
def test_a_json_schema_is_one(name):
    jsonschema.Draft202012Validator.check_schema(json.loads((FOLDER / name).read_bytes()))


def test_the_settings_of_a_new_archive_are_valid():
    import tomllib

    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    jsonschema.validate(tomllib.loads(default_toml()), schema)
    jsonschema.validate(tomllib.loads(default_toml().replace("# organization", "organization")), schema)
