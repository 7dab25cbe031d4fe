"""What a real InvenioRDM does with our deposits: DOIs, versions, embargoes, refusals, and what goes wrong."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx2
import pytest
import starting
from consignments import Remembered, consignment, parcel
from under_contract import FOUND_AFTER_SECONDS, UnderContract, terms

from solander import pack
from solander.errors import DepositDiffers, DepositRejected
from solander.model.deposit import DRAFT, LOG_NAME, PUBLISHED, Access
from solander.model.description import Description, Evidence, Statement
from solander.pipeline import DepositRequest, deposit, look_into, statements, validate

pytestmark = pytest.mark.servers

MATERIAL = Path(__file__).parent.parent / "material"
SAID = statements((), creator="Moss, Ada", publisher="Lantern Bay Museum")


@pytest.fixture
def repository(invenio: starting.Invenio) -> Iterator[UnderContract]:
    one = UnderContract(
        f"invenio:http://127.0.0.1:{invenio.port}", terms(secret=invenio.token), final_state=PUBLISHED, sleeps=True
    )
    yield one
    for target in one.opened:
        target.close()


@pytest.fixture
def api(invenio: starting.Invenio) -> Iterator[httpx2.Client]:
    """The depositor's own look at the repository."""
    base = f"http://127.0.0.1:{invenio.port}/api/"
    with httpx2.Client(base_url=base, headers={"Authorization": f"Bearer {invenio.token}"}, timeout=60) as client:
        yield client


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, invenio: starting.Invenio) -> Path:
    """An archive with a bag of a page that no other test has."""
    monkeypatch.setenv("SOLANDER_TOKEN_INVENIO", invenio.token)
    page = (MATERIAL / "lighthouse.html").read_text()
    (tmp_path / "page.html").write_text(page.replace("</title>", f" {tmp_path.name} {time.time_ns()}</title>"))
    pack(tmp_path / "page.html", into=tmp_path / "archive", uri=f"https://museum.example/{time.time_ns()}")
    return tmp_path / "archive"


def bags_in(archive: Path) -> list[Path]:
    return sorted(one for one in archive.iterdir() if (one / "bagit.txt").exists())


def hits(api: httpx2.Client, identifier: str) -> list[dict]:
    """Everything that the repository has of an object, drafts among it, once a search finds it."""
    time.sleep(FOUND_AFTER_SECONDS)
    query = f'metadata.identifiers.identifier:"{identifier}"'
    answer = api.get("user/records", params={"q": query, "size": 25, "allversions": "true"})
    return answer.json()["hits"]["hits"]


def test_a_bag_gets_a_doi_that_stands_in_its_next_version_and_is_published(repository, archive, api):
    (bag,) = bags_in(archive)
    done = deposit(bag, DepositRequest(to=repository.written, publish=True, access="open", said=SAID))
    ((scheme, doi),) = done.receipt.identifiers
    assert (scheme, done.receipt.state) == ("doi", "published")
    assert f"https://doi.org/{doi}" in look_into(done.bag).description.values("identifier")
    assert validate(archive).passed
    value = api.get(f"records/{done.receipt.record}").json()
    assert value["pids"]["doi"]["identifier"] == doi
    assert {one["identifier"] for one in value["metadata"]["identifiers"]} >= {done.receipt.identifier}
    there = api.get(f"records/{done.receipt.record}/files").json()["entries"]
    ours = {one.name: dict(one.checksums)["md5"] for one in done.receipt.files}
    assert {one["key"]: one["checksum"].removeprefix("md5:") for one in there} == ours
    content = api.get(f"records/{done.receipt.record}/files/{done.bag.name}.dc.xml/content", follow_redirects=True)
    assert doi in content.text


def test_without_publish_a_draft_stays_and_the_same_with_publish_makes_it_public(repository, archive, api):
    (bag,) = bags_in(archive)
    request = DepositRequest(to=repository.written, access="open", said=SAID)
    draft = deposit(bag, request)
    assert draft.receipt.state == "draft"
    public = deposit(draft.bag, replace(request, publish=True, said=()))
    assert public.receipt.state == "published"
    assert public.receipt.record == draft.receipt.record
    assert public.receipt.bag_digest == draft.receipt.bag_digest
    assert len(hits(api, public.receipt.identifier)) == 1


