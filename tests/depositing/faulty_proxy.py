"""A server in between that fails when it is told to: one real conversation goes through it, spoilt in one place.

The faults are those that depositors meet: a connection that is cut before, amid or after what was sent, an answer that
is cut short, a server that is busy, one that fails, a request that arrives twice, an answer for which nobody waits any
longer, and a request that arrives when whoever sent it has long given it up and tried again.
"""

from __future__ import annotations

import contextlib
import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FAULTS = ("cut before", "cut amid", "answer lost", "answer cut", "503", "429", "500 before", "502 after", "twice")
"""What may be done to one request."""

SLOW_FAULTS = ("answer late", "late")
"""What else may be done; whoever asks should lose patience soon. What is late comes to its end with ``begin``."""

LATE_SECONDS = 60.0
"""No request is held longer than this."""

READS = frozenset(("GET", "HEAD", "PROPFIND", "OPTIONS"))


class FaultyProxy:
    """Passes on to a server on this machine; the request of a number, and no other, meets a fault."""

    def __init__(self, upstream: tuple[str, int]) -> None:
        self.upstream = upstream
        self.fault: str | None = None
        self.at = -1
        self.seen: list[str] = []
        """Methods and paths, in order, since ``begin``."""
        self.met: str | None = None
        """The method and path that met the fault."""
        self._turn = threading.Lock()
        self._go_on, self._held = threading.Event(), threading.Semaphore(0)
        self._are_held = 0
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes; without this each answer waits 40 ms for an acknowledgement.
            disable_nagle_algorithm = True

            def log_message(self, *_: object) -> None:
                pass

            def _serve(self) -> None:
                proxy._serve(self)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_PATCH = _serve  # noqa: N815 - the library's names
            do_MKCOL = do_PROPFIND = do_MOVE = _serve  # noqa: N815 - as above

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def begin(self, fault: str | None = None, at: int = -1) -> None:
        """Count from nought again; spoil the request of that number, if a fault is named.

        What was held until now has arrived, and was acted upon, when this returns.
        """
        with self._turn:
            held, self._are_held = self._are_held, 0
        self._go_on.set()
        for _ in range(held):
            assert self._held.acquire(timeout=LATE_SECONDS)
        self._go_on.clear()
        with self._turn:
            self.fault, self.at, self.seen, self.met = fault, at, [], None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _serve(self, handler: BaseHTTPRequestHandler) -> None:
        with self._turn:
            number = len(self.seen)
            self.seen.append(f"{handler.command} {handler.path}")
            fault = self.fault if number == self.at else None
            if fault is not None:
                self.met = self.seen[-1]
            if fault in SLOW_FAULTS:
                self._are_held += 1
        body = self._body(handler)
        if fault in SLOW_FAULTS:
            self._hold(handler, body, is_late=fault == "late")
            return
        if fault == "cut amid":
            # Of a body one half arrives; where there is none, nothing does.
            if body:
                self._half_passed_on(handler, body)
            fault = "cut before"
        if fault == "cut before":
            handler.close_connection = True
            handler.connection.close()
            return
        if fault in ("503", "429"):
            self._answer(handler, int(fault), [("Retry-After", "0")], b"busy")
            return
        if fault == "500 before":
            self._answer(handler, 500, [], b"failed")
            return
        answer = self._passed_on(handler, body)
        if fault == "twice":
            answer = self._passed_on(handler, body)
        if fault == "answer lost":
            handler.close_connection = True
            handler.connection.close()
            return
        if fault == "502 after":
            self._answer(handler, 502, [], b"bad gateway")
            return
        self._answer(handler, *answer, cut=fault == "answer cut")

    def _hold(self, handler: BaseHTTPRequestHandler, body: bytes, *, is_late: bool) -> None:
        """Keep a request, or its answer, until nobody waits for it any more; then it goes on its way."""
        try:
            if not is_late:
                self._passed_on(handler, body)
            self._go_on.wait(LATE_SECONDS)
            if is_late:
                self._passed_on(handler, body)
        finally:
            handler.close_connection = True
            handler.connection.close()
            self._held.release()

    def _half_passed_on(self, handler: BaseHTTPRequestHandler, body: bytes) -> None:
        connection = http.client.HTTPConnection(*self.upstream, timeout=60)
        try:
            connection.putrequest(handler.command, handler.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self._headers(handler, body).items():
                connection.putheader(name, value)
            connection.endheaders(body[: len(body) // 2])
        finally:
            connection.close()

    def _headers(self, handler: BaseHTTPRequestHandler, body: bytes) -> dict[str, str]:
        left_out = {"connection", "transfer-encoding", "content-length", "expect"}
        headers = {name: value for name, value in handler.headers.items() if name.lower() not in left_out}
        return headers | {"Content-Length": str(len(body))}

    def _body(self, handler: BaseHTTPRequestHandler) -> bytes:
        if "chunked" in handler.headers.get("Transfer-Encoding", ""):
            parts = []
            while size := int(handler.rfile.readline().split(b";")[0], 16):
                parts.append(handler.rfile.read(size))
                handler.rfile.readline()
            handler.rfile.readline()
            return b"".join(parts)
        return handler.rfile.read(int(handler.headers.get("Content-Length", 0)))

    def _passed_on(self, handler: BaseHTTPRequestHandler, body: bytes) -> tuple[int, list[tuple[str, str]], bytes]:
        connection = http.client.HTTPConnection(*self.upstream, timeout=60)
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it refused before it had read all
                connection.request(handler.command, handler.path, body=body, headers=self._headers(handler, body))
            answer = connection.getresponse()
            return answer.status, answer.getheaders(), answer.read()
        finally:
            connection.close()

    def _answer(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        headers: list[tuple[str, str]],
        content: bytes,
        *,
        cut: bool = False,
    ) -> None:
        handler.send_response_only(status)
        for name, value in headers:
            if name.lower() not in ("transfer-encoding", "content-length", "connection"):
                handler.send_header(name, value)
        is_head = handler.command == "HEAD"
        length = next((value for name, value in headers if name.lower() == "content-length"), str(len(content)))
        if status not in (204, 304):
            handler.send_header("Content-Length", length if is_head else str(len(content) + (10 if cut else 0)))
        handler.end_headers()
        if not is_head:
            handler.wfile.write(content)
        if cut:
            handler.close_connection = True
            handler.wfile.flush()
            handler.connection.close()
