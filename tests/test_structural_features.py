"""The structural features of the study, one by one: each is kept, in TEI that is valid, and no word is lost."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest
from lxml import etree
from tests.reading.sound import assert_sound
from turbohtml import parse_xml
from turbohtml.validate import RelaxNG

from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.reading import read_page

AT = datetime(2026, 1, 1, tzinfo=UTC)
LEAD = (
    "<p>The ferry crosses the sound four times a day in summer, and twice in winter, unless the ice holds it; the "
    "timetable has hung in the same frame since the line was opened.</p>"
)


class Feature(NamedTuple):
    """A feature as a page has it, and what proves that the TEI has it: XPaths that find something, each."""

    name: str
    markup: str
    kept: tuple[str, ...]


FEATURES = (
    Feature(
        "heading levels h1-h4",
        f"<h1>One</h1>{LEAD}<h2>Two</h2>{LEAD}<h3>Three</h3>{LEAD}<h4>Four</h4>{LEAD}",
        tuple(f"//t:head[@n='{n}' and .='{word}']" for n, word in enumerate(("One", "Two", "Three", "Four"), 1)),
    ),
    Feature(
        "sections nested in div",
        f"<h1>One</h1>{LEAD}<h2>Two</h2>{LEAD}<h3>Three</h3>{LEAD}",
        ("//t:div[t:head='Two']/t:div[t:head='Three']/t:p", "//t:div[t:head='One']/t:div[t:head='Two']"),
    ),
    Feature(
        "nested list",
        f"{LEAD}<ul><li>Boats<ul><li>Ferry</li></ul></li></ul>",
        ("//t:list/t:item/t:list/t:item[.='Ferry']",),
    ),
    Feature(
        "ordered list type+start",
        f"{LEAD}<ol type='i' start='4'><li>Fourth</li></ol>",
        ("//t:list[@n='4' and @rend='numbered lower-roman']/t:item",),
    ),
    Feature(
        "definition list",
        f"{LEAD}<dl><dt>Sound</dt><dd>A strait.</dd></dl>",
        ("//t:list[@type='gloss'][t:label='Sound']/t:item[.='A strait.']",),
    ),
    Feature(
        "table cells",
        f"{LEAD}<table border=1><tr><td>Ferry</td><td>08:00</td></tr><tr><td>Mail</td><td>09:30</td></tr></table>",
        ("//t:table[@rows='2' and @cols='2']/t:row[2]/t:cell[2][.='09:30']",),
    ),
    Feature(
        "table header role",
        f"{LEAD}<table><thead><tr><th>Boat</th><th>Hour</th></tr></thead><tr><td>Ferry</td><td>08:00</td></tr></table>",
        ("//t:row[@role='label']/t:cell[@role='label'][.='Boat']", "//t:row[not(@role)]/t:cell[not(@role)][.='Ferry']"),
    ),
    Feature(
        "table rowspan/colspan",
        f"{LEAD}<table><tr><th rowspan=2>Boat</th><th colspan=2>Hours</th></tr><tr><td>8</td><td>9</td></tr></table>",
        ("//t:cell[@rows='2'][.='Boat']", "//t:cell[@cols='2'][.='Hours']", "//t:table[@cols='3']"),
    ),
    Feature(
        "table caption",
        f"{LEAD}<table><caption>Summer</caption><tr><th>Boat</th></tr><tr><td>Ferry</td></tr></table>",
        ("//t:table/t:head[.='Summer']",),
    ),
    Feature(
        "list inside table cell",
        f"{LEAD}<table><tr><th>Boat</th><th>Calls</th></tr><tr><td>Ferry</td><td><ul><li>Pier</li></ul></td></tr></table>",
        ("//t:cell/t:list/t:item[.='Pier']",),
    ),
    Feature(
        "figure + figcaption",
        f"{LEAD}<figure><img src='ferry.jpg'><figcaption>The ferry</figcaption></figure>",
        ("//t:figure[t:graphic[contains(@url, 'ferry.jpg')]]/t:head[.='The ferry']",),
    ),
    Feature("img alt text", f"{LEAD}<p>The <img src='f.png' alt='ferry'></p>", ("//t:graphic/t:desc[.='ferry']",)),
    Feature(
        "link target",
        f"{LEAD}<p>See <a href='hours.html'>hours</a>.</p>",
        ("//t:ref[@target='https://example.org/sound/hours.html' and @n='hours.html'][.='hours']",),
    ),
    Feature(
        "internal anchor target (id kept)",
        f"<p><a href='#ice'>Ice</a></p>{LEAD}<h2 id='ice'>Ice</h2>{LEAD}",
        ("//t:ref[@target='#id.ice']", "//t:head/t:anchor[@xml:id='id.ice']"),
    ),
    Feature(
        "footnote (sup link + ol)",
        f"{LEAD}<p>4<sup><a id='r1' href='#f1'>1</a></sup>.</p><ol><li id='f1'>In 1890 3. <a href='#r1'>↩</a></ol>",
        (
            "//t:ref[@type='noteref' and @target='#id.f1']",
            "//t:note[@xml:id='id.f1']//t:ref[@type='backlink' and @target='#id.r1']",
            "//t:anchor[@xml:id='id.r1']",
        ),
    ),
    Feature(
        "blockquote + cite",
        f"{LEAD}<blockquote cite='log.html'><p>No boat today.</p><footer><cite>The log</cite></footer></blockquote>",
        ("//t:cit/t:quote/t:p", "//t:cit/t:bibl/t:title[.='The log']", "//t:cit/t:ref[contains(@target, 'log.html')]"),
    ),
    Feature("inline q", f"{LEAD}<p>He said <q>no boat</q>.</p>", ("//t:q[.='no boat']",)),
    Feature(
        "code block + language",
        f"{LEAD}<pre><code class='language-python'>def cross():\n    pass</code></pre>",
        ("//t:ab[@type='pre']/t:code[@lang='python' and contains(., '():\n    pass')]",),
    ),
    Feature(
        "inline emphasis em/strong",
        f"{LEAD}<p><em>Never</em> on <strong>ice</strong>.</p>",
        ("//t:emph[.='Never']", "//t:hi[@rend='strong'][.='ice']"),
    ),
    Feature(
        "sub/sup/del/ins",
        f"{LEAD}<p>a<sub>1</sub> b<sup>2</sup> <del>two</del> <ins datetime='1999-05-01'>four</ins></p>",
        (
            "//t:hi[@rend='sub'][.='1']",
            "//t:hi[@rend='sup'][.='2']",
            "//t:del[.='two']",
            "//t:add[@n='1999-05-01'][.='four']",
        ),
    ),
    Feature(
        "abbr title",
        f"{LEAD}<p>The <abbr title='Sound Ferry Line'>SFL</abbr>.</p>",
        ("//t:choice[t:abbr='SFL']/t:expan[.='Sound Ferry Line']",),
    ),
    Feature(
        "time datetime",
        f"{LEAD}<p>On <time datetime='1890-06-01'>the first of June</time>.</p>",
        ("//t:body//t:date[@when='1890-06-01'][.='the first of June']",),
    ),
    Feature("line break br", f"{LEAD}<p>Out<br>and back</p>", ("//t:p[t:lb][starts-with(., 'Out')]",)),
    Feature(
        "ruby",
        f"{LEAD}<p lang='ja'><ruby>船<rt>ふね</rt></ruby></p>",
        ("//t:ruby[t:rb='船']/t:rt[.='ふね']",),
    ),
    Feature(
        "bidi dir=rtl",
        f"{LEAD}<p dir='rtl'>عبارة</p><p>The <bdo dir='rtl'>ferry</bdo>.</p>",
        ("//t:p[@rend='rtl']", "//t:seg[@rend='bidi-override rtl'][.='ferry']"),
    ),
    Feature(
        "language tag lang=",
        f"{LEAD}<p lang='gd'>Am bàta.</p><p>The <i lang='gd'>bàta</i> and <span lang='nb'>båt</span>.</p>",
        ("//t:p[@xml:lang='gd']", "//t:hi[@xml:lang='gd']", "//t:foreign[@xml:lang='nb']"),
    ),
    Feature(
        "MathML",
        f"{LEAD}<p>So <math><mi>v</mi><mo>=</mo><mn>4</mn></math>.</p>",
        ("//t:formula[not(@notation)][.='v=4']",),
    ),
    Feature(
        "iframe/video/audio",
        f"{LEAD}<iframe src='map.html'></iframe><video src='f.mp4'></video><audio src='horn.mp3'></audio>",
        (
            "//t:ref[@type='frame' and contains(@target, 'map.html')]",
            "//t:media[@mimeType='video/mp4']",
            "//t:media[@mimeType='audio/mpeg']",
        ),
    ),
    Feature(
        "form (labels, options, values)",
        f"{LEAD}<form><label>Boat <select><option selected>Ferry</select></label><input value='two seats'></form>",
        (
            "//t:list[@rend='options']/t:item[@rend='selected'][.='Ferry']",
            "//t:gap[@reason='form'][t:desc='two seats']",
        ),
    ),
    Feature(
        "details/summary",
        f"{LEAD}<details><summary>Winter</summary><p>Twice a day.</p></details>{LEAD}",
        ("//t:div[@type='details'][t:head='Winter']/t:p", "//t:div[@type='continued']/t:p"),
    ),
    Feature(
        "nav/footer boilerplate kept apart",
        f"<nav><a href='/'>Home</a></nav><main><h1>Ferry</h1>{LEAD}</main><footer>The line, since 1890</footer>",
        ("//t:front/t:div[@type='navigation']", "//t:back/t:div[@type='footer']", "//t:body[not(.//*[.='Home'])]"),
    ),
    Feature(
        "source pointer per block",
        f"<h1>Ferry</h1>{LEAD}<ul><li>Pier</li></ul>",
        (
            "//t:head[contains(@source, '#xpath(/html/body/h1[1])')]",
            "//t:p[contains(@source, '#xpath(/html/body/p[1])')]",
            "//t:item[contains(@source, '#xpath(/html/body/ul[1]/li[1])')]",
        ),
    ),
)


@pytest.fixture(scope="module")
def all_of_tei(shared: Any) -> RelaxNG:
    return RelaxNG((shared / "oracles" / "tei" / "tei_all-4.12.0.rng").read_text(encoding="utf-8"))


def made(markup: str) -> tuple[Capture, bytes]:
    html = f"<!DOCTYPE html><html lang=en><title>The ferry</title><body>{markup}"
    capture = Capture.of_bytes(html.encode(), uri="https://example.org/sound/ferry.html", declared_charset="utf-8")
    page = read_page(capture)
    return capture, encode_tei(page, describe(page, capture), capture, at=AT).content


def test_there_are_as_many_features_as_the_study_has() -> None:
    assert len({feature.name for feature in FEATURES}) == 32


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_is_kept(feature: Feature) -> None:
    capture, tei = made(feature.markup)
    root = etree.fromstring(tei)
    text = root.find("{*}text")
    names = {"t": "http://www.tei-c.org/ns/1.0", "xml": "http://www.w3.org/XML/1998/namespace"}
    missing = [path for path in feature.kept if not text.xpath(path, namespaces=names)]
    assert missing == [], etree.tostring(text, encoding="unicode")
    assert_sound(capture, tei)


def test_every_feature_is_valid_tei(all_of_tei: RelaxNG) -> None:
    faults = [
        f"{feature.name}: {errors[0]}"
        for feature in FEATURES
        if (errors := all_of_tei.validate(parse_xml(made(feature.markup)[1].decode())).errors)
    ]
    assert faults == []


def test_the_features_are_those_of_the_study(shared: Any) -> None:
    study = (shared / "field" / "extraction.md").read_text(encoding="utf-8").split("### Structural features")[1]
    rows = [line.split("|")[1].strip() for line in study.split("pandoc's INVALID")[0].splitlines() if line[:2] == "| "]
    assert rows[1:] == [feature.name for feature in FEATURES]
