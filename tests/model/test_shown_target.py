"""What readers are told of a place of deposit: enough to know it, and no path of anybody's disk."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis.strategies import sampled_from, text

from solander.depositing import TARGETS
from solander.model.shown_target import shown_place, shown_target


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("dir:/home/keeper/secret plans", "a folder"),
        ("dir:C:\\Users\\keeper", "a folder"),
        ("ocfl:/srv/ocfl", "an OCFL storage root"),
        ("saf:packages", "packages for DSpace"),
        ("s3:boxes/pages/of/ours", "s3:boxes"),
        ("s3:boxes", "s3:boxes"),
        ("aptrust:aptrust.receiving.museum.example", "aptrust:aptrust.receiving.museum.example"),
        ("zenodo:", "zenodo:"),
        ("zenodo-sandbox:", "zenodo-sandbox:"),
        ("invenio:https://rdm.museum.example/", "invenio:rdm.museum.example"),
        ("webdav:https://keeper:pass@share.example:8443/private/place", "webdav:share.example"),
        ("sftp:keeper@files.example:2222/srv/home/keeper", "sftp:files.example"),
        ("sftp:files.example/srv", "sftp:files.example"),
        ("dspace:https://[::1]/server", "dspace:::1"),
        ("sword:https://[broken/sd", "sword:"),
    ],
)
def test_a_target_is_told_by_its_kind_and_host_or_collection(written: str, shown: str):
    assert shown_target(written) == shown


@given(scheme=sampled_from(sorted(TARGETS)), path=text(min_size=8))
def test_no_path_is_told_whatever_it_is(scheme: str, path: str):
    path = path.replace("/", "").replace("\\", "") or "anything"
    for written in (f"{scheme}:host.example/{path}", f"{scheme}:https://keeper@host.example/{path}"):
        assert f"/{path}" not in shown_target(written)
        assert "keeper" not in shown_target(written)


@pytest.mark.parametrize(
    ("url", "record", "shown"),
    [
        ("https://zenodo.org/records/1", "1", "https://zenodo.org/records/1"),
        ("file:///home/keeper/there/bag", "bag", "bag"),
        ("s3://boxes/pages/bag/", "bag", "bag"),
        ("sftp://keeper@files.example/home/keeper/bag", "bag", "bag"),
        ("https://keeper@share.example/bag/", "bag", "bag"),
        (None, "https://hal.example/sword/1", "https://hal.example/sword/1"),
        (None, "/home/keeper/there", ""),
        (None, "urn:uuid:6ffc383c", "urn:uuid:6ffc383c"),
    ],
)
def test_a_place_is_an_address_on_the_web_or_the_records_name(url: str | None, record: str, shown: str):
    assert shown_place(url, record) == shown