def test_the_same_deposit_again_and_with_its_journal_lost_is_one_record(repository, archive, api):
    (bag,) = bags_in(archive)
    request = DepositRequest(to=repository.written, publish=True, access="open", said=SAID)
    first = deposit(bag, request)
    again = deposit(first.bag, replace(request, said=()))
    assert again.was_there
    (archive / LOG_NAME).unlink()
    time.sleep(FOUND_AFTER_SECONDS)
    lost = deposit(first.bag, replace(request, said=()))
    assert lost.was_there
    assert lost.receipt.record == first.receipt.record
    assert len(hits(api, first.receipt.identifier)) == 1


def test_a_further_statement_makes_the_next_version_of_the_same_record(repository, archive, api):
    (bag,) = bags_in(archive)
    request = DepositRequest(to=repository.written, publish=True, access="open", said=SAID)
    first = deposit(bag, request)
    second = deposit(first.bag, replace(request, said=statements((), subject="lighthouses")))
    assert second.receipt.state == "published"
    assert second.receipt.version > first.receipt.version
    one, two = (api.get(f"records/{done.receipt.record}").json() for done in (first, second))
    assert one["parent"]["id"] == two["parent"]["id"]
    assert (one["versions"]["index"], two["versions"]["index"]) == (1, 2)
    assert second.receipt.identifiers != first.receipt.identifiers


@pytest.mark.parametrize("access", [Access("embargoed", date(2999, 12, 31)), Access("restricted"), Access("closed")])
def test_what_is_not_open_is_given_to_nobody_else(repository, api, access):
    one = replace(consignment(), access=access)
    run = repository.deposit(one)
    value = api.get(f"records/{run.record.name}").json()
    assert value["access"]["files"] == "restricted"
    assert value["access"].get("embargo", {}).get("active", False) == (access.until is not None)
    place = f"records/{run.record.name}/files/{one.parcels[0].name}/content"
    assert api.get(place, follow_redirects=True).status_code == 200
    assert httpx2.get(str(api.base_url) + place).status_code == 403


def test_metadata_that_are_taken_with_errors_are_refused_by_us_and_nothing_stays(repository, api):
    said = Evidence("person", "stated when packing")
    one = replace(consignment(), settings=(("resource_type", "no-such-kind"),))
    with pytest.raises(DepositRejected, match="no-such-kind"):
        repository.deposit(one)
    assert hits(api, one.identifier) == []
    nameless = replace(one, settings=(), description=Description(statements=(Statement("title", "x", said),)))
    with pytest.raises(DepositRejected, match="creators"):
        repository.deposit(nameless)
    assert hits(api, one.identifier) == []


def test_a_connection_that_is_cut_amid_a_file_leaves_nothing_that_a_rerun_cannot_mend(repository, invenio):
    one, remembered = consignment(), Remembered()
    target = repository.open()
    repository.deposit(replace(one, parcels=one.parcels[:1]), remembered, publish=False)
    assert remembered.record is not None
    name = one.parcels[1].name
    headers = {"Authorization": f"Bearer {invenio.token}"}
    files = f"http://127.0.0.1:{invenio.port}/api/records/{remembered.record}/draft/files"
    httpx2.post(files, json=[{"key": name}], headers=headers).raise_for_status()
    with socket.create_connection(("127.0.0.1", invenio.port)) as connection:
        head = [
            f"PUT /api/records/{remembered.record}/draft/files/{name}/content HTTP/1.1",
            f"Host: 127.0.0.1:{invenio.port}",
            f"Authorization: Bearer {invenio.token}",
            "Content-Type: application/octet-stream",
            "Content-Length: 1000000",
        ]
        connection.sendall("\r\n".join([*head, "", ""]).encode() + b"x" * 1000)
    time.sleep(0.5)
    there = target.look(remembered.record)
    assert there is not None
    assert not there.file(name).complete
    run = repository.deposit(one, remembered)
    assert run.record.state == PUBLISHED
    assert len(repository.records(one)) == 1


def test_a_file_that_somebody_replaced_in_the_draft_is_sent_anew(repository):
    one, remembered = consignment(), Remembered()
    repository.deposit(one, remembered, publish=False)
    target = repository.open()
    record = target.look(remembered.record)
    target.send(record, parcel(one.parcels[0].name, b"something else"))
    repository.deposit(one, remembered)
    (record,) = repository.records(one)
    assert repository.held(record, one.parcels[0].name) == b"".join(one.parcels[0].chunks())


