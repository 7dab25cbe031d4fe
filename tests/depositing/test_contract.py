"""What every target promises: one record, the same bytes, nothing twice, nothing half."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from consignments import Killed, Remembered, consignment, fresh, parcel
from faulty_proxy import FAULTS, READS, SLOW_FAULTS
from under_contract import UnderContract, a_moment, terms

from solander.depositing.storage import StorageTarget
from solander.errors import DepositDiffers, DepositError, DepositRejected
from solander.model.deposit import PUBLISHED, STORED, Consignment


def test_what_was_deposited_is_there_to_the_byte_and_says_which_bag_it_is(place: UnderContract):
    one = place.consignment()
    run = place.deposit(one)
    assert run.record.state == place.final_state
    (record,) = place.records(one)
    assert record.bag_digest == one.bag_digest
    assert record.state == place.final_state
    if place.gives_back:
        assert {file.name for file in record.files} == {file.name for file in one.parcels}
        for file in one.parcels if place.gives_back else ():
            assert place.held(record, file.name) == b"".join(file.chunks())


def test_every_file_was_compared_with_what_is_there(place: UnderContract):
    one = place.consignment()
    run = place.deposit(one)
    assert [file.name for file in run.compared] == [file.name for file in one.parcels]
    assert {file.by for file in run.compared} <= {"server", "readback"}
    assert all(dict(file.checksums)["sha512"] for file in run.compared)


def test_the_same_bag_again_sends_nothing_and_is_held_against_what_is_there(place: UnderContract):
    one = place.consignment()
    remembered = Remembered()
    place.deposit(one, remembered)
    steps = list(remembered.steps)
    assert place.deposit(one, remembered).was_there
    assert remembered.steps == steps
    assert len(place.records(one)) == 1


def test_a_lost_journal_makes_no_second_deposit(place: UnderContract):
    one = place.consignment()
    first = place.deposit(one)
    assert len(place.records(one)) == 1
    again = place.deposit(one, Remembered())
    assert again.record.name == first.record.name
    assert again.was_there


def test_two_objects_lie_apart(place: UnderContract):
    one, other = place.consignment(), place.consignment()
    place.deposit(one)
    place.deposit(other)
    ((first,), (second,)) = place.records(one), place.records(other)
    assert first.bag_digest == one.bag_digest
    assert second.bag_digest == other.bag_digest


def test_the_next_version_of_an_object_leaves_the_one_before_as_it_is(place: UnderContract):
    number = fresh()
    one, next_one = place.consignment(number), place.consignment(number, version=2)
    remembered = Remembered()
    first = place.deposit(one, remembered)
    place.deposit(next_one, remembered)
    assert place.records(next_one)[0].bag_digest == next_one.bag_digest
    if place.final_state == PUBLISHED and not place.one_record:
        before = place.open().look(first.record.name)
        assert before is not None
        assert (before.state, before.bag_digest) == (PUBLISHED, one.bag_digest)
        assert len(place.records(one)) == 2


@pytest.mark.parametrize("number", range(1, 14, 2))
def test_a_run_that_is_killed_is_finished_by_the_next(place: UnderContract, number: int):
    one, remembered = place.consignment(), Remembered(killed_at=number)
    with contextlib.suppress(Killed):  # a course of fewer steps is not stopped
        place.deposit(one, remembered)
    place.deposit(one, remembered.again())
    (record,) = place.records(one)
    assert record.bag_digest == one.bag_digest
    assert record.state == place.final_state
    if place.gives_back:
        assert {file.name for file in record.files} == {file.name for file in one.parcels}


def test_a_file_of_several_mebibytes_arrives_whole(place: UnderContract):
    one = place.consignment()
    large = parcel(one.parcels[0].name, b"0123456789abcdef" * 1_300_000, "application/zip")
    one = replace(one, parcels=(large,))
    run = place.deposit(one)
    assert run.compared[0].size_bytes == 20_800_000


def test_names_with_spaces_marks_and_other_scripts_arrive(place_of_files: UnderContract):
    place = place_of_files
    one = place.consignment()
    names = ("a b.xml", "100%.txt", "茶馆/ä#ö?.html", "plus+and&.txt")
    parcels = tuple(parcel(f"{one.bag}/{name}", name.encode()) for name in names)
    one = replace(one, parcels=parcels)
    place.deposit(one)
    (record,) = place.records(one)
    assert {file.name for file in record.files} == {file.name for file in parcels}


def test_other_bytes_under_a_bags_name_are_refused_and_nothing_is_written_over(shelf: UnderContract):
    number = fresh()
    one = consignment(number)
    shelf.deposit(one)
    if shelf.written.startswith("ocfl:"):
        # An object of OCFL has a version for each bag, and the one before stays as it is.
        shelf.deposit(consignment(number, changed=b"!"))
        assert {record.state for record in shelf.records(one)} == {STORED}
        return
    with pytest.raises(DepositRejected, match="there already"):
        shelf.deposit(consignment(number, changed=b"!"))
    assert shelf.records(one)[0].bag_digest == one.bag_digest


def with_one_file(place: UnderContract) -> Consignment:
    """A consignment, of one file where each request takes long."""
    one = place.consignment()
    return replace(one, parcels=one.parcels[:1]) if place.final_state == PUBLISHED else one


def to_spoil(place: UnderContract, turn: int) -> list[int]:
    """The numbers of the requests to spoil: all; of a repository, where each takes long, all that write and one read.

    Reads are repeated by the session, which is the same for every target and spoilt at every read elsewhere.
    """
    assert place.proxy is not None
    numbers = range(len(place.proxy.seen))
    if place.final_state != PUBLISHED:
        return list(numbers)
    reads = [at for at in numbers if place.proxy.seen[at].split(" ")[0] in READS]
    return sorted({*numbers} - {*reads} | {reads[turn % len(reads)]})


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_one_request_meets_a_rerun_leaves_one_verified_deposit(place_behind_proxy: UnderContract, fault: str):
    place = place_behind_proxy
    place.deposit(with_one_file(place))
    spoil(place, fault, to_spoil(place, FAULTS.index(fault)))


@pytest.mark.servers
@pytest.mark.parametrize("fault", SLOW_FAULTS)
def test_whatever_comes_too_late_a_rerun_leaves_one_verified_deposit(place_behind_proxy: UnderContract, fault: str):
    """Also a request that the server acts upon when whoever sent it has given it up, and done it by another."""
    place = place_behind_proxy
    assert place.proxy is not None
    place.deposit(with_one_file(place))
    numbers = [at for at, asked in enumerate(place.proxy.seen) if asked.split(" ")[0] not in READS]
    impatient = replace(place, terms=replace(place.terms, timeout_seconds=1, patience_seconds=1), opened=place.opened)
    spoil(place, fault, numbers, by=impatient)


@pytest.mark.servers
@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_any_read_meets_a_rerun_leaves_one_verified_deposit(lookalike: UnderContract, fault: str):
    lookalike.deposit(with_one_file(lookalike))
    assert lookalike.proxy is not None
    reads = [at for at, asked in enumerate(lookalike.proxy.seen) if asked.split(" ")[0] in READS]
    spoil(lookalike, fault, reads)


def spoil(place: UnderContract, fault: str, numbers: list[int], *, by: UnderContract | None = None) -> None:
    """Spoil each of these requests of a deposit in turn, deposit once more, and look what is there."""
    first = by or place
    assert place.proxy is not None
    spoilt = []
    for at in numbers:
        one, remembered = with_one_file(place), Remembered()
        place.proxy.begin(fault, at)
        with contextlib.suppress(DepositError):
            first.deposit(one, remembered)
        met = place.proxy.met
        place.proxy.begin()
        if fault == "late" and place.sleeps:
            # What has just arrived is not found at once, there; the next run is somebody's who looks what became of it.
            a_moment(60)
        place.deposit(one, remembered)
        spoilt.append((one, at, met))
    for one, at, met in spoilt:
        records = place.records(one, waits=(one, at, met) == spoilt[0])
        assert len(records) == 1, (fault, at, met)
        (record,) = records
        assert (record.bag_digest, record.state) == (one.bag_digest, place.final_state), (fault, at, met)
        for file in one.parcels if place.gives_back else ():
            assert place.held(record, file.name) == b"".join(file.chunks()), (fault, at, met, file.name)


def test_a_place_that_alters_what_it_is_given_is_found_out(tmp_path, monkeypatch):
    from solander.depositing import folder
    from solander.depositing.folder import FolderStore

    place = UnderContract(f"dir:{tmp_path}", terms())
    written = FolderStore.put

    def put(self, path, one):
        done = written(self, path, one)
        there = tmp_path / path
        there.write_bytes(there.read_bytes()[:-1] + b"!")
        return done

    monkeypatch.setattr(folder.FolderStore, "put", put)
    with pytest.raises(DepositDiffers, match="nothing was published"):
        place.deposit(consignment())


def test_a_folder_that_no_deposit_made_is_refused_and_keeps_what_is_in_it(shelf: UnderContract):
    place = shelf
    one = place.consignment()
    target = place.open()
    assert isinstance(target, StorageTarget)
    target.store.put_small(f"{one.bag}/letters/first.txt", b"a copy made by hand")
    with pytest.raises(DepositRejected, match="no deposit of Solander's"):
        place.deposit(one)
    assert [file.name for file in target.store.listed(one.bag)] == ["letters/first.txt"]
    assert target.store.get_small(f"{one.bag}/letters/first.txt") == b"a copy made by hand"


def test_what_a_run_left_that_was_killed_while_it_wrote_its_note_is_no_obstacle(tmp_path):
    place = UnderContract(f"dir:{tmp_path}", terms())
    one = place.consignment()
    left = tmp_path / one.bag / ".solander-0123456789abcdef.tmp"
    left.parent.mkdir()
    left.write_bytes(b"{")
    place.deposit(one)
    assert len(place.records(one)) == 1
    assert not left.exists()


def test_what_is_there_already_is_read_again_where_that_is_asked_for(place_of_files: UnderContract):
    place = place_of_files
    one = place.consignment()
    place.deposit(one)
    again = place.deposit(one, reads_back=True)
    assert again.was_there
    assert {file.by for file in again.compared} == {"readback"}
