"""The layout of a bag: payload and tag files in hand, out comes every file that the bag holds.

Layout 1: the payload is the thing, tag files are what is said of it; the profile is ``schemas/bagit-profile.json``.
The same values give the same bytes.

Source: RFC 8493, section 2; Payload-Oxum, 2.2.2.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from solander.model.bag import PAYLOAD_FOLDER, BagInfo, InfoField
from solander.model.bag_layout import README_NAME
from solander.model.description import Description
from solander.model.fixity import digest
from solander.packing.algorithms import written_name
from solander.packing.readme import write_readme
from solander.packing.tag_files import BAGIT_TXT, MANIFEST_NAME, format_bag_info, format_manifest

_OWN = frozenset({"bagit.txt", "bag-info.txt", "fetch.txt", README_NAME})


def lay_out(
    *,
    info: BagInfo,
    payload: Sequence[tuple[str, bytes]],
    tag_files: Sequence[tuple[str, bytes]] = (),
    algorithms: Sequence[str] = ("sha512",),
    description: Description | None = None,
) -> tuple[tuple[str, bytes], ...]:
    """Make every file of a bag.

    Args:
        info: the metadata elements, in order; ``Payload-Oxum`` is reckoned here and put last, or where it stood.
        payload: names within the bag, beginning with ``data/``, and their bytes.
        tag_files: names within the bag and their bytes: ``metadata/dc.xml`` and its like.
        algorithms: ``hashlib``'s names; each makes a manifest and a tag manifest.
        description: what ``README.txt`` tells of the page.

    Returns:
        Names within the bag and bytes, sorted by name: with ``bagit.txt``, ``bag-info.txt``, ``README.txt``,
        manifests, and tag manifests that list all tag files but tag manifests.

    Raises:
        ValueError: a name is in the wrong place, stands twice, or no manifest can hold it; or no algorithm is named.
    """
    names = [name for name, _ in payload] + [name for name, _ in tag_files]
    if len(set(names)) != len(names) or not algorithms:
        raise ValueError("every file of a bag has a name of its own, and a bag has at least one manifest")
    for name, _ in payload:
        if not name.startswith(PAYLOAD_FOLDER):
            raise ValueError(f"{name}: a payload file lies in data/")
    for name, _ in tag_files:
        if name.startswith(PAYLOAD_FOLDER) or name in _OWN or MANIFEST_NAME.fullmatch(name):
            raise ValueError(f"{name}: this name is not for a tag file of one's own")
    whole = with_oxum(info, (len(content) for _, content in payload))
    tags = {
        **dict(tag_files),
        "bagit.txt": BAGIT_TXT,
        "bag-info.txt": format_bag_info(whole),
        README_NAME: write_readme(whole, sorted([*names, README_NAME]), algorithms, description),
    }
    for algorithm in algorithms:
        tags[f"manifest-{written_name(algorithm)}.txt"] = _manifest(payload, algorithm)
    tag_manifests = {
        f"tagmanifest-{written_name(algorithm)}.txt": _manifest(tags.items(), algorithm) for algorithm in algorithms
    }
    return tuple(sorted({**dict(payload), **tags, **tag_manifests}.items()))


def with_oxum(info: BagInfo, sizes_bytes: Iterable[int]) -> BagInfo:
    """The same metadata with the ``Payload-Oxum`` of files of these sizes."""
    sizes = tuple(sizes_bytes)
    oxum = InfoField("Payload-Oxum", f"{sum(sizes)}.{len(sizes)}")
    labels = [field.label.casefold() for field in info.fields]
    at = labels.index("payload-oxum") if "payload-oxum" in labels else len(labels)
    others = [field for field in info.fields if field.label.casefold() != "payload-oxum"]
    return BagInfo(fields=(*others[:at], oxum, *others[at:]))


def _manifest(files: Iterable[tuple[str, bytes]], algorithm: str) -> bytes:
    return format_manifest({name: digest(content, algorithm).value for name, content in files})
