"""Why nothing of a WACZ file can be read, and what to do about it.

Source: WACZ 1.1.1, 5 (records stand in ``archive/``); APPNOTE 4.4.4 and 4.4.5 (encryption, methods).
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable

_KNOWN = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
_RECORDS = re.compile(r"\.(?:wacz|w?arc(?:\.(?:gz|zst|lz4))?)\Z", re.IGNORECASE)


def unreadable(member: zipfile.ZipInfo) -> str:
    """Why a member cannot be read, whatever its bytes are; nothing, where it can."""
    if member.flag_bits & 1:
        return "it is encrypted"
    return "" if member.compress_type in _KNOWN else f"it is packed by method {member.compress_type}"


def is_of_records(name: str) -> bool:
    """Whether a member is called as a file of records is, or as one that holds some."""
    return _RECORDS.search(name) is not None


def instead(names: Iterable[str]) -> str:
    """What to do with a file whose records stand elsewhere than they should; nothing, where it holds none."""
    within = next(filter(is_of_records, names), None)
    return f"; it holds {within[:80]}: unpack it, and name what is in it" if within else ""
