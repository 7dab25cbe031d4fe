"""A bag brought up to date, and a payload taken out: verified on the way, and whole at every moment."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import bagit
import pytest
from tests.forked import run_forked
from tests.killed_runs import KILLING

import solander
from solander.errors import ArchiveError, ArchiveUnwritable, NotABag, UsageError
from solander.files import new_folder, whole
from solander.pipeline import make_bag, unbag, update_bag

AT = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2027, 2, 3, tzinfo=UTC)
OLD = ("0.93", "0.94", "0.95", "0.96", "0.97")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        os.path.relpath(path, folder): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }


@pytest.fixture
def bag(tmp_path: Path) -> Path:
    source = tmp_path / "letters"
    (source / "1912" / "empty").mkdir(parents=True)
    (source / "1912" / "may.txt").write_bytes(b"Dear Ines,\n")
    (source / "100%.txt").write_bytes(b"percent")
    (source / "map.bin").write_bytes(bytes(range(256)) * 5000)
    said = [("Contact-Name", "A"), ("Source-Organization", "B"), ("Contact-Name", "C")]
    return make_bag(source, into=tmp_path / "bags", algorithms=["md5"], info=said, at=AT).path


def old_bag(place: Path, version: str, *, encoding: str = "UTF-8") -> Path:
    """A bag as its time made it: each manifest lists a part, a name looks escaped, the metadata have their old name."""
    bag = place / f"bag-{version}"
    (bag / "data").mkdir(parents=True)
    files = {"data/100%25.txt": b"one", "data/müde.txt": b"two", "data/three": b"three"}
    for name, content in files.items():
        (bag / name).write_bytes(content)
    (bag / "bagit.txt").write_bytes(f"BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n".encode())

    def lines(algorithm: str, names: list[str]) -> bytes:
        return "".join(f"{hashlib.new(algorithm, files[one]).hexdigest()}  {one}\n" for one in names).encode(encoding)

    # Before 1.0 a payload file may be listed in one manifest alone, and twice in it.
    (bag / "manifest-md5.txt").write_bytes(lines("md5", ["data/100%25.txt", "data/müde.txt", "data/müde.txt"]))
    (bag / "manifest-sha1.txt").write_bytes(lines("sha1", ["data/three", "data/müde.txt"]))
    name = "package-info.txt" if version < "0.96" else "bag-info.txt"
    (bag / name).write_bytes("Contact-Name: Jürgen\nBagging-Date: 2008-01-01\n".encode(encoding))
    (bag / "notes.txt").write_bytes(b"by somebody else")
    return bag


def test_algorithms_change_while_the_old_ones_are_verified(bag: Path) -> None:
    payload = {path: path.stat().st_ino for path in (bag / "data").rglob("*") if path.is_file()}
    done = update_bag(bag, add_algorithms=["sha512", "sha256"], drop_algorithms=["md5"], at=LATER)
    assert done.was_updated
    assert done.algorithms == ("sha512", "sha256")
    assert sorted(one.name for one in bag.iterdir()) == [
        *("bag-info.txt", "bagit.txt", "data", "manifest-sha256.txt", "manifest-sha512.txt"),
        *("tagmanifest-sha256.txt", "tagmanifest-sha512.txt"),
    ]
    report = solander.validate(bag)
    assert report.passed
    # The payload was not copied: it is the same files.
    assert {path: path.stat().st_ino for path in payload} == payload
    assert (bag / "data" / "1912" / "empty").is_dir()
    assert [one.name for one in bag.parent.iterdir()] == ["letters"]


def test_every_file_is_read_once(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    open_file = os.open

    def counted(path: object, flags: int, *rest: object, **named: object) -> int:
        if path in ("may.txt", "map.bin", "100%.txt") and not flags & os.O_PATH:
            opened.append(str(path))
        return open_file(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", counted)
    update_bag(bag, add_algorithms=["sha512", "sha256"])
    assert sorted(opened) == ["100%.txt", "map.bin", "may.txt"]


def test_metadata_changes_in_its_order(bag: Path) -> None:
    update_bag(bag, remove_info=["contact-name"], info=[("Contact-Name", "D"), ("Contact-Name", "E")], at=LATER)
    assert (bag / "bag-info.txt").read_text().splitlines() == [
        "Source-Organization: B",
        "Bagging-Date: 2027-02-03",
        f"Bag-Software-Agent: bag make, solander {solander.__version__}",
        f"Payload-Oxum: {256 * 5000 + 18}.3",
        "Contact-Name: D",
        "Contact-Name: E",
    ]
    with pytest.raises(UsageError, match="has no Nonesuch"):
        update_bag(bag, remove_info=["Nonesuch"])


def flip(bag: Path) -> None:
    content = bytearray((bag / "data" / "map.bin").read_bytes())
    content[77] ^= 4
    (bag / "data" / "map.bin").write_bytes(content)


def lose(bag: Path) -> None:
    (bag / "data" / "map.bin").unlink()


def add(bag: Path) -> None:
    (bag / "data" / "late").touch()


def link(bag: Path) -> None:
    (bag / "data" / "link").symlink_to("/etc")


def tag(bag: Path) -> None:
    (bag / "bag-info.txt").write_text("Payload-Oxum: 1.1\n")


@pytest.mark.parametrize("harm", [flip, lose, add, link, tag])
def test_a_bag_that_is_not_valid_is_not_changed_and_not_unpacked(
    bag: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    harm(bag)
    before = contents(bag)
    done = update_bag(bag, add_algorithms=["sha512"])
    assert not done.was_updated
    assert done.report.at_or_above("error")
    assert contents(bag) == before
    out = unbag(bag, into=tmp_path / "out")
    assert out.path is None
    assert not (tmp_path / "out").exists()
    assert [one.name for one in bag.parent.iterdir()] == ["letters"]


@pytest.mark.parametrize("version", OLD)
@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-1", "UTF-16"])
def test_an_old_bag_becomes_one_of_1_0(tmp_path: Path, version: str, encoding: str) -> None:
    bag = old_bag(tmp_path, version, encoding=encoding)
    payload = contents(bag / "data")
    assert solander.validate(bag).passed
    with pytest.raises(UsageError, match=r"--to-1\.0"):
        update_bag(bag, add_algorithms=["sha512"])
    done = update_bag(bag, to_1_0=True, add_algorithms=["sha512"], at=LATER)
    assert (done.was_updated, done.from_version) == (True, version)
    assert contents(bag / "data") == payload
    assert (bag / "bagit.txt").read_bytes() == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    assert not (bag / "package-info.txt").exists()
    assert (bag / "bag-info.txt").read_text() == (
        "Contact-Name: Jürgen\nBagging-Date: 2027-02-03\nPayload-Oxum: 11.3\n"
    )
    for algorithm in ("md5", "sha1", "sha512"):
        listed = (bag / f"manifest-{algorithm}.txt").read_text().splitlines()
        assert [line.split("  ")[1] for line in listed] == ["data/100%2525.txt", "data/müde.txt", "data/three"]
        assert "notes.txt" in (bag / f"tagmanifest-{algorithm}.txt").read_text()
    report = solander.validate(bag)
    assert report.passed
    assert not report.at_or_above("warning")


def test_a_bag_of_a_page_is_made_anew_by_pack_alone(tmp_path: Path, material: Path) -> None:
    packed = solander.pack(material / "lighthouse.html", into=tmp_path, at=AT)
    assert packed.path is not None
    before = contents(packed.path)
    with pytest.raises(UsageError, match="solander pack PAGE"):
        update_bag(packed.path, add_algorithms=["sha256"])
    assert contents(packed.path) == before


def test_what_cannot_be_done_is_refused(bag: Path, tmp_path: Path) -> None:
    for asked in ({"drop_algorithms": ["sha256"]}, {"drop_algorithms": ["md5"]}, {"add_algorithms": ["crc32"]}):
        with pytest.raises(UsageError):
            update_bag(bag, **asked)
    with pytest.raises(UsageError):
        update_bag(bag, add_algorithms=["md5"], drop_algorithms=["md5"])
    with pytest.raises(NotABag):
        update_bag(tmp_path)
    with pytest.raises(ArchiveError):
        update_bag(tmp_path / "none")


def test_where_no_second_name_can_be_given_the_payload_is_copied(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(new_folder.os, "link", refuse)
    payload = contents(bag / "data")
    assert update_bag(bag, add_algorithms=["sha512"]).was_updated
    assert contents(bag / "data") == payload
    assert solander.validate(bag).passed


def test_where_names_cannot_be_exchanged_there_is_another_way(bag: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "exchange", lambda *_: False)
    assert update_bag(bag, add_algorithms=["sha512"]).was_updated
    assert [one.name for one in bag.parent.iterdir()] == ["letters"]
    assert solander.validate(bag).passed


def test_a_bag_that_is_changed_meanwhile_stays_as_it_is(bag: Path) -> None:
    def meddle(path: str, done: int, total: int) -> None:
        if done == total:
            (bag / "data" / "late").write_bytes(b"late")

    with pytest.raises(ArchiveUnwritable, match="it changed"):
        update_bag(bag, add_algorithms=["sha512"], watch=meddle)
    assert (bag / "data" / "late").read_bytes() == b"late"
    assert not (bag / "manifest-sha512.txt").exists()
    assert [one.name for one in bag.parent.iterdir()] == ["letters"]


KILLED = (
    KILLING
    + """
