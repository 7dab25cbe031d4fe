"""Baselines: the findings that an archive has had for long, written down so that only new ones fail.

A baseline never hides that something could not be checked, and never says that a bag is valid: a report with known
errors has not passed, though the run does not fail for them.

Source: ``schemas/solander-baseline.schema.json``; SARIF 2.1.0, 3.27.24 (baselineState).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from solander.errors import ArchiveError, ProfileError
from solander.files.named import read_whole
from solander.files.whole import write_file
from solander.model.finding import KNOWN, KNOWN_ERRORS, Report
from solander.model.fingerprint import fingerprints
from solander.model.identifiers import BASELINE_SCHEMA
from solander.profiles import SCHEMAS

LIMIT_BYTES = 256 * 1024**2
"""As large a baseline may be: a million findings."""

SCHEMA_NAME = "solander-baseline.schema.json"


def read_baseline(path: Path) -> frozenset[str]:
    """The fingerprints of a baseline.

    Raises:
        ArchiveError: it could not be read.
        ProfileError: it is none.
    """
    import json  # late, as below: few runs have a baseline

    from solander.model.json_schema import plainly_keeps

    content = read_whole(path, LIMIT_BYTES)
    try:
        value: dict[str, Any] = json.loads(content)
    except json.JSONDecodeError as error:
        from solander.model.json_text import fault_of

        raise ProfileError(path, f"this is no baseline: it is no JSON; {fault_of(error)}") from None
    except UnicodeDecodeError as error:
        from solander.model.toml_text import utf8_fault

        raise ProfileError(path, f"this is no baseline: it is no JSON; {utf8_fault(error)}") from None
    except (ValueError, RecursionError):
        raise ProfileError(path, "this is no baseline: it is no JSON that can be read") from None
    if not plainly_keeps(value, json.loads(SCHEMAS.read(SCHEMA_NAME))):
        raise ProfileError(path, "this is no baseline as Solander writes it; write it anew with --write-baseline")
    return frozenset(one["fingerprint"] for one in value["findings"])


def write_baseline(path: Path, parts: Iterable[Report]) -> None:
    """Write down all findings of a run, whole or not at all; a baseline that stands there is replaced.

    Raises:
        ArchiveError: it could not be written.
    """
    from solander.encoding.canonical_json import canonical

    lines = [
        {"fingerprint": mark, "code": one.code, "path": _seen_from(path, one.place.path), "message": one.message}
        for part in parts
        for one, mark in zip(part.findings, _marks(path, part), strict=True)
    ]
    lines.sort(key=lambda one: (one["path"], one["code"], one["message"], one["fingerprint"]))
    if path.exists() and not path.is_file():
        raise ArchiveError(path, "it is no file, and no baseline is written over it")
    write_file(path.resolve(), canonical({"schema": BASELINE_SCHEMA, "findings": lines}), replace=True)


def without_known(path: Path, report: Report, known: frozenset[str]) -> Report:
    """A report without the findings that stand in a baseline, which are counted.

    Args:
        path: of the baseline, from whose folder files are named.
        report: of a whole run, or of one thing.
        known: the fingerprints that the baseline has.

    Returns:
        The report with what is new; its counts have how many were known, and how many of these are errors.

    Source: docs/ci.md, "Which findings count".
    """
    marks = _marks(path, report)
    new = tuple(one for one, mark in zip(report.findings, marks, strict=True) if mark not in known)
    number = len(report.findings) - len(new)
    if not number:
        return report
    errors = len(report.at_or_above("error")) - sum(one.severity == "error" for one in new)
    counts = (*report.counts, (KNOWN, number), *(((KNOWN_ERRORS, errors),) if errors else ()))
    return report._replace(findings=new, counts=_as_known(counts, new))


def _as_known(counts: tuple[tuple[str, int], ...], new: tuple[object, ...]) -> tuple[tuple[str, int], ...]:
    """The counts, in which a thing whose findings are all known is none with findings."""
    return tuple((name, 0 if not new and name.endswith("-with-findings") else number) for name, number in counts)


def _marks(path: Path, report: Report) -> list[str]:
    return fingerprints(report.findings, lambda place: _seen_from(path, place))


def _seen_from(baseline: Path, place: str) -> str:
    """A place as it is seen from the folder of the baseline, wherever the run was started."""
    return os.path.relpath(place, baseline.parent)
