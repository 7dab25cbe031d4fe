"""Schemas that the user gives judge what they are given for, reach nothing else, and come to an end."""

from __future__ import annotations

import json
import socket
import subprocess
from pathlib import Path

import pytest
from tests.checking.test_tei_grammar import by_jing, harmed, made
from tests.forked import SOLANDER, run_forked

import solander
from solander.errors import ProfileError, UsageError
from solander.files.talking import NoAnswer, Talker
from solander.model.finding import Report
from solander.pipeline import GivenSchemas
from solander.pipeline.judgement import given_schemas

RNG = 'xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'
XSD = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
SCH = 'xmlns="http://purl.oclc.org/dsdl/schematron" queryBinding="xslt"'
NOTE = f'<element name="note" {RNG}><attribute name="on"><data type="date"/></attribute><text/></element>'
ARCHIVE = Path(__file__).parents[1] / "archive"
SCHEMAS = Path(__file__).parents[1] / "schemas"


def judge(folder: Path, schema: str | dict[str, str], document: str, engine: str = "solander") -> Report:
    """The first of several schemas is the one that is given; the others lie beside it."""
    files = schema if isinstance(schema, dict) else {"given.rng": schema}
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8")
    (folder / "note.xml").write_text(document, encoding="utf-8")
    with GivenSchemas([folder / next(iter(files))], engine) as given:
        return solander.validate(folder / "note.xml", schemas=given)


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return run_forked(SOLANDER, "validate", *arguments)


# -------------------------------------------------------------------------------------------------------- verdicts


def test_a_document_is_judged_with_datatypes_and_the_report_names_the_schema(tmp_path: Path) -> None:
    assert judge(tmp_path, NOTE, '<note on="2024-02-29">a</note>').passed
    report = judge(tmp_path, NOTE, '\n <note on="2023-02-29">a</note>')
    (found,) = report.findings
    assert (found.code, found.place.line, found.place.column) == ("TEI120", 2, 2)
    assert found.message == "given.rng: @on=“2023-02-29” of <note>; allowed here: date"
    (schema,) = report.schemas
    assert schema.name == "given.rng"
    assert len(schema.sha256) == 64
    assert schema.engine == f"solander {solander.__version__}"


def test_each_kind_of_schema_says_its_own(tmp_path: Path) -> None:
    xsd = f'<xs:schema {XSD}><xs:element name="note" type="xs:date"/></xs:schema>'
    sch = (
        f'<schema {SCH}><pattern><rule context="note"><assert id="long" test="string-length(.) > 3">short</assert>'
        '<report role="info" test="@on">dated</report></rule></pattern></schema>'
    )
    assert [one.code for one in judge(tmp_path, {"a.xsd": xsd}, "<note>soon</note>").findings] == ["TEI120"]
    assert judge(tmp_path, {"a.xsd": xsd}, "<note>2024-01-01</note>").passed
    report = judge(tmp_path, {"a.sch": sch}, '<note on="1">a</note>')
    assert [(one.code, one.message) for one in report.findings] == [
        ("TEI121", "a.sch: long: short"),
        ("TEI122", "a.sch: dated"),
    ]


def test_what_a_schema_includes_lies_beside_it(tmp_path: Path) -> None:
    grammar = f'<grammar {RNG}><include href="words.rng"/><start><ref name="note"/></start></grammar>'
    words = (
        f'<grammar {RNG}><define name="note"><element name="note"><data type="integer"/></element></define></grammar>'
    )
    assert judge(tmp_path, {"a.rng": grammar, "words.rng": words}, "<note>3</note>").passed
    assert not judge(tmp_path, {"a.rng": grammar, "words.rng": words}, "<note>three</note>").passed
    xsd = f'<xs:schema {XSD}><xs:include schemaLocation="b.xsd"/><xs:element name="note" type="n"/></xs:schema>'
    other = f'<xs:schema {XSD}><xs:simpleType name="n"><xs:restriction base="xs:integer"/></xs:simpleType></xs:schema>'
    assert judge(tmp_path, {"a.xsd": xsd, "b.xsd": other}, "<note>3</note>").passed
    assert not judge(tmp_path, {"a.xsd": xsd, "b.xsd": other}, "<note>three</note>").passed


