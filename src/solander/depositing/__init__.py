"""From a bag to a receipt: places that take deposits, and the one course that every deposit takes.

One file a target (``TARGETS``); ``course`` has the steps in order and what is done when an answer is lost. A step is
written into the journal before it is taken and after it is done, so that whatever stops a run, the next one goes on
from there, and no second record is made.

Source: docs/deposit.md; docs/design.md, section 1, law 6 (only here and in ``capturing`` a socket is opened).
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

from solander.errors import UsageError

if TYPE_CHECKING:
    from solander.depositing.terms import TargetTerms
    from solander.model.targets import Target

TARGETS = {
    "aptrust": "aptrust",
    "archivematica": "archivematica",
    "dataverse": "dataverse",
    "dir": "folder",
    "dspace": "dspace",
    "invenio": "invenio",
    "ocfl": "ocfl",
    "s3": "s3",
    "saf": "saf",
    "sftp": "sftp",
    "sword": "sword",
    "webdav": "webdav",
    "zenodo": "invenio",
    "zenodo-sandbox": "invenio",
}
"""The schemes by which targets are written, each with the file of its own."""


def open_target(written: str, terms: TargetTerms) -> Target:
    """The target that ``SCHEME:REST`` names.

    Args:
        written: as a person writes it: ``ocfl:/srv/root``, ``s3:bucket/prefix``.
        terms: what reaching it takes.

    Raises:
        UsageError: there is no such scheme, or the rest names no place of that kind.
    """
    scheme, colon, rest = written.partition(":")
    home = TARGETS.get(scheme.lower())
    if home is None or not colon:
        known = ", ".join(f"{name}:" for name in TARGETS)
        raise UsageError(f"{written!r} names no target; write one of {known} and a place, or a name from solander.toml")
    module = importlib.import_module(f"solander.depositing.{home}")
    target: Target = module.open_target(scheme.lower(), rest, terms)
    return target
