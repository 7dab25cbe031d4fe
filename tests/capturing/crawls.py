"""Captures of crawls, and bags of them that nothing is wrong with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import solander
from solander.errors import SolanderError
from solander.model.capture import Capture
from solander.pipeline.requests import Request
from solander.pipeline.sources.captures import find_captures

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
HOST = "https://harbour.example"


def captures(path: Path, **asked) -> list[Capture]:
    found = [one.capture for one in find_captures(path, Request.of(at=AT, **asked))]
    assert not [one for one in found if isinstance(one, SolanderError)]
    return found


def one_capture(tmp_path: Path, *records: bytes, **asked) -> Capture:
    path = tmp_path / "crawl.warc"
    path.write_bytes(b"".join(records))
    (capture,) = captures(path, **asked)
    return capture


def packed(path: Path, archive: Path, **asked) -> Path:
    bag = solander.pack(path, into=archive, at=AT, **asked).path
    assert bag is not None
    report = solander.validate(bag)
    assert (report.at_or_above("error"), report.unchecked) == ((), ())
    return bag
