"""What ``solander validate`` does, once its words are read: judge, tell, and come to an exit status.

It needs no parser, so that the plainest line of all, ``solander validate PATH…``, is judged without one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from solander.cli.bars import LARGE_BYTES, watching_each, watching_phases
from solander.cli.collecting import collect_as_usual
from solander.cli.forms import Telling, Wish, tell, telling, working_folder
from solander.cli.status import FINDINGS, UNREADABLE, gravest
from solander.cli.talk import say, say_error
from solander.errors import SolanderError, UsageError
from solander.model.finding import Report
from solander.model.verdict import Verdict
from solander.pipeline import (
    BAG_KINDS,
    RECORD_KINDS,
    Subject,
    archive_in,
    fail_on_of,
    judge_many,
    merge,
    rulings_of,
    subjects,
    unknown_codes,
)

if TYPE_CHECKING:
    from solander.model.bag_profile import BagProfile

_BAGS = (*BAG_KINDS, "stray", "archive")
"""The kinds of what may be, or hold, a bag."""


class Asked(NamedTuple):
    """What was asked for beside the paths, by the names of the command's parameters; each is off if not given."""

    completeness: bool = False
    fast: bool = False
    profile: str | None = None
    second_opinion: bool = False
    given: tuple[str, ...] = ()
    engine: str = "solander"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, str], ...] = ()
    baseline: str | None = None
    new_baseline: str | None = None
    reference: str | None = None
    changed_files: bool = False
    jobs: int | None = None
    threads: int | None = None
    fail_on: str | None = None
    remarks: bool = False
    wishes: tuple[Wish, ...] = ()
    as_json: bool = False
    quiet: bool = False


def judge_as_asked(paths: tuple[str, ...], asked: Asked) -> int:
    """Judge what is named and tell the verdict; return the exit status.

    Raises:
        UsageError: what was asked for does not go together, or names nothing.
    """
    mode = _mode_asked(paths, asked)
    how = telling(
        asked.wishes, as_json=asked.as_json, remarks=asked.remarks or asked.fail_on == "info", quiet=asked.quiet
    )
    rulings = rulings_of(_codes(asked.select), _codes(asked.ignore), asked.severities)
    known = _known(asked.baseline)
    run = _Run(how)
    judging = None if asked.profile is None else _profile_judged(asked.profile, run)
    pieces = run.pieces(paths, changed_files=asked.changed_files)
    if pieces and not any(piece.kind in _BAGS for piece in pieces):
        if judging is not None:
            raise UsageError("--profile judges bags, and none is named")
        if asked.second_opinion:
            raise UsageError("--second-opinion is one on bags, and none is named")
    if asked.reference is not None:
        from solander.pipeline import since

        pieces = since(asked.reference, pieces)
    wanted = {
        "mode": mode,
        "threads": asked.threads,
        "profile": judging,
        "second_opinion": asked.second_opinion,
        "rulings": rulings,
        "given": (asked.given, asked.engine),
    }
    run.judge(pieces, wanted, asked.jobs)
    least = asked.fail_on or run.fail_on(pieces)
    if asked.new_baseline is not None:
        from solander.pipeline import write_baseline

        write_baseline(Path(asked.new_baseline), run.parts)
        known = _known(asked.new_baseline)
    path, parts = asked.baseline or asked.new_baseline, run.parts
    if path is not None:
        from solander.pipeline import without_known

        parts = [without_known(Path(path), part, known) for part in parts]
    whole = merge(parts, subject=", ".join(paths))
    verdict = Verdict(whole=whole, parts=tuple(parts), fail_on=least or "error", folder=working_folder())
    return _status_told(verdict, how, run)


def _known(baseline: str | None) -> frozenset[str]:
    """The findings that a baseline has; none where there is no baseline."""
    if baseline is None:
        return frozenset()
    from solander.pipeline import read_baseline  # late, as all that few runs ask for

    return read_baseline(Path(baseline))


def _profile_judged(written: str, run: _Run) -> BagProfile:
    """The profile that bags are to be judged by; one of the user's own is judged itself first."""
    # Late: what judges profiles is a tenth of a small bag's judgement.
    from solander.pipeline import judge_profile_itself, load_bag_profile

    profile = load_bag_profile(written)
    if not profile.is_built_in:
        run.parts.append(judge_profile_itself(profile))
    return profile


