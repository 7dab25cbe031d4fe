"""OAI-PMH: valid by its schema, refused as it says, and a harvest that misses and repeats nothing."""

from __future__ import annotations

import contextlib
import http.client
import re
import shutil
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit
from wsgiref.simple_server import make_server

import pytest
from lxml import etree
from oaipmh_scythe import Scythe
from sickle import Sickle
from tests.cataloguing.false_entries import entries
from tests.serving.shown import ManyAtOnce, Quiet

from solander.cataloguing import CatalogueWriter
from solander.pipeline import catalogue, write_entries
from solander.pipeline.showing.shown_archive import ShownArchive
from solander.serving.application import Application

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 1, 1, tzinfo=UTC)
BASE = "https://archive.example/"
COUNT = 450
SECONDS = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z")


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
    with make_server("127.0.0.1", 0, Application(shown, BASE), server_class=ManyAtOnce, handler_class=Quiet) as server:
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


REFUSED_BY_THE_VALIDATOR = (
    ("junk", "badVerb"),
    ("verb=junk", "badVerb"),
    ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
    ("verb=GetRecord&identifier=KNOWN", "badArgument"),
    ("verb=GetRecord&identifier=invalid%22id&metadataPrefix=oai_dc", "idDoesNotExist"),
    ("verb=ListIdentifiers&until=junk", "badArgument"),
    ("verb=ListIdentifiers&from=junk", "badArgument"),
    ("verb=ListIdentifiers&resumptionToken=junk&until=2000-02-05", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=junk", "badArgument"),
    ("verb=ListRecords&resumptionToken=junk", "badResumptionToken"),
    ("verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=junk&until=1990-01-10", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=junk", "badArgument"),
    ("verb=ListRecords", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-05&until=2002-02-06T05:35:00Z", "badArgument"),
    ("verb=ListRecords&metadataPrefix=oai_dc&until=2025-01-01T00:00:00Z", "noRecordsMatch"),
)


def test_what_the_validator_of_openarchives_looks_at_is_as_it_wants_it(shown: ShownArchive) -> None:
    with listening(shown) as address:

        def got(query: str, posted: str | None = None) -> etree._Element:
            where = urlsplit(address)
            connection = http.client.HTTPConnection(where.netloc, timeout=60)
            with contextlib.closing(connection):
                if posted is None:
                    connection.request("GET", f"{where.path}?{query}")
                else:
                    form = {"Content-Type": "application/x-www-form-urlencoded"}
                    connection.request("POST", where.path, posted, form)
                answer = connection.getresponse()
                assert answer.status == 200
                assert answer.headers["Content-Type"].startswith("text/xml")
                root = etree.fromstring(answer.read())
                assert SECONDS.fullmatch(root.findtext("{*}responseDate") or "")
                return root

        identify = got("verb=Identify").find("{*}Identify")
        assert identify is not None
        assert identify.findtext("{*}adminEmail") == "a@example.org"
        assert identify.findtext("{*}protocolVersion") == "2.0"
        assert identify.findtext("{*}baseURL") == f"{BASE}oai"
        assert identify.findtext("{*}granularity") == "YYYY-MM-DDThh:mm:ssZ"
        assert SECONDS.fullmatch(identify.findtext("{*}earliestDatestamp") or "")
        sets = [one.text for one in got("verb=ListSets").iter("{*}setSpec")]
        assert "site" in sets
        first = got("verb=ListIdentifiers&metadataPrefix=oai_dc&set=site").find(".//{*}header")
        assert first is not None
        known = first.findtext("{*}identifier")
        prefixes = [one.text for one in got(f"verb=ListMetadataFormats&identifier={known}").iter("{*}metadataPrefix")]
        assert "oai_dc" in prefixes
        one = f"verb=GetRecord&identifier={known}&metadataPrefix=oai_dc"
        for header in (got(one).find(".//{*}header"), got("", posted=one).find(".//{*}header")):
            assert header is not None
            stamp = header.findtext("{*}datestamp")
            assert SECONDS.fullmatch(stamp or "")
            assert stamp == first.findtext("{*}datestamp")
            # Who is in a set is in those above it.
            assert any((spec.text or "").startswith("site:") for spec in header.iter("{*}setSpec"))
        found = set()
        query = f"verb=ListRecords&metadataPrefix=oai_dc&from={stamp}&until={stamp}"
        while query:
            answer = got(query)
            found |= {header.findtext("{*}identifier") for header in answer.iter("{*}header")}
            token = answer.findtext(".//{*}resumptionToken")
            query = f"verb=ListRecords&resumptionToken={quote(token)}" if token else ""
        assert known in found
        assert got("", posted="verb=Identify").find("{*}Identify") is not None
        for query, code in REFUSED_BY_THE_VALIDATOR:
            told = got(query.replace("KNOWN", str(known))).find("{*}error")
            assert told is not None, query
            assert told.get("code") == code, query


def by_sickle(address: str, **asked: str) -> Iterator[str]:
    for one in Sickle(address).ListRecords(metadataPrefix="oai_dc", **asked):
        yield one.header.identifier


def by_scythe(address: str, **asked: str) -> Iterator[str]:
    with Scythe(address) as scythe:
        given = {"from_" if name == "from" else name: value for name, value in asked.items()}
        for one in scythe.list_records(metadata_prefix="oai_dc", **given):
            yield one.header.identifier


@pytest.mark.parametrize("harvester", [by_sickle, by_scythe])
def test_a_harvest_is_complete_while_bags_are_added_and_the_next_one_has_them(tmp_path: Path, harvester) -> None:
    count, added, first_run = 1000, 50, []
    write_entries(tmp_path / "c.sqlite", entries(count, words=3), at=AT)
    shown = ShownArchive(tmp_path, tmp_path / "c.sqlite", name="Test", email="a@example.org")
    with listening(shown) as address:
        for number, identifier in enumerate(harvester(address)):
            first_run.append(identifier)
            if number % (count // added) == 0:
                writer = CatalogueWriter.open(shown.path)
                for entry in entries(1, first=count + number):
                    writer.put(entry)
                writer.commit(int(AT.timestamp()) + 60 + number)
                writer.close()
        first = {entry.identifier for entry in entries(count, words=3)}
        assert len(first_run) == len(set(first_run)) == count
        assert set(first_run) == first
        later = list(harvester(address, **{"from": "2026-01-01T00:00:01Z"}))
        assert len(later) == len(set(later)) == added
        assert not set(later) & first


@pytest.fixture
def sample(tmp_path: Path) -> ShownArchive:
    """The sample archive with a bag more that is an archive file."""
    archive = tmp_path / "archive"
    shutil.copytree(ROOT / "archive", archive, ignore=shutil.ignore_patterns("*.sqlite"))
    bag = next(archive.glob("2022-*"))
    shutil.make_archive(str(archive / "packed"), "zip", archive, bag.name)
    content = (bag / "bag-info.txt").read_text()
    (archive / "packed").mkdir()
    shutil.unpack_archive(archive / "packed.zip", archive / "packed")
    inner = next((archive / "packed").iterdir())
    (inner / "bag-info.txt").write_text(
        re.sub("(?m)^External-Identifier: .*$", "External-Identifier: urn:x:1", content)
    )
    shutil.make_archive(str(archive / "packed"), "zip", archive / "packed", bag.name)
    shutil.rmtree(archive / "packed")
    catalogue(archive, at=AT)
    return ShownArchive(archive, archive / "catalogue.sqlite", name="Test", email="a@example.org")


def statuses(shown: ShownArchive, prefix: str) -> list[str]:
    """Of the headers of a whole list of records, each answer well-formed."""
    found: list[str] = []
    query = f"verb=ListRecords&metadataPrefix={prefix}"
    while query:
        answer = asked(shown, query)
        found += (str(one.get("status")) for one in answer.iter("{*}header"))
        token = answer.findtext(".//{*}resumptionToken")
        query = f"verb=ListRecords&resumptionToken={token}" if token else ""
    return sorted(found)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_what_never_had_a_format_is_left_out_and_what_lost_it_is_told(sample: ShownArchive, verb: str) -> None:
    assert statuses(sample, "oai_dc") == ["None"] * 4
    for prefix in ("tei", "datacite"):
        assert statuses(sample, prefix) == ["None"] * 3
    bag = next(sample.archive.glob("2023-*"))
    (bag / "data/tei/page.xml").unlink()
    (bag / "bag-info.txt").touch()
    catalogue(sample.archive, at=AT + timedelta(days=1))
    assert statuses(sample, "oai_dc") == ["None"] * 4
    answer = asked(sample, f"verb={verb}&metadataPrefix=tei&from=2026-01-02")
    assert [one.get("status") for one in answer.iter("{*}header")] == ["deleted"]
    assert statuses(sample, "datacite") == ["None"] * 3


def test_records_of_datacite_are_valid_and_those_of_tei_are_the_bag_s(sample: ShownArchive, shared: Path) -> None:
    schema = etree.XMLSchema(etree.parse(shared / "oracles" / "datacite" / "kernel-4.6" / "metadata.xsd"))
    envelope = etree.XMLSchema(etree.parse(shared / "oracles" / "oai" / "OAI-PMH.xsd"))
    answer = asked(sample, "verb=ListRecords&metadataPrefix=datacite")
    records = list(answer.iter("{http://datacite.org/schema/kernel-4}resource"))
    assert len(records) == 3
    for record in records:
        schema.assertValid(etree.fromstring(etree.tostring(record)))
    envelope.assertValid(asked(sample, "verb=ListIdentifiers&metadataPrefix=datacite"))
    envelope.assertValid(asked(sample, "verb=ListMetadataFormats"))
    with listening(sample) as address:
        found = {one.header.identifier: one.xml for one in Sickle(address).ListRecords(metadataPrefix="tei")}
    assert len(found) == 3
    for bag in sample.archive.glob("20*"):
        tei = etree.fromstring((bag / "data/tei/page.xml").read_bytes())
        (name,) = {one.text for one in tei.iter("{*}idno") if (one.text or "").startswith("urn:uuid:")}
        (given,) = found[name].iter("{http://www.tei-c.org/ns/1.0}TEI")
        # (This harvester drops white space between elements.)
        assert "".join("".join(given.itertext()).split()) == "".join("".join(tei.itertext()).split())


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
