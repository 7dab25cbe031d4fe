"""Auditing an archive: its bags checked in turn, so many a run, with a log of what was checked when.

The log stands beside the bags and only grows. A bag is written down when its check is done, before the next begins:
whatever ends a run, at most the bag in hand is lost, and the next run goes on from there.

Source: docs/format.md, "The log of audits".
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from solander.checking.bags import audit as audit_rules
from solander.checking.rules import codes
from solander.encoding.audit_line import format_audited, is_torn, parse_audited
from solander.errors import ArchiveError, NotABag, SolanderError, UsageError
from solander.files.journal import Journal, opened_journal
from solander.files.named import kind_of
from solander.model.audit import FAILED, LOG_NAME, PASSED, UNCHECKED, WITHDRAWN, Audited
from solander.model.capture import written_moment
from solander.model.finding import Report, in_order
from solander.model.ports import Told
from solander.model.serialised import INNER_MARK
from solander.pipeline import clock
from solander.pipeline.bags.seen import Seen, see, state_of
from solander.pipeline.events import SOLANDER
from solander.pipeline.judgement.validating import ignored_in, validate
from solander.pipeline.merging import merge, placed, without
from solander.pipeline.subject import Subject, subjects

EVERY_DAYS = 90
"""A bag that was found valid within so many days is passed by, unless it is said otherwise."""

_BAGS = ("bag", "serialised")
_CHANGED = "it changed while it was checked"
_TAKEN = "another audit of this archive is under way; wait until it is done"
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """How much a run may do: no further bag is begun once a bound is reached. One bag is checked in any case."""

    bags: int | None = None
    size_bytes: int | None = None
    """Of the bags that were checked."""
    minutes: float | None = None


class Checked(NamedTuple):
    """What came of one thing: a bag, a folder that is none, or the archive as a whole."""

    subject: Subject
    report: Report
    line: Audited | None
    """What the log was given; ``None`` for what is no bag."""
    error: SolanderError | None = None
    """Why nothing could be judged."""


class _Known(NamedTuple):
    """What the log knows of a bag."""

    last: Audited
    """Its latest line."""
    valid: Audited | None
    """Its latest line with ``passed``."""

    @property
    def seen(self) -> Seen:
        """The bag as it was when its manifests could last be read."""
        line = self.last if self.last.manifests or self.valid is None else self.valid
        return Seen(line.identifier, line.manifests)


class Audit:
    """One run over an archive, with its log at hand: ``open_audit`` makes one."""

    def __init__(
        self, archive: Path, pieces: Sequence[Subject], journal: Journal, days: int, at: datetime | None
    ) -> None:
        self.archive = archive
        self._journal, self._at = journal, at
        self._known = _known(journal)
        self._others = [one for one in pieces if one.kind not in _BAGS]
        self._bags = [one for one in pieces if one.kind in _BAGS]
        self._names = {one.path.name for one in pieces}
        self.due = tuple(_due(self._bags, self._known, clock.moment(at), timedelta(days=days)))
        """Bags to be checked, in order: those never looked at by name, then those that were not for longest."""
        self.passed_by = len(self._bags) - len(self.due)
        self._spent_bytes = 0
        self.left = len(self.due)
        """How many of ``due`` are still to be checked."""

    def check(
        self, work: Work | None = None, *, threads: int | None = None, told: Told | None = None
    ) -> Iterator[Checked]:
        """Check the archive as a whole, what is no bag in it, and then bags, as many as the bounds allow.

        ``told`` is told how far the bag in hand was read: a name, bytes done, bytes in all.

        Raises:
            ArchiveUnwritable: the log could not be added to.
        """
        yield self._whole()
        for piece in self._others:
            yield self._judged(piece, threads)
        for piece in self._within(work or Work()):
            one = self._bag(piece, threads, told)
            assert one.line is not None  # noqa: S101 - for the type checker: a bag has one
            self._journal.append(format_audited(one.line))
            self.left -= 1
            self._spent_bytes += one.line.size_bytes
            yield one

    def withdraw(self, names: Iterable[str]) -> None:
        """Write down that bags were taken out of the archive on purpose, so that none of them is missed.

        Raises:
            UsageError: the log knows no such bag, or it stands in the archive.
            ArchiveUnwritable: the log could not be added to.
        """
        wanted = list(dict.fromkeys(names))
        for name in wanted:
            if name in self._names:
                raise UsageError(f"{self.archive / name}: it stands in the archive, so it is not withdrawn")
            if name not in self._known:
                raise UsageError(f"{self.archive / LOG_NAME}: it knows no bag of the name {name}")
        for name in wanted:
            last = self._known[name].last
            line = Audited(
                bag=name,
                identifier=last.identifier,
                at=clock.moment(self._at),
                outcome=WITHDRAWN,
                manifests=last.manifests,
                agent=SOLANDER,
            )
            self._journal.append(format_audited(line))
            self._known[name] = _Known(line, self._known[name].valid)

    def _within(self, work: Work) -> Iterator[Subject]:
        began, self._spent_bytes = clock.seconds_running(), 0
        for number, piece in enumerate(self.due):
            if work.bags is not None and number >= work.bags:
                return
            if number and work.size_bytes is not None and self._spent_bytes >= work.size_bytes:
                return
            if number and work.minutes is not None and clock.seconds_running() - began >= work.minutes * 60:
                return
            yield piece

    def _whole(self) -> Checked:
        subject = Subject(self.archive, "archive")
        away = {
            name: known
            for name, known in sorted(self._known.items())
            if name not in self._names and known.last.outcome != WITHDRAWN
        }
        # A bag that was renamed, or put into an archive file, is bound by the same manifests.
        standing = self._standing() if away else set()
        gone = [
            finding
            for name, known in away.items()
            if not known.seen.manifests or known.seen not in standing
            for finding in audit_rules.check_audited(
                audit_rules.Compared(name, written_moment(known.last.at), {}, None)
            )
        ]
        missing = placed(
            Report(
                subject=str(self.archive),
                findings=in_order(gone),
                rules=codes([audit_rules.audited_bag_missing]),
                counts=(("bags", 0), ("files", 0), ("bytes", 0)),
            ),
            str(self.archive),
        )
        try:
            report, error = validate(subject), None
        except SolanderError as refusal:
            report, error = Report(subject=str(self.archive), unchecked=(str(refusal),)), refusal
        return Checked(subject, merge((report, missing), subject=str(self.archive)), None, error)

    def _standing(self) -> set[Seen]:
        """The bags that stand here, whatever they are called."""
        names = [(piece, self._known.get(piece.path.name)) for piece in self._bags]
        return {known.seen if known is not None else see(piece) for piece, known in names}

    def _judged(self, piece: Subject, threads: int | None, told: Told | None = None) -> Checked:
        try:
            return Checked(piece, validate(piece, threads=threads, told=told), None)
        except SolanderError as error:
            return Checked(piece, Report(subject=str(piece.path), unchecked=(str(error),)), None, error)

    def _bag(self, piece: Subject, threads: int | None, told: Told | None) -> Checked:
        at, name = clock.moment(self._at), piece.path.name
        before, seen = state_of(piece), see(piece)
        _, report, _, error = self._judged(piece, threads, told)
        if error is None and state_of(piece) != before:
            # The verdict would be of one bag, and the digest of another.
            report = merge(
                (report, Report(subject="", unchecked=(f"{piece.path}: {_CHANGED}",))), subject=report.subject
            )
        outcome = _outcome(report)
        known = self._known.get(name)
        if known is not None and known.valid is not None:
            report = merge((report, self._compared(piece, known.valid, seen if outcome == PASSED else None)),
                           subject=report.subject)  # fmt: skip
        counts = dict(report.counts)
        line = Audited(
            bag=name,
            identifier=seen.identifier,
            at=at,
            outcome=outcome,
            codes=tuple(sorted({finding.code for finding in report.findings})),
            manifests=seen.manifests,
            files=counts.get("files", 0),
            size_bytes=counts.get("bytes", 0),
            agent=SOLANDER,
        )
        return Checked(piece, report, line, error)

    def _compared(self, piece: Subject, valid: Audited, seen: Seen | None) -> Report:
        compared = audit_rules.Compared(
            bag=piece.path.name,
            at=written_moment(valid.at),
            recorded=dict(valid.manifests),
            found=dict(seen.manifests) if seen is not None else {},
            mark=INNER_MARK if piece.kind == "serialised" else "/",
        )
        report = Report(
            subject=str(piece.path),
            findings=in_order(audit_rules.check_audited(compared)),
            rules=codes([audit_rules.bag_changed]),
        )
        return without(placed(report, str(self.archive)), ignored_in(self.archive))


@contextlib.contextmanager
def open_audit(archive: str | Path, *, every_days: int = EVERY_DAYS, at: datetime | None = None) -> Iterator[Audit]:
    """Begin an audit of an archive; while the body lasts, no other run audits it.

    Args:
        archive: a folder of bags.
        every_days: bags that were found valid within so many days before ``at`` are passed by; 0 for none.
        at: the moment of this work; if it is not given, each bag's check has its own.

    Raises:
        UsageError: it is a bag or a file, and no archive; or ``at`` is no moment of work.
        SourceMissing, NotABag, ArchiveError: nothing is there, it holds no bags, it could not be read, another audit of
            it is under way, or the log could not be used.
    """
    path = Path(archive)
    clock.moment(at)
    pieces = _pieces(path)
    if pieces[0].kind != "archive":
        raise UsageError(f"{path}: an audit goes through an archive, a folder of bags; for one: solander validate")
    with opened_journal(path / LOG_NAME, taken=_TAKEN) as journal:
        yield Audit(path, pieces[1:], journal, every_days, at)


def _pieces(path: Path) -> tuple[Subject, ...]:
    """What there is in an archive; a folder with a log of audits is one, even if the last of its bags is gone."""
    try:
        return subjects(path)
    except NotABag:
        if kind_of(path / LOG_NAME) != "file":
            raise
        return (Subject(path, "archive"),)


def _known(journal: Journal) -> dict[str, _Known]:
    """What the log knows of each bag, by name, in the order of their latest lines; lines that were cut are passed over.

    Raises:
        ArchiveError: it could not be read, or is no log of audits.
    """
    known: dict[str, _Known] = {}
    for number, line in enumerate(journal.lines(), start=1):
        try:
            audited = parse_audited(line)
        except ValueError as error:
            if is_torn(line):
                continue
            what = f"line {number} is no line of a log of audits ({error}); move the file away, and a new one is begun"
            raise ArchiveError(journal.path, what) from error
        # Taken out and put in again, a bag stands behind those whose latest line comes before its own.
        before = known.pop(audited.bag, None)
        valid = audited if audited.outcome == PASSED else before.valid if before else None
        known[audited.bag] = _Known(audited, valid)
    return known


def _due(bags: Iterable[Subject], known: Mapping[str, _Known], now: datetime, every: timedelta) -> list[Subject]:
    """The bags to check, in order; a bag that was not found valid last time is always among them."""
    lines = {name: number for number, name in enumerate(known)}

    def turn(piece: Subject) -> tuple[datetime, int, str]:
        name = piece.path.name
        before = known.get(name)
        if before is None or before.last.outcome == WITHDRAWN:
            return (_NEVER, 0, name)
        # By when it was looked at, not found valid: one that can never be read must not keep all others waiting.
        return (before.last.at, lines[name], name)

    def is_fresh(piece: Subject) -> bool:
        before = known.get(piece.path.name)
        # A moment that is yet to come proves nothing.
        return before is not None and before.last.outcome == PASSED and timedelta(0) <= now - before.last.at < every

    return sorted((piece for piece in bags if not is_fresh(piece)), key=turn)


def _outcome(report: Report) -> str:
    if report.at_or_above("error"):
        return FAILED
    return PASSED if report.passed else UNCHECKED
