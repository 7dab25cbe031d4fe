"""Real pages, by the hundred: each is read, encoded, valid by two judges, and accounted for to the word."""

import gzip
import random
import subprocess
from datetime import UTC, datetime

import pytest
from lxml import etree
from turbohtml import parse_xml
from turbohtml.validate import RelaxNG

from solander.checking.pages.every_word import check_words
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLE_PAGES = 150

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def pages(shared, request, tmp_path_factory):
    """The sample (or all): for each page its capture, what was read, and the TEI as a file."""
    found = sorted((shared / "corpora" / "extraction").glob("*/*.html.gz"))
    if not request.config.getoption("--all-pages"):
        found = random.Random(20261123).sample(found, SAMPLE_PAGES)
    folder = tmp_path_factory.mktemp("tei")
    made = []
    for path in found:
        capture = Capture.of_bytes(gzip.decompress(path.read_bytes()), uri="https://example.org/a/b.html")
        page = read_page(capture)
        tei = encode_tei(page, describe(page, capture), capture, at=AT).content
        target = folder / f"{path.parent.name}-{path.name.removesuffix('.html.gz')}.xml"
        target.write_bytes(tei)
        made.append((path, capture, page, target))
    return made


def test_every_page_is_valid_by_our_own_grammar(pages):
    schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))
    faults = []
    for path, _, _, target in pages:
        if not schema.validate(etree.parse(target)):
            faults.append(f"{path}: {schema.error_log.last_error}")
    assert faults == []


def test_every_page_is_valid_tei_by_jing(pages, shared, jing):
    schema = shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    files = [target for *_, target in pages]
    # A file that cannot be valid, put last: if it is named, every file before it was reached.
    witness = files[0].parent / "zzz-witness.xml"
    witness.write_text("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>")
    told = subprocess.run([jing, schema, *files, witness], capture_output=True, text=True, check=False).stdout
    lines = told.splitlines()
    assert any("zzz-witness" in line for line in lines)
    assert [line for line in lines if "zzz-witness" not in line] == []


def test_every_page_follows_the_grammar_of_all_tei_by_a_second_engine(pages, shared):
    schema = RelaxNG((shared / "oracles" / "tei" / "tei_all-4.12.0.rng").read_text(encoding="utf-8"))
    assert not schema.is_valid(parse_xml("<TEI xmlns='http://www.tei-c.org/ns/1.0'/>"))
    faults = [
        f"{path}: {result.errors[0]}"
        for path, *_, target in pages
        if (result := schema.validate(parse_xml(target.read_text(encoding="utf-8")))).errors
    ]
    assert faults == []


def test_no_page_has_an_identifier_twice(pages):
    for path, *_, target in pages:
        identifiers = etree.parse(target).xpath("//@xml:id")
        assert len(identifiers) == len(set(identifiers)), path


def test_every_word_of_every_page_is_accounted_for(pages):
    faults = []
    for path, capture, page, target in pages:
        checked = check_words(
            capture.original,
            original_name=capture.original_name,
            media_type=capture.media_type,
            charset=page.charset.name,
            tei=target.read_bytes(),
            path="data/tei/page.xml",
        )
        faults.extend(f"{path}: {one.code} {one.message}" for one in checked.findings if one.severity == "error")
    assert faults == []


def test_the_main_text_of_the_tei_is_the_main_text_of_the_page(pages):
    name = "{http://www.tei-c.org/ns/1.0}"
    differing = []
    for path, _, page, target in pages:
        body = etree.parse(target).getroot().find(f".//{name}body")
        for attribute_text in body.iter(f"{name}desc", f"{name}figDesc", f"{name}expan"):
            attribute_text.text = ""
        if "".join("".join(body.itertext()).split()) != "".join(page.text("main").split()):
            differing.append(path)
    assert differing == []
