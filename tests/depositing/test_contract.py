"""What every target promises: one record, the same bytes, nothing twice, nothing half."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from consignments import Killed, Remembered, carry_out, consignment, parcel
from faulty_proxy import FAULTS

from conftest import UnderContract, terms
from solander.errors import DepositDiffers, DepositError, DepositRejected
from solander.model.deposit import STORED


def stored(storage: UnderContract, one):
    """The record of a consignment as somebody else finds it."""
    (record,) = storage.open().find(one)
    return record


def held(storage: UnderContract, record, name: str) -> bytes:
    return b"".join(storage.open().read_back(record, name))


def test_what_was_deposited_is_there_to_the_byte_and_says_which_bag_it_is(storage: UnderContract):
    one = consignment()
    run = carry_out(storage.open(), one)
    assert run.record.state == STORED
    record = stored(storage, one)
    assert record.bag_digest == one.bag_digest
    assert {file.name for file in record.files} == {file.name for file in one.parcels}


def test_every_file_was_compared_with_what_is_there(storage: UnderContract):
    one = consignment()
    run = carry_out(storage.open(), one)
    assert [file.name for file in run.compared] == [file.name for file in one.parcels]
    assert {file.by for file in run.compared} <= {"server", "readback"}
    assert all(dict(file.checksums)["sha512"] for file in run.compared)


def test_the_same_bag_again_sends_nothing_and_is_held_against_what_is_there(storage: UnderContract):
    one = consignment()
    carry_out(storage.open(), one)
    again = Remembered()
    run = carry_out(storage.open(), one, again)
    assert run.was_there
    assert again.steps == []


def test_a_lost_journal_makes_no_second_deposit(storage: UnderContract):
    one = consignment()
    first = carry_out(storage.open(), one)
    assert carry_out(storage.open(), one, Remembered()).record.name == first.record.name


def test_two_objects_lie_apart(storage: UnderContract):
    one, other = consignment(1), consignment(2)
    carry_out(storage.open(), one)
    carry_out(storage.open(), other)
    assert stored(storage, one).bag_digest != stored(storage, other).bag_digest


def test_the_next_version_of_an_object_leaves_the_one_before_as_it_is(storage: UnderContract):
    one, next_one = consignment(), consignment(version=2)
    carry_out(storage.open(), one)
    carry_out(storage.open(), next_one)
    assert stored(storage, next_one).bag_digest == next_one.bag_digest


@pytest.mark.parametrize("number", range(1, 14, 2))
def test_a_run_that_is_killed_is_finished_by_the_next(storage: UnderContract, number: int):
    one = consignment()
    target = storage.open()
    with contextlib.suppress(Killed):  # a course of fewer steps is not stopped
        carry_out(target, one, Remembered(killed_at=number))
    target.close()
    carry_out(storage.open(), one)
    record = stored(storage, one)
    assert record.bag_digest == one.bag_digest
    assert {file.name for file in record.files} == {file.name for file in one.parcels}


def test_a_file_of_several_mebibytes_arrives_whole(storage: UnderContract):
    one = consignment()
    large = parcel(f"{one.bag}.zip", b"0123456789abcdef" * 1_300_000)
    one = replace(one, parcels=(large,))
    run = carry_out(storage.open(), one)
    assert run.compared[0].size_bytes == 20_800_000


def test_names_with_spaces_marks_and_other_scripts_arrive(storage: UnderContract):
    one = consignment()
    names = ("a b.xml", "100%.txt", "茶馆/ä#ö?.html", "plus+and&.txt")
    parcels = tuple(parcel(f"{one.bag}/{name}", name.encode()) for name in names)
    one = replace(one, parcels=parcels)
    carry_out(storage.open(), one)
    assert {file.name for file in stored(storage, one).files} == {file.name for file in parcels}


def test_other_bytes_under_a_bags_name_are_refused_and_nothing_is_written_over(storage: UnderContract):
    one = consignment()
    carry_out(storage.open(), one)
    if storage.written.startswith("ocfl:"):
        # An object of OCFL has a version for each bag, and the one before stays as it is.
        assert carry_out(storage.open(), consignment(changed=b"!")).record.state == STORED
        return
    with pytest.raises(DepositRejected, match="there already"):
        carry_out(storage.open(), consignment(changed=b"!"))
    assert stored(storage, one).bag_digest == one.bag_digest


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_one_request_meets_a_rerun_leaves_one_verified_deposit(
    storage_behind_proxy: UnderContract, fault: str
):
    storage = storage_behind_proxy
    assert storage.proxy is not None
    one = consignment(7)
    storage.proxy.begin()
    carry_out(storage.open(), one)
    requests = len(storage.proxy.seen)
    for at in range(requests):
        one = consignment(100 + FAULTS.index(fault) * 100 + at)
        storage.proxy.begin(fault, at)
        try:
            carry_out(storage.open(), one)
        except DepositError:
            storage.proxy.begin()
            carry_out(storage.open(), one)
        storage.proxy.begin()
        record = stored(storage, one)
        assert record.bag_digest == one.bag_digest, (fault, at)
        for file in one.parcels:
            assert held(storage, record, file.name) == b"".join(file.chunks()), (fault, at, file.name)


def test_a_place_that_alters_what_it_is_given_is_found_out(tmp_path, monkeypatch):
    from solander.depositing import folder
    from solander.depositing.folder import FolderStore

    storage = UnderContract(f"dir:{tmp_path}", terms())
    written = FolderStore.put

    def put(self, path, one):
        done = written(self, path, one)
        place = self._root / path
        place.write_bytes(place.read_bytes()[:-1] + b"!")
        return done

    monkeypatch.setattr(folder.FolderStore, "put", put)
    with pytest.raises(DepositDiffers, match="nothing was published"):
        carry_out(storage.open(), consignment())
