"""What is left of a bag in a damaged archive file comes out, and nothing that was not read is called verified."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.tar_files import FILES, tarred
from tests.hostile.zip_making import changed

CUT = tarred()[: tarred().index(b"more words") + 4]
LATE = tarred(files=dict(reversed(FILES.items())))
DAMAGED: dict[str, tuple[Callable[[], bytes], str, set[str], str]] = {
    "a tar file cut within a member": (lambda: CUT, "bag.tar", {"a.txt"}, "it is cut off"),
    "a tar file cut before its bagit.txt": (
        lambda: LATE[: LATE.index(b"more words") + 4],
        "bag.tar",
        {"empty.txt"},
        "it is cut off",
    ),
    "a compressed tar file cut within a member": (
        lambda: gzip.compress(CUT)[:-8],
        "bag.tar.gz",
        {"a.txt"},
        "its gz compression is cut off",
    ),
    "a method that nobody knows": (
        changed(method=14),
        "bag.zip",
        {"deep/b.txt", "empty.txt"},
        "data/a.txt: it is compressed by a method that is not known here (number 14)",
    ),
    "a damaged compression": (
        changed("data/deep/b.txt", method=12, packed=b"BZh9xx"),
        "bag.zip",
        {"a.txt", "empty.txt"},
        "data/deep/b.txt: its compression is damaged",
    ),
    "an encrypted member": (changed(flags=1), "bag.zip", {"deep/b.txt", "empty.txt"}, "data/a.txt: it is encrypted"),
}


def files(folder: Path) -> set[str]:
    return {one.relative_to(folder).as_posix() for one in folder.rglob("*") if one.is_file()}


@pytest.mark.parametrize("case", DAMAGED)
def test_what_can_be_read_of_a_damaged_archive_file_comes_out_where_that_is_asked_for(run, tmp_path: Path, case: str):
    make, name, left, why = DAMAGED[case]
    (tmp_path / name).write_bytes(make())
    ran = run("bag", "unbag", tmp_path / name, "--into", tmp_path / "out", "--keep-damaged")
    assert ran.status == 3
    assert why in ran.err
    assert files(tmp_path / "out" / "bag") == left


@pytest.mark.parametrize("case", DAMAGED)
def test_of_a_damaged_archive_file_nothing_comes_out_unasked_and_it_is_said_how(run, tmp_path: Path, case: str):
    make, name, _, _ = DAMAGED[case]
    (tmp_path / name).write_bytes(make())
    ran = run("bag", "unbag", tmp_path / name, "--into", tmp_path / "out")
    assert ran.status == 3
    assert "--keep-damaged" in ran.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "change",
    [{"crc": 1}, {"local": {"size": 4}}, {"local_name": b"bag/data/b.txt"}],
    ids=["checksum", "size in its own header", "name in its own header"],
)
def test_a_payload_is_verified_only_where_its_archive_file_would_be_valid(run, tmp_path: Path, change: dict):
    (tmp_path / "bag.zip").write_bytes(changed(**change)())
    judged = run("validate", tmp_path / "bag.zip")
    ran = run("bag", "unbag", tmp_path / "bag.zip", "--into", tmp_path / "out")
    assert judged.status == ran.status == 1
    assert "BAG077" in ran.err
    assert not (tmp_path / "out").exists()


UNSEEN: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "a tar file cut before its bagit.txt and its payload": (
        lambda: tarred(files={"bag/notes.txt": b"n" * 600})[:700],
        "bag.tar",
        "it is cut off: ",
    ),
    "a zip file whose directory is lost": (
        lambda: changed()()[:-40],
        "bag.zip",
        "it has no directory at its end: it is cut off, or damaged; no bagit.txt is in what is left",
    ),
    "a zip file whose bagit.txt is encrypted": (
        changed("bagit.txt", flags=1),
        "bag.zip",
        "its bagit.txt cannot be read (it is encrypted)",
    ),
}


@pytest.mark.parametrize("case", UNSEEN)
def test_where_no_bag_is_seen_in_a_damaged_archive_file_it_is_said_what_takes_its_files_out(run, tmp_path, case: str):
    make, name, why = UNSEEN[case]
    (tmp_path / name).write_bytes(make())
    ran = run("bag", "unbag", tmp_path / name, "--into", tmp_path / "out", "--keep-damaged")
    assert ran.status == 3
    assert why in ran.err
    assert ran.err.endswith("; take its files out with a program of your own, as tar, unzip, or zip -FF\n")
    assert ran.err.count("\n") == 1
    assert not (tmp_path / "out").exists()
