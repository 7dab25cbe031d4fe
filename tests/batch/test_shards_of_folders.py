"""A folder of saved pages is cut into shards, which make the bags that packing makes; what is none is told."""

import os
from pathlib import Path

import pytest
from tests.batch.asked import AT, CONFIG
from tests.batch.made_crawls import page, tree, write_crawl

import solander
from solander.batch.running import run_batch
from solander.cli.guard import guarded
from solander.errors import ArchiveError
from solander.pipeline.shards.parts import parts_of_list
from solander.pipeline.shards.records import Records
from solander.pipeline.shards.shard import process_shard


def saved(folder: Path, number: int) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"page-{n}.html").write_bytes(page(n))
    return folder


def test_a_folder_becomes_bags_of_one_page_by_slices(tmp_path):
    folder = saved(tmp_path / "saved", 5)
    (folder / "empty.html").write_bytes(b"")
    write_crawl(folder / "crawl.warc.gz", [page(7)])
    run = run_batch([str(folder)], tmp_path / "a", at=AT, jobs=2, per_shard=3)
    assert not run.aside, run.aside
    assert len(run.sources) == 3
    assert sorted(len(one.bags) for one in run.receipts.values()) == [0, 2, 3]
    assert sum(one.pages for one in run.receipts.values()) == 6
    assert [why for one in run.receipts.values() for why in one.not_had if "empty" in why]
    assert solander.validate(tmp_path / "a").at_or_above("error") == ()
    before = tree(tmp_path / "a")
    assert run_batch([str(folder)], tmp_path / "a", at=AT, per_shard=3).found_done == 3
    assert tree(tmp_path / "a") == before


def test_slices_make_the_bags_that_packing_makes(tmp_path):
    folder = saved(tmp_path / "saved", 3)
    run_batch([str(folder)], tmp_path / "a", at=AT, per_shard=2)
    list(solander.pipeline.pack_all([str(one) for one in sorted(folder.iterdir())], into=tmp_path / "b", at=AT))
    ours = {name: held for name, held in tree(tmp_path / "a").items() if not name.startswith((".", "same"))}
    assert ours == {name: held for name, held in tree(tmp_path / "b").items() if not name.startswith(".")}


def test_a_page_that_could_not_be_had_is_told_and_stands_in_the_status(tmp_path, capfd):
    folder = saved(tmp_path / "saved", 2)
    command = ["batch", str(folder), "--at", "2026-01-01T00:00:00Z", "--quiet", "--into"]
    assert guarded([*command, str(tmp_path / "a")]) in (0, 1)
    (folder / "empty.html").write_bytes(b"")
    for _ in range(2):
        assert guarded([*command, str(tmp_path / "b")]) == 3
        told = capfd.readouterr()
        assert len(told.out.split()) in (2, 4)
        assert "empty.html" in told.err


def test_a_fault_of_ours_in_a_process_is_told_with_its_name(tmp_path, monkeypatch):
    (tmp_path / "sitecustomize.py").write_text(
        "import solander.batch\n"
        "def broken(*_): raise LookupError('the shelf is bare')\n"
        "solander.batch.process_shard = broken\n"
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    crawl = write_crawl(tmp_path / "a.warc.gz", [page(1)])
    (aside,) = run_batch([str(crawl)], tmp_path / "a", at=AT).aside.values()
    assert aside.reason == "a fault of ours: LookupError: the shelf is bare"
    assert aside.attempts == 2


@pytest.mark.parametrize(
    "words",
    [
        ["saved", "--into", "a", "--form", "tar"],
        ["saved", "--into", "saved/in"],
        ["--list", "list.txt", "--into", "a"],
        ["s3://", "--into", "a"],
        ["ftp://keeper:s3same@host/a.warc.gz", "--into", "a"],
        ["nosuchthing://a/b.warc.gz", "--into", "a"],
        ["saved", "--into", "a", "--shard", "2/1"],
    ],
)
def test_what_cannot_be_asked_for_is_a_misuse_and_leaves_nothing(tmp_path, monkeypatch, capfd, words):
    monkeypatch.chdir(tmp_path)
    saved(tmp_path / "saved", 1)
    Path("list.txt").write_text("https://example.org/\n")
    before = sorted(tmp_path.rglob("*"))
    assert guarded(["batch", *words]) == 2
    told = capfd.readouterr()
    assert told.err.count("\n") == 1
    assert "s3same" not in told.err
    assert sorted(tmp_path.rglob("*")) == before


def test_folders_of_one_name_lose_no_page(tmp_path):
    for name, first in (("north", 0), ("south", 10)):
        (tmp_path / name / "saved").mkdir(parents=True)
        (tmp_path / name / "saved" / "page.html").write_bytes(page(first))
    run = run_batch([str(tmp_path / one / "saved") for one in ("north", "south")], tmp_path / "a", at=AT)
    assert len(run.sources) == 2
    assert run.total("pages") == 2


def test_a_list_of_any_name_has_parts(tmp_path):
    for name in ("a" * 240, "Wörter? & mehr", ".."):
        records = Records(tmp_path / "archive")
        listed = tmp_path / f"{name}.txt"
        listed.write_text("https://example.org/1\n")
        (part,) = parts_of_list(str(listed), records)
        assert Path(part).read_text() == "https://example.org/1\n"


@pytest.mark.parametrize(
    "content", [b"{}", b"[1]", b'["page.html"]', b'["https://example.org/"]', b"[" * 9999, b"\xff"]
)
def test_what_is_no_part_of_a_folder_is_set_aside_with_what_to_do(tmp_path, content):
    (tmp_path / "letter.pages").write_bytes(content)
    with pytest.raises(ArchiveError, match=r"no part of a folder.*name the folder"):
        process_shard(tmp_path / "letter.pages", tmp_path / "a", CONFIG)


def test_what_cannot_be_removed_is_told_in_one_line(tmp_path):
    records = Records(tmp_path)
    records.remove("absent")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ArchiveError, match="folder"):
        records.remove("folder")


@pytest.mark.parametrize("content", [b"[]", b"1", b"{", b"[" * 9999])
def test_what_is_no_receipt_of_a_shard_is_said_so(tmp_path, content):
    records = Records(tmp_path)
    records.write(".solander-batch/one.json", content)
    with pytest.raises(ArchiveError, match=r"no receipt of a shard.*remove it"):
        records.receipt("one")


def test_a_name_that_is_no_utf8_stops_no_run(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, name in enumerate((b"good.html", b"bad\xff.html")):
        (folder / os.fsdecode(name)).write_bytes(page(number))
    run = run_batch([str(folder)], tmp_path / "a", at=AT)
    assert not run.aside
    assert run.total("pages") == 2
