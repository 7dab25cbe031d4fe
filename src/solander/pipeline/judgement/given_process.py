"""A process of its own in which documents are judged by given schemas.

``python -m solander.pipeline.judgement.given_process``, started by ``given_schemas`` alone.

A schema can be made so that judging by it never ends, or takes all memory: then this process is ended, and nothing
else. It opens no file and no connection; schemas and documents come through its standard input, verdicts go through its
standard output. Each message is one line of JSON.
"""

from __future__ import annotations

import base64
import contextlib
import json
import resource
import sys
from collections.abc import Callable
from typing import Any

MEMORY_BYTES = 4 * 1024**3
"""A judgement that needs more is given up."""


def main() -> None:
    """Answer messages until there are no more."""
    from solander.checking.grammars.given_schema import Judge, Needs, judge_of
    from solander.checking.grammars.rng_including import UnusableSchema

    for what, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, 0)):
        # A bound that is already tighter, or that the system does not know, is left as it is.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))
    judges: dict[str, Judge] = {}

    def read(message: dict[str, Any]) -> dict[str, Any]:
        files = {name: base64.b64decode(content) for name, content in message["files"].items()}
        try:
            judge = judge_of(message["name"], files)
        except Needs as error:
            return {"needs": error.name}
        except UnusableSchema as error:
            return {"refused": str(error)}
        judges[message["key"]] = judge
        return {"used": list(judge.used), "note": judge.note}

    def judge(message: dict[str, Any]) -> dict[str, Any]:
        verdict = judges[message["key"]].judge(base64.b64decode(message["document"]))
        return {"faults": [list(one) for one in verdict.faults], "unchecked": verdict.unchecked}

    answers: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {"read": read, "judge": judge}
    for line in sys.stdin.buffer:
        message = json.loads(line)
        try:
            answer = answers[message["ask"]](message)
        except MemoryError:
            answer = {"refused": "it takes more memory than is given to it", "unchecked": "it takes too much memory"}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
