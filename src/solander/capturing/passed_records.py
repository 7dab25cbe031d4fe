"""Records of a file that came into no bag, and why: what is no page, and shown by none that was packed.

Requests, metadata and revisits belong to what was captured, and are not told of by themselves.

Source: ISO 28500:2017, 5.5 (WARC-Type: unknown types are skipped) and 5.10 (WARC-Target-URI: any address).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from solander.capturing.record_capture import RecordFile
from solander.capturing.record_pages import is_page, is_robots_file, is_success, may_be_packed
from solander.capturing.warc_index import Held
from solander.model.capture import Choice

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]{0,30}(?=:)")
_TOLD_OF = frozenset(("response", "resource", "conversion"))
_BESIDE = frozenset(("warcinfo", "request", "metadata", "revisit", "continuation"))

OF_ADDRESS = "address neither http nor https"
OF_NO_ADDRESS = "no address"
OF_KIND = "record type that is not known"
OF_ROBOTS = "robots.txt"
OF_STATUS = "no success"
OF_TYPE = "no page, nor shown by one that was packed"
OF_BYTES = "bytes that are no page"
OF_LIST = "page that is not in the collector's list"


class PassedRecord(NamedTuple):
    """Why a record was passed by."""

    reason: str
    of: str
    """What of it: the scheme of its address, its status, its type; empty where the reason says all."""


def passed_records(records: RecordFile, choice: Choice) -> Iterator[PassedRecord]:
    """The records that are no page, and belong to none that was packed; one after the other, as they stand.

    Args:
        records: the file; of what its pages have of it, it kept account.
        choice: by which its pages were chosen.
    """
    for one in records.index.held:
        if one.kind in _TOLD_OF:
            if not records.is_used(one) and not may_be_packed(records.index, choice, one):
                yield _why(records, one)
        elif one.kind == "metadata":
            # Of no capture: what a program notes of its own work.
            if one.uri is not None and not (one.concurrent_to or one.refers_to) and not _is_of_web(one.uri):
                yield PassedRecord(OF_ADDRESS, _scheme(one.uri))
        elif one.kind not in _BESIDE:
            yield PassedRecord(OF_KIND, one.kind)


def _why(records: RecordFile, one: Held) -> PassedRecord:
    if one.uri is None:
        return PassedRecord(OF_NO_ADDRESS, "")
    if not _is_of_web(one.uri):
        return PassedRecord(OF_ADDRESS, _scheme(one.uri))
    if is_robots_file(one.uri):
        return PassedRecord(OF_ROBOTS, "")
    if not is_page(records.index, one):
        return PassedRecord(OF_TYPE, one.media_type)
    if not is_success(records.index, one):
        return PassedRecord(OF_STATUS, f"status {one.status}")
    return PassedRecord(OF_LIST, "")


def _is_of_web(uri: str) -> bool:
    return _scheme(uri) in ("http", "https")


def _scheme(uri: str) -> str:
    found = _SCHEME.match(uri)
    return found[0].lower() if found else "no scheme"
