"""The digest that binds every byte of a bag, as receipts and deposits name it."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from solander.errors import ArchiveError, NotABag
from solander.files.folder import Folder
from solander.pipeline.archive import RECORD_LIMIT_BYTES, bag_at

DIGEST = "sha512"
"""The algorithm of the digest, as its prefix names it; the same whatever the bag's own manifests use."""


def bag_digest(path: Path) -> str:
    """The digest that binds every byte of a bag: ``sha512:`` and that of its tag manifest, the strongest it has.

    Raises:
        NotABag: it has no tag manifest.
        ArchiveError: it could not be read.
    """
    tree = Folder(path)
    for algorithm in ("sha512", "sha256", "sha384", "sha224", "sha1", "md5"):
        name = f"tagmanifest-{algorithm}.txt"
        with contextlib.suppress(ArchiveError):
            return f"{DIGEST}:{hashlib.sha512(tree.read(name, RECORD_LIMIT_BYTES)).hexdigest()}"
    bag_at(path)
    raise NotABag(path, ", or one without a tag manifest: nothing binds it; see: solander bag update")
