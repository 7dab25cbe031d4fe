"""What is not for everybody goes to no storage that others reach, and a remark says what a storage does not keep."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.deposits.bags import bag_in

from solander import pack
from solander.errors import DepositHeld
from solander.pipeline import DepositRequest, deposit, plan_deposit


def test_the_remark_on_a_storage_expects_nothing_and_has_found_nothing(archive, tmp_path):
    bag = bag_in(archive)
    done = plan_deposit(bag, DepositRequest(to=f"dir:{tmp_path / 'there'}", access="restricted"))
    (remark,) = [one for one in done.report.findings if one.code == "DEP006"]
    assert (remark.expected, remark.found) == (None, None)


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
