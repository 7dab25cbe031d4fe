"""The law of the strict subset: whatever our grammar and our rules of TEI accept, TEI P5 itself accepts."""

from __future__ import annotations

import random
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from tests.checking import grammar_documents as documents
from tests.checking.grammar_documents import Grammar

from solander.checking.grammars.explaining import explain
from solander.checking.grammars.rng_including import whole_grammar
from solander.checking.grammars.rng_reading import Grammar as GrammarRead
from solander.checking.tei.meaning import check_tei
from solander.describing import describe
from solander.encoding import encode_tei
from solander.model.capture import Capture
from solander.profiles import SCHEMAS
from solander.reading import read_page

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
TEI = "{http://www.tei-c.org/ns/1.0}"
DOCUMENTS, MUTATIONS = 700, 500
MORE_DOCUMENTS = 4_000
"""So many more are made at most, to meet what is rare; of these only those are kept that have something new."""
SCHEMA_FOLDER = Path(__file__).parents[2] / "schemas"
PAGES = ("lighthouse.html", "teahouse.html", "reading-room.txt")

WORDS = r"[a-z][a-z0-9\-]*( [a-z][a-z0-9\-]*)*"
SAMPLES = {
    "language": ("en", "zh-Hant-TW", "x-house", "i-klingon", "de-CH-1901", "EN", " fr ", "e"),
    "NCName": ("id.{}", "é{}", "_{}", "a.b-{}", " spaced{}\n"),
    "nonNegativeInteger": ("0", "-0", "+1", "007", " 12 ", "9" * 30),
    "positiveInteger": ("1", "+1", "007", "9" * 30),
    WORDS: ("bold", "bold italic", "a-1 b-2", " bold  italic "),
    "[a-zA-Z]+": ("URI", "sha", " UUID "),
    r"[a-z][a-z0-9\-]*": ("dublin-core", "a1", " frame "),
    r"(.|\n|\r)*\S(.|\n|\r)*": ("2", "/a b/c?d", "three\nlines\r\n", "\N{NO-BREAK SPACE}x", "%", "\U0001f4da"),
    "source": ("../original/page.html#xpath(/html/body/p[1{}]/text()[2])", "../original/page.txt.gz#char=1,{}"),
    r"\S+": (
        *(
            "a/b?c#d",
            "https://example.org:80/a%20b",
            "http://[::ffff:1.2.3.4]/",
            "mailto:a@b",
            "//example.org",
            "?",
            "#",
            "x:y",
        ),
    ),
    r"[!-.0-~]+/[!-.0-~]+": ("video/mp4", "application/vnd.a+b", " audio/ogg ", "!/~"),
    r"-?[0-9]+(\.[0-9]+)?": ("0", "-1", "12.5", " 007 "),
    r"[a-z0-9+#.\-]+": ("python", "c++", "c#", " f90 "),
    r"[0-9]+px": ("10px", "0px", " 007px "),
    r"[\d]+(\.[\d]+){0,3}": ("1", "0.1.0", "1.2.3.4", "٣.١"),
    "moment": (
        *("2021", "2021-12", "2021-12-08", "2020-02-29", "0001-01-01", " 2021 ", "2021-12-08T23:59:59"),
        *("2021-12-08T00:00:00.123456789Z", "2021-12-08T10:00:00+14:00", "2021-12-08T10:00:00-12:00"),
    ),
    r"#[^\s!-,/:-@\[-\^`\{-~]+": ("#id.{}", "#post.1", "#漢字"),
    "duration": ("P2D", "PT4H18M3.5S", "-P1Y2M", " P1D "),
    "hour": ("10:00:00", "00:00:00", " 23:59:59 "),
    "doubtful": (
        *("", " ", "1a", "a:b", "%zz", "a#b#c", "mailto:", "x:#a", "http://[zz]/", "en_US", "2021-02-29", "0000"),
        *("12021-01-01", "24:00:00", "2021-12-08T10:00:00-13:30", "Bold", "a\N{NO-BREAK SPACE}b", "-1", "1.0.dev1"),
    ),
}
"""Values by the pattern or the name of a datatype; edges are among them, and what ours refuses does no harm."""

TEXTS = (
    "words ",
    "\n  ",
    "",
    "漢字",
    "a & b < c",
    "\N{NO-BREAK SPACE}",
    "\U0001f4da\ufffd\ue000",
    "]]>",
    "\t\r\n",
    "\x85",
)

OTHER_ELEMENTS = (
    "lg",
    "l",
    "note",
    "post",
    "floatingText",
    "ptr",
    "bibl",
    "closer",
    "signed",
    "byline",
    "sp",
    "div1",
    "u",
)
OTHER_ATTRIBUTES = ("resp", "cert", "when", "ana", "type", "subtype", "place", "generatedBy", "role", "ref", "key")


