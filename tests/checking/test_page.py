"""PAG rules: no word can go, come, move or merge without a finding; and what is right has none."""

from __future__ import annotations

import gzip
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from solander.checking.markup_costs import MAXIMUM_DEPTH
from solander.checking.page import RULES, WordCheck, check_page, check_words
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


def check(original: bytes | str, tei: bytes | str, *, charset: str = "utf-8", name: str = "page.html") -> WordCheck:
    return check_words(
        original.encode() if isinstance(original, str) else original,
        original_name=name,
        media_type="text/plain" if name.endswith(".txt") else "text/html",
        charset=charset,
        tei=tei.encode() if isinstance(tei, str) else tei,
        path="data/tei/page.xml",
    )


def block(fragment: str, words: str, *, element: str = "p", name: str = "page.html") -> str:
    return f'<{element} source="../original/{name}#{fragment}">{words}</{element}>'


def at(path: str, words: str, *, element: str = "p") -> str:
    return block(f"xpath({path})", words, element=element)


def tei(*main: str, front: str = "", back: str = "") -> str:
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><p>Not of the page.</p></teiHeader><text>'
        f"<front><div>{front}</div></front><body><div>{''.join(main)}</div></body><back><div>{back}</div></back>"
        "</text></TEI>"
    )


def codes(checked: WordCheck) -> set[str]:
    assert checked.unchecked == ()
    return {one.code for one in checked.findings}


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


# ------------------------------------------------------------------------------------- laws, for any page of words

WORDS = st.text(st.characters(blacklist_categories=("Cc", "Cs", "Cn", "Zs", "Zl", "Zp")), min_size=1, max_size=6)
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=6), min_size=1, max_size=6)


def page_of(paragraphs: list[list[str]]) -> str:
    return "<!DOCTYPE html><body>" + "\n".join(f"<p>{escape(' '.join(words))}</p>" for words in paragraphs)


def blocks_of(paragraphs: list[list[str]]) -> list[str]:
    return [at(f"/html/body/p[{index}]", escape(" ".join(words))) for index, words in enumerate(paragraphs, 1)]


@given(PARAGRAPHS)
def test_what_has_every_word_once_has_no_finding(paragraphs: list[list[str]]) -> None:
    checked = check(page_of(paragraphs), tei(*blocks_of(paragraphs)))
    assert codes(checked) == set()
    assert checked.ledger is not None
    assert checked.ledger.page == checked.ledger.main == sum(map(len, paragraphs))


@given(PARAGRAPHS, st.data())
def test_blocks_may_stand_in_any_part_and_order(paragraphs: list[list[str]], data: st.DataObject) -> None:
    blocks = data.draw(st.permutations(blocks_of(paragraphs)))
    first, second = sorted((data.draw(st.integers(0, len(blocks))), data.draw(st.integers(0, len(blocks)))))
    shuffled = tei(*blocks[first:second], front="".join(blocks[:first]), back="".join(blocks[second:]))
    assert codes(check(page_of(paragraphs), shuffled)) <= {"PAG010"}


@given(PARAGRAPHS, st.data())
def test_no_word_is_dropped_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    word = data.draw(st.integers(0, len(paragraphs[index]) - 1))
    dropped = [list(words) for words in paragraphs]
    del dropped[index][word]
    assert "PAG001" in codes(check(page_of(paragraphs), tei(*blocks_of(dropped))))


@given(PARAGRAPHS, st.data())
def test_no_word_is_doubled_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    word = data.draw(st.integers(0, len(paragraphs[index]) - 1))
    doubled = [list(words) for words in paragraphs]
    doubled[index].insert(word, doubled[index][word])
    assert codes(check(page_of(paragraphs), tei(*blocks_of(doubled)))) == {"PAG003"}


@given(PARAGRAPHS, st.data())
def test_no_words_change_places_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(paragraphs) - 1))
    words = paragraphs[index]
    first, second = data.draw(st.integers(0, len(words) - 1)), data.draw(st.integers(0, len(words) - 1))
    swapped = [list(words) for words in paragraphs]
    swapped[index][first], swapped[index][second] = swapped[index][second], swapped[index][first]
    found = codes(check(page_of(paragraphs), tei(*blocks_of(swapped))))
    if swapped == paragraphs:
        assert found == set()
    elif "".join(swapped[index]) == "".join(words):
        assert found == {"PAG005"}
    else:
        assert found == {"PAG003"}


@given(PARAGRAPHS.filter(lambda paragraphs: any(len(words) > 1 for words in paragraphs)), st.data())
def test_no_words_are_joined_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.sampled_from([at for at, words in enumerate(paragraphs) if len(words) > 1]))
    word = data.draw(st.integers(1, len(paragraphs[index]) - 1))
    joined = [list(words) for words in paragraphs]
    joined[index][word - 1 : word + 1] = ["".join(joined[index][word - 1 : word + 1])]
    assert codes(check(page_of(paragraphs), tei(*blocks_of(joined)))) == {"PAG005"}
    assert codes(check(page_of(joined), tei(*blocks_of(paragraphs)))) == {"PAG005"}


