"""Documents as SWORD servers write them, each in its own way: what they say is read, and nothing is guessed.

Written after the examples of the SWORD 2.0 Profile, sections 6.1, 10 and 11, and of RFC 5023.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import binary

from solander.depositing.sword_documents import parse_feed, parse_receipt, parse_service, state_of
from solander.model.deposit import DRAFT, PUBLISHED, SUBMITTED

BASE = "https://repository.example/sword/"
ATOM = 'xmlns="http://www.w3.org/2005/Atom"'
DIGEST = "sha512:" + "0a" * 64


def test_a_service_document_tells_collections_packagings_and_the_largest_file():
    (one,) = parse_service(
        b"""<service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom"
            xmlns:sword="http://purl.org/net/sword/terms/"><sword:version>2.0</sword:version>
            <sword:maxUploadSize>1024</sword:maxUploadSize><workspace><atom:title>Museum</atom:title>
            <collection href="collection/pages"><atom:title>Pages</atom:title><accept>application/zip</accept>
            <sword:acceptPackaging>http://purl.org/net/sword/package/SimpleZip</sword:acceptPackaging>
            </collection></workspace></service>""",
        BASE,
    )
    assert (one.address, one.title) == (f"{BASE}collection/pages", "Pages")
    assert one.packagings == ("http://purl.org/net/sword/package/SimpleZip",)
    assert one.limit_bytes == 1024 * 1024


def test_a_receipt_tells_where_a_deposit_is_edited_and_where_its_state_is():
    links = parse_receipt(
        f"""<entry {ATOM}><link rel="edit" href="edit/1"/><link rel="edit-media" href="media/1"/>
            <link rel="http://purl.org/net/sword/terms/add" href="add/1"/>
            <link rel="http://purl.org/net/sword/terms/statement" type="application/rdf+xml" href="state/1.rdf"/>
            <link rel="http://purl.org/net/sword/terms/statement" type="application/atom+xml;type=feed" href="state/1"/>
            </entry>""".encode(),
        BASE,
    )
    assert links == {name: f"{BASE}{name.removeprefix('edit-')}/1" for name in ("edit", "edit-media", "add", "state")}


def test_a_feed_tells_of_each_deposit_by_which_identifiers_it_goes_and_where_the_next_page_is():
    feed = parse_feed(
        f"""<feed {ATOM} xmlns:dcterms="http://purl.org/dc/terms/"><link rel="next" href="?page=2"/>
            <entry><id>urn:uuid:1</id><link rel="edit" href="edit/7"/>
            <dcterms:identifier>{DIGEST}</dcterms:identifier></entry></feed>""".encode(),
        BASE,
    )
    (entry,) = feed.entries
    assert entry.edit == f"{BASE}edit/7"
    assert set(entry.names) == {"urn:uuid:1", DIGEST}
    assert feed.next_page == f"{BASE}?page=2"


@pytest.mark.parametrize(
    ("term", "state"),
    [("http://repository.example/state#inProgress", DRAFT), ("http://dspace.org/state/archived", PUBLISHED),
     ("http://dspace.org/state/inreview", SUBMITTED)],
)  # fmt: skip
def test_a_statement_tells_the_state(term, state):
    content = f'<feed {ATOM}><category scheme="http://purl.org/net/sword/terms/state" term="{term}"/></feed>'
    assert state_of(content.encode()) == state


@given(binary())
def test_what_is_no_document_is_told_and_never_believed(content):
    for parse in (parse_service, parse_feed, parse_receipt):
        with pytest.raises(ValueError, match=r".+"):
            parse(content, BASE)


def test_a_document_that_names_entities_or_addresses_of_others_reaches_for_none():
    content = (
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>'
    )
    assert parse_feed(content, BASE).entries == ()
