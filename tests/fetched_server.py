"""A server from which a bag's files are fetched: it answers well and badly, by path."""

from __future__ import annotations

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

CONTENT = bytes(range(256)) * 700


class Handler(BaseHTTPRequestHandler):
    """Answers well and badly, by path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked.append(self.path)
        answer = getattr(self, self.path.strip("/").partition("?")[0].replace("-", "_"), None)
        try:
            if answer is None:
                self.send_error(404, "Not Found")
            else:
                answer()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def _begin(self, length: int | None, **headers: str) -> None:
        self.send_response(200)
        if length is not None:
            self.send_header("Content-Length", str(length))
        else:
            self.send_header("Connection", "close")
            self.close_connection = True
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def good(self) -> None:
        self._begin(len(CONTENT))
        self.wfile.write(CONTENT)

    def without_length(self) -> None:
        self._begin(None)
        self.wfile.write(CONTENT)

    def wrong(self) -> None:
        self._begin(len(CONTENT))
        self.wfile.write(CONTENT[::-1])

    def longer(self) -> None:
        self._begin(len(CONTENT) + 1)
        self.wfile.write(CONTENT + b"!")

    def shorter(self) -> None:
        self._begin(len(CONTENT))
        self.wfile.write(CONTENT[:1000])
        self.close_connection = True

    def endless(self) -> None:
        self._begin(None)
        while True:
            self.wfile.write(CONTENT)

    def slow(self) -> None:
        self._begin(len(CONTENT))
        for one in CONTENT:
            self.wfile.write(bytes([one]))
            self.wfile.flush()
            time.sleep(0.05)

    def slow_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(1000):
            self.wfile.write(b"x")
            self.wfile.flush()
            time.sleep(0.05)

    def coded(self) -> None:
        self._begin(len(CONTENT), Content_Encoding="gzip")
        self.wfile.write(CONTENT)

    def _redirect(self, target: str) -> None:
        self.send_response(302)
        self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def moved(self) -> None:
        self._redirect("/good")

    def to_private(self) -> None:
        self._redirect("http://10.0.0.1/good")

    def to_file(self) -> None:
        self._redirect("file:///etc/passwd")

    def to_other_port(self) -> None:
        self._redirect("http://127.0.0.1:9/good")

    def round(self) -> None:
        self._redirect("/round")


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[str] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])
