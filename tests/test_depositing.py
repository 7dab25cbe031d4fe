"""Bags deposited by the whole pipeline: judged before, journalled on the way, receipted after, and found again."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from solander import pack
from solander.encoding.receipt import encode_receipt, parse_receipt
from solander.errors import ArchiveError, ArchiveUnwritable, DepositError, DepositHeld, UsageError
from solander.model.deposit import LOG_NAME
from solander.pipeline import DepositRequest, deposit, deposit_all, judge_receipts, plan_deposit, receipts_in, validate
from solander.profiles import SCHEMAS


@pytest.fixture(scope="module")
def packed(tmp_path_factory, request) -> Path:
    """An archive with one bag of a page."""
    archive = tmp_path_factory.mktemp("packed") / "archive"
    page = Path(__file__).parent / "material" / "lighthouse.html"
    pack(page, into=archive, uri="https://museum.example/stories/ledger")
    return archive


@pytest.fixture
def archive(packed, tmp_path) -> Path:
    return shutil.copytree(packed, tmp_path / "archive")


def bag_in(archive: Path) -> Path:
    return next(one for one in archive.iterdir() if (one / "bagit.txt").exists())


def judged_by(schema: str, value: object) -> None:
    jsonschema.Draft202012Validator(json.loads(SCHEMAS.read(schema))).validate(value)


def test_a_deposit_leaves_a_receipt_that_binds_the_bag_and_a_journal_of_its_steps(archive, tmp_path):
    done = deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    receipt = json.loads(done.receipt_path.read_bytes())
    judged_by("solander-receipt.schema.json", receipt)
    assert parse_receipt(done.receipt_path.read_bytes()) == done.receipt
    assert encode_receipt(done.receipt) == done.receipt_path.read_bytes()
    lines = [json.loads(line) for line in (archive / LOG_NAME).read_bytes().splitlines()]
    for line in lines:
        judged_by("solander-deposit-step.schema.json", line)
    assert lines[0]["step"] == "beginning"
    assert lines[-1]["step"] == "done"
    note = next((tmp_path / "there").rglob("deposit.json"))
    judged_by("solander-deposit-note.schema.json", json.loads(note.read_bytes()))


def test_a_plan_sends_nothing_and_writes_nothing(archive, tmp_path):
    before = sorted(archive.rglob("*"))
    plan = plan_deposit(bag_in(archive), DepositRequest(to=f"ocfl:{tmp_path / 'root'}"))
    assert plan.files
    assert not (tmp_path / "root").exists()
    assert sorted(archive.rglob("*")) == before


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
    page = Path(__file__).parent / "material" / "lighthouse.html"
    assert run_deposit(str(page), *to).returncode == 2


def test_the_remark_on_a_storage_expects_nothing_and_has_found_nothing(archive, tmp_path):
    bag = bag_in(archive)
    done = plan_deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}", access="restricted"))
    (remark,) = [one for one in done.report.findings if one.code == "DEP006"]
    assert (remark.expected, remark.found) == (None, None)


def run_deposit(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "solander.cli", "deposit", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)


def test_the_archive_stays_valid_with_its_receipts_and_a_changed_bag_is_told_by_them(archive, tmp_path):
    bag = bag_in(archive)
    deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert validate(archive).passed
    (bag / "tagmanifest-sha512.txt").write_bytes((bag / "tagmanifest-sha512.txt").read_bytes() + b"\n")
    assert [one.code for one in judge_receipts(archive).findings] == ["DEP003"]
    shutil.rmtree(bag)
    assert [one.code for one in judge_receipts(archive).findings] == ["DEP005"]
    (kept,) = receipts_in(archive)
    (archive / kept.name).write_text("{}")
    assert [one.code for one in judge_receipts(archive).findings] == ["DEP004"]


def test_a_damaged_bag_does_not_leave(archive, tmp_path):
    bag = bag_in(archive)
    (bag / "data/tei/page.xml").write_bytes(b"<TEI/>")
    with pytest.raises(DepositHeld, match="BAG003"):
        deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert not (tmp_path / "there").exists()


def test_one_bag_that_is_held_back_harms_no_other(archive, tmp_path):
    page = tmp_path / "other.html"
    page.write_text("<title>Another</title><p>Quite another page, which stands beside the first.</p>")
    other = pack(page, into=archive).path
    (other / "data/tei/page.xml").write_bytes(b"<TEI/>")
    bags = sorted(one for one in archive.iterdir() if one.is_dir())
    done = list(deposit_all(bags, DepositRequest(to=f"dir:{tmp_path / 'there'}")))
    assert sorted(one.error is None for one in done) == [False, True]


def test_what_is_stated_for_a_deposit_is_packed_into_the_next_version_of_the_bag(archive, tmp_path):
    from solander.pipeline import look_into, statements

    request = DepositRequest(to=f"ocfl:{tmp_path / 'root'}", said=statements((), creator="Moss, Ada"))
    deposit(bag_in(archive), DepositRequest(to=f"ocfl:{tmp_path / 'root'}"))
    done = deposit(bag_in(archive), request)
    assert done.bag != bag_in(archive) or done.receipt.version == 2
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


def test_another_run_of_the_same_archive_is_told_to_wait(archive, tmp_path):
    from solander.pipeline.deposit_journal import open_deposit_journal

    with open_deposit_journal(archive), pytest.raises(ArchiveError, match="under way"):
        deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))


@pytest.mark.parametrize("finds_late", [True, False])
def test_what_a_next_run_relies_on_is_on_the_disk_before_anything_is_begun(archive, tmp_path, monkeypatch, finds_late):
    """After a power cut the journal is what was given to the disk; the rest is asked of the target.

    A repository's search lags, so that its journal is relied on; a storage says at once what was begun there.
    """
    from solander.depositing.storage import StorageTarget
    from solander.files import journal

    on_disk = [b""]
    given = os.fsync

    def kept(number: int) -> None:
        given(number)
        on_disk.append((archive / LOG_NAME).read_bytes())

    begun = StorageTarget.begin

    def begin(self, one):
        assert (b'"step": "beginning"' in on_disk[-1]) == finds_late
        return begun(self, one)

    monkeypatch.setattr(StorageTarget, "finds_late", finds_late)
    monkeypatch.setattr(journal.os, "fsync", kept)
    monkeypatch.setattr(StorageTarget, "begin", begin)
    done = deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    # Whoever is told of a deposit has it in the journal.
    assert on_disk[-1] == (archive / LOG_NAME).read_bytes()
    monkeypatch.undo()
    # What is left of the journal after a cut at each moment is a journal, and makes no second deposit.
    for content in dict.fromkeys(on_disk):
        (archive / LOG_NAME).write_bytes(content)
        again = deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))
        assert (again.was_there, again.receipt.record) == (True, done.receipt.record)


def test_nobody_is_told_of_a_deposit_before_its_receipt_is_on_the_disk(archive, tmp_path, monkeypatch):
    from solander.files import many_files

    given = []
    syncs = many_files.sync_folder

    def kept(folder: int, names: list[str]) -> None:
        given.extend((name, (archive / "receipts" / name).read_bytes()) for name in names)
        syncs(folder, names)

    monkeypatch.setattr(many_files, "sync_folder", kept)
    done = deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert given == [(done.receipt_path.name, done.receipt_path.read_bytes())]


def test_a_disk_that_refuses_the_receipt_leaves_no_deposit_told_and_the_next_run_writes_it(
    archive, tmp_path, monkeypatch
):
    from solander.files import many_files

    def full(folder: int, names: list[str]) -> None:
        raise OSError(errno.EIO, "Input/output error")

    request = DepositRequest(to=f"dir:{tmp_path / 'there'}")
    with monkeypatch.context() as patched:
        patched.setattr(many_files, "sync_folder", full)
        with pytest.raises(ArchiveUnwritable, match="receipts: the disk failed"):
            deposit(bag_in(archive), request)
    (receipt,) = (archive / "receipts").iterdir()
    receipt.unlink()
    again = deposit(bag_in(archive), request)
    assert (again.was_there, again.receipt_path) == (True, receipt)


def test_a_journal_line_that_was_cut_is_passed_over(archive, tmp_path):
    request = DepositRequest(to=f"dir:{tmp_path / 'there'}")
    deposit(bag_in(archive), request)
    log = archive / LOG_NAME
    log.write_bytes(log.read_bytes()[:-40])
    assert deposit(bag_in(archive), request).was_there


def test_a_journal_of_something_else_stops_the_run_before_anything_is_sent(archive, tmp_path):
    (archive / LOG_NAME).write_text("not a journal\n")
    with pytest.raises(ArchiveError, match="no line of a journal"):
        deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    assert not (tmp_path / "there").exists()


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


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("nowhere", "names no target|is no target"),
        ("gopher:place", "names no target"),
        ("dir:", "names no folder"),
        ("s3:", "names no bucket"),
        ("webdav:ftp://x", "write the share's address"),
    ],
)
def test_a_target_that_is_none_is_told_in_one_line(archive, to, what):
    with pytest.raises(UsageError, match=what):
        deposit(bag_in(archive), DepositRequest(to=to))


def test_a_target_by_the_keepers_own_name_is_found_in_solander_toml(archive, tmp_path):
    (archive / "solander.toml").write_text(f'[targets.shelf]\nto = "dir:{tmp_path / "there"}"\nform = "tar"\n')
    done = deposit(bag_in(archive), DepositRequest(to="shelf"))
    assert done.receipt.target == f"dir:{tmp_path / 'there'}"
    assert done.receipt.files[0].name.endswith(".tar")


def test_a_folder_with_other_things_is_no_storage_root(archive, tmp_path):
    (tmp_path / "root").mkdir()
    (tmp_path / "root" / "letters.txt").write_text("dear sir")
    with pytest.raises(UsageError, match="not empty"):
        deposit(bag_in(archive), DepositRequest(to=f"ocfl:{tmp_path / 'root'}"))


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


def test_a_secret_is_told_nowhere(archive, tmp_path, monkeypatch):
    """A server that repeats the secret in its answer: neither message, journal nor receipt has it."""
    from http.server import BaseHTTPRequestHandler, HTTPServer
    from threading import Thread

    secret = "tok/en+of ours"

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def do_GET(self):
            said = f"you sent {self.headers.get('Authorization')}, and {secret}".encode()
            self.send_response(403)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_PROPFIND = do_GET  # noqa: N815 - the library's names

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("SOLANDER_TOKEN_WEBDAV", secret)
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "solander.cli", "deposit", str(bag_in(archive)), "--to",
             f"webdav:http://127.0.0.1:{server.server_port}/x", "--json"],
            capture_output=True, env=dict(os.environ), check=False,
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
    from base64 import b64encode

    assert ran.returncode == 4
    told = ran.stdout + ran.stderr + (archive / LOG_NAME).read_bytes()
    assert b"403" in told
    for form in (secret, secret.replace(" ", "+"), b64encode(f":{secret}".encode()).decode()[:12]):
        assert form.encode() not in told


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
            assert [name for name in archive.iterdir() if name.name.startswith(".solander-")] == [] or is_large
            return [(*parcel[:-1], b"".join(parcel.chunks())) for parcel in ready.parcels]

    is_large = False
    small = made()
    monkeypatch.setattr(held, bound, 1)
    is_large = True
    assert made() == small
    assert not list(archive.glob(".solander-*"))
    assert [name for name, *_ in small] == [f"{bag.name}.{form}", f"{bag.name}.tei.xml", f"{bag.name}.dc.xml"]


def test_a_file_that_changes_while_the_bag_is_packaged_is_sent_by_no_means(archive, monkeypatch):
    from solander.files.folder import Folder
    from solander.packing import parse_bag
    from solander.pipeline.consigning import consign, packaged

    bag = bag_in(archive)
    one, _ = consign(bag, parse_bag(Folder(bag)), access=None, until=None, settings=())
    read = Folder.read
    monkeypatch.setattr(Folder, "read", lambda self, path, limit_bytes: read(self, path, limit_bytes) + b"more")
    with pytest.raises(ArchiveError, match="changed while it was read"), packaged(one, bag, "zip"):
        pass


@pytest.mark.parametrize("form", ["zip", "tar", "files"])
@pytest.mark.parametrize("change", ["other bytes", "one file more", "one file less"])
@pytest.mark.parametrize("is_small", [True, False])
def test_a_bag_that_is_changed_after_it_was_judged_is_not_sent(archive, tmp_path, monkeypatch, form, change, is_small):
    from solander.pipeline import judging_many

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


def test_a_plan_for_a_damaged_bag_tells_what_is_wrong_with_it(archive, tmp_path):
    page = next((bag_in(archive) / "data" / "original").iterdir())
    page.write_bytes(page.read_bytes().swapcase())
    assert plan_deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}")).report.at_or_above("error")


def silent_of_its_rights(tmp_path: Path) -> Path:
    """A bag of a page that says nothing of its rights."""
    page = tmp_path / "silent.html"
    page.write_text(
        "<html><head><title>Tides</title></head><body><h1>Tides</h1><p>High water at six.</p></body></html>"
    )
    done = pack(page, into=tmp_path / "silent", uri="https://museum.example/tides")
    assert done.path is not None
    return done.path


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
def test_a_page_whose_rights_are_unknown_is_open_in_no_storage_and_a_rule_says_why(scheme, tmp_path):
    bag = silent_of_its_rights(tmp_path)
    request = DepositRequest(to=f"{scheme}:{tmp_path / 'there'}")
    for report in (plan_deposit(bag, request).report, (done := deposit(bag, request)).report):
        (finding,) = [one for one in report.findings if one.code.startswith("DEP")]
        assert (finding.code, finding.severity) == ("DEP006", "info")
        assert finding.message == "its rights are not known: its files are restricted; a storage keeps nobody out"
    assert done.receipt.access.policy == "restricted"
    for note in (tmp_path / "there").rglob("deposit.json"):
        assert json.loads(note.read_bytes())["access"] == {"policy": "restricted"}


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
@pytest.mark.parametrize("access", [None, "restricted", "closed"])
def test_what_is_not_for_everybody_goes_to_no_storage_that_others_reach(scheme, access, tmp_path):
    bag = silent_of_its_rights(tmp_path)
    public = DepositRequest(
        to=f"{scheme}:{tmp_path / 'there'}", access=access, settings=(("public_address", "https://pages.example/"),)
    )
    with pytest.raises(DepositHeld, match="DEP007"):
        deposit(bag, public)
    assert not (tmp_path / "there").exists()
    done = deposit(bag, replace(public, access="open"))
    assert done.receipt.access.policy == "open"
    assert not [one for one in done.report.findings if one.code.startswith("DEP")]


def test_a_plan_tells_the_remark_on_who_may_read(tmp_path):
    bag = silent_of_its_rights(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-m", "solander.cli", "deposit", str(bag), "--to", f"dir:{tmp_path / 'there'}", "--plan"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert ran.returncode == 0
    assert "access   restricted" in ran.stdout
    assert "DEP006 storage-keeps-nobody-out" in ran.stderr


def test_show_names_where_a_bag_was_deposited(archive, tmp_path):
    bag = bag_in(archive)
    done = deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    ran = subprocess.run([sys.executable, "-m", "solander.cli", "show", str(bag)], capture_output=True, text=True)
    assert ran.returncode == 0
    assert f"{done.receipt.target}  stored" in ran.stdout
    ran = subprocess.run([sys.executable, "-m", "solander.cli", "show", str(bag), "--json"], capture_output=True)
    (value,) = json.loads(ran.stdout)["bags"]
    assert [one["bag_digest"] for one in value["receipts"]] == [done.receipt.bag_digest]


def test_a_setting_that_is_said_now_outweighs_the_keepers(archive, tmp_path):
    there = tmp_path / "there"
    (archive / "solander.toml").write_text(f'[targets.shelf]\nto = "dir:{there}"\nform = "tar"\n')
    plan = plan_deposit(bag_in(archive), DepositRequest(to="shelf", settings=(("form", "zip"),)))
    assert plan.form == "zip"


def test_every_setting_that_a_target_asks_for_may_stand_in_solander_toml():
    import re

    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    known = set(schema["$defs"]["target"]["properties"])
    source = Path(__file__).parents[1] / "src" / "solander"
    asked = {name for path in source.rglob("*.py") for name in re.findall(r'setting\(\s*"(\w+)"', path.read_text())}
    assert len(asked) > 20
    assert asked <= known
    assert known - asked == {"to", "user"} | {f"{name}token_{home}" for name in ("", "registry_") for home in
                                              ("env", "file", "keyring")}  # fmt: skip


def test_a_target_whose_keeper_wants_files_read_back_has_them_read_back(archive, tmp_path):
    (archive / "solander.toml").write_text(f'[targets.shelf]\nto = "dir:{tmp_path / "there"}"\nverify = "readback"\n')
    plan = plan_deposit(bag_in(archive), DepositRequest(to="shelf"))
    assert any("reading it back" in step for step in plan.steps)


@pytest.mark.parametrize(
    ("to", "fields"),
    [
        ("zenodo-sandbox:", {"account"}),
        ("s3:boxes/pages", {"account"}),
        ("dataverse:https://dataverse.example", {"account", "collection", "datasetContact", "subject"}),
        ("dspace:https://dspace.example/server", {"account", "collection"}),
    ],
)
def test_a_plan_needs_no_account_and_names_it_among_all_that_is_lacking(archive, monkeypatch, to, fields):
    for name in [one for one in os.environ if one.startswith(("SOLANDER_", "AWS_"))]:
        monkeypatch.delenv(name)
    plan = plan_deposit(bag_in(archive), DepositRequest(to=to))
    lacking = {one.message.partition(":")[0] for one in plan.report.findings if one.code == "DEP002"}
    assert lacking == fields
    with pytest.raises(UsageError):
        deposit(bag_in(archive), DepositRequest(to=to))
    assert not (archive / "receipts").exists()


@pytest.mark.parametrize(
    "to", ["zenodo-sandbox:here", "s3:", "dataverse:nowhere", "sword:https://x/data-deposit/v1/swordv2/sd"]
)
def test_a_plan_for_what_is_no_target_is_refused(archive, to):
    with pytest.raises(UsageError):
        plan_deposit(bag_in(archive), DepositRequest(to=to))


def test_of_many_bags_the_broken_one_is_held_back_and_counted_apart(packed, archive, tmp_path):
    page = (Path(__file__).parent / "material" / "lighthouse.html").read_text().replace("</body>", "<p>Two.</p></body>")
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
