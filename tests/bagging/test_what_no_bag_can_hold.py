"""What no bag can hold, what changes meanwhile and what may not be read makes no bag; links are as was asked for."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from tests.bagging.folders import contents

import solander
from solander.errors import ArchiveUnwritable, PayloadRefused
from solander.files import hashing
from solander.pipeline import make_bag


def test_everything_that_no_bag_can_hold_is_named_before_anything_is_written(source: Path, tmp_path: Path) -> None:
    (source / "link").symlink_to("map.bin")
    (source / "away").symlink_to("/etc")
    os.mkfifo(source / "1912" / "pipe")
    (source / "a\\..\\b").write_bytes(b"")
    Path(os.fsdecode(os.fsencode(source) + b"/\xff.txt")).write_bytes(b"")
    with pytest.raises(PayloadRefused) as caught:
        make_bag(source, into=tmp_path / "bags")
    told = {os.path.relpath(path, source): why for path, why in caught.value.faults}
    assert told == {
        "link": "a symbolic link",
        "away": "a symbolic link",
        "1912/pipe": "a pipe, a socket or a device",
        "a\\..\\b": "no manifest can hold its name: read on another system, it leads out of the bag",
        "\udcff.txt": "its name is not in UTF-8",
    }
    assert not (tmp_path / "bags").exists()


def test_links_are_recorded_where_that_is_asked_for(source: Path, tmp_path: Path) -> None:
    (source / "away").symlink_to("/etc")
    (source / "1912" / "near").symlink_to("../map.bin")
    made = make_bag(source, into=tmp_path / "bags", links="record")
    assert (made.path / "metadata" / "links.json").read_text() == (
        '{\n  "links": [\n    {\n      "path": "data/1912/near",\n      "target": "../map.bin"\n    },\n'
        '    {\n      "path": "data/away",\n      "target": "/etc"\n    }\n  ]\n}\n'
    )
    assert solander.validate(made.path).passed
    assert not [path for path in made.path.rglob("*") if path.is_symlink()]


def test_links_to_files_are_followed_where_that_is_asked_for_and_others_refused(source: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_bytes(b"else")
    (source / "near").symlink_to("map.bin")
    (source / "far").symlink_to(tmp_path / "elsewhere.txt")
    made = make_bag(source, into=tmp_path / "bags", links="follow")
    held = contents(made.path / "data")
    assert (held["near"], held["far"]) == (held["map.bin"], b"else")
    assert solander.validate(made.path).passed
    (source / "folder").symlink_to("1912")
    (source / "broken").symlink_to("nowhere")
    with pytest.raises(PayloadRefused) as caught:
        make_bag(source, into=tmp_path / "more", links="follow")
    assert sorted(os.path.relpath(path, source) for path, _ in caught.value.faults) == ["broken", "folder"]


@pytest.mark.parametrize("change", ["grown", "gone", "new"])
def test_a_source_that_changes_meanwhile_makes_no_bag(source: Path, tmp_path: Path, change: str) -> None:
    def meddle(path: str, done: int, total: int) -> None:
        if done == 1:
            {
                "grown": lambda: (source / "map.bin").write_bytes(b"other"),
                "gone": (source / "map.bin").unlink,
                "new": (source / "late").touch,
            }[change]()

    with pytest.raises(PayloadRefused, match=r"it changed|no such file"):
        make_bag(source, into=tmp_path / "bags", threads=1, watch=meddle)
    assert not (tmp_path / "bags").exists()


def test_a_file_that_may_not_be_read_makes_no_bag(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        (source / "map.bin").chmod(0)
        with pytest.raises(PayloadRefused, match="no permission"):
            make_bag(source, into=tmp_path / "bags")
        return
    read = os.open

    def refuse(path: object, *rest: object, **named: object) -> int:
        if path == "map.bin" and named.get("dir_fd") is not None and not rest[0] & os.O_CREAT:
            raise PermissionError(errno.EACCES, "Permission denied")
        return read(path, *rest, **named)

    monkeypatch.setattr(hashing.os, "open", refuse)
    with pytest.raises(PayloadRefused, match="no permission"):
        make_bag(source, into=tmp_path / "bags")
    assert not (tmp_path / "bags").exists()


def test_a_copy_that_is_shorter_than_what_was_read_is_not_certified(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Digests are those of the bytes that were written, so the size on the disk has to be theirs too.
    write = hashing.write_piece

    def lose(copy: tuple[int, str], piece: memoryview) -> None:
        write(copy, piece[:-1] if len(piece) > 1 else piece)

    monkeypatch.setattr(hashing, "write_piece", lose)
    with pytest.raises(ArchiveUnwritable, match="not what was written"):
        make_bag(source, into=tmp_path / "bags")
    assert not (tmp_path / "bags").exists()
