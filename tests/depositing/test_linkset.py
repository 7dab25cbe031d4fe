"""Links for machines: what stands beside a deposit leads from it to each of its files, and back."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from consignments import DESCRIPTION, consignment, parcel
from under_contract import UnderContract, terms

from solander.depositing.linkset import in_folder, linkset
from solander.model.description import Evidence, Statement

AT = "https://boxes.museum.example/pages/one/"


def read(content: bytes) -> tuple[dict, list[dict]]:
    first, *others = json.loads(content)["linkset"]
    return first, others


def test_a_deposit_has_every_link_that_signposting_asks_for():
    one = consignment()
    first, others = read(linkset(one, in_folder(AT)))
    zipped, tei, dublin_core = (f"{AT}{file.name}" for file in one.parcels)
    assert first["anchor"] == AT
    assert first["cite-as"] == [{"href": one.identifier}]
    assert [link["href"] for link in first["item"]] == [zipped, tei]
    assert [link["type"] for link in first["item"]] == ["application/zip", "application/tei+xml"]
    (described,) = first["describedby"]
    assert (described["href"], described["profile"]) == (dublin_core, "http://purl.org/dc/elements/1.1/")
    assert first["license"] == [{"href": "https://creativecommons.org/licenses/by/4.0/"}]
    assert {"href": "https://schema.org/WebPage"} in first["type"]
    assert first["linkset"] == [{"href": f"{AT}linkset.json", "type": "application/linkset+json"}]
    assert {(link["anchor"], *(link.keys() - {"anchor"})) for link in others} == {
        (zipped, "collection"),
        (tei, "collection"),
        (dublin_core, "describes"),
    }


@pytest.mark.parametrize("written", ["https://doi.org/10.5072/abc-1", "doi:10.5072/abc-1", "10.5072/abc-1"])
def test_what_has_a_doi_is_cited_by_it(written):
    said = Statement("identifier", written, Evidence("person", "stated when packing"))
    one = replace(consignment(), description=replace(DESCRIPTION, statements=(*DESCRIPTION.statements, said)))
    assert read(linkset(one, in_folder(AT)))[0]["cite-as"] == [{"href": "https://doi.org/10.5072/abc-1"}]


def test_rights_that_are_no_address_are_no_licence():
    said = tuple(one for one in DESCRIPTION.statements if one.element != "rights")
    for words in ((), (Statement("rights", "All rights reserved.", Evidence("person", "x")),)):
        one = replace(consignment(), description=replace(DESCRIPTION, statements=(*said, *words)))
        assert "license" not in read(linkset(one, in_folder(AT)))[0]


@pytest.mark.parametrize("name", ["a:b/c d.xml", "茶馆/ä#ö?.html", "100%.txt", "\udcff.bin"])
def test_a_relative_link_leads_to_a_file_of_any_name(name):
    one = replace(consignment(), parcels=(parcel(name, b"x"),))
    (link,) = read(linkset(one, in_folder("")))[0]["item"]
    path = urlsplit(urljoin("file:///boxes/one/linkset.json", link["href"])).path
    assert unquote(path, errors="surrogateescape") == f"/boxes/one/{name}"


@pytest.mark.parametrize("name", ["dir", "ocfl", "s3", "webdav", pytest.param("sftp", marks=pytest.mark.servers)])
def test_the_record_names_its_links_and_they_stand_beside_what_was_sent(name, at):
    place: UnderContract = at(name)
    one = place.consignment()
    run = place.deposit(one)
    again = place.deposit(one)
    assert run.record.linkset
    assert again.record.linkset == run.record.linkset
    assert run.record.linkset.endswith("/linkset.json")
    if name in ("dir", "ocfl"):
        content = Path(unquote(urlsplit(run.record.linkset).path)).read_bytes()
    elif name == "webdav":
        content = b"".join(place.reader().store.chunks(f"{one.bag}/linkset.json"))
    else:
        content = place.reader().store.get_small(f"{one.bag}/linkset.json")
    first, _ = read(content)
    assert len(first["item"]) + len(first["describedby"]) == len(one.parcels)
    if name in ("dir", "ocfl"):
        for link in (*first["item"], *first["describedby"]):
            path = Path(unquote(urlsplit(urljoin(run.record.linkset, link["href"])).path))
            assert path.read_bytes() in {b"".join(file.chunks()) for file in one.parcels}
    if name == "webdav":
        assert first["item"][0]["href"] == f"{place.written.removeprefix('webdav:')}/{one.bag}/{one.parcels[0].name}"


def test_links_of_a_later_version_lead_to_what_an_earlier_one_holds(tmp_path):
    place = UnderContract(f"ocfl:{tmp_path / 'root'}", terms())
    one = place.consignment()
    place.deposit(one)
    number = int(one.identifier.rpartition("-")[2], 16)
    run = place.deposit(place.consignment(number, version=2, changed=b"!"))
    first, _ = read(Path(unquote(urlsplit(run.record.linkset).path)).read_bytes())
    paths = [Path(unquote(urlsplit(urljoin(run.record.linkset, one["href"])).path)) for one in first["item"]]
    assert all(path.is_file() for path in paths)
    # The TEI is the same in both, and is kept once.
    assert {path.relative_to(tmp_path / "root").parts[1] for path in paths} == {"v1", "v2"}


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
def test_where_others_reach_a_storage_links_are_whole_addresses(scheme, tmp_path):
    place = UnderContract(f"{scheme}:{tmp_path / 'there'}", terms(public_address="https://boxes.museum.example/pages"))
    run = place.deposit(place.consignment())
    assert run.record.linkset.startswith("https://boxes.museum.example/pages/")
    found = next((tmp_path / "there").rglob("linkset.json"))
    first, _ = read(found.read_bytes())
    hrefs = [link["href"] for name, links in first.items() if name != "anchor" for link in links]
    assert all(href.startswith(("https://", "urn:uuid:")) for href in (first["anchor"], *hrefs))
    assert first["linkset"][0]["href"] == run.record.linkset


def test_files_that_a_deposit_without_links_left_stay_as_they_are(tmp_path):
    """What was deposited before links were written is the same bag, and its receipt names none."""
    place = UnderContract(f"dir:{tmp_path}", terms())
    one = place.consignment()
    place.deposit(one)
    (tmp_path / one.bag / "linkset.json").unlink()
    again = place.deposit(one)
    assert (again.was_there, again.record.linkset) == (True, None)
