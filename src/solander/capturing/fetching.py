"""What an address gives, asked for with care: only where allowed, bounded in size and time, and as the server has it.

Redirects are followed a few times, each judged as the first address was. Proxies that the environment names are not
used, for the connection would then be theirs.

Source: RFC 9110 (HTTP semantics); RFC 8493, section 6.1.4 (what is fetched is not to be trusted).
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from solander import __version__
from solander.capturing.addresses import Resolve, checked_addresses, is_allowed, resolved
from solander.errors import AddressRefused, NotFetched

if TYPE_CHECKING:
    import httpx2

REDIRECT_LIMIT = 5
PAUSE_SECONDS = 30.0
"""How long a server may say nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchTerms:
    """On which terms addresses are asked."""

    hosts: tuple[str, ...]
    """Those that may be asked (``addresses.is_allowed``); no other is."""

    schemes: tuple[str, ...] = ("https",)
    timeout_seconds: float = 3600.0
    """For one file, from the first connection to the last byte."""

    seconds_running: Callable[[], float]
    """Seconds since some moment."""

    resolve: Resolve = resolved
    allows_loopback: bool = False
    """For a test's own server, and for nothing else."""


@contextmanager
def fetched(url: str, terms: FetchTerms) -> Iterator[tuple[int | None, Iterator[bytes]]]:
    """Ask for what an address has: its length, where the server says it, and its bytes in pieces.

    Raises:
        AddressRefused: it, or an address that it was redirected to, may not be asked.
        NotFetched: it gave nothing, or not in time.
    """
    # Late: only who fetches needs it.
    import httpcore2
    import httpx2

    failures = (
        *(httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError),
        *(httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol),
    )
    deadline = terms.seconds_running() + terms.timeout_seconds
    try:
        with _client(terms, deadline) as client:
            response = _answer(client, url, terms)
            try:
                yield _length(response), response.iter_raw(256 * 1024)
            finally:
                response.close()
    except failures as error:
        raise NotFetched(url, _reason(error)) from error


def _answer(client: httpx2.Client, url: str, terms: FetchTerms) -> httpx2.Response:
    """The answer that is no redirect, its body not yet read."""
    import httpx2

    asked = httpx2.URL(url)
    for _ in range(REDIRECT_LIMIT + 1):
        _refuse(asked, terms)
        headers = {"Accept-Encoding": "identity", "User-Agent": f"solander/{__version__}"}
        response = client.send(client.build_request("GET", asked, headers=headers), stream=True)
        if response.is_redirect:
            response.close()
            asked = asked.join(response.headers["Location"])
            continue
        if response.status_code != httpx2.codes.OK:
            response.close()
            raise NotFetched(str(asked), f"the server said {response.status_code} {response.reason_phrase}".rstrip())
        if response.headers.get("Content-Encoding", "identity").strip().casefold() not in ("", "identity"):
            response.close()
            raise NotFetched(str(asked), "the server sent it in another coding than was asked for")
        return response
    raise NotFetched(url, f"it was redirected more than {REDIRECT_LIMIT} times")


def _refuse(url: httpx2.URL, terms: FetchTerms) -> None:
    shown = str(url.copy_with(username=None, password=None)) if url.host else str(url)
    if url.scheme not in terms.schemes:
        raise AddressRefused(shown, f"its scheme {url.scheme or '(none)'} is not allowed (see --allow-scheme)")
    if url.userinfo:
        raise AddressRefused(shown, "it bears a user's name or password")
    host = url.raw_host.decode("ascii")
    if not host or not is_allowed(host, url.port, terms.hosts):
        raise AddressRefused(shown, f"its host is not allowed (see --allow-host {host or 'HOST'})")


def _length(response: httpx2.Response) -> int | None:
    said = response.headers.get("Content-Length", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else None


def _reason(error: BaseException) -> str:
    import httpcore2
    import httpx2

    if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        return "the server did not answer in time"
    said = " ".join(str(error).split())
    return said[:200] or type(error).__name__


def _client(terms: FetchTerms, deadline: float) -> httpx2.Client:
    import httpcore2
    import httpx2

    class Stream(httpcore2.NetworkStream):
        """A connection that has an end in time, however slowly it speaks."""

        def __init__(self, below: httpcore2.NetworkStream) -> None:
            self._below = below

        def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
            return self._below.read(max_bytes, left(timeout))

        def write(self, buffer: bytes, timeout: float | None = None) -> None:
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
            addresses = checked_addresses(host, port, resolve=terms.resolve, allows_loopback=terms.allows_loopback)
            for address in addresses[:-1]:
                try:
                    return Stream(below.connect_tcp(address, port, left(timeout), None, socket_options))
                except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                    continue
            return Stream(below.connect_tcp(addresses[-1], port, left(timeout), None, socket_options))

    class Transport(httpx2.BaseTransport):
        """HTTP over those connections, each made anew."""

        def __init__(self) -> None:
            self._pool = httpcore2.ConnectionPool(
                ssl_context=ssl.create_default_context(),
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
        def __init__(self, answer: httpcore2.Response) -> None:
            self._answer = answer

        def __iter__(self) -> Iterator[bytes]:
            yield from self._answer.iter_stream()

        def close(self) -> None:
            self._answer.close()

    def left(timeout: float | None) -> float:
        rest = deadline - terms.seconds_running()
        if rest <= 0:
            raise httpx2.ReadTimeout(f"not within {terms.timeout_seconds:g} seconds")
        return min(rest, PAUSE_SECONDS if timeout is None else timeout)

    below = httpcore2.SyncBackend()
    return httpx2.Client(
        transport=Transport(), trust_env=False, follow_redirects=False, timeout=httpx2.Timeout(PAUSE_SECONDS)
    )
