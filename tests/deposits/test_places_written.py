"""Places as a person writes them: what no shell undid, and what is not to be said aloud."""

from __future__ import annotations

import pytest
from tests.deposits.bags import bag_in

from solander.errors import UsageError
from solander.pipeline import DepositRequest, deposit, plan_deposit


@pytest.mark.parametrize("scheme", ["dir", "ocfl", "saf"])
def test_a_home_that_no_shell_put_in_is_refused_with_the_folder_that_was_meant(archive, monkeypatch, tmp_path, scheme):
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    with pytest.raises(UsageError, match=f"write {scheme}:{tmp_path}/home/shelf"):
        plan_deposit(bag_in(archive), DepositRequest(to=f"{scheme}:~/shelf"))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "to",
    [
        "sword:https://keeper:hunter2@repository.example/sword",
        "webdav:http://keeper:hunter2@127.0.0.1:1/x",
        "invenio:https://hunter2@repository.example",
        "sftp:keeper:hunter2@repository.example/x",
        "sftp://keeper:hunter2@repository.example/x",
    ],
)
@pytest.mark.parametrize("asked", [deposit, plan_deposit])
def test_a_password_in_an_address_is_refused_and_not_repeated(archive, to, asked):
    with pytest.raises(UsageError) as raised:
        asked(bag_in(archive), DepositRequest(to=to))
    assert "hunter2" not in str(raised.value)
    assert "…@" in str(raised.value)


@pytest.mark.parametrize("to", ["dir:shelf~", "dir:a/~/b", "dir:me@home", "ocfl:x:y@z"])
def test_such_signs_elsewhere_are_names_like_others(archive, tmp_path, monkeypatch, to):
    monkeypatch.chdir(tmp_path)
    planned = plan_deposit(bag_in(archive), DepositRequest(to=to))
    assert planned.target == to
    assert not any(tmp_path.glob("shelf*"))
