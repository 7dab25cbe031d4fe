"""``validate``: what could not be read or checked is never valid, in any form, and what is no bag of ours says so."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from tests.cli.reports import reported
from tests.permissions import as_nobody

from solander.encoding.statements import parse_statements
from solander.files.whole import write_folder
from solander.model.bag import BagInfo
from solander.packing import lay_out


def renew(bag: Path, *fields: tuple[str, str]) -> None:
    """Lay the same files out as a bag anew: nothing is wrong with its fixity, whatever it says."""
    files = {path.relative_to(bag).as_posix(): path.read_bytes() for path in bag.rglob("*") if path.is_file()}
    own = {"bagit.txt", "bag-info.txt", "README.txt"}
    kept = [(name, content) for name, content in files.items() if name not in own and "manifest-" not in name]
    stated = files.get("metadata/description.json")
    laid = lay_out(
        info=BagInfo.of(fields),
        payload=[one for one in kept if one[0].startswith("data/")],
        tag_files=[one for one in kept if not one[0].startswith("data/")],
        description=parse_statements(stated).description if stated is not None else None,
    )
    shutil.rmtree(bag)
    write_folder(bag.parent, bag.name, laid)


def fields_of(bag: Path) -> list[tuple[str, str]]:
    lines = (bag / "bag-info.txt").read_text().splitlines()
    return [(label, value) for label, _, value in (line.partition(": ") for line in lines) if label != "Payload-Oxum"]


# --------------------------------------------------------------------------------- what could not be read is not valid


def test_a_good_bag_passes_and_a_missing_one_beside_it_does_not(run, bag: Path, tmp_path: Path):
    status, report = reported(run, bag)
    assert (status, report["passed"], report["unchecked"]) == (0, True, [])
    for paths in ((tmp_path / "missing",), (bag, tmp_path / "missing"), (tmp_path / "missing", bag)):
        status, report = reported(run, *paths)
        assert (status, report["passed"]) == (3, False)
        assert report["unchecked"] == [f"{tmp_path}/missing: there is no such file"]


@pytest.mark.parametrize("spoil", [False, True], ids=["good", "spoilt"])
def test_the_plainest_line_says_what_the_same_line_says_with_an_option(run, bag: Path, tmp_path: Path, spoil: bool):
    """``validate PATH…`` is judged without a parser; whoever says the default aloud is parsed."""
    if spoil:
        (bag / "data/tei/page.xml").write_bytes(b"<TEI/>")
    there, gone = str(bag), str(tmp_path / "gone")
    for words in ([there], [there, gone], [str(bag.parent)]):
        assert run("validate", *words) == run("validate", *words, "--engine", "solander")
    assert (run("validate", there).status != 0) == spoil


def test_every_report_for_programs_keeps_its_schema(run, bag: Path, tmp_path: Path):
    (bag / "README.txt").write_text("")
    status, report = reported(run, bag.parent, tmp_path / "missing", tmp_path / "ferry.html")
    assert status == 3
    assert {one["code"] for one in report["findings"]} >= {"BAG006"}


def test_the_closing_line_never_says_no_errors_of_what_was_not_read(run, bag: Path, tmp_path: Path):
    ran = run("validate", bag, tmp_path / "missing")
    assert (ran.status, ran.err) == (3, f"solander: {tmp_path}/missing: there is no such file\n")
    assert ran.out.startswith("1 thing not checked")
    assert "no errors" not in ran.out
    assert run("validate", tmp_path / "missing").out == ""


@pytest.mark.parametrize("name", ["x" * 300, "shut/bag"])
def test_a_name_or_a_folder_that_the_system_refuses_is_no_fault_of_ours(run, name: str):
    # Under a root that nobody else may enter, the test would find the wrong door shut.
    with tempfile.TemporaryDirectory() as name_of_root:
        root = Path(name_of_root)
        root.chmod(0o755)
        (root / "shut").mkdir(mode=0)
        with as_nobody():
            for command in ("validate", "verify"):
                ran = run(command, root / name)
                assert ran.status == 3
                assert ran.err.startswith(f"solander: {root / name}: ")
                assert "fault of ours" not in ran.err


def test_a_closed_bag_does_not_hide_the_others(run, page: Path):
    with tempfile.TemporaryDirectory() as name_of_root:
        root = Path(name_of_root)
        run("pack", page, "--into", root, "--quiet")
        root.chmod(0o755)
        (root / "shut").mkdir(mode=0)
        with as_nobody():
            ran = run("validate", root)
        assert ran.status == 3
        assert "shut" in ran.err
        assert "1 thing not checked" in ran.out
        assert " in 1 bag (15 files" in ran.out


def test_a_large_file_is_judged_by_its_beginning(run, tmp_path: Path):
    with (tmp_path / "large.html").open("wb") as large:
        large.truncate(1 << 40)
    ran = run("validate", tmp_path / "large.html")
    assert ran.status == 3
    assert "limit" in ran.err


# ------------------------------------------------------------------------------------- the words are never left silent


@pytest.mark.parametrize(
    "harm", ["original", "tei", "data", "empty tei", "broken tei", "description", "no description"]
)
def test_words_that_could_not_be_compared_are_said_to_be_unchecked(run, bag: Path, harm: str):
    match harm:
        case "original":
            (bag / "data/original/page.html").unlink()
        case "tei":
            (bag / "data/tei/page.xml").unlink()
        case "data":
            shutil.rmtree(bag / "data")
        case "empty tei":
            (bag / "data/tei/page.xml").write_bytes(b"")
        case "broken tei":
            (bag / "data/tei/page.xml").write_bytes(b"<TEI>")
        case "description":
            (bag / "metadata/description.json").write_bytes(b"{")
        case "no description":
            (bag / "metadata/description.json").unlink()
    status, report = reported(run, bag)
    assert (status, report["passed"]) == (3, False)
    assert any("words" in line for line in report["unchecked"])
    # What is judged by the TEI and the view alone is judged.
    assert not {code for code in report["rules"] if code.startswith("PAG") and code < "PAG080"}
    closing = run("validate", bag).out.splitlines()[-1]
    assert "not checked" in closing
    assert "no errors" not in closing


def test_a_description_that_is_no_json_is_a_finding(run, bag: Path):
    (bag / "metadata/description.json").write_bytes(b"{")
    _, report = reported(run, bag)
    assert "PRM101" in {one["code"] for one in report["findings"]}


def test_a_description_of_another_form_is_no_fault_of_ours(run, bag: Path):
    path = bag / "metadata/description.json"
    value = json.loads(path.read_bytes())
    value["statements"][0]["refinement"] = {}
    path.write_text(json.dumps(value))
    status, report = reported(run, bag)
    assert status == 3
    assert "PRM102" in {one["code"] for one in report["findings"]}


def test_only_rules_that_ran_are_listed(run, bag: Path):
    _, report = reported(run, bag)
    # A bag says neither what the page declared nor, here, when it was captured.
    assert not {"DCM005", "DCM010"} & set(report["rules"])
    assert {"DCM001", "DCM103", "TEI201", "PAG001", "PRF001", "BAG003"} <= set(report["rules"])
    (bag / "data/tei/page.xml").write_bytes(b"")
    (bag / "metadata/dc.xml").write_bytes(b"")
    (bag / "metadata/dcterms.xml").write_bytes(b"")
    (bag / "metadata/premis.xml").write_bytes(b"")
    _, report = reported(run, bag)
    assert {"TEI101", "DCM101", "PRM001"} <= set(report["rules"])
    assert not {"TEI201", "DCM103", "PRM003", "PRM007", "PAG001"} & set(report["rules"])


# --------------------------------------------------------------------------------------------------------- the profile


def test_a_bag_of_ours_that_names_no_profile_is_found_out_wherever_it_stands(run, bag: Path):
    renew(bag, *(one for one in fields_of(bag) if one[0] != "BagIt-Profile-Identifier"))
    for path in (bag, bag.parent):
        status, report = reported(run, path)
        assert status == 1
        assert [one["code"] for one in report["findings"] if one["severity"] == "error"] == ["PRF001", "PRF002"]


def test_a_bag_from_elsewhere_is_judged_by_bagit_alone_but_in_an_archive_of_ours(run, foreign: Path):
    status, report = reported(run, foreign)
    assert (status, report["passed"]) == (0, True)
    (foreign.parent / "solander.toml").write_text("")
    for path in (foreign, foreign.parent):
        status, report = reported(run, path)
        assert status == 1
        assert [one["code"] for one in report["findings"]] == ["PRF001"]


def test_a_profile_that_is_not_known_is_told_and_does_not_make_a_bag_fail(run, foreign: Path):
    renew(foreign, ("BagIt-Profile-Identifier", "https://other.example/profile.json"))
    status, report = reported(run, foreign)
    assert (status, report["passed"]) == (0, True)
    (told,) = (one for one in report["findings"] if one["code"] == "BAG059")
    assert (told["severity"], told["found"]) == ("info", "https://other.example/profile.json")


def test_a_bag_is_in_its_archive_by_whatever_name_it_is_called(run, foreign: Path, monkeypatch):
    (foreign.parent / "solander.toml").write_text("")
    monkeypatch.chdir(foreign)
    assert reported(run, ".")[0] == reported(run, "data/..")[0] == 1


# ------------------------------------------------------------------------------------------------------------ the words


@pytest.mark.parametrize("name", ["notes.txt", "a&<b>.txt", "no\udce9.txt"])
def test_a_stray_file_is_told_once_by_each_of_two_facts(run, bag: Path, name: str):
    (bag / "data" / name).write_bytes(b"x")
    _, report = reported(run, bag)
    assert [one["code"] for one in report["findings"] if one["severity"] != "info"] == ["BAG015", "BAG005"]


def test_a_file_that_was_struck_from_the_manifest_is_not_said_to_be_gone(run, bag: Path):
    manifest = bag / "manifest-sha512.txt"
    manifest.write_text("".join(line for line in manifest.read_text().splitlines(True) if "page.xml" not in line))
    codes = {one["code"] for one in reported(run, bag)[1]["findings"]}
    assert "BAG005" in codes
    assert "PRM007" not in codes


def test_a_place_that_is_the_bag_itself_is_named_as_the_bag(run, bag: Path):
    (bag / "manifest-sha512.txt").unlink()
    assert f"\n{bag}  BAG009 " in f"\n{run('validate', bag).out}"


def test_findings_are_followed_by_what_to_do_next(run, bag: Path):
    assert run("validate", bag).err == ""
    (bag / "data/tei/page.xml").write_bytes(b"")
    ran = run("validate", bag)
    assert ran.err.startswith("see: solander explain BAG")
    assert ran.err.count("\n") == 1
    assert run("validate", bag, "--quiet").err == ""


def test_a_folder_that_is_no_bag_is_counted_and_told_what_to_do(run, bag: Path, tmp_path: Path):
    (bag.parent / "notes").mkdir()
    ran = run("validate", bag.parent)
    assert ran.status == 1
    assert " in 1 bag and 1 folder that is no bag (" in ran.out
    ran = run("validate", bag.parent / "notes")
    assert ran.status == 3
    assert "solander explain BAG001" in ran.err
    assert "pages are named one by one" in ran.err


def test_a_bag_that_stands_twice_and_one_that_was_taken_out_are_told(run, bag: Path, page: Path):
    shutil.copytree(bag, bag.parent / "copy")
    ran = run("validate", bag.parent)
    assert (ran.status, [line.split()[1] for line in ran.out.splitlines() if "  PRM0" in line]) == (1, ["PRM010"])
    shutil.rmtree(bag.parent / "copy")
    run("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent, "--title", "Ferries")
    shutil.rmtree(bag)
    ran = run("validate", bag.parent)
    assert (ran.status, [line.split()[1] for line in ran.out.splitlines() if "  PRM0" in line]) == (0, ["PRM011"])


def test_an_archive_without_bags_says_so(run, tmp_path: Path):
    run("init", tmp_path / "archive")
    ran = run("validate", tmp_path / "archive")
    assert (ran.status, ran.out) == (0, "no bags\n")
