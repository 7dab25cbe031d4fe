"""PRM0xx rules: each trips on its specimen and on nothing else; what we accept and what we write is PREMIS."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.checking import grammar_documents as documents
from tests.checking.grammar_documents import Grammar

from solander.checking.records.provenance import BAG_RULES, RULES, Surroundings, check_provenance
from solander.encoding.premis import PremisObject, encode_premis
from solander.model.finding import Finding
from solander.model.fixity import digest
from solander.model.provenance import Agent, Event
from solander.profiles import SCHEMAS

FAULTS = Path(__file__).parents[1] / "faults"
SPECIMENS = sorted(path.parent for path in FAULTS.glob("PRM0*/premis.xml"))
PREMIS = "{http://www.loc.gov/premis/v3}"
OF_WHOLE_BAGS = {"PRM016"}
"""Rules whose specimens are whole bags: ``test_false_bags.py``."""
WHOLE = "urn:uuid:00000000-0000-5000-8000-000000000000"
AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
SOLANDER = Agent("solander", "0.1.0")
PAGE, TEXT = digest(b"page"), digest(b"tei")
BAG = Surroundings(
    files=("bagit.txt", "data/original/page.html", "data/tei/page.xml"),
    digests={PAGE.algorithm: {"data/original/page.html": PAGE.value, "data/tei/page.xml": TEXT.value}},
)

SAMPLES = {
    "token": ("a", "data/a b", " x ", "é", "two\nlines", "%", '"<&>', "UUID", "bag path"),
    "[0-9a-f]{32,128}": ("0" * 32, "f" * 128, f" {'a' * 64} "),
    "(x-)?fmt/[0-9]+": ("fmt/96", " x-fmt/111 "),
    "[0-9]{1,18}": ("0", "12", " 5 ", "007", "9" * 18),
    "dateTime": ("2021-12-08T10:00:00Z", "2021-12-08T10:00:00", " 2021-12-08T10:00:00+14:00 ", "-0044-03-15T12:00:00"),
    "doubtful": ("", " ", "XXXX", "2021", "file", "representation", "3.0", "2.0", "-1", "9" * 30, "1.5"),
}
OTHERS = ("rights", "compositionLevel", "originalName", "storage", "agentNote", "significantProperties")
ATTRIBUTES = (
    "version",
    "xmlID",
    "authority",
    *(f"{{http://www.w3.org/2001/XMLSchema-instance}}{a}" for a in ("type", "nil")),
)


def written(
    *,
    agent: Agent = SOLANDER,
    kinds: tuple[str, ...] = ("normalization", "metadata extraction"),
    detail: str = "",
    at: datetime | None = AT,
    name: str = "data/original/page.html",
) -> bytes:
    return encode_premis(
        identifier=WHOLE,
        objects=[
            PremisObject(name, "text/html", 4, (PAGE,)),
            PremisObject("data/tei/page.xml", "application/tei+xml", 3, (TEXT,)),
        ],
        events=[
            Event(kind=kind, at=at, agent=agent, outcome="success", detail=detail, used=(name,), made=(WHOLE,))
            for kind in kinds
        ],
    ).content


def judge(content: bytes, bag: Surroundings | None = BAG) -> list[Finding]:
    return check_provenance(content, "metadata/premis.xml", SCHEMAS, bag).findings


def codes(content: bytes, bag: Surroundings | None = BAG) -> set[str]:
    return {one.code for one in judge(content, bag)}


# --------------------------------------------------------------------------------------------------- the rules' own


@pytest.mark.parametrize("specimen", SPECIMENS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other(specimen: Path) -> None:
    bag = Surroundings(**json.loads((specimen / "bag.json").read_bytes()))
    found = judge((specimen / "premis.xml").read_bytes(), bag)
    assert {f"{one.code}-{one.name}" for one in found} == {specimen.name}
    assert len(found) == 1


def test_every_rule_has_a_specimen() -> None:
    assert {path.name[:6] for path in SPECIMENS} == {check.rule.code for check in RULES} - OF_WHOLE_BAGS - {"PRM020"}


def test_without_a_bag_its_rules_do_not_run() -> None:
    of_bags = {check.rule.code for check in BAG_RULES}
    theirs = [one for one in SPECIMENS if one.name[:6] in of_bags]
    assert theirs
    for specimen in theirs:
        assert judge((specimen / "premis.xml").read_bytes(), None) == []


# ------------------------------------------------------------------------------------------------ what is accepted


@pytest.mark.parametrize("at", [AT, None])
def test_what_is_written_has_no_finding(at: datetime | None) -> None:
    assert judge(written(at=at)) == []


def test_an_identifier_is_its_type_and_its_value() -> None:
    content = written()
    other = content.replace(b"IdentifierType>bag path<", b"IdentifierType>UUID<", 1)
    assert codes(other) == {"PRM005", "PRM009"}
    for link in (b"linkingAgentIdentifierType>", b"linkingObjectIdentifierType>", b"relatedObjectIdentifierType>"):
        start = content.index(b"<" + link) + len(link) + 1
        end = content.index(b"<", start)
        harm = content[:start] + b"another" + content[end:]
        assert codes(harm) == {"PRM004" if b"Agent" in link else "PRM005"}


def test_one_name_for_an_object_and_an_event_is_no_repetition() -> None:
    record = written()
    first, second = re.findall(rb"<eventIdentifierValue>([^<]+)<", record)
    assert codes(record.replace(first, b"data/original/page.html")) == set()
    assert codes(record.replace(second, first)) == {"PRM006"}


def test_a_file_is_part_of_an_object_that_is_described() -> None:
    content = written().replace(WHOLE.encode(), b"urn:uuid:another", 1)
    assert codes(content) == {"PRM005"}


def test_each_missing_event_is_named() -> None:
    found = judge(written(kinds=("validation",)))
    assert [one.code for one in found] == ["PRM003", "PRM003"]
    assert judge(written(kinds=("normalization", "validation", "metadata extraction"))) == []


def test_white_space_and_remarks_change_no_name() -> None:
    content = written()
    spaced = content.replace(b">data/original/page.html<", b">\n  data/original/<!-- the page -->page.html <")
    spaced = spaced.replace(b">normalization<", b"> normalization <").replace(
        PAGE.value.encode(), f" {PAGE.value}\n".encode()
    )
    assert spaced != content
    assert codes(spaced) == set()


def test_a_digest_is_compared_by_each_algorithm_that_both_have() -> None:
    for digests, found in (
        ({}, set()),
        ({"sha256": {"data/original/page.html": "0" * 64}}, set()),
        ({PAGE.algorithm: {"data/original/page.html": PAGE.value.upper()}}, set()),
        ({PAGE.algorithm: {"data/original/page.html": TEXT.value}}, {"PRM008"}),
    ):
        assert codes(written(), BAG._replace(digests=digests)) == found


def test_only_the_payload_needs_to_be_recorded() -> None:
    assert codes(written(), BAG._replace(files=(*BAG.files, "metadata/dc.xml", "README.txt"))) == set()
    assert codes(written(), BAG._replace(files=(*BAG.files, "data/late.txt"))) == {"PRM009"}


def test_a_finding_shows_both_digests_at_their_line() -> None:
    content = written()
    (found,) = judge(content, BAG._replace(digests={PAGE.algorithm: {"data/original/page.html": TEXT.value}}))
    assert (found.expected, found.found) == (TEXT.value, PAGE.value)
    assert found.place.line is not None
    assert b"<fixity>" in content.splitlines()[found.place.line - 1]


# --------------------------------------------------------------------------------------------------------- grammar


@pytest.mark.parametrize("content", [b"", b"<premis>", b"text", b"<a>" * 10_000])
def test_what_is_no_xml_is_told_so_and_nothing_else(content: bytes) -> None:
    assert codes(content) == {"PRM001"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'version="3.0"', b'version="2.2"'),
        (b' version="3.0"', b""),
        (b'xsi:type="file"', b'xsi:type="representation"'),
        (b'xsi:type="file"', b""),
        (b"<size>4<", b"<size>-4<"),
        (b"<size>4<", b"<size>4.0<"),
        (b"<size>4<", b"<size>9223372036854775808<"),
        (b">2026-01-02T03:04:05Z<", b">yesterday<"),
        (b">2026-01-02T03:04:05Z<", b">2026-02-30T03:04:05Z<"),
        (b"<eventOutcome>success<", b"<eventOutcome>splendid<"),
        (b"<agentType>software<", b"<agentType>demon<"),
        (PAGE.value.encode(), PAGE.value.upper().encode()),
        (PAGE.value.encode(), b""),
        (b"http://www.loc.gov/premis/v3", b"info:lc/xmlns/premis-v2"),
    ],
)
def test_what_breaks_the_grammar_is_found(old: bytes, new: bytes) -> None:
    content = written()
    assert old in content
    assert "PRM002" in codes(content.replace(old, new))


def test_a_type_whose_prefix_means_nothing_is_found() -> None:
    content = written().replace(b"<premis xmlns=", b"<p:premis xmlns:p=").replace(b"</premis>", b"</p:premis>")
    for name in {one.tag.removeprefix(PREMIS) for one in etree.fromstring(content).iter()} - {"premis"}:
        content = content.replace(f"<{name}>".encode(), f"<p:{name}>".encode())
        content = content.replace(f"<{name} ".encode(), f"<p:{name} ".encode())
        content = content.replace(f"</{name}>".encode(), f"</p:{name}>".encode())
    assert etree.fromstring(content).tag == f"{PREMIS}premis"
    assert codes(content) == {"PRM002"}


# ------------------------------------------------------------------------------------- what PREMIS itself accepts


@pytest.fixture(scope="module")
def official(shared: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(shared / "oracles" / "premis" / "premis-v3-0.xsd"))


def accepted(root: Any) -> bool:
    findings = check_provenance(etree.tostring(root), "premis.xml", SCHEMAS).findings
    return not [one for one in findings if one.code in ("PRM001", "PRM002")]


def grammar() -> Grammar:
    return Grammar(SCHEMAS.read("solander-premis.rng"), SAMPLES, ("", "words", "\n"), {None: PREMIS[1:-1]})


def test_whatever_the_grammar_makes_is_premis(official: etree.XMLSchema) -> None:
    chance, source = random.Random(3), grammar()
    made = [etree.fromstring(etree.tostring(source.document(chance))) for _ in range(300)]
    ours = [one for one in made if accepted(one)]
    assert len(ours) > 150
    met = {one.tag.removeprefix(PREMIS) for root in ours for one in root.iter()}
    assert met == source.names()[0]
    for one in ours:
        assert official.validate(one), official.error_log


def test_whatever_is_accepted_of_a_harmed_record_is_premis(official: etree.XMLSchema) -> None:
    chance, source = random.Random(4), grammar()
    names = sorted(f"{PREMIS}{name}" for name in (*source.names()[0], *OTHERS))

    def value(chance: random.Random) -> str:
        return source.sample(chance.choice(list(SAMPLES)), chance)

    harms = (
        *(documents.remove, documents.unwrap, documents.move, documents.repeat, documents.swap, documents.add_text),
        *(documents.drop_attribute, documents.renaming(names), documents.inserting(names), documents.wrapping(names)),
        documents.setting(ATTRIBUTES, value),
    )
    whole = etree.fromstring(written(detail="A detail."))
    harmed = [documents.harmed(whole, harms, chance) for _ in range(600)]
    ours = [one for one in harmed if accepted(one)]
    assert 30 < len(ours) < 500
    for one in ours:
        assert official.validate(one), official.error_log


WRITABLE = st.text(min_size=1, max_size=20).filter(lambda text: bool(text.strip()))


@given(detail=st.text(max_size=40), agent=WRITABLE, name=WRITABLE, at=st.sampled_from([AT, None]))
def test_whatever_words_are_written_they_are_premis(detail: str, agent: str, name: str, at: datetime | None) -> None:
    content = written(detail=detail, agent=Agent(agent, None, "person"), name=name, at=at)
    assert codes(content, None) == set()


def test_what_is_written_is_premis(official: etree.XMLSchema) -> None:
    for content in (written(), written(at=None, detail="<&>"), written(agent=Agent("A. Keeper", None, "person"))):
        assert official.validate(etree.fromstring(content)), official.error_log
    assert not official.validate(etree.fromstring(written().replace(b"<agentName>solander</agentName>", b"<name/>")))


@pytest.mark.parametrize(
    ("kind", "key", "found"),
    [
        ("text/html", "fmt/96", set()),
        ("text/html", "fmt/471", set()),
        ("text/html", "fmt/18", {"PRM023"}),
        ("text/plain", "x-fmt/111", set()),
        ("image/png", "fmt/18", set()),
    ],
)
def test_a_key_of_pronom_is_one_of_its_format_where_that_is_known(kind: str, key: str, found: set[str]) -> None:
    content = written().replace(b"<formatName>text/html<", f"<formatName>{kind}<".encode())
    assert codes(content.replace(b">fmt/96<", f">{key}<".encode())) == found


def test_a_size_is_compared_where_the_file_is_there() -> None:
    assert codes(written(), BAG._replace(sizes={"data/original/page.html": 4})) == set()
    assert codes(written(), BAG._replace(sizes={"data/original/page.html": 5})) == {"PRM022"}
