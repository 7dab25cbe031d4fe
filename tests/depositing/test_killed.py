"""``kill -9`` amid a deposit of a real bag, at twenty moments by what the server was asked: the next run ends it.

Where nobody can look in between (a disk, an SSH server), the moments go by the journal's lines.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from stoppable import runs
from under_contract import UnderContract

from solander import pack
from solander.errors import DepositError
from solander.files.second_opinion import many_asked
from solander.model.deposit import LOG_NAME, PUBLISHED
from solander.pipeline import DepositRequest, deposit, receipts_in

pytestmark = pytest.mark.servers
MOMENTS = 20
EACH = ("aptrust", "archivematica", "dataverse", "dir", "dspace", "ocfl", "s3", "saf", "sftp", "sword", "webdav")
"""All but InvenioRDM, whose deposits take longer: ``test_invenio`` kills one after every step."""
PAGE = Path(__file__).parents[1] / "material" / "lighthouse.html"
SETTLED = 'organization = "Lantern Bay Museum"\n'


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """An archive with a bag for each moment and one more, and their names."""
    folder = tmp_path_factory.mktemp("packed")
    archive, names = folder / "archive", []
    archive.mkdir()
    (archive / "solander.toml").write_text(SETTLED)
    for number in range(MOMENTS + 1):
        page = folder / f"page{number}.html"
        page.write_text(PAGE.read_text().replace("</body>", f"<p>Moment {number} of {folder}.</p></body>"))
        path = pack(page, into=archive, uri=f"https://museum.example/{folder.name}/{number}").path
        assert path is not None
        names.append(path.name)
    return archive, names


def settled(archive: Path, place: UnderContract) -> dict[str, str]:
    """Settle a target of the archive's own; the environment that holds its secret."""
    settings = {**dict(place.terms.settings), **place.settings, "to": place.written}
    if place.terms.secret:
        settings["token_env"] = "OURS"
    if place.terms.user:
        settings["user"] = place.terms.user
    lines = [f"{name} = {json.dumps(value)}" for name, value in settings.items()]
    (archive / "solander.toml").write_text(f"{SETTLED}[targets.ours]\n" + "\n".join(lines) + "\n")
    return os.environ | {"OURS": place.terms.secret.reveal() if place.terms.secret else ""}


@pytest.mark.parametrize("name", EACH)
def test_killed_at_twenty_moments_the_same_command_ends_in_one_record(
    name: str,
    at: Callable[[str], UnderContract],
    packed: tuple[Path, list[str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    place = at(name)
    proxy = place.proxy
    whole, names = packed
    archive = shutil.copytree(whole, tmp_path / "archive")
    surroundings = settled(archive, place)
    monkeypatch.setenv("OURS", surroundings["OURS"])

    def begin() -> int:
        if proxy is not None:
            proxy.begin()
        return happened() if proxy is None else 0

    def happened() -> int:
        return len(proxy.seen) if proxy is not None else (archive / LOG_NAME).read_bytes().count(b"\n")

    request = DepositRequest(to="ours", publish=True)
    (archive / LOG_NAME).touch()
    before = begin()
    with many_asked(), runs(surroundings) as started:
        deposit(archive / names[0], request)
        steps = happened() - before
        for moment in range(MOMENTS):
            after = 1 + moment * (steps - 1) // MOMENTS
            path = archive / names[moment + 1]
            before = begin()
            run = started.start("deposit", str(path), "--to", "ours", "--publish", "--quiet")
            while happened() - before < after and not run.has_ended():
                time.sleep(0.0005)
            # Half of them a moment later: when the answer is on its way, or the journal is written.
            time.sleep(0.004 * (moment % 2))
            run.kill()
            time.sleep(0.05)
            begin()
            try:
                done = deposit(path, request)
            except DepositError:
                done = deposit(path, request)
            receipt = done.receipt
            assert receipt is not None
            assert receipt.state == place.final_state, after
            wanted = replace(
                place.consignment(), identifier=receipt.identifier, bag=receipt.bag, bag_digest=receipt.bag_digest
            )
            found = place.reader().find(wanted)
            assert [(one.state, one.bag_digest) for one in found] == [(place.final_state, receipt.bag_digest)], after
            if place.final_state == PUBLISHED:
                assert {file.by for file in receipt.files} <= {"server", "readback"}
            kept = [one for one in receipts_in(archive) if one.receipt and one.receipt.identifier == receipt.identifier]
            assert len(kept) == 1
