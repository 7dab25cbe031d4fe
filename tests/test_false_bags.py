"""A false bag does not pass, though its manifests and digests are those of what it holds."""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path

import pytest
from tests.false_bags import CAPTURED_AT, FALSEHOODS, INFO, PAGE, PREMIS, SPECIMENS, Falsehood, renew, true_bag

import solander
from solander.errors import ArchiveError

FAULTS = Path(__file__).parent / "faults"


@pytest.fixture(scope="module")
def bag(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return true_bag(tmp_path_factory.mktemp("true") / "archive")


@pytest.fixture
def copy(bag: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(bag, tmp_path / "bag"))


def test_a_bag_whose_manifests_are_written_anew_is_as_it_was(copy: Path, bag: Path) -> None:
    renew(copy)
    for path in copy.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (bag / path.relative_to(copy)).read_bytes(), path
    report = solander.validate(copy)
    assert (report.findings, report.unchecked) == ((), ())


@pytest.mark.parametrize("falsehood", FALSEHOODS, ids=lambda one: one.what.replace(" ", "-"))
def test_a_false_bag_is_found_by_its_rules_and_no_other(copy: Path, falsehood: Falsehood) -> None:
    falsehood(copy)
    report = solander.validate(copy)
    assert {one.code for one in report.findings} == falsehood.codes
    assert not report.passed


def test_a_size_that_is_not_the_files_is_found(copy: Path) -> None:
    premis = (copy / PREMIS).read_text(encoding="utf-8")
    assert f"<size>{len(PAGE)}</size>" in premis
    written = premis.replace(f"<size>{len(PAGE)}</size>", "<size>999</size>").encode()
    (copy / PREMIS).write_bytes(written)
    tags = copy / "tagmanifest-sha512.txt"
    lines = tags.read_text(encoding="utf-8").splitlines()
    renewed = [f"{hashlib.sha512(written).hexdigest()}  {PREMIS}" if one.endswith(PREMIS) else one for one in lines]
    tags.write_text("\n".join(renewed) + "\n", encoding="utf-8")
    (finding,) = solander.validate(copy).findings
    assert (finding.code, finding.expected, finding.found) == ("PRM022", str(len(PAGE)), "999")


def test_the_keepers_own_words_about_the_whole_are_left_alone(copy: Path) -> None:
    info = copy / INFO
    text = info.read_text(encoding="utf-8")
    own = re.sub("(?m)^External-Description: .*$", "External-Description: The well, box 12", text)
    info.write_text(own, encoding="utf-8")
    renew(copy)
    assert solander.validate(copy).findings == ()


@pytest.mark.parametrize("name", SPECIMENS)
def test_a_specimen_is_such_a_bag(copy: Path, name: str, pytestconfig: pytest.Config) -> None:
    folder = FAULTS / name / "bag"
    if pytestconfig.getoption("--rewrite-golden"):
        next(one for one in FALSEHOODS if one.what == SPECIMENS[name])(copy)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(copy, folder)
    report = solander.validate(folder)
    assert {f"{one.code}-{one.name}" for one in report.findings} == {name}


@pytest.mark.parametrize("version", ["minus one", "0", "01", "1.0", "١"])
def test_a_page_whose_bag_does_not_count_its_version_is_not_packed_again(
    bag: Path, tmp_path: Path, version: str
) -> None:
    archive = tmp_path / "archive"
    shutil.copytree(bag.parent, archive)
    info = archive / bag.name / "bag-info.txt"
    info.write_text(info.read_text().replace("Bag-Version: 1", f"Bag-Version: {version}"))
    uri = "https://harbour.example/well"
    with pytest.raises(ArchiveError, match="Bag-Version"):
        solander.pack(archive / "page.html", into=archive, uri=uri, captured_at=CAPTURED_AT)
    assert [path.name for path in archive.iterdir() if path.is_dir()] == [bag.name]
    (archive / "other.html").write_bytes(b"<title>Other</title><p>Another page stands beside it.")
    assert solander.pack(archive / "other.html", into=archive).path is not None
