"""One HTTP conversation with one repository: patient, frugal, and with a secret that goes nowhere else.

Reads are repeated when the server asks for patience (429, 502, 503, 504, ``Retry-After``) or does not answer; writes
are sent once, and an answer that never came is told as such (``AnswerLost``). A redirect is followed for reads, and
with the secret on the configured host alone. Nothing that is told or raised holds the secret.

Source: RFC 9110, 9.2.2 (idempotent methods) and 10.2.3 (Retry-After); RFC 6585, 4 (429).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from solander import __version__
from solander.depositing.certificates import NAMED_BY, is_untrusted, trusted_certificates
from solander.depositing.hiding import HIDDEN
from solander.depositing.http_answer import Answer
from solander.depositing.patience import RequestRate, moment_of, seconds_asked_for
from solander.depositing.terms import TargetTerms
from solander.errors import AnswerLost, DepositRejected, TargetUnreachable, UsageError, plain_words

if TYPE_CHECKING:
    import httpx2

ANSWER_LIMIT_BYTES = 16 * 1024 * 1024
"""No answer that is read as a whole is larger."""

FIRST_PAUSE_SECONDS = 1.0
REDIRECT_LIMIT = 5
_PATIENCE = frozenset((429, 502, 503, 504))
_SAID_LETTERS = 300


class HttpSession:
    """A conversation with one server."""

    def __init__(
        self,
        target: str,
        base: str,
        terms: TargetTerms,
        *,
        headers: Mapping[str, str],
        requests_a_minute: int = 0,
        heard: Callable[[Mapping[str, str]], None] | None = None,
    ) -> None:
        """Begin one; nothing is sent yet.

        Args:
            target: what it is called in what is told.
            base: the address that all paths begin with.
            terms: how long is waited, and what is never told.
            headers: they go to the base's host and to no other.
            requests_a_minute: at most; as many as one likes, where it is 0.
            heard: told of the headers of every answer from that host.

        Raises:
            UsageError: it is no address of the web.
        """
        import httpx2  # late: only who deposits needs it

        try:
            self._base = httpx2.URL(base.rstrip("/") + "/")
        except (httpx2.InvalidURL, TypeError) as error:
            raise UsageError(f"{target}: this is no address ({error})") from None
        if self._base.scheme not in ("http", "https") or not self._base.host:
            raise UsageError(f"{target}: write an address, as https://repository.example.org")
        if self._base.userinfo:
            raise UsageError(f"{target}: a name or password does not belong into an address")
        if any(not one.isascii() or not one.isprintable() for one in headers.values()):
            raise UsageError(
                f"{target}: its secret has a letter or a line break that cannot be sent; look where it is kept"
            )
        self._target, self._terms = target, terms
        self._secret_headers = dict(headers)
        self._heard = heard
        self._client = httpx2.Client(
            headers={"User-Agent": f"solander/{__version__}", "Accept-Encoding": "identity"},
            timeout=httpx2.Timeout(terms.timeout_seconds),
            follow_redirects=False,
            trust_env=False,
            verify=trusted_certificates(),
        )
        self._bucket = RequestRate(requests_a_minute, terms) if requests_a_minute else None

    def bear(self, **headers: str) -> None:
        """Send other headers of this name from now on, to the base's host alone; underscores stand for hyphens."""
        self._secret_headers |= {name.replace("_", "-"): value for name, value in headers.items()}

    def close(self) -> None:
        """End its connections."""
        self._client.close()

    def read(
        self,
        path: str,
        *,
        headers: Mapping[str, str] | None = None,
        missing: bool = False,
        allowed: Iterable[int] = (),
    ) -> Answer:
        """Ask for something; patient, and repeated if need be.

        Args:
            path: below the base, or an address on its host.
            headers: beside the session's own.
            missing: whether 404 and 410 are answers like others, and no refusal.
            allowed: further statuses of 400 and above that are.

        Raises:
            DepositRejected: the server said no.
            TargetUnreachable: it did not answer, or asked for more patience than there is.
        """
        import httpx2

        fine = frozenset((404, 410, *allowed) if missing else allowed)
        for pause in self._pauses():
            try:
                with self._patiently("GET", path, headers or {}, allowed=fine) as response:
                    return self._whole(response)
            except (httpx2.HTTPError, httpx2.StreamError) as error:
                if pause is None:
                    raise TargetUnreachable(self._target, f"its answer broke off ({self._told(error)})") from None
                self._terms.sleep(pause)
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def stream(self, path: str, *, headers: Mapping[str, str] | None = None) -> Iterator[bytes]:
        """The bytes of something, in pieces, as they come; redirects to other hosts are followed without the secret.

        Raises:
            DepositRejected, TargetUnreachable: as for ``read``.
        """
        import httpx2

        with self._patiently("GET", path, headers or {}) as response:
            try:
                yield from response.iter_raw(256 * 1024)
            except httpx2.HTTPError as error:
                raise TargetUnreachable(self._target, f"it broke off ({self._told(error)})") from None

    def write(
        self,
        method: str,
        path: str,
        *,
        value: object = None,
        content: bytes | Iterable[bytes] | Callable[[], Iterable[bytes]] | None = None,
        size_bytes: int | None = None,
        headers: Mapping[str, str] | None = None,
        allowed: Iterable[int] = (),
        elsewhere: bool = False,
    ) -> Answer:
        """Send something, once; only an answer that asks for patience makes it go again, for then nothing was done.

        Args:
            method: HTTP's.
            path: below the base, or an address on its host.
            value: what is sent as JSON.
            content: what is sent as it is; in pieces, it is sent once whatever the answer, unless this gives them anew.
            size_bytes: of content in pieces.
            headers: beside the session's own.
            allowed: statuses of 400 and above that are answers like others.
            elsewhere: whether another host may be written to, to which nothing secret goes (a place signed beforehand).

        Raises:
            DepositRejected: the server said no.
            AnswerLost: it may have acted, and no answer came.
            TargetUnreachable: it was not reached.
        """
        sent = dict(headers or {})
        if value is not None:
            content, sent["Content-Type"] = json.dumps(value, ensure_ascii=False).encode(), "application/json"
        if size_bytes is not None:
            sent["Content-Length"] = str(size_bytes)
        once = content is not None and not isinstance(content, bytes) and not callable(content)
        for pause in self._pauses():
            pieces = content() if callable(content) else content
            answer = self._written(method, path, pieces, sent, elsewhere=elsewhere)
            if answer.status in allowed or answer.status < 300:
                return answer
            if answer.status < 400:
                # What was to be done was not done here, and is not done at whatever place it names.
                place = self._one_line(answer.headers.get("Location", "nowhere"))
                what = f"it answered {answer.status} and leads to {place}; if that is yours, write its address"
                raise DepositRejected(self._target, what, answer.status)
            # 429 and 503 are said before anything is done; 502 and 504 come from a server in between.
            if answer.status in (502, 504):
                raise AnswerLost(self._target, f"a server in between answered {answer.status} in its place")
            # 507 is a refusal: nothing was kept, and it is asked again only by a person (RFC 4918, 11.5).
            if answer.status >= 500 and answer.status not in (503, 507):
                raise AnswerLost(self._target, self._said(answer))
            if answer.status not in (429, 503) or once or pause is None:
                self._reject(answer)
            self._wait(answer, pause)
        raise AssertionError  # pragma: no cover - the loop returns or raises

    def _written(
        self,
        method: str,
        path: str,
        content: bytes | Iterable[bytes] | None,
        headers: Mapping[str, str],
        *,
        elsewhere: bool,
    ) -> Answer:
        import httpx2

        if self._bucket is not None:
            self._bucket.take()
        request = self._request(method, path, headers, content, elsewhere=elsewhere)
        try:
            response = self._client.send(request, stream=True)
            try:
                return self._whole(response)
            finally:
                response.close()
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as error:
            raise TargetUnreachable(self._target, f"it was not reached ({self._told(error)})") from None
        except (httpx2.HTTPError, httpx2.StreamError) as error:
            raise AnswerLost(self._target, f"no answer came ({self._told(error)})") from None

    @contextmanager
    def _patiently(
        self, method: str, path: str, headers: Mapping[str, str], *, allowed: frozenset[int] = frozenset()
    ) -> Iterator[httpx2.Response]:
        import httpx2

        for pause in self._pauses():
            try:
                response = self._followed(method, path, headers)
            except (httpx2.HTTPError, httpx2.StreamError) as error:
                if pause is None or is_untrusted(error):
                    raise TargetUnreachable(self._target, f"it did not answer ({self._told(error)})") from None
                self._terms.sleep(pause)
                continue
            try:
                if response.status_code < 400 or response.status_code in allowed:
                    yield response
                    return
                answer = self._whole(response)
            finally:
                response.close()
            if pause is None or (answer.status not in _PATIENCE and answer.status != 500):
                if answer.status >= 500 or answer.status == 429:
                    raise TargetUnreachable(self._target, self._said(answer))
                self._reject(answer)
            self._wait(answer, pause)

    def _followed(self, method: str, path: str, headers: Mapping[str, str]) -> httpx2.Response:
        import httpx2

        url = self._base.join(path)
        for _ in range(REDIRECT_LIMIT + 1):
            if self._bucket is not None:
                self._bucket.take()
            response = self._client.send(self._request(method, str(url), headers, None), stream=True)
            if not response.is_redirect:
                return response
            response.close()
            place = response.headers.get("Location", "")
            try:
                url = url.join(place)
                is_of_the_web = bool(place) and url.scheme in ("http", "https") and bool(url.host)
            except (httpx2.InvalidURL, ValueError):
                is_of_the_web = False
            if not is_of_the_web:
                told = self._one_line(place) or "nowhere"
                what = f"it answered {response.status_code} and leads to {told}, which is no place of the web"
                raise TargetUnreachable(self._target, what)
        raise TargetUnreachable(self._target, f"it leads from one place to the next, more than {REDIRECT_LIMIT} times")

    def _request(
        self,
        method: str,
        path: str,
        headers: Mapping[str, str],
        content: bytes | Iterable[bytes] | None,
        *,
        elsewhere: bool = False,
    ) -> httpx2.Request:
        url = self._base.join(path)
        # The secret goes to the host that was configured, by the way that was configured, and nowhere else.
        is_ours = self._is_ours(url)
        own = self._secret_headers if is_ours else {}
        if not is_ours and method != "GET" and not elsewhere:
            raise TargetUnreachable(self._target, f"it named another host to be written to ({url.host})")
        return self._client.build_request(method, url, headers={**own, **headers}, content=content)

    def _is_ours(self, url: httpx2.URL) -> bool:
        return (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port)

    def _whole(self, response: httpx2.Response) -> Answer:
        if self._heard is not None and self._is_ours(response.url):
            self._heard(response.headers)
        parts: list[bytes] = []
        size_bytes, begun = 0, self._terms.seconds_running()
        longest = max(self._terms.patience_seconds, self._terms.timeout_seconds)
        # Some servers compress, though they were not asked to.
        for chunk in response.iter_bytes():
            size_bytes += len(chunk)
            if size_bytes > ANSWER_LIMIT_BYTES:
                raise TargetUnreachable(self._target, f"it answered with more than {ANSWER_LIMIT_BYTES:,} bytes")
            parts.append(chunk)
            if self._terms.seconds_running() - begun > longest:
                raise TargetUnreachable(self._target, "its answer comes by drops, and does not end")
        return Answer(
            response.status_code, response.headers, b"".join(parts), str(response.url), response.reason_phrase
        )

    def _pauses(self) -> Iterator[float | None]:
        """How long to wait before each further try; at last ``None``: there is none."""
        begun, pause = self._terms.seconds_running(), FIRST_PAUSE_SECONDS
        while self._terms.seconds_running() - begun + pause < self._terms.patience_seconds:
            yield pause
            pause *= 2
        yield None

    def _wait(self, answer: Answer, pause: float) -> None:
        # Its moments go by its own clock.
        wanted = seconds_asked_for(answer.headers, moment_of(answer.headers.get("Date", "")))
        if wanted is not None and wanted > self._terms.patience_seconds:
            raise TargetUnreachable(self._target, f"it asks to come back in {wanted:,.0f} seconds; do so")
        self._terms.sleep(max(pause, wanted or 0.0))

    def _reject(self, answer: Answer) -> NoReturn:
        raise DepositRejected(self._target, self._said(answer), answer.status)

    def _said(self, answer: Answer) -> str:
        """What a server said of its refusal, in one line and without the secret."""
        said, meaning = self._one_line(answer.said()), self._one_line(answer.meaning)
        why = f" ({meaning})" if meaning and meaning != said else ""
        return f"it answered {answer.status}{why}" + (f": {said}" if said else "")

    def _one_line(self, said: str) -> str:
        """What a server said, as it may be told: without the secret, and not at length."""
        # The secret goes before anything is cut or drawn together: half of one would not be known for it.
        return " ".join(self._hide(said).split())[:_SAID_LETTERS]

    def _hide(self, text: str) -> str:
        """A text without the secret, and without what the server gave in exchange for it."""
        for one in self._secret_headers.values():
            text = text.replace(one, HIDDEN) if one else text
        return self._terms.hide(text)

    def _told(self, error: Exception) -> str:
        said = plain_words(self._hide(str(error)))[:_SAID_LETTERS] or type(error).__name__
        return f"{said}; {NAMED_BY[0]} may name what to trust" if is_untrusted(error) else said
