"""Signatures of WACZ files: valid, invalid, or not to be told.

A key that comes with the file proves that whoever had it signed this list, and not who that was; whether a certificate
was to be trusted when it signed is not asked, for that takes the network.

Source: WACZ Signing and Verification 0.1.0, sections 2.1 (anonymous) and 2.2 (domain and timestamp).
"""

from __future__ import annotations

import base64
import binascii
from typing import Any


def verify_signature(data: dict[str, Any]) -> tuple[str, str]:
    """Verify ``signedData``.

    Returns:
        ``valid``, ``invalid`` or ``cannot-tell``, and by whom, or why.
    """
    try:
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.serialization import load_der_public_key
        from cryptography.x509 import load_pem_x509_certificate
    except ImportError:
        return "cannot-tell", "the library that verifies signatures is not installed (solander[signatures])"
    signed, written = data.get("hash"), data.get("signature")
    if not isinstance(signed, str) or not isinstance(written, str):
        return "invalid", "it has no hash or no signature"
    try:
        signature = base64.b64decode(written, validate=True)
        if isinstance(data.get("domainCert"), str):
            certificate = load_pem_x509_certificate(data["domainCert"].encode())
            key: Any = certificate.public_key()
            issuer = certificate.issuer.rfc4514_string()[:120]
            whose = f"it is of this list, by the key of a certificate for {str(data.get('domain'))[:80]} from {issuer}"
        elif isinstance(data.get("publicKey"), str):
            key = load_der_public_key(base64.b64decode(data["publicKey"], validate=True))
            whose = "by a key that comes with the file: by whom, nobody can tell"
        else:
            return "cannot-tell", "it names neither a key nor a certificate"
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return "invalid", "its key or its signature cannot be read"
    holds = _is_signed(key, signature, signed.encode())
    if holds is None:
        return "cannot-tell", "its key is of a kind that is not known here"
    if not holds:
        return "invalid", "the signature is not of this list by this key"
    if "domainCert" in data:
        return "cannot-tell", f"{whose}; whether that certificate was to be trusted, was not asked"
    return "valid", whose


def _is_signed(key: Any, signature: bytes, signed: bytes) -> bool | None:
    """Whether a signature is of these bytes by this key; ``None`` where the key is of a kind that is not known."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils

    try:
        if isinstance(key, ec.EllipticCurvePublicKey):
            half = (key.key_size + 7) // 8
            if len(signature) == 2 * half:
                # Browsers write the two numbers side by side.
                first, second = (int.from_bytes(part, "big") for part in (signature[:half], signature[half:]))
                signature = utils.encode_dss_signature(first, second)
            key.verify(signature, signed, ec.ECDSA(hashes.SHA256()))
        elif isinstance(key, rsa.RSAPublicKey):
            key.verify(signature, signed, padding.PKCS1v15(), hashes.SHA256())
        else:
            return None
    except InvalidSignature:
        return False
    return True
