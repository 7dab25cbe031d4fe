"""A bag of any payload is made beside a source that stays as it was, once, and says what it was told."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from pathlib import Path

import pytest
from tests.bagging.folders import AT, bags_in, contents, state

import solander
from solander.errors import NameTaken, OutputInsideSource, UsageError
from solander.pipeline import make_bag


def descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


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


def test_no_descriptor_and_no_thread_stays(source: Path, tmp_path: Path) -> None:
    make_bag(source, into=tmp_path / "first")
    before, threads = descriptors(), threading.active_count()
    make_bag(source, into=tmp_path / "second", threads=4)
    with pytest.raises(NameTaken):
        make_bag(source, into=tmp_path / "second")
    assert (descriptors(), threading.active_count()) == (before, threads)
