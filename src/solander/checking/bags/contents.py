"""BAG rules of contents: its metadata, and the names and kinds of its files.

Source: RFC 8493, sections 2.2.2 (metadata), 2.2.3 (fetch.txt) and 6.1 (names on other systems).
"""

from __future__ import annotations

import itertools
import re
from array import array
from collections.abc import Iterator

from solander.checking.bags.compared import OXUM, Compared, is_payload, oxum_bytes, shown
from solander.checking.bags.writing import met
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag, InfoField
from solander.model.finding import Place
from solander.model.fixity import WEAK_ALGORITHMS
from solander.model.normal_forms import has_many_marks, normal_form

_SYSTEM_FILES = frozenset({".ds_store", "thumbs.db", "desktop.ini", "ehthumbs.db"})
_SYSTEM_ENDS = tuple({end for name in _SYSTEM_FILES for end in (name[-1], name[-1].upper())})
"""Characters in which they end: nearly no other name need be looked at."""
_BATCH_NAMES = 4096
_PROFILE_LABEL = "bagit-profile-identifier"
_ONCE = frozenset({"bagging-date", "bag-size", "bag-group-identifier", "bag-count"})


def _oxums(bag: Bag) -> list[InfoField]:
    return [field for field in bag.info.fields if field.label.casefold() == "payload-oxum"]


def _is_date(text: str) -> bool:
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text) is None:
        return False
    from datetime import date  # late: the files are read meanwhile

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
    linked = [compared.files[path].size_bytes for path in compared.links.values()]
    found = f"{sum(sizes)}.{len(sizes)}"
    # Tools that follow links count what is behind them as files of their own.
    true = {(sum(sizes), len(sizes)), (sum(sizes) + sum(linked), len(sizes) + len(linked))}
    if any(is_payload(f"{folder}/") for folder in bag.unread_folders):
        # What was not seen was not counted either.
        return
    for field in _oxums(bag):
        match = OXUM.fullmatch(field.value)
        if match is not None and (int(match[1]), int(match[2])) not in true:
            yield Fault(Place(bag.info_path, field.line), "the payload's bytes or files differ", field.value, found)


@rule("BAG016", "payload-oxum-malformed", severity="error", source="RFC 8493, 2.2.2")
def payload_oxum_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``Payload-Oxum`` is no two numbers with a dot between, or stands twice.

    Why: The quick check of completeness cannot be made.

    Remedy: Write ``<bytes>.<files>`` once, then renew the tag manifests.
    """
    for number, field in enumerate(_oxums(bag)):
        place = Place(bag.info_path, field.line)
        if OXUM.fullmatch(field.value) is None:
            yield Fault(place, "it is not written as BYTES.FILES", None, shown(field.value[:80]))
        if number:
            yield Fault(place, "Payload-Oxum must not be repeated", None, shown(field.value[:80]))


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
    for path, why in sorted(compared.unreadable.items()):
        yield Fault(Place(shown(path)), f"{why}: it could not be checked")


@rule("BAG090", "file-changed-while-read", severity="error", source="law 7: not checked is never valid")
def file_changed_while_read(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A file was not the same from the moment when the bag was listed to the end of reading it.

    Why: What was read is neither the old file nor the new one, so nothing is proved of either.

    Remedy: Find out what writes into the bag, and validate again when nothing does.
    """
    for path in sorted(compared.changed):
        yield Fault(Place(shown(path)), "it changed while it was read: it could not be checked")


