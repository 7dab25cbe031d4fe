"""The record of what was done: by the standard's words, each event a name of its own, nobody made up."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

import solander
from solander.encoding.premis import PREMIS, PremisObject, encode_premis, event_identifier
from solander.model.fixity import STRONG_ALGORITHMS, VOCABULARY_NAMES, WEAK_ALGORITHMS, algorithm_in_vocabulary, digest
from solander.model.provenance import Agent, Event
from solander.profiles import SCHEMAS

AT = datetime(2026, 1, 1, tzinfo=UTC)
WHOLE = "urn:uuid:abcdef01-2345-5678-9abc-def012345678"
NAMES = {"p": PREMIS}
REPLACED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
PAGE = b"<!doctype html><html lang=en><title>A page</title><p>The ferry leaves at seven, and it comes back at nine."


def found(root, path: str) -> list[str]:
    return [one.text for one in root.findall(path, NAMES)]


def record_in(bag: Path):
    return etree.fromstring((bag / "metadata/premis.xml").read_bytes())


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    page = tmp_path / "ferry.html"
    page.write_bytes(PAGE)
    path = solander.pack(page, into=tmp_path / "archive", at=AT, captured_at=datetime(2024, 5, 6, tzinfo=UTC)).path
    assert path is not None
    return path


@pytest.mark.parametrize("algorithm", [*STRONG_ALGORITHMS, *WEAK_ALGORITHMS])
def test_a_digest_is_called_as_the_vocabulary_calls_it_and_known_again(algorithm: str):
    one = PremisObject("data/a", "text/plain", 1, (digest(b"a", algorithm),))
    root = etree.fromstring(encode_premis(identifier=WHOLE, objects=[one], events=[]).content)
    (written,) = found(root, ".//p:messageDigestAlgorithm")
    assert written == VOCABULARY_NAMES[algorithm]
    assert algorithm_in_vocabulary(written) == algorithm_in_vocabulary(algorithm) == algorithm
    schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-premis.rng")))
    assert schema.validate(root), schema.error_log


def test_an_unknown_digest_is_not_known():
    assert algorithm_in_vocabulary("CRC32") is None


def test_the_original_has_its_name_and_its_format(bag: Path):
    root = record_in(bag)
    objects = {one.findtext("p:objectIdentifier/p:objectIdentifierValue", None, NAMES): one
               for one in root.findall("p:object", NAMES)}  # fmt: skip
    original, tei = objects["data/original/page.html"], objects["data/tei/page.xml"]
    assert found(root, ".//p:originalName") == ["ferry.html"]
    assert found(original, ".//p:formatRegistryKey") == ["fmt/96"]
    assert found(tei, ".//p:formatRegistryKey") == ["fmt/101"]
    assert found(tei, "p:relationship/p:relationshipSubType") == ["is part of", "has source"]
    assert (
        found(tei, "p:relationship/p:relatedObjectIdentifier/p:relatedObjectIdentifierValue")[1]
        == "data/original/page.html"
    )
    normalization = next(
        one for one in root.findall("p:event", NAMES) if found(one, "p:eventType") == ["normalization"]
    )
    assert found(tei, ".//p:relatedEventIdentifierValue") == found(
        normalization, "p:eventIdentifier/p:eventIdentifierValue"
    )


def test_a_capture_by_nobody_knows_whom_has_no_agent_and_no_outcome(bag: Path):
    (capture,) = [one for one in record_in(bag).findall("p:event", NAMES) if found(one, "p:eventType") == ["capture"]]
    assert found(capture, "p:eventDateTime") == ["2024-05-06T00:00:00Z"]
    assert not found(capture, ".//p:eventOutcome")
    assert not found(capture, ".//p:linkingAgentIdentifierValue")
    assert "not recorded" in found(capture, ".//p:eventDetail")[0]
    assert found(record_in(bag), "p:agent/p:agentName") == ["solander"]


def test_the_judgement_made_its_report_and_leaves_the_numbers_to_it(bag: Path):
    (one,) = [one for one in record_in(bag).findall("p:event", NAMES) if found(one, "p:eventType") == ["validation"]]
    links = dict(
        zip(found(one, ".//p:linkingObjectIdentifierValue"), found(one, ".//p:linkingObjectRole"), strict=True)
    )
    assert links["metadata/validation.json"] == "outcome"
    assert links["data/tei/page.xml"] == "source"
    assert " rules" not in found(one, ".//p:eventDetail")[0].replace("By which rules", "")


def test_no_two_events_of_an_object_have_one_name_but_the_capture_that_all_versions_share(bag: Path, tmp_path: Path):
    page = tmp_path / "ferry.html"
    captured_at = datetime(2024, 5, 6, tzinfo=UTC)
    second = solander.pack(page, into=tmp_path / "archive", at=AT, captured_at=captured_at, title="Ferries").path
    names = [found(record_in(one), "p:event/p:eventIdentifier/p:eventIdentifierValue") for one in (bag, second)]
    assert set(found(record_in(bag), "p:event/p:eventIdentifier/p:eventIdentifierType")) == {"URN"}
    assert all(len(set(one)) == len(one) for one in names)
    assert set(names[0]) & set(names[1]) == {names[0][0]}
    assert "metadata modification" in found(record_in(second), "p:event/p:eventType")


def test_an_events_name_follows_from_what_it_is():
    one = Event(kind="validation", at=AT, version=1)
    assert event_identifier(one, WHOLE) == event_identifier(Event(kind="validation", at=AT, version=1), WHOLE)
    others = [
        event_identifier(Event(kind="validation", at=AT, version=2), WHOLE),
        event_identifier(Event(kind="capture", at=AT, version=1), WHOLE),
        event_identifier(Event(kind="validation", at=None, version=1), WHOLE),
        event_identifier(one, WHOLE.replace("a", "b")),
    ]
    assert len({event_identifier(one, WHOLE), *others}) == 5


def test_the_record_of_a_bag_is_valid_premis(bag: Path, tmp_path: Path, shared: Path):
    page = tmp_path / "ferry.html"
    second = solander.pack(page, into=tmp_path / "archive", at=AT, algorithms=["sha512", "sha256", "md5"]).path
    schema = etree.XMLSchema(etree.parse(next((shared / "oracles" / "premis").glob("*.xsd"))))
    for one in (bag, second):
        assert schema.validate(record_in(one)), schema.error_log


_ODD = st.text(st.characters(codec=None), min_size=1) | st.sampled_from(
    ["]]>", "<a>", "&amp;", "\x00", "\ud800", "a\rb", "{x}"]
)


@given(st.lists(_ODD, min_size=8, max_size=8))
def test_whatever_stands_in_a_value_the_record_is_well_formed_and_says_it(odd: list[str]):
    name, media_type, original, source, detail, outcome, agent, version = odd
    by = Agent(name=agent, version=version, kind="software")
    event = Event(kind="capture", at=AT, detail=detail, outcome=outcome, agent=by, used=(source,), made=(name,))
    one = PremisObject(name, media_type, 1, (digest(b"a"),), original, source)
    root = etree.fromstring(encode_premis(identifier=WHOLE, objects=[one], events=[event]).content)
    legal = [REPLACED.sub("\ufffd", text) for text in odd]
    paths = [
        "p:object//p:objectIdentifierValue",
        ".//p:formatName",
        ".//p:originalName",
        ".//p:relatedObjectIdentifierValue",
    ]
    paths += [".//p:eventDetail", ".//p:eventOutcome", ".//p:agentName", ".//p:agentVersion"]
    for text, path in zip(legal, paths, strict=True):
        assert text in found(root, path)
