"""The TEI header: what was done, and no more; names where names belong."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import etree

from solander.describing import describe
from solander.encoding import encode_tei
from solander.encoding.dublin_core import encode_dcterms
from solander.encoding.language_names import language_name
from solander.encoding.tei_header import NORMALISATIONS
from solander.encoding.w3c import w3c_date
from solander.model.capture import Capture
from solander.model.description import Description, Evidence, Statement
from solander.model.document import Imprint
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
NAMES = {"t": "http://www.tei-c.org/ns/1.0"}
PAGE = (
    "<html lang=en><title>Harbour</title><link rel=canonical href=/canon><meta name=citation_doi content=10.1000/182>"
    "<meta name=citation_journal_title content=Coast><meta name=dc.contributor content='Bo Day'>"
    "<meta name=dc.rights content='© Coast'><link rel=license href=https://licence.example/by><h1>Harbour</h1>"
    "<p>The lamp was lit, and the keeper wrote.</p>"
)
IMPRINTS = [
    Imprint(),
    Imprint(organization="Harbour Archive"),
    Imprint(organization="Harbour Archive", licence="CC0", licence_target="https://licence.example/0"),
    Imprint(licence="CC0", licence_target="https://licence.example/0"),
    Imprint(licence="CC0"),
]


def encoded(content: str = PAGE, *, media_type: str = "text/html", imprint: Imprint | None = None) -> etree._Element:
    capture = Capture.of_bytes(
        content.encode(), uri="https://example.org/a/b", media_type=media_type, declared_charset="utf-8"
    )
    page = read_page(capture)
    said = [Statement("identifier", "MS 12", Evidence("person", "--identifier"))]
    description = describe(page, capture, said=said)
    return etree.fromstring(encode_tei(page, description, capture, at=AT, imprint=imprint).content)


def values(root: etree._Element, path: str) -> list[str]:
    return [
        one if isinstance(one, str) else "".join(one.itertext()).strip() for one in root.xpath(path, namespaces=NAMES)
    ]


def ran(content: str, **more: str) -> list[str]:
    return [
        name.removeprefix("normalization.") for name in values(encoded(content, **more), "//t:normalization/@xml:id")
    ]


@pytest.mark.parametrize("imprint", IMPRINTS)
def test_the_header_is_valid_whoever_makes_the_file(imprint: Imprint) -> None:
    schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))
    assert schema.validate(encoded(imprint=imprint)), schema.error_log.last_error


def test_the_header_is_valid_tei_by_jing(shared: Path, jing: str, tmp_path: Path) -> None:
    files = []
    for number, imprint in enumerate(IMPRINTS):
        files.append(tmp_path / f"{number}.xml")
        files[-1].write_bytes(etree.tostring(encoded(imprint=imprint)))
    schema = shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    told = subprocess.run([jing, schema, *files], capture_output=True, text=True, check=False)
    assert told.stdout == ""


def test_without_an_organisation_no_name_is_made_up() -> None:
    root = encoded()
    assert values(root, "//t:authority | //t:distributor") == []
    assert values(root, "//t:publicationStmt/t:p")[0] == "Made as a part of an archival bag."


def test_a_urn_is_called_a_urn() -> None:
    for imprint in IMPRINTS:
        (identifier,) = values(encoded(imprint=imprint), "//t:publicationStmt//t:idno[@type='URN']")
        assert identifier.startswith("urn:uuid:")


def test_only_what_ran_is_named() -> None:
    assert ran("<p>one</p>") == []
    assert ran("<p>one  two</p>") == ["white-space"]
    assert ran("<p><a href=x>one</a></p>") == ["addresses-resolved"]
    assert ran("<p><a href=https://example.org/x>one</a></p>") == []
    assert ran("<p>one<script>x</script></p>") == ["script-left-out"]
    assert ran("<p>" + "<b>" * 60 + "one</p>") == ["marks-cut"]
    assert ran("<p>one<img data-src=a.png><noscript><img src=a.png></noscript>", media_type="text/html")[:2] == [
        "addresses-resolved",
        "image-twins-left-out",
    ]
    assert ran("One line.\n", media_type="text/plain") == []
    assert ran("One  line.\n", media_type="text/plain") == ["white-space"]


def test_each_rule_that_may_run_has_its_words() -> None:
    for words in NORMALISATIONS.values():
        assert words.endswith(".")
        assert "{count}" in words


def test_nothing_is_asserted_that_only_a_check_can_know() -> None:
    said = " ".join(values(encoded(), "//t:encodingDesc//t:p"))
    assert "every visible word" not in said
    assert "read as utf-8 (evidence: transport)" in said


def test_the_syntax_of_pointers_is_declared_as_it_is_used() -> None:
    (html,) = values(encoded(), "//t:refsDecl/t:p")
    (text,) = values(encoded("One line.", media_type="text/plain"), "//t:refsDecl/t:p")
    assert "XPath 1.0" in html
    assert "RFC 5147" not in html
    assert "RFC 5147" in text


def test_the_pages_rights_names_and_addresses_stand_in_its_bibl() -> None:
    root = encoded()
    assert values(root, "//t:bibl/t:availability/t:p") == ["© Coast"]
    assert values(root, "//t:bibl/t:availability/t:licence/@target") == ["https://licence.example/by"]
    assert values(root, "//t:bibl/t:respStmt/t:name") == ["Bo Day"]
    assert values(root, "//t:bibl/t:relatedItem[@type='isPartOf']/t:bibl") == ["Coast"]
    assert values(root, "//t:bibl/t:idno[@type='URI']") == ["https://example.org/a/b", "https://example.org/canon"]
    assert values(root, "//t:bibl/t:idno[@type='DOI' or @type='other']") == ["MS 12", "10.1000/182"]


def test_a_language_has_a_name() -> None:
    (language,) = encoded().iter("{http://www.tei-c.org/ns/1.0}language")
    assert (language.get("ident"), language.text) == ("en", "English")
    assert language_name("zh-Hans") == "Chinese (simplified script)"
    assert language_name("en-GB") == "English (GB)"
    assert language_name("qaa") == "qaa"


def test_a_machine_is_named_as_what_encoded() -> None:
    assert values(encoded(), "//t:titleStmt/t:respStmt/t:name") == ["Solander"]


def test_a_document_says_the_namespace_of_its_root() -> None:
    document = encode_dcterms(Description())
    assert document.namespace == etree.QName(etree.fromstring(document.content)).namespace


def test_the_farthest_time_zone_is_legal() -> None:
    assert w3c_date("2021-01-01T00:00:00+14:00") == "2021-01-01T00:00:00+14:00"


@pytest.mark.parametrize(
    ("declared", "written"),
    [
        ("de_AT", "de-AT"),
        ("x-dialect", "x-dialect"),
        ("utf-8", None),
        ("en, de", None),
        ("{{lang}}", None),
        ("e", None),
    ],
)
def test_a_declared_language_that_is_no_tag_is_none_of_the_document(declared: str, written: str | None) -> None:
    root = encoded(f'<html lang="{declared}"><title>x</title><p>a b')
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == written
    assert values(root, "//t:language/@ident") == ([written] if written else [])