def test_bytes_that_are_not_what_was_hashed_are_not_published(repository, api):
    one = consignment()
    wrong = one.parcels[0]._replace(chunks=parcel("x", b"!" * one.parcels[0].size_bytes).chunks)
    with pytest.raises(DepositDiffers, match="md5"):
        repository.deposit(replace(one, parcels=(wrong,)))
    assert [hit["is_published"] for hit in hits(api, one.identifier)] == [False]


def test_a_wrong_token_is_a_clear_no(repository):
    wrong = UnderContract(repository.written, terms(secret="nobody-has-this"))
    with pytest.raises(DepositRejected, match="token"):
        wrong.deposit(consignment())
    for target in wrong.opened:
        target.close()


def test_a_public_record_that_somebody_edits_is_still_public_and_is_the_same_bag(repository, api):
    one, remembered = consignment(), Remembered()
    run = repository.deposit(one, remembered)
    api.post(f"records/{run.record.name}/draft").raise_for_status()
    assert repository.open().look(run.record.name).state == PUBLISHED
    assert repository.deposit(one, remembered).was_there


@pytest.mark.parametrize("half", [0, 1])
def test_killed_at_any_moment_the_same_command_ends_in_one_verified_record(repository, archive, api, invenio, half):
    """``kill -9`` after every journalled step, or a little later, of two deposits; then the same command once more."""
    (bag,) = bags_in(archive)
    stated = ["--creator", "Moss, Ada", "--publisher", "Lantern Bay Museum", "--access", "open", "--publish"]

    def command(path: Path) -> list[str]:
        return [sys.executable, "-m", "solander.cli", "deposit", str(path), "--to", repository.written, *stated, "-q"]

    environment = {**os.environ, "SOLANDER_TOKEN_INVENIO": invenio.token}
    kills = 0
    for moment in range(20):
        if (archive / LOG_NAME).exists() and b'"done"' in (archive / LOG_NAME).read_bytes():
            break
        kills += 1
        process = subprocess.Popen(command(bag), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _wait_for(process, archive / LOG_NAME, seconds=0.06 * half + 0.02 * (moment % 3))
        process.send_signal(signal.SIGKILL)
        process.wait()
    ran = subprocess.run(command(bag), env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert kills >= 10
    assert len(bags_in(archive)) <= 3, "each version is packed once"
    (receipt,) = [json.loads(one.read_bytes()) for one in (archive / "receipts").glob("*.json")]
    assert receipt["state"] == "published"
    found = hits(api, receipt["identifier"])
    assert [(one["id"], one["is_published"]) for one in found] == [(receipt["record"], True)]
    assert validate(archive).passed


def _wait_for(process: subprocess.Popen[bytes], log: Path, *, seconds: float) -> None:
    """Wait until one more step is in the journal, and so long; or until the run is done."""
    before = log.read_bytes().count(b"\n") if log.exists() else 0
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        now = log.read_bytes().count(b"\n") if log.exists() else 0
        if now > before:
            time.sleep(seconds)
            return
        time.sleep(0.01)


def test_no_draft_is_left_when_nothing_was_asked_but_a_plan(repository, archive, api):
    from solander.pipeline import plan_deposit

    (bag,) = bags_in(archive)
    plan = plan_deposit(bag, DepositRequest(to=repository.written))
    assert hits(api, plan.consignment.identifier) == []


def test_an_unpublished_draft_is_a_draft_for_the_repository_too(repository, api):
    run = repository.deposit(consignment(), publish=False)
    assert run.record.state == DRAFT
    assert httpx2.get(f"{api.base_url}records/{run.record.name}").status_code == 404


def test_a_public_record_names_where_its_links_for_machines_are(repository, api):
    run = repository.deposit(consignment())
    answer = api.get(run.record.linkset)
    assert answer.status_code == 200
    links = [one.strip() for one in answer.headers["Link"].split(";")]
    assert links[:2] == [f"<{run.record.linkset}>", 'rel="linkset"']
    assert repository.deposit(consignment(), publish=False).record.linkset is None
