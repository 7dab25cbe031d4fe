"""Schematron: our own schema says what our rules say, and is judged the same by another program."""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, isoschematron
from tests.checking.test_tei_grammar import SAMPLES, harmed, made, tei_of

from solander.checking.grammars.rng_including import UnusableSchema
from solander.checking.grammars.schematron import Failed, Schematron
from solander.checking.tei.meaning import check_tei
from solander.profiles import SCHEMAS

MATERIAL = Path(__file__).parents[1] / "material"
SCHEMA = "solander-tei.sch"
SVRL = "{http://purl.oclc.org/dsdl/svrl}"


@pytest.fixture(scope="module")
def documents() -> list[bytes]:
    return [*made(150, 5), *harmed(MATERIAL, 150, 6), *with_other_values(200, 7)]


def with_other_values(count: int, seed: int) -> list[bytes]:
    """The TEI of a page in which some attributes that the rules are about say something else."""
    chance = random.Random(seed)
    text = tei_of(MATERIAL / "lighthouse.html").decode()
    values = {
        "when": (
            *SAMPLES["moment"],
            *SAMPLES["doubtful"],
            "2021-02-29",
            "1900-02-29",
            "2000-02-29",
            "2021-04-31",
            "2021-00",
        ),
        "source": (
            *(one.format(1) for one in SAMPLES["source"]),
            *SAMPLES["doubtful"],
            "../original/a%2.html#char=1,2",
        ),
        "target": (
            *SAMPLES[r"\S+"],
            *SAMPLES["doubtful"],
            "#id.a",
            "#nowhere",
            "http://[::1]:80/",
            "a[b]",
            "//h/?[",
            "%2",
        ),
        "xml:lang": (*SAMPLES["language"], "en-", "a", "123", "language9", "x-", "de--CH"),
    }
    found = []
    for _ in range(count):
        name = chance.choice(list(values))
        new = chance.choice(values[name]).replace("&", "&amp;")
        places = list(re.finditer(f'(?<= {name}=")[^"]*', text))
        place = chance.choice(places)
        changed = text[: place.start()] + new + text[place.end() :]
        if chance.random() < 0.5:
            changed = changed.replace("</head>", '<anchor xml:id="id.a"/></head>', chance.choice((1, 2)))
        found.append(changed.encode())
    return found


def parsed(content: bytes) -> Any:
    return etree.fromstring(content, etree.XMLParser(collect_ids=False))


def test_the_schema_says_what_the_rules_say(documents: list[bytes]) -> None:
    schema = Schematron(SCHEMAS.read(SCHEMA))
    said = {one.get("id") for one in etree.fromstring(SCHEMAS.read(SCHEMA)).iter("{*}assert", "{*}report")}
    differing, met = [], set()
    for content in documents:
        by_rules = {one.code for one in check_tei(content, "a", SCHEMAS).findings if one.code in said}
        by_schema = {one.identifier for one in schema.failures(parsed(content))}
        met |= by_rules
        if by_rules != by_schema:
            differing.append((by_rules, by_schema, content))
    assert differing == []
    # A text without a word is none of the page that is changed; the specimens have one.
    assert met == said


