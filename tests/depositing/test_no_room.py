"""A repository that has no room, or takes nothing so large: that is told, once, and a later run goes on from there."""

from __future__ import annotations

import contextlib

import pytest
from consignments import Remembered, parcel
from lookalike import Answer, Asked
from test_odd_answers import REPOSITORIES, answering, said, session
from under_contract import UnderContract, terms

from solander.depositing.s3 import open_store
from solander.errors import DepositRejected

NO_ROOM = {
    "507 Insufficient Storage": "it has no room; ask whoever keeps it to make some",
    "413 Content Too Large": "it takes nothing so large; ask whoever keeps it to raise its limit",
}


@pytest.mark.parametrize("status", NO_ROOM)
@pytest.mark.parametrize(
    "sent",
    [
        lambda one: one.write("POST", "records", value={}),
        lambda one: one.write("PUT", "file", content=iter([bytes(70_000)] * 9), size_bytes=630_000),
    ],
    ids=["value", "pieces"],
)
def test_a_server_without_room_is_told_as_one_and_not_as_one_that_did_not_answer(status: str, sent):
    slept: list[float] = []
    answer = said(status, "Retry-After: 1", body=b'{"message": "quota of pages exceeded"}')
    with (
        answering(answer) as port,
        contextlib.closing(session(port, sleep=slept.append)) as one,
        pytest.raises(DepositRejected) as refused,
    ):
        sent(one)
    what = f"x:y: it answered {status[:3]} ({NO_ROOM[status]}, and run the same command again): quota of pages exceeded"
    assert str(refused.value) == what
    assert (refused.value.status, refused.value.exit_status) == (int(status[:3]), 4)
    assert slept == []


@pytest.mark.parametrize("status", NO_ROOM)
@pytest.mark.parametrize("name", REPOSITORIES)
def test_a_file_for_which_there_is_no_room_is_sent_once_and_a_later_run_goes_on(name, status, request, at, monkeypatch):
    place: UnderContract = at(name)
    server, _ = request.getfixturevalue(name)
    one, remembered, sent = place.consignment(), Remembered(), []
    answer = server.answer

    def full(method: str, path: str, asked: Asked) -> Answer:
        is_file = one.parcels[0].size_bytes and b"".join(one.parcels[0].chunks()) in asked.body
        if not is_file:
            return answer(method, path, asked)
        sent.append(path)
        return Answer(int(status[:3]), {"message": "no"})

    with monkeypatch.context() as patch:
        patch.setattr(server, "answer", full)
        with pytest.raises(DepositRejected, match=NO_ROOM[status]):
            place.deposit(one, remembered)
    assert len(sent) == 1
    assert place.deposit(one, remembered.again()).record.state == place.final_state
    assert len(place.records(one)) == 1


@pytest.mark.parametrize("status", NO_ROOM)
def test_a_bucket_without_room_is_told_as_one(status: str):
    pytest.importorskip("obstore")
    body = b"<?xml version='1.0'?><Error><Code>XMinioStorageFull</Code><Message>The drive is full.</Message></Error>"
    with answering(said(status, body=body)) as port:
        settings = {"user": "KEEPER", "secret": "a-secret-of-ours", "endpoint": f"http://127.0.0.1:{port}"}
        store = open_store("s3", "boxes", terms(**settings))
        with pytest.raises(DepositRejected, match=NO_ROOM[status]):
            store.put("a/b.tar", parcel("b.tar", b"a bag"))
