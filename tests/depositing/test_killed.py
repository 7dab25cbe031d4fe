"""``kill -9`` amid a deposit of a real bag, at twenty moments by what the server was asked: the next run ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from under_contract import UnderContract

from solander import pack
from solander.errors import DepositError
from solander.model.deposit import PUBLISHED
from solander.pipeline import DepositRequest, deposit, receipts_in

pytestmark = pytest.mark.servers
MOMENTS = 20
PAGE = Path(__file__).parents[1] / "material" / "lighthouse.html"


def settled(archive: Path, place: UnderContract) -> dict[str, str]:
    """Settle a target of the archive's own; the environment that holds its secret."""
    settings = {**dict(place.terms.settings), **place.settings, "to": place.written, "token_env": "OURS"}
    if place.terms.user:
        settings["user"] = place.terms.user
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    archive.mkdir(exist_ok=True)
    (archive / "solander.toml").write_text(
        'organization = "Lantern Bay Museum"\n[targets.ours]\n' + "\n".join(lines) + "\n"
    )
    return os.environ | {"OURS": place.terms.secret.reveal() if place.terms.secret else ""}


@pytest.mark.parametrize("name", ["aptrust", "archivematica", "dataverse", "dspace", "s3", "webdav"])
def test_killed_at_twenty_moments_the_same_command_ends_in_one_record(
    name: str, at: Callable[[str], UnderContract], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    place = at(name)
    assert place.proxy is not None
    archive = tmp_path / "archive"
    surroundings = settled(archive, place)
    monkeypatch.setenv("OURS", surroundings["OURS"])

    def bag(number: int) -> Path:
        page = tmp_path / f"page{number}.html"
        page.write_text(PAGE.read_text().replace("</body>", f"<p>Moment {number} of {tmp_path}.</p></body>"))
        path = pack(page, into=archive, uri=f"https://museum.example/{tmp_path.name}/{number}").path
        assert path is not None
        return path

    request = DepositRequest(to="ours", publish=True)
    place.proxy.begin()
    deposit(bag(0), request)
    asked = len(place.proxy.seen)
    for moment in range(MOMENTS):
        after = 1 + moment * (asked - 1) // MOMENTS
        path = bag(moment + 1)
        place.proxy.begin()
        command = [sys.executable, "-m", "solander.cli", "deposit", str(path), "--to", "ours", "--publish", "--quiet"]
        process = subprocess.Popen(command, env=surroundings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while len(place.proxy.seen) < after and process.poll() is None:
            time.sleep(0.0005)
        # Half of them a moment later: when the answer is on its way, or the journal is written.
        time.sleep(0.004 * (moment % 2))
        process.send_signal(signal.SIGKILL)
        process.wait()
        time.sleep(0.05)
        place.proxy.begin()
        try:
            done = deposit(path, request)
        except DepositError:
            done = deposit(path, request)
        assert done.receipt is not None
        assert done.receipt.state == place.final_state, after
        wanted = place.consignment()
        found = place.reader().find(type(wanted)(**{
            **{field: getattr(wanted, field) for field in type(wanted).__slots__},
            "identifier": done.receipt.identifier, "bag": done.receipt.bag, "bag_digest": done.receipt.bag_digest,
        }))  # fmt: skip
        assert [(one.state, one.bag_digest) for one in found] == [(place.final_state, done.receipt.bag_digest)], after
        if place.final_state == PUBLISHED:
            assert {file.by for file in done.receipt.files} <= {"server", "readback"}
        kept = [
            one for one in receipts_in(archive) if one.receipt and one.receipt.identifier == done.receipt.identifier
        ]
        assert len(kept) == 1
