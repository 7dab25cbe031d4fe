"""Connections to addresses that were judged, and to no other; each ends in time, however slowly the other side speaks.

A name is resolved and judged at the moment of the connection, and the connection is made to what was judged. Proxies
that the environment names are not used, for the connection would then be theirs.

Source: RFC 9110 and 9112 (HTTP/1.1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from solander.capturing.addresses import Resolve, resolved
from solander.errors import SourceTooLarge, plain_words

if TYPE_CHECKING:
    import httpx2

PAUSE_SECONDS = 30.0
"""How long a server may say nothing."""

Left: TypeAlias = Callable[[float | None], float]
"""How many seconds one step may take, of those that are wanted; raises ``httpx2.ReadTimeout`` where none are left."""


class EnoughReceived(Exception):
    """More is sent than is wanted, and what came is enough."""


class Tape:
    """What went over a connection, after its encryption: the bytes of the messages as they were sent."""

    def __init__(self, whose: str, limit_bytes: int, *, begin_is_enough: bool = False) -> None:
        """Keep as much as is wanted; what sends more is broken off.

        Args:
            whose: what is asked for, for the message.
            limit_bytes: of what is received.
            begin_is_enough: whether what came up to the bound is an answer.
        """
        self._whose, self._limit_bytes, self._begin_is_enough = whose, limit_bytes, begin_is_enough
        self.sent = bytearray()
        self.received = bytearray()
        self.address: str | None = None
        """To which the connection was made."""

    def receive(self, piece: bytes) -> None:
        """Keep a piece.

        Raises:
            SourceTooLarge: it is one too many.
            EnoughReceived: it is, and the rest is not wanted.
        """
        self.received += piece
        if len(self.received) > self._limit_bytes:
            if self._begin_is_enough:
                raise EnoughReceived
            raise SourceTooLarge(self._whose, self._limit_bytes)


def failures() -> tuple[type[BaseException], ...]:
    """What a client raises where nothing came, or not in time, or not by HTTP."""
    import httpcore2
    import httpx2

    return (
        *(httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError, OSError),
        *(httpcore2.NetworkError, httpcore2.ProtocolError, httpcore2.TimeoutException, httpcore2.UnsupportedProtocol),
    )


def reason(error: BaseException) -> str:
    """Why nothing came, in words."""
    import httpcore2
    import httpx2

    if isinstance(error, httpx2.TimeoutException | httpcore2.TimeoutException):
        return "the server did not answer in time"
    said = plain_words(str(error)).rstrip(".")[:200] or type(error).__name__
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
    # Late, as all that wants the libraries of HTTP: most runs ask for nothing.
    from solander.capturing.judged_connections import judged_client

    return judged_client(left, resolve=resolve, allows_loopback=allows_loopback, tape=tape, is_secure=is_secure)
