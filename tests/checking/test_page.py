"""PAG rules: each trips on its specimen; what a reader sees is text, and what cannot be read is not called good."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.checking.compared_words import at, check, codes, tei

from solander.checking.pages.every_word import RULES, check_page
from solander.checking.pages.markup_costs import MAXIMUM_DEPTH
from solander.model.capture import Capture
from solander.model.finding import Finding
from solander.reading import read_page

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path for path in FAULTS.glob("PAG*") if path.name < "PAG080")
"""From 80 on, rules of agreement are judged in ``test_specimens.py``."""


def judge(path: Path) -> list[Finding]:
    xhtml = path / "page.xhtml"
    if xhtml.exists():
        return check_page(read_page(Capture.of_bytes(xhtml.read_bytes(), media_type="application/xhtml+xml")))
    original = (path / "page.html").read_bytes()
    tei = path / "page.xml"
    if not tei.exists():
        return check_page(read_page(Capture.of_bytes(original)))
    return list(check(original, tei.read_bytes()).findings)


# --------------------------------------------------------------------------------------------------- the rules' own


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    assert {f"{one.code}-{one.name}" for one in judge(specimen)} == {specimen.name}


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in SPECIMENS} == {rule.rule.code for rule in RULES}


def test_a_finding_names_the_words_and_both_places() -> None:
    page = "<p>one two</p><p>three four five six</p>"
    good = tei(at("/html/body/p[1]", "one two"), "\n", at("/html/body/p[2]", "three six"))
    (finding,) = check(page, good).findings
    assert finding.place.path == "data/tei/page.xml"
    assert finding.place.line == 2
    assert finding.message == "2 words at xpath(/html/body/p[2]) are not in the TEI: “four five”"


def test_many_faults_are_told_by_a_few_and_counted() -> None:
    page = "".join(f"<p>word{number} stays{number}</p>" for number in range(50))
    lost = tei(*[at(f"/html/body/p[{number + 1}]", f"stays{number}") for number in range(50)])
    findings = check(page, lost).findings
    assert [one.code for one in findings] == ["PAG001"] * 6
    assert findings[-1].message == "words are lost at 45 more places, 50 words in all"


# ------------------------------------------------------------------------------------------------- what is visible


@pytest.mark.parametrize(
    "markup",
    [
        "one <script>no</script><style>no</style><template>no</template> two <datalist><option>no</datalist>three",
        "<title>no</title>one two three",
        "one <!-- no --> two <svg><style>no</style><text>three</text></svg>",
        "<noscript>one</noscript> <iframe>two</iframe> <textarea>three</textarea>",
        "<p hidden>one</p><select><option>two<option style='display:none'>three</select>",
        "<details><summary>one</summary>two</details><xmp>three</xmp>",
        "<table><tr>one<td>two<td>three</table>",
        "<div>one<div>two</div>three</div>",
        "one<br>two<p>three",
        "one <canvas>two</canvas> <math><mi>three</mi></math>",
        "<object>one</object> <video>two</video> <noembed>three</noembed>",
        "o<!-- a comment parts nothing -->ne t<wbr>wo t<b>hr</b>ee",
        "one&nbsp; two<td>&nbsp;</td> three",
    ],
)
def test_what_a_reader_sees_is_text_and_nothing_else(markup: str) -> None:
    checked = check(markup, tei(at("/html/body", markup_words(markup))))
    assert codes(checked) == set()


def markup_words(markup: str) -> str:
    return "one\N{NO-BREAK SPACE} two three" if "one&nbsp;" in markup else "one two three"


def test_a_page_of_frames_has_the_words_for_those_who_see_none() -> None:
    page = "<frameset><frame src=a><noframes>Get a <b>browser</b>.</noframes></frameset>"
    frame = at("/html/frameset/frame[1]", '<ref type="frame" target="a"/>')
    raw = at("/html/frameset/noframes[1]", "Get a &lt;b&gt;browser&lt;/b&gt;.")
    assert codes(check(page, tei(frame, raw))) == set()
    after = "<frameset></frameset><noframes>Words</noframes>"
    assert codes(check(after, tei(at("/html/noframes[1]", "Words")))) == set()


def test_the_words_of_attributes_and_of_the_header_are_not_the_pages() -> None:
    page = '<p>See <img src=a.png alt="a cat"> <abbr title="for example">e.g.</abbr> this</p>'
    words = (
        'See <graphic url="a.png"><desc>a cat</desc></graphic> '
        "<choice><abbr>e.g.</abbr><expan>for example</expan></choice> this"
    )
    figure = "<figure><figDesc>a cat</figDesc></figure>"
    assert codes(check(page, tei(at("/html/body/p[1]", words), figure))) == set()


def test_an_inline_elements_edge_parts_words_or_does_not() -> None:
    page = "<p><span>one</span><span>two</span></p>"
    assert codes(check(page, tei(at("/html/body/p[1]", "one two")))) == set()
    assert codes(check(page, tei(at("/html/body/p[1]", "onetwo")))) == set()


@pytest.mark.parametrize("edge", ["<br>", "</p><p>", "<hr>", "</p><div>", " "])
def test_a_break_or_a_blocks_edge_parts_words_always(edge: str) -> None:
    page = f"<p>one{edge}two"
    assert codes(check(page, tei(at("/html/body", "one two")))) == set()
    assert codes(check(page, tei(at("/html/body", "onetwo")))) == {"PAG005"}


def test_a_no_break_space_is_kept_unless_words_are_apart_anyhow() -> None:
    page = "<p>5&nbsp;km</p><p>&nbsp;</p><p>&nbsp;away</p>"
    five = at("/html/body/p[1]", "5\N{NO-BREAK SPACE}km")
    assert codes(check(page, tei(five, at("/html/body/p[3]", "away")))) == set()
    assert codes(check(page, tei(at("/html/body/p[1]", "5km"), at("/html/body/p[3]", "away")))) == {"PAG005"}
    ideographic = at("/html/body/p[1]", "5\N{IDEOGRAPHIC SPACE}km")
    assert codes(check(page, tei(ideographic, at("/html/body/p[3]", "away")))) == {"PAG005"}


def test_what_xml_cannot_hold_counts_as_the_replacement_character() -> None:
    page = "<p>a\x01b &#x1; c&#xFFFF;d\x0be\x00f</p>"
    # NUL is dropped by the HTML Standard itself.
    assert codes(check(page, tei(at("/html/body/p[1]", "a\ufffdb \ufffd c\ufffdd\ufffdef")))) == set()


def test_a_selected_option_is_not_seen_twice() -> None:
    page = "<select><button><selectedcontent></selectedcontent></button><option selected>one</option></select>"
    assert codes(check(page, tei(at("/html/body/select[1]/option[1]", "one")))) == set()


# ---------------------------------------------------------------------------------------------- what cannot be read


def test_a_compressed_original_is_unpacked() -> None:
    packed = gzip.compress(b"<p>word", mtime=0)
    words = tei('<p source="../original/page.html.gz#xpath(/html/body/p[1])">word</p>')
    assert codes(check(packed, words, name="page.html.gz")) == set()
    broken = check(packed[:-9], words, name="page.html.gz")
    assert broken.unchecked == ("data/tei/page.xml: its words were not compared: page.html.gz could not be unpacked",)
    assert broken.ledger is None


@pytest.mark.parametrize("broken", ["", "<TEI", "<TEI/>", tei("<p>") + "x", "<a>" * 300 + "</a>" * 300])
def test_a_file_that_is_no_tei_is_not_called_good(broken: str) -> None:
    checked = check("<p>word", broken)
    assert checked.unchecked
    assert checked.findings == ()


def test_an_unknown_charset_is_not_guessed() -> None:
    assert check("<p>word", tei(), charset="klingon").unchecked


def test_deep_nesting_is_compared_or_declined_but_never_endless() -> None:
    deep = "<div>" * 10_000 + "word"
    assert codes(check(deep, tei(at("/html/body" + "/div[1]" * 198, "word")))) == set()
    assert check("<div>" * (MAXIMUM_DEPTH + 1) + "word", tei(at("/html/body", "word"))).unchecked
    reopened = "<p>" + "".join(f"<b id={number}>" for number in range(2_000)) + "</p>" + "<p>x</p>" * 2_000
    assert check(reopened, tei(at("/html/body", "word"))).unchecked


def test_two_texts_that_share_nothing_are_compared_within_bounds() -> None:
    page = "<p>" + " ".join(f"a{number % 977}" for number in range(40_000))
    other = at("/html/body/p[1]", " ".join(f"b{number % 977}" for number in range(40_000)))
    # Compared each with each, they would take longer than anybody runs a test.
    assert codes(check(page, tei(other))) == {"PAG001", "PAG002"}


def test_entities_are_not_resolved() -> None:
    bomb = '<!DOCTYPE TEI [<!ENTITY a "word">]>' + tei(at("/html/body/p[1]", "&a;"))
    assert "PAG001" in codes(check("<p>word", bomb))