def test_another_program_comes_to_the_same_verdict(documents: list[bytes]) -> None:
    own = Schematron(SCHEMAS.read(SCHEMA))
    other = isoschematron.Schematron(etree.fromstring(SCHEMAS.read(SCHEMA)), store_report=True)
    for content in documents[::4]:
        root = parsed(content)
        other.validate(root)
        report = other.validation_report
        failed = [one.get("id") for one in report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")]
        assert sorted(failed) == sorted(one.identifier for one in own.failures(root))


# ------------------------------------------------------------------------------------------------- the language


def judged(body: str, document: str) -> list[Failed]:
    return list(Schematron(schema(body)).failures(etree.fromstring(document)))


def schema(body: str, binding: str = "xslt") -> bytes:
    return (
        f'<schema xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="{binding}">'
        f'<ns prefix="u" uri="urn:u"/>{body}</schema>'
    ).encode()


SAME = (
    '<pattern id="p"><rule context="b"><assert test="@x">b lacks x</assert></rule></pattern>',
    '<pattern><rule context="b[@x]"><report test="1"/></rule>'
    '<rule context="b"><assert id="n" test="0"/></rule></pattern>',
    '<pattern><rule context="/"><assert id="root" test="a/c"/></rule></pattern>',
    '<pattern><rule context="a | c"><assert id="either" test="count(*) = 2"/></rule></pattern>',
    '<let name="n" value="count(//b)"/><pattern><rule context="a/b"><assert id="let" test="$n > 2"/></rule></pattern>',
    '<pattern><let name="m" value="count(//b)"/><rule context="b"><let name="o" value="$m + 1"/>'
    '<assert id="of" test="$o = 4"/></rule></pattern>',
    '<pattern><rule abstract="true" id="r"><assert id="x" test="@x"/></rule>'
    '<rule context="b"><extends rule="r"/></rule></pattern>',
    '<pattern><rule context="b"><assert id="cur" test="count(//b[. = current()]) = 1"/></rule></pattern>',
    '<pattern><rule context="@x"><assert id="at" test=". = 2"/></rule></pattern>',
    '<pattern><rule context="*"><report id="all" test="self::b or self::u:d"/></rule></pattern>',
    '<pattern><rule context="b[contains(., \'|\')]"><report id="bar" test="true()"/></rule></pattern>',
)


@pytest.mark.parametrize("body", SAME)
def test_each_part_of_the_language_means_what_it_means_elsewhere(body: str) -> None:
    document = '<a><b x="1">one</b><b x="2">t|wo</b><b>one</b><d xmlns="urn:u"/></a>'
    other = isoschematron.Schematron(etree.fromstring(schema(body)), store_report=True)
    other.validate(etree.fromstring(document))
    report: Any = other.validation_report
    failed = [one.get("id") for one in report.iter(f"{SVRL}failed-assert", f"{SVRL}successful-report")]
    own = judged(body, document)
    assert [one or "" for one in sorted(failed, key=str)] == sorted(
        "" if one.identifier in ("p",) else one.identifier for one in own
    )


def test_an_abstract_pattern_is_filled_in() -> None:
    body = (
        '<pattern abstract="true" id="q"><rule context="$what"><assert id="t" test="$with"/></rule></pattern>'
        '<pattern is-a="q"><param name="what" value="b"/><param name="with" value="@x = 2"/></pattern>'
    )
    assert [one.identifier for one in judged(body, '<a><b x="2"/><b/></a>')] == ["t"]


PHASES = """<phase id="first"><active pattern="a"/></phase>
<pattern id="a"><rule context="b"><assert test="false()">A</assert></rule></pattern>
<pattern id="b"><rule context="b"><assert test="false()">B</assert></rule></pattern>"""


@pytest.mark.parametrize(("default", "told"), [(None, "AB"), ("#ALL", "AB"), ("first", "A")])
def test_of_a_schema_with_phases_the_patterns_of_its_default_are_applied(default: str | None, told: str) -> None:
    written = schema(PHASES)
    if default is not None:
        written = written.replace(b"<schema ", f'<schema defaultPhase="{default}" '.encode(), 1)
    failed = Schematron(written).failures(etree.fromstring("<a><b/></a>"))
    assert "".join(one.message for one in failed) == told


def test_a_default_phase_that_is_none_of_its_phases_is_refused() -> None:
    with pytest.raises(UnusableSchema, match="there is no phase second"):
        Schematron(schema(PHASES).replace(b"<schema ", b'<schema defaultPhase="second" ', 1))


def test_a_message_tells_the_values_and_a_failure_its_place() -> None:
    body = (
        '<pattern><rule context="b"><assert id="a1" role="warning" test="@x">the <name/> with'
        ' <value-of select="."/> of <value-of select="count(//b)"/> lacks x</assert></rule></pattern>'
    )
    (found,) = judged(body, '<a>\n<b x="1"/>\n<b>words</b></a>')
    assert found == Failed(3, "/a/b[2]", "a1", "the b with words of 2 lacks x", True)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ('<pattern><rule context="b"><assert test="document(\'/etc/passwd\')"/></rule></pattern>', "evaluated"),
        ('<pattern><rule context="b"><assert test="key(\'a\', 1)"/></rule></pattern>', "evaluated"),
        ('<pattern><rule context="b"><assert test="php:function(\'x\')"/></rule></pattern>', "evaluated"),
        ('<pattern><rule context="b"><assert test="re:match(., \'(a+)+$\')"/></rule></pattern>'
         '<ns prefix="re" uri="http://exslt.org/regular-expressions"/>', "evaluated"),
        ('<pattern><rule context="b"><assert test="b["/></rule></pattern>', "no XPath"),
        ('<include href="/etc/passwd"/>', "not read"),
        ('<include href="https://example.org/a.sch"/>', "not read"),
        ('<pattern><rule context="b"><extends href="other.sch#r"/></rule></pattern>', "another file"),
        ('<x:document xmlns:x="http://www.w3.org/1999/XSL/Transform" href="/tmp/x"/>', "XSLT"),
        ('<pattern><rule context="b"><assert test="1"><x:message xmlns:x="http://www.w3.org/1999/XSL/Transform"/>'
         "</assert></rule></pattern>", "XSLT"),
    ],
)  # fmt: skip
def test_what_reaches_out_of_the_document_is_refused(body: str, what: str) -> None:
    with pytest.raises(UnusableSchema, match=what):
        judged(body, "<a><b>a</b></a>")


def test_another_query_language_is_refused_by_its_name() -> None:
    with pytest.raises(UnusableSchema, match="xslt2"):
        Schematron(schema("", "xslt2"))
