"""Why nothing of a WACZ file can be read, and what to do about it.

Source: WACZ 1.1.1, 5 (records stand in ``archive/``); APPNOTE 4.4.4 and 4.4.5 (encryption, methods).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable

_KNOWN = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
_RECORDS = (".wacz", ".warc", ".warc.gz", ".warc.zst")


def unreadable(member: zipfile.ZipInfo) -> str:
    """Why a member cannot be read, whatever its bytes are; nothing, where it can."""
    if member.flag_bits & 1:
        return "it is encrypted"
    return "" if member.compress_type in _KNOWN else f"it is packed by method {member.compress_type}"


def instead(names: Iterable[str]) -> str:
    """What to do with a file whose records stand elsewhere than they should; nothing, where it holds none."""
    within = next((one for one in names if one.lower().endswith(_RECORDS)), None)
    return f"; it holds {within[:80]}: unpack it, and name what is in it" if within else ""