def test_a_grammar_defines_anew_what_it_includes(tmp_path: Path) -> None:
    grammar = (
        f'<grammar {RNG}><include href="b.rng"><define name="what"><value>new</value></define></include></grammar>'
    )
    words = (
        f'<grammar {RNG}><start><element name="note"><ref name="what"/></element></start>'
        '<define name="what"><value>old</value></define></grammar>'
    )
    assert judge(tmp_path, {"a.rng": grammar, "b.rng": words}, "<note>new</note>").passed
    assert not judge(tmp_path, {"a.rng": grammar, "b.rng": words}, "<note>old</note>").passed


def test_what_is_not_checked_is_said(tmp_path: Path) -> None:
    strange = f'<element name="note" {RNG}><data type="token" datatypeLibrary="urn:other"/></element>'
    report = judge(tmp_path, strange, "<note>a</note>")
    assert report.findings == ()
    assert "not checked by this engine" in report.unchecked[0]
    assert not report.passed


def test_all_of_tei_judges_as_jing_does(shared: Path, jing: str, tmp_path: Path) -> None:
    schema = shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    contents = [*made(40, 21), *harmed(Path(__file__).parent / "material", 60, 22)]
    files = [tmp_path / f"{number:03}.xml" for number in range(len(contents))]
    for file, content in zip(files, contents, strict=True):
        file.write_bytes(content)
    refused = by_jing(jing, schema, files, ids=False)
    with GivenSchemas([schema]) as given:
        found = {
            file.name: report.findings[0].place.line
            for file in files
            if (report := given.judge_document(file.read_bytes(), file.name)).findings
        }
    assert found == refused


def test_jing_judges_where_it_is_asked_for(jing: str, tmp_path: Path) -> None:
    assert judge(tmp_path, NOTE, '<note on="2024-02-29">a</note>', "jing").passed
    report = judge(tmp_path, NOTE, '\n<note on="2023-02-29">a</note>', "jing")
    assert [(one.code, one.place.line) for one in report.findings] == [("TEI120", 2)]
    assert report.schemas[0].engine == "jing"
    compact = 'element note { attribute on { "1" }, text }'
    assert judge(tmp_path, {"a.rnc": compact}, '<note on="1"/>', "jing").passed
    assert not judge(tmp_path, {"a.rnc": compact}, '<note on="2"/>', "jing").passed
    with pytest.raises(ProfileError, match="only files beside it"):
        judge(tmp_path, {"a.rnc": 'external "/etc/passwd"'}, "<note/>", "jing")
    include = '<note xmlns:x="http://www.w3.org/2001/XInclude" on="2024-01-01"><x:include href="/etc/passwd"/></note>'
    assert "would read what they call for" in judge(tmp_path, NOTE, include, "jing").unchecked[0]


def test_where_jing_is_not_installed_one_line_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="apt-get install jing"):
        judge(tmp_path, NOTE, "<note/>", "jing")


def test_the_tei_of_a_bag_is_judged_and_a_bag_without_tei_is_not_called_valid(tmp_path: Path) -> None:
    bag = next(ARCHIVE.glob("2024*"))
    with GivenSchemas([SCHEMAS / "solander-tei.sch", SCHEMAS / "solander-tei.rng"]) as given:
        assert solander.validate(bag, schemas=given).passed
    (tmp_path / "no.rng").write_text(NOTE)
    with GivenSchemas([tmp_path / "no.rng"]) as given:
        report = solander.validate(bag, schemas=given)
    assert [one.place.path.endswith("data/tei/page.xml") for one in report.findings] == [True]
    (tmp_path / "plain").mkdir()
    solander.make_bag(tmp_path / "no.rng", into=tmp_path / "plain")
    (plain,) = (tmp_path / "plain").iterdir()
    with GivenSchemas([tmp_path / "no.rng"]) as given:
        assert "it has no data/tei/page.xml" in solander.validate(plain, schemas=given).unchecked[0]


def test_the_command_line_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "a.rng").write_text(NOTE)
    (tmp_path / "note.xml").write_text('<note on="soon"/>')
    ran = run(tmp_path / "note.xml", "--schema", tmp_path / "a.rng")
    assert ran.returncode == 1
    assert "TEI120 given-schema-broken  a.rng: @on=“soon” of <note>; allowed here: date" in ran.stdout
    said = json.loads(run(tmp_path / "note.xml", "--schema", tmp_path / "a.rng", "--json").stdout)
    assert said["schemas"][0]["name"] == "a.rng"
    (tmp_path / "bad.rng").write_text("<grammar/>")
    ran = run(tmp_path / "note.xml", "--schema", tmp_path / "bad.rng")
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert run(tmp_path / "note.xml", "--engine", "jing").returncode == 2


