"""The tag files of a bag of any payload, whose digests are known already: no payload is held in memory.

The same values give the same bytes.

Source: RFC 8493, section 2; Payload-Oxum, 2.2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from solander.model.bag import BagInfo, FetchEntry, InfoField
from solander.model.fixity import digest
from solander.packing.algorithms import written_name
from solander.packing.paths import escape
from solander.packing.tag_files import BAGIT_TXT, format_bag_info, format_manifest

Digests = Mapping[str, Sequence[str]]
"""By path, one for each algorithm, in order."""


def tag_files_of(
    *,
    info: BagInfo,
    payload: Digests,
    algorithms: Sequence[str],
    tag_files: Sequence[tuple[str, bytes]] = (),
    others: Digests | None = None,
    tag_algorithms: Sequence[str] | None = None,
) -> tuple[tuple[str, bytes], ...]:
    """Make the tag files of a BagIt 1.0 bag.

    Args:
        info: the metadata elements, whole, with their ``Payload-Oxum``.
        payload: digests of the payload files, by names within the bag.
        algorithms: ``hashlib``'s names, in the order of the digests; each makes a manifest and a tag manifest.
        tag_files: further tag files, in hand.
        others: digests of tag files that are not in hand.
        tag_algorithms: of the tag manifests, where they are others; then all tag files are in hand.

    Returns:
        Names within the bag and bytes: ``bagit.txt``, ``bag-info.txt``, manifests, ``tag_files``, tag manifests.

    Raises:
        ValueError: a name or a field cannot be written, no algorithm is named, or tag files are not in hand whose
            digests are of other algorithms than the tag manifests.
    """
    if not algorithms:
        raise ValueError("a bag has at least one manifest")
    tags = {"bagit.txt": BAGIT_TXT, "bag-info.txt": format_bag_info(info), **dict(tag_files)}
    for number, algorithm in enumerate(algorithms):
        lines = {path: digests[number] for path, digests in payload.items()}
        tags[f"manifest-{written_name(algorithm)}.txt"] = format_manifest(lines)
    tag_manifests = {}
    if others and tag_algorithms is not None:
        raise ValueError("digests of tag files that are not in hand are of the manifests' algorithms")
    for number, algorithm in enumerate(algorithms if tag_algorithms is None else tag_algorithms):
        lines = {path: digests[number] for path, digests in (others or {}).items()}
        lines |= {name: digest(content, algorithm).value for name, content in tags.items()}
        tag_manifests[f"tagmanifest-{written_name(algorithm)}.txt"] = format_manifest(lines)
    return (*tags.items(), *tag_manifests.items())


def with_field(info: BagInfo, label: str, value: str) -> BagInfo:
    """The same metadata with this field once, where it stood first, or at the end."""
    wanted = label.casefold()
    labels = [field.label.casefold() for field in info.fields]
    at = labels.index(wanted) if wanted in labels else len(labels)
    before = info.fields[:at]
    after = (field for field in info.fields[at:] if field.label.casefold() != wanted)
    return BagInfo(fields=(*before, InfoField(label, value), *after))


def format_fetch(entries: Iterable[FetchEntry]) -> bytes:
    """Write ``fetch.txt``, in the order given; ``parse_fetch`` undone.

    Raises:
        ValueError: a path cannot be written.
    """
    return "".join(
        f"{one.url} {'-' if one.size_bytes is None else one.size_bytes} {escape(one.path)}\n" for one in entries
    ).encode()
