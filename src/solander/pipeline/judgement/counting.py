"""How much was judged: the counts with which a report says it."""

from __future__ import annotations

from solander.model.finding import Report
from solander.pipeline.merging import merge


def counted(report: Report, kind: str, files: int, size_bytes: int) -> Report:
    """A report of one thing of a kind (``bags``), with how many files and bytes it has, and whether it is faulty."""
    counts = (
        (kind, 1),
        (f"{kind}-with-findings", int(bool(report.at_or_above("warning")))),
        ("files", files),
        ("bytes", size_bytes),
    )
    return merge((report, Report(subject="", counts=counts)), subject=report.subject)
