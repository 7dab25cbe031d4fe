"""What a description becomes in the fields of each repository: whole, in its own words, and no more than was said."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

sys.path.insert(0, str(Path(__file__).parent.parent / "depositing"))

from consignments import consignment
from under_contract import terms

from solander.depositing import open_target
from solander.model.description import Description, Evidence, Statement
from solander.pipeline.deposits.crosswalks import metadata_of

SAID = Evidence("person", "stated when packing")
FORMS = ("dataverse", "dspace", "invenio", "sword")


def written(form: str, *said: tuple[str, ...]):
    """The record of a page of which this is said: element or refinement, value, and the language, if there is one."""
    refined = {"license": "rights", "rightsHolder": "rights", "modified": "date"}
    statements = tuple(
        Statement(
            refined.get(element, element), value, SAID,
            refinement=element if element in refined else None, language=rest[0] if rest else None,
        )
        for element, value, *rest in (("title", "The keeper's ledger"), *said)
    )  # fmt: skip
    return metadata_of(replace(consignment(), description=Description(statements=statements)), form)


def as_text(form: str, *said: tuple[str, ...]) -> str:
    record = written(form, *said)
    return record.decode() if isinstance(record, bytes) else json.dumps(record, ensure_ascii=False)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("date", ["2024-03-18T23:30:00-05:00", "2024-03-18T09:00Z", "2024-03-18"])
def test_a_moment_is_its_day_and_not_the_day_of_the_capture(form, date):
    told = as_text(form, ("date", date))
    assert "2024-03-18" in told
    if form == "invenio":
        assert written(form, ("date", date))["metadata"]["publication_date"] == "2024-03-18"
    if form == "dspace":
        assert dict(written(form, ("date", date)))["dc.date.issued"] == ("2024-03-18",)


@pytest.mark.parametrize("form", FORMS)
def test_forty_creators_in_any_script_stand_in_their_order(form):
    names = [f"李 明{number}" if number % 2 else f"عادل, نور {number}" for number in range(40)]
    told = as_text(form, *(("creator", one) for one in names))
    places = [told.index(one.split(", ")[-1]) for one in names]
    assert places == sorted(places)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("odd", ["a\x01b", "a\x00b", "a\ud800b", "a\uffffb", "a\x1b[31mb", "\u202eab"])
def test_signs_that_no_xml_holds_end_no_deposit(form, odd):
    every = [(element, odd) for element in ("creator", "subject", "description", "rights", "publisher", "relation")]
    told = as_text(form, *every)
    if form == "sword":
        etree.fromstring(told.encode())


@pytest.mark.parametrize("form", FORMS)
def test_a_licence_for_a_part_is_told_in_the_pages_words_and_not_as_that_of_the_whole(form):
    said = "Texts https://creativecommons.org/licenses/by/4.0/, photographs © Museum, all rights reserved"
    record = written(form, ("rights", said))
    assert said in as_text(form, ("rights", said))
    if form == "invenio":
        assert record["metadata"]["rights"] == [{"title": {"en": said}}]
    if form == "dataverse":
        assert "license" not in record["datasetVersion"]


@pytest.mark.parametrize("form", FORMS)
def test_a_countrys_own_licence_is_not_taken_for_the_one_for_all(form):
    address = "https://creativecommons.org/licenses/by/4.0/xx/"
    told = as_text(form, ("license", address))
    assert address in told
    assert "cc-by-4.0" not in told
    assert "CC BY 4.0" not in told


def test_a_licence_by_its_address_and_by_its_name_is_one_right():
    record = written(
        "invenio", ("license", "https://creativecommons.org/licenses/by-sa/4.0/deed.de"), ("rights", "CC BY-SA 4.0")
    )
    assert record["metadata"]["rights"] == [{"id": "cc-by-sa-4.0"}]


def test_rights_are_told_in_their_own_language():
    record = written("invenio", ("rights", "Tous usages permis", "fr"), ("rights", "Frei für alle", "de-AT"))
    assert [one["title"] for one in record["metadata"]["rights"]] == [
        {"fr": "Tous usages permis"}, {"de": "Frei für alle"},
    ]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_who_holds_the_rights_is_no_statement_of_them(form):
    record, told = written(form, ("rightsHolder", "Lantern Bay Museum")), as_text(form, ("rightsHolder", "Moss"))
    if form == "invenio":
        assert "rights" not in record["metadata"]
        assert record["metadata"]["contributors"][0]["role"] == {"id": "rightsholder"}
    if form == "dataverse":
        assert record["datasetVersion"]["termsOfUse"].startswith("Nothing tells")
    if form == "sword":
        assert "<dcterms:rightsHolder>Moss" in told


def test_what_is_said_beside_a_licence_is_kept_beside_it_in_dataverse():
    version = written(
        "dataverse", ("license", "https://creativecommons.org/licenses/by/4.0/"), ("rights", "© Lantern Bay Museum")
    )["datasetVersion"]
    assert version["license"]["name"] == "CC BY 4.0"
    notes = [one["value"] for one in version["metadataBlocks"]["citation"]["fields"] if one["typeName"] == "notesText"]
    assert notes == ["© Lantern Bay Museum"]


@pytest.mark.parametrize(("title", "lacks"), [("茶馆", True), ("茶馆记", False), ("Ox", True), ("Log", False)])
def test_a_title_that_invenio_finds_too_short_is_told_before_anything_is_sent(title, lacks):
    description = Description(
        statements=tuple(
            Statement(element, value, SAID)
            for element, value in (("title", title), ("creator", "Moss, Ada"), ("publisher", "Museum"))
        )
    )
    one = replace(consignment(), description=description)
    one = replace(one, metadata=metadata_of(one, "invenio"))
    gaps = {gap.field for gap in open_target("invenio:http://127.0.0.1:9", terms(secret="a token")).gaps(one)}
    assert gaps == ({"metadata.title"} if lacks else set())
