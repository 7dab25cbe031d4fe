"""What an address gives, asked for with care: only where allowed, bounded in size and time, and as the server has it.

Redirects are followed a few times, each judged as the first address was.

Source: RFC 9110 (HTTP semantics); RFC 8493, section 6.1.4 (what is fetched is not to be trusted).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from solander import __version__
from solander.capturing.addresses import Resolve, is_allowed, resolved
from solander.capturing.connecting import connected_client, failures, reason, time_left
from solander.errors import AddressRefused, NotFetched

if TYPE_CHECKING:
    import httpx2

REDIRECT_LIMIT = 5


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
    deadline = terms.seconds_running() + terms.timeout_seconds
    try:
        left = time_left(terms.seconds_running, deadline)
        with connected_client(left, resolve=terms.resolve, allows_loopback=terms.allows_loopback) as client:
            response = _answer(client, url, terms)
            try:
                yield _length(response), response.iter_raw(256 * 1024)
            finally:
                response.close()
    except failures() as error:
        raise NotFetched(url, reason(error)) from error


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
