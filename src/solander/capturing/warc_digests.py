"""Digests of records: the bytes of a block or a payload against what the record claims of them.

Which bytes a payload digest is of, the standard leaves to HTTP, and programs differ: the body as the message has it, or
without its chunks, or decoded as well. All three are tried, and the one that agrees is told.

Source: ISO 28500:2017, 5.8 (``WARC-Block-Digest``), 5.9 (``WARC-Payload-Digest``).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import NamedTuple

from solander.model.warc import DigestSeen

_FORM = re.compile(r"([A-Za-z0-9_-]{1,20}):([A-Za-z0-9+/_=-]{8,200})\Z")
_NAMES = {
    "md5": "md5",
    "sha1": "sha1",
    "sha-1": "sha1",
    "sha256": "sha256",
    "sha-256": "sha256",
    "sha384": "sha384",
    "sha-384": "sha384",
    "sha512": "sha512",
    "sha-512": "sha512",
    "blake2b": "blake2b",
    "blake2s": "blake2s",
}


class Claim(NamedTuple):
    """A digest as a record claims it."""

    name: str
    written: str
    algorithm: str | None
    """``hashlib``'s name; ``None`` where it is unknown, or the claim is malformed."""
    value: bytes = b""
    spelling: str = "base32"
    """How it is written: ``base32``, ``hex`` or ``base64``."""
    fault: str | None = None


def claim_of(name: str, written: str) -> Claim:
    """Read a digest."""
    form = _FORM.match(written.strip())
    if form is None:
        return Claim(name, written, None, fault="digest-malformed")
    algorithm = _NAMES.get(form[1].lower())
    if algorithm is None:
        return Claim(name, written, None, fault="digest-algorithm-unknown")
    size = hashlib.new(algorithm, usedforsecurity=False).digest_size
    for spelling, read in (("hex", bytes.fromhex), ("base32", _base32), ("base64", _base64)):
        try:
            value = read(form[2])
        except (ValueError, binascii.Error):
            continue
        if len(value) == size:
            return Claim(name, written, algorithm, value, spelling)
    return Claim(name, written, None, fault="digest-malformed")


def compared(claim: Claim, found: dict[str, bytes], *, meant: str, fault: str | None = None) -> DigestSeen:
    """Hold a claim against the digests of the forms in which its bytes were had.

    Args:
        claim: what the record says.
        found: digests by form.
        meant: the form that the standard means.
        fault: why nothing can be told if none agrees.
    """
    if claim.fault is not None:
        return DigestSeen(claim.name, claim.written, None, fault=claim.fault)
    matched = next((form for form, value in found.items() if value == claim.value), None)
    true = _spelt(claim, found[meant]) if meant in found else None
    return DigestSeen(claim.name, claim.written, matched, true, None if matched else fault)


def _spelt(claim: Claim, value: bytes) -> str:
    if claim.spelling == "hex":
        text = value.hex()
    elif claim.spelling == "base32":
        text = base64.b32encode(value).decode()
    else:
        text = base64.b64encode(value).decode()
    return f"{claim.written.partition(':')[0].strip()}:{text}"


def _base32(text: str) -> bytes:
    return base64.b32decode(text.upper() + "=" * (-len(text) % 8))


def _base64(text: str) -> bytes:
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)