def _mode_asked(paths: tuple[str, ...], asked: Asked) -> str:
    """How much of a bag is judged: ``full``, ``completeness`` or ``fast``.

    Raises:
        UsageError: what was asked for does not go together, or names nothing.
    """
    if not paths and not asked.changed_files:
        raise UsageError("name a bag, an archive, a TEI file or a page: solander validate archive/")
    if "-" in paths and not asked.changed_files and not os.path.lexists("-"):
        raise UsageError("validate reads no standard input; name a file: solander validate page.html")
    if asked.completeness and asked.fast:
        raise UsageError("say --completeness or --fast: each asks for another part of the judgement")
    mode = "completeness" if asked.completeness else "fast" if asked.fast else "full"
    if asked.profile is not None and mode != "full":
        raise UsageError(f"--profile asks for the whole judgement; leave --{mode} out")
    if asked.second_opinion and mode != "full":
        raise UsageError(f"--second-opinion asks for the whole judgement; leave --{mode} out")
    if asked.engine != "solander" and not asked.given:
        raise UsageError(f"--engine {asked.engine} judges by --schema, and no schema is named")
    if asked.given and mode != "full":
        raise UsageError(f"--schema asks for the whole judgement; leave --{mode} out")
    if asked.baseline is not None and asked.new_baseline is not None:
        raise UsageError("say --baseline or --write-baseline: what is written is known at once")
    return mode


def _status_told(verdict: Verdict, how: Telling, run: _Run) -> int:
    """Tell a verdict, and return the exit status that it comes to."""
    lost = tell(verdict, how, run.said)
    statuses = [*run.statuses, *(one.exit_status for one in lost)]
    statuses += [UNREADABLE] if verdict.whole.unchecked else []
    statuses += [FINDINGS] if verdict.whole.at_or_above(verdict.fail_on) else []
    return gravest(statuses)


def _codes(wishes: Sequence[str]) -> list[str]:
    return [code.strip().upper() for wish in wishes for code in wish.split(",")]


class _Run:
    """One run: what was judged, and what could not be; each error is said once, and stands in the report."""

    def __init__(self, how: Telling) -> None:
        self._how = how
        self.parts: list[Report] = []
        self.statuses: list[int] = []
        self.said: set[str] = set()

    def fail(self, subject: str, line: str, status: int) -> None:
        """Something could not be judged: what could not be read was not checked, and is never valid."""
        # One profile that cannot be used is told once, however many bags it was to judge.
        if line not in self.said:
            self.said.add(line)
            self.statuses.append(status)
            self.parts.append(Report(subject=subject, unchecked=(line,)))
            if self._how.is_text:
                say_error(line)

    def pieces(self, paths: Sequence[str], *, changed_files: bool) -> tuple[Subject, ...]:
        """What there is to judge."""
        found: list[Subject] = []
        if changed_files:
            from solander.pipeline import holders
        for some in [paths] if changed_files else [(path,) for path in paths]:
            try:
                found.extend(holders(some) if changed_files else subjects(Path(some[0])))
            except SolanderError as error:
                self.fail(", ".join(some), str(error), error.exit_status)
        return tuple(found)

    def judge(self, pieces: Sequence[Subject], asked: dict[str, Any], jobs: int | None) -> None:
        """Judge things, each by itself: what befalls one hides none of the others."""
        quiet = self._how.quiet or not self._how.is_text
        if len(pieces) > 1:
            collect_as_usual()
        # Of bags it is told which is done, and of the one in hand how far it was read, if it is large; of a file of
        # records, or one bag, that alone. Where nobody watches nothing is told, for telling takes time.
        records = bool(pieces) and all(piece.kind in RECORD_KINDS for piece in pieces)
        large = records or (len(pieces) == 1 and pieces[0].kind in BAG_KINDS)
        with (
            watching_phases("validating", quiet=quiet or not large, least=0 if records else LARGE_BYTES) as told,
            watching_each(len(pieces), "validating", quiet=quiet or large) as each,
        ):
            watched = each.read if not quiet and sys.stderr.isatty() else None
            for number, one in enumerate(judge_many(pieces, asked, jobs=jobs, told=told if large else watched), 1):
                if one.report is not None:
                    self.parts.append(one.report)
                if one.error is not None:
                    line = one.error
                    if one.trace is not None:
                        line = f"{line}; {_fault(one.trace)}"
                    self.fail(str(one.subject.path), line, one.exit_status)
                each.file(one.subject.path.name, number, len(pieces))

    def fail_on(self, pieces: Sequence[Subject]) -> str | None:
        """The mildest finding that counts where things lie; ``None`` where settings do not tell."""
        try:
            for error in unknown_codes(dict.fromkeys(map(archive_in, pieces))):
                raise error
            return fail_on_of(pieces)
        except SolanderError as error:
            self.fail(", ".join(str(piece.path) for piece in pieces[:1]), str(error), error.exit_status)
            return None


def _fault(trace: str) -> str:
    from solander.cli.fault_log import write_trace

    if "--traceback" in sys.argv:
        say(trace)
    return write_trace(trace, sys.argv[1:])
