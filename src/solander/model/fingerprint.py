"""Fingerprints: by what a finding is known again in another run.

A fingerprint is reckoned from what is so and in which file, and not from the line: what is written above a fault does
not make another one of it. Of findings that are alike in all this, the second and later ones are counted.

Source: SARIF 2.1.0, 3.27.17 (partialFingerprints); GitLab, code quality reports (fingerprint).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable

from solander.model.finding import Finding


def _as_it_is(path: str) -> str:
    return path


def fingerprints(findings: Iterable[Finding], path_of: Callable[[str], str] = _as_it_is) -> list[str]:
    """A fingerprint for each finding, in their order: 32 hexadecimal digits, no two alike.

    Args:
        findings: of one run.
        path_of: how a place's path is written for this, where the same run may be started from several folders.
    """
    met: Counter[str] = Counter()
    found = []
    for one in findings:
        parts = (one.code, path_of(one.place.path), one.message, one.expected or "", one.found or "")
        known = "\0".join(parts)
        met[known] += 1
        told = f"{known}\0{met[known]}" if met[known] > 1 else known
        found.append(hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return found
