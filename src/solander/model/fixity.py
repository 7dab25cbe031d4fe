"""Digests: a checksum and the name of the algorithm that made it.

Source: RFC 8493, section 2.4 (names of checksum algorithms).
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