@rule("BAG091", "file-larger-than-payload", severity="error", source="RFC 8493, 2.2.2")
def file_larger_than_payload(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A payload file is larger than ``Payload-Oxum`` says that all payload files are together. It was not read.

    Why: It cannot be the file that was packed, and to read it could take for ever: a file may claim any size.

    Remedy: Restore the file from another copy; if ``Payload-Oxum`` is wrong, make the bag anew.
    """
    for entry in compared.oversized:
        what = "it is larger than the whole payload should be; it was not read"
        yield Fault(Place(shown(entry.path)), what, f"at most {oxum_bytes(bag)}", str(entry.size_bytes))


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
    manifests = {one.path: compared.lists[one.path] for one in bag.manifests if one.path not in bag.unread_files}
    for entry in bag.fetch:
        lacking = [path for path, listed in manifests.items() if entry.path not in listed]
        if lacking and (bag.rules_version >= (1, 0) or len(lacking) == len(bag.manifests)):
            yield Fault(Place("fetch.txt", entry.line), f"{', '.join(lacking)} lacks {shown(entry.path)}")


@rule("BAG037", "names-collide", severity="warning", source="RFC 8493, 6.1")
def names_collide(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """Two payload paths differ only in capitals or in how accents are composed.

    Why: On Windows and macOS one file overwrites the other.

    Remedy: Rename one of them, and make the bag anew.
    """
    suspects: dict[str, set[str]] = {}
    hashes = array("q")
    for name, form in _other_forms(compared.payload_names):
        hashes.append(hash(form))
        if form in compared.files or any(form in rows for rows in compared.lists.values()):
            suspects.setdefault(form, {form}).add(name)
    # Of a million forms hardly any are alike: only those with a fellow by their hash are held.
    twice = {one for one, other in itertools.pairwise(sorted(hashes)) if one == other}
    if twice:
        for name, form in _other_forms(compared.payload_names):
            if hash(form) in twice:
                suspects.setdefault(form, set()).add(name)
    for first, *others in map(sorted, suspects.values()):
        for path in others:
            if compared.there.get(path) != first and compared.there.get(first) != path:
                yield Fault(Place(shown(path)), f"it differs from {shown(first)} only in capitals or composition")


def _other_forms(names: list[str]) -> Iterator[tuple[str, str]]:
    """Names that are not in their plainest form, each with that: small letters, composed accents."""
    for start in range(0, len(names), _BATCH_NAMES):
        batch = names[start : start + _BATCH_NAMES]
        # Together, parted by what no name has: a call for each would be most of the work.
        text = "\0".join(batch)
        if has_many_marks(text):
            forms = [_plainest(name) for name in batch]
        elif (plain := _plainest(text)) == text:
            continue
        else:
            forms = plain.split("\0")
        for name, form in zip(batch, forms, strict=True):
            if form != name:
                yield name, form


def _plainest(text: str) -> str:
    return text.casefold() if text.isascii() else normal_form(text.casefold())


@rule("BAG038", "name-in-another-form", severity="warning", source="RFC 8493, 6.1")
def name_in_another_form(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A listed file is there under a name that is composed of other code points (NFC, NFD).

    Why: The bag passed through a system that rewrites names. The file was checked under the name it has; other
    programs may miss it.

    Remedy: Rename the file as the manifest writes it.
    """
    for manifest in (*bag.manifests, *bag.tag_manifests):
        rows = compared.lists[manifest.path]
        for path, there in compared.there.moved.items():
            if path in rows:
                place = Place(manifest.path, manifest.entries[rows[path]].line)
                yield Fault(place, "the name on disk is written with other code points", ascii(path), ascii(there))


@rule("BAG039", "system-file", severity="warning", source="RFC 8493, 6.1")
def system_file(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The payload has a file that an operating system leaves behind: ``.DS_Store``, ``Thumbs.db`` and their
    like.

    Why: It is no content, and the system may change or remove it without asking, which breaks the bag.

    Remedy: Make the bag anew without it.
    """
    for path in [one for one in compared.payload_names if one.endswith(_SYSTEM_ENDS)]:
        if path.rpartition("/")[2].casefold() in _SYSTEM_FILES:
            lines = ((one, compared.lists[one.path].get(path)) for one in reversed(bag.manifests))
            place = next((Place(one.path, one.entries[row].line) for one, row in lines if row is not None), None)
            yield Fault(place or Place(shown(path)), f"{shown(path)} is a file that an operating system leaves behind")


@rule("BAG040", "weak-algorithms-only", severity="warning", source="RFC 8493, 2.4")
def weak_algorithms_only(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """Only MD5 or SHA-1 protect the payload.

    Why: They show accidents, but another file with the same digest can be made on purpose.

    Remedy: Add a manifest of ``sha512``.
    """
    known = [one.algorithm for one in bag.manifests if one.algorithm]
    if known and all(one in WEAK_ALGORITHMS for one in known):
        yield Fault(Place(bag.manifests[0].path), f"its only digests are {' and '.join(known)}", "sha512")


@rule("BAG041", "bagging-date-malformed", severity="warning", source="RFC 8493, 2.2.2")
def bagging_date_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``Bagging-Date`` is no date ``YYYY-MM-DD``.

    Why: Programs cannot sort or search by it.

    Remedy: Write the date so, then renew the tag manifests.
    """
    for field in bag.info.fields:
        if field.label.casefold() == "bagging-date" and field.value and not _is_date(field.value):
            yield Fault(Place(bag.info_path, field.line), "this is not a date", "YYYY-MM-DD", shown(field.value[:80]))


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
            yield Fault(Place(bag.info_path, field.line), f"{field.label} is repeated", None, shown(field.value[:80]))
        seen.add(label)


@rule("BAG057", "empty-folder", severity="warning", source="RFC 8493, 2.1.3")
def empty_folder(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A folder of the bag other than ``data`` itself holds nothing, and no manifest lists a file in it.

    Why: Manifests list files alone: the folder can vanish without anybody seeing it, and many ways of copying a bag
    leave it out.

    Remedy: If the folder means something, put a file into it (``.keep``) and make the bag anew; if not, take it out.
    """
    filled = {entry.path.rpartition("/")[0] for entry in bag.entries} | {"data"}
    empty = [entry.path for entry in bag.entries if entry.kind == "folder" and entry.path not in filled]
    # Of a file that is missing it is said already, and the folder will be filled again with it.
    wanted = {path.rpartition("/")[0] for paths in compared.lists.values() for path in paths} if empty else ()
    for path in empty:
        if path not in wanted:
            yield Fault(Place(shown(path)), "this folder is empty, and no manifest can list it")


@rule("BAG059", "profile-unknown", severity="info", source="BagIt Profiles 1.4, BagIt-Profile-Identifier")
def profile_unknown(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The bag names a profile that is neither built in, nor named in ``solander.toml``, nor given.

    Why: Whether the bag keeps what that profile asks was not looked at.

    Remedy: Ask whoever keeps the profile for its file, and give it: ``solander validate BAG --profile FILE``; or name
    the file in ``solander.toml``, under ``[check] profiles``. Nothing is ever fetched from where the bag says it is.
    """
    for field in bag.info.fields:
        if field.label.casefold() == _PROFILE_LABEL and field.value and field.value not in compared.profiles:
            what = "this profile is not known here, and nothing was judged by it; give its file: --profile FILE"
            yield Fault(Place(bag.info_path, field.line), what, None, shown(field.value[:200]))


RULES = (
    payload_oxum_mismatch,
    payload_oxum_malformed,
    special_file_in_bag,
    bag_info_field_empty,
    file_unreadable,
    file_changed_while_read,
    file_larger_than_payload,
    data_folder_missing,
    fetch_file_unlisted,
    names_collide,
    name_in_another_form,
    system_file,
    weak_algorithms_only,
    bagging_date_malformed,
    bag_info_field_repeated,
    empty_folder,
    profile_unknown,
)
"""By code."""
