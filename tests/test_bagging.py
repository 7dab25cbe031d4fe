"""A bag of any payload: made beside a source that stays as it was, of whatever names a file system takes."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import solander
from solander.errors import ArchiveUnwritable, NameTaken, OutputInsideSource, PayloadRefused, UsageError
from solander.files import hashing
from solander.pipeline import make_bag

AT = datetime(2026, 1, 1, tzinfo=UTC)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        os.fsdecode(os.path.relpath(path, folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


def state(folder: Path) -> dict[str, tuple[int, ...]]:
    """All that anybody could have changed of a folder, but for the time at which it was last read."""
    found = {}
    for path in (folder, *folder.rglob("*")):
        status = path.lstat()
        found[str(path)] = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return found


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "1912" / "drafts").mkdir(parents=True)
    (folder / "1912" / "may.txt").write_bytes(b"Dear Ines,\n")
    (folder / "1912" / "drafts" / "100%25.txt").write_bytes(b"")
    (folder / "map.bin").write_bytes(bytes(range(256)) * 9000)
    return folder


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def bags_in(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir()) if place.exists() else []


def test_a_folder_becomes_a_valid_bag_and_stays_as_it_was(source: Path, tmp_path: Path) -> None:
    before = state(source)
    made = make_bag(source, into=tmp_path / "bags", algorithms=("sha512", "sha256"), at=AT)
    assert made.path == tmp_path / "bags" / "letters"
    assert state(source) == before
    assert contents(made.path / "data") == contents(source)
    assert (made.files, made.size_bytes) == (3, 256 * 9000 + 11)
    assert not made.report.findings
    report = solander.validate(made.path)
    assert report.passed
    assert not report.findings
    assert (made.path / "bagit.txt").read_text() == "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    digest = hashlib.sha256(b"").hexdigest()
    # RFC 8493, 2.1.3: a percent sign is written as %25.
    assert f"{digest}  data/1912/drafts/100%2525.txt\n" in (made.path / "manifest-sha256.txt").read_text()


def test_the_same_moment_makes_the_same_bytes(source: Path, tmp_path: Path) -> None:
    one = make_bag(source, into=tmp_path / "one", at=AT, threads=1)
    other = make_bag(source, into=tmp_path / "other", at=AT, threads=5)
    assert contents(one.path) == contents(other.path)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in one.path.rglob("*") if path.is_file()}
    assert modes == {0o644}


def test_a_copy_keeps_the_time_of_its_last_change(source: Path, tmp_path: Path) -> None:
    os.utime(source / "map.bin", ns=(1, 1_234_567_890_123_456_789))
    made = make_bag(source, into=tmp_path / "bags")
    assert (made.path / "data" / "map.bin").stat().st_mtime_ns == (source / "map.bin").stat().st_mtime_ns


def test_order_and_repeats_of_what_is_said_are_kept(source: Path, tmp_path: Path) -> None:
    said = [("Contact-Name", "B"), ("Source-Organization", "Ä"), ("Contact-Name", "A"), ("Contact-Name", "A")]
    made = make_bag(source, into=tmp_path, name="bag", info=said, at=AT)
    lines = (made.path / "bag-info.txt").read_text().splitlines()
    assert lines == [
        *(f"{label}: {value}" for label, value in said),
        "Bagging-Date: 2026-01-01",
        f"Bag-Software-Agent: bag make, solander {solander.__version__}",
        f"Payload-Oxum: {256 * 9000 + 11}.3",
    ]


@pytest.mark.parametrize(
    "field", [("", "x"), ("a:b", "x"), (" a", "x"), ("a\n", "x"), ("Payload-Oxum", "1.1"), ("Label", " ")]
)
def test_a_field_that_is_none_is_refused_before_anything_is_written(
    source: Path, tmp_path: Path, field: tuple[str, str]
) -> None:
    with pytest.raises(UsageError):
        make_bag(source, into=tmp_path / "bags", info=[field])
    assert not (tmp_path / "bags").exists()


def test_an_empty_folder_makes_an_empty_bag_with_its_manifest(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    made = make_bag(tmp_path / "nothing", into=tmp_path / "bags")
    assert (made.path / "manifest-sha512.txt").read_bytes() == b""
    assert "Payload-Oxum: 0.0\n" in (made.path / "bag-info.txt").read_text()
    assert solander.validate(made.path).passed


def test_empty_folders_stand_in_the_bag_and_are_told(source: Path, tmp_path: Path) -> None:
    (source / "empty" / "within").mkdir(parents=True)
    made = make_bag(source, into=tmp_path / "bags")
    assert made.empty_folders == ("data/empty/within",)
    assert (made.path / "data" / "empty" / "within").is_dir()


def test_several_sources_lie_each_under_its_name(source: Path, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b")
    made = make_bag(source, tmp_path / "list.csv", into=tmp_path / "bags", name="estate")
    assert set(contents(made.path / "data")) == {*(f"letters/{path}" for path in contents(source)), "list.csv"}
    assert solander.validate(made.path).passed
    with pytest.raises(UsageError, match="--name"):
        make_bag(source, tmp_path / "list.csv", into=tmp_path / "more")
    (tmp_path / "other" / "letters").mkdir(parents=True)
    with pytest.raises(UsageError, match="another source has this name"):
        make_bag(source, tmp_path / "other" / "letters", into=tmp_path / "more", name="x")


def test_a_single_file_is_a_payload_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("a,b")
    made = make_bag(tmp_path / "list.csv", into=tmp_path / "bags")
    assert contents(made.path / "data") == {"list.csv": b"a,b"}
    assert made.path.name == "list.csv"


def test_what_is_to_be_left_out_is_left_out_and_told(source: Path, tmp_path: Path) -> None:
    for name in (".DS_Store", "1912/Thumbs.db", "1912/drafts/a.tmp", "kept.tmpl"):
        (source / name).write_bytes(b"x")
    made = make_bag(source, into=tmp_path / "bags", exclude=["*.tmp", "1912/m*"], exclude_system_files=True)
    left = {".DS_Store", "1912/Thumbs.db", "1912/drafts/a.tmp", "1912/may.txt"}
    assert {os.path.relpath(path, source) for path in made.excluded} == left
    assert set(contents(made.path / "data")) == set(contents(source)) - left
    whole = make_bag(source, into=tmp_path / "more", exclude=["drafts/"])
    assert [os.path.relpath(path, source) for path in whole.excluded] == ["1912/drafts"]
    assert not (whole.path / "data" / "1912" / "drafts").exists()


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


def test_a_bag_is_not_bagged_unasked(source: Path, tmp_path: Path) -> None:
    made = make_bag(source, into=tmp_path / "bags")
    with pytest.raises(UsageError, match="--bag-of-a-bag"):
        make_bag(made.path, into=tmp_path / "more")
    whole = make_bag(made.path, into=tmp_path / "more", bag_of_a_bag=True)
    assert contents(whole.path / "data") == contents(made.path)
    with pytest.raises(UsageError, match="it lies in a bag"):
        make_bag(source, into=made.path / "data" / "within")


def test_a_bag_is_never_written_into_its_source_or_over_anything(source: Path, tmp_path: Path) -> None:
    (tmp_path / "way").symlink_to(source / "1912")
    for into in (source, source / "bags", tmp_path / "way"):
        with pytest.raises(OutputInsideSource):
            make_bag(source, into=into)
    with pytest.raises(NameTaken):
        make_bag(source, into=tmp_path)
    assert bags_in(source) == ["1912", "map.bin"]


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
    write = hashing._write

    def lose(copy: tuple[int, str], piece: memoryview) -> None:
        write(copy, piece[:-1] if len(piece) > 1 else piece)

    monkeypatch.setattr(hashing, "_write", lose)
    with pytest.raises(ArchiveUnwritable, match="not what was written"):
        make_bag(source, into=tmp_path / "bags")
    assert not (tmp_path / "bags").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_nothing_and_the_next_run_succeeds(source: Path, small_disk: Path, tmp_path: Path) -> None:
    before = state(source)
    with pytest.raises(ArchiveUnwritable, match="the disk is full; nothing was kept"):
        make_bag(source, into=small_disk / "bags")
    assert bags_in(small_disk) == []
    assert state(source) == before
    assert solander.validate(make_bag(source, into=tmp_path / "bags").path).passed


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
@pytest.mark.parametrize("at", [1, 2, 4, 7])
def test_a_disk_that_fails_at_any_write_leaves_nothing(source: Path, tmp_path: Path, number: int, at: int) -> None:
    before, write, count = state(source), os.write, 0

    def fail(file: int, content: bytes) -> int:
        nonlocal count
        count += 1
        if count >= at:
            raise OSError(number, os.strerror(number))
        return write(file, content)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "write", fail)
        with pytest.raises(ArchiveUnwritable) as caught:
            make_bag(source, into=tmp_path / "bags", threads=1)
    assert caught.value.what.endswith("nothing was kept")
    assert not (tmp_path / "bags").exists()
    assert state(source) == before
    assert solander.validate(make_bag(source, into=tmp_path / "bags").path).passed


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """So many files that processes of their own copy them."""
    folder = tmp_path / "letters of many years"
    folder.mkdir()
    for number in range(700):
        (folder / f"{number:03}.txt").write_bytes(b"Dear friend, " * 300)
    return folder


FAILING = """
import errno, os, sys
from solander.files import by_processes
from solander.cli import main

