"""Bags to audit, audits of them, and what these told and wrote down."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from solander.model.audit import LOG_NAME
from solander.pipeline import Checked, Work, make_bag, open_audit

AT = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
NAMES = ["a", "b", "c", "d", "e"]


def bag(archive: Path, name: str, content: bytes | None = None) -> Path:
    source = archive.parent / "sources" / name
    source.mkdir(parents=True, exist_ok=True)
    (source / "letter.txt").write_bytes(content or name.encode())
    return make_bag(source, into=archive, name=name, at=AT).path


def audit(archive: Path, at: datetime = AT, *, every: int = 90, **work: float | None) -> list[Checked]:
    with open_audit(archive, every_days=every, at=at) as one:
        return list(one.check(Work(**work)))  # type: ignore[arg-type]


def names(done: Iterable[Checked]) -> list[str]:
    return [one.line.bag for one in done if one.line is not None]


def codes(done: Iterable[Checked]) -> list[str]:
    return [finding.code for one in done for finding in one.report.at_or_above("warning")]


def log(archive: Path) -> list[dict]:
    return [json.loads(line) for line in (archive / LOG_NAME).read_text("utf-8").splitlines()]


def harm(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(bytes([content[0] ^ 1]) + content[1:])
