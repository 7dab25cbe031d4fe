"""One question and its answer over HTTP: asked with care, kept as it was sent, bounded in size and time.

Source: RFC 9110 and 9112 (HTTP/1.1).
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime

from solander import __version__
from solander.capturing.addresses import Resolve, resolved
from solander.capturing.connecting import EnoughReceived, Tape, connected_client, failures, reason, time_left
from solander.capturing.content_coding import KNOWN, TooMuch, decode_body, named_codings
from solander.capturing.http_message import dechunk, interim_bytes, location_of, parse_head
from solander.capturing.web_addresses import judged_address, shown
from solander.errors import NotFetched, SourceTooLarge
from solander.model.warc import HttpHead

REDIRECTS = (301, 302, 303, 307, 308)


def untold(host: str, seconds: float) -> AbstractContextManager[None]:
    """Tell nobody of a wait."""
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebTerms:
    """On which terms pages are fetched; time and the resolver are handed in."""

    contact: str
    """Whom to write to: an address of mail, or one of a page."""

    seconds_running: Callable[[], float]
    now: Callable[[], datetime]
    wait: Callable[[float], None]
    waits: Callable[[str, float], AbstractContextManager[None]] = untold
    """Is told which host is waited for while the body lasts, and for how many seconds at most."""
    ignores_robots: bool = False
    answer_seconds: float = 60.0
    """For one answer, from the connection to its last byte."""
    page_seconds: float = 300.0
    """For a page with all that it shows."""
    page_limit_bytes: int = 64 * 1024 * 1024
    """Of the page alone, as sent and as decoded."""
    medium_limit_bytes: int = 16 * 1024 * 1024
    whole_limit_bytes: int = 48 * 1024 * 1024
    """Of all that is fetched for a page."""
    hops_limit: int = 10
    requests_limit: int = 500
    patience_seconds: float = 60.0
    """As long a wait as a server may ask for (``Retry-After``)."""
    pause_seconds: float = 1.0
    """Between two pages of one host."""
    resolve: Resolve = resolved
    allows_loopback: bool = False
    """For a test's own server, and for nothing else."""

    @property
    def user_agent(self) -> str:
        """As what we present ourselves."""
        contact = self.contact if "://" in self.contact else f"mailto:{self.contact}"
        return f"solander/{__version__} (+{contact})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A question, and the answer to it."""

    uri: str
    moment: datetime
    """When it was asked."""
    request: bytes
    response: bytes
    """The answer as it was sent, without what came before it (a status of 1xx)."""
    head: HttpHead
    address: str | None
    """Of the machine that answered."""
    content: bytes
    """The body, its chunks and codings undone."""
    is_cut: bool = False
    """Whether there was more, which was not wanted."""

    @property
    def status(self) -> int:
        """Of HTTP."""
        return self.head.status or 0

    @property
    def location(self) -> str | None:
        """Whither it redirects, as it is written."""
        return location_of(self.head) if self.status in REDIRECTS else None


def ask(
    address: str,
    terms: WebTerms,
    limit_bytes: int,
    deadline: float,
    accept: str = "*/*",
    referer: str | None = None,
    *,
    begin_is_enough: bool = False,
) -> Exchange:
    """Ask for what an address has; no redirect is followed.

    Args:
        address: it is judged by its form, and where its name leads, before anything is asked.
        terms: the terms.
        limit_bytes: of the answer, as sent and as decoded.
        deadline: by ``seconds_running``; an answer may end sooner by its own bound.
        accept: what is wanted.
        referer: the page that shows it.
        begin_is_enough: whether of a larger answer the beginning, as sent, is taken for it.

    Raises:
        AddressRefused: it may not be asked.
        SourceTooLarge: the answer is larger, or more comes out of it.
        NotFetched: nothing came, or not in time.
    """
    url = judged_address(address)
    tape = Tape(shown(address), limit_bytes, begin_is_enough=begin_is_enough)
    ends = min(deadline, terms.seconds_running() + terms.answer_seconds)
    headers = _headers(terms, accept, referer)
    moment, is_cut = terms.now(), False
    left = time_left(terms.seconds_running, ends)
    try:
        with (
            terms.waits(url.host, ends - terms.seconds_running()),
            connected_client(
                left,
                resolve=terms.resolve,
                allows_loopback=terms.allows_loopback,
                tape=tape,
                is_secure=url.scheme == "https",
            ) as client,
        ):
            response = client.send(client.build_request("GET", url, headers=headers), stream=True)
            try:
                for _ in response.iter_raw(64 * 1024):
                    pass  # the tape keeps it, as it was sent
            finally:
                response.close()
    except EnoughReceived:
        is_cut = True
    except failures() as error:
        raise NotFetched(shown(address), reason(error)) from error
    return replace(_exchange(str(url), moment, tape, limit_bytes), is_cut=is_cut)


def _headers(terms: WebTerms, accept: str, referer: str | None) -> dict[str, str]:
    return {
        "User-Agent": terms.user_agent,
        "Accept": accept,
        "Accept-Encoding": "gzip, br, zstd",
        "Accept-Language": "*",
        **({"From": terms.contact} if "@" in terms.contact else {}),
        **({"Referer": referer} if referer else {}),
        "Connection": "close",
    }


def _exchange(uri: str, moment: datetime, tape: Tape, limit_bytes: int) -> Exchange:
    received = bytes(tape.received)
    received = received[interim_bytes(received) :]
    head = parse_head(received)
    if head is None or head.status is None or head.status < 200:
        raise NotFetched(shown(uri), "the answer is none of HTTP/1")
    body = received[head.size_bytes :]
    length = head.first("Content-Length") or ""
    is_chunked = "chunked" in head.values("Transfer-Encoding")
    if not is_chunked and length.isascii() and length.isdigit() and len(length) < 16:
        # RFC 9112, 6.3: what follows the body is no part of the message.
        body = body[: int(length)]
        received = received[: head.size_bytes + len(body)]
    if head.status in (204, 304):
        body, received = b"", received[: head.size_bytes]
    content = dechunk(body).body if is_chunked else body
    codings = named_codings(head.values("Content-Encoding"))
    if all(one in KNOWN for one in codings):
        try:
            content = decode_body(content, codings, limit_bytes).body
        except TooMuch:
            raise SourceTooLarge(shown(uri), limit_bytes) from None
    return Exchange(
        uri=uri,
        moment=moment,
        request=bytes(tape.sent),
        response=received,
        head=head,
        address=tape.address,
        content=content,
    )
