"""A process of its own in which ``bagit`` judges one bag: ``python -m solander.files.bagit_process BAG``.

One JSON object is written, and nothing else: whatever bagit prints or logs goes nowhere, and the process may write no
file. It is to be started by ``second_opinion`` alone, which bounds its time.

Source: RFC 8493, section 3; bagit-python 1.9.0.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import sys
from typing import Any

REASON_LIMIT = 500
"""Characters of a reason that are handed on: it may quote a file name, or a thousand of them."""

MEMORY_BYTES = 8 * 1024**3
"""A bag that needs more makes bagit give up, and not the machine."""


def main(bag: str) -> None:
    """Let bagit judge a bag, and write what it says: version, sha256, verdict, reason."""
    answer = os.dup(1)
    # Standard error leads nowhere here: what bagit prints goes the same way.
    os.dup2(2, 1)
    # Validating writes nothing; should it try, the system refuses. The answer goes through a pipe, which is no file.
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_AS, MEMORY_BYTES)
    said = _judged(bag)
    said["reason"] = said["reason"][:REASON_LIMIT]
    os.write(answer, json.dumps(said).encode())


def _bound(what: int, most: int) -> None:
    # A bound that is already tighter, or that the system does not know, is left as it is.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _judged(bag: str) -> dict[str, Any]:
    said: dict[str, Any] = {"version": "", "sha256": "", "verdict": None, "reason": ""}
    try:
        import hashlib
        from importlib.metadata import version

        import bagit

        logging.disable(logging.CRITICAL)
        said["version"] = version("bagit")
        said["sha256"] = hashlib.sha256(bagit.__loader__.get_data(bagit.__file__)).hexdigest()
    except Exception as error:  # noqa: BLE001 - a judge that is not there has no opinion, whatever ails it
        return said | {"reason": f"it could not be started: {error}"}
    try:
        bagit.Bag(bag).validate()
    except bagit.BagError as error:
        return said | {"verdict": "invalid", "reason": str(error)}
    except Exception as error:  # noqa: BLE001 - bagit ends in tracebacks on hostile bags: that is no verdict
        return said | {"reason": f"it stopped with {type(error).__name__}: {error}"}
    return said | {"verdict": "valid"}


if __name__ == "__main__":
    main(sys.argv[1])
