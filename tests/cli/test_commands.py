"""What each command prints, where, and with which exit status."""

import contextlib
import json
import os
import pty
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

AT = "2026-01-01T00:00:00Z"


def test_pack_prints_the_bags_path_and_nothing_else_on_standard_output(run, page: Path, tmp_path: Path):
    ran = run("pack", page, "--into", tmp_path / "archive", "--at", AT)
    (bag,) = (tmp_path / "archive").iterdir()
    assert (ran.status, ran.out) == (0, f"{bag}\n")
    assert ran.err.splitlines()[-1].startswith("1 page: 1 bag made")


def test_pack_again_says_already_there(run, bag: Path, page: Path, tmp_path: Path):
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", tmp_path / "archive")
    assert (ran.status, ran.out, ran.err) == (0, f"{bag}\n", "1 page: 0 bags made, 1 already there\n")


def test_a_correction_is_told_and_a_nightly_run_keeps_it(run, bag: Path, page: Path, tmp_path: Path):
    asked = ("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent)
    corrected = run(*asked, "--title", "Ferries")
    identifier = next(
        line for line in (bag / "bag-info.txt").read_text().splitlines() if "External-Id" in line
    ).split()[1]
    assert f"{page}: version 2 of {identifier}, after {bag.name}: title changed\n" in corrected.err
    nightly = run(*asked)
    assert nightly.out == corrected.out
    assert nightly.err == (
        "1 page: 0 bags made, 1 already there, 1 with what was stated before (--forget-statements drops it)\n"
    )
    assert "title changed" in run(*asked, "--forget-statements").err
    assert len(list(bag.parent.iterdir())) == 3


def test_the_same_bytes_under_another_address_are_told(run, bag: Path, page: Path):
    ran = run("pack", page, "--uri", "https://harbour.example/ferries", "--into", bag.parent)
    assert f"{page}: the same bytes stand in {bag.name}, under another address" in ran.err


def test_bags_are_not_packed_once_more(run, bag: Path, tmp_path: Path):
    for place in (bag, bag.parent):
        ran = run("pack", place, "--into", tmp_path / "other")
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.count("\n") == 1
        assert "packed already" in ran.err
    assert not (tmp_path / "other").exists()


def test_files_that_are_passed_by_are_told(run, page: Path, tmp_path: Path):
    (tmp_path / "pages").mkdir()
    page.rename(tmp_path / "pages/ferry.html")
    (tmp_path / "pages/notes.md").write_text("")
    ran = run("pack", tmp_path / "pages", "--into", tmp_path / "archive")
    assert ran.err.endswith("1 other file passed by (.md)\n")
    assert json.loads(run("pack", tmp_path / "pages", "--into", tmp_path / "archive", "--json").out)["passed_by"] == {
        ".md": 1
    }


def test_what_makes_a_run_fail_is_told_again_when_the_bag_is_there(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"first", b"f\xffrst"))
    first = run("pack", page, "--into", tmp_path / "archive", "--fail-on", "warning")
    again = run("pack", page, "--into", tmp_path / "archive", "--fail-on", "warning")
    assert first.status == again.status == 1
    told = [line for line in first.err.splitlines() if "(warning)" in line]
    assert told
    assert [line for line in again.err.splitlines() if "(warning)" in line] == told


def test_findings_of_several_pages_name_the_page(run, page: Path, tmp_path: Path):
    (tmp_path / "pages").mkdir()
    for name in ("a", "b"):
        (tmp_path / f"pages/{name}.html").write_bytes(
            page.read_bytes().replace(b"first", f"{name} ".encode() + b"\xff")
        )
    ran = run("pack", tmp_path / "pages", "--into", tmp_path / "archive")
    for line, name in zip(ran.out.splitlines(), ("a", "b"), strict=True):
        assert f"{tmp_path}/pages/{name}.html, packed as {line}:\n{line}/" in ran.err


