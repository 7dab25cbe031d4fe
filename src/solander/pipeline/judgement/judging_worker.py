"""A process that judges for another one.

``python -m solander.pipeline.judgement.judging_worker``, started by ``Workers`` alone.

It reads what to judge from standard input until that ends, and answers each request on standard output.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

from solander.pipeline.judgement.judging_many import judge_one, second_opinions, with_schemas
from solander.pipeline.judgement.judging_workers import receive, send
from solander.pipeline.subject import Subject


def main() -> None:
    """Judge what is asked for, one thing after the other, until nobody asks any more."""
    # Whoever is asked to end is the one that started this; it ends this process as well.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand among the answers.
    os.dup2(2, 1)
    ended = contextlib.suppress(EOFError, BrokenPipeError)
    with ended, with_schemas(receive(requests)) as wishes, second_opinions(wishes):
        while True:
            path, kind = receive(requests)
            # The subject is known there; the places of findings are what is told of it.
            send(answers, tuple(judge_one(Subject(Path(path), kind), wishes))[1:])


if __name__ == "__main__":
    main()
