"""``verify``: every bag of an archive is accounted for, and what is told of one says what is wrong with it alone."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from tests.batch.made_crawls import page as crawled
from tests.batch.made_crawls import write_crawl

from solander.files.folder import Folder
from solander.files.serialising import serialised
from solander.pipeline.shards.shard import ShardConfig, process_shard


@pytest.fixture
def archive(run, page: Path, tmp_path: Path) -> Path:
    """An archive of three bags."""
    for number in range(3):
        uri = f"https://harbour.example/{number}"
        assert run("pack", page, "--uri", uri, "--into", tmp_path / "archive", "--quiet").status == 0
    return tmp_path / "archive"


def test_an_archive_ends_with_the_count_of_its_bags(run, archive: Path):
    assert run("verify", archive).out.splitlines()[-1] == "3 bags: all as they were packed"
    assert run("verify", "--rederive", archive).out.splitlines()[-1] == "3 bags: all what their originals say"


@pytest.mark.parametrize("options", [(), ("--rederive",)])
def test_a_folder_that_is_no_bag_any_more_is_an_error(run, archive: Path, options: tuple[str, ...]):
    lost = sorted(archive.iterdir())[1]
    (lost / "bagit.txt").unlink()
    ran = run("verify", *options, archive)
    assert ran.status == 1
    assert f"{lost}/bagit.txt  BAG001 bagit-txt-missing" in ran.out
    assert f"{lost}: no bag\n" in ran.out
    assert ran.out.splitlines()[-1].startswith("2 bags: all ")
    assert ran.out.splitlines()[-1].endswith("; 1 folder that is no bag")
    assert ran.err == "see: solander explain BAG001\n"
    assert json.loads(run("verify", archive, "--json").out)["passed"] is False


def test_an_archive_without_bags_says_so(run, tmp_path: Path):
    run("init", tmp_path / "archive")
    ran = run("verify", "--rederive", tmp_path / "archive")
    assert (ran.status, ran.out, ran.err) == (0, "no bags\n", "")


def test_a_bag_without_its_original_is_told_by_its_fixity_and_is_not_checked(run, bag: Path):
    (bag / "data/original/page.html").unlink()
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    for words in ("  BAG004 payload-file-missing  ", "  BAG015 payload-oxum-mismatch  "):
        assert words in ran.out
    assert f"not checked: could not be derived again: {bag}/data/original/page.html: there is no such file" in ran.out
    assert ran.out.endswith(f"{bag}: not as it was packed; could not be derived again\n")
    (value,) = json.loads(run("verify", "--rederive", bag, "--json").out)["bags"]
    assert value["passed"] is False
    assert {one["code"] for one in value["findings"]} == {"BAG004", "BAG015"}


def test_an_altered_readme_is_no_fault_of_the_originals(run, bag: Path):
    (bag / "README.txt").write_text("hello")
    ran = run("verify", "--rederive", bag)
    assert ran.status == 1
    assert f"{bag}: not as it was packed, but what its original says; made by solander " in ran.out


def test_an_altered_text_is_both(run, bag: Path):
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"at seven", b"at eleven"))
    ran = run("verify", "--rederive", bag)
    assert f"{bag}: not as it was packed, and not what its original says; made by solander " in ran.out
    assert "at seven" in ran.out
    assert "at eleven" in ran.out


def test_one_bag_that_cannot_be_read_does_not_hide_the_others(run, archive: Path, tmp_path: Path):
    ran = run("verify", tmp_path / "missing", archive)
    assert ran.status == 3
    assert ran.err == f"solander: {tmp_path}/missing: there is no such file\n"
    assert ran.out.splitlines()[-1] == "3 bags: all as they were packed; 1 thing not checked"
    value = json.loads(run("verify", tmp_path / "missing", archive, "--json").out)
    assert (value["passed"], [one["passed"] for one in value["bags"]]) == (False, [False, True, True, True])


def test_a_description_of_another_form_is_no_fault_of_ours(run, bag: Path):
    path = bag / "metadata/description.json"
    value = json.loads(path.read_bytes())
    value["statements"][0]["refinement"] = {}
    path.write_text(json.dumps(value))
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    assert "could not be derived again" in ran.out


def test_the_data_folder_may_be_gone_altogether(run, bag: Path):
    shutil.rmtree(bag / "data")
    ran = run("verify", "--rederive", bag)
    assert ran.status == 3
    assert "BAG027" in ran.out
    assert "could not be derived again" in ran.out


# ------------------------------------------------------------------------------------------------ in archive files


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of temporary files, which must be empty afterwards."""
    (tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "scratch"))
    return tmp_path / "scratch"