def test_pack_as_json_says_once_what_all_pages_share(run, page: Path, tmp_path: Path):
    (tmp_path / "pages").mkdir()
    for number in range(20):
        (tmp_path / f"pages/{number}.html").write_bytes(page.read_bytes().replace(b"ferry", f"ferry {number}".encode()))
    first = run("pack", tmp_path / "pages", "--into", tmp_path / "archive", "--json")
    again = run("pack", tmp_path / "pages", "--into", tmp_path / "archive", "--json")
    value = json.loads(first.out)
    assert len(value["rules"]) > 50
    assert {one["name"] for one in value["schemas"]} >= {"solander-tei.rng"}
    assert not any("rules" in one["report"] for one in value["pages"])
    assert all(one["already_there"] for one in json.loads(again.out)["pages"])
    assert len(again.out) < 20 * 2500


def test_standard_input_without_a_byte_is_said_to_be_empty(run, tmp_path: Path):
    for command in (("normalise", "-"), ("pack", "-", "--into", tmp_path / "archive")):
        ran = run(*command, stdin=b"")
        assert (ran.status, ran.err) == (3, "solander: standard input is empty: there is no page in it\n")


def test_quiet_leaves_only_the_result(run, page: Path, tmp_path: Path):
    ran = run("pack", page, "--into", tmp_path / "archive", "--quiet")
    assert ran.status == 0
    assert ran.err == ""
    assert Path(ran.out.strip()).is_dir()


def test_a_folder_of_pages_gives_a_bag_for_each(run, page: Path, tmp_path: Path):
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(3):
        (pages / f"{number}.html").write_bytes(page.read_bytes().replace(b"ferry", f"ferry {number}".encode()))
    ran = run("pack", pages, "--into", tmp_path / "archive", "--rights", "CC BY 4.0", "--quiet")
    assert ran.status == 0
    assert len(ran.out.splitlines()) == 3
    assert all(b"CC BY 4.0" in (Path(line) / "metadata/dc.xml").read_bytes() for line in ran.out.splitlines())


def test_one_address_is_not_that_of_several_pages(run, page: Path, tmp_path: Path):
    ran = run("pack", page, page, "--uri", "https://a.example/", "--into", tmp_path / "archive")
    assert ran.status == 2
    assert "one by one" in ran.err
    assert not (tmp_path / "archive").exists()


def test_a_page_that_is_missing_does_not_keep_the_others_out(run, page: Path, tmp_path: Path):
    ran = run("pack", tmp_path / "missing.html", page, "--into", tmp_path / "archive")
    assert ran.status == 3
    assert len(ran.out.splitlines()) == 1
    assert f"solander: {tmp_path}/missing.html: there is no such file\n" in ran.err


def test_pack_as_json_is_one_value_with_everything(run, page: Path, tmp_path: Path):
    ran = run("pack", tmp_path / "missing.html", page, "--into", tmp_path / "archive", "--json")
    missing, packed = json.loads(ran.out)["pages"]
    assert missing["kind"] == "SourceMissing"
    assert Path(packed["path"]).is_dir()
    assert packed["report"]["passed"] is True
    assert ran.status == 3
    assert ran.err == ""


def test_findings_that_count_make_the_status_1_and_the_bag_stays(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"first", b"f\xffrst"))
    ran = run("pack", page, "--into", tmp_path / "archive", "--fail-on", "warning")
    assert ran.status == 1
    assert Path(ran.out.strip()).is_dir()
    again = run("pack", page, "--into", tmp_path / "archive", "--fail-on", "warning")
    assert again.status == 1


def test_strict_makes_no_bag_and_says_why(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"first", b"f\xffrst"))
    ran = run("pack", page, "--into", tmp_path / "archive", "--fail-on", "warning", "--strict")
    assert (ran.status, ran.out) == (1, "")
    assert f"{page}  CAP" in ran.err
    assert "no bag was made" in ran.err
    assert not (tmp_path / "archive").exists()


def test_normalise_prints_tei_and_nothing_else(run, page: Path):
    ran = run("normalise", page, "--at", AT, "--quiet")
    assert ran.status == 0
    assert ran.out.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<TEI ')
    assert ran.err == ""


