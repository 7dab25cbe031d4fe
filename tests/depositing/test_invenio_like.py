"""What a server that looks like InvenioRDM is sent, where the real one would only show it to people."""

from __future__ import annotations

from dataclasses import replace

import pytest
from consignments import DESCRIPTION

from solander.errors import DepositRejected
from solander.model.deposit import SUBMITTED
from solander.model.description import Description, Evidence, Statement


def test_a_community_is_told_the_title_as_words_and_not_as_markup(request, at):
    place = at("invenio_like")
    server, _ = request.getfixturevalue("invenio_like")
    titled = Statement("title", "Tides & <b>lights</b>", Evidence("person", "stated when packing"))
    others = [one for one in DESCRIPTION.statements if one.element != "title"]
    one = replace(place.consignment(), description=Description(statements=(titled, *others)))
    with pytest.raises(DepositRejected, match="no community nobody"):
        place.deposit(replace(one, settings=(("community", "nobody"),)))
    run = place.deposit(replace(one, settings=(("community", "lights"),)))
    assert run.record.state == SUBMITTED
    assert server.notes[-1] == f"Tides &amp; &lt;b&gt;lights&lt;/b&gt;: {one.identifier}"


def test_a_checksum_in_capitals_is_the_same_checksum(request, at, monkeypatch):
    place = at("invenio_like")
    server, _ = request.getfixturevalue("invenio_like")
    answer = server.answer

    def in_capitals(method, path, asked):
        told = answer(method, path, asked)
        if path.endswith("/commit") and isinstance(told.value, dict):
            return told._replace(value=told.value | {"checksum": told.value["checksum"].upper()})
        return told

    monkeypatch.setattr(server, "answer", in_capitals)
    run = place.deposit(place.consignment())
    assert {(file.by, file.algorithm) for file in run.compared} == {("server", "md5")}
