"""What ``validate``, ``verify``, ``show``, ``explain`` and ``init`` print, where, and with which exit status."""

import json
from pathlib import Path

import jsonschema


def test_validate_ends_with_the_counts(run, bag: Path):
    ran = run("validate", bag.parent)
    assert ran.status == 0
    assert ran.out.startswith("no errors")
    assert " in 1 bag (15 files, " in ran.out
    assert ran.out.count("\n") == 1


def test_remarks_are_counted_and_told_when_asked_for(run, bag: Path):
    assert "remark" in run("validate", bag).out
    for option in (["--remarks"], ["--fail-on", "info"]):
        assert "  DCM009 rights-missing  (info) " in run("validate", bag, *option).out


def test_validate_tells_place_rule_and_the_two_values(run, bag: Path):
    original = bag / "data/original/page.html"
    original.write_bytes(original.read_bytes().replace(b"seven", b"eight"))
    ran = run("validate", bag.parent)
    assert ran.status == 1
    assert f"{bag}/manifest-sha512.txt:2  BAG003 payload-digest-mismatch  data/original/page.html\n" in ran.out
    assert "\n    recorded " in ran.out
    assert " in 1 of 1 bag (" in ran.out.splitlines()[-1]


def test_validate_as_json_says_the_same(run, bag: Path):
    (bag / "data/tei/page.xml").unlink()
    text, value = run("validate", bag, "--remarks"), run("validate", bag, "--format", "json")
    report = json.loads(value.out)
    assert text.status == value.status == 3
    assert report["passed"] is False
    schema = json.loads((Path(__file__).parents[2] / "schemas/solander-report.schema.json").read_bytes())
    jsonschema.validate(report, schema)
    for finding in report["findings"]:
        assert f"{finding['code']} {finding['name']}" in text.out


def test_a_path_that_is_missing_does_not_hide_what_is_wrong_elsewhere(run, bag: Path, tmp_path: Path):
    (bag / "README.txt").write_text("")
    ran = run("validate", tmp_path / "missing", bag)
    assert ran.status == 3
    assert "BAG006" in ran.out
    assert "missing: there is no such file" in ran.err


def test_the_archives_profile_says_what_counts(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"first", b"f\xffrst"))
    archive = tmp_path / "archive"
    assert run("pack", page, "--into", archive).status == 0
    (archive / "solander.toml").write_text('[check]\nfail_on = "warning"\n')
    assert run("pack", page, "--into", archive).status == 1
    assert run("pack", page, "--into", archive, "--fail-on", "error").status == 0


def test_a_profile_that_cannot_be_used_is_misuse_that_names_the_setting(run, bag: Path):
    (bag.parent / "solander.toml").write_text("colour = 1\n")
    ran = run("validate", bag.parent)
    assert ran.status == 2
    assert "colour is not a setting" in ran.err


def test_verify_names_both_versions(run, bag: Path):
    ran = run("verify", "--rederive", bag)
    assert ran.status == 0
    assert ran.out.startswith(f"{bag}: what its original says; made by solander ")
    assert "derived again by solander " in ran.out
    assert run("verify", bag).out == f"{bag}: as it was packed\n"


def test_verify_takes_an_archive_for_all_its_bags(run, bag: Path):
    (bag.parent / "solander.toml").write_text("")
    assert run("verify", "--rederive", bag.parent).out == run("verify", "--rederive", bag).out
    ran = run("verify", bag / "bagit.txt", bag)
    assert ran.status == 3
    assert "this is no bag" in ran.err
    assert ran.out == f"{bag}: as it was packed\n1 bag: as it was packed; 1 thing not checked\n"


def test_verify_finds_an_altered_text(run, bag: Path):
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"seven", b"eight"))
    ran = run("verify", "--rederive", bag)
    assert ran.status == 1
    assert "RED001 tei-not-rederived" in ran.out
    assert "BAG003" in ran.out
    value = json.loads(run("verify", "--rederive", bag, "--json").out)["bags"][0]
    assert value["passed"] is False
    assert value["made_by"] == value["rederived_by"]


def test_show_tells_who_when_whence_and_what(run, bag: Path):
    ran = run("show", bag)
    assert ran.status == 0
    for words in ("The ferry timetable", "Ines Okafor", "2024-03-01", "https://harbour.example/ferry", "page.xml"):
        assert words in ran.out
    value = json.loads(run("show", bag, "--json").out)["bags"][0]
    assert value["description"]["title"] == ["The ferry timetable"]
    assert value["report"]["passed"] is True


def test_show_of_what_is_no_bag_is_said_in_a_line(run, tmp_path: Path):
    ran = run("show", tmp_path)
    assert (ran.status, ran.out) == (3, "")
    assert ran.err.startswith(f"solander: {tmp_path}: this is no bag: it has no bagit.txt, and no archive, ")
    assert ran.err.count("\n") == 1


def test_explain_takes_code_or_name_in_any_case(run):
    by_code, by_name = run("explain", "bag003"), run("explain", "payload-digest-mismatch")
    assert by_code == by_name
    assert by_code.status == 0
    for label in ("BAG003 payload-digest-mismatch (error)", "Why: ", "Remedy: ", "Source: RFC 8493"):
        assert label in by_code.out


def test_explain_alone_lists_every_rule_once(run):
    lines = run("explain").out.splitlines()
    codes = [line.split()[0] for line in lines]
    assert len(codes) == len(set(codes)) > 50
    assert {"BAG", "CAP", "COL", "DCM", "DEP", "PAG", "PRF", "PRM", "RED", "SEC", "TEI", "WRC"} == {
        code[:3] for code in codes
    }
    assert [one["code"] for one in json.loads(run("explain", "--json").out)] == codes


def test_explain_of_an_unknown_rule_guesses(run):
    ran = run("explain", "payload-digest-missmatch")
    assert ran.status == 2
    assert "did you mean payload-digest-mismatch?" in ran.err


def test_init_begins_an_archive_that_pack_can_use(run, page: Path, tmp_path: Path):
    archive = tmp_path / "new" / "archive"
    ran = run("init", archive)
    assert (ran.status, ran.out) == (0, f"{archive}/solander.toml\n")
    assert run("validate", archive).status == 0
    assert run("pack", page, "--into", archive).status == 0


def test_init_leaves_a_folder_that_is_in_use_alone(run, page: Path, tmp_path: Path):
    ran = run("init", tmp_path)
    assert ran.status == 2
    assert "not empty" in ran.err
    assert list(tmp_path.iterdir()) == [page]
    run("init", tmp_path / "archive")
    assert "archive already" in run("init", tmp_path / "archive").err


def test_the_line_after_init_can_be_copied_whatever_the_archive_is_called(run, tmp_path: Path):
    ran = run("init", tmp_path / "my box")
    assert ran.err.endswith(f"then: solander pack page.html --into '{tmp_path / 'my box'}'\n")


def test_what_a_page_says_cannot_work_the_terminal(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"The ferry timetable", b"The \x1b[31mferry&#x202e; timetable"))
    packed = run("pack", page, "--into", tmp_path / "archive", "--quiet")
    ran = run("show", packed.out.strip())
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out