def grammar() -> Grammar:
    content = SCHEMAS.read("solander-tei.rng")
    patterns = {one.text for one in etree.fromstring(content).iter("{*}param")}
    (when,) = [one for one in patterns if one.startswith("[0-9]{4}(-")]
    (hour,) = [one for one in patterns if one.startswith("([01][0-9]|2[0-3]):")]
    return Grammar(content, {**SAMPLES, when: SAMPLES["moment"], hour: SAMPLES["hour"]}, TEXTS)


def made(count: int, seed: int) -> list[bytes]:
    """Documents out of the grammar itself."""
    chance, source = random.Random(seed), grammar()
    return [etree.tostring(source.document(chance), encoding="utf-8") for _ in range(count)]


def harmed(material: Path, count: int, seed: int) -> list[bytes]:
    """The TEI of our own pages, with one thing changed in each."""
    roots = [etree.fromstring(tei_of(material / name)) for name in PAGES]
    chance, source = random.Random(seed), grammar()
    elements, borne = source.names()
    names = sorted(f"{TEI}{name}" for name in (*elements, *OTHER_ELEMENTS))
    attributes = sorted({name.replace("xml:", documents.XML) for _, name in borne} | set(OTHER_ATTRIBUTES))

    def value(chance: random.Random) -> str:
        return source.sample(chance.choice(list(source.samples)), chance)

    harms = (
        *(documents.remove, documents.unwrap, documents.move, documents.move, documents.repeat, documents.swap),
        *(documents.add_text, documents.drop_attribute, documents.renaming(names), documents.renaming(names)),
        *(documents.inserting(names), documents.inserting(names), documents.wrapping(names)),
        *(documents.setting(attributes, value), documents.setting(attributes, value)),
    )
    return [
        etree.tostring(documents.harmed(chance.choice(roots), harms, chance), encoding="utf-8") for _ in range(count)
    ]


def tei_of(path: Path) -> bytes:
    media_type = "text/plain" if path.suffix == ".txt" else "text/html"
    capture = Capture.of_bytes(path.read_bytes(), uri="https://example.org/a", media_type=media_type)
    page = read_page(capture)
    return encode_tei(page, describe(page, capture), capture, at=AT).content


def accepted(content: bytes) -> bool:
    """Whether our grammar and our rules find no error."""
    return not [one for one in check_tei(content, "page.xml", SCHEMAS).findings if one.severity == "error"]


def names_in(content: bytes) -> tuple[set[str], set[tuple[str, str]]]:
    elements: set[str] = set()
    borne: set[tuple[str, str]] = set()
    one: Any
    for one in etree.fromstring(content).iter(f"{TEI}*"):
        name = one.tag.removeprefix(TEI)
        elements.add(name)
        borne.update((name, attribute.replace(documents.XML, "xml:")) for attribute in one.attrib)
    return elements, borne


def mutations(request: pytest.FixtureRequest) -> int:
    """How many documents are harmed."""
    return 5_000 if request.config.getoption("--many-mutations") else MUTATIONS


@pytest.fixture(scope="module")
def documents_of_all_kinds(request: pytest.FixtureRequest) -> list[tuple[bytes, bool]]:
    """Documents made out of the grammar, and documents harmed; each with whether it is accepted here."""
    found = [(one, accepted(one)) for one in made(DOCUMENTS, 4)]
    found += rare(found)
    return found + [
        (one, accepted(one)) for one in harmed(Path(__file__).parents[1] / "material", mutations(request), 2)
    ]


def rare(found: list[tuple[bytes, bool]]) -> list[tuple[bytes, bool]]:
    """Accepted documents that have what none of those found has, so long as something is lacking."""
    lacking = grammar().names()[1] - set[tuple[str, str]]().union(*(names_in(one)[1] for one, right in found if right))
    more: list[tuple[bytes, bool]] = []
    chance, source = random.Random(5), grammar()
    for _ in range(MORE_DOCUMENTS):
        if not any(said not in ("xml:lang", "rend") for _, said in lacking):
            break
        one = etree.tostring(source.document(chance), encoding="utf-8")
        if not lacking.isdisjoint(names_in(one)[1]) and accepted(one):
            lacking -= names_in(one)[1]
            more.append((one, True))
    return more


@pytest.fixture(scope="module")
def ours(documents_of_all_kinds: list[tuple[bytes, bool]], request: pytest.FixtureRequest) -> list[bytes]:
    """What is accepted of the documents made out of the grammar."""
    return [one for one, right in documents_of_all_kinds[: -mutations(request)] if right]


