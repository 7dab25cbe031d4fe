"""TEI rules: each trips on its specimen and on nothing else; what is right has no finding; a body has words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.checking.tei_by_hand import RECORD, codes, judge, tei

from solander.checking.tei.meaning import RULES

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path.parent for path in FAULTS.glob("TEI*/page.xml"))


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
