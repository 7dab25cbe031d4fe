"""A conversation with DSpace: an account that is let in, and the token without which no request may change anything.

The token comes with some answer in ``DSPACE-XSRF-TOKEN``, may change with any, and goes back in ``X-XSRF-TOKEN``,
beside a cookie. Who was let in has a bearer's token for half an hour, and is let in anew before that has passed.

Source: DSpace REST contract, https://github.com/DSpace/RestContract (``csrf-tokens.md``, ``authentication.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote, quote_plus

from solander.depositing.http_answer import Answer
from solander.depositing.http_session import HttpSession
from solander.depositing.terms import TargetTerms
from solander.errors import DepositRejected

LET_IN_SECONDS = 15 * 60.0
"""How long an account stays let in before it is let in anew; DSpace's own time is half an hour."""


class DSpaceSession:
    """A conversation with one server; paths are below its ``/api``."""

    def __init__(self, target: str, address: str, terms: TargetTerms) -> None:
        self.address = address
        self._target, self._terms = target, terms
        self._http = HttpSession(target, f"{address}/api", terms, headers={}, heard=self._hear)
        self._let_in_at: float | None = None
        self._account = ""

    @property
    def account(self) -> str:
        """The UUID of the account that is let in."""
        self._let_in()
        return self._account

    def read(self, path: str, *, missing: bool = False) -> Answer:
        """Ask for something, as ``HttpSession.read``."""
        self._let_in()
        return self._http.read(path, missing=missing)

    def stream(self, path: str) -> Iterator[bytes]:
        """The bytes of something, as ``HttpSession.stream``."""
        self._let_in()
        return self._http.stream(path)

    def write(
        self,
        method: str,
        path: str,
        *,
        value: object = None,
        content: bytes | Iterable[bytes] | None = None,
        size_bytes: int | None = None,
        headers: Mapping[str, str] | None = None,
        allowed: Iterable[int] = (),
    ) -> Answer:
        """Send something, once, as ``HttpSession.write``."""
        self._let_in()
        return self._http.write(
            method, path, value=value, content=content, size_bytes=size_bytes, headers=headers, allowed=allowed
        )

    def close(self) -> None:
        """End its connections."""
        self._http.close()

    def _hear(self, headers: Mapping[str, str]) -> None:
        if token := headers.get("DSPACE-XSRF-TOKEN"):
            self._http.bear(X_XSRF_TOKEN=token)
        if bearer := headers.get("Authorization"):
            self._http.bear(Authorization=bearer)

    def _let_in(self) -> None:
        now = self._terms.seconds_running()
        if self._let_in_at is not None and now - self._let_in_at < LET_IN_SECONDS:
            return
        # Newer servers give the first token here, and older ones with every answer.
        self._http.read("security/csrf", missing=True)
        secret = self._terms.secret.reveal() if self._terms.secret else ""
        self._http.write(
            "POST",
            "authn/login",
            content=f"user={quote_plus(self._terms.user or '')}&password={quote(secret, safe='')}".encode(),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )
        status = self._http.read("authn/status").told(self._target)
        if not status.value.get("authenticated"):
            raise DepositRejected(self._target, "it let the account in and does not know it any more")
        place = status.name("_links", "eperson", "href")
        self._account, self._let_in_at = place.rstrip("/").rpartition("/")[2], now
