"""The schemas are schemas, judge what we write, and agree with the official ones."""

import json
import time
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from solander.describing import describe
from solander.encoding import encode_tei
from solander.encoding.dublin_core import encode_dc, encode_dcterms
from solander.encoding.premis import PremisObject, encode_premis
from solander.encoding.report_json import encode_report, parse_report
from solander.encoding.statements import encode_statements, parse_statements
from solander.model.capture import Capture
from solander.model.description import ELEMENTS, ORIGINS, Evidence, Statement
from solander.model.finding import Finding, Place, Report, SchemaUsed
from solander.model.fixity import digest
from solander.model.json_schema import plainly_keeps
from solander.model.provenance import Agent, Event
from solander.profiles import SCHEMAS, default_toml
from solander.reading import read_page

AT = datetime(2026, 1, 2, tzinfo=UTC)
FOLDER = Path(__file__).parent.parent / "schemas"
GRAMMARS = sorted(path.name for path in FOLDER.glob("*.rng"))
JSON_SCHEMAS = sorted(path.name for path in FOLDER.glob("*.schema.json"))
PAGES = ("lighthouse.html", "teahouse.html", "reading-room.txt")


STATEMENT = {"element": "title", "value": "A", "chosen": True, "evidence": {"origin": "markup", "detail": "title"}}
DESCRIPTION, REPORT = "solander-description.schema.json", "solander-report.schema.json"
AUDIT, BASELINE = "solander-audit.schema.json", "solander-baseline.schema.json"
DATACITE, SCHEMA_ORG = "solander-datacite.schema.json", "solander-schema-org.schema.json"
RECEIPT, STEP = "solander-receipt.schema.json", "solander-deposit-step.schema.json"
NOTE = "solander-deposit-note.schema.json"
DEPOSITED = {
    "identifier": "urn:uuid:1",
    "version": 1,
    "bag": "2021-12-08-letters-0123abcd",
    "bag_digest": "sha512:" + "0" * 128,
}
SETTINGS, PROFILE = "solander-toml.schema.json", "bagit-profile.schema.json"