def in_file(bag: Path, form: str) -> Path:
    path = bag.parent / f"{bag.name}.{form}"
    path.write_bytes(b"".join(serialised(Folder(bag), bag.name, form)))
    shutil.rmtree(bag)
    return path


@pytest.mark.parametrize("form", ["tar", "zip", "tar.gz"])
def test_a_bag_in_an_archive_file_is_verified_and_derived_again_and_nothing_is_left(run, bag, scratch, form):
    file = in_file(bag, form)
    assert run("verify", file).out == f"{file}: as it was packed\n"
    ran = run("verify", "--rederive", file)
    assert ran.status == 0
    assert ran.out.startswith(f"{file}: what its original says; made by solander ")
    assert not any(scratch.iterdir())


def test_bags_in_folders_and_in_files_are_counted_together(run, archive: Path, scratch: Path):
    in_file(sorted(archive.iterdir())[1], "tar")
    assert run("verify", archive).out.splitlines()[-1] == "3 bags: all as they were packed"
    assert run("verify", "--rederive", archive).out.splitlines()[-1] == "3 bags: all what their originals say"
    assert not any(scratch.iterdir())


def test_what_is_altered_in_an_archive_file_is_told_of_that_file(run, bag: Path, scratch: Path):
    tei = bag / "data/tei/page.xml"
    tei.write_bytes(tei.read_bytes().replace(b"at seven", b"at eleven"))
    file = in_file(bag, "tar")
    ran = run("verify", "--rederive", file)
    assert ran.status == 1
    assert f"{file}!/data/tei/page.xml" in ran.out
    assert "RED001" in ran.out
    assert f"{file}: not as it was packed, and not what its original says" in ran.out
    assert "scratch" not in ran.out
    assert not any(scratch.iterdir())


def test_a_file_without_its_original_is_told_and_not_checked(run, bag: Path, scratch: Path):
    (bag / "data/original/page.html").unlink()
    file = in_file(bag, "zip")
    ran = run("verify", "--rederive", file)
    assert ran.status == 3
    assert f"could not be derived again: {file}!/data/original/page.html: there is no such file" in ran.out
    assert "scratch" not in ran.out
    assert not any(scratch.iterdir())


@pytest.mark.parametrize("content", [b"no archive", b""])
def test_what_is_no_bag_is_refused_as_before(run, tmp_path: Path, scratch: Path, content: bytes):
    (tmp_path / "x.tar").write_bytes(content)
    for options in ((), ("--rederive",)):
        ran = run("verify", *options, tmp_path / "x.tar")
        assert ran.status == 3
        assert ran.err.count("\n") == 1
    assert not any(scratch.iterdir())


def test_an_archive_file_for_which_there_is_no_room_is_not_checked(run, bag: Path, scratch: Path, monkeypatch):
    file = in_file(bag, "tar")
    monkeypatch.setattr("solander.pipeline.bags.laid_open_bag.LIMIT_BYTES", 1000)
    ran = run("verify", "--rederive", file)
    assert ran.status == 3
    assert f"{file}: its " in ran.out
    assert "more than the 1,000 that are laid open" in ran.out
    assert not any(scratch.iterdir())


def test_a_bag_of_many_pages_in_an_archive_file_is_derived_again(run, tmp_path: Path, scratch: Path):
    crawl = write_crawl(tmp_path / "one.warc.gz", [crawled(1), crawled(2)])
    process_shard(crawl, tmp_path / "archive", ShardConfig(at="2026-01-01T00:00:00Z", form="tar"))
    ran = run("verify", "--rederive", tmp_path / "archive")
    assert ran.status == 0
    assert ".tar: what its original says; made by" in ran.out
    assert not any(scratch.iterdir())
