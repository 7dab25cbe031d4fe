"""BAG rules of contents: its metadata, and the names and kinds of its files.

Source: RFC 8493, sections 2.2.2 (metadata), 2.2.3 (fetch.txt) and 5.2 (names on other systems).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

from solander.checking.bag_compared import Compared, is_payload, shown
from solander.checking.bag_writing import met
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag, InfoField
from solander.model.finding import Place
from solander.model.fixity import WEAK_ALGORITHMS

_OXUM = re.compile(r"([0-9]{1,18})\.([0-9]{1,18})")
_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_ONCE = frozenset({"bagging-date", "bag-size", "bag-group-identifier", "bag-count"})


def _oxums(bag: Bag) -> list[InfoField]:
    return [field for field in bag.info.fields if field.label.casefold() == "payload-oxum"]


def _is_date(text: str) -> bool:
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


@rule("BAG015", "payload-oxum-mismatch", severity="error", source="RFC 8493, 2.2.2")
def payload_oxum_mismatch(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``Payload-Oxum`` is not the size and number of the payload files.

    Why: Files were lost, added or changed in length.

    Remedy: See which findings name files; restore those.
    """
    sizes = [entry.size_bytes for path, entry in compared.files.items() if is_payload(path)]
    found = f"{sum(sizes)}.{len(sizes)}"
    if any(is_payload(f"{folder}/") for folder in bag.unread_folders):
        # What was not seen was not counted either.
        return
    for field in _oxums(bag):
        match = _OXUM.fullmatch(field.value)
        if match is not None and (int(match[1]), int(match[2])) != (sum(sizes), len(sizes)):
            yield Fault(Place(bag.info_path, field.line), "bytes and files of the payload", field.value, found)


@rule("BAG016", "payload-oxum-malformed", severity="error", source="RFC 8493, 2.2.2")
def payload_oxum_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``Payload-Oxum`` is no two numbers with a dot between, or stands twice.

    Why: The quick check of completeness cannot be made.

    Remedy: Write ``<bytes>.<files>`` once, then renew the tag manifests.
    """
    for number, field in enumerate(_oxums(bag)):
        place = Place(bag.info_path, field.line)
        if _OXUM.fullmatch(field.value) is None:
            yield Fault(place, "it is no number of bytes, dot and number of files", None, shown(field.value[:80]))
        if number:
            yield Fault(place, "Payload-Oxum must not be repeated", None, shown(field.value[:80]))


@rule("BAG017", "symlink-in-bag", severity="error", source="law 6: what comes from outside is bounded")
def symlink_in_bag(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name in the bag is a symbolic link.

    Why: What it points to may lie outside the bag, change without the bag, or be missing elsewhere. It was not
    followed.

    Remedy: Put the file itself in its place, and make the bag anew.
    """
    for entry in bag.entries:
        if entry.kind == "symlink":
            yield Fault(Place(shown(entry.path)), "it is a symbolic link; it was not followed")


