"""Whose certificates are trusted of a repository that is asked by HTTPS: this machine's, or those that its user names.

``SSL_CERT_FILE`` (a file of PEM) and ``SSL_CERT_DIR`` (a folder of them, by hash) stand instead of the machine's own,
as for OpenSSL: a house that signs its own certificates need not ask for root. Nothing else is taken from the
environment: no proxy, and no ``.netrc``, whose secrets are for others.
"""

from __future__ import annotations

import os
import ssl
from functools import cache

from solander.errors import UsageError

NAMED_BY = ("SSL_CERT_FILE", "SSL_CERT_DIR")
"""The variables that name certificates to trust; the first that is set stands."""


def trusted_certificates() -> ssl.SSLContext:
    """The certificates to trust; to read them takes longer than to deposit a small bag, so they are read once.

    Raises:
        UsageError: what the environment names is no file or folder of certificates.
    """
    return _trusted(tuple((name, os.environ[name]) for name in NAMED_BY if os.environ.get(name)))


@cache
def _trusted(named: tuple[tuple[str, str], ...]) -> ssl.SSLContext:
    import httpx2  # late: only who deposits needs it

    try:
        return httpx2.create_ssl_context()
    except OSError as error:
        said = ": ".join(named[0]) if named else "the certificates of this machine"
        raise UsageError(f"{said}: no certificates can be read there ({error.strerror or error})") from None


def is_untrusted(error: BaseException) -> bool:
    """Whether a conversation failed for want of a certificate that is trusted: to ask again would change nothing."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError):
        cause = cause.__cause__ or cause.__context__
    return cause is not None
