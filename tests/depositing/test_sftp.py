"""OpenSSH's server and ours: who is not known is told nothing, and what breaks off is mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import starting
from consignments import consignment
from under_contract import UnderContract, terms

from solander.errors import AnswerLost, DepositError, DepositRejected, TargetUnreachable
from solander.model.deposit import STORED

pytestmark = pytest.mark.servers


def share(server: starting.Sshd, folder: Path, **settings: str) -> UnderContract:
    root = server.root / folder.name
    root.mkdir(exist_ok=True)
    settled = {"key_file": str(server.key), "known_hosts": str(server.known_hosts), **settings}
    return UnderContract(f"sftp:{server.user}@127.0.0.1:{server.port}{root}", terms(**settled))


def test_a_server_that_is_not_known_is_told_nothing(sftp_server, tmp_path):
    (tmp_path / "nobody").write_text("")
    place = share(sftp_server, tmp_path, known_hosts=str(tmp_path / "nobody"))
    with pytest.raises(DepositRejected, match="is not known; look at its key"):
        place.deposit(consignment())
    assert not list((sftp_server.root / tmp_path.name).iterdir())


def test_a_server_with_another_key_than_is_known_of_it_is_told_nothing(sftp_server, tmp_path):
    other = sftp_server.key.with_suffix(".pub").read_text().rsplit(" ", 1)[0]
    (tmp_path / "known").write_text(f"[127.0.0.1]:{sftp_server.port} {other}\n")
    with pytest.raises(DepositRejected, match="another key than is known"):
        share(sftp_server, tmp_path, known_hosts=str(tmp_path / "known")).deposit(consignment())


def test_a_key_that_is_not_let_in_is_a_clear_no(sftp_server, tmp_path):
    stranger = sftp_server.key.parent / "host"
    with pytest.raises(DepositRejected, match="does not let"):
        share(sftp_server, tmp_path, key_file=str(stranger)).deposit(consignment())


def test_a_folder_that_cannot_be_written_is_a_clear_no(sftp_server, tmp_path):
    place = share(sftp_server, tmp_path)
    place = replace(place, written=f"{place.written}/there/is/none")
    with pytest.raises(DepositRejected, match="refused"):
        place.deposit(consignment())


def test_nobody_who_listens_is_a_clear_no():
    with pytest.raises(TargetUnreachable, match="not reached"):
        UnderContract("sftp:keeper@127.0.0.1:1/x", terms(secret="x")).deposit(consignment())


def test_a_connection_that_breaks_amid_a_file_leaves_nothing_under_its_name_and_a_rerun_ends_it(sftp_server, tmp_path):
    place = share(sftp_server, tmp_path)
    one = consignment()
    target = place.open()

    def broken():
        yield b"x" * 100_000
        target.store.client.get_transport().close()
        yield b"x" * 100_000

    wrong = one.parcels[0]._replace(chunks=broken)
    with pytest.raises((AnswerLost, DepositError)):
        place.deposit(replace(one, parcels=(wrong, *one.parcels[1:])), target=target)
    folder = sftp_server.root / tmp_path.name / one.bag
    assert not (folder / one.parcels[0].name).exists()
    run = place.deposit(one)
    assert run.record.state == STORED
    names = ["deposit.json", "linkset.json", *(p.name for p in one.parcels)]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
