"""Digests: a checksum and the name of the algorithm that made it.

Source: RFC 8493, section 2.4 (names of checksum algorithms); the Library of Congress's vocabulary
``cryptographicHashFunctions``, whose words PREMIS has.
"""

from __future__ import annotations

import hashlib
from typing import NamedTuple

REQUIRED_ALGORITHM = "sha512"
"""The algorithm of which every bag that is made here has its manifests (RFC 8493, 2.4; our profile)."""

STRONG_ALGORITHMS = (REQUIRED_ALGORITHM, "sha256", "sha384", "sha224")
"""Collision-resistant algorithms that our profile allows; bags of others are read with more."""

WEAK_ALGORITHMS = ("sha1", "md5")
"""Algorithms that a bag may bear for others' sake, but that prove nothing against an adversary."""


VOCABULARY_NAMES = {
    "sha512": "SHA-512",
    "sha256": "SHA-256",
    "sha384": "SHA-384",
    "sha224": "SHA-224",
    "sha3_512": "SHA3-512",
    "sha3_256": "SHA3-256",
    "sha3_384": "SHA3-384",
    "sha3_224": "SHA3-224",
    "blake2b": "BLAKE2b-512",
    "blake2s": "BLAKE2s-256",
    "sha1": "SHA-1",
    "md5": "MD5",
}
"""``messageDigestAlgorithm`` by ``hashlib``'s name: the vocabulary's word, or its way of writing where it has none."""


def algorithm_in_vocabulary(word: str) -> str | None:
    """The algorithm that a ``messageDigestAlgorithm`` means, as ``hashlib`` writes it; ``None`` if none is known."""
    wanted = word.strip().lower()
    return next((ours for ours, theirs in VOCABULARY_NAMES.items() if wanted in (ours, theirs.lower())), None)


class Digest(NamedTuple):
    """A checksum as lower-case hexadecimal digits, bound to its algorithm."""

    algorithm: str
    """The name as ``hashlib`` writes it: ``sha512``."""

    value: str
    """Lower-case hexadecimal digits."""


def digest(content: bytes, algorithm: str = "sha512") -> Digest:
    """Hash bytes held in memory.

    Raises:
        ValueError: the algorithm is unknown.
    """
    return Digest(algorithm, hashlib.new(algorithm, content, usedforsecurity=False).hexdigest())