def right(name):
    """What keeps a schema, to be harmed."""
    return {
        DESCRIPTION: {
            "schema": "urn:uuid:214ede6c-2deb-5325-996e-c9bf563af512",
            "statements": [{**STATEMENT, "language": "en", "refinement": "alternative"}],
            "said": [{**STATEMENT, "evidence": {"origin": "person", "detail": "stated when packing"}}],
            "options": {
                "algorithms": "sha512 md5",
                "at": "2026-01-02T03:04:05Z",
                "charset": "windows-1252",
                "media-type": "text/html",
                "original-name": "page.html",
            },
        },
        REPORT: {
            "schema": "urn:uuid:00d37850-d591-51ee-adde-981ce570e27a",
            "subject": "a",
            "passed": True,
            "totals": {"info": 0, "warning": 0, "error": 0},
            "findings": [
                {"place": {"path": "a", "line": 1}, "code": "BAG003", "name": "a-b", "severity": "info", "message": "m"}
            ],
            "unchecked": [],
            "rules": ["BAG003"],
            "schemas": [{"name": "a", "version": "1", "sha256": "0" * 64, "engine": "b 1"}],
            "counts": {"words": 1, "ignored-BAG008": 0},
        },
        AUDIT: {
            "schema": "urn:uuid:3b2eff22-cae9-5253-a0c5-cd6b211cce09",
            "bag": "2021-12-08-letters-0123abcd",
            "identifier": "urn:uuid:1",
            "at": "2026-01-02T03:04:05Z",
            "outcome": "failed",
            "codes": ["BAG003"],
            "manifests": {"tagmanifest-sha512.txt": "0" * 64},
            "files": 3,
            "bytes": 42,
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        DATACITE: {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceType": "Web page", "resourceTypeGeneral": "Text"},
            "creators": [{"name": "A"}],
            "titles": [{"title": "B", "lang": "en"}],
            "publisher": {"name": ":unkn"},
            "publicationYear": "2021",
            "dates": [{"date": "2021-12-08", "dateType": "Issued"}],
            "relatedIdentifiers": [
                {"relatedIdentifier": "10.1/a", "relatedIdentifierType": "DOI", "relationType": "IsVariantFormOf"}
            ],
            "rightsList": [{"rights": "CC-BY-4.0", "rightsUri": "https://a.example/"}],
        },
        SCHEMA_ORG: {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "name": "B",
            "author": [{"name": "A"}],
            "datePublished": "2021-12-08",
            "archivedAt": {"@type": "WebPage", "@id": "urn:uuid:1"},
        },
        BASELINE: {
            "schema": "urn:uuid:02cb8448-c4ee-5206-8ca7-a02483fb6c39",
            "findings": [{"fingerprint": "0" * 32, "code": "BAG003", "path": "../a/b", "message": ""}],
        },
        RECEIPT: {
            "schema": "urn:uuid:7f98ae25-3906-5167-b5b8-eccaaf6ac79f",
            **DEPOSITED,
            "target": "zenodo-sandbox:",
            "record": "12345",
            "url": "https://sandbox.zenodo.org/records/12345",
            "state": "published",
            "identifiers": [{"scheme": "doi", "value": "10.5072/zenodo.12345"}],
            "access": {"policy": "embargoed", "until": "2027-12-31"},
            "at": "2026-01-02T03:04:05Z",
            "files": [
                {
                    "name": "2021-12-08-letters-0123abcd.zip",
                    "size_bytes": 42,
                    "checksums": {"md5": "0" * 32, "sha512": "0" * 128},
                    "compared": {"by": "server", "algorithm": "md5"},
                }
            ],
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        STEP: {
            "schema": "urn:uuid:da85c19b-7b27-5171-b3ee-825fbcaeaf43",
            **DEPOSITED,
            "target": "zenodo-sandbox:",
            "at": "2026-01-02T03:04:05Z",
            "step": "sending",
            "record": "12345",
            "facts": {"file": "2021-12-08-letters-0123abcd.zip"},
            "agent": {"name": "solander", "version": "0.1.0"},
        },
        NOTE: {
            "schema": "urn:uuid:1165e680-9922-55ca-b2b9-fba9f8cf0617",
            **DEPOSITED,
            "title": "Letters",
            "state": "stored",
            "files": {"2021-12-08-letters-0123abcd.zip": {"size_bytes": 42, "sha512": "0" * 128}},
        },
        SETTINGS: {
            "organization": "The Harbour Archive",
            "contact_email": "keeper@harbour.example",
            "tei": {"licence": "CC0 1.0", "licence_target": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "bag": {"algorithms": ["sha512", "md5"]},
            "check": {"ignore": ["DCM002"]},
            "targets": {"ours": {"to": "zenodo-sandbox:", "token_env": "OUR_TOKEN"}},
        },
        PROFILE: {
            "BagIt-Profile-Info": {
                "BagIt-Profile-Identifier": "urn:a",
                "Source-Organization": "a",
                "External-Description": "b",
                "Version": "1",
            },
            "Manifests-Required": ["sha512"],
            "Manifests-Allowed": ["sha512", "md5"],
            "Tag-Manifests-Required": ["sha512"],
            "Accept-BagIt-Version": ["1.0"],
        },
    }[name]


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


def grammar(name):
    return etree.RelaxNG(etree.fromstring(SCHEMAS.read(name)))


def capture_of(path):
    media_type = "text/plain" if path.suffix == ".txt" else "text/html"
    return Capture.of_bytes(path.read_bytes(), uri="https://example.org/a", media_type=media_type)


@pytest.fixture(params=PAGES)
def described(request, material):
    capture = capture_of(material / request.param)
    page = read_page(capture)
    return capture, page, describe(page, capture)


@pytest.mark.parametrize("name", GRAMMARS)
def test_a_grammar_compiles_within_half_a_second_of_processor_time(name):
    # A bound of the design, not a measurement: grammars that blow up take minutes.
    began = time.process_time()
    grammar(name)
    assert time.process_time() - began < 0.5


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


def test_the_tei_and_the_records_of_our_pages_are_valid(described):
    capture, page, description = described
    tei = encode_tei(page, description, capture, at=AT)
    for name, content in (
        ("solander-tei.rng", tei.content),
        ("solander-dc.rng", encode_dc(description).content),
        ("solander-dcterms.rng", encode_dcterms(description).content),
    ):
        schema = grammar(name)
        assert schema.validate(etree.fromstring(content)), f"{name}: {schema.error_log.last_error}"


def test_the_description_survives_its_file(described):
    _, _, description = described
    said = (Statement("rights", "CC0", Evidence("person", "--rights")),)
    options = right(DESCRIPTION)["options"]
    document = encode_statements(description, said=said, options=options)
    jsonschema.validate(json.loads(document.content), json.loads(SCHEMAS.read("solander-description.schema.json")))
    recorded = parse_statements(document.content)
    assert (recorded.description, recorded.said, recorded.options) == (description, said, options)


def test_a_report_survives_its_file():
    report = Report(
        subject="x",
        findings=(Finding(Place("a", 1, 2, "/b"), "BAG003", "payload-digest-mismatch", "error", "m", "e", "f"),),
        rules=("BAG003",),
        schemas=(SchemaUsed("n", "1", "0" * 64, "libxml2"),),
        unchecked=("c",),
        counts=(("files", 3),),
    )
    document = encode_report(report)
    jsonschema.validate(json.loads(document.content), json.loads(SCHEMAS.read("solander-report.schema.json")))
    assert parse_report(document.content) == report


def premis():
    agent = Agent("solander", "0.1.0")
    return encode_premis(
        identifier="urn:uuid:1",
        objects=[
            PremisObject("data/a", "text/html", 1, (digest(b"a"),), "a.html"),
            PremisObject("data/b", "application/tei+xml", 1, (digest(b"b", "md5"),), derived_from="data/a"),
            PremisObject("metadata/c", "application/xhtml+xml"),
        ],
        events=[
            Event(kind="capture", at=None, made=("data/a",)),
            Event(
                kind="normalization",
                at=AT,
                agent=agent,
                outcome="success",
                detail="d",
                used=("data/a",),
                made=("data/b",),
            ),
            Event(kind="metadata extraction", at=AT, agent=agent, outcome="success"),
        ],
    )


def test_the_record_of_what_was_done_is_valid_by_us():
    schema = grammar("solander-premis.rng")
    assert schema.validate(etree.fromstring(premis().content)), schema.error_log


def test_the_record_of_what_was_done_is_valid_premis(shared):
    schema = etree.XMLSchema(etree.parse(next((shared / "oracles" / "premis").glob("*.xsd"))))
    assert schema.validate(etree.fromstring(premis().content)), schema.error_log


class Offline(etree.Resolver):
    """Schemas that import others by network find them in the folder."""

    def __init__(self, shared):
        self.shared = shared

    def resolve(self, url, identifier, context):
        if not url.startswith("http"):
            return None
        if url.endswith("xml.xsd"):
            lang = "<xs:attribute name='lang' type='xs:language'/>"
            return self.resolve_string(
                "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' "
                f"targetNamespace='http://www.w3.org/XML/1998/namespace'>{lang}</xs:schema>",
                context,
            )
        return self.resolve_filename(str(self.shared / "oracles" / "dc" / url.rpartition("/")[2]), context)


def test_the_refined_record_is_valid_by_the_dcmi(described, shared):
    parser = etree.XMLParser()
    parser.resolvers.add(Offline(shared))
    wrapper = etree.fromstring(
        b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://dublincore.org/xml/dc-record/"
        xmlns:dcterms="http://purl.org/dc/terms/" elementFormDefault="qualified">
        <xs:import namespace="http://purl.org/dc/terms/" schemaLocation="dcterms.xsd"/>
        <xs:element name="qualifieddc" type="dcterms:elementOrRefinementContainer"/></xs:schema>""",
        parser,
        base_url=str(shared / "oracles" / "dc" / "own.xsd"),
    )
    schema = etree.XMLSchema(wrapper)
    record = etree.fromstring(encode_dcterms(described[2]).content)
    assert schema.validate(record), schema.error_log