@rule("BAG018", "special-file-in-bag", severity="error", source="law 6: what comes from outside is bounded")
def special_file_in_bag(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A name in the bag is a pipe, a device or a socket.

    Why: It holds no bytes that could be kept, and to open it may wait for ever. It was not opened.

    Remedy: Take it out of the bag.
    """
    for entry in bag.entries:
        if entry.kind == "special":
            yield Fault(Place(shown(entry.path)), "it is a pipe, a device or a socket; it was not opened")


@rule("BAG022", "bag-info-field-empty", severity="warning", source="RFC 8493, 2.2.2")
def bag_info_field_empty(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A field of ``bag-info.txt`` has no value.

    Why: It says nothing, and may have lost what it said.

    Remedy: Fill it in or leave it out, then renew the tag manifests.
    """
    for field in bag.info.fields:
        if not field.value:
            yield Fault(Place(bag.info_path, field.line), f"{shown(field.label)} has no value")


@rule("BAG025", "file-unreadable", severity="error", source="law 7: not checked is never valid")
def file_unreadable(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file or folder of the bag could not be read, or is beyond a bound.

    Why: It could not be checked.

    Remedy: Correct its permissions, or look at the disk; then validate again.
    """
    yield from met(bag, "file-unreadable")
    for path, why in compared.unreadable.items():
        yield Fault(Place(shown(path)), f"{why}: it could not be checked")


@rule("BAG027", "data-folder-missing", severity="error", source="RFC 8493, 2.1.2")
def data_folder_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The bag has no folder ``data``.

    Why: The payload has its place there, even if it is empty.

    Remedy: Restore the folder from another copy, or make it if the payload is empty.
    """
    if not any(entry.kind == "folder" and entry.path == "data" for entry in bag.entries):
        yield Fault(Place("data"), "there is no such folder")


@rule("BAG029", "fetch-file-unlisted", severity="error", source="RFC 8493, 2.2.3")
def fetch_file_unlisted(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``fetch.txt`` names a file that a payload manifest does not list.

    Why: What is fetched could not be checked.

    Remedy: List it in every payload manifest, or take it out of ``fetch.txt``.
    """
    for entry in bag.fetch:
        lacking = [one.path for one in bag.manifests if entry.path not in compared.lists[one.path]]
        if lacking and (bag.rules_version >= (1, 0) or len(lacking) == len(bag.manifests)):
            what = f"{', '.join(lacking)} lacks {shown(entry.path)}"
            yield Fault(Place("fetch.txt", entry.line), what)


@rule("BAG037", "names-collide", severity="warning", source="RFC 8493, 5.2")
def names_collide(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """Two payload paths differ only in capitals or in how accents are composed.

    Why: On Windows and macOS one file overwrites the other.

    Remedy: Rename one of them, and make the bag anew.
    """
    seen: dict[str, str] = {}
    listed = {path for one in bag.manifests for path in compared.lists[one.path]}
    for path in sorted(listed.union(filter(is_payload, compared.files))):
        key = path.casefold() if path.isascii() else unicodedata.normalize("NFC", path.casefold())
        other = seen.setdefault(key, path)
        if other != path and compared.there.get(path) != other and compared.there.get(other) != path:
            yield Fault(Place(shown(path)), f"it differs from {shown(other)} only in capitals or composition")


@rule("BAG038", "name-in-another-form", severity="warning", source="RFC 8493, 5.2")
def name_in_another_form(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A listed file is there under a name that is composed of other code points (NFC, NFD).

    Why: The bag passed through a system that rewrites names. The file was checked under the name it has; other
    programs may miss it.

    Remedy: Rename the file as the manifest writes it.
    """
    for manifest in (*bag.manifests, *bag.tag_manifests):
        for entry in manifest.entries:
            there = compared.there.get(entry.path, entry.path)
            if there != entry.path:
                what = "the name on disk has other code points"
                yield Fault(Place(manifest.path, entry.line), what, ascii(entry.path), ascii(there))


@rule("BAG039", "system-file", severity="warning", source="RFC 8493, 5.2")
def system_file(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The payload has a file that an operating system leaves behind: ``.DS_Store``, ``Thumbs.db`` and their
    like.

    Why: It is no content, and the system may change or remove it without asking, which breaks the bag.

    Remedy: Make the bag anew without it.
    """
    listed = {path: (one.path, line) for one in bag.manifests for path, _, line in one.entries}
    for path in sorted(set(filter(is_payload, compared.files)) | set(listed)):
        if path.rpartition("/")[2].casefold() in _SYSTEM_FILES:
            yield Fault(Place(*listed.get(path, (shown(path), None))), f"{shown(path)} is left by a system")


@rule("BAG040", "weak-algorithms-only", severity="info", source="RFC 8493, 2.4")
def weak_algorithms_only(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """Only MD5 or SHA-1 protect the payload.

    Why: They show accidents, but another file with the same digest can be made on purpose.

    Remedy: Add a manifest of ``sha512``.
    """
    known = [one.algorithm for one in bag.manifests if one.algorithm]
    if known and all(one in WEAK_ALGORITHMS for one in known):
        yield Fault(Place(bag.manifests[0].path), f"only {' and '.join(known)}", "sha512")


@rule("BAG041", "bagging-date-malformed", severity="warning", source="RFC 8493, 2.2.2")
def bagging_date_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``Bagging-Date`` is no date ``YYYY-MM-DD``.

    Why: Programs cannot sort or search by it.

    Remedy: Write the date so, then renew the tag manifests.
    """
    for field in bag.info.fields:
        if field.label.casefold() == "bagging-date" and field.value and not _is_date(field.value):
            yield Fault(Place(bag.info_path, field.line), "it is no date", "YYYY-MM-DD", shown(field.value[:80]))


@rule("BAG042", "bag-info-field-repeated", severity="warning", source="RFC 8493, 2.2.2")
def bag_info_field_repeated(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A field that BagIt wants once stands twice.

    Why: Which value holds is anybody's guess.

    Remedy: Leave all but one out, then renew the tag manifests.
    """
    seen: set[str] = set()
    for field in bag.info.fields:
        label = field.label.casefold()
        if label in seen and label in _ONCE:
            yield Fault(Place(bag.info_path, field.line), f"{field.label} should stand once", None, shown(field.value))
        seen.add(label)


RULES = (
    payload_oxum_mismatch,
    payload_oxum_malformed,
    symlink_in_bag,
    special_file_in_bag,
    bag_info_field_empty,
    file_unreadable,
    data_folder_missing,
    fetch_file_unlisted,
    names_collide,
    name_in_another_form,
    system_file,
    weak_algorithms_only,
    bagging_date_malformed,
    bag_info_field_repeated,
)
"""By code."""
