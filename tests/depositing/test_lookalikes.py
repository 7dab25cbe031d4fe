"""What is particular to repositories that cannot be run here, against servers that keep to their documentation."""

from __future__ import annotations

import hashlib
import json
import tarfile
import traceback
from dataclasses import replace
from datetime import date
from pathlib import Path

import aptrust_lookalike
import bagit
import pytest
from consignments import DESCRIPTION, consignment, parcel
from lookalike import Answer, Asked
from under_contract import UnderContract, terms

from solander import pack
from solander.depositing import open_target
from solander.errors import DepositDiffers, DepositHeld, DepositRejected, UsageError
from solander.model.deposit import CLOSED, DRAFT, EMBARGOED, OPEN, PUBLISHED, RESTRICTED, STORED, SUBMITTED, Access
from solander.model.description import Description
from solander.pipeline import DepositRequest, deposit, plan_deposit
from solander.pipeline.deposits.crosswalks import metadata_of


@pytest.mark.parametrize("name", ["dataverse", "dspace"])
def test_a_repository_that_keeps_other_bytes_is_found_out_and_nothing_is_published(name, request, at):
    place = at(name)
    server, _ = request.getfixturevalue(name)
    server.alters, one = True, place.consignment()
    with pytest.raises(DepositDiffers, match="nothing was published"):
        place.deposit(one)
    server.alters = False
    (record,) = place.records(one)
    assert record.state == DRAFT
    # The same command mends it.
    assert place.deposit(one).record.state == PUBLISHED


@pytest.mark.parametrize(("name", "path"), [("dataverse", "actions/:publish"), ("dspace", "workflow/workflowitems")])
def test_a_refusal_to_publish_leaves_a_draft(name, path, request, at):
    place = at(name)
    server, _ = request.getfixturevalue(name)
    one = place.consignment()
    place.deposit(one, publish=False)
    server.refuses = path
    with pytest.raises(DepositRejected, match="403"):
        place.deposit(one)
    server.refuses = None
    (record,) = place.records(one)
    assert record.state == DRAFT


@pytest.mark.parametrize("name", ["archivematica", "dataverse", "dspace"])
def test_a_wrong_secret_is_a_clear_no(name, at):
    place = at(name)
    settings = dict(place.terms.settings)
    place.terms = terms(user="somebody", secret="a wrong one", **settings)
    with pytest.raises(DepositRejected, match=r"40[13]"):
        place.deposit(place.consignment())


def test_dataverse_names_everything_that_is_lacking_at_once(at):
    place = at("dataverse")
    bare = replace(consignment(), description=Description(statements=()), access=Access(CLOSED))
    gaps = {one.field: one.remedy for one in place.open().gaps(bare)}
    assert set(gaps) == {"author", "dsDescription", "datasetContact", "subject", "collection", "access"}
    assert all(remedy.startswith("--") for remedy in gaps.values())


@pytest.mark.parametrize("policy", [OPEN, RESTRICTED, EMBARGOED])
def test_files_of_dataverse_are_for_whom_the_deposit_says(policy, request, at):
    place = at("dataverse")
    server, _ = request.getfixturevalue("dataverse")
    until = date(2030, 1, 31) if policy == EMBARGOED else None
    run = place.deposit(replace(place.consignment(), access=Access(policy, until)))
    files = server.datasets[run.record.name]["versions"][0]["files"]
    assert [file["restricted"] for file in files] == [policy == RESTRICTED] * 3
    embargoes = {file["dataFile"].get("embargo", {}).get("dateAvailable") for file in files}
    assert embargoes == {until.isoformat() if until else None}


@pytest.mark.parametrize("part_bytes", [0, 700])
def test_a_file_sent_past_dataverse_is_read_back_and_its_store_is_told_no_token(part_bytes, request, at):
    place = at("dataverse")
    server, _ = request.getfixturevalue("dataverse")
    server.part_bytes = part_bytes
    place.terms = replace(place.terms, settings=(*place.terms.settings, ("direct_upload", "yes")))
    one = place.consignment()
    run = place.deposit(one)
    assert {file.by for file in run.compared} == {"readback"}
    assert run.record.state == PUBLISHED
    assert place.held(run.record, one.parcels[0].name) == b"".join(one.parcels[0].chunks())
    assert server.seen_by_store == []
    server.alters = True
    with pytest.raises(DepositDiffers):
        place.deposit(place.consignment())


