"""A deposit is journalled before it is begun and receipted before it is told, and neither tells a secret."""

from __future__ import annotations

import errno
import json
import os
import shutil

import jsonschema
import pytest
from tests.deposits.bags import bag_in
from tests.forked import SOLANDER, run_forked

from solander.encoding.receipt import encode_receipt, parse_receipt
from solander.errors import ArchiveError, ArchiveUnwritable
from solander.model.deposit import LOG_NAME
from solander.pipeline import DepositRequest, deposit, judge_receipts, receipts_in, validate
from solander.profiles import SCHEMAS


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


def test_another_run_of_the_same_archive_is_told_to_wait(archive, tmp_path):
    from solander.pipeline.deposits.journal import open_deposit_journal

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
        address = f"webdav:http://127.0.0.1:{server.server_port}/x"
        ran = run_forked(SOLANDER, "deposit", bag_in(archive), "--to", address, "--json")
    finally:
        server.shutdown()
        server.server_close()
    from base64 import b64encode

    assert ran.returncode == 4
    told = (ran.stdout + ran.stderr).encode() + (archive / LOG_NAME).read_bytes()
    assert b"403" in told
    for form in (secret, secret.replace(" ", "+"), b64encode(f":{secret}".encode()).decode()[:12]):
        assert form.encode() not in told


def test_show_names_where_a_bag_was_deposited(archive, tmp_path):
    bag = bag_in(archive)
    done = deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}"))
    ran = run_forked(SOLANDER, "show", bag)
    assert ran.returncode == 0
    assert f"{done.receipt.target}  stored" in ran.stdout
    ran = run_forked(SOLANDER, "show", bag, "--json")
    (value,) = json.loads(ran.stdout)["bags"]
    assert [one["bag_digest"] for one in value["receipts"]] == [done.receipt.bag_digest]