# ------------------------------------------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("a.rng", "<element"),
        ("a.rng", f'<!DOCTYPE a [<!ENTITY x SYSTEM "/etc/passwd">]><element name="a" {RNG}><text/></element>'),
        ("a.rng", f'<grammar {RNG}><include href="/etc/passwd"/></grammar>'),
        ("a.rng", f'<grammar {RNG}><include href="../b.rng"/></grammar>'),
        ("a.rng", f'<grammar {RNG}><include href="https://example.org/b.rng"/></grammar>'),
        ("a.rng", f'<grammar {RNG}><include href="a.rng"/></grammar>'),
        ("a.rng", f'<externalRef {RNG} href="file:///etc/passwd"/>'),
        ("a.rng", f'<grammar {RNG}><include href="missing.rng"/></grammar>'),
        ("a.rng", f'<grammar {RNG}><start><ref name="a"/></start><define name="a"><ref name="a"/></define></grammar>'),
        ("a.rng", f'<grammar {RNG}><start><ref name="a"/></start></grammar>'),
        ("a.rng", f"<element name='a' {RNG}>{'<group>' * 9_000}<empty/>{'</group>' * 9_000}</element>"),
        ("a.xsd", f'<xs:schema {XSD}><xs:include schemaLocation="/etc/passwd"/></xs:schema>'),
        ("a.xsd", f'<xs:schema {XSD}><xs:import schemaLocation="https://e.org/b.xsd" namespace="u"/></xs:schema>'),
        ("a.xsd", f'<xs:schema {XSD}><xs:include schemaLocation="../../b.xsd"/></xs:schema>'),
        ("a.xsd", f'<xs:schema {XSD}><xs:element name="a" type="none"/></xs:schema>'),
        ("a.sch", f'<schema {SCH}><include href="b.sch"/></schema>'),
        ("a.txt", "text"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_refused_in_one_line(name: str, schema: str, tmp_path: Path) -> None:
    with pytest.raises(ProfileError) as refused:
        judge(tmp_path, {name: schema}, "<a/>")
    assert "\n" not in str(refused.value)
    assert "root:" not in str(refused.value)


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
ANYTHING = (
    f'<grammar {RNG}><start><ref name="x"/></start><define name="x"><element><anyName/>'
    "<zeroOrMore><attribute><anyName/></attribute></zeroOrMore>"
    '<zeroOrMore><choice><text/><ref name="x"/></choice></zeroOrMore></element></define></grammar>'
)


@pytest.mark.parametrize(
    ("document", "verdict"),
    [
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "unchecked"),
        (f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><a>&a11;</a>', "refused"),
        ('<!DOCTYPE a SYSTEM "https://example.org/a.dtd"><a/>', "unchecked"),
        ('<a xmlns:x="http://www.w3.org/2001/XInclude"><x:include href="/etc/passwd" parse="text"/></a>', "valid"),
        (f"<a>{'x' * 11_000_000}</a>", "refused"),
        ("<a>" * 10_000 + "</a>" * 10_000, "refused"),
        ("<a " + " ".join(f"b{n}=''" for n in range(20_000)) + "/>", "valid"),
    ],
    ids=["external entity", "billion laughs", "external DTD", "XInclude", "huge text", "10,000 deep", "attributes"],
)
@pytest.mark.parametrize("kind", ["rng", "xsd", "sch"])
def test_what_a_document_may_try_is_refused_or_harmless(kind: str, document: str, verdict: str, tmp_path: Path) -> None:
    schema = {
        "rng": ANYTHING,
        "xsd": f'<xs:schema {XSD}><xs:element name="a" type="xs:anyType"/></xs:schema>',
        "sch": f'<schema {SCH}><pattern><rule context="a"><assert test="not(contains(., \'root:\'))">read</assert>'
        "</rule></pattern></schema>",
    }[kind]
    report = judge(tmp_path, {f"a.{kind}": schema}, document)
    assert "root:" not in str(report)
    if verdict == "valid":
        assert report.passed
    else:
        assert not report.passed
        assert bool(report.unchecked) == (verdict == "unchecked") or verdict == "refused"


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("a.sch", f"<schema {SCH}><pattern><rule context='a'><report test=\"contains(document('PLACE'), 'secret')\"/>"
         "<report test='true()'><value-of select=\"document('PLACE')\"/></report></rule></pattern></schema>"),
        ("a.sch", f"<schema {SCH}><pattern><let name='x' value=\"unparsed-text('PLACE')\"/><rule context='a'>"
         "<report test='true()'><value-of select='$x'/></report></rule></pattern></schema>"),
        ("a.sch", f"<schema {SCH} xmlns:xsl='http://www.w3.org/1999/XSL/Transform'><xsl:include href='PLACE'/>"
         "<pattern><rule context='a'><report test='true()'>here</report></rule></pattern></schema>"),
        ("a.sch", f"<schema {SCH} xmlns:e='http://exslt.org/common'><ns prefix='e' uri='http://exslt.org/common'/>"
         "<pattern><rule context='a'><report test='true()'><e:document href='PLACE'/></report></rule></pattern>"
         "</schema>"),
        ("a.sch", f"<schema {SCH}><pattern>{'<rule>' * 10_000}{'</rule>' * 10_000}</pattern></schema>"),
        ("a.sch", f"<schema {SCH}><title>{'x' * 11_000_000}</title></schema>"),
        ("a.rng", f'<!DOCTYPE a SYSTEM "PLACE"><element name="a" {RNG}><text/></element>'),
        ("a.rng", f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><element name="a" {RNG}><value>&a11;</value></element>'),
        ("a.rng", f'<grammar {RNG}><x:include xmlns:x="http://www.w3.org/2001/XInclude" href="PLACE" parse="text"/>'
         '<start><element name="a"><text/></element></start></grammar>'),
        ("a.xsd", f'<!DOCTYPE a [<!ENTITY x SYSTEM "PLACE">]><xs:schema {XSD}><xs:element name="a"/>&x;</xs:schema>'),
        ("a.xsd", f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]><xs:schema {XSD}><xs:element name="a"/>&a11;</xs:schema>'),
        ("a.xsd", f'<xs:schema {XSD}><xs:redefine schemaLocation="PLACE"/><xs:element name="a"/></xs:schema>'),
        ("a.xsd", f"<xs:schema {XSD}>{'<xs:annotation>' * 10_000}{'</xs:annotation>' * 10_000}</xs:schema>"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["a file", "the network"])
def test_what_a_schema_may_try_is_refused_or_harmless(name: str, schema: str, place: str, tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret.xml").write_text("<secret>0f9e-kept-outside</secret>")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}/secret.xml"
        where = address if place == "the network" else (tmp_path / "outside" / "secret.xml").as_uri()
        (tmp_path / "in").mkdir()
        try:
            said = str(judge(tmp_path / "in", {name: schema.replace("PLACE", where)}, "<a/>"))
        except ProfileError as refused:
            said = str(refused)
            assert "\n" not in said
        assert "kept-outside" not in said
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_an_expression_that_cannot_be_evaluated_is_told_in_our_words(tmp_path: Path) -> None:
    for wrong, why in (
        ("document('a')", "calls a function"),
        ("$a", "names a variable"),
        ("a[", "not written as XPath"),
    ):
        rule = f"<rule context='a'><assert test=\"{wrong}\">so</assert></rule>"
        try:
            said = str(
                judge(tmp_path, {"a.sch": f"<schema {SCH}><pattern>{rule}</pattern></schema>"}, "<a/>").unchecked
            )
        except ProfileError as refused:
            said = str(refused)
        assert why in said
        assert "<string>" not in said


def test_a_judgement_without_end_is_ended_and_the_next_document_is_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(given_schemas, "PATIENCE_SECONDS", 5.0)
    endless = "count(//*[count(//*[count(//*[count(//*[. = current()]) > 0]) > 0]) > 0])"
    rule = f'<rule context="b"><assert test="{endless.replace(">", "&gt;")}"/></rule>'
    (tmp_path / "a.sch").write_text(f"<schema {SCH}><pattern>{rule}</pattern></schema>")
    with GivenSchemas([tmp_path / "a.sch"]) as given:
        report = given.judge_document(b"<b>" + b"<c>words</c>" * 3000 + b"</b>", "long.xml")
        assert report.unchecked == ("long.xml: not checked by a.sch: it had come to no end after 5 seconds",)
        assert given.judge_document(b"<c/>", "short.xml").passed


def test_a_process_that_ends_or_is_not_there_is_told_so() -> None:
    talker = Talker("solander.no_such_module")
    with pytest.raises(NoAnswer, match="without a word"):
        talker.ask(b"{}", 10)
    talker.close()