def test_a_dataset_goes_to_the_reviewers_where_that_is_asked_for(at):
    place = at("dataverse")
    place.settings = {**place.settings, "review": "yes"}
    assert place.deposit(place.consignment()).record.state == SUBMITTED


def test_a_dataset_keeps_its_doi_through_its_versions(request, at):
    place = at("dataverse")
    one = place.consignment()
    number = int(one.identifier[-12:], 16)
    first = place.deposit(one)
    again = place.deposit(place.consignment(number, version=2))
    assert first.record.reserved == again.record.reserved
    assert first.record.reserved[0][0] == "doi"
    server, _ = request.getfixturevalue("dataverse")
    assert [one["versionState"] for one in server.datasets[first.record.name]["versions"]] == ["RELEASED", "RELEASED"]


def test_an_item_whose_collection_decides_is_submitted_and_found_while_it_waits(request, at):
    place = at("dspace")
    server, _ = request.getfixturevalue("dspace")
    server.has_workflow, one = True, place.consignment()
    assert place.deposit(one).record.state == SUBMITTED
    assert place.deposit(one).was_there


def test_no_licence_of_dspace_is_granted_unasked(request, at):
    place = at("dspace")
    server, _ = request.getfixturevalue("dspace")
    server.wants_license, one = True, place.consignment()
    with pytest.raises(DepositRejected, match="grant_license=yes"):
        place.deposit(one)
    assert [record.state for record in place.records(one)] == [DRAFT]
    place.deposit(replace(one, settings=(*one.settings, ("grant_license", "yes"))))
    assert [record.state for record in place.records(one)] == [PUBLISHED]


def test_files_of_an_embargoed_item_bear_the_embargo_once(request, at):
    place = at("dspace")
    server, _ = request.getfixturevalue("dspace")
    one = replace(place.consignment(), access=Access(EMBARGOED, date(2030, 1, 31)))
    place.deposit(one, publish=False)
    run = place.deposit(one)
    conditions = [file["conditions"] for file in server.items[run.record.name]["files"]]
    assert conditions == [[{"name": "embargo", "startDate": "2030-01-31"}]] * 3


def test_what_dspace_gave_for_the_password_is_told_nowhere(request, at, monkeypatch):
    place = at("dspace")
    server, _ = request.getfixturevalue("dspace")
    target = place.open()
    target.find(place.consignment())

    def answer(method: str, path: str, asked: Asked) -> Answer:
        return Answer(400, {"message": f"you sent {asked.headers['Authorization']}, yes"})

    monkeypatch.setattr(server, "answer", answer)
    with pytest.raises(DepositRejected, match=r"you sent .*, yes") as told:
        target.find(place.consignment())
    assert server.bearers
    assert not any(bearer in "".join(traceback.format_exception(told.value)) for bearer in server.bearers)


def test_a_transfer_is_started_once_and_told_until_it_is_stored(request, at):
    place = at("archivematica")
    server, _ = request.getfixturevalue("archivematica")
    one = place.consignment()
    place.deposit(one, publish=False)
    assert server.transfers == {}
    assert place.deposit(one).record.state == SUBMITTED
    (transfer,) = server.transfers.values()
    assert transfer["sha512"] == one.parcels[0].checksum("sha512")
    server.status = "COMPLETE"
    assert place.deposit(one).record.state == STORED
    assert len(server.transfers) == 1


def test_a_transfer_that_failed_is_told(request, at):
    place = at("archivematica")
    server, _ = request.getfixturevalue("archivematica")
    one = place.consignment()
    place.deposit(one)
    server.status = "FAILED"
    with pytest.raises(DepositRejected, match="is failed; see its dashboard"):
        place.deposit(one)


