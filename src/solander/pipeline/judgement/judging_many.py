"""Many things judged, several at once: each by itself, so that nothing that befalls one hides the others.

Processes do the work where there is enough of it; a process that dies takes one thing with it, which is then said to be
unchecked. What comes out is in the order in which the things were named, whoever judged them and how long it took.

Source: docs/design.md, section 1, law 7.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any

from solander.errors import SolanderError
from solander.files.hashing import processors_here
from solander.pipeline.judgement.outcome import Outcome
from solander.pipeline.judgement.reports_kept import Keeping
from solander.pipeline.judgement.validating import validate
from solander.pipeline.subject import BAG_KINDS, Subject

WORTH_IT = 24
"""From so many bags on several processes judge, unless their number is said: to start one costs as much as ten bags."""


@contextlib.contextmanager
def with_schemas(wishes: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The arguments of ``validate``, with the schemas that were given read, and their judge at hand.

    Raises:
        UsageError: an engine does not know such a schema, or is not installed.
        ProfileError, ArchiveError: a schema could not be used or read.
    """
    paths, engine = wishes.get("given") or ((), "")
    own = {name: wish for name, wish in wishes.items() if name != "given"}
    if not paths:
        yield own
        return
    from solander.pipeline.judgement.given_schemas import GivenSchemas  # late: most runs judge by none

    with GivenSchemas(paths, engine) as schemas:
        yield {**own, "schemas": schemas}


def second_opinions(wishes: dict[str, Any]) -> AbstractContextManager[object]:
    """While the body lasts, one process gives every second opinion, if any are wanted."""
    if not wishes.get("second_opinion"):
        return contextlib.nullcontext()
    from solander.files.second_opinion import many_asked  # late: most runs want none

    return many_asked()


def judge_one(subject: Subject, wishes: dict[str, Any]) -> Outcome:
    """Judge one thing; whatever goes wrong is an outcome, and no exception.

    Args:
        subject: what is judged.
        wishes: the other arguments of ``validate``.
    """
    try:
        return Outcome(subject, validate(subject, **wishes))
    except SolanderError as error:
        return Outcome(subject, None, str(error), error.exit_status)
    except MemoryError:
        return Outcome(subject, None, f"{subject.path}: there is not enough memory to judge it", 3)
    except OSError as error:
        return Outcome(subject, None, f"{subject.path}: {(error.strerror or str(error)).lower()}", 3)
    except Exception as error:  # noqa: BLE001 - whatever it is, it befell one thing, and the others are judged
        line = f"{subject.path}: a fault of ours: {type(error).__name__}: {error}"
        import traceback  # late: only for faults of ours

        return Outcome(subject, None, line, 70, traceback.format_exc())


def jobs_for(pieces: Sequence[Subject], wanted: int | None) -> int:
    """How many processes judge: as many as were asked for, or as there are processors where it is worth it."""
    bags = sum(one.kind in BAG_KINDS for one in pieces)
    if wanted is None:
        wanted = processors_here() if bags >= WORTH_IT else 1
    return max(min(wanted, bags), 1)


def judge_many(
    pieces: Sequence[Subject],
    wishes: dict[str, Any],
    *,
    jobs: int | None = None,
    told: Callable[[str, int, int], None] | None = None,
) -> Generator[Outcome]:
    """Judge things, and hand out what comes of each in their order.

    Args:
        pieces: what is judged.
        wishes: the other arguments of ``validate``, the same for all, but ``given`` for ``schemas``: the schemas' paths
            and who judges by them.
        jobs: how many processes judge at once; if it is not said, one for each processor where there are many bags.
        told: as for ``validate``; where several processes judge, nothing is told.
    """
    keeping = Keeping()
    for one in _judged(pieces, wishes, jobs, told):
        yield one if one.report is None else one._replace(report=keeping.kept(one.report))


def _judged(
    pieces: Sequence[Subject], wishes: dict[str, Any], jobs: int | None, told: Callable[[str, int, int], None] | None
) -> Iterator[Outcome]:
    number = jobs_for(pieces, jobs)
    with with_schemas(wishes) as at_hand:
        if number == 1:
            with second_opinions(wishes):
                for piece in pieces:
                    yield judge_one(piece, at_hand if told is None else {**at_hand, "told": told})
            return
    from solander.pipeline.judgement.judging_workers import Workers  # late: few runs have so much to do

    # A bag's files are read by threads; with a process for each processor there is nothing for them to do.
    threads = wishes.get("threads") or max(processors_here() // number, 1)
    with Workers(number, {**wishes, "threads": threads}) as workers:
        yield from workers.judge(pieces)
