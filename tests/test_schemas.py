"""What we write keeps our schemas and the official ones, and survives its file."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest
from lxml import etree
from tests.kept_by_schemas import DESCRIPTION, right
from tests.offline_schemas import Offline

from solander.describing import describe
from solander.encoding import encode_tei
from solander.encoding.dublin_core import encode_dc, encode_dcterms
from solander.encoding.premis import PremisObject, encode_premis
from solander.encoding.report_json import encode_report, parse_report
from solander.encoding.statements import encode_statements, parse_statements
from solander.model.capture import Capture
from solander.model.description import Evidence, Statement
from solander.model.finding import Finding, Place, Report, SchemaUsed
from solander.model.fixity import digest
from solander.model.provenance import Agent, Event
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 2, tzinfo=UTC)
GRAMMARS = sorted(path.name for path in (Path(__file__).parent.parent / "schemas").glob("*.rng"))
PAGES = ("lighthouse.html", "teahouse.html", "reading-room.txt")


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
def test_a_grammar_compiles(name):
    # One that blows up takes minutes, or all memory, and is met here; how many milliseconds a sound one takes is
    # the machine's affair, and no promise.
    assert not grammar(name).validate(etree.fromstring("<elsewhere/>"))


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
