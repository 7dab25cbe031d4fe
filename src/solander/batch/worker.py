"""A process that works on one shard: ``python -m solander.batch.worker``, started by ``supervising`` alone.

Its task is the first line of standard input; what it says, a line of JSON each, goes to standard output. When standard
input ends, whoever started it is gone, and it ends as well.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from dataclasses import asdict
from typing import Any

from solander.batch import ShardConfig, process_shard
from solander.errors import SolanderError

EVERY = 16
"""Pages between two words on how far the work has come."""

_FAULT_LETTERS = 500
_HOST_LETTERS = 253
"""As many as a name of the web's has (RFC 1035, 2.3.4)."""


def main() -> int:
    """Work on the shard that is asked for."""
    task: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    answers = os.dup(1)
    # What a library prints must not stand among the answers.
    os.dup2(2, 1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if limit := task["memory_bytes"]:
        # Of memory of one's own, and not of addresses: libraries reserve many of those and use few.
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))

    def say(**said: object) -> None:
        os.write(answers, (json.dumps(said) + "\n").encode())

    def told(done: int, total: int, findings: int) -> None:
        if done % EVERY == 0 or done == total:
            say(pages=done, total=total, findings=findings)

    def waiting(host: str, seconds: float) -> None:
        # On a thread of its own: a line this short goes out in one piece.
        say(waits_for=host[:_HOST_LETTERS], seconds=seconds)

    try:
        receipt = process_shard(task["shard"], task["out"], ShardConfig(**task["config"]), told, waiting)
    except MemoryError:
        say(error=f"it takes more memory than {limit / 2**20:,.0f} MiB (--memory)", again=False)
        return 3
    except SolanderError as error:
        say(error=str(error), again=False)
        return error.exit_status
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told: nobody reads this process's last words
        say(fault=f"a fault of ours: {type(error).__name__}: {error}"[:_FAULT_LETTERS])
        return 70
    say(receipt=asdict(receipt), peak_bytes=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    return 0


def _end_with_parent() -> None:
    while sys.stdin.buffer.read(1):
        pass
    os._exit(3)


if __name__ == "__main__":
    sys.exit(main())