from pathlib import Path
from solander.files import whole
from solander.pipeline import update_bag
stop_at, exchanges, steps, begun = int(sys.argv[2]), sys.argv[3] == "exchange", 0, False
if not exchanges:
    whole.exchange = lambda *_: False

for module, names in ((os, ("mkdir", "link", "rename", "unlink", "rmdir", "fsync", "write")),
                      (whole, ("exchange", "sync_folder", "rename_exclusively", "put_right"))):
    for name in names:
        setattr(module, name, before_and_after(getattr(module, name)))
update_bag(Path(sys.argv[1]), add_algorithms=["sha512"], drop_algorithms=["md5"])
print(steps)
"""
)


def updated(bag: Path, stop_at: int, way: str) -> subprocess.CompletedProcess[str]:
    return run_forked(KILLED, bag, stop_at, way)


@pytest.mark.parametrize("way", ["exchange", "two renames"])
def test_killed_at_any_moment_the_old_bag_or_the_new_one_stands_whole(bag: Path, tmp_path: Path, way: str) -> None:
    shutil.copytree(bag, tmp_path / "whole" / "letters")
    ran = updated(tmp_path / "whole" / "letters", 0, way)
    assert ran.returncode == 0, ran.stderr
    steps = int(ran.stdout)
    assert steps >= 40
    outcomes = set()
    # Every third of the first steps, and every one of those about the exchange.
    for stop_at in sorted({*range(1, steps, 3), *range(steps - 24, steps + 1)}):
        place = tmp_path / str(stop_at)
        shutil.copytree(bag, place / "letters")
        assert updated(place / "letters", stop_at, way).returncode == -signal.SIGKILL
        if way == "exchange":
            # One of the two has the name at every moment.
            outcomes.add(assert_old_or_new(place / "letters"))
        make_bag(tmp_path / "letters" / "1912", into=place)  # any next run puts things right
        outcomes.add(assert_old_or_new(place / "letters"))
        assert sorted(one.name for one in place.iterdir()) == ["1912", "letters"]
        assert update_bag(place / "letters", add_algorithms=["sha256"]).was_updated
    assert outcomes == {"old", "new"}


def assert_old_or_new(bag: Path) -> str:
    assert solander.validate(bag).passed
    is_old = (bag / "manifest-md5.txt").exists()
    assert is_old != (bag / "manifest-sha512.txt").exists()
    return "old" if is_old else "new"


def test_a_payload_comes_out_as_it_went_in(bag: Path, tmp_path: Path) -> None:
    before = contents(bag)
    out = unbag(bag, into=tmp_path / "out", name="again")
    assert out.path == tmp_path / "out" / "again"
    assert contents(out.path) == contents(tmp_path / "letters")
    assert (out.path / "1912" / "empty").is_dir()
    assert (out.files, out.size_bytes) == (3, 256 * 5000 + 18)
    assert contents(bag) == before
    assert (out.path / "map.bin").stat().st_ino != (bag / "data" / "map.bin").stat().st_ino


def test_of_a_damaged_bag_what_is_there_comes_out_where_that_is_asked_for(bag: Path, tmp_path: Path) -> None:
    flip(bag)
    (bag / "data" / "late").write_bytes(b"late")
    (bag / "data" / "1912" / "may.txt").unlink()
    link(bag)
    out = unbag(bag, into=tmp_path / "out", keep_damaged=True)
    assert out.path is not None
    assert set(contents(out.path)) == {"100%.txt", "map.bin", "late"}
    assert contents(out.path)["map.bin"] == (bag / "data" / "map.bin").read_bytes()
    assert {one.code for one in out.report.at_or_above("error")} >= {"BAG003", "BAG004", "BAG005", "BAG017"}


def test_a_payload_is_not_written_into_its_bag(bag: Path) -> None:
    with pytest.raises(UsageError, match="it lies in a bag"):
        unbag(bag, into=bag / "data")


def test_the_second_opinion_agrees_of_an_updated_bag(bag: Path) -> None:
    # It reads no escaped percent sign, so that name is left out.
    (bag / "data" / "100%.txt").unlink()
    rest = make_bag(bag / "data", into=bag.parent, name="rest", algorithms=["md5"]).path
    assert bagit.Bag(str(rest)).validate()
    update_bag(rest, add_algorithms=["sha512"], drop_algorithms=["md5"])
    assert bagit.Bag(str(rest)).validate()
