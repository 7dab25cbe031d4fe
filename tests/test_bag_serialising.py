"""A bag made as one archive file, or for a BagIt profile: whole, judged and as was demanded, or not there."""

from __future__ import annotations

import errno
import hashlib
import json
import signal
import subprocess
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.forked import run_forked
from tests.killed_runs import KILLING

import solander
from solander.errors import ArchiveUnwritable, NameTaken, PayloadRefused, UsageError
from solander.files import whole
from solander.pipeline import make_bag

AT = datetime(2026, 1, 1, tzinfo=UTC)
FORMS = ("zip", "tar", "tar.gz")
APTRUST = (
    ("aptrust-info.txt", "Title", "Letters"),
    ("aptrust-info.txt", "Access", "Consortia"),
    ("aptrust-info.txt", "Storage-Option", "Standard"),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "letters"
    (folder / "1912").mkdir(parents=True)
    (folder / "1912" / "may.txt").write_bytes(b"Dear Ines,\n")
    (folder / "100%.bin").write_bytes(bytes(range(256)) * 900)
    return folder


@pytest.fixture
def bags(tmp_path: Path) -> Path:
    return tmp_path / "bags"


def names_in(place: Path) -> list[str]:
    return sorted(one.name for one in place.iterdir()) if place.exists() else []


def profile(folder: Path, **elements: object) -> Path:
    """A profile of one's own; ``_`` stands for a hyphen in the names of its elements."""
    value = {
        "BagIt-Profile-Info": {
            "BagIt-Profile-Identifier": "https://example.org/profile.json",
            "BagIt-Profile-Version": "1.4.0",
            "Source-Organization": "County Archive",
            "External-Description": "a test",
            "Version": "1",
        },
        "Accept-BagIt-Version": ["1.0"],
        **{name.replace("_", "-"): one for name, one in elements.items()},
    }
    path = folder / "profile.json"
    path.write_text(json.dumps(value))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_a_bag_is_one_archive_file_and_no_folder(source: Path, bags: Path, form: str) -> None:
    made = make_bag(source, into=bags, serialise=form, algorithms=("sha512", "sha256"), at=AT)
    assert made.path == bags / f"letters.{form}"
    assert (made.form, made.files) == (form, 2)
    assert names_in(bags) == [f"letters.{form}"]
    report = solander.validate(made.path)
    assert report.passed
    assert not report.findings


@pytest.mark.parametrize("form", FORMS)
def test_what_is_unpacked_from_the_file_is_the_bag_that_would_have_been_made(
    source: Path, bags: Path, tmp_path: Path, form: str
) -> None:
    folder = make_bag(source, into=tmp_path / "folder", at=AT).path
    file = make_bag(source, into=bags, serialise=form, at=AT).path
    if form == "zip":
        with zipfile.ZipFile(file) as archive:
            archive.extractall(tmp_path / "out")
    else:
        with tarfile.open(file) as archive:
            archive.extractall(tmp_path / "out", filter="data")
    both = [
        {path.relative_to(one).as_posix(): path.read_bytes() for path in one.rglob("*") if path.is_file()}
        for one in (folder, tmp_path / "out" / "letters")
    ]
    assert both[0] == both[1]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_moment_makes_the_same_file(source: Path, tmp_path: Path, form: str) -> None:
    files = [make_bag(source, into=tmp_path / name, serialise=form, at=AT).path for name in ("one", "other")]
    assert len({hashlib.sha256(one.read_bytes()).digest() for one in files}) == 1


def test_a_file_that_has_the_name_stays(source: Path, bags: Path) -> None:
    bags.mkdir()
    (bags / "letters.zip").write_bytes(b"mine")
    with pytest.raises(NameTaken):
        make_bag(source, into=bags, serialise="zip")
    assert (bags / "letters.zip").read_bytes() == b"mine"
    assert names_in(bags) == ["letters.zip"]


def test_a_folder_of_the_bags_name_is_no_hindrance(source: Path, bags: Path) -> None:
    make_bag(source, into=bags)
    make_bag(source, into=bags, serialise="tar")
    assert names_in(bags) == ["letters", "letters.tar"]


@pytest.mark.parametrize("form", FORMS)
def test_a_full_disk_leaves_nothing(source: Path, bags: Path, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(file: int, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    # The archive file's own writes: the folder's go elsewhere.
    monkeypatch.setattr(whole, "write_all", full)
    with pytest.raises(ArchiveUnwritable) as refused:
        make_bag(source, into=bags, serialise=form)
    assert str(refused.value) == f"{bags}/letters.{form}: the disk is full; nothing was kept"
    assert not bags.exists()


def test_an_archive_file_that_is_not_what_was_written_is_not_there(
    source: Path, bags: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = whole.write_all

    def flipped(file: int, content: bytes) -> None:
        write(file, content.replace(b"Dear Ines", b"Dear Inez"))

    monkeypatch.setattr(whole, "write_all", flipped)
    with pytest.raises(ArchiveUnwritable, match="not what was written"):
        make_bag(source, into=bags, serialise="tar")
    assert not bags.exists()


KILLED = (
    KILLING
    + """
source, into, form, stop_at = *sys.argv[1:4], int(sys.argv[4])
from solander.pipeline import make_bag
make_bag  # what is imported late is imported before the steps are counted
import solander.checking.bags.serialised, solander.files.serialised, solander.pipeline.bags.serialising
steps = 0

def count(event, arguments):
    if event in ("open", "os.mkdir", "os.rename", "os.chmod", "os.scandir", "os.remove", "os.rmdir", "ctypes.dlsym"):
        reached()

sys.addaudithook(count)
make_bag(source, into=into, serialise=form, threads=1)
print(steps)
"""
)


def killed(*words: object) -> subprocess.CompletedProcess[str]:
    return run_forked(KILLED, *words)


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_killed_at_any_moment_there_is_no_file_or_a_whole_one_and_the_next_run_succeeds(
    source: Path, tmp_path: Path, form: str
) -> None:
    ran = killed(source, tmp_path / "whole", form, 0)
    steps = int(ran.stdout)
    seen = set()
    for moment in range(1, steps + 1, max(1, steps // 12)):
        into = tmp_path / str(moment)
        assert killed(source, into, form, moment).returncode == -signal.SIGKILL
        left = [name for name in names_in(into) if not whole.TEMPORARY_NAME.fullmatch(name)]
        assert left in ([], [f"letters.{form}"])
        seen.add(bool(left))
        if left:
            assert solander.validate(into / left[0]).passed
            (into / left[0]).unlink()
        make_bag(source, into=into, serialise=form)
        # What the killed run left is gone, too.
        assert names_in(into) == [f"letters.{form}"]
        assert solander.validate(into / f"letters.{form}").passed
    assert seen == {False, True}


def test_names_that_part_folders_elsewhere_are_refused_before_anything_is_written(source: Path, bags: Path) -> None:
    for name in ("a\\b", "c\\d"):
        (source / name).write_bytes(b"")
    with pytest.raises(PayloadRefused) as refused:
        make_bag(source, into=bags, serialise="zip")
    assert [path for path, _ in refused.value.faults] == [f"{source}/a\\b", f"{source}/c\\d"]
    assert not bags.exists()
    with pytest.raises(UsageError, match="leads elsewhere"):
        make_bag(source, into=bags, serialise="zip", name="x\\y")


# --------------------------------------------------------------------------------------------------- for a profile


def test_a_bag_for_aptrust_keeps_its_profile(source: Path, bags: Path) -> None:
    made = make_bag(source, into=bags, profile="aptrust", tag_info=APTRUST, at=AT)
    assert made.path == bags / "letters.tar"
    assert made.algorithms == ("md5",)
    report = solander.validate(made.path, profile="aptrust")
    assert report.passed
    assert not any(one.code == "PRF023" for one in report.findings)
    with tarfile.open(made.path) as archive:
        said = archive.extractfile("letters/aptrust-info.txt")
        assert said is not None
        assert said.read() == b"Title: Letters\nAccess: Consortia\nStorage-Option: Standard\n"


def test_all_that_a_profile_demands_and_nobody_said_is_named_at_once(source: Path, bags: Path) -> None:
    with pytest.raises(UsageError) as refused:
        make_bag(source, into=bags, profile="aptrust", tag_info=APTRUST[:1])
    assert "--tag-info 'aptrust-info.txt/Access: Consortia|Institution|Restricted'" in str(refused.value)
    assert "--tag-info 'aptrust-info.txt/Storage-Option: Standard|" in str(refused.value)
    assert "Title" not in str(refused.value)
    with pytest.raises(UsageError, match="--info 'Source-Organization: …'"):
        make_bag(source, into=bags, profile="btr")
    assert not bags.exists()


def test_a_value_that_the_profile_does_not_list_is_refused_before_anything_is_written(source: Path, bags: Path) -> None:
    stated = (*APTRUST[:1], ("aptrust-info.txt", "Access", "Everybody"), *APTRUST[2:])
    with pytest.raises(UsageError, match="and not 'Everybody'"):
        make_bag(source, into=bags, profile="aptrust", tag_info=stated)
    assert not bags.exists()


def test_a_bag_for_btr_is_a_folder_and_names_the_profile(source: Path, bags: Path) -> None:
    made = make_bag(source, into=bags, profile="btr", info=[("Source-Organization", "County Archive")], at=AT)
    assert made.path.is_dir()
    assert (made.path / "bag-info.txt").read_text().startswith("BagIt-Profile-Identifier: https://github.com/dpsc")
    report = solander.validate(made.path)
    assert report.passed
    assert "PRF002" in report.rules
    assert solander.validate(
        make_bag(
            source, into=bags, profile="btr", serialise="zip", info=[("Source-Organization", "County Archive")]
        ).path
    ).passed


def test_what_a_profile_does_not_allow_is_refused(source: Path, bags: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="accepts no zip file; say --serialise tar"):
        make_bag(source, into=bags, profile="aptrust", tag_info=APTRUST, serialise="zip")
    with pytest.raises(UsageError, match="allows no manifest of blake2b"):
        make_bag(source, into=bags, profile="btr", info=[("Source-Organization", "A")], algorithms=["blake2b"])
    with pytest.raises(UsageError, match="solander pack"):
        make_bag(source, into=bags, profile="solander")
    for elements, what in (
        ({"Serialization": "forbidden"}, "forbids archive files"),
        ({"Accept_BagIt_Version": ["0.97"]}, "accepts BagIt 0.97"),
        ({"Fetch.txt_Required": True}, "requires a fetch.txt"),
        ({"Payload_Files_Required": ["data/index.html", "data/scans/"]}, "data/index.html, data/scans/"),
        ({"Tag_Files_Required": ["notes/about.txt", "more/"]}, "'notes/about.txt/LABEL: VALUE', --tag-info 'more/F"),
    ):
        with pytest.raises(UsageError, match=what):
            make_bag(source, into=bags, profile=profile(tmp_path, **elements), serialise="zip")
    assert not bags.exists()


def test_manifests_are_of_the_algorithms_that_are_required_and_of_those_asked_for(
    source: Path, bags: Path, tmp_path: Path
) -> None:
    asked = profile(
        tmp_path, Manifests_Required=["SHA-256"], Tag_Manifests_Required=["md5"], Tag_Manifests_Allowed=["md5"]
    )
    made = make_bag(source, into=bags, profile=asked, algorithms=["sha1"])
    manifests = [name for name in names_in(made.path) if "manifest" in name]
    assert manifests == ["manifest-sha1.txt", "manifest-sha256.txt", "tagmanifest-md5.txt"]
    assert solander.validate(made.path, profile=asked).passed


def test_a_bag_that_does_not_keep_its_profile_is_not_made(source: Path, bags: Path, tmp_path: Path) -> None:
    strict = profile(tmp_path, Payload_Files_Allowed=["data/1912/*"])
    for form in (None, "tar"):
        with pytest.raises(PayloadRefused, match="PRF012") as refused:
            make_bag(source, into=bags, profile=strict, serialise=form)
        assert "100%.bin" in str(refused.value)
        assert not bags.exists()


@pytest.mark.parametrize(
    "path", ["bag-info.txt", "bagit.txt", "manifest-md5.txt", "data/x.txt", "../x.txt", "/x.txt", "a//b", "a\\b", ""]
)
def test_what_is_no_tag_file_cannot_be_stated(source: Path, bags: Path, path: str) -> None:
    with pytest.raises(UsageError, match="no tag file"):
        make_bag(source, into=bags, tag_info=[(path, "Label", "value")])
    assert not bags.exists()


def test_a_tag_file_may_be_stated_without_a_profile(source: Path, bags: Path) -> None:
    made = make_bag(source, into=bags, tag_info=[("notes/about.txt", "Who", "A"), ("notes/about.txt", "Who", "B")])
    assert (made.path / "notes" / "about.txt").read_text() == "Who: A\nWho: B\n"
    report = solander.validate(made.path)
    assert report.passed
    assert not report.findings
