"""OAI-PMH: valid by its schema, refused as it says, and a harvest that misses and repeats nothing."""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl
from wsgiref.simple_server import make_server

import pytest
from lxml import etree
from sickle import Sickle
from tests.cataloguing.false_entries import entries
from tests.serving.shown import Quiet

from solander.cataloguing import CatalogueWriter
from solander.pipeline import write_entries
from solander.pipeline.shown_archive import ShownArchive
from solander.serving.application import Application

AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://archive.example/"
COUNT = 450


@pytest.fixture
def shown(tmp_path: Path) -> ShownArchive:
    write_entries(tmp_path / "c.sqlite", entries(COUNT, words=3), at=AT)
    return ShownArchive(tmp_path, tmp_path / "c.sqlite", name="Test <archive>", email="a@example.org")


def asked(shown: ShownArchive, query: str) -> etree._Element:
    return etree.fromstring(shown.harvested(parse_qsl(query, keep_blank_values=True), f"{BASE}oai"))


def codes(shown: ShownArchive, query: str) -> list[str]:
    return [one.get("code") or "" for one in asked(shown, query).iter("{*}error")]


@contextlib.contextmanager
def listening(shown: ShownArchive) -> Iterator[str]:
    with make_server("127.0.0.1", 0, Application(shown, BASE), handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/oai"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "badVerb"),
        ("verb=Nothing", "badVerb"),
        ("verb=Identify&verb=Identify", "badVerb"),
        ("verb=identify", "badVerb"),
        ("verb=Identify&x=1", "badArgument"),
        ("verb=ListRecords", "badArgument"),
        ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ("verb=GetRecord&identifier=x", "badArgument"),
        ("verb=GetRecord&identifier=x&metadataPrefix=oai_dc", "idDoesNotExist"),
        ("verb=ListMetadataFormats&identifier=x", "idDoesNotExist"),
        ("verb=ListRecords&metadataPrefix=nothing", "cannotDisseminateFormat"),
        ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-02&until=2026-01-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-13-01", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01T00:00:00", "badArgument"),
        ("verb=ListRecords&metadataPrefix=oai_dc&until=1999-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&from=2027-01-01", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=site:nowhere", "noRecordsMatch"),
        ("verb=ListRecords&metadataPrefix=oai_dc&set=a%20b", "badArgument"),
        ("verb=ListRecords&metadataPrefix=tei", "noRecordsMatch"),
        ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=oai_dc|1|2|0|3|||", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=oai_dc|1|2|9|9|999999999999||", "badResumptionToken"),
        ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
        ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
        ("verb=ListRecords&metadataPrefix=", "badArgument"),
    ],
)
def test_what_is_wrong_is_said_in_the_protocol_s_words(shown: ShownArchive, query: str, code: str) -> None:
    assert codes(shown, query) == [code]
    request = asked(shown, query).find("{*}request")
    assert request is not None
    assert request.text == f"{BASE}oai"
    assert not (code in ("badVerb", "badArgument") and request.attrib)


QUERIES = (
    "verb=Identify",
    "verb=ListMetadataFormats",
    "verb=ListSets",
    "verb=ListIdentifiers&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_dc",
    "verb=ListRecords&metadataPrefix=oai_dc&set=year:2001",
    "verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01",
    "verb=Nothing",
)


@pytest.mark.parametrize("query", QUERIES)
def test_every_answer_is_valid(shown: ShownArchive, shared: Path, query: str) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "oracles" / "oai" / "OAI-PMH.xsd"))
    schema.assertValid(asked(shown, query))


def test_a_harvest_is_complete_while_bags_are_added_and_the_next_one_has_them(shown: ShownArchive) -> None:
    first = {entry.identifier for entry in entries(COUNT)}
    with listening(shown) as address:
        harvested: list[str] = []
        for number, record in enumerate(Sickle(address).ListRecords(metadataPrefix="oai_dc")):
            harvested.append(record.header.identifier)
            if number % 50 == 0:
                writer = CatalogueWriter.open(shown.path)
                for entry in entries(2, first=COUNT + number):
                    writer.put(entry)
                writer.commit(int(AT.timestamp()) + 60 + number)
                writer.close()
        assert sorted(harvested) == sorted(first)
        asked_from = "2026-01-01T00:00:01Z"
        later = [
            one.identifier for one in Sickle(address).ListIdentifiers(metadataPrefix="oai_dc", **{"from": asked_from})
        ]
        assert len(later) == len(set(later)) == 18
        assert not set(later) & first


def test_what_is_gone_is_marked_as_deleted_and_stays_so(shown: ShownArchive) -> None:
    writer = CatalogueWriter.open(shown.path)
    writer.remove(next(iter(writer.states())))
    writer.commit(int(AT.timestamp()) + 5)
    writer.close()
    with listening(shown) as address:
        deleted = [one for one in Sickle(address).ListRecords(metadataPrefix="oai_dc") if one.deleted]
    assert len(deleted) == 1
    write_entries(shown.path, entries(COUNT, first=1), at=AT)
    query = f"verb=GetRecord&metadataPrefix=oai_dc&identifier={deleted[0].header.identifier}"
    (header,) = asked(shown, query).iter("{*}header")
    assert header.get("status") == "deleted"


def test_a_token_that_ends_a_list_is_empty(shown: ShownArchive) -> None:
    token, met = "", 0
    query = "verb=ListRecords&metadataPrefix=oai_dc"
    while True:
        answer = asked(shown, query)
        met += len(list(answer.iter("{*}record")))
        found = answer.find(".//{*}resumptionToken")
        assert found is not None
        assert found.get("completeListSize") == str(COUNT)
        token = found.text or ""
        if not token:
            break
        assert re.fullmatch(r"[!-~]+", token)
        query = f"verb=ListRecords&resumptionToken={token}"
    assert met == COUNT
