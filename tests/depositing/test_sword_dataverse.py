"""Dataverse over SWORD: known by what its guide says of it, and refused before anything is written.

The exchanges are those of https://guides.dataverse.org/en/latest/api/sword.html (service document, collection, "Known
issues"); the states are those of its statements (``latestVersionState``, ``locked``).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from consignments import consignment
from lookalike import Answer, Asked, Lookalike, exchange
from under_contract import UnderContract, terms

from solander.depositing import open_target
from solander.depositing.sword_documents import state_of
from solander.errors import UsageError
from solander.model.deposit import DRAFT, PUBLISHED

GUIDE = "https://guides.dataverse.org/en/latest/api/sword.html"
PATH = "/dvn/api/data-deposit/v1.1/swordv2"
SERVICE = """<service xmlns="http://www.w3.org/2007/app" xmlns:atom="http://www.w3.org/2005/Atom"
  xmlns:sword="http://purl.org/net/sword/terms/"><sword:version>2.0</sword:version><workspace>
  <atom:title>Lantern Bay Dataverse</atom:title><collection href="{base}/collection/dataverse/pages">
  <atom:title>Pages</atom:title><accept>application/atom+xml;type=entry</accept>
  <sword:collectionPolicy>Be fair.</sword:collectionPolicy>
  <sword:acceptPackaging>http://purl.org/net/sword/package/SimpleZip</sword:acceptPackaging></collection>
  </workspace></service>"""


class DataverseSword(Lookalike):
    """The part of it that is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        self.asked.append(method)
        return super().answer(method, path, asked)

    @exchange("GET", r"(?:/sword|/dvn/api/data-deposit/v1.1/swordv2/service-document)", GUIDE)
    def service(self, asked: Asked) -> Answer:
        return Answer(200, SERVICE.format(base=f"http://127.0.0.1:{self.port}{PATH}").encode())


@pytest.fixture
def dataverse() -> Iterator[DataverseSword]:
    one = DataverseSword()
    yield one
    one.close()


@pytest.mark.parametrize("path", [f"{PATH}/service-document", f"{PATH}/collection/dataverse/pages"])
def test_a_dataverse_is_refused_by_its_address_and_nobody_is_asked(dataverse, path):
    with pytest.raises(UsageError, match=f"deposit by dataverse:http://127.0.0.1:{dataverse.port}$"):
        open_target(f"sword:http://127.0.0.1:{dataverse.port}{path}", terms(secret="tok"))
    assert dataverse.asked == []


def test_a_dataverse_behind_another_address_is_known_by_its_service_document_and_nothing_is_written(dataverse):
    place = UnderContract(
        f"sword:http://127.0.0.1:{dataverse.port}/sword", terms(user="keeper", secret="tok"), takes_beside=False
    )
    with pytest.raises(UsageError, match="a second run would make a second dataset"):
        place.deposit(place.consignment())
    for target in place.opened:
        target.close()
    assert dataverse.asked == ["GET"]


@pytest.mark.parametrize(("told", "state"), [("DRAFT", DRAFT), ("RELEASED", PUBLISHED)])
def test_a_state_that_stands_in_the_text_is_read_as_one_that_is_the_term(told, state):
    statement = f"""<feed xmlns="http://www.w3.org/2005/Atom">
      <category scheme="http://purl.org/net/sword/terms/state" term="isMinorUpdate">false</category>
      <category scheme="http://purl.org/net/sword/terms/state" term="latestVersionState">{told}</category>
      <category scheme="http://purl.org/net/sword/terms/state" term="locked">false</category></feed>"""
    assert state_of(statement.encode()) == state


def test_other_servers_are_no_dataverse():
    target = open_target("sword:https://deposit.example/1/data-deposit/", terms(user="keeper", secret="tok"))
    assert list(target.gaps(consignment())) == []
    target.close()
