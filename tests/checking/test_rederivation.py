"""What is compared when a bag is derived again, and what is set aside."""

import json
import re
from pathlib import Path

import pytest

from solander.checking.records.rederivation import (
    RULES,
    identifier_not_rederived,
    provenance_not_rederived,
    record_not_rederived,
    tei_not_rederived,
)

SPECIMENS = sorted((Path(__file__).parents[1] / "faults").glob("RED*"))

TEI = b"""<TEI>
  <teiHeader>
    <encodingDesc>
      <appInfo>
        <application ident="solander" version="0.1.0">
        </application>
      </appInfo>
      <editorialDecl/>
    </encodingDesc>
    <revisionDesc>
      <change>Made by Solander 0.1.0.</change>
    </revisionDesc>
  </teiHeader>
  <text>
    <p>One word</p>
  </text>
</TEI>
"""


def test_another_version_of_the_programs_makes_no_difference():
    derived = TEI.replace(b"0.1.0", b"9.9.9").replace(b"        </application>\n", b"        </application>\n\n\n")
    assert not list(tei_not_rederived("page.xml", TEI, derived))


def test_a_difference_is_shown_at_its_line_in_the_whole_file():
    (finding,) = tei_not_rederived("page.xml", TEI.replace(b"One word", b"Two words"), TEI)
    assert (finding.code, finding.place.line) == ("RED001", 15)
    assert (finding.expected, finding.found) == ("<p>One word</p>", "<p>Two words</p>")


def test_a_difference_above_what_is_set_aside_keeps_its_own_line():
    (finding,) = tei_not_rederived("page.xml", TEI.replace(b"<teiHeader>", b"<teiHeader n='1'>", 1), TEI)
    assert finding.place.line == 2


def test_a_file_that_ends_early_differs_at_its_end():
    (finding,) = record_not_rederived("dc.xml", b"<dc>\n", b"<dc>\n</dc>\n")
    assert (finding.place.line, finding.expected, finding.found) == (2, "</dc>", "")


def test_only_another_identifier_is_a_finding():
    assert not list(identifier_not_rederived("bag-info.txt", "urn:uuid:1", "urn:uuid:1"))
    (finding,) = identifier_not_rederived("bag-info.txt", "", "urn:uuid:1")
    assert finding.found == "none"


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule(specimen):
    (recorded,), (derived,) = (list(specimen.glob(f"{name}.*")) for name in ("recorded", "derived"))
    check = next(check for check in RULES if check.rule.code == specimen.name[:6])
    read = {".txt": Path.read_text, ".fields": lambda path: json.loads(path.read_bytes())}.get(
        recorded.suffix, Path.read_bytes
    )
    found = list(check(recorded.name, read(recorded), read(derived)))
    assert [f"{one.code}-{one.name}" for one in found] == [specimen.name]
    as_derived = read(derived)
    if isinstance(as_derived, dict):
        # A bag may repeat a field; what is derived has one value of each, or none.
        as_derived = {label: [value] if value else [] for label, value in as_derived.items()}
    assert list(check(recorded.name, as_derived, read(derived))) == []


def test_every_rule_has_a_specimen():
    assert {path.name[:6] for path in SPECIMENS} == {check.rule.code for check in RULES}


def test_of_a_file_with_many_differences_the_first_is_shown():
    (finding,) = record_not_rederived("dc.xml", b"a\nb\nc\n", b"a\nB\nC\n")
    assert (finding.place.line, finding.expected, finding.found) == (2, "B", "b")


def test_what_is_longer_than_it_should_be_differs_where_the_other_ends():
    (finding,) = record_not_rederived("dc.xml", b"<dc>\n</dc>\nmore", b"<dc>\n</dc>")
    assert (finding.place.line, finding.expected, finding.found) == (3, "(the file ends here)", "more")


def test_only_the_two_parts_are_set_aside():
    for old, new in ((b"<editorialDecl/>", b"<editorialDecl n='1'/>"), (b"</text>", b"<!-- appInfo --></text>")):
        assert list(tei_not_rederived("page.xml", TEI.replace(old, new), TEI))


