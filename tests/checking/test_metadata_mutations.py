"""No record with a fault is called right: what our judges accept of 500 harmed records, the official schemas accept."""

from __future__ import annotations

import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator
from lxml import etree
from tests.checking import grammar_documents as documents
from tests.offline_schemas import Offline

from solander.checking.records.dublin_core import check_record
from solander.checking.records.json_records import check_json_record
from solander.checking.records.provenance import check_provenance
from solander.profiles import SCHEMAS

ARCHIVE = Path(__file__).parents[2] / "archive"
MUTATIONS = 500
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
VALUES = ("", " ", "a b", "2024-02-30", "2024-13", "12:00", "en_US", "-", "http://[/", "dcterms:W3CDTF", "dcterms:None")
RECORDS = ("dc.xml", "dcterms.xml", "premis.xml")


@pytest.fixture(scope="module")
def oracles(shared: Path) -> dict[str, Any]:
    """The official schemas; of oai_dc, that of the elements that it holds in any number and order."""
    parser = etree.XMLParser()
    parser.resolvers.add(Offline(shared))

    def wrapped(namespace: str, imported: str, file: str, root: str, kind: str) -> Any:
        text = (
            f'<xs:schema {XS} targetNamespace="{namespace}" xmlns:i="{imported}">'
            f'<xs:import namespace="{imported}" schemaLocation="{file}"/>'
            f'<xs:element name="{root}" type="i:{kind}"/></xs:schema>'
        )
        base = str(shared / "oracles" / "dc" / "own.xsd")
        return etree.XMLSchema(etree.fromstring(text.encode(), parser, base_url=base))

    return {
        "dc.xml": wrapped(
            "http://www.openarchives.org/OAI/2.0/oai_dc/",
            "http://purl.org/dc/elements/1.1/",
            "dc.xsd",
            "dc",
            "elementContainer",
        ),
        "dcterms.xml": wrapped(
            "http://dublincore.org/xml/dc-record/",
            "http://purl.org/dc/terms/",
            "dcterms.xsd",
            "qualifieddc",
            "elementOrRefinementContainer",
        ),
        "premis.xml": etree.XMLSchema(etree.parse(next((shared / "oracles" / "premis").glob("*.xsd")))),
    }


def accepted(name: str, content: bytes) -> bool:
    if name == "premis.xml":
        found = check_provenance(content, name, SCHEMAS).findings
    else:
        found = check_record(content, f"metadata/{name}", SCHEMAS).findings
    return not [one for one in found if one.severity == "error"]


def harmed(name: str, count: int, seed: int) -> list[bytes]:
    """Records of our archive with one thing changed in each."""
    chance = random.Random(seed)
    roots: list[Any] = [etree.fromstring(one.read_bytes()) for one in sorted(ARCHIVE.glob(f"*/metadata/{name}"))]
    elements = sorted({one.tag for root in roots for one in root.iter("*")})
    attributes = sorted({attribute for root in roots for one in root.iter("*") for attribute in one.attrib}) or ["a"]

    def value(chance: random.Random) -> str:
        return chance.choice(VALUES)

    def say(element: Any, chance: random.Random) -> None:
        element.text = chance.choice(VALUES)

    harms = (
        *(documents.remove, documents.unwrap, documents.move, documents.repeat, documents.swap, documents.add_text),
        *(documents.drop_attribute, documents.renaming(elements), documents.inserting(elements), say),
        *(documents.wrapping(elements), documents.setting([*attributes, "a"], value)),
    )
    return [etree.tostring(documents.harmed(chance.choice(roots), harms, chance)) for _ in range(count)]


@pytest.mark.parametrize("name", RECORDS)
def test_what_is_accepted_of_harmed_records_the_official_schema_accepts(
    name: str, oracles: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    count = 5_000 if request.config.getoption("--many-mutations") else -(-MUTATIONS // len(RECORDS))
    verdicts: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for content in harmed(name, count, 51):
        ours, theirs = accepted(name, content), oracles[name].validate(etree.fromstring(content))
        verdicts[ours, theirs] += 1
        if ours and not theirs:
            wrong.append((content, str(oracles[name].error_log.last_error)))
    assert wrong == []
    assert verdicts[True, True] > count * 0.03
    assert verdicts[False, False] > count * 0.05


@pytest.mark.parametrize("name", RECORDS)
def test_no_record_of_ours_is_called_wrong_by_either(name: str, oracles: dict[str, Any]) -> None:
    records = sorted(ARCHIVE.glob(f"*/metadata/{name}"))
    assert records
    for one in records:
        content = one.read_bytes()
        assert accepted(name, content)
        assert oracles[name].validate(etree.fromstring(content))


def harmed_value(value: Any, chance: random.Random) -> None:
    """Change one thing, somewhere in a value of JSON: it is dropped, doubled, of another type, or has another name."""
    within = [value]
    for one in within:
        within += [part for part in (one.values() if isinstance(one, dict) else one) if isinstance(part, (dict, list))]
    place = chance.choice([one for one in within if one])
    key = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
    match chance.randrange(5):
        case 0:
            del place[key]
        case 1:
            place[key] = chance.choice(
                ("", " ", "Text", "Other", "2024-02-30", 7, None, True, [], {}, ["a"], {"a": "b"})
            )
        case 2 if isinstance(place, dict):
            place[key + chance.choice(("s", "Type", " "))] = place.pop(key)
        case 2 | 3 if isinstance(place, list):
            place.append(place[key])
        case _:
            place[key] = [place[key]]


def test_what_is_accepted_of_harmed_records_for_datacite_their_schema_accepts(
    shared: Path, request: pytest.FixtureRequest
) -> None:
    count = 5_000 if request.config.getoption("--many-mutations") else -(-MUTATIONS // len(RECORDS))
    theirs = Draft7Validator(json.loads((shared / "oracles" / "jsonschema" / "datacite-v4.5.json").read_bytes()))
    records = [one.read_bytes() for one in sorted(ARCHIVE.glob("*/metadata/datacite.json"))]
    chance = random.Random(52)
    verdicts: Counter[tuple[bool, bool]] = Counter()
    wrong = []
    for _ in range(count):
        value = json.loads(chance.choice(records))
        harmed_value(value, chance)
        content = json.dumps(value).encode()
        accepted = not check_json_record(content, "metadata/datacite.json", SCHEMAS).findings
        verdicts[accepted, theirs.is_valid(value)] += 1
        if accepted and not theirs.is_valid(value):
            wrong.append((content, [error.message for error in theirs.iter_errors(value)]))
    assert wrong == []
    assert verdicts[True, True] > count * 0.03
    assert verdicts[False, False] > count * 0.05
