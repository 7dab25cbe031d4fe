"""Every rule has one specimen under its own name, and no specimen is left of a rule that is no more."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

import solander
from solander.capturing.file import read_capture
from solander.capturing.mhtml import read_mhtml
from solander.checking.bags.archive_versions import Version, check_versions
from solander.checking.bags.audit import Compared, check_audited
from solander.checking.bags.deposit import Deposited, Intended, check_deposited, check_intended
from solander.checking.bags.every_rule import check_bag
from solander.checking.captures.understanding import check_capture
from solander.checking.opened.view import REDERIVED_RULES, check_view
from solander.checking.pages.every_word import check_page, check_words
from solander.checking.records import rederivation
from solander.checking.records.dublin_core import check_record
from solander.checking.records.provenance import Surroundings
from solander.encoding.receipt import parse_receipt
from solander.encoding.statements import parse_statements
from solander.files.folder import Folder
from solander.model.capture import Capture
from solander.model.deposit import Access, Gap
from solander.model.description import Description, Evidence, Statement
from solander.model.finding import Finding
from solander.packing import parse_bag
from solander.pipeline import GivenSchemas
from solander.pipeline.bags.profile_judging import judge_by_profile, judge_profile_itself
from solander.pipeline.bags.profiles import load_bag_profile
from solander.pipeline.judgement.rulebook import rules
from solander.pipeline.pages.judging import (
    judge_access_copy,
    judge_description,
    judge_json,
    judge_provenance,
    judge_tei,
)
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures
from solander.pipeline.subject import Subject
from solander.profiles import SCHEMAS
from solander.reading import read_page

FAULTS = Path(__file__).parents[1] / "faults"
CHECKING = Path(__file__).parents[2] / "src" / "solander" / "checking"
FOLDERS = sorted(path for path in FAULTS.iterdir() if path.is_dir())
MADE_IN_A_TEST = {
    "BAG017": "git keeps no link that leads out of the bag",
    "BAG018": "git keeps no pipe",
    "BAG025": "git keeps no file that nobody may read",
    "BAG037": "some file systems hold no two names that differ in capitals only",
    "BAG038": "some file systems bring names into another normal form",
    "BAG046": "not every file system has links",
    "BAG049": "Windows holds no such name",
    "BAG050": "Windows holds no such name",
    "BAG051": "an editor or a diff would show it as another name",
    "BAG052": "Windows holds no such name",
    "BAG053": "Windows holds no such name",
    "BAG057": "git keeps no empty folder",
    "BAG090": "no file changes while git keeps it",
    "BAG091": "a file that is larger than all are is not right by Payload-Oxum either: BAG015 speaks too",
    "BAG092": "it is a bag without a fault, and bagit must be asked about it",
    "BAG093": "bagit must be asked about it",
    **{f"COL{number:03}": "a bag of many pages is harmed best where it is made" for number in range(1, 11)},
    **{f"BAG{number:03}": "an archive file is read best where it is made" for number in range(70, 80)},
}
"""Specimens that no folder can hold, and why; the files of ``MAKING`` make them."""

MAKING = ("bag", "bag_links", "bag_names", "bag_harmed", "bag_serialised", "bag_opinion", "collection")


def test_each_rule_has_one_specimen_under_its_present_name() -> None:
    wanted = {f"{rule.code}-{rule.name}" for rule in rules() if rule.code not in MADE_IN_A_TEST}
    assert wanted == {path.name for path in FOLDERS}


def test_what_a_test_makes_is_a_rule_and_is_made() -> None:
    assert set(MADE_IN_A_TEST) <= {rule.code for rule in rules()}
    tests = [Path(__file__).parent / f"test_{name}.py" for name in MAKING]
    made = "".join(one.read_text(encoding="utf-8") for one in tests)
    (said,) = re.findall(r"^MADE_HERE = .*?^\}$", made, flags=re.MULTILINE | re.DOTALL)
    made = made.replace(said, "")
    for code in MADE_IN_A_TEST:
        assert f'"{code}"' in made, code


def test_no_code_and_no_name_is_used_twice() -> None:
    # A name may return in another family: what is missing of a page and of a record is missing in both.
    for used in (Counter(rule.code for rule in rules()), Counter((rule.code[:3], rule.name) for rule in rules())):
        assert [one for one, times in used.items() if times > 1] == []


def test_every_rule_that_is_written_is_in_the_book() -> None:
    written = {
        code
        for path in CHECKING.rglob("*.py")
        for code in re.findall(r'^@rule\(\s*"(\w+)"', path.read_text("utf-8"), re.M)
    }
    assert written == {rule.code for rule in rules()}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_specimen_holds_something(folder: Path) -> None:
    assert any(path.is_file() for path in folder.rglob("*"))


def test_no_two_specimens_are_the_same() -> None:
    contents = Counter(
        tuple(
            (str(path.relative_to(folder)), path.read_bytes()) for path in sorted(folder.rglob("*")) if path.is_file()
        )
        for folder in FOLDERS
    )
    assert max(contents.values()) == 1


# ------------------------------------------------------------------------------- every judge, and not its own alone

BESIDES: dict[str, tuple[set[str], str]] = {
    "PAG017": ({"PAG011"}, "only a set of frames hides words that nothing is seen to swallow"),
    "CAP030": ({"WRC061"}, "the file is told of it too"),
    "CAP032": ({"WRC041"}, "the file is told of it too"),
    "CAP033": ({"WRC054"}, "the file is told of it too"),
    "CAP034": ({"WRC055"}, "the file is told of it too"),
    "CAP035": ({"WRC056"}, "the file is told of it too"),
    "CAP036": ({"WRC057"}, "the file is told of it too"),
    "CAP037": ({"WRC032"}, "the file is told of it too"),
    "CAP041": ({"WRC040"}, "the file is told of it too"),
    "TEI109": ({"TEI205"}, "what libxml2 refuses and cannot be explained is an address with a space before it"),
}
"""Codes that a specimen trips beside its own, and why it must."""


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_a_specimen_trips_its_rule_and_no_other_of_all_that_judge_such_files(folder: Path) -> None:
    code = folder.name[:6]
    allowed, _ = BESIDES.get(code, (set(), ""))
    assert {one.code for one in _judged(folder)} == {code, *allowed}


def _judged(folder: Path) -> list[Finding]:
    """The findings of all judges of the kinds of file that a specimen holds."""
    judges = (_bags, _pages, _texts, _views, _records, _given, _copies, _rederived, _crawls)
    return [finding for judge in judges for finding in judge(folder)]


def _bags(folder: Path) -> Iterator[Finding]:
    bag = folder / "bag"
    if (folder / "profile.json").exists():
        yield from _by_profile(folder, bag)
    elif bag.exists():
        yield from solander.validate(bag).findings
    elif folder.name.startswith("BAG"):
        kind = "bag" if (folder / "bagit.txt").exists() else "stray"
        yield from solander.validate(Subject(folder, kind)).findings
    archive = folder / "archive.json"
    if archive.exists():
        yield from check_versions([Version(*row) for row in json.loads(archive.read_bytes())["versions"]])
    audit = folder / "audit.json"
    if audit.exists():
        yield from check_audited(Compared(*json.loads(audit.read_bytes())["compared"]))
    yield from _deposits(folder)


def _deposits(folder: Path) -> Iterator[Finding]:
    """What is intended with a bag, and a receipt held against a bag."""
    intended, deposited = folder / "intended.json", folder / "deposited.json"
    if intended.exists():
        value = json.loads(intended.read_bytes())
        said = Evidence("person", "stated when packing")
        yield from check_intended(
            Intended(
                bag=value["bag"],
                description=Description(statements=tuple(Statement(*one, said) for one in value["statements"])),
                access=Access(value["access"]),
                is_asked_for=value["is_asked_for"],
                publishes=value["publishes"],
                holds_back=value["holds_back"],
                public_address=value.get("public_address"),
                gaps=tuple(Gap(*one) for one in value["gaps"]),
            )
        )
    if deposited.exists():
        value = json.loads(deposited.read_bytes())
        try:
            receipt, why = parse_receipt(json.dumps(value["receipt"]).encode()), ""
        except ValueError as error:
            receipt, why = None, str(error)
        yield from check_deposited(Deposited(value["place"], receipt, why, value["bag_digest"]))


def _by_profile(folder: Path, bag: Path) -> Iterator[Finding]:
    """A profile is judged by itself, and the bag beside it, if there is one, by the profile and as a bag."""
    profile = load_bag_profile(folder / "profile.json")
    yield from judge_profile_itself(profile).findings
    if bag.exists():
        form = folder / "serialised-as.txt"
        tree = Folder(bag)
        parsed = parse_bag(tree)
        named = parsed.info.values("BagIt-Profile-Identifier")
        yield from check_bag(parsed, tree, profiles=(*profile.identifiers, *named))
        yield from judge_by_profile(
            tree,
            parsed,
            profile,
            is_asked_for=folder.name.startswith("PRF023"),
            form=form.read_text().strip() if form.exists() else None,
        ).findings


def _pages(folder: Path) -> Iterator[Finding]:
    said = {"uri": "https://example.org/", "captured_at": "2024-05-01T10:00:00Z"}
    if (folder / "capture.json").exists():
        said = json.loads((folder / "capture.json").read_bytes())
    at = said.get("captured_at")
    for path in folder.glob("page.*"):
        if path.suffix != ".xml":
            moment = datetime.fromisoformat(at).astimezone(UTC) if at else None
            if path.suffix == ".mhtml":
                capture = read_mhtml(path.read_bytes(), path.name)
            else:
                capture = read_capture(str(path), uri=said.get("uri"), captured_at=moment)
            yield from check_capture(capture, page := read_page(capture))
            yield from check_page(page, path.name)


def _texts(folder: Path) -> Iterator[Finding]:
    for path in (folder / "page.xml", folder / "recorded.xml", folder / "derived.xml"):
        if path.exists() and b"<TEI " in path.read_bytes():
            original = folder / "page.html"
            yield from judge_tei(path.read_bytes(), path.name, alone=not original.exists()).findings
            if original.exists():
                yield from check_words(
                    original.read_bytes(),
                    original_name=original.name,
                    media_type="text/html",
                    charset="utf-8",
                    tei=path.read_bytes(),
                    path=path.name,
                ).findings


def _views(folder: Path) -> Iterator[Finding]:
    view, tei = folder / "view.html", folder / "page.xml"
    if view.exists():
        yield from check_view(view.read_bytes(), view.name, tei.read_bytes()).findings


def _records(folder: Path) -> Iterator[Finding]:
    description, captured_at, page = None, None, None
    for path in folder.glob("*.json"):
        if path.name in ("description.json", "validation.json"):
            found = judge_json(path.read_bytes(), f"metadata/{path.name}").findings
            yield from found
            if path.name == "description.json" and not found:
                recorded = parse_statements(path.read_bytes())
                description, moment = recorded.description, recorded.options.get("captured-at")
                captured_at = datetime.fromisoformat(moment) if moment else None
    if (folder / "page.html").exists():
        page = read_page(read_capture(str(folder / "page.html")))
    records = {f"metadata/{path.name}": path.read_bytes() for path in folder.glob("dc.xml")}
    if description is not None:
        yield from judge_description(description, records, page=page, captured_at=captured_at).findings
    else:
        for name, content in records.items():
            yield from check_record(content, name, SCHEMAS).findings
    premis = folder / "premis.xml"
    if premis.exists():
        bag = folder / "bag.json"
        surroundings = Surroundings(**json.loads(bag.read_bytes())) if bag.exists() else None
        yield from judge_provenance(premis.read_bytes(), "metadata/premis.xml", surroundings).findings


def _crawls(folder: Path) -> Iterator[Finding]:
    """A file of records is judged as one; the pages in it by the rules of captures, where the specimen is of these."""
    for path in folder.glob("crawl.*"):
        yield from solander.validate(path).findings
        if folder.name.startswith("CAP"):
            for found in find_captures(path, Request.of(statuses=range(100, 600))):
                if isinstance(found.capture, Capture):
                    yield from check_capture(found.capture, read_page(found.capture))


def _given(folder: Path) -> Iterator[Finding]:
    for schema in folder.glob("given.*"):
        with GivenSchemas([schema]) as schemas:
            yield from solander.validate(folder / "record.xml", schemas=schemas).findings


def _copies(folder: Path) -> Iterator[Finding]:
    for path in folder.glob("access.*"):
        report = judge_access_copy(path.read_bytes(), f"data/access/page{path.suffix}")
        assert not report.unchecked
        yield from report.findings


def _rederived(folder: Path) -> Iterator[Finding]:
    for recorded in folder.glob("recorded.*"):
        (check,) = (one for one in (*rederivation.RULES, *REDERIVED_RULES) if one.rule.code == folder.name[:6])
        derived = recorded.with_name(f"derived{recorded.suffix}")
        if recorded.suffix == ".txt":
            yield from check(recorded.name, recorded.read_text().strip(), derived.read_text().strip())
        elif recorded.suffix == ".fields":
            yield from check(recorded.name, json.loads(recorded.read_bytes()), json.loads(derived.read_bytes()))
        else:
            yield from check(recorded.name, recorded.read_bytes(), derived.read_bytes())
