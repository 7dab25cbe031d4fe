"""A plan sends nothing and says all that is lacking; what is no target is refused; settings are those of the keeper."""

from __future__ import annotations

import json
import os
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.deposits.bags import bag_in

from solander.depositing import TARGETS
from solander.depositing.settings import EVERYWHERE, SETTINGS
from solander.errors import UsageError
from solander.pipeline import DepositRequest, deposit, plan_deposit
from solander.profiles import SCHEMAS


def test_a_plan_sends_nothing_and_writes_nothing(archive, tmp_path):
    before = sorted(archive.rglob("*"))
    plan = plan_deposit(bag_in(archive), DepositRequest(to=f"ocfl:{tmp_path / 'root'}"))
    assert plan.files
    assert not (tmp_path / "root").exists()
    assert sorted(archive.rglob("*")) == before


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


def test_a_plan_for_a_damaged_bag_tells_what_is_wrong_with_it(archive, tmp_path):
    page = next((bag_in(archive) / "data" / "original").iterdir())
    page.write_bytes(page.read_bytes().swapcase())
    assert plan_deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}")).report.at_or_above("error")


def test_a_setting_that_is_said_now_outweighs_the_keepers(archive, tmp_path):
    there = tmp_path / "there"
    (archive / "solander.toml").write_text(f'[targets.shelf]\nto = "dir:{there}"\nform = "tar"\n')
    plan = plan_deposit(bag_in(archive), DepositRequest(to="shelf", settings=(("form", "zip"),)))
    assert plan.form == "zip"


def test_every_setting_that_a_target_asks_for_may_stand_in_solander_toml():
    schema = json.loads(SCHEMAS.read("solander-toml.schema.json"))
    known = set(schema["$defs"]["target"]["properties"])
    source = Path(__file__).parents[2] / "src" / "solander"
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


@pytest.mark.parametrize("ask", [deposit, plan_deposit])
@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"settings": (("foo", "bar"),)}, "--set foo=bar: dir: has no such setting; it has public_address, access"),
        ({"settings": (("community", "ours"),)}, "--set community=ours: dir: has no such setting"),
        ({"settings": (("verify", "twice"),)}, "--set verify knows no 'twice'; known are server, readback"),
        ({"settings": (("public_address", "ftp:x"),)}, "--set public_address: 'ftp:x' is no address, as https://"),
        ({"access": "embargoed"}, "--access embargoed and --embargo-until DAY go together"),
        ({"embargo_until": date(2999, 1, 1)}, "--access embargoed and --embargo-until DAY go together"),
        ({"access": "embargoed", "embargo_until": date(2020, 1, 1)}, "--embargo-until 2020-01-01: this day has passed"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(archive, tmp_path, ask, asked, told):
    with pytest.raises(UsageError) as refused:
        ask(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'there'}", **asked))
    assert str(refused.value).startswith(told)
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "there").exists()
    assert not (archive / "receipts").exists()


def test_an_embargo_may_end_on_the_day_of_the_deposit(archive, tmp_path):
    last = date(2026, 11, 23)
    at = datetime(2026, 11, 23, 22, tzinfo=UTC)
    request = DepositRequest(to=f"dir:{tmp_path / 'there'}", access="embargoed", embargo_until=last, at=at)
    assert deposit(bag_in(archive), request).receipt.access.until == last


def test_every_setting_belongs_to_a_target_that_asks_for_it():
    known = set(json.loads(SCHEMAS.read("solander-toml.schema.json"))["$defs"]["target"]["properties"])
    assert set(SETTINGS) == set(TARGETS)
    assert {name for names in SETTINGS.values() for name in names} | set(EVERYWHERE) == known - {"to"}
    source = Path(__file__).parents[2] / "src" / "solander" / "depositing"
    for scheme, home in TARGETS.items():
        asked = set(re.findall(r'setting\(\s*"(\w+)"', (source / f"{home}.py").read_text()))
        assert asked <= set(SETTINGS[scheme]), scheme


@pytest.mark.parametrize("scheme", ["dir", "ocfl"])
def test_no_address_in_a_receipt_has_a_way_back(archive, tmp_path, monkeypatch, scheme):
    monkeypatch.chdir(archive)
    receipt = deposit(bag_in(archive), DepositRequest(to=f"{scheme}:../there")).receipt
    assert receipt.target == f"{scheme}:../there"
    assert receipt.url.startswith((tmp_path / "there").as_uri())
    assert ".." not in receipt.url


def test_a_link_to_a_shelf_keeps_its_name_in_a_receipt(archive, tmp_path):
    (tmp_path / "disk7").mkdir()
    (tmp_path / "shelf").symlink_to("disk7")
    receipt = deposit(bag_in(archive), DepositRequest(to=f"dir:{tmp_path / 'shelf'}")).receipt
    assert receipt.url.startswith((tmp_path / "shelf").as_uri())
