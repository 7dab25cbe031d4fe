"""The Dublin Core records of a bag and their grammar; each specimen trips its own rule and no other."""

from pathlib import Path

import pytest

from solander.checking.records.dublin_core import GRAMMAR_RULES, check_record
from solander.encoding.dublin_core import encode_dc, encode_dcterms
from solander.encoding.statements import parse_statements
from solander.model.description import ELEMENTS, Description, Evidence, Statement
from solander.profiles import SCHEMAS

FAULTS = Path(__file__).parents[1] / "faults"


EVIDENCE = Evidence("person", "stated when packing")
FERRY = Description(
    statements=(
        Statement("title", "The ferry timetable", EVIDENCE),
        Statement("title", "Ferries", EVIDENCE, chosen=False),
        Statement("creator", "Ines Okafor", EVIDENCE),
        Statement("date", "2024-03-02", EVIDENCE, refinement="modified"),
    )
)


@pytest.mark.parametrize("rule", [check.rule for check in GRAMMAR_RULES], ids=lambda rule: rule.code)
def test_a_specimen_trips_its_rule_and_no_other(rule):
    content = (FAULTS / f"{rule.code}-{rule.name}" / "dc.xml").read_bytes()
    checked = check_record(content, "metadata/dc.xml", SCHEMAS)
    assert {finding.code for finding in checked.findings} == {rule.code}
    assert all(finding.place.line for finding in checked.findings)


def test_a_record_that_differs_from_the_description_is_told_of_both_ways():
    content = (FAULTS / "DCM103-record-differs" / "dc.xml").read_bytes()
    recorded = parse_statements((FAULTS / "DCM103-record-differs" / "description.json").read_bytes())
    added, lacking = check_record(content, "metadata/dc.xml", SCHEMAS, recorded.description).findings
    assert {added.code, lacking.code} == {"DCM103"}
    assert (lacking.place.line, lacking.expected) == (None, "Ines Okafor")
    assert (added.place.line, added.found) == (4, "Ines Okafor, corrected by hand")


@pytest.mark.parametrize("encode", [encode_dc, encode_dcterms])
def test_a_record_that_was_written_from_the_description_agrees_with_it(encode):
    document = encode(FERRY)
    assert not check_record(document.content, document.name, SCHEMAS, FERRY).findings


@pytest.mark.parametrize("encode", [encode_dc, encode_dcterms])
def test_what_is_written_follows_the_grammar(encode):
    description = Description(
        statements=tuple(
            Statement(element, value, EVIDENCE, language="en" if element == "title" else None)
            for element in ELEMENTS
            for value in ("2024-03-01" if element == "date" else "en" if element == "language" else "A <word> & more",)
        )
    )
    document = encode(description)
    checked = check_record(document.content, document.name, SCHEMAS)
    assert not checked.findings
    assert len(checked.schemas) == 1


def test_a_remark_within_a_value_is_passed_by():
    content = encode_dc(FERRY).content.replace(b"Ines Okafor", b"Ines<!-- of the ferry --> Oka<?mark here?>for")
    assert not check_record(content, "metadata/dc.xml", SCHEMAS, FERRY).findings


def test_two_statements_that_come_to_one_element_stand_in_a_record_twice():
    both = Description(
        statements=(
            Statement("title", "Ferries", EVIDENCE),
            Statement("title", "Ferries", EVIDENCE, refinement="alternative"),
        )
    )
    content = encode_dc(both).content
    assert content.count(b"Ferries") == 2
    assert not check_record(content, "metadata/dc.xml", SCHEMAS, both).findings
    (told,) = check_record(
        content.replace(b"</oai_dc:dc>", b"<dc:title>Ferries</dc:title></oai_dc:dc>"), "metadata/dc.xml", SCHEMAS, both
    ).findings
    assert (told.message, told.found) == ("this title stands here more than once", "Ferries")


def test_a_language_that_is_no_tag_is_written_nowhere_and_asked_for_nowhere():
    odd = Description(statements=(Statement("title", "Ferries", EVIDENCE, language="the English one"),))
    for encode in (encode_dc, encode_dcterms):
        document = encode(odd)
        assert not check_record(document.content, document.name, SCHEMAS, odd).findings
