"""Whether a bag that is sent is still the one that was judged: its files are held against its manifests once more.

Judging and sending read a bag at different moments, and many bags are judged ahead.

Source: RFC 8493, section 3.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from unicodedata import normalize

from solander.errors import ArchiveError
from solander.files.descent import written
from solander.model.fixity import REQUIRED_ALGORITHM, STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.model.manifest import Manifest
from solander.model.ports import Tree, Wanted
from solander.packing.parse import parse_bag
from solander.pipeline.archive import RECORD_LIMIT_BYTES

_ORDER = (*STRONG_ALGORITHMS, *WEAK_ALGORITHMS)


_CHANGED = "it was changed after it was judged; nothing was sent: run the same command again"


def refuse_changed(
    tree: Tree, place: Path, bag_digest: str, reckoned: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Refuse a bag of which a file is another than the tag manifest of its digest binds.

    Args:
        tree: the bag, as it is sent.
        place: where it stands.
        bag_digest: as ``Consignment`` has it.
        reckoned: digests of its files that are known already: by path and algorithm.

    Raises:
        ArchiveError: a file was changed, added or removed, or could not be read.
    """
    bag = parse_bag(tree)
    binding = [one for one in bag.tag_manifests if _digest_of(tree, one.path) == bag_digest]
    if not binding:
        raise ArchiveError(place, _CHANGED)
    sizes = {entry.path: entry.size_bytes for entry in bag.entries if entry.kind == "file"}
    elsewhere = {one.path for one in bag.fetch}
    # Systems compose letters in other ways (NFC, NFD); the rules know such a name, and it is no change.
    composed = {normalize("NFC", path): path for path in sizes}
    for manifest in (binding[0], *_strongest(bag.manifests)):
        if manifest.algorithm is None:
            continue
        listed = {composed.get(normalize("NFC", path), path): digits for path, digits in manifest.digests().items()}
        found = dict(
            _digests(tree, [path for path in listed if path in sizes], sizes, manifest.algorithm, reckoned or {})
        )
        for path, digits in listed.items():
            if found.get(path) != digits and path not in elsewhere:
                raise ArchiveError(place / written(path), _CHANGED)
    payload = {normalize("NFC", path) for one in bag.manifests for path in one.entries.paths}
    for name, path in composed.items():
        if path.startswith("data/") and name not in payload:
            raise ArchiveError(place / written(path), _CHANGED)


def _strongest(manifests: Sequence[Manifest]) -> list[Manifest]:
    known = [one for one in manifests if one.algorithm in _ORDER]
    return [min(known, key=lambda one: _ORDER.index(str(one.algorithm)))] if known else []


def _digest_of(tree: Tree, path: str) -> str:
    return f"{REQUIRED_ALGORITHM}:{hashlib.sha512(tree.read(path, RECORD_LIMIT_BYTES)).hexdigest()}"


def _digests(
    tree: Tree,
    paths: Sequence[str],
    sizes: Mapping[str, int],
    algorithm: str,
    reckoned: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, str]]:
    left = []
    for path in paths:
        if digits := reckoned.get(path, {}).get(algorithm):
            yield path, digits
        else:
            left.append(Wanted(path, sizes[path], (algorithm,)))
    for one in tree.hashed(left):
        if one.fault is not None:
            raise ArchiveError(Path(tree.name) / written(one.path), one.fault)
        yield one.path, one.digests[0]
