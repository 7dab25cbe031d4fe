"""Validating a file of records, WARC or ARC: every record is read once, and memory stays flat however large it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from solander.checking.rules import codes
from solander.checking.warc import records as warc
from solander.checking.warc import wacz
from solander.errors import SolanderError
from solander.files.laid_open import laid_open
from solander.files.streaming import OpenFile
from solander.model.finding import Finding, Report, in_order
from solander.model.ports import Readable, Told, Tree
from solander.model.warc import RecordSeen
from solander.pipeline.merging import merge

_ARC = re.compile(r"\.arc(?:\.gz)?\Z", re.IGNORECASE)


_STEPS = 500
"""So often it is told of a file at most."""


def judge_records(path: Path, container: str, told: Told | None = None) -> Report:
    """Judge a WARC or ARC file.

    Args:
        path: the file.
        container: ``warc`` or ``arc``.
        told: is told from time to time how far reading has come.
    """
    name = str(path)
    with OpenFile(path) as file:
        report = _judged(file, container, name, told)
        sizes = Report(subject=name, counts=(("files", 1), ("bytes", file.size_bytes)))
        return merge((report, sizes), subject=name)


def judge_original(tree: Tree, name: str) -> Report:
    """Judge a file of records that lies in a bag as what was received.

    Faults of it are warnings: it is kept as it came, nobody can mend it, and the bag is none the worse for it.

    Args:
        tree: the bag.
        name: the file's path in it; findings bear that, and say at which byte the record begins.
    """
    try:
        with laid_open(tree, name) as source:
            report = _judged(source, "arc" if _ARC.search(name) else "warc", name)
    except SolanderError as error:
        return Report(subject=name, unchecked=(f"the records of {name}: {error}",))
    findings = tuple(one._replace(severity="warning") if one.severity == "error" else one for one in report.findings)
    # Records are counted of files that are judged by themselves; here the bag is.
    return report._replace(findings=findings, counts=())


def judge_wacz(path: Path, told: Told | None = None) -> Report:
    """Judge a WACZ file: its lists, its signature, and its records as those of a WARC; ``told`` as for these."""
    from solander.capturing.wacz import Wacz, look_into

    name = str(path)
    with OpenFile(path) as file:
        opened = Wacz(file, name)
        seen = look_into(opened)
        reports = [
            Report(
                subject=name,
                findings=in_order(wacz.check_wacz(name, seen)),
                rules=codes(wacz.RULES),
                counts=(("files", len(opened.members)), ("bytes", file.size_bytes)),
            )
        ]
        if seen.archives:
            with opened.records() as source:
                inner = f"{name}!/{seen.archives[0]}" if len(seen.archives) == 1 else f"{name}!/archive"
                reports.append(_judged(source, "warc", inner, told))
    return merge(reports, subject=name)


def _judged(source: Readable, container: str, name: str, told: Told | None = None) -> Report:
    """The judgement of records alone."""
    # Late: other kinds of material do without.
    from solander.capturing.containers import records_of
    from solander.capturing.warc_survey import Survey

    unchecked: list[str] = []
    survey = Survey(records_of(source, container))

    def seen() -> Iterator[RecordSeen]:
        next_told = 0
        for one in survey:
            unchecked.extend(_unchecked(name, one))
            if told is not None and one.end.offset_bytes >= next_told:
                told(name, one.end.offset_bytes, source.size_bytes)
                next_told = one.end.offset_bytes + source.size_bytes // _STEPS
            yield one

    findings = list(_bounded_by_rule(warc.check_records(name, seen())))
    findings += warc.check_crawl(name, survey.crawl)
    return Report(
        subject=name,
        findings=in_order(findings),
        rules=codes(warc.RULES),
        unchecked=tuple(unchecked),
        counts=(("records", survey.crawl.records),),
    )


def _bounded_by_rule(findings: Iterator[Finding]) -> Iterator[Finding]:
    """The first of many findings of each rule, and how many more there are."""
    by_rule: dict[str, list[Finding]] = {}
    beyond: dict[str, int] = {}
    for one in findings:
        kept = by_rule.setdefault(one.code, [])
        if len(kept) < LIMIT:
            kept.append(one)
        else:
            beyond[one.code] = beyond.get(one.code, 0) + 1
    for code, kept in by_rule.items():
        yield from kept
        if code in beyond:
            place = kept[-1].place._replace(line=None, xpath=None)
            yield kept[-1]._replace(
                place=place, message=f"and {beyond[code]:,} more of this kind", expected=None, found=None
            )


LIMIT = 1000
"""As many findings of one rule are told of one file."""


def _unchecked(name: str, seen: RecordSeen) -> Iterator[str]:
    for digest in seen.digests:
        if digest.fault == "cannot-tell" and seen.head.kind not in ("revisit", "request"):
            yield f"{name}: record {seen.head.number}: the body is too large to be decoded for {digest.name}"