def test_normalise_reads_standard_input(run, page: Path):
    named = run("normalise", page, "--at", AT, "--uri", "https://harbour.example/ferry")
    piped = run("normalise", "-", "--at", AT, "--uri", "https://harbour.example/ferry", stdin=page.read_bytes())
    assert piped.out == named.out
    assert piped.status == 0


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


@pytest.mark.parametrize("command", ["pack", "normalise", "init", "validate", "verify", "show", "explain"])
def test_every_help_ends_with_examples_and_exit_statuses(run, command: str):
    ran = run(command, "--help")
    assert ran.status == 0
    assert f"\n  solander {command}" in ran.out or f" solander {command}" in ran.out
    examples, _, statuses = ran.out.partition("\nExit status:\n")
    assert "\nExamples:\n" in examples
    assert [line.split()[0] for line in statuses.splitlines()][-2:] == ["70", "130"]


def test_the_programs_own_help_tells_the_purposes_of_the_commands(run):
    ran = run("--help")
    for command in ("pack", "normalise", "init", "validate", "verify", "show", "explain"):
        purpose = run(command, "--help").out.split("\n\n")[1]
        assert " ".join(purpose.split()) in " ".join(ran.out.split())
    assert "_SOLANDER_COMPLETE=bash_source" in ran.out


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["vaildate"], "did you mean validate?"),
        ([], ""),
        (["pack"], "name the pages to pack"),
        (["pack", "a.html"], "name the archive"),
        (["pack", "a.html", "--into"], "requires an argument"),
        (["pack", "a.html", "--into", "x", "--at", "yesterday"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--at", "2026-01-01"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--at", "2026-01-01T00:00:00"], "write date, time and zone"),
        (["pack", "a.html", "--into", "x", "--captured-at", "2024-01-01"], "leave it out"),
        (["pack", "a.html", "--into", "x", "--uri", "not a uri"], "with its scheme"),
        (["pack", "a.html", "--into", "x", "--uri", "/rel/x"], "with its scheme"),
        (["pack", "a.html", "--into", "x", "--date", "last week"], "2021-12-08"),
        (["pack", "a.html", "--into", "x", "--language", "english"], "did you mean en?"),
        (["pack", "a.html", "b.html", "--into", "x", "--title", "T"], "one page at a time"),
        (["pack", "a.html", "b.html", "--into", "x", "--identifier", "T"], "one page at a time"),
        (["normalise", "a.html", "--language", "english"], "did you mean en?"),
        (["pack", "a.html", "--into", "x", "--max-size", "much"], "50MB"),
        (["pack", "a.html", "--into", "x", "--fail-on", "never"], "'info', 'warning', 'error'"),
        (["pack", "a.html", "--into", "x", "--colour"], "--colour"),
        (["pack", "a.html", "--into", "x", "--title", " "], "empty"),
        (["validate"], "name a bag"),
        (["verify"], "name a bag"),
        (["show"], "name a bag"),
        (["normalise"], "SOURCE"),
    ],
    ids=" ".join,
)
def test_misuse_is_one_line_that_tells_what_to_do(run, monkeypatch, tmp_path: Path, words: list[str], hint: str):
    monkeypatch.chdir(tmp_path)
    ran = run(*words)
    assert (ran.status, ran.out) == (2, "")
    assert hint in ran.err
    assert not words or (ran.err.startswith("solander: ") and ran.err.count("\n") == 1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("moment", ["20211208143000", "2021-12-08T14:30:00Z", "2021-12-08 22:30:00+08:00"])
def test_a_moment_may_be_written_as_people_and_web_archives_do(run, page: Path, tmp_path: Path, moment: str):
    ran = run("pack", page, "--into", tmp_path / "archive", "--captured-at", moment, "--quiet")
    info = (Path(ran.out.strip()) / "bag-info.txt").read_text()
    assert "Web-Capture-Date: 2021-12-08T14:30:00Z\n" in info


def test_a_fault_of_ours_is_one_line_and_a_log_file(run, page: Path, tmp_path: Path, monkeypatch):
    def fail(capture: object) -> None:
        raise RuntimeError("the lamp went out")

    monkeypatch.setattr("solander.reading.read_page", fail)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    ran = run("pack", page, "--into", tmp_path / "archive")
    assert (ran.status, ran.out) == (70, "")
    assert ran.err.count("\n") == 1
    assert "a fault of ours: RuntimeError: the lamp went out" in ran.err
    (log,) = (tmp_path / "state" / "solander").iterdir()
    assert str(log) in ran.err
    assert "Traceback" in log.read_text()
    assert not (tmp_path / "archive").exists()
    assert "Traceback" in run("pack", page, "--into", tmp_path / "archive", "--traceback").err


def test_a_file_name_that_is_no_utf8_goes_through(run, page: Path, tmp_path: Path):
    odd = tmp_path / "pag\udce9.html"
    odd.write_bytes(page.read_bytes())
    assert run("pack", odd, "--into", tmp_path / "archive").status == 0
    ran = run("pack", tmp_path / "no\udce9.html", "--into", tmp_path / "archive")
    assert ran.status == 3
    assert "no\\udce9.html: there is no such file" in ran.err


def test_what_a_page_says_cannot_work_the_terminal(run, page: Path, tmp_path: Path):
    page.write_bytes(page.read_bytes().replace(b"The ferry timetable", b"The \x1b[31mferry&#x202e; timetable"))
    packed = run("pack", page, "--into", tmp_path / "archive", "--quiet")
    ran = run("show", packed.out.strip())
    assert "\x1b" not in ran.out
    assert "\u202e" not in ran.out


@pytest.mark.parametrize("pages", [1, 3])
def test_a_watching_terminal_sees_progress_of_more_than_one_page(page: Path, tmp_path: Path, pages: int):
    sources = [tmp_path / f"{number}.html" for number in range(pages)]
    for number, source in enumerate(sources):
        source.write_bytes(page.read_bytes().replace(b"seven", f"{number}".encode()))
    program = [sys.executable, "-m", "solander.cli", "pack", *map(str, sources), "--into", str(tmp_path / "archive")]
    above, below = pty.openpty()
    process = subprocess.Popen(program, stderr=below, stdout=subprocess.PIPE, env=os.environ | {"TERM": "xterm"})
    os.close(below)
    out, _ = process.communicate(timeout=120)
    shown = b""
    # A terminal whose program has ended reads as an error, here as the end.
    with contextlib.suppress(OSError):
        while piece := os.read(above, 65536):
            shown += piece
    os.close(above)
    assert process.returncode == 0
    assert len(out.splitlines()) == pages
    assert (b"packing" in shown) is (pages > 1)
    assert b" made" in shown


def test_the_shell_completes_commands_and_options(page: Path):
    def complete(words: str) -> list[str]:
        environment = os.environ | {
            "_SOLANDER_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
        }
        program = [sys.executable, "-m", "solander.cli"]
        shown = subprocess.run(program, env=environment, capture_output=True, text=True, check=True).stdout
        return [line.partition(",")[2] for line in shown.splitlines()]

    assert complete("solander va") == ["validate"]
    assert complete("solander pack --cap") == ["--captured-at"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--charset", "utf-88"), "no label of the Encoding Standard"),
        (("--captured-at", "2030-01-01T00:00:00Z"), "before it was captured"),
        (("--uri", "https://example.org/a b"), "write %20"),
    ],
)
def test_what_cannot_be_so_is_refused_before_anything_is_read(run, page, tmp_path, words, why):
    ran = run("pack", page, "--into", tmp_path / "archive", "--at", "2026-01-01T00:00:00Z", *words)
    assert (ran.status, why in ran.err, (tmp_path / "archive").exists()) == (2, True, False)


def test_a_link_in_a_folder_is_passed_by_and_counted(run, page, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    shutil.copy(page, folder / "ferry.html")
    (folder / "gone.html").symlink_to("nowhere")
    assert "passed by (links)" in run("pack", folder, "--into", tmp_path / "archive").err
