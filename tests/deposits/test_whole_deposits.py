"""Bags are deposited once, whole and in their versions, and whatever stopped a run the next one finishes it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from tests.deposits.bags import bag_in

from solander.pipeline import DepositRequest, deposit, receipts_in


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


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
def test_killed_at_any_moment_the_same_command_finishes_one_deposit(archive, tmp_path, scheme):
    """``kill -9`` at moments spread over a whole run: the next run ends in one deposit, whole."""
    bag, to = bag_in(archive), f"{scheme}:{tmp_path / 'there'}"
    command = [sys.executable, "-m", "solander.cli", "deposit", str(bag), "--to", to, "--quiet"]
    begun = time.monotonic()
    rehearsal = f"{scheme}:{tmp_path / 'rehearsal'}"
    subprocess.run([*command[:-2], rehearsal, "--quiet"], check=True, capture_output=True)
    whole = time.monotonic() - begun
    for moment in range(10):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * (0.25 + 0.75 * moment / 10))
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = deposit(bag, DepositRequest(to=to))
    assert done.receipt.state == "stored"
    assert not list((tmp_path / "there").rglob(".solander-*"))
    held = [one for one in receipts_in(archive) if one.receipt is not None and one.receipt.target == to]
    assert len(held) == 1
    assert replace(held[0].receipt, at=done.receipt.at) == done.receipt


@pytest.mark.parametrize("form", ["zip", "tar"])
@pytest.mark.parametrize("bound", ["HELD_BYTES", "HELD_FILES"])
def test_a_large_bag_is_packaged_on_the_disk_to_the_same_bytes_and_leaves_nothing_there(
    archive, monkeypatch, form, bound
):
    from solander.files import held
    from solander.files.folder import Folder
    from solander.packing import parse_bag
    from solander.pipeline.consigning import consign, packaged

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