@pytest.fixture(scope="module")
def theirs(documents_of_all_kinds: list[tuple[bytes, bool]], request: pytest.FixtureRequest) -> list[bytes]:
    """What is accepted of the documents that were harmed."""
    return [one for one, right in documents_of_all_kinds[-mutations(request) :] if right]


@pytest.fixture(scope="module")
def files(documents_of_all_kinds: list[tuple[bytes, bool]], tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The documents as files, in their order."""
    folder = tmp_path_factory.mktemp("documents")
    found = []
    for number, (content, _) in enumerate(documents_of_all_kinds):
        found.append(folder / f"{number:05}.xml")
        found[-1].write_bytes(content)
    return found


@pytest.fixture(scope="module")
def refused_by_ours(files: list[Path], jing: str) -> dict[str, int]:
    """What jing refuses by our grammar, ids set aside; asked once."""
    return by_jing(jing, SCHEMA_FOLDER / "solander-tei.rng", files, ids=False)


def test_the_documents_meet_every_element_and_every_attribute_of_the_grammar(ours: list[bytes]) -> None:
    assert len(ours) > DOCUMENTS * 0.18
    elements, borne = grammar().names()
    met_elements, met_borne = set[str](), set[tuple[str, str]]()
    for one in ours:
        some_elements, some_borne = names_in(one)
        met_elements |= some_elements
        met_borne |= some_borne
    assert elements - met_elements == set()
    # The language of a mark may stand on each of thirty elements: some of them are not met in so few documents.
    assert {(name, said) for name, said in borne - met_borne if said not in ("xml:lang", "rend")} == set()


def test_some_harms_are_accepted_and_some_are_not(theirs: list[bytes]) -> None:
    assert DOCUMENTS * 0.15 < len(theirs) < DOCUMENTS * 0.85


def test_whatever_is_accepted_is_valid_tei(
    documents_of_all_kinds: list[tuple[bytes, bool]], files: list[Path], shared: Path, jing: str
) -> None:
    # Ids are judged too here, as a processor of TEI does.
    refused = by_jing(jing, shared / "oracles" / "tei" / "tei_all-4.12.0.rng", files)
    right = {file.name for file, (_, is_right) in zip(files, documents_of_all_kinds, strict=True) if is_right}
    assert right & set(refused) == set()


@pytest.mark.parametrize("which", ["ours", "all of TEI"])
def test_what_is_explained_is_what_jing_refuses_and_the_first_line_is_the_same(
    which: str, files: list[Path], jing: str, shared: Path, refused_by_ours: dict[str, int]
) -> None:
    own, all_of_tei = SCHEMA_FOLDER / "solander-tei.rng", shared / "oracles" / "tei" / "tei_all-4.12.0.rng"
    schema = own if which == "ours" else all_of_tei
    if which != "ours":
        files = files[::3]
    refused = refused_by_ours if which == "ours" else by_jing(jing, schema, files, ids=False)
    grammar = GrammarRead(whole_grammar(schema.read_bytes(), alone))
    differing = {}
    for file in files:
        first = next(explain(grammar, file.read_bytes()), None)
        if (first.line if first else None) != refused.get(file.name):
            differing[file.name] = (first, refused.get(file.name))
    assert differing == {}
    assert len(files) * 0.2 < len(refused) < len(files) * 0.8


def test_the_compact_grammar_is_the_same_as_the_other(
    files: list[Path], jing: str, refused_by_ours: dict[str, int]
) -> None:
    assert by_jing(jing, SCHEMA_FOLDER / "solander-tei.rnc", files, ids=False) == refused_by_ours


def by_jing(jing: str, schema: Path, files: list[Path], *, ids: bool = True) -> dict[str, int]:
    """The line of the first fault in each file that jing refuses, by name; it is called once."""
    # A file that cannot be valid, put last: if it is named, every file before it was reached.
    witness = files[0].with_name("zzz-witness.xml")
    witness.write_text("<none/>")
    options = [*(() if ids else ("-i",)), *(("-c",) if schema.suffix == ".rnc" else ())]
    run = [jing, *options, str(schema), *map(str, (*files, witness))]
    found: dict[str, int] = {}
    for line in subprocess.run(run, capture_output=True, text=True, check=False).stdout.splitlines():
        place = re.match(r"(.*?):([0-9]+):[0-9]+: (?:error|fatal): ", line)
        if place:
            found.setdefault(Path(place[1]).name, int(place[2]))
    assert found.pop("zzz-witness.xml")
    return found


def alone(name: str) -> bytes:
    raise AssertionError(f"{name} is not to be asked for")
