"""Names of checksum algorithms, as manifests' names write them and as ``hashlib`` does.

Source: RFC 8493, section 2.4: a name is written in small letters and digits alone.
"""

from __future__ import annotations

import re

DIGEST_DIGITS = {
    "md5": 32,
    "sha1": 40,
    "sha224": 56,
    "sha256": 64,
    "sha384": 96,
    "sha512": 128,
    "sha3_224": 56,
    "sha3_256": 64,
    "sha3_384": 96,
    "sha3_512": 128,
    "blake2b": 128,
    "blake2s": 64,
}
"""Hexadecimal digits of a digest, by ``hashlib``'s name: every algorithm that Solander reads."""

_WRITTEN = {"blake2b": "blake2b512", "blake2s": "blake2s256"}
_READ = {re.sub("[^a-z0-9]", "", name): name for name in DIGEST_DIGITS} | {
    there: here for here, there in _WRITTEN.items()
}


def algorithm_named(written: str) -> str | None:
    """The algorithm that a manifest's name means, as ``hashlib`` writes it; ``None`` if Solander knows none.

    Capitals, hyphens and underscores are passed over, so that ``SHA3-256`` and ``sha3_256`` are one.
    """
    return _READ.get(re.sub("[^a-z0-9]", "", written.lower()))


def has_no_length(written: str) -> bool:
    """Whether a manifest's name means an algorithm whose digests are as long as one likes: SHAKE, and its kin."""
    return re.sub("[^a-z0-9]", "", written.lower()).startswith(("shake", "cshake", "kmac", "turboshake"))


def written_name(algorithm: str) -> str:
    """How a manifest's name writes an algorithm of ``hashlib``.

    Raises:
        ValueError: bags have no algorithm of that name.
    """
    if algorithm not in DIGEST_DIGITS:
        raise ValueError(f"{algorithm} is no checksum algorithm of bags; known are {', '.join(DIGEST_DIGITS)}")
    return _WRITTEN.get(algorithm, algorithm.replace("_", ""))
