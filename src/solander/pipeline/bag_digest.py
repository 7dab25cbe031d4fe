"""The digest that binds every byte of a bag, as receipts and deposits name it."""

from __future__ import annotations

import contextlib
import hashlib
import re
from pathlib import Path

from solander.errors import ArchiveError, NotABag
from solander.files.folder import Folder
from solander.model.fixity import STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.packing.algorithms import algorithm_named
from solander.pipeline.archive import RECORD_LIMIT_BYTES, bag_at

DIGEST = "sha512"
"""The algorithm of the digest, as its prefix names it; the same whatever the bag's own manifests use."""


_NAME = re.compile(r"tagmanifest-([^/]+)\.txt\Z", re.DOTALL)
_STRENGTH = (
    *STRONG_ALGORITHMS,
    *("sha3_512", "sha3_384", "sha3_256", "sha3_224", "blake2b", "blake2s"),
    *WEAK_ALGORITHMS,
)
"""By which tag manifest a bag is named that has several: the first of these."""


def bag_digest(path: Path) -> str:
    """The digest that binds every byte of a bag: ``sha512:`` and that of its tag manifest, the strongest it has.

    Raises:
        NotABag: it has no tag manifest whose digests can be checked.
        ArchiveError: it could not be read.
    """
    tree = Folder(path)
    for name in _tag_manifests(path):
        with contextlib.suppress(ArchiveError):
            return f"{DIGEST}:{hashlib.sha512(tree.read(name, RECORD_LIMIT_BYTES)).hexdigest()}"
    bag_at(path)
    raise NotABag(path, ", or one without a tag manifest: nothing binds it; see: solander bag update")


def _tag_manifests(path: Path) -> list[str]:
    """The names of the tag manifests that can be checked, the strongest first, however an algorithm is written."""
    try:
        names = sorted(one.name for one in path.iterdir())
    except OSError:
        return []  # whoever reads the folder next says why
    known = ((algorithm_named(match[1]), name) for name in names if (match := _NAME.match(name)))
    ranked = [(_STRENGTH.index(algorithm), name) for algorithm, name in known if algorithm is not None]
    return [name for _, name in sorted(ranked)]
