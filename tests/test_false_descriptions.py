"""What a bag says of its page it says alike in every form: once, in the language recorded, and of all that is there."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.false_bags import (
    DATACITE,
    DESCRIPTION,
    INFO,
    PREMIS,
    SCHEMA_ORG,
    TEI,
    Falsehood,
    renew,
)

import solander

DC, DCTERMS, README = "metadata/dc.xml", "metadata/dcterms.xml", "README.txt"

PAGE = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The ferry to Marrow</title>
<meta name="author" content="Ines Okafor"><meta name="keywords" content="ferries, islands">
<meta name="description" content="How the ferry came to be.">
<meta property="article:published_time" content="2024-03-01">
<meta property="article:modified_time" content="2024-03-05">
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"></head>
<body><main><h1>The ferry to Marrow</h1>
<p>The ferry goes twice a day in summer, and not at all when the wind is in the north.</p></main></body></html>
"""

DOUBLED = r"(\s*<dc:{0}[ >].*?</dc:{0}>)"
"""An element of a record, with the white space before it."""
IN_ENGLISH = '(?<=<TEI xmlns="http://www.tei-c.org/ns/1.0") xml:lang="en"'


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("described")
    (folder / "page.html").write_bytes(PAGE)
    accession = solander.pack(
        folder / "page.html",
        into=folder / "archive",
        uri="https://ferries.example/marrow",
        captured_at=datetime(2024, 5, 1, 10, tzinfo=UTC),
        at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        coverage="Marrow",
        relation="https://ferries.example/all",
        # Its publisher is its author, whose name stands in the records twice.
        publisher="Ines Okafor",
    )
    assert accession.path is not None
    return accession.path


@pytest.fixture
def copy(bag: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bag, tmp_path / "bag"))


FALSEHOODS = (
    *(
        Falsehood(f"the {name} twice in {file}", {"DCM103"}, file, DOUBLED.format(name), r"\1\1")
        for file in (DC, DCTERMS, TEI)
        for name in ("title", "creator", "subject", "rights" if file != DCTERMS else "description")
    ),
    *(
        Falsehood(f"a {name} in another language in {file}", {"DCM103"}, file, f'(<dc:{name} xml:lang=")en', r"\1fr")
        for file in (DC, DCTERMS, TEI)
        for name in ("title", "description")
    ),
    Falsehood("a title in no language", {"DCM103"}, DC, '(<dc:title) xml:lang="en"', r"\1"),
    Falsehood("no last change", {"DCM103"}, DCTERMS, r"\s*<dcterms:modified.*?</dcterms:modified>", ""),
    Falsehood("no publisher who is the author", {"DCM103"}, DC, r"\s*<dc:publisher>.*?</dc:publisher>", ""),
    Falsehood(
        "an author twice for DataCite", {"DCM040"}, DATACITE, r'(\{\s*"name": "Ines Okafor"\s*\})(?=\s*\])', r"\1, \1"
    ),
    Falsehood("a title in another language for DataCite", {"DCM040"}, DATACITE, '(?<="lang": ")en', "fr"),
    Falsehood("another kind of thing for DataCite", {"DCM040"}, DATACITE, "Web page", "Journal article"),
    Falsehood("another name of a licence for DataCite", {"DCM040"}, DATACITE, '(?<="rights": ")CC-BY-4.0', "CC0-1.0"),
    Falsehood("a subject twice for schema.org", {"DCM041"}, SCHEMA_ORG, '"ferries"', '"ferries", "ferries"'),
    Falsehood("another subject in the header", {"TEI208"}, TEI, "<term>ferries", "<term>fairies"),
    Falsehood("a subject less in the header", {"TEI208"}, TEI, r"\s*<term>islands</term>", ""),
    Falsehood("another place in the header", {"TEI208"}, TEI, "<placeName>Marrow", "<placeName>Harrow"),
    Falsehood("another relation in the header", {"TEI208"}, TEI, "<bibl>https://ferries.example/all", "<bibl>a"),
    Falsehood("a text in another language", {"TEI208"}, TEI, IN_ENGLISH, ' xml:lang="fr"'),
    Falsehood("a text in no language", {"TEI208"}, TEI, IN_ENGLISH, ""),
    Falsehood("another language in use", {"TEI208"}, TEI, '(?<=<language ident=")en', "fr"),
    Falsehood("a licence without its address", {"TEI208"}, TEI, '<licence target="[^"]*"(?=>https)', "<licence"),
    Falsehood("a README of another version", {"PRM021"}, README, "(?<=  Version     )1", "2"),
    Falsehood("another version than the README's", {"PRM021"}, INFO, "(?<=Bag-Version: )1", "2"),
    Falsehood("a README of another keeper", {"PRM021"}, README, "(?<=  Kept by     )not recorded", "The Archive"),
    Falsehood("another version of the program", {"PRM025"}, INFO, "(?<=TEI-Agent: solander )[0-9]", "9"),
    Falsehood("an object made by no event", {"PRM024"}, PREMIS, "(?<=EventIdentifierValue>urn:uuid:)....", "0000"),
    Falsehood(
        "another moment of encoding", {"PRM020"}, PREMIS, r"(>normalization<.*?eventDateTime>)2026", r"\g<1>2020"
    ),
)


@pytest.mark.parametrize("falsehood", FALSEHOODS, ids=lambda one: one.what.replace(" ", "-").replace("/", "-"))
def test_what_is_told_in_two_ways_is_found_by_its_rule_and_no_other(copy: Path, falsehood: Falsehood) -> None:
    falsehood(copy)
    report = solander.validate(copy)
    assert {one.code for one in report.findings} == falsehood.codes
    # What a field of bag-info.txt contradicts is told where the bag says more of it.
    elsewhere = {"PRM021": README, "PRM025": PREMIS} if falsehood.file == INFO else {}
    where = copy / elsewhere.get(min(falsehood.codes), falsehood.file)
    assert {Path(one.place.path) for one in report.findings} == {where}


def test_what_agrees_has_no_finding(copy: Path) -> None:
    renew(copy)
    report = solander.validate(copy)
    assert (report.findings, report.unchecked) == ((), ())


@pytest.mark.parametrize("moment", ["message digest calculation", "validation"])
def test_what_a_keeper_does_again_is_of_its_own_day(copy: Path, moment: str) -> None:
    premis = (copy / PREMIS).read_text(encoding="utf-8")
    before, kind, after = premis.partition(f"<eventType>{moment}<")
    assert kind
    (copy / PREMIS).write_text(before + kind + after.replace("2026-01-02", "2027-01-02", 1), encoding="utf-8")
    renew(copy)
    assert solander.validate(copy).findings == ()


def test_who_is_stated_twice_is_written_once(tmp_path: Path) -> None:
    """What is stated twice is no falsehood: the records have it once."""
    (tmp_path / "page.html").write_bytes(PAGE)
    accession = solander.pack(
        tmp_path / "page.html",
        into=tmp_path / "archive",
        creator=("A. Keeper", "A. Keeper"),
        subject=("wells", "wells"),
        title=("Wells", "Wells"),
    )
    assert accession.path is not None
    assert '"A. Keeper"' in (accession.path / DESCRIPTION).read_text(encoding="utf-8")
    assert solander.validate(accession.path).findings == ()
