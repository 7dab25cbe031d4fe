"""Files that hold captures rather than being one: told by their bytes, and by their name where these leave it open.

Source: ISO 28500:2017, 4; the ARC file format; WACZ 1.1.1, 4 (a ZIP file with ``datapackage.json``); RFC 2557 (MHTML);
the property lists of Safari.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from solander.capturing.arc_records import ArcRecords
from solander.capturing.members import MemberDamaged, Members
from solander.capturing.records import Records
from solander.capturing.warc_records import WarcRecords
from solander.model.ports import Readable

Container: TypeAlias = Literal["warc", "arc", "wacz", "mhtml", "webarchive"]

_NAMES: tuple[tuple[re.Pattern[str], Container], ...] = (
    (
        re.compile(r"\.(?:warc|wet|wat)(?:\.(?:wet|wat))?(?:\.(?:gz|zst|lz4))?(?:\.(?:bad|open))?\Z", re.IGNORECASE),
        "warc",
    ),
    (re.compile(r"\.arc(?:\.gz)?\Z", re.IGNORECASE), "arc"),
    (re.compile(r"\.wacz\Z", re.IGNORECASE), "wacz"),
    (re.compile(r"\.mht(?:ml)?\Z", re.IGNORECASE), "mhtml"),
    (re.compile(r"\.webarchive\Z", re.IGNORECASE), "webarchive"),
)
_ARC = re.compile(rb"filedesc://[^\n]* [0-9]+\r?\n")
_MAIL = re.compile(
    rb"(?:[A-Za-z0-9-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}content-type:\s*multipart/related", re.IGNORECASE
)
_PROPERTIES = re.compile(rb"bplist0|\s*<\?xml [^<]*<!DOCTYPE plist ")
_LOOK_BYTES = 4096


def container_of(source: Readable, name: str = "") -> Container | None:
    """What a file of captures is; ``None`` for any other file.

    Args:
        source: the file.
        name: what it is called; asked where its bytes do not tell.
    """
    head = source.read_at(0, 4)
    if head == b"PK\x03\x04":
        return "wacz" if _named(name) == "wacz" else None
    try:
        begin = Members(source).peek(_LOOK_BYTES)
    except MemberDamaged:
        begin = b""
    if begin.startswith(b"WARC/"):
        return "warc"
    if _ARC.match(begin):
        return "arc"
    if _MAIL.match(begin):
        return "mhtml"
    if _PROPERTIES.match(begin) and b"WebMainResource" in begin:
        return "webarchive"
    return _named(name)


def _named(name: str) -> Container | None:
    return next((kind for form, kind in _NAMES if form.search(name)), None)


def records_of(source: Readable, container: str, *, offset_bytes: int = 0) -> Records:
    """The records of a WARC or ARC file."""
    return (ArcRecords if container == "arc" else WarcRecords)(source, offset_bytes=offset_bytes)
