"""Places on this machine: whatever its system refuses is told as a server's refusal is, with the same status."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.permissions import as_nobody
from under_contract import UnderContract, terms

from solander import pack
from solander.cli import main
from solander.errors import ArchiveError, DepositError, DepositRejected
from solander.files import new_folder, whole
from solander.model.deposit import Parcel

LOCAL = ("archivematica", "dir", "ocfl", "saf")
REJECTED = 4


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike the one that pytest makes."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o777)
        yield Path(name)


def at(scheme: str, folder: Path) -> UnderContract:
    """A target whose files lie in a folder of this machine."""
    if scheme == "archivematica":
        settings = {"user": "keeper", "secret": "a secret", "folder": str(folder), "location": "somewhere"}
        return UnderContract("archivematica:http://127.0.0.1:1", terms(**settings), takes_beside=False)
    return UnderContract(f"{scheme}:{folder}", terms())


@pytest.mark.parametrize("scheme", LOCAL)
def test_a_folder_that_may_not_be_written_is_a_refusal_of_the_target(scheme: str, open_folder: Path):
    open_folder.chmod(0o555)
    place = at(scheme, open_folder)
    with as_nobody(), pytest.raises(DepositRejected, match="no permission") as caught:
        place.deposit(place.consignment())
    assert caught.value.exit_status == REJECTED
    assert list(open_folder.iterdir()) == []


@pytest.mark.parametrize("scheme", LOCAL)
def test_a_folder_that_may_not_be_read_is_no_fault_of_ours(scheme: str, open_folder: Path):
    place = at(scheme, open_folder / "shut" / "there")
    (open_folder / "shut" / "there").mkdir(parents=True)
    (open_folder / "shut").chmod(0)
    with as_nobody(), pytest.raises(DepositError) as caught:
        place.deposit(place.consignment())
    assert caught.value.exit_status == REJECTED
    assert "permission" in str(caught.value)
    (open_folder / "shut").chmod(0o700)


@pytest.mark.parametrize("scheme", [one for one in LOCAL if one != "archivematica"])
def test_a_file_on_the_way_to_the_folder_is_a_refusal_of_the_target(scheme: str, tmp_path: Path):
    (tmp_path / "file").write_bytes(b"")
    place = at(scheme, tmp_path / "file" / "there")
    with pytest.raises(DepositRejected) as caught:
        place.deposit(place.consignment())
    assert caught.value.exit_status == REJECTED
    assert (tmp_path / "file").read_bytes() == b""


@pytest.mark.parametrize("scheme", LOCAL)
@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_is_full_is_a_refusal_of_the_target_and_a_rerun_ends_it(
    scheme: str, after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "there").mkdir()
    place = at(scheme, tmp_path / "there")
    one = place.consignment()
    written = new_folder.write_all
    left = [after]

    def full(file: int, content: bytes) -> None:
        if not left[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        left[0] -= 1
        written(file, content)

    with monkeypatch.context() as patched:
        patched.setattr(new_folder, "write_all", full)
        patched.setattr(whole, "write_all", full)
        target = place.open()
        with pytest.raises(DepositRejected, match="disk is full") as caught:
            place.deposit(one, target=target)
        target.close()
    assert caught.value.exit_status == REJECTED
    assert not [path for path in (tmp_path / "there").rglob(".solander-*") if path.is_file()]
    place.deposit(one, publish=False)
    assert [record.bag_digest for record in place.open().find(one)] == [
        None if scheme == "archivematica" else one.bag_digest
    ]


def test_what_cannot_be_read_here_is_no_refusal_of_the_target(tmp_path: Path):
    def unreadable() -> Iterator[bytes]:
        raise ArchiveError(tmp_path / "bag", "it could not be read")
        yield b""

    for scheme in LOCAL:
        (tmp_path / scheme).mkdir()
        place = at(scheme, tmp_path / scheme)
        one = place.consignment()
        parcels = tuple(parcel._replace(chunks=unreadable) for parcel in one.parcels)
        with pytest.raises(ArchiveError, match="it could not be read") as caught:
            place.deposit(replace(one, parcels=parcels))
        assert caught.value.exit_status == 3


def test_an_object_whose_sending_broke_off_gets_no_place_when_the_next_one_does(tmp_path: Path):
    """One target serves all bags of a run: what one of them left behind is given up before the next is begun."""
    place = at("ocfl", tmp_path / "root")
    first, second = place.consignment(), place.consignment()

    def cut() -> Iterator[bytes]:
        yield b"half"
        raise ArchiveError(tmp_path / "bag", "it changed while it was read")

    broken = (first.parcels[0], Parcel("late", "text/plain", 8, first.parcels[0].checksums[:0], cut))
    target = place.open()
    with pytest.raises(ArchiveError):
        place.deposit(replace(first, parcels=broken), target=target)
    place.deposit(second, target=target)
    assert place.open().find(first) == ()
    (record,) = place.open().find(second)
    assert record.bag_digest == second.bag_digest
    assert not [one for one in (tmp_path / "root").iterdir() if one.name.startswith(".solander-")]


@pytest.mark.parametrize("scheme", ["dir", "ocfl", "saf"])
def test_the_command_ends_with_the_status_of_a_refusal_and_one_line(
    scheme: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    page = Path(__file__).parents[1] / "material" / "lighthouse.html"
    bag = pack(page, into=tmp_path / "archive", uri="https://museum.example/stories/ledger").path
    assert bag is not None
    (tmp_path / "file").write_bytes(b"")
    to = f"{scheme}:{tmp_path / 'file' / 'there'}"
    group = ["--set", "group=Anonymous"] if scheme == "saf" else []
    assert main(["deposit", str(bag), "--to", to, *group]) == REJECTED
    told = [line for line in capsys.readouterr().err.splitlines() if to in line]
    assert len(told) == 1
    assert "Traceback" not in told[0]
    shutil.rmtree(tmp_path / "archive")
