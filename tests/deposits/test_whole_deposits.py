"""Bags are deposited once, whole and in their versions, and whatever stopped a run the next one finishes it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import replace

import pytest
from tests.deposits.bags import bag_in
from tests.forked import run_forked
from tests.killed_runs import KILLING

import solander
from solander.errors import ArchiveError
from solander.pipeline import DepositRequest, deposit, deposit_all, receipts_in


def test_what_is_stated_for_a_deposit_is_packed_into_the_next_version_of_the_bag(archive, tmp_path):
    from solander.pipeline import look_into, statements

    request = DepositRequest(to=f"ocfl:{tmp_path / 'root'}", said=statements((), creator="Moss, Ada"))
    deposit(bag_in(archive), DepositRequest(to=f"ocfl:{tmp_path / 'root'}"))
    done = deposit(bag_in(archive), request)
    assert done.receipt.version == 2
    assert "Moss, Ada" in look_into(done.bag).description.values("creator")
    (root,) = [one for one in (tmp_path / "root").iterdir() if one.name.startswith("urn")]
    assert json.loads((root / "inventory.json").read_bytes())["head"] == "v2"


def test_an_ocfl_root_is_valid_by_another_program_and_keeps_each_byte_once(archive, tmp_path):
    ocfl = pytest.importorskip("ocfl", reason="ocfl-py is not installed")
    from solander.pipeline import statements

    to = f"ocfl:{tmp_path / 'root'}"
    deposit(bag_in(archive), DepositRequest(to=to))
    deposit(bag_in(archive), DepositRequest(to=to, said=statements((), subject="lighthouses")))
    store = ocfl.StorageRoot(root=str(tmp_path / "root"))
    assert store.validate(validate_objects=True, check_digests=True)
    (root,) = [one for one in (tmp_path / "root").iterdir() if one.name.startswith("urn")]
    assert not list((root / "v2").rglob("original/page.html")), "the original is the same, and lies in v1"


KILLED = (
    KILLING
    + """
stop_at = int(sys.argv[1])
from solander.cli import main

def count(event, arguments):
    # What is made, renamed, linked or removed, and what is opened to be written.
    if event in ("os.mkdir", "os.rename", "os.link", "os.remove") or (
        event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)
    ):
        reached()

os.fsync, os.write = before_and_after(os.fsync), before_and_after(os.write)
sys.addaudithook(count)
status = main(sys.argv[2:])
print(steps)
sys.exit(status)
"""
)


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
def test_killed_at_any_moment_the_same_command_finishes_one_deposit(archive, tmp_path, scheme):
    """``kill -9`` at moments spread over all that a run writes: the next run ends in one deposit, whole."""

    def ran(to: str, stop_at: int) -> subprocess.CompletedProcess[str]:
        return run_forked(KILLED, stop_at, "deposit", bag_in(archive), "--to", to)

    # The first run of an archive begins its journal as well; those that follow have as many steps as the second.
    for name in ("first", "second"):
        whole = ran(f"{scheme}:{tmp_path / name}", 0)
        assert whole.returncode == 0, whole.stderr
    steps = int(whole.stdout.split()[-1])
    found_there = set()
    for tenth in range(11):
        there = tmp_path / str(tenth)
        to = f"{scheme}:{there}"
        stopped = ran(to, max(1, steps * tenth // 10))
        assert stopped.returncode == -signal.SIGKILL, stopped.stderr
        found_there.add(len(list(there.rglob("*"))))
        done = deposit(bag_in(archive), DepositRequest(to=to))
        assert done.receipt.state == "stored"
        assert not list(there.rglob(".solander-*"))
        held = [one for one in receipts_in(archive) if one.receipt is not None and one.receipt.target == to]
        assert len(held) == 1
        assert replace(held[0].receipt, at=done.receipt.at) == done.receipt
    assert len(found_there) >= 4


@pytest.mark.parametrize("form", ["zip", "tar"])
@pytest.mark.parametrize("bound", ["HELD_BYTES", "HELD_FILES"])
def test_a_large_bag_is_packaged_on_the_disk_to_the_same_bytes_and_leaves_nothing_there(
    archive, monkeypatch, form, bound
):
    from solander.files import held
    from solander.files.folder import Folder
    from solander.packing import parse_bag
    from solander.pipeline.deposits.consigning import consign, packaged

    bag = bag_in(archive)
    one, _ = consign(bag, parse_bag(Folder(bag)), access=None, until=None, settings=())

    def made() -> list[tuple]:
        with packaged(one, bag, form) as ready:
            assert bool(list(archive.glob(".solander-*"))) == is_large
            return [(*parcel[:-1], b"".join(parcel.chunks())) for parcel in ready.parcels]

    is_large = False
    small = made()
    monkeypatch.setattr(held, bound, 1)
    is_large = True
    assert made() == small
    assert not list(archive.glob(".solander-*"))
    assert [name for name, *_ in small] == [f"{bag.name}.{form}", f"{bag.name}.tei.xml", f"{bag.name}.dc.xml"]


def test_bags_of_one_object_are_deposited_in_the_order_of_their_versions_and_once(tmp_path):
    """Their names sort otherwise once a title has changed; what an older version holds is there already."""
    page = tmp_path / "page.html"
    page.write_text("<!doctype html><html lang=en><title>The ferry</title><h1>The ferry</h1><p>It leaves at seven.</p>")
    first = solander.pack(page, into=tmp_path / "archive").path
    second = solander.pack(page, into=tmp_path / "archive", title="A better title").path
    assert first is not None
    assert second is not None
    assert second.name < first.name
    request = DepositRequest(to=f"ocfl:{tmp_path / 'root'}")
    done = list(deposit_all([second, first], request))
    assert [one.bag for one in done] == [first, second]
    (inventory,) = (tmp_path / "root").glob("urn*/inventory.json")
    written = inventory.read_bytes()
    for _ in range(2):
        again = list(deposit_all([second, first], request))
        assert [one.was_there for one in again] == [True, True]
        assert inventory.read_bytes() == written
    said = json.loads(written)["versions"]
    assert [said[name]["message"].split(",")[0] for name in ("v1", "v2")] == ["Bag-Version 1", "Bag-Version 2"]
    third = solander.pack(page, into=tmp_path / "archive", title="The best title").path
    assert third is not None
    assert [one.was_there for one in deposit_all([first, second, third], request)] == [True, True, False]
    assert json.loads(inventory.read_bytes())["head"] == "v3"


def test_a_bag_whose_name_is_no_utf8_is_refused_in_one_line(archive, tmp_path):
    bag = bag_in(archive)
    renamed = bag.with_name(os.fsdecode(b"bag\xff"))
    bag.rename(renamed)
    with pytest.raises(ArchiveError, match="rename it"):
        deposit(renamed, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert not (tmp_path / "there").exists()