def test_a_started_transfer_whose_answer_was_lost_is_not_started_twice(request, at):
    place = at("archivematica")
    server, proxy = request.getfixturevalue("archivematica")
    place.deposit(place.consignment())
    start = next(at for at, asked in enumerate(proxy.seen) if asked.startswith("POST"))
    for fault in ("answer lost", "twice", "502 after"):
        server.transfers.clear()
        proxy.begin(fault, start)
        place.deposit(place.consignment())
        assert proxy.met is not None
        assert len(server.transfers) == 1, fault


def test_a_package_has_what_dspace_imports(tmp_path, at):
    from lxml import etree

    place = at("saf")
    one = place.consignment()
    place.deposit(one)
    folder = tmp_path / "packages" / one.bag
    root = etree.parse(folder / "dublin_core.xml").getroot()
    assert (root.tag, root.get("schema")) == ("dublin_core", "dc")
    told = {(value.get("element"), value.get("qualifier")): value.text for value in root if value.tag == "dcvalue"}
    assert told[("title", "none")] == "The keeper's ledger"
    assert told[("contributor", "author")] == "Moss, Ada"
    assert told[("date", "issued")] == "2024-03-18"
    listed = [line.split("\t")[0] for line in (folder / "contents").read_text().splitlines()]
    assert listed == [file.name for file in one.parcels]
    assert all((folder / name).is_file() for name in listed)


def test_a_package_says_which_group_may_read_what_is_not_open(tmp_path):
    one = replace(consignment(), access=Access(RESTRICTED))
    bare = open_target(f"saf:{tmp_path}", terms())
    assert [gap.field for gap in bare.gaps(one)] == ["contents"]
    place = UnderContract(f"saf:{tmp_path}", terms(group="Staff"))
    assert not list(place.open().gaps(one))
    place.deposit(one)
    assert (tmp_path / one.bag / "contents").read_text().count("permissions:-r 'Staff'") == 3


@pytest.mark.parametrize("form", ["dataverse", "dspace"])
def test_a_record_bears_the_objects_name_and_the_bags_digest_and_invents_nothing(form):
    one = replace(consignment(), description=Description(statements=()), captured_at=None)
    said = json.dumps(metadata_of(one, form))
    assert one.identifier in said
    assert one.bag_digest in said
    assert "None" not in said
    assert len(json.dumps(metadata_of(replace(one, description=DESCRIPTION), form))) > len(said)


@pytest.fixture(scope="module")
def organized(tmp_path_factory) -> Path:
    archive = tmp_path_factory.mktemp("organized") / "archive"
    archive.mkdir()
    (archive / "solander.toml").write_text('organization = "Lantern Bay Museum"\n')
    page = Path(__file__).parents[1] / "material" / "lighthouse.html"
    accession = pack(page, into=archive, uri="https://museum.example/stories/ledger")
    assert accession.path is not None
    return accession.path


@pytest.fixture
def bucket(request, monkeypatch):
    proxy = request.getfixturevalue("s3_proxy")
    proxy.begin()
    monkeypatch.setenv("SOLANDER_USER_APTRUST", "KEEPER")
    monkeypatch.setenv("SOLANDER_TOKEN_APTRUST", "a-secret-of-ours")
    return (("endpoint", f"http://127.0.0.1:{proxy.port}"),)