def test_a_part_that_is_lacking_altogether_is_set_aside_too():
    lacking = re.sub(rb" *<revisionDesc>.*</revisionDesc>\n", b"", TEI, flags=re.DOTALL)
    assert lacking != TEI
    assert not list(tei_not_rederived("page.xml", lacking, TEI))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<p>One word</p>", b"<p>One<appInfo>hidden</appInfo> word</p>"),
        (b"<p>One word</p>", b"<p>One<revisionDesc>word</p><p>another</revisionDesc> word</p>"),
        (b"  </teiHeader>", b"<appInfo>hidden</appInfo>  </teiHeader>"),
        (b"<TEI>\n", b"<revisionDesc>hidden</revisionDesc><TEI>\n"),
        (b"    <revisionDesc>", b"<appInfo><revisionDesc>hidden</revisionDesc></appInfo>    <revisionDesc>"),
    ],
)
def test_nothing_hides_in_one_more_of_what_is_set_aside(old, new):
    assert TEI.count(old) == 1
    assert list(tei_not_rederived("page.xml", TEI.replace(old, new), TEI))


def test_in_a_record_nothing_is_set_aside():
    derived = b"<dc><teiHeader></teiHeader></dc>"
    recorded = b"<dc><teiHeader><appInfo>more</appInfo></teiHeader></dc>"
    assert list(record_not_rederived("dc.xml", recorded, derived))


@pytest.mark.parametrize(("ours", "theirs"), [("seven", "eleven"), ("seven", ""), ("", "and seven more")])
def test_of_a_long_line_both_values_show_the_words_around_the_difference(ours: str, theirs: str):
    before, after = "the words before " * 40, " words after" * 40
    (finding,) = tei_not_rederived("page.xml", f"{before}{theirs}{after}".encode(), f"{before}{ours}{after}".encode())
    for value, word in ((finding.expected, ours), (finding.found, theirs)):
        assert value is not None
        assert len(value) < 140
        assert value.startswith("…")
        assert value.endswith("…")
        assert f"words before {word}" in value
    assert finding.expected != finding.found


PREMIS = b"""<premis xmlns="http://www.loc.gov/premis/v3">
  <event>
    <eventType>normalization</eventType>
    <eventOutcome>success</eventOutcome>
  </event>
</premis>
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"<eventOutcome>success</eventOutcome>", b"<eventOutcome>fail</eventOutcome>"),
        (
            b"<eventOutcome>success</eventOutcome>",
            b"<!-- <eventOutcome>success</eventOutcome> --><eventOutcome>fail</eventOutcome>",
        ),
        (b"success", b"<!--success-->fail"),
        (b"success", b"fail<?told success?>"),
        (b"success</eventOutcome>", b"success</eventOutcome>, and not quite"),
        (b"<eventOutcome>", b'<eventOutcome role="fail">'),
        (b"<eventOutcome>", b'<eventOutcome xmlns="urn:other">'),
        (b"success", b"<!-- unclosed"),
    ],
)
def test_no_other_telling_of_a_step_hides_behind_the_right_one(old, new):
    assert PREMIS.count(old) == 1
    (finding,) = provenance_not_rederived("premis.xml", PREMIS.replace(old, new), PREMIS)
    assert finding.code == "RED005"
    assert finding.place.line is not None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n  ", b"\r\n\t"),
        (b"xmlns=", b"xmlns:p="),
        (b"<eventType>", b"<!-- what it was --><eventType>"),
        (b"</premis>", b"<event><eventType>fixity check</eventType></event></premis>"),
    ],
)
def test_how_a_record_of_steps_is_set_out_makes_no_difference(old, new):
    written = PREMIS.replace(old, new)
    if b"xmlns:p" in new:
        written = re.sub(rb"<(/?)(?=[a-z])", rb"<\1p:", written)
    assert written != PREMIS
    assert not list(provenance_not_rederived("premis.xml", written, PREMIS))


def test_a_copy_of_the_whole_step_in_a_remark_is_no_step():
    event = PREMIS[PREMIS.index(b"  <event>") : PREMIS.index(b"</premis>")]
    altered = b"<!--\n" + event + b"-->\n" + event.replace(b"success", b"fail")
    (finding,) = provenance_not_rederived("premis.xml", PREMIS.replace(event, altered), PREMIS)
    assert (finding.place.line, finding.found) == (10, "<eventOutcome>fail</eventOutcome>")
