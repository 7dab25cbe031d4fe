"""What is damaged, changes meanwhile or would go where it came from is not sent, and holds back no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from tests.deposits.bags import bag_in
from tests.forked import SOLANDER, run_forked

from solander import pack
from solander.errors import ArchiveError, DepositError, DepositHeld, UsageError
from solander.pipeline import DepositRequest, deposit, deposit_all, plan_deposit, validate


def test_a_bag_in_one_file_is_never_passed_by_in_silence(archive, tmp_path):
    bag, to = bag_in(archive), ("--to", f"dir:{tmp_path / 'there'}")
    told = shutil.make_archive(str(archive / "packed"), "tar", archive, bag.name)
    one = run_deposit(told, *to)
    assert one.returncode == 2
    assert one.stderr == f"solander: {told}: this is a bag in one file; unpack it, and name its folder\n"
    assert not (tmp_path / "there").exists()
    every = run_deposit(str(archive), *to)
    assert every.returncode == 0
    assert f"{told}: passed by, for it is a bag in one file; unpack it, and name its folder\n" in every.stderr
    page = Path(__file__).parents[1] / "material" / "lighthouse.html"
    assert run_deposit(str(page), *to).returncode == 2


def run_deposit(*words: str) -> subprocess.CompletedProcess[str]:
    return run_forked(SOLANDER, "deposit", *words)


def test_a_damaged_bag_does_not_leave(archive, tmp_path):
    bag = bag_in(archive)
    (bag / "data/tei/page.xml").write_bytes(b"<TEI/>")
    with pytest.raises(DepositHeld, match="BAG003"):
        deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert not (tmp_path / "there").exists()


def test_whoever_keeps_the_error_of_a_deposit_keeps_no_process(archive, tmp_path):
    """A refused deposit ends the process that gave the second opinion, and not only when its error is let go."""
    bag = bag_in(archive)
    shutil.copytree(bag, tmp_path / "there" / bag.name)
    asking = Path(f"/proc/{os.getpid()}/task/{threading.get_native_id()}/children")
    before = asking.read_text()
    kept = None
    try:
        deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    except DepositError as error:
        kept = error
    assert kept is not None
    assert asking.read_text() == before


def test_one_bag_that_is_held_back_harms_no_other(archive, tmp_path):
    page = tmp_path / "other.html"
    page.write_text("<title>Another</title><p>Quite another page, which stands beside the first.</p>")
    other = pack(page, into=archive).path
    (other / "data/tei/page.xml").write_bytes(b"<TEI/>")
    bags = sorted(one for one in archive.iterdir() if one.is_dir())
    done = list(deposit_all(bags, DepositRequest(to=f"dir:{tmp_path / 'there'}")))
    assert sorted(one.error is None for one in done) == [False, True]


@pytest.mark.parametrize("scheme", ["dir", "ocfl", "saf"])
@pytest.mark.parametrize("where", ["", "copies", "../archive"])
def test_no_deposit_goes_into_the_archive_that_it_is_of(archive, scheme, where):
    before = {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()}
    for attempt in (deposit, plan_deposit):
        with pytest.raises(UsageError, match="lies in the archive itself"):
            attempt(bag_in(archive), DepositRequest(to=f"{scheme}:{archive / where}"))
    assert {path: path.read_bytes() for path in archive.rglob("*") if path.is_file()} == before


def test_a_copy_that_was_made_by_hand_is_not_emptied_by_a_deposit_to_where_it_lies(archive, tmp_path):
    bag = bag_in(archive)
    copy = shutil.copytree(bag, tmp_path / "there" / bag.name)
    with pytest.raises(DepositError, match="no deposit of Solander's"):
        deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert validate(copy).passed


def test_a_file_that_changes_while_the_bag_is_packaged_is_sent_by_no_means(archive, monkeypatch):
    from solander.files.folder import Folder
    from solander.packing import parse_bag
    from solander.pipeline.deposits.consigning import consign, packaged

    bag = bag_in(archive)
    one, _ = consign(bag, parse_bag(Folder(bag)), access=None, until=None, settings=())
    read = Folder.read
    monkeypatch.setattr(Folder, "read", lambda self, path, limit_bytes: read(self, path, limit_bytes) + b"more")
    with pytest.raises(ArchiveError, match="changed while it was read"), packaged(one, bag, "zip"):
        pass


@pytest.mark.parametrize("more_bytes", [-1, 1])
def test_a_file_that_grows_or_shrinks_while_it_is_sent_is_told_by_its_name(archive, more_bytes):
    """Its size was promised to the server by then: a client of HTTP takes it for a fault of the program."""
    from solander.files.folder import Folder
    from solander.packing import parse_bag
    from solander.pipeline.deposits.consigning import consign, packaged

    bag = bag_in(archive)
    one, _ = consign(bag, parse_bag(Folder(bag)), access=None, until=None, settings=())
    with packaged(one, bag, "files") as ready:
        parcel = next(one for one in ready.parcels if one.name.endswith("premis.xml"))
        os.truncate(bag / "metadata/premis.xml", parcel.size_bytes + more_bytes)
        with pytest.raises(ArchiveError, match=r"premis\.xml: it changed while it was sent"):
            b"".join(parcel.chunks())


@pytest.mark.parametrize("form", ["zip", "tar", "files"])
@pytest.mark.parametrize("change", ["other bytes", "one file more", "one file less"])
@pytest.mark.parametrize("is_small", [True, False])
def test_a_bag_that_is_changed_after_it_was_judged_is_not_sent(archive, tmp_path, monkeypatch, form, change, is_small):
    from solander.pipeline.judgement import judging_many

    if not is_small:
        monkeypatch.setattr("solander.files.held.HELD_BYTES", 1)
    page = next((bag_in(archive) / "data" / "original").iterdir())
    judge = judging_many.validate

    def judged(*arguments, **options):
        report = judge(*arguments, **options)
        if change == "other bytes":
            page.write_bytes(page.read_bytes().swapcase())
        elif change == "one file more":
            page.with_name("more.txt").write_bytes(b"more")
        else:
            page.unlink()
        return report

    monkeypatch.setattr(judging_many, "validate", judged)
    with pytest.raises(ArchiveError, match="changed after it was judged"):
        deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}", form=form))
    assert [one.name for one in (tmp_path / "there").rglob("*") if one.is_file()] in ([], ["deposit.json"])
    assert not (archive / "receipts").exists()


def test_of_many_bags_the_broken_one_is_held_back_and_counted_apart(packed, archive, tmp_path):
    page = (
        (Path(__file__).parents[1] / "material" / "lighthouse.html")
        .read_text()
        .replace("</body>", "<p>Two.</p></body>")
    )
    (tmp_path / "two.html").write_text(page)
    broken = pack(tmp_path / "two.html", into=archive, uri="https://museum.example/two").path
    with (broken / "data" / "original" / "page.html").open("a") as file:
        file.write("!")
    command = [sys.executable, "-m", "solander.cli", "deposit", str(archive), "--to", f"dir:{tmp_path / 'there'}"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "1 bag deposited; 1 held back, for what is wrong with them" in ran.stderr
    assert "BAG003" in ran.stderr
    assert [one.name for one in (tmp_path / "there").iterdir()] == [bag_in(packed).name]
