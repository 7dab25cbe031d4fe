"""A fault of grammar is told where it is: by its line, its column, its path, and by what is allowed there."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.checking.test_tei_grammar import OTHER_ELEMENTS, PAGES, TEI, tei_of

from solander.checking.grammars import rng_patterns
from solander.checking.grammars.explaining import Explained, explain
from solander.checking.grammars.relax_ng import COUNTED, FAULTS, as_faults
from solander.checking.grammars.rng_including import whole_grammar
from solander.checking.grammars.rng_reading import Grammar
from solander.checking.tei.meaning import check_tei
from solander.profiles import SCHEMAS

MATERIAL = Path(__file__).parents[1] / "material"
ARCHIVE = Path(__file__).parents[2] / "archive"
INJECTED = 100
FIRST_ON_ITS_LINE = 95


def alone(name: str) -> bytes:
    raise AssertionError(f"{name} is not to be asked for")


def ours() -> Grammar:
    return Grammar(whole_grammar(SCHEMAS.read("solander-tei.rng"), alone))


def small(body: str, attributes: str = "") -> Grammar:
    """A grammar of which the root is ``a``."""
    return Grammar(
        whole_grammar(
            f'<element name="a" xmlns="http://relaxng.org/ns/structure/1.0" {attributes}'
            f' datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">{body}</element>'.encode(),
            alone,
        )
    )


def told(grammar: Grammar, document: str) -> list[tuple[str, int, int, str, str]]:
    return [one[:5] for one in explain(grammar, document.encode())]


# --------------------------------------------------------------------------------------------------- what is told


@pytest.mark.parametrize(
    ("body", "document", "expected"),
    [
        (
            '<zeroOrMore><element name="b"><text/></element></zeroOrMore>'
            '<optional><element name="c"><empty/></element></optional>',
            "<a>\n  <b>x</b><d/>\n</a>",
            ("element-not-allowed", 2, 11, "/a/d", "<d> in <a>; allowed here: b, c"),
        ),
        (
            '<element name="b"><empty/></element><element name="c"><empty/></element>',
            "<a><c/></a>",
            ("content-incomplete", 1, 4, "/a/c", "before <c> in <a> something is missing: b"),
        ),
        (
            '<element name="b"><empty/></element><element name="c"><empty/></element>',
            "<a><b/>\n</a>",
            ("content-incomplete", 2, 1, "/a", "<a> ends too early; still to come: c"),
        ),
        (
            '<optional><attribute name="x"/></optional><empty/>',
            "<a y='1'/>",
            ("attribute-not-allowed", 1, 1, "/a/@y", "@y of <a>; allowed here: @x"),
        ),
        (
            '<attribute name="x"><choice><value>1</value><value>2</value></choice></attribute><empty/>',
            "<a x='3'/>",
            ("attribute-value-not-allowed", 1, 1, "/a/@x", "@x=“3” of <a>; allowed here: “1”, “2”"),
        ),
        (
            '<attribute name="x"><data type="date"/></attribute><empty/>',
            "<a x='2021-02-29'/>",
            ("attribute-value-not-allowed", 1, 1, "/a/@x", "@x=“2021-02-29” of <a>; allowed here: date"),
        ),
        (
            '<attribute name="x"/><attribute name="y"/><empty/>',
            "<a x='3'/>",
            ("attribute-missing", 1, 1, "/a", "<a> lacks @y"),
        ),
        (
            '<choice><attribute name="x"/><attribute name="y"/></choice><empty/>',
            "<a/>",
            ("attribute-missing", 1, 1, "/a", "<a> lacks @x or @y"),
        ),
        (
            '<zeroOrMore><element name="b"><empty/></element></zeroOrMore>',
            "<a><b/>\n\n   words\n<b/></a>",
            ("text-not-allowed", 3, 4, "/a", "text “words” in <a>; allowed here: b"),
        ),
        (
            '<data type="integer"/>',
            "<a>one</a>",
            ("text-not-allowed", 1, 4, "/a", "text “one” in <a>; allowed here: integer"),
        ),
        ("<empty/>", "<b/>", ("element-not-allowed", 1, 1, "/b", "<b> as the root; allowed here: {}a")),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place_and_with_what_is_allowed(
    body: str, document: str, expected: tuple[str, int, int, str, str]
) -> None:
    assert told(small(body), document) == [(*expected[:4], expected[4].replace("{}", ""))]


def test_a_column_counts_characters_and_not_bytes() -> None:
    grammar = small('<zeroOrMore><choice><element name="b"><text/></element><text/></choice></zeroOrMore>')
    ((_, line, column, _, _),) = told(grammar, "<a>\n漢字\U0001f4daé <b/><c/></a>")
    assert (line, column) == (2, 10)


def test_the_path_counts_elements_of_one_name() -> None:
    grammar = small('<zeroOrMore><element name="b"><empty/></element></zeroOrMore>')
    ((_, _, _, xpath, _),) = told(grammar, "<a><b/><b/><b><c/></b></a>")
    assert xpath == "/a/b[3]/c"
    (found,) = etree.fromstring("<a><b/><b/><b><c/></b></a>").xpath(xpath)  # type: ignore[union-attr]
    assert found.tag == "c"  # type: ignore[union-attr]


def test_one_mistake_is_one_finding() -> None:
    grammar = small(
        '<oneOrMore><element name="b"><text/></element></oneOrMore>'
        '<optional><element name="c"><text/></element></optional>'
    )
    assert len(told(grammar, "<a><b/><c/><b/><b/></a>")) == 2
    assert len(told(grammar, "<a><x><y/><z>words</z></x><b/><c/></a>")) == 1
    assert len(told(grammar, "<a><c/></a>")) == 1


def test_a_name_of_another_namespace_is_told_with_it() -> None:
    ((kind, *_, message),) = told(small("<empty/>", 'ns="urn:x"'), "<a/>")
    assert kind == "element-not-allowed"
    assert message == "<a> of no namespace as the root; allowed here: {urn:x}a"


# ---------------------------------------------------------------------------------------------------- injected faults


def test_the_first_finding_points_to_the_line_of_the_fault() -> None:
    grammar, schema = ours(), etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))
    right, by_libxml2, missed = 0, 0, []
    faults = injected(INJECTED, 31)
    for content, lines in faults:
        root = etree.fromstring(content)
        assert not schema.validate(root)
        first = next(explain(grammar, content))
        right += first.line in lines
        by_libxml2 += schema.error_log[0].line in lines
        if first.line not in lines:
            missed.append((lines, first))
    assert len(faults) == INJECTED
    assert right >= FIRST_ON_ITS_LINE, missed
    assert right > by_libxml2


def injected(count: int, seed: int) -> list[tuple[bytes, set[int]]]:
    """Documents with one fault each, which our grammar refuses, and the lines of the fault.

    They are harmed as text, in lines that are known: those of our archive and of the pages of the tests.
    """
    chance = random.Random(seed)
    texts = [one.read_text(encoding="utf-8") for one in sorted(ARCHIVE.glob("*/data/tei/page.xml"))]
    texts += [tei_of(MATERIAL / name).decode() for name in PAGES]
    schema = etree.RelaxNG(etree.fromstring(SCHEMAS.read("solander-tei.rng")))
    found: list[tuple[bytes, set[int]]] = []
    while len(found) < count:
        lines = chance.choice(texts).split("\n")
        harm = chance.choice(
            (insert_element, rename_element, drop_attribute, change_value, add_attribute, add_text, drop_line)
        )
        at = harm(lines, chance)
        if at is None:
            continue
        content = "\n".join(lines).encode()
        try:
            root: Any = etree.fromstring(content)
        except etree.XMLSyntaxError:
            continue
        if not schema.validate(root):
            found.append((content, {at}))
    return found


def _line(lines: list[str], chance: random.Random, pattern: str) -> tuple[int, re.Match[str]] | None:
    at = chance.randrange(2, len(lines))
    found = list(re.finditer(pattern, lines[at]))
    return (at, chance.choice(found)) if found else None


def _instead(lines: list[str], chosen: tuple[int, re.Match[str]] | None, new: str) -> int | None:
    if chosen is None:
        return None
    at, found = chosen
    lines[at] = lines[at][: found.start()] + new + lines[at][found.end() :]
    return at + 1


def insert_element(lines: list[str], chance: random.Random) -> int | None:
    chosen = _line(lines, chance, r"(?<=>)")
    name = chance.choice(("div", "head", "list", "opener", "closer", "bibl", "b", *OTHER_ELEMENTS))
    return _instead(lines, chosen, f"<{name}/>")


def rename_element(lines: list[str], chance: random.Random) -> int | None:
    chosen = _line(lines, chance, r"<(\w+)( [^<>]*)?>([^<>]*)</\1>")
    if chosen is None:
        return None
    name = chance.choice(("p", "item", "head", "quote", "title", "bibl", "ptr"))
    return _instead(lines, chosen, f"<{name}{chosen[1][2] or ''}>{chosen[1][3]}</{name}>")


def drop_attribute(lines: list[str], chance: random.Random) -> int | None:
    return _instead(lines, _line(lines, chance, r' [\w:]+="[^"]*"'), "")


def change_value(lines: list[str], chance: random.Random) -> int | None:
    value = chance.choice(("", "Some Thing", "a b c", "-1", "2021-13-01", "#", "1a"))
    return _instead(lines, _line(lines, chance, r'(?<==")[^"]*(?=")'), value)


def add_attribute(lines: list[str], chance: random.Random) -> int | None:
    name = chance.choice(("ana", "cert", "resp", "rendition", "facs"))
    return _instead(lines, _line(lines, chance, r"(?<=[\w\"])(?=/?>)(?<!/)"), f' {name}="x"')


def add_text(lines: list[str], chance: random.Random) -> int | None:
    return _instead(lines, _line(lines, chance, r"(?<=>)$"), "words")


def drop_line(lines: list[str], chance: random.Random) -> int | None:
    """Take an element out that stands alone in its line: what is then in that line is where it is missed."""
    chosen = _line(lines, chance, r"^\s*<(\w+)( [^<>]*)?>.*</\1>$|^\s*<[^<>]*/>$")
    if chosen is None:
        return None
    del lines[chosen[0]]
    return chosen[0] + 1


# ---------------------------------------------------------------------------------------------------------- bounds


def test_ten_thousand_faults_are_counted_and_the_first_are_told() -> None:
    content = tei_of(MATERIAL / "lighthouse.html").replace(b"</head>", b"</head>" + b"<b/>\n" * 12_000, 1)
    found = as_faults(explain(ours(), content))
    assert len(found) == FAULTS + 1
    assert found[-1].message == f"from here on more than {COUNTED - FAULTS:,} more faults of grammar"
    judged = check_tei(content, "page.xml", SCHEMAS).findings
    assert {one.code for one in judged} == {"TEI103"}
    assert len(judged) == FAULTS + 1


def test_what_is_right_is_explained_by_no_word_and_what_is_long_is_walked() -> None:
    content = tei_of(MATERIAL / "lighthouse.html")
    paragraph = re.search(rb"<p .*?</p>", content, re.S)
    assert paragraph is not None
    long = content.replace(paragraph[0], paragraph[0] * 5_000, 1)
    assert list(explain(ours(), long)) == []


def test_a_grammar_that_would_take_for_ever_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rng_patterns, "STEP_LIMIT", 50_000)

    # Of n elements in any order, each of two kinds, 3 to the power of n things may be left.
    many = "".join(
        f'<choice><element name="e{one}"><empty/></element><group><element name="e{one}"><empty/></element>'
        f'<element name="f"><empty/></element></group></choice>'
        for one in range(40)
    )
    grammar = small(f"<interleave>{many}</interleave>")
    document = "<a>" + "".join(f"<e{one}/>" for one in range(40)) + "<f/>" * 20 + "</a>"
    with pytest.raises(rng_patterns.GrammarTooLarge):
        list(explain(grammar, document.encode()))


def test_the_explanation_says_all_that_is_allowed() -> None:
    content = tei_of(MATERIAL / "lighthouse.html").replace(b"</titleStmt>", b"<div/></titleStmt>")
    first: Explained = next(explain(ours(), content))
    assert first.kind == "element-not-allowed"
    assert first.allowed == ("author", "respStmt") or first.allowed == ("respStmt",)
    assert first.xpath == "/TEI/teiHeader/fileDesc/titleStmt/div"
    (found,) = etree.fromstring(content).xpath(re.sub(r"/(\w)", r"/t:\1", first.xpath), namespaces={"t": TEI[1:-1]})  # type: ignore[union-attr]
    assert found.sourceline == first.line  # type: ignore[union-attr]
