"""The grammar for long documents: with what is judged beside it, it says of every document what the grammar says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import etree

from solander.checking.grammars import relax_ng as grammar
from solander.checking.grammars.looser import holds, loosened
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

SCHEMA = SCHEMAS.read("solander-tei.rng")
STRICT = etree.RelaxNG(etree.fromstring(SCHEMA))
LOOSER = etree.RelaxNG(loosened(etree.fromstring(SCHEMA)))


def made(markup: str) -> bytes:
    capture = Capture.of_bytes(f"<title>t</title>{markup}".encode(), declared_charset="utf-8")
    page = read_page(capture)
    return encode_tei(page, describe(page, capture), capture, at=datetime(2026, 1, 1, tzinfo=UTC)).content


FORMS = (
    "<p>@</p>",
    "<list><item>a</item></list>",
    '<list type="gloss"><label>a</label><item>b</item></list>',
    '<list type="gloss"><item>b</item></list>',
    "<list><label>a</label><item>b</item></list>",
    '<list type="gloss"><label>a</label><label>b</label></list>',
    '<list type="other"><item>b</item></list>',
    "<list></list>",
    '<list type="gloss"></list>',
    "<list><item>a</item><label>b</label><item>c</item></list>",
    "<ab><address><addrLine>a</addrLine></address></ab>",
    "<ab>x<address><addrLine>a</addrLine></address></ab>",
    "<ab><address><addrLine>a</addrLine></address>x</ab>",
    "<ab> <address><addrLine>a</addrLine></address> </ab>",
    "<ab><address><addrLine>a</addrLine></address><lb/></ab>",
    "<ab><address><addrLine>a</addrLine></address><address><addrLine>a</addrLine></address></ab>",
    "<ab><hi rend='b' xml:lang='en'>x<lb/></hi><address/></ab>",
    "<p><address><addrLine>a</addrLine></address></p>",
    "<p><emph xml:lang='en'>a<lb/>b</emph><emph lang='en'>a</emph></p>",
    "<p><ref target='a' xml:lang='x y'>a</ref></p>",
    "<p><seg rend='b' source='../original/page.html#xpath(/html)' xml:lang='en'>a<lb/></seg></p>",
    "<p><hi>a</hi></p>",
)

DEEP = (
    "<list rend='numbered'><item><quote><list rend='numbered'><item><list rend='options'><item><cit><quote><ab><bibl/>"
    "</ab></quote></cit></item></list></item></list></quote></item></list>"
)
"""Right, and refused by libxml2 where the looser grammar is asked."""


@pytest.mark.parametrize("form", FORMS)
def test_both_ways_say_the_same(form: str):
    root = etree.fromstring(made("<p>@").replace(b"</p>", b"</p>" + form.encode(), 1))
    assert (LOOSER.validate(root) and holds(root)) == STRICT.validate(root)


@pytest.mark.parametrize("form", [*FORMS, DEEP, DEEP.replace("<bibl/>", "<bible/>")])
def test_a_long_document_is_judged_as_a_short_one(form: str, monkeypatch: pytest.MonkeyPatch):
    content = made("<p>@").replace(b"</p>", b"</p>" + form.encode(), 1)
    short = check_tei(content, "page.xml", SCHEMAS).findings
    monkeypatch.setattr(grammar, "LONG_BYTES", 0)
    assert check_tei(content, "page.xml", SCHEMAS).findings == short


def test_a_list_of_many_items_is_judged():
    content = made("<ul>" + "<li>a" * 20_000)
    assert len(content) > grammar.LONG_BYTES
    assert [one for one in check_tei(content, "page.xml", SCHEMAS).findings if one.severity == "error"] == []
