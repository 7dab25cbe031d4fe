"""A share that has no room and says so by 500: what it answered is told, and what to do; a later run goes on."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from consignments import Remembered
from under_contract import UnderContract, terms

from solander.errors import AnswerLost

GOES_ON = "run the same command again later: it goes on from here"
LEAST_BYTES = 2_000
"""The note beside a bag is smaller, the bag is larger."""


class Share(BaseHTTPRequestHandler):
    """Keeps files in memory; has no room for files of so many bytes and more, and says so amid them, by 500."""

    protocol_version = "HTTP/1.1"
    kept: dict[str, bytes]
    full_from_bytes: int
    words: bytes

    def log_message(self, *_: object) -> None:
        pass

    def do_PUT(self) -> None:
        size_bytes = int(self.headers["Content-Length"])
        if size_bytes < self.full_from_bytes:
            self.kept[self.path] = self.rfile.read(size_bytes)
            self.say(201)
            return
        self.rfile.read(min(size_bytes, LEAST_BYTES) // 2)
        self.say(500, self.words)
        # With what was not read yet, a connection that is closed would be reset, and the answer lost.
        while self.rfile.read1(65536):
            pass

    def do_GET(self) -> None:
        self.say(200 if self.path in self.kept else 404, self.kept.get(self.path, b""))

    def do_MKCOL(self) -> None:
        self.say(201)

    def do_MOVE(self) -> None:
        _, _, _, path = self.headers["Destination"].split("/", 3)
        self.kept[f"/{path}"] = self.kept.pop(self.path)
        self.say(201)

    def do_PROPFIND(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        listed = "".join(
            f"<D:response><D:href>{path}</D:href><D:propstat><D:prop><D:getcontentlength>{len(content)}"
            "</D:getcontentlength></D:prop></D:propstat></D:response>"
            for path, content in self.kept.items()
            if path.startswith(self.path)
        )
        self.say(207, f'<D:multistatus xmlns:D="DAV:">{listed}</D:multistatus>'.encode())

    def say(self, status: int, content: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        if status == 500:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content)


@contextlib.contextmanager
def share(*, full_from_bytes: int, words: bytes = b"") -> Iterator[tuple[UnderContract, type[Share]]]:
    one = type("One", (Share,), {"kept": {}, "full_from_bytes": full_from_bytes, "words": words})
    server = ThreadingHTTPServer(("127.0.0.1", 0), one)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    place = UnderContract(f"webdav:http://127.0.0.1:{server.server_address[1]}/share", terms())
    try:
        yield place, one
    finally:
        for target in place.opened:
            target.close()
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("words", [b"", b"No space left on device"])
def test_a_file_that_fails_is_told_with_the_answer_and_a_later_run_goes_on(words: bytes):
    with share(full_from_bytes=LEAST_BYTES, words=words) as (place, server):
        one, remembered = place.consignment(changed=b"x" * 100_000), Remembered()
        with pytest.raises(AnswerLost) as lost:
            place.deposit(one, remembered)
        answered = "it answered 500 (Internal Server Error)" + (f": {words.decode()}" if words else "")
        assert lost.value.what == f"{answered}; whether anything was kept is not known; {GOES_ON}"
        assert lost.value.exit_status == 3
        server.full_from_bytes = 10**9
        assert place.deposit(one, remembered.again()).record.state == place.final_state


def test_a_share_that_keeps_not_even_its_note_is_told_with_the_answer():
    with share(full_from_bytes=0) as (place, server):
        one, remembered = place.consignment(), Remembered()
        with pytest.raises(AnswerLost) as lost:
            place.deposit(one, remembered)
        assert lost.value.what == (
            "it was sent twice, and nothing of it is there (at last: it answered 500 (Internal Server Error)); "
            f"{GOES_ON}"
        )
        server.full_from_bytes = 10**9
        assert place.deposit(one, remembered.again()).record.state == place.final_state
