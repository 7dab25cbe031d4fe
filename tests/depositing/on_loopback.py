"""A server of HTTP on this machine, at a port that is free, for as long as a test needs it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class OnLoopback:
    """It answers from the moment it has a handler; its threads hold up no end of a run."""

    def answer_by(self, handler: type[BaseHTTPRequestHandler]) -> None:
        """Answer by this handler from now on."""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
