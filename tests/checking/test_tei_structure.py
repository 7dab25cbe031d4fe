"""What is no XML, no TEI or not as the grammar has it is found, names and media types to their edges."""

from __future__ import annotations

import pytest
from tests.checking.tei_by_hand import codes, in_line, judge, tei


@pytest.mark.parametrize(
    "content", ["", " ", "<TEI>", "<p/><p/>", "text", "<a>&nope;</a>", "<a b='1' b='2'/>", "<x:a/>"]
)
def test_what_is_no_xml_is_told_so_and_nothing_else(content: str) -> None:
    assert codes(content) == {"TEI101"}


@pytest.mark.parametrize("version", ["1.1", "1.2", "1.00"])
def test_another_xml_is_not_read_as_ours(version: str) -> None:
    (found,) = judge(f'<?xml version="{version}"?>{tei()}')
    assert (found.code, found.place.line) == ("TEI101", 1)


def test_no_instruction_to_fetch_stands_among_foreign_elements() -> None:
    include = '<include xmlns="http://www.w3.org/2001/XInclude" href="other.xml"/>'
    assert codes(tei(xeno=f'<xenoData type="x">{include}</xenoData>')) == {"TEI103"}
    assert codes(tei(xeno=f'<xenoData type="x"><a xmlns="urn:x">{include}</a></xenoData>')) == {"TEI103"}


def test_what_nests_too_deep_to_be_read_is_told_so() -> None:
    assert codes("<a>" * 100_000) == {"TEI101"}
    assert codes(in_line("<hi rend='bold'>" * 300 + "</hi>" * 300)) == {"TEI101"}
    assert codes(in_line("<hi rend='bold'>" * 190 + "</hi>" * 190)) == set()


def test_a_document_type_is_found_and_its_entities_are_not_resolved() -> None:
    found = codes('<!DOCTYPE TEI [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + in_line("&a;"))
    assert "TEI102" in found
    assert codes("<!DOCTYPE TEI>" + tei()) == {"TEI102"}


def test_xml_of_another_kind_is_not_tei() -> None:
    assert codes("<html xmlns='http://www.w3.org/1999/xhtml'/>") == {"TEI103"}
    assert codes("<TEI/>") == {"TEI103"}


@pytest.mark.parametrize(
    ("main", "found"),
    [
        ("<p>a<p>b</p></p>", {"TEI103"}),
        ("<div><p>a</p></div><p>after a division</p>", {"TEI103"}),
        ("<list/>", {"TEI107"}),
        ("<table/>", {"TEI107"}),
        ("<item>alone</item>", {"TEI103"}),
        ("<list><label>term</label></list>", {"TEI103", "TEI107"}),
        ("<list><label>term</label><item>what it is</item></list>", {"TEI103"}),
        ("<list type='gloss'><item>what it is</item></list>", {"TEI107"}),
        ("<list type='gloss'><label>term</label></list>", {"TEI107"}),
        ("<p xml:id='p1'>an id where no link of ours leads</p>", {"TEI104"}),
        ("<p rend='Bold'>a</p>", {"TEI105"}),
        ("<p n=' '>a</p>", {"TEI104"}),
        ("<p generatedBy='hand'>a</p>", {"TEI104"}),
        ("<p generatedBy='template'>a</p>", {"TEI104"}),
        ("<closer><signed>Ann</signed></closer><p>a</p>", {"TEI103"}),
        ("<sp><speaker>Q:</speaker></sp>", {"TEI107"}),
        ("<ab type='poem'>a</ab>", {"TEI105"}),
        ("<p>a<date when='10:00:00'/></p>", {"TEI105"}),
        ("<p>a<media url='a.mp4'/></p>", {"TEI106"}),
        ("<p>a<graphic url='a.png' width='10'/></p>", {"TEI105"}),
        ("<p>a<graphic url='a.png' width='50%'/></p>", {"TEI105"}),
        ("<table><row><cell cols='0'>a</cell></row></table>", {"TEI105"}),
        ("<p>a<code>b<lb/>c</code></p>", {"TEI103"}),
    ],
)
def test_what_breaks_the_grammar_is_found_and_its_kind_is_told(main: str, found: set[str]) -> None:
    assert codes(tei("<p>Words.</p>", main)) == found


@pytest.mark.parametrize("name", ["a", "é", "_a", "a.b-c", "id.1"])
def test_an_id_is_a_name_without_a_colon(name: str) -> None:
    assert codes(in_line(f'<anchor xml:id="{name}"/>')) == set()


@pytest.mark.parametrize("name", ["", "1a", "a:b", "a b", "-a", "a/b", "\N{COMBINING GRAVE ACCENT}a"])
def test_what_is_no_name_is_no_id(name: str) -> None:
    assert codes(in_line(f'<anchor xml:id="{name}"/>')) == {"TEI105"}


@pytest.mark.parametrize("tag", ["en", "zh-Hant-TW", "x-house", "i-klingon", "sl-rozaj-biske", "de-CH-1901", "EN"])
def test_a_language_tag_is_accepted(tag: str) -> None:
    assert codes(tei(language=tag)) == set()


@pytest.mark.parametrize("tag", ["", "en_US", "english language", "language9", "en-", "-en", "en-abcdefghi", "日本"])
def test_what_is_no_language_tag_is_found(tag: str) -> None:
    assert codes(tei(language=tag)) == {"TEI105", "TEI210"}


@pytest.mark.parametrize("tag", ["e", "en-a", "de-1901-1901", "en-a-bbb-a-ccc", "abcde-x", "en-latn-latn"])
def test_what_only_bcp_47_refuses_is_found_too(tag: str) -> None:
    assert codes(tei(language=tag)) == {"TEI210"}


def test_a_program_is_named_without_a_colon() -> None:
    assert codes(tei(application="a.b-c")) == set()
    assert codes(tei(application="a:b")) == codes(tei(application="a b")) == {"TEI105"}


@pytest.mark.parametrize("written", ["video/mp4", "application/vnd.a+b; ", " audio/ogg "])
def test_a_media_type_is_accepted(written: str) -> None:
    assert codes(in_line(f'<media url="a" mimeType="{written.replace(";", "")}"/>')) == set()


@pytest.mark.parametrize(
    "written", ["video", "/", "a/b/c", "a /b", "a/b c", "vidéo/mp4", "a/\u200bb", "a/\N{NO-BREAK SPACE}"]
)
def test_what_is_no_media_type_is_found(written: str) -> None:
    assert codes(in_line(f'<media url="a" mimeType="{written}"/>')) == {"TEI105"}
