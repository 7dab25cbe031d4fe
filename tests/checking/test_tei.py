"""TEI rules: each trips on its specimen and on nothing else; what is right has no finding, at each rule's edges too."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.tei import RULES, check_tei
from solander.encoding.w3c import w3c_date, w3c_time
from solander.encoding.xml_text import escape_attribute
from solander.model.finding import Finding
from solander.profiles import SCHEMAS

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path.parent for path in FAULTS.glob("TEI*/page.xml"))
WHERE = 'source="../original/page.html#xpath(/html/body/p[1])"'
RECORD = '<dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">A title</dc:title>'


def judge(content: str | bytes) -> list[Finding]:
    return check_tei(content.encode() if isinstance(content, str) else content, "page.xml", SCHEMAS).findings


def codes(content: str | bytes) -> set[str]:
    return {one.code for one in judge(content)}


def tei(
    *main: str, language: str = "en", bibl: str = "", xeno: str = "", application: str = "hand", head: str = ""
) -> str:
    return (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{language}"><teiHeader><fileDesc>'
        "<titleStmt><title>The well</title></titleStmt>"
        '<publicationStmt><authority>A test</authority><date when="2026-11-24">today</date>'
        '<idno type="UUID">urn:uuid:00000000-0000-5000-8000-000000000000</idno></publicationStmt>'
        f"<sourceDesc><bibl><title>The well</title>{bibl}</bibl></sourceDesc></fileDesc>"
        "<encodingDesc><projectDesc><p>A test.</p></projectDesc>"
        f'<appInfo><application ident="{application}" version="1.0"><label>By hand</label></application></appInfo>'
        "<editorialDecl><interpretation><p>None.</p></interpretation></editorialDecl></encodingDesc>"
        f'{xeno}<revisionDesc><change when="2026-11-24T10:00:00Z">Written.</change></revisionDesc></teiHeader>'
        f'<text><body><div type="main">{head}{"".join(main) or "<p>Words.</p>"}</div></body></text></TEI>'
    )


def in_line(markup: str) -> str:
    return tei(f"<p>Words {markup}</p>")


# --------------------------------------------------------------------------------------------------- the rules' own


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    found = judge((specimen / "page.xml").read_bytes())
    besides = {"TEI205-address-malformed"} if specimen.name.startswith("TEI109") else set()
    assert {f"{one.code}-{one.name}" for one in found} - besides == {specimen.name}


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in SPECIMENS} == {check.rule.code for check in RULES}


def test_a_finding_is_placed_at_its_line() -> None:
    lines = {
        path.name[:6]: {one.place.line for one in judge((path / "page.xml").read_bytes())}
        for path in SPECIMENS
        if path.name[:6] != "TEI102"
    }
    texts = {path.name[:6]: (path / "page.xml").read_text().splitlines() for path in SPECIMENS}
    marks = {
        "TEI101": " & ",
        "TEI103": "<b>",
        "TEI104": 'cert="high"',
        "TEI105": 'when="30.3.1921"',
        "TEI106": "<anchor/>",
        "TEI107": "</sourceDesc>",
        "TEI108": "It is still there.",
        "TEI109": 'target=" https://',
        "TEI201": 'Dug on <date when="1921-03-30">',
        "TEI202": "#id.spring",
        "TEI203": "xpath(//p)",
        "TEI204": "1921-02-30",
        "TEI205": 'target="https://"',
        "TEI206": "<body>",
    }
    for code, mark in marks.items():
        (at,) = [number for number, line in enumerate(texts[code], 1) if mark in line]
        assert lines[code] <= {at, at - 1}, code


# ------------------------------------------------------------------------------------------------- what is accepted


@pytest.mark.parametrize(
    "main",
    [
        "<p>Words.</p>",
        "<p/><p>Words.</p>",
        "<ab type='pre' xml:space='preserve'>a\n  b</ab>",
        "<list rend='bulleted'><item>one</item><item><p>two</p><list><item/></list>three</item></list>",
        "<list type='gloss'><label>term</label><item>what it is</item></list>",
        "<table rows='1' cols='2'><head>Sums</head><row role='label'><cell cols='2'>a</cell><cell/></row></table>",
        "<figure><graphic url='a.png' width='10px'><desc>alt</desc></graphic><ab type='caption'>words</ab></figure>",
        "<quote>said<label rend='heading' n='2'>head</label><p>p</p></quote>",
        "<cit><quote>said</quote><ref target='https://example.org/'>there</ref></cit>",
        "<p>a<lb/>b<gap reason='frame'><desc>a frame</desc></gap></p><milestone unit='section'/>",
        "<p><ruby><rb>漢</rb><rt>kan</rt></ruby> <choice><abbr>W</abbr><expan>World</expan></choice></p>",
        "<p><hi rend='bold italic'>b</hi><time when='10:00:00'>ten</time><foreign xml:lang='de-CH'>so</foreign></p>",
        "<p>a</p><div type='part' subtype='template'><head n='2'>Part</head></div><div type='continued'><p/></div>",
        "<p>Friends.</p><closer><salute>Yours,</salute><signed>Ann</signed><dateline>Rome</dateline></closer>",
        "<sp><speaker>Q:</speaker><p>When?</p></sp><sp><speaker>A:</speaker><p>At seven.</p><p>Or so.</p></sp>",
        "<p>Words.</p><!-- a remark --><?a-program whatever?>",
    ],
)
def test_what_follows_the_grammar_has_no_finding(main: str) -> None:
    assert judge(tei(main)) == []


def test_an_opener_comes_before_the_text_and_not_after_it() -> None:
    opener = "<opener><dateline>Rome, <date when='2021'>2021</date></dateline><salute>Friends,</salute></opener>"
    assert codes(tei("<p>Words.</p>", head=f"<head n='1'>A head</head>{opener}")) == set()
    assert codes(tei("<p>Words.</p>", opener)) == {"TEI103"}


def test_another_vocabulary_is_kept_in_its_place_and_not_judged_by_the_rules_of_this_one() -> None:
    foreign = '<a xmlns="urn:x" when="2021-02-30" target="a b" url="%" source="?"><b>text</b> text</a>'
    assert codes(tei(xeno=f'<xenoData type="dublin-core">{RECORD}{foreign}</xenoData>')) == set()
    assert codes(tei(xeno='<xenoData type="html-head">text alone</xenoData>')) == set()
    assert codes(tei(f"<p>{foreign}</p>")) == {"TEI103"}


# --------------------------------------------------------------------------------------------------------- grammar


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


# ------------------------------------------------------------------------------------------------------------- ids


def test_two_ids_that_differ_only_in_white_space_are_one() -> None:
    twice = '<anchor xml:id="a"/><anchor xml:id=" a&#10;"/>'
    assert codes(in_line(twice)) == {"TEI201"}
    assert codes(in_line(twice.replace("&#10;", "&#10;b"))) == {"TEI105"}


def test_each_repetition_is_found_and_capitals_differ() -> None:
    assert [one.code for one in judge(in_line('<anchor xml:id="a"/>' * 3))] == ["TEI201"] * 2
    assert codes(in_line('<anchor xml:id="a"/><anchor xml:id="A"/>')) == set()


def test_an_id_of_another_vocabulary_counts_too() -> None:
    xeno = '<xenoData type="x"><a xmlns="urn:x" xml:id="a"/></xenoData>'
    assert codes(tei('<p>Words <anchor xml:id="a"/></p>', xeno=xeno)) == {"TEI201"}


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("#id.a", set()),
        ("#caf%C3%A9", set()),
        ("#", set()),
        ("https://example.org/#nowhere", set()),
        ("other.xml#nowhere", set()),
        ("#id.b", {"TEI202"}),
        ("#ID.a", {"TEI202"}),
        ("#caf%E9", {"TEI202"}),
    ],
)
def test_a_link_within_the_document_arrives(target: str, found: set[str]) -> None:
    anchors = '<anchor xml:id="id.a"/><anchor xml:id="café"/>'
    assert codes(in_line(f'{anchors}<ref target="{target}">there</ref>')) == found


# -------------------------------------------------------------------------------------------------------- pointers


@pytest.mark.parametrize(
    "pointer",
    [
        "../original/page.html#xpath(/html)",
        "../original/page.html#xpath(/html/body)",
        "../original/page.html#xpath(/html/frameset/frame[2])",
        "../original/page.html.gz#xpath(/html/body/div[12]/text()[1])",
        "../original/page.xhtml#xpath(/html/body/my-element[1]/*[3])",
        "../original/page.txt#char=0,0",
        "../original/page.txt#char=10,20",
        "../original/a%20page.html#xpath(/html/body)",
    ],
)
def test_a_pointer_into_the_original_is_accepted(pointer: str) -> None:
    assert codes(tei(f'<p source="{pointer}">Words.</p>')) == set()


@pytest.mark.parametrize(
    "pointer",
    [
        "",
        "../original/page.html",
        "../original/page.html#",
        "../original/#xpath(/html/body)",
        "page.html#xpath(/html/body)",
        "https://example.org/#xpath(/html/body)",
        "../original/../../page.html#xpath(/html/body)",
        "../original/100%.html#xpath(/html/body)",
        "../original/page.html#xpath(/html/head/title[1])",
        "../original/page.html#xpath(/html/body/p)",
        "../original/page.html#xpath(/html/body/p[0])",
        "../original/page.html#xpath(/html/body/p[01])",
        "../original/page.html#xpath(/html/body/P[1])",
        "../original/page.html#xpath(/html/body/p[1]",
        "../original/page.html#xpath(/html/body/p[1])x",
        "../original/page.txt#char=10",
        "../original/page.txt#char=-1,2",
        "../original/page.txt#line=1,2",
    ],
)
def test_what_is_no_pointer_into_the_original_is_found(pointer: str) -> None:
    found = codes(tei(f'<p source="{pointer}">Words.</p>'))
    assert "TEI203" in found
    # A pointer is an address too, and one that is none breaks the grammar besides.
    assert found <= {"TEI203", "TEI105"}


# ----------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "when",
    ["2021", "2021-12", "2021-12-08", "2020-02-29", "2000-02-29", "0001-01-01", "9999-12-31"]
    + [f"2021-12-08T23:59:59{rest}" for rest in ("", "Z", ".5Z", "+14:00", "-12:00", "+05:45")],
)
def test_a_real_date_is_accepted(when: str) -> None:
    assert codes(in_line(f'<date when="{when}">then</date>')) == set()


@pytest.mark.parametrize("when", ["2021-02-29", "1900-02-29", "2021-04-31", "0000", "0000-05", "2021-02-30T10:00:00Z"])
def test_a_day_that_the_calendar_does_not_have_is_found(when: str) -> None:
    assert codes(in_line(f'<date when="{when}">then</date>')) == {"TEI204"}
    assert codes(in_line(f'<date when=" {when} ">then</date>')) == {"TEI204"}


@pytest.mark.parametrize(
    "when",
    [
        "",
        "21",
        "12021",
        "-0044",
        "2021-13",
        "2021-1-1",
        "2021-12-32",
        "20211208",
        "08.12.2021",
        "2021-W12",
        "2021-12-08Z",
    ]
    + [
        f"2021-12-08{rest}"
        for rest in ("T10:00", "T24:00:00", "T10:00:60", "T10:00:00.", "T10:00:00z", "T10:00:00+0100")
    ]
    + [f"2021-12-08T10:00:00{rest}" for rest in ("+14:01", "+15:00", "-12:30", "-13:59", "+01:60")],
)
def test_what_is_no_date_is_found(when: str) -> None:
    found = codes(in_line(f'<date when="{when}">then</date>'))
    assert "TEI105" in found
    # A thirteenth month is no date by its form, and none of the calendar.
    assert found <= {"TEI105", "TEI204"}


@pytest.mark.parametrize("when", ["10:00", "24:00:00", "10:60:00", "23:59:60", "10:00:00Z", "1:00:00", "2021-12-08"])
def test_what_is_no_time_of_day_is_found(when: str) -> None:
    assert codes(in_line(f'<time when="{when}">then</time>')) == {"TEI105"}


def test_every_when_is_judged() -> None:
    assert codes(tei().replace("2026-11-24T10", "2026-11-31T10")) == {"TEI204"}
    bibl = '<date type="published" when="{}">then</date>'
    assert codes(tei(bibl=bibl.format("2021-02-28"))) == set()
    assert codes(tei(bibl=bibl.format("2021-02-29"))) == {"TEI204"}


# ------------------------------------------------------------------------------------------------------- addresses


@pytest.mark.parametrize("address", ["#", "a", "//example.org", "http://[::1]:80/?a=b&c", "mailto:a@b"])
def test_an_address_is_accepted(address: str) -> None:
    assert codes(in_line(f'<ref target="{escape_attribute(address)}">there</ref>')) == set()


@pytest.mark.parametrize(
    "address", ["", "mailto:", "http://[zz]/", "http://a%zz/", "a#b#c", "a b", " a", "a_b:c", "x:#a"]
)
def test_what_is_no_address_is_found_wherever_it_stands(address: str) -> None:
    for markup in ('<ref target="{}">there</ref>', '<graphic url="{}"/>', '<media url="{}" mimeType="a/b"/>'):
        found = codes(in_line(markup.format(address)))
        # The grammar may refuse it besides.
        assert {"TEI205"} <= found <= {"TEI205", "TEI105", "TEI109"}
    assert "TEI205" in codes(tei(bibl=f'<ref target="{address}">there</ref>'))


@given(
    st.from_regex(
        r"[0-9]{4}-(0[0-9]|1[0-3])-[0-3][0-9]([T ][0-2][0-9]:[0-6][0-9](:[0-6][0-9])?(Z|[+-][01][0-9]:?[0-9]{2})?)?\Z"
    )
)
def test_a_date_that_is_written_is_never_found_fault_with(written: str) -> None:
    when = w3c_date(written)
    assert when is None or codes(in_line(f'<date when="{when}">then</date>')) == set()


@given(st.from_regex(r"[0-2]?[0-9]:[0-6][0-9](:[0-6][0-9])?\Z"))
def test_a_time_that_is_written_is_never_found_fault_with(written: str) -> None:
    when = w3c_time(written)
    assert when is None or codes(in_line(f'<time when="{when}">then</time>')) == set()


# ----------------------------------------------------------------------------------------------------------- words


@pytest.mark.parametrize("main", ["<p/>", "<p> \N{NO-BREAK SPACE}\n</p>", "<p><!-- words --><?words words?></p>"])
def test_a_body_of_nothing_but_space_and_remarks_has_no_words(main: str) -> None:
    assert codes(tei(main)) == {"TEI206"}


def test_what_was_an_attribute_is_no_word_of_the_page() -> None:
    described = '<graphic url="a.png"><desc>words of an attribute</desc></graphic>'
    assert codes(tei(f"<p>{described}</p>")) == {"TEI206"}
    assert codes(tei(f"<p>{described}word</p>")) == set()
    assert codes(tei("<p><choice><abbr/><expan>World</expan></choice></p>")) == {"TEI206"}
    assert codes(tei("<p><choice><abbr>W</abbr><expan>World</expan></choice></p>")) == set()


def test_words_of_the_boilerplate_are_not_those_of_the_body() -> None:
    front = tei("<p/>").replace("<text>", '<text><front><div type="banner"><p>Words.</p></div></front>')
    assert codes(front) == {"TEI206"}