forked, written, write = os.getpid(), 0, os.write

def fail(file, content):
    global written
    # In a process of its own, which has copied some already.
    if os.getpid() != forked and bytes(content[:4]) == b"Dear":
        written += 1
        if written > 100:
            raise OSError(int(sys.argv[1]), os.strerror(int(sys.argv[1])))
    return write(file, content)

os.write = fail
status = main(["bag", "make", *sys.argv[2:]])
sys.exit(status if by_processes.can_fork() else "it was no process of its own")
"""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_disk_that_fails_a_process_that_copies_leaves_nothing(many: Path, tmp_path: Path, number: int) -> None:
    before, bags = state(many), tmp_path / "bags"
    words = [sys.executable, "-c", FAILING, str(number), str(many), "--into", str(bags)]
    ran = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ran.returncode == 3
    assert "nothing was kept" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert not bags.exists()
    assert state(many) == before
    assert solander.validate(make_bag(many, into=bags).path).passed


def test_a_disk_that_fills_up_under_processes_leaves_nothing(many: Path, small_disk: Path) -> None:
    words = [sys.executable, "-m", "solander.cli", "bag", "make", str(many), "--into", str(small_disk / "bags")]
    ran = subprocess.run(words, check=False, capture_output=True, text=True)
    assert ran.returncode == 3
    assert "the disk is full; nothing was kept" in ran.stderr
    assert bags_in(small_disk) == []


def test_two_runs_at_once_make_one_bag(source: Path, tmp_path: Path) -> None:
    outcomes: list[object] = []

    def make() -> None:
        try:
            outcomes.append(make_bag(source, into=tmp_path / "bags").path)
        except NameTaken as taken:
            outcomes.append(type(taken))

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, outcomes)) == sorted([str(tmp_path / "bags" / "letters"), *[str(NameTaken)] * 3])
    assert bags_in(tmp_path / "bags") == ["letters"]
    assert solander.validate(tmp_path / "bags" / "letters").passed


def names() -> st.SearchStrategy[bytes]:
    """Whatever a file system takes for a name."""
    letters = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs",)), min_size=1, max_size=40).map(
        lambda text: text.encode()[:255]
    )
    odd = st.sampled_from(
        [
            "%",
            "%0A",
            "100%25",
            "a%0ab",
            "\n",
            "a\r\nb",
            "a\nb\nc\nd",
            "* ",
            "*x",
            " x",
            "x ",
            "x\xa0",
            "\u2028",
            "a\u2028b",
            "\x85",
            "\ufeff",
            "~",
            "~root",
            "C:",
            "\\",
            "con",
            "é",
            "é",
            "\u202egnp.exe",
            "\x1b[31m",
            "-",
            "--into",
            "$(x)",
            "'",
            '"',
            ";",
            "\t",
            ". ",
            "...",
            ".hidden",
            "data",
            "bagit.txt",
            "manifest-md5.txt",
        ]
    ).map(str.encode)
    return (letters | odd).filter(lambda name: name not in (b"", b".", b".."))


def bagit_is_right_about(paths: list[str]) -> bool:
    """Whether bagit 1.9.0 can be asked about a payload with these paths.

    Its known faults: it reads no ``%25`` (LibraryOfCongress/bagit-python#157), and ``%0A`` no more than twice in a
    name; it breaks lines at U+2028 and its kin, and strips the white space at their ends; and of names that differ only
    in their normal form one hides the other.
    """
    breaks = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
    return not any(
        "%" in path
        or "\n" in path
        or "\r" in path
        or any(one in path for one in breaks)
        or path != path.strip()
        or unicodedata.normalize("NFC", path) != path
        or "\ufeff" in path
        or not path.isprintable()
        for path in paths
    )


def refusals(source: Path, into: Path) -> set[str]:
    """Why no bag can be made of a source, if so; what was made is taken away."""
    try:
        shutil.rmtree(make_bag(source, into=into, bag_of_a_bag=True).path.parent)
    except PayloadRefused as refused:
        return {why.partition(":")[0] for _, why in refused.faults}
    return set()


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.lists(names(), max_size=2), names(), st.binary(max_size=20)), min_size=1, max_size=6))
@example([([], b"a%0Ab", b"1"), ([], b"a\nb\nc\nd", b"2"), ([], b"x ", b"3"), ([], "x\u00a0".encode(), b"4")])
@example([([], b"bagit.txt", b"no bag"), ([b"data"], b"x", b"")])
@example([([], b"100%25.txt", b"1"), ([b"*"], b" ", b"2"), ([], "\u2028".encode(), b""), ([], b"\\", b"")])
def test_any_name_that_a_file_system_takes_survives(files: list[tuple[list[bytes], bytes, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        for folders, last, content in files:
            path = Path(os.fsdecode(b"/".join((os.fsencode(place / "source"), *folders, last))))
            with contextlib.suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        (place / "source").mkdir(exist_ok=True)
        before = contents(place / "source")
        if refused := refusals(place / "source", place / "bags"):
            assert refused <= {"its name is not in UTF-8", "no manifest can hold its name"}
            assert not (place / "bags").exists()
            return
        made = make_bag(place / "source", into=place / "bags", bag_of_a_bag=True)
        report = solander.validate(made.path)
        assert not report.at_or_above("error"), report.findings
        out = solander.unbag(made.path, into=place / "out")
        assert out.path is not None
        assert contents(out.path) == before
        if bagit_is_right_about(list(before)) and before:
            assert bagit.Bag(str(made.path)).validate()


def test_what_bagit_makes_solander_finds_valid(source: Path, tmp_path: Path) -> None:
    (source / "1912" / "drafts" / "100%25.txt").unlink()
    shutil.copytree(source, tmp_path / "theirs")
    bagit.make_bag(str(tmp_path / "theirs"), checksums=["sha256"])
    ours = make_bag(source, into=tmp_path / "bags", algorithms=["sha256"])
    manifests = [path / "manifest-sha256.txt" for path in (ours.path, tmp_path / "theirs")]
    assert len({tuple(sorted(path.read_text().splitlines())) for path in manifests}) == 1
    assert bagit.Bag(str(ours.path)).validate()


def test_no_descriptor_and_no_thread_stays(source: Path, tmp_path: Path) -> None:
    make_bag(source, into=tmp_path / "first")
    before, threads = descriptors(), threading.active_count()
    make_bag(source, into=tmp_path / "second", threads=4)
    with pytest.raises(NameTaken):
        make_bag(source, into=tmp_path / "second")
    assert (descriptors(), threading.active_count()) == (before, threads)
