"""A page in a bag of many pages is harvested as a page, and not as its bag."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from urllib.parse import quote

from lxml import etree
from tests.serving.crawls.asking import PAGES, ask, asked, bag_of

from solander.model.catalogue import CATALOGUE_NAME
from solander.pipeline import catalogue
from solander.pipeline.showing.shown_archive import ShownArchive


def harvested(shown: ShownArchive, query: str) -> list[etree._Element]:
    records: list[etree._Element] = []
    while True:
        answer = asked(shown, query)
        records += answer.iterfind(".//{*}record")
        token = answer.findtext(".//{*}resumptionToken")
        if not token:
            return records
        query = f"verb=ListRecords&resumptionToken={quote(token)}"


def test_harvesters_get_each_page_with_its_own_dublin_core_and_can_ask_for_one_crawl(made, shown):
    name = f"collection:{bag_of(made).name}"
    specs = [one.text for one in asked(shown, "verb=ListSets").iter("{*}setSpec")]
    assert {"collection", name} <= set(specs)
    records = harvested(shown, f"verb=ListRecords&metadataPrefix=oai_dc&set={name}")
    titles = [one.findtext(".//{http://purl.org/dc/elements/1.1/}title") for one in records]
    assert sorted(titles) == sorted(f"Ledger {number}" for number in range(1, PAGES + 1))
    for one in records:
        assert name in [spec.text for spec in one.iter("{*}setSpec")]
        identifiers = [found.text for found in one.iter("{http://purl.org/dc/elements/1.1/}identifier")]
        assert one.findtext(".//{http://www.openarchives.org/OAI/2.0/}identifier") in identifiers
    assert len(harvested(shown, "verb=ListRecords&metadataPrefix=oai_dc")) == PAGES + 2


def test_harvesters_get_the_tei_of_a_page(made, shown):
    about = json.loads(ask(shown, f"/bags/{bag_of(made).name}/pages/9/", "format=json")[2])
    answer = asked(shown, f"verb=GetRecord&metadataPrefix=tei&identifier={quote(about['identifier'])}")
    assert "mark0009" in "".join(answer.find(".//{http://www.tei-c.org/ns/1.0}TEI").itertext())


def test_a_catalogue_that_is_made_again_tells_harvesters_nothing_new(archive):
    def stamps() -> list[tuple[str, str]]:
        shown = ShownArchive(archive, archive / CATALOGUE_NAME, name="A", email="a@example.org")
        records = harvested(shown, "verb=ListRecords&metadataPrefix=oai_dc")
        return [(one.findtext(".//{*}identifier"), one.findtext(".//{*}datestamp")) for one in records]

    before = stamps()
    catalogue(archive, afresh=True, at=datetime(2026, 2, 1, tzinfo=UTC))
    assert stamps() == before
    shutil.rmtree(bag_of(archive))
    catalogue(archive, at=datetime(2026, 3, 1, tzinfo=UTC))
    gone = [one for one in stamps() if one[1].startswith("2026-03")]
    assert len(gone) == PAGES + 1
