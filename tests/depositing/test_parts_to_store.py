"""A large file goes past Dataverse into its store in parts: each as it is read, and again from its own beginning."""

from __future__ import annotations

import contextlib
import hashlib
import json
import tracemalloc
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler
from itertools import islice
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from on_loopback import OnLoopback
from test_odd_answers import session

from solander.depositing.dataverse_direct import sent_directly
from solander.depositing.slices import slices_of
from solander.errors import DepositRejected
from solander.model.deposit import Parcel

MIB = 1024 * 1024
PART_BYTES = 24 * MIB
PIECE = bytes(range(256)) * 3000


class Store(OnLoopback):
    """Dataverse and its store, as the guide of direct uploads has them; what is sent is digested and not kept.

    Source: https://guides.dataverse.org/en/latest/developers/s3-direct-upload-api.html
    """

    def __init__(self) -> None:
        self.answers: list[int] = []
        """What is answered to the next parts, in place of 200: each was read to its end."""
        self.parts: list[tuple[str, int, str]] = []
        """Of each part that came: its number, its ``Content-Length``, and the SHA-256 of what came."""
        self.tags: dict[str, str] | None = None
        self.given_up = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                pass

            def _digested(self) -> tuple[int, str]:
                size_bytes = left = int(self.headers.get("Content-Length", 0))
                hasher = hashlib.sha256()
                while left:
                    piece = self.rfile.read(min(left, 65536))
                    hasher.update(piece)
                    left -= len(piece)
                return size_bytes, hasher.hexdigest()

            def _answer(self) -> None:
                path, status, value, tag = urlsplit(self.path).path, 200, {}, ""
                if path.startswith("/store/"):
                    size_bytes, tag = self._digested()
                    outer.parts.append((path.removeprefix("/store/"), size_bytes, tag))
                    status = outer.answers.pop(0) if outer.answers else 200
                elif self.command == "GET":
                    places = {str(one): f"http://localhost:{outer.port}/store/{one}" for one in range(1, 9)}
                    value = {"data": {"storageIdentifier": "s3://boxes:1", "partSize": PART_BYTES, "urls": places}}
                    value["data"] |= {"abort": "/api/mpupload", "complete": "/api/mpupload"}
                elif self.command == "PUT":
                    outer.tags = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                elif self.command == "DELETE":
                    outer.given_up += 1
                else:
                    self._digested()
                content = json.dumps(value).encode()
                self.send_response(status)
                self.send_header("ETag", f'"{tag}"')
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 - the library's names

        self.answer_by(Handler)


@pytest.fixture
def store() -> Iterator[Store]:
    one = Store()
    yield one
    one.close()


def large(pieces: int) -> Parcel:
    """A file that is made while it is read, each piece another."""

    def chunks() -> Iterator[bytes]:
        for number in range(pieces):
            yield number.to_bytes(4, "big") + PIECE

    return Parcel("bag.tar", "application/x-tar", pieces * (4 + len(PIECE)), (("md5", "0" * 32),), chunks)


def sent(store: Store, parcel: Parcel) -> None:
    with contextlib.closing(session(store.port)) as one:
        sent_directly(one, "dataverse:x", "doi:1", parcel, "/api/add", {})


def parts_of(parcel: Parcel) -> list[tuple[str, int, str]]:
    content = b"".join(parcel.chunks())
    parts = [content[at : at + PART_BYTES] for at in range(0, len(content), PART_BYTES)]
    return [(str(number), len(part), hashlib.sha256(part).hexdigest()) for number, part in enumerate(parts, 1)]


def test_a_part_is_sent_as_it_is_read_and_never_at_hand_as_a_whole(store: Store):
    parcel = large(80)
    sent(store, large(1))  # what is made ready once for all is no part's
    store.parts.clear()
    tracemalloc.start()
    try:
        sent(store, parcel)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert store.parts == parts_of(parcel)
    assert store.tags == {number: digest for number, _, digest in store.parts}
    assert peak < PART_BYTES / 3


@pytest.mark.parametrize("status", [429, 503])
def test_a_part_for_which_the_store_asks_patience_goes_again_from_its_own_beginning(store: Store, status: int):
    parcel = large(80)
    store.answers = [200, status, status, 200, status]
    sent(store, parcel)
    first, second, third = parts_of(parcel)
    assert store.parts == [first, second, second, second, third, third]
    assert store.given_up == 0


def test_parts_that_are_refused_are_given_up(store: Store):
    store.answers = [200, 507]
    with pytest.raises(DepositRejected, match="no room"):
        sent(store, large(80))
    assert (len(store.parts), store.given_up, store.tags) == (2, 1, None)


def test_a_file_without_a_byte_has_no_part(store: Store):
    sent(store, Parcel("empty", "text/plain", 0, (("md5", "0" * 32),), partial(iter, ())))
    assert (store.parts, store.tags) == ([], {})


@given(pieces=st.lists(st.binary(max_size=9)), slice_bytes=st.integers(1, 12), stops=st.lists(st.integers(0, 4)))
def test_slices_are_the_file_however_its_pieces_lie_and_however_often_one_is_begun_anew(pieces, slice_bytes, stops):
    content = b"".join(pieces)
    parcel = Parcel("a", "text/plain", len(content), (), lambda: iter(pieces))
    given_up = iter(stops)
    for number, one in enumerate(slices_of(parcel, slice_bytes)):
        wanted = content[number * slice_bytes :][:slice_bytes]
        for some in islice(given_up, 2):
            begun = b"".join(islice(one.chunks(), some))
            assert wanted.startswith(begun)
        assert (b"".join(one.chunks()), one.size_bytes) == (wanted, len(wanted))
