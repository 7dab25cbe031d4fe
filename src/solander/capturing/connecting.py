"""Connections to addresses that were judged, and to no other; each ends in time, however slowly the other side speaks.

A name is resolved and judged at the moment of the connection, and the connection is made to what was judged. Proxies
that the environment names are not used, for the connection would then be theirs.

Source: RFC 9110 and 9112 (HTTP/1.1).
"""

from __future__ import annotations

import re
import ssl
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from solander.capturing.addresses import Resolve, checked_addresses, resolved
from solander.errors import SourceTooLarge

if TYPE_CHECKING:
    import httpx2

PAUSE_SECONDS = 30.0
"""How long a server may say nothing."""

Left: TypeAlias = Callable[[float | None], float]
"""How many seconds one step may take, of those that are wanted; raises ``httpx2.ReadTimeout`` where none are left."""


class Tape:
    """What went over a connection, after its encryption: the bytes of the messages as they were sent."""

    def __init__(self, whose: str, limit_bytes: int) -> None:
        """Keep as much as is wanted; what sends more is broken off.

        Args:
            whose: what is asked for, for the message.
            limit_bytes: of what is received.
        """
        self._whose, self._limit_bytes = whose, limit_bytes
        self.sent = bytearray()
        self.received = bytearray()
        self.address: str | None = None
        """To which the connection was made."""

    def receive(self, piece: bytes) -> None:
        """Keep a piece.

        Raises:
            SourceTooLarge: it is one too many.
        """
        self.received += piece
        if len(self.received) > self._limit_bytes:
            raise SourceTooLarge(self._whose, self._limit_bytes)


def failures() -> tuple[type[BaseException], ...]:
    """What a client raises where nothing came, or not in time, or not by HTTP."""
    import httpcore2
    import httpx2

    return (
        *(httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError),
        *(httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol),
    )


_LIBRARY = re.compile(r"\[Errno -?[0-9]+\] |bytearray\(b(?=')|(?<=')\)")
"""What the words of libraries have for programmers."""


def reason(error: BaseException) -> str:
    """Why nothing came, in words."""
    import httpcore2
    import httpx2

    if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        return "the server did not answer in time"
    said = _LIBRARY.sub("", " ".join(str(error).split())).rstrip(".")[:200] or type(error).__name__
    if isinstance(error, httpx2.ProtocolError | httpcore2.ProtocolError):
        return f"the answer breaks off, or is none of HTTP ({said}); try again, or save the page by a browser"
    if isinstance(error, httpx2.NetworkError | httpcore2.NetworkError):
        return f"the connection failed ({said}); try again later"
    return said


def time_left(seconds_running: Callable[[], float], deadline: float) -> Left:
    """The rest of a time that ends at a moment of ``seconds_running``."""

    def left(timeout: float | None) -> float:
        import httpx2

        rest = deadline - seconds_running()
        if rest <= 0:
            raise httpx2.ReadTimeout("not within the time that was given")
        return min(rest, PAUSE_SECONDS if timeout is None else timeout)

    return left


def connected_client(
    left: Left,
    *,
    resolve: Resolve = resolved,
    allows_loopback: bool = False,
    tape: Tape | None = None,
    is_secure: bool = True,
) -> httpx2.Client:
    """A client of HTTP/1.1 that connects anew for each request and follows nothing by itself.

    Args:
        left: how long each step may take.
        resolve: what knows the addresses of a name.
        allows_loopback: for a test's own server, and for nothing else.
        tape: where to keep what is sent and received.
        is_secure: whether anything is asked over TLS; without it the list of authorities need not be read.
    """
    import httpcore2
    import httpx2

    class Stream(httpcore2.NetworkStream):
        """A connection that has an end in time, however slowly it speaks."""

        def __init__(self, below: httpcore2.NetworkStream) -> None:
            self._below = below

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            piece = self._below.read(max_bytes, left(timeout))
            if tape is not None:
                tape.receive(piece)
            return piece

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
            if tape is not None:
                tape.sent += buffer
            self._below.write(buffer, left(timeout))

        def close(self) -> None:
            self._below.close()

        def start_tls(
            self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
        ) -> httpcore2.NetworkStream:
            return Stream(self._below.start_tls(ssl_context, server_hostname, left(timeout)))

        def get_extra_info(self, info: str) -> Any:
            return self._below.get_extra_info(info)

    class Network(httpcore2.NetworkBackend):
        """Connections to addresses that were judged."""

        def connect_tcp(
            self,
            host: str,
            port: int,
            timeout: float | None = None,
            local_address: str | None = None,
            socket_options: Any = None,
        ) -> httpcore2.NetworkStream:
            addresses = checked_addresses(host, port, resolve=resolve, allows_loopback=allows_loopback)
            for address in addresses[:-1]:
                try:
                    return connected(address, port, timeout, socket_options)
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                    continue
            return connected(addresses[-1], port, timeout, socket_options)

    class Transport(httpx2.BaseTransport):
        """HTTP over those connections, each made anew."""

        def __init__(self) -> None:
            self._pool = httpcore2.ConnectionPool(
                ssl_context=ssl.create_default_context() if is_secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
                network_backend=Network(),
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
            return httpx2.Response(answer.status, headers=answer.headers, stream=Body(answer))

        def close(self) -> None:
            self._pool.close()

    class Body(httpx2.SyncByteStream):
        """What an answer brings, in pieces as they come."""

        def __init__(self, answer: httpcore2.Response) -> None:
            self._answer = answer

        def __iter__(self) -> Iterator[bytes]:
            yield from self._answer.iter_stream()

        def close(self) -> None:
            self._answer.close()

    def connected(address: str, port: int, timeout: float | None, socket_options: Any) -> httpcore2.NetworkStream:
        stream = Stream(below.connect_tcp(address, port, left(timeout), None, socket_options))
        if tape is not None:
            tape.address = address
        return stream

    below = httpcore2.SyncBackend()
    return httpx2.Client(
        transport=Transport(), trust_env=False, follow_redirects=False, timeout=httpx2.Timeout(PAUSE_SECONDS)
    )
