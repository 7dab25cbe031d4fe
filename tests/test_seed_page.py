"""The seed page, a speech captured as plain text: what an archivist would write by hand is what comes out."""

import re
from datetime import UTC, datetime

import pytest
from lxml import etree

import solander
from solander.cli import main
from solander.pipeline import rederive

TEI = "{http://www.tei-c.org/ns/1.0}"
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def accession(shared, tmp_path_factory):
    (seed,) = (shared / "seed").glob("*.txt")
    return solander.pack(seed, into=tmp_path_factory.mktemp("archive"), at=AT)


@pytest.fixture(scope="module")
def lines(accession):
    return [line for line in accession.capture.content.decode().splitlines() if line.strip()]


@pytest.fixture(scope="module")
def text(accession):
    return etree.parse(accession.path / "data/tei/page.xml").getroot().find(f"{TEI}text")


def words(element):
    return " ".join("".join(element.itertext()).split())


def test_its_description_is_what_the_page_says(accession, lines):
    said = accession.description
    assert said.first("title") == lines[1].strip()
    assert said.first("creator") == "Zhang Ping"
    assert (said.first("date"), said.first("language")) == ("2021-12-08", "en")
    assert said.first("coverage") == "Los Angeles"
    assert "Consulate General" in (said.first("publisher") or "")
    assert (said.first("rights") or "").startswith("Copyright © 2010")


def test_each_statement_names_its_evidence(accession):
    evidence = {one.element: one.evidence.detail for one in accession.description.statements if one.chosen}
    assert (evidence["creator"], evidence["date"]) == ("title line", "dateline")
    assert all(evidence.values())


def test_the_navigation_is_in_front_and_the_footer_behind(text, lines):
    assert words(text.find(f"{TEI}front")) == " ".join(lines[0].split())
    assert [words(one) for one in text.find(f"{TEI}back").iter(f"{TEI}p")] == [
        " ".join(line.split()) for line in lines[-3:]
    ]


def test_the_speech_has_a_head_a_dateline_and_a_paragraph_for_each_of_its_own(text, lines):
    (division,) = text.find(f"{TEI}body")
    head, opener, *paragraphs = division
    assert (head.tag, words(head)) == (f"{TEI}head", " ".join(lines[1].split()))
    assert (opener.tag, [one.tag for one in opener]) == (f"{TEI}opener", [f"{TEI}dateline"])
    assert opener.find(f".//{TEI}date").get("when") == "2021-12-08"
    assert opener.find(f".//{TEI}placeName").text == "Los Angeles"
    assert {one.tag for one in paragraphs} == {f"{TEI}p"}
    assert [words(one) for one in paragraphs] == [" ".join(line.split()) for line in lines[3:-3]]


def test_every_word_is_accounted_for_and_nothing_is_wrong(accession):
    counts = dict(accession.report.counts)
    assert counts["words"] == counts["words-main"] + counts["words-boilerplate"]
    # A no-break space joins what stands on its two sides.
    assert counts["words"] == len(re.split("[ \t\n]+", accession.capture.content.decode().strip()))
    assert accession.report.passed
    assert solander.validate(accession.path).passed
    assert rederive(accession.path).report.passed


def test_validating_its_bag_prints_no_finding(accession, capfd):
    assert main(["validate", str(accession.path)]) == 0
    told = capfd.readouterr()
    assert (told.out.startswith("no errors"), told.out.count("\n"), told.err) == (True, 1, "")
