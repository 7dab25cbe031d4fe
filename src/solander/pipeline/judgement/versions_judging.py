"""An archive's bags judged beside one another: the versions of one object."""

from __future__ import annotations

from pathlib import Path

from solander.checking.bags import archive_versions
from solander.checking.rules import codes
from solander.model.finding import Report, in_order
from solander.pipeline.archive import Archive
from solander.pipeline.merging import placed


def judge_versions(archive: Path) -> Report:
    """The judgement of an archive's bags beside one another."""
    versions = [
        archive_versions.Version(one.path.name, one.identifier, one.version)
        for one in Archive(archive).standing()
        if one.is_ours and one.version
    ]
    report = Report(
        subject=str(archive),
        findings=in_order(archive_versions.check_versions(versions)),
        rules=codes(archive_versions.RULES),
        counts=(("bags", 0), ("files", 0), ("bytes", 0)),
    )
    return placed(report, str(archive))
