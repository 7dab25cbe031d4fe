"""What ``pack`` and ``normalise`` print, where, and with which exit status."""

import json
import shutil
from pathlib import Path

import pytest
from tests.cli.conftest import AT


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


def test_a_page_that_changed_at_its_address_is_told_in_one_line(run, bag: Path, page: Path):
    page.write_bytes(page.read_bytes().replace(b"seven", b"eight"))
    ran = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent)
    assert ran.err.count(f"{page}: its address stands in this archive already, with other content: {bag.name}\n") == 1
    assert len(list(bag.parent.iterdir())) == 2
    again = run("pack", page, "--uri", "https://harbour.example/ferry", "--into", bag.parent)
    assert again.err == "1 page: 0 bags made, 1 already there\n"


def test_of_many_bags_of_the_same_bytes_three_are_named(run, page: Path, tmp_path: Path):
    for number in range(6):
        ran = run("pack", page, "--uri", f"https://harbour.example/{number}", "--into", tmp_path / "archive")
    (line,) = [one for one in ran.err.splitlines() if "the same bytes stand in" in one]
    assert line.count("the-ferry-timetable") == 3
    assert line.endswith(" and 2 other bags, under another address or moment of capture")
    (told,) = json.loads(run("pack", page, "--into", tmp_path / "archive", "--json").out)["pages"]
    assert (len(told["same_bytes"]), told["same_bytes_total"]) == (3, 6)


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


@pytest.mark.parametrize("moment", ["20211208143000", "2021-12-08T14:30:00Z", "2021-12-08 22:30:00+08:00"])
def test_a_moment_may_be_written_as_people_and_web_archives_do(run, page: Path, tmp_path: Path, moment: str):
    ran = run("pack", page, "--into", tmp_path / "archive", "--captured-at", moment, "--quiet")
    info = (Path(ran.out.strip()) / "bag-info.txt").read_text()
    assert "Web-Capture-Date: 2021-12-08T14:30:00Z\n" in info


def test_a_file_name_that_is_no_utf8_goes_through(run, page: Path, tmp_path: Path):
    odd = tmp_path / "pag\udce9.html"
    odd.write_bytes(page.read_bytes())
    assert run("pack", odd, "--into", tmp_path / "archive").status == 0
    ran = run("pack", tmp_path / "no\udce9.html", "--into", tmp_path / "archive")
    assert ran.status == 3
    assert "no\\udce9.html: there is no such file" in ran.err


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


def test_what_the_findings_of_all_pages_mean_is_said_once_at_the_end(run, tmp_path: Path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(f"<p>Some words of page {name} without a title.", encoding="utf-8")
    words = ("pack", tmp_path / "a.html", tmp_path / "b.html", "--into", tmp_path / "archive")
    ran = run(*words)
    assert ran.err.count("see: solander explain ") == 1
    assert "DCM001" in ran.err.splitlines()[-1]
    assert "see: " not in run(*words).err, "a bag that was there is not told of again"
    assert "see: " not in run(*words[:3], "--into", tmp_path / "other", "--quiet").err
