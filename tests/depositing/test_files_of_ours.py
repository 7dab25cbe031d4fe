"""What a file of ours came to while it was sent is told as that, and is no answer of whom it was sent to."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from consignments import parcel
from test_odd_answers import answering, said, session
from under_contract import terms

from solander.depositing.s3 import open_store
from solander.errors import ArchiveError

WHAT = "it changed while it was sent"


def cut(name: str) -> Iterator[bytes]:
    yield b"half"
    raise ArchiveError(Path(name), WHAT)


@pytest.mark.parametrize("name", ["bag.tar", "a bag of 404 pages.tar"])
def test_a_bucket_is_no_cause_of_a_file_that_changed(name: str):
    pytest.importorskip("obstore")
    with answering(said("200 OK")) as port:
        settings = {"user": "KEEPER", "secret": "a-secret-of-ours", "endpoint": f"http://127.0.0.1:{port}"}
        store = open_store("s3", "boxes", terms(**settings))
        one = parcel(name, bytes(20))._replace(chunks=lambda: cut(name))
        with pytest.raises(ArchiveError, match=WHAT):
            store.put("a/b.tar", one)


def test_a_server_is_no_cause_of_a_file_that_changed():
    with (
        answering(said("200 OK")) as port,
        contextlib.closing(session(port)) as one,
        pytest.raises(ArchiveError, match=WHAT),
    ):
        one.write("PUT", "file", content=cut("bag.tar"), size_bytes=20)