def test_what_aptrust_is_sent_is_a_bag_in_its_form_that_holds_ours_unchanged(organized, bucket, tmp_path):
    done = deposit(organized, DepositRequest(to="aptrust:boxes", settings=bucket))
    assert (done.receipt.state, done.receipt.bag_digest[:7]) == (SUBMITTED, "sha512:")
    config = dict(bucket) | {"user": "KEEPER", "secret": "a-secret-of-ours"}
    target = open_target("aptrust:boxes", terms(**config))
    record = target.look(organized.name)
    assert record is not None
    assert record.bag_digest == done.receipt.bag_digest
    name = f"{organized.name}.tar"
    (tmp_path / name).write_bytes(b"".join(target.read_back(record, name)))
    with tarfile.open(tmp_path / name) as tar:
        assert {one.name.split("/")[0] for one in tar} == {organized.name}
        tar.extractall(tmp_path / "unpacked", filter="data")
    unpacked = tmp_path / "unpacked" / organized.name
    bagit.Bag(str(unpacked)).validate()
    info = (unpacked / "aptrust-info.txt").read_text()
    assert "Title: " in info
    assert "Access: Consortia\nStorage-Option: Standard\n" in info
    tags = (unpacked / "tagmanifest-md5.txt").read_text()
    assert "aptrust-info.txt" in tags
    assert "manifest-md5.txt" in tags
    for path in organized.rglob("*"):
        if path.is_file():
            assert (unpacked / path.relative_to(organized)).read_bytes() == path.read_bytes()


def test_a_storage_option_that_aptrust_does_not_know_holds_a_bag_back(organized, bucket):
    request = DepositRequest(to="aptrust:boxes", settings=(*bucket, ("storage_option", "Attic")))
    report = plan_deposit(organized, request).report
    assert any(one.code.startswith("PRF") for one in report.at_or_above("error"))
    with pytest.raises(DepositHeld, match="PRF"):
        deposit(organized, request)


def test_what_aptrust_has_taken_in_is_known_from_its_registry(s3_proxy, aptrust_registry, request):
    endpoint = f"http://127.0.0.1:{s3_proxy.port}"
    place = UnderContract(
        "aptrust:boxes",
        replace(
            terms(
                user="KEEPER", secret="a-secret-of-ours", endpoint=endpoint,
                registry=f"http://127.0.0.1:{aptrust_registry.port}", registry_user=aptrust_lookalike.USER,
            ),
            further=(("registry", type(terms(secret="x").secret)(aptrust_lookalike.KEY)),),
        ),
        takes_beside=False,
        ending="tar",
    )  # fmt: skip
    request.addfinalizer(lambda: [target.close() for target in place.opened])
    one = place.consignment()
    (sent,) = one.parcels
    s3_proxy.begin()
    work = {"name": sent.name, "etag": sent.checksum("md5"), "size": sent.size_bytes, "action": "Ingest"}
    aptrust_registry.items += [work | {"status": "Success"}, work | {"status": "Failed"}]
    run = place.deposit(one)
    assert (run.was_there, run.record.state) == (True, STORED)
    assert not [asked for asked in s3_proxy.seen if asked.startswith("PUT")]
    # Other bytes of the same name are told, not taken for the same.
    other = replace(one, parcels=(parcel(sent.name, b"another bag" + b"." * 50),))
    with pytest.raises(DepositDiffers):
        place.deposit(other)


@pytest.mark.parametrize(
    ("to", "what"),
    [
        ("dataverse:https://x.example", "SOLANDER_TOKEN_DATAVERSE"),
        ("dataverse:x", "write the installation's address"),
        ("dspace:https://x.example/server", "SOLANDER_USER_DSPACE"),
        ("archivematica:https://x.example", "SOLANDER_USER_ARCHIVEMATICA"),
        ("aptrust:", "write aptrust:BUCKET"),
        ("saf:", "names no folder"),
    ],
)
def test_a_target_that_lacks_something_says_what(to, what):
    with pytest.raises(UsageError, match=what):
        open_target(to, terms())


def test_a_form_is_as_long_as_it_says_and_holds_the_files_bytes():
    from solander.depositing.multipart_form import form_of

    content = bytes(range(256)) * 9
    form = form_of(parcel('a "b"\r\nü.bin', content), {"jsonData": "{}"})
    sent = b"".join(form.chunks())
    assert len(sent) == form.size_bytes
    fields = Asked({"Content-Type": form.media_type}, {}, sent).form()
    assert fields["jsonData"] == (None, b"{}")
    assert hashlib.sha256(fields["file"][1]).digest() == hashlib.sha256(content).digest()
