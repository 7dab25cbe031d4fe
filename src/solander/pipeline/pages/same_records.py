"""Whether two captures differ in nothing but the names of their records: one answer that was written down twice.

Source: ISO 28500:2017, 5.2 (a record's identifier is its own, whatever it holds).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TypeAlias

from solander.errors import ArchiveError
from solander.files.folder import Folder
from solander.model.bag_layout import ORIGINAL_FOLDER
from solander.model.capture import Capture
from solander.model.ports import BytesAtHand
from solander.pipeline.archive import RECORD_LIMIT_BYTES

_NAMES = frozenset(("warc-record-id", "warc-concurrent-to", "warc-refers-to", "warc-warcinfo-id"))
"""Fields that name a record: the only ones in which a second copy of it may differ."""

_Said: TypeAlias = list[tuple[tuple[tuple[str, str], ...], bytes]]


def says_the_same(capture: Capture, bag: Path) -> bool:
    """Whether the records of a capture say what those of a bag say, field by field and byte by byte, names aside.

    ``False`` where either keeps no WARC, or one that is not whole.
    """
    container = capture.container
    if container is None or container.media_type != "application/warc":
        return False
    try:
        kept = Folder(bag).read(f"{ORIGINAL_FOLDER}{container.name}", RECORD_LIMIT_BYTES)
    except ArchiveError:
        return False
    said = _said(container.content)
    return said is not None and said == _said(kept)


def _said(content: bytes) -> _Said | None:
    from solander.capturing.containers import records_of  # late: few captures are written down twice

    said: _Said = []
    for record in records_of(BytesAtHand(content), "warc"):
        digest = hashlib.sha256()
        for chunk in record.chunks():
            digest.update(chunk)
        if not record.finish().is_whole:
            return None
        fields = ((name.lower(), value) for name, value in record.head.fields)
        said.append((tuple(one for one in fields if one[0] not in _NAMES), digest.digest()))
    return said
