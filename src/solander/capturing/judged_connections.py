"""HTTP/1.1 over connections to addresses that were judged: what the libraries of HTTP are given for their own.

Only ``connecting`` imports it, and late: it wants those libraries, which take longer to load than most commands to run.

Source: RFC 9110 and 9112 (HTTP/1.1).
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from typing import Any

import httpcore2
import httpx2

from solander.capturing.addresses import Resolve, checked_addresses
from solander.capturing.connecting import PAUSE_SECONDS, Left, Tape


def judged_client(
    left: Left, *, resolve: Resolve, allows_loopback: bool, tape: Tape | None, is_secure: bool
) -> httpx2.Client:
    """A client for ``connecting.connected_client``, which says what is asked of it."""
    network = _Network(left, resolve=resolve, allows_loopback=allows_loopback, tape=tape)
    return httpx2.Client(
        transport=_Transport(network, is_secure=is_secure),
        trust_env=False,
        follow_redirects=False,
        timeout=httpx2.Timeout(PAUSE_SECONDS),
    )


class _Stream(httpcore2.NetworkStream):
    """A connection that has an end in time, however slowly it speaks; what goes over it is kept on the tape."""

    def __init__(self, below: httpcore2.NetworkStream, left: Left, tape: Tape | None) -> None:
        self._below, self._left, self._tape = below, left, tape

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        piece = self._below.read(max_bytes, self._left(timeout))
        if self._tape is not None:
            self._tape.receive(piece)
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if self._tape is not None:
            self._tape.sent += buffer
        self._below.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._below.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        below = self._below.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Stream(below, self._left, self._tape)

    def get_extra_info(self, info: str) -> Any:
        return self._below.get_extra_info(info)


class _Network(httpcore2.NetworkBackend):
    """Connections to addresses that were judged: a name's are tried in turn, until one answers."""

    def __init__(self, left: Left, *, resolve: Resolve, allows_loopback: bool, tape: Tape | None) -> None:
        self._left, self._resolve, self._allows_loopback, self._tape = left, resolve, allows_loopback, tape
        self._below = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore2.NetworkStream:
        *others, last = checked_addresses(host, port, resolve=self._resolve, allows_loopback=self._allows_loopback)
        for address in others:
            try:
                return self._connected(address, port, timeout, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return self._connected(last, port, timeout, socket_options)

    def _connected(self, address: str, port: int, timeout: float | None, socket_options: Any) -> _Stream:
        below = self._below.connect_tcp(address, port, self._left(timeout), None, socket_options)
        if self._tape is not None:
            self._tape.address = address
        return _Stream(below, self._left, self._tape)


class _Transport(httpx2.BaseTransport):
    """HTTP over those connections, each made anew."""

    def __init__(self, network: _Network, *, is_secure: bool) -> None:
        self._pool = httpcore2.ConnectionPool(
            ssl_context=ssl.create_default_context() if is_secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
            network_backend=network,
            max_connections=1,
            max_keepalive_connections=0,
        )

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        url = request.url
        asked = httpcore2.Request(
            method=request.method,
            url=httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
            headers=request.headers.raw,
            content=b"",
            extensions=request.extensions,
        )
        answer = self._pool.handle_request(asked)
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        self._pool.close()


class _Body(httpx2.SyncByteStream):
    """An answer's body, as it comes: the one library's stream in the form that the other wants."""

    def __init__(self, answer: httpcore2.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
