"""Reading trees safely: links are named and never followed, pipes never wait for, nothing recurses."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.permissions import as_nobody

from solander.errors import ArchiveError
from solander.files import descent
from solander.files.folder import Folder
from solander.files.named import kind_of, read_head, read_whole
from solander.model.ports import Entry


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "folder"
    (root / "a" / "b").mkdir(parents=True)
    (root / "a" / "b" / "page.html").write_bytes(b"<p>Words")
    (root / "top.txt").write_bytes(b"x" * 700_000)
    return root


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike the one that pytest makes."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def descriptors() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def walk(tree: Folder, seen: list[str]) -> None:
    for entry in tree.entries():
        seen.append(entry.path)


def refused(tree: Folder, path: str) -> str:
    with pytest.raises(ArchiveError) as caught:
        tree.read(path, 10**9)
    return caught.value.what


def test_every_name_is_given_with_its_kind_and_size(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    (folder / "to-file").symlink_to("top.txt")
    (folder / "to-folder").symlink_to("a")
    (folder / "to-nothing").symlink_to("nowhere")
    assert sorted(Folder(folder).entries()) == [
        Entry("a", "folder"),
        Entry("a/b", "folder"),
        Entry("a/b/page.html", "file", 8),
        Entry("pipe", "special"),
        Entry("to-file", "symlink", target="top.txt"),
        Entry("to-folder", "symlink", target="a"),
        Entry("to-nothing", "symlink", target="nowhere"),
        Entry("top.txt", "file", 700_000),
    ]


def test_a_file_is_read_whole_and_in_pieces(folder: Path) -> None:
    tree = Folder(folder)
    assert tree.read("a/b/page.html", 8) == b"<p>Words"
    pieces = list(tree.chunks("top.txt"))
    assert b"".join(pieces) == b"x" * 700_000
    assert max(map(len, pieces)) <= descent.CHUNK_BYTES


def test_a_file_beyond_its_bound_is_refused(folder: Path) -> None:
    with pytest.raises(ArchiveError, match="larger than the limit of 7 bytes"):
        Folder(folder).read("a/b/page.html", 7)


def test_no_link_is_followed_wherever_it_stands_on_the_way(folder: Path) -> None:
    (folder / "to-file").symlink_to("top.txt")
    (folder / "to-folder").symlink_to("a")
    assert "symbolic link" in refused(Folder(folder), "to-file")
    assert "no folder" in refused(Folder(folder), "to-folder/b/page.html")


@pytest.mark.parametrize("path", ["a/../top.txt", "../folder/top.txt", "/etc/passwd", "a//b/page.html", "./top.txt"])
def test_a_path_that_leads_elsewhere_is_refused(folder: Path, path: str) -> None:
    assert refused(Folder(folder), path)


def test_a_pipe_is_refused_at_once(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    assert refused(Folder(folder), "pipe") == "it is no regular file but a pipe, a socket or a device"
    with pytest.raises(ArchiveError, match="no regular file"):
        read_whole(folder / "pipe", 10)


def test_folders_and_missing_files_are_refused_in_plain_words(folder: Path) -> None:
    assert refused(Folder(folder), "a") == "it is a folder"
    assert refused(Folder(folder), "none") == "there is no such file or folder"
    with pytest.raises(ArchiveError, match="no such file or folder"):
        list(Folder(folder / "none").entries())
    with pytest.raises(ArchiveError, match="it is no folder"):
        list(Folder(folder / "top.txt").entries())


def test_names_that_are_no_utf8_come_through_and_back(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder) + b"/a/\xff.txt")).write_bytes(b"odd")
    tree = Folder(folder)
    path = next(entry.path for entry in tree.entries() if entry.size_bytes == 3)
    assert path == "a/\udcff.txt"
    assert tree.read(path, 3) == b"odd"


def test_a_tree_deeper_than_a_path_may_be_long_is_walked(tmp_path: Path) -> None:
    depth, name = 300, "a-folder-with-a-long-name"
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir(name, dir_fd=at)
        below = os.open(name, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(os.open("leaf", os.O_CREAT | os.O_WRONLY, dir_fd=at))
    os.close(at)
    assert sum(1 for _ in Folder(tmp_path).entries()) == depth + 1


def test_a_tree_beyond_all_measure_is_refused_after_what_could_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(descent, "DEPTH_LIMIT", 3)
    (tmp_path / "1/2/3/4/5").mkdir(parents=True)
    seen: list[str] = []
    with pytest.raises(ArchiveError, match="more than 3 folders deep"):
        walk(Folder(tmp_path), seen)
    assert seen == ["1", "1/2", "1/2/3", "1/2/3/4"]


def test_an_unreadable_folder_is_told_after_all_that_could_be_read(open_folder: Path) -> None:
    (open_folder / "shut").mkdir()
    (open_folder / "shut").chmod(0)
    (open_folder / "top.txt").write_bytes(b"")
    seen: list[str] = []
    with as_nobody(), pytest.raises(ArchiveError, match="shut: no permission to read it"):
        walk(Folder(open_folder), seen)
    assert sorted(seen) == ["shut", "top.txt"]


def test_an_unreadable_file_is_told(open_folder: Path) -> None:
    (open_folder / "shut.txt").write_bytes(b"words")
    (open_folder / "shut.txt").chmod(0)
    with as_nobody():
        assert refused(Folder(open_folder), "shut.txt") == "no permission to read it"


def test_a_file_that_a_user_names_may_be_a_link(folder: Path) -> None:
    (folder / "link").symlink_to("a/b/page.html")
    assert read_whole(folder / "link", 8) == b"<p>Words"
    with pytest.raises(ArchiveError, match="larger than the limit"):
        read_whole(folder / "link", 7)


def test_what_stands_at_a_path_is_told_and_links_are_followed(folder: Path) -> None:
    (folder / "link").symlink_to("a")
    (folder / "broken").symlink_to("nowhere")
    os.mkfifo(folder / "fifo")
    names = ("a", "link", "top.txt", "fifo", "broken", "none", "top.txt/below")
    assert [kind_of(folder / name) for name in names] == [
        "folder", "folder", "file", "other", "nothing", "nothing", "nothing",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["x" * 300, "nul\0"])
def test_a_name_that_no_file_can_have_is_refused_in_plain_words(folder: Path, name: str) -> None:
    with pytest.raises(ArchiveError):
        kind_of(folder / name)


def test_what_stands_in_a_shut_folder_is_not_said_to_be_nothing(open_folder: Path) -> None:
    (open_folder / "shut").mkdir()
    (open_folder / "shut").chmod(0)
    with as_nobody(), pytest.raises(ArchiveError, match="no permission to read it"):
        kind_of(open_folder / "shut" / "page.html")


def test_of_a_large_file_the_beginning_is_read_alone(folder: Path) -> None:
    with (folder / "large").open("wb") as large:
        large.write(b"<TEI")
        large.truncate(1 << 40)
    assert read_head(folder / "large", 4) == b"<TEI"
    assert read_head(folder / "a/b/page.html", 4096) == b"<p>Words"
    with pytest.raises(ArchiveError):
        read_head(folder / "a", 4)


def test_no_descriptor_stays_open(folder: Path) -> None:
    before = descriptors()
    tree = Folder(folder)
    for path in ("a/b/page.html", "top.txt"):
        next(tree.chunks(path))
    next(tree.entries())
    list(tree.entries())
    refused(tree, "a")
    refused(tree, "a/none/x")
    assert descriptors() == before
