"""What is told of a report's findings, and how grave each is taken: by ``solander.toml``, and by what a run was asked.

An error is never passed over, whoever asks: it can be taken less gravely, and the report counts where it is. What is
passed over is counted as well.

Source: docs/design.md, section 7; law 7.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from solander.errors import ArchiveError, ProfileError, UsageError
from solander.model.finding import CHANGED, IN_PART, SELECTED, SEVERITIES, Finding, Report
from solander.model.rulings import Rulings
from solander.model.serialised import INNER_MARK
from solander.pipeline.merging import without
from solander.pipeline.subject import Subject, archive_of
from solander.profiles import PROFILE_NAME, Profile, load_profile

if TYPE_CHECKING:
    from solander.model.finding import Rule


def archive_in(subject: Subject) -> Path:
    """The archive in which a thing lies, or which it is."""
    return subject.path if subject.kind == "archive" else archive_of(subject.path)


def settings_in(archive: Path) -> Profile:
    """What an archive's keeper wants; where that cannot be used, nothing is passed over.

    It is told of by ``fail_on_of``, or as a subject of its own.
    """
    try:
        return load_profile(archive)
    except (ProfileError, ArchiveError):
        return Profile()


def ruled(report: Report, subject: Subject, rulings: Rulings) -> Report:
    """A report of one subject as it is told: by the settings of its archive, and by what the run was asked.

    Args:
        report: with its places as they are seen from outside.
        subject: of which it is.
        rulings: what the run was asked; of two wishes for one rule's severity, this one holds.
    """
    settings = settings_in(archive_in(subject))
    within = {one: _within(one.place.path, subject) for one in report.findings} if settings.paths else {}
    report = without(report, {*settings.ignore, *rulings.ignored})
    for part in settings.paths:
        if part.ignore:
            report = _without_there(report, part.ignore, lambda one, part=part: part.cover(within[one]))
    report = _selected(report, rulings)

    def wanted(finding: Finding) -> str:
        if finding.code in rulings.severities:
            return rulings.severities[finding.code]
        for part in reversed(settings.paths):
            if finding.code in part.severities and part.cover(within[finding]):
                return part.severities[finding.code]
        return settings.severities.get(finding.code, finding.severity)

    if not rulings.severities and not settings.severities and not any(one.severities for one in settings.paths):
        return report
    return _taken(report, {one: wanted(one) for one in report.findings})


def _within(path: str, subject: Subject) -> str:
    """A place as it is seen from the archive: ``2021-a-page/data/tei/page.xml``."""
    rest = path.removeprefix(str(subject.path)).replace(INNER_MARK, "/", 1)
    return rest.lstrip("/") if subject.kind == "archive" else f"{subject.path.name}{rest}"


def _without_there(report: Report, ignored: Iterable[str], is_there: object) -> Report:
    assert callable(is_there)  # noqa: S101 - for the type checker
    here = tuple(one for one in report.findings if is_there(one))
    if not here:
        return report
    quiet = without(report._replace(findings=here, counts=()), frozenset(ignored))
    left = set(quiet.findings)
    counts = dict(report.counts)
    for name, number in quiet.counts:
        if number:
            counts[name] = counts.get(name, 0) + number
    kept = tuple(one for one in report.findings if one in left or not is_there(one))
    return report._replace(findings=kept, counts=tuple(counts.items()))


def _selected(report: Report, rulings: Rulings) -> Report:
    if rulings.selected is None:
        return report
    return report._replace(
        findings=tuple(one for one in report.findings if one.code in rulings.selected),
        rules=tuple(code for code in report.rules if code in rulings.selected),
        counts=(*report.counts, (f"{IN_PART}{SELECTED}", 1)),
    )


def _taken(report: Report, severities: Mapping[Finding, str]) -> Report:
    counts = dict(report.counts)
    findings = []
    for one in report.findings:
        severity = severities[one]
        findings.append(one._replace(severity=severity))
        if SEVERITIES.index(severity) < SEVERITIES.index(one.severity):
            counts[f"{CHANGED}{one.code}"] = counts.get(f"{CHANGED}{one.code}", 0) + 1
    return report._replace(findings=tuple(findings), counts=tuple(counts.items()))


def rulings_of(select: Iterable[str], ignore: Iterable[str], severities: Iterable[tuple[str, str]]) -> Rulings:
    """What a run is asked, from codes and what codes begin with (``BAG``, ``TEI2``, ``DCM009``).

    Raises:
        UsageError: no rule's code begins so; or an error is to be passed over.
    """
    select, ignore, severities = tuple(select), tuple(ignore), tuple(severities)
    if not select and not ignore and not severities:
        return Rulings()
    known = _known()
    selected = frozenset(code for wish in select for code in _meant(wish, known, "--select"))
    ignored: set[str] = set()
    for wish in ignore:
        codes = _meant(wish, known, "--ignore")
        if wish in known and known[wish].severity == "error":
            raise UsageError(
                f"{wish} is an error, and is never passed over; --severity {wish}=warning takes it less gravely"
            )
        ignored |= {code for code in codes if known[code].severity != "error"}
    changed: dict[str, str] = {}
    for wish, severity in severities:
        changed |= dict.fromkeys(_meant(wish, known, "--severity"), severity)
    return Rulings(selected=selected if select else None, ignored=frozenset(ignored), severities=changed)


def unknown_codes(archives: Iterable[Path]) -> Iterator[ProfileError]:
    """Settings that speak of a code that no rule has, for each archive that has such."""
    for archive in archives:
        settings = settings_in(archive)
        named = [*settings.severities, *(code for part in settings.paths for code in part.severities)]
        if named and (strange := [code for code in named if code not in _known()]):
            where = archive / PROFILE_NAME
            yield ProfileError(where, f"check.severity: there is no rule {strange[0]}; see: solander explain")


def _known() -> dict[str, Rule]:
    from solander.pipeline.judgement.rulebook import rules  # late: it brings every rule there is

    return {rule.code: rule for rule in rules()}


def _meant(wish: str, known: Iterable[str], option: str) -> list[str]:
    codes = [code for code in known if code.startswith(wish)] if wish else []
    if not codes:
        raise UsageError(f"{option}: no rule's code is {wish!r}, or begins so; see: solander explain")
    return codes