@given(PARAGRAPHS.filter(lambda paragraphs: len(paragraphs) > 1), st.data())
def test_no_pointer_leads_elsewhere_unseen(paragraphs: list[list[str]], data: st.DataObject) -> None:
    index = data.draw(st.integers(1, len(paragraphs) - 1))
    blocks = blocks_of(paragraphs)
    blocks[index] = blocks[index].replace(f"p[{index + 1}]", f"p[{index}]", 1)
    assert codes(check(page_of(paragraphs), tei(*blocks))) == {"PAG007"}


# ------------------------------------------------------------------------------------------------- what is visible


def text_of(markup: str) -> set[str]:
    """Which findings the words one, two and three give, under the body's own pointer."""
    return codes(check(markup, tei(at("/html/body", "one two three"))))


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
    raw = at("/html/frameset/noframes[1]", "Get a &lt;b&gt;browser&lt;/b&gt;.")
    assert codes(check(page, tei(raw))) == set()
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


# ---------------------------------------------------------------------------------------------------------- pointers


@pytest.mark.parametrize(
    ("markup", "path"),
    [
        ("<p>x<b>y</b>word", "/html/body/p[1]/text()[2]"),
        ("<p>x<!-- -->word", "/html/body/p[1]/text()[2]"),
        ("<p>x<svg><g><a>word</a></g></svg>", "/html/body/p[1]/*[1]/*[1]/*[1]"),
        ("<p>x<o:p>word</o:p>", "/html/body/p[1]/*[1]"),
        ("<p>x<div>x</div><my-element>word</my-element>", "/html/body/my-element[1]"),
        ("<p>x<p>x<p>word", "/html/body/p[3]"),
        ("x<p>x</p>word", "/html/body/text()[2]"),
        ("<p>x<img src=a>word", "/html/body/p[1]/img[1]"),
    ],
)
def test_a_pointer_leads_to_one_place(markup: str, path: str) -> None:
    checked = check(markup, tei(at("/html/body", " ".join("x" * markup.count("x"))), at(path, "word")))
    assert codes(checked) <= {"PAG005", "PAG003", "PAG001"}
    elsewhere = check(markup, tei(at("/html/body", " ".join("x" * markup.count("x"))), at(f"{path}/i[9]", "word")))
    assert "PAG004" in codes(elsewhere)


@pytest.mark.parametrize(
    "pointer",
    [
        "../original/page.html#xpath(/html/body/p[2])",
        "../original/page.html#xpath(/html/body/p[0])",
        "../original/page.html#xpath(/html/body/text()[9])",
        "../original/page.html#xpath(/html/body//p)",
        "../original/page.html#xpath(//p)",
        "../original/page.html#xpath(/html/body/p[1]",
        "../original/page.html#char=0,1",
        "../original/page.html#",
        "../original/page.html",
        "../original/other.html#xpath(/html/body/p[1])",
        "https://example.org/",
        "#",
    ],
)
def test_a_pointer_to_nothing_is_found(pointer: str) -> None:
    assert codes(check("<p>word", tei(f'<p source="{pointer}">word</p>'))) == {"PAG004"}


def test_pointers_may_be_percent_encoded() -> None:
    assert codes(check("<p>word", tei(block("xpath(/html/body/p%5B1%5D)", "word")))) == set()


def test_text_before_and_after_a_nested_block_keeps_its_place() -> None:
    page = "<ul><li>one<ul><li>two</li></ul>three</li></ul>"
    inner = f"<list>{at('/html/body/ul[1]/li[1]/ul[1]/li[1]', 'two', element='item')}</list>"
    after = at("/html/body/ul[1]/li[1]/text()[2]", "three")
    outer = at("/html/body/ul[1]/li[1]", f"one{inner}{after}", element="item")
    assert codes(check(page, tei(f"<list>{outer}</list>"))) == set()


def test_equal_pointers_keep_the_order_of_the_file() -> None:
    page = "<p>one two</p>"
    first, second = at("/html/body/p[1]", "one"), at("/html/body/p[1]", "two")
    assert codes(check(page, tei(first, second))) == set()
    assert codes(check(page, tei(second, first))) == {"PAG003"}


# ------------------------------------------------------------------------------------------------------- plain text


def plain(text: str, *blocks: tuple[int, int]) -> str:
    return tei(*[block(f"char={a},{b}", escape(text[a:b]), name="page.txt") for a, b in blocks])


def test_plain_text_is_compared_by_its_characters() -> None:
    text = "Home\n\nThe well & the house\r\nOld.\f"
    # RFC 5147, 4.1: a line's end is one character, however it is written.
    counted = text.replace("\r\n", "\n")
    good = plain(counted, (27, 31), (0, 4), (6, 26))
    assert codes(check(text, good, name="page.txt")) == set()
    assert codes(check("\ufeff" + text, good, name="page.txt")) == set()
    assert codes(check(text, plain(text, (0, 4), (6, 26)), name="page.txt")) == {"PAG001"}
    assert codes(check(text, good.replace("char=6,", "char=7,"), name="page.txt")) == {"PAG007"}
    assert codes(check(text, good.replace("char=6,26", "char=26,6"), name="page.txt")) == {"PAG004"}
    assert codes(check(text, good.replace("char=6,26", "char=6,999"), name="page.txt")) == {"PAG004"}


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
