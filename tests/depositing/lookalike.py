"""Servers on this machine that answer as a repository's documentation says it does, where the real one cannot be run.

Beside each exchange stands the address where it is documented; which of these were read, `docs/deposit.md` says. What
they prove is that a target keeps to what is documented; how the real server behaves where its
documentation is silent, they cannot tell.
"""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any, NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

from on_loopback import OnLoopback


class Asked(NamedTuple):
    """A request, read to its end."""

    headers: Any
    query: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> dict[str, tuple[str | None, bytes]]:
        """Fields of a form: file name, if it has one, and content (RFC 7578)."""
        boundary = re.search(r"boundary=(\S+)", self.headers["Content-Type"])[1].encode()
        fields = {}
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
            name = re.search(rb'[; ]name="([^"]*)"', head)[1].decode()
            file = re.search(rb'filename="([^"]*)"', head)
            fields[name] = (unquote(file[1].decode()) if file else None, content.removesuffix(b"\r\n"))
        return fields


class Answer(NamedTuple):
    """What is answered."""

    status: int
    value: object = None
    headers: tuple[tuple[str, str], ...] = ()


Exchange = Callable[..., Answer]


def exchange(method: str, path: str, documented_at: str) -> Callable[[Exchange], Exchange]:
    """An exchange, by method and path, with the address of its documentation."""
    assert documented_at.startswith("https://")

    def kept(answer: Exchange) -> Exchange:
        answer.exchange = (method, re.compile(path + r"/?\Z"))  # type: ignore[attr-defined]
        return answer

    return kept


class Lookalike(OnLoopback):
    """A server; its exchanges are methods. One request at a time, for a database would keep them apart, too."""

    def __init__(self) -> None:
        self.alters = False
        """Fault switch: keep other bytes of a file than were sent, and tell their true checksum."""
        self.refuses: str | None = None
        """Fault switch: answer 403 to requests whose path holds this."""
        self._turn = threading.Lock()
        exchanges = [getattr(self, name) for name in dir(type(self)) if hasattr(getattr(type(self), name), "exchange")]
        self._exchanges = [(*one.exchange, one) for one in exchanges]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body are two writes; without this each answer waits 40 ms for an acknowledgement.
            disable_nagle_algorithm = True

            def log_message(self, *_: object) -> None:
                pass

            def _serve(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if len(body) < int(self.headers.get("Content-Length", 0)):
                    # A request that is not whole is none (RFC 9112, 8).
                    self.close_connection = True
                    return
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                with outer._turn:
                    answer = outer.answer(self.command, parts.path, Asked(self.headers, query, body))
                is_bytes = isinstance(answer.value, bytes)
                content = (
                    answer.value if is_bytes else json.dumps(answer.value).encode() if answer.value is not None else b""
                )
                self.send_response(answer.status)
                for name, value in answer.headers:
                    self.send_header(name, value)
                if answer.status != 204:
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if answer.status != 204:
                    self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = _serve  # noqa: N815 - the library's names

        self.answer_by(Handler)

    def answer(self, method: str, path: str, asked: Asked) -> Answer:
        if self.refuses is not None and self.refuses in path:
            return Answer(403, {"status": "ERROR", "message": "this account may not do that"})
        for wanted, pattern, one in self._exchanges:
            match = pattern.match(unquote(path))
            if wanted == method and match:
                return one(asked, *match.groups())
        return Answer(
            405 if any(p.match(unquote(path)) for _, p, _ in self._exchanges) else 404, {"message": "unknown"}
        )

    def kept(self, content: bytes) -> bytes:
        """What is kept of a file."""
        return content[:-1] + b"!" if self.alters else content


def md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
