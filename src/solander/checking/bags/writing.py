"""BAG rules of writing: what was wrong with a tag file before any file was compared.

The faults were met by ``packing.parse``; here each gets its code, its gravity and its explanation.

Source: RFC 8493, section 2.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from solander.checking.bags.compared import Compared, shown
from solander.checking.rules import Fault, rule
from solander.model.bag import Bag
from solander.model.finding import Place


def met(bag: Bag, kind: str) -> Iterator[Fault]:
    """The faults of one kind that were met while the bag was read."""
    for fault in bag.faults:
        if fault.kind == kind:
            expected, found = (None if one is None else shown(one) for one in (fault.expected, fault.found))
            yield Fault(Place(shown(fault.path), fault.line), shown(fault.message), expected, found)


def _has_known_sibling(bag: Bag, path: str) -> bool:
    """Whether a manifest of the same kind is of an algorithm that is known."""
    return any(one.algorithm for one in (bag.tag_manifests if path.startswith("tag") else bag.manifests))


@rule("BAG001", "bagit-txt-missing", severity="error", source="RFC 8493, 2.1.1")
def bagit_txt_missing(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The folder has no ``bagit.txt``.

    Why: The bag declaration makes a folder a bag; without it no program knows by which rules to read the rest.

    Remedy: If this should be a bag, restore ``bagit.txt`` from a copy; in an archive, move away what is no bag.
    """
    return met(bag, "bagit-txt-missing")


@rule("BAG002", "bagit-txt-malformed", severity="error", source="RFC 8493, 2.1.1")
def bagit_txt_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """``bagit.txt`` is not the two lines that BagIt has there: version and character encoding, in UTF-8,
    without a byte order mark.

    Why: Every other file is read by what it says.

    Remedy: Restore the file, or write ``BagIt-Version: 1.0`` and ``Tag-File-Character-Encoding: UTF-8``, each
    on its line.
    """
    return met(bag, "bagit-txt-malformed")


@rule("BAG010", "manifest-line-malformed", severity="error", source="RFC 8493, 2.1.3")
def manifest_line_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A line of a manifest is no digest of its algorithm, white space and path.

    Why: Whatever the line protected is protected no more.

    Remedy: Restore the manifest from a copy, or reckon the digest anew if the file is known to be right.
    """
    return met(bag, "manifest-line-malformed")


@rule("BAG013", "path-outside-bag", severity="error", source="RFC 8493, 5.1")
def path_outside_bag(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A path is absolute, climbs out of the bag with ``..``, or begins with ``~`` or a drive.

    Why: A bag that names files outside itself can make a careless program read or overwrite them.

    Remedy: Do not use the bag before its maker has explained it.
    """
    return met(bag, "path-outside-bag")


@rule("BAG014", "path-in-wrong-list", severity="error", source="RFC 8493, 2.1.3 and 2.2.1")
def path_in_wrong_list(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A payload manifest or ``fetch.txt`` names a file outside ``data/``, or a tag manifest one in it.

    Why: The payload is what payload manifests list, and tag files are what tag manifests list; a file in the
    wrong list is not protected as what it is.

    Remedy: Move the line to the manifest in which it belongs.
    """
    return met(bag, "path-in-wrong-list")


@rule("BAG019", "algorithm-unknown", severity="error", source="RFC 8493, 2.4")
def algorithm_unknown(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest is of an algorithm that Solander does not know, and no other manifest lists the same files.

    Why: Its digests cannot be checked, and not checked is never valid.

    Remedy: Check it with a program that knows the algorithm, and add a manifest of ``sha512``.
    """
    return (fault for fault in met(bag, "algorithm-unknown") if not _has_known_sibling(bag, fault.place.path))


@rule("BAG044", "algorithm-unchecked", severity="warning", source="RFC 8493, 2.4")
def algorithm_unchecked(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest is of an algorithm that Solander does not know; another one lists the same kind of files, and was
    checked.

    Why: The digests of this one were not looked at.

    Remedy: Check it with a program that knows the algorithm.
    """
    return (fault for fault in met(bag, "algorithm-unknown") if _has_known_sibling(bag, fault.place.path))


@rule("BAG045", "algorithm-without-length", severity="error", source="RFC 8493, 2.4")
def algorithm_without_length(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest is of an algorithm whose digests may have any length: ``shake_128``, ``shake_256``.

    Why: A digest that may be one digit long proves nothing, and no two programs need take the same length.

    Remedy: Make the manifest anew with ``sha512``, then renew the tag manifests.
    """
    return met(bag, "algorithm-without-length")


@rule("BAG047", "nul-in-tag-file", severity="error", source="RFC 8493, 2.3")
def nul_in_tag_file(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag file of BagIt's own has a NUL character.

    Why: No file can have such a name, and many programs read no further. Either the file is damaged, or its
    encoding is not the one that ``bagit.txt`` names.

    Remedy: Restore the file, or name its true encoding in ``bagit.txt``.
    """
    return met(bag, "nul-in-tag-file")


@rule("BAG048", "blank-line", severity="warning", source="RFC 8493, 2.1.3 and 2.2.3")
def blank_line(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A manifest or ``fetch.txt`` has a line on which nothing stands.

    Why: BagIt has no such lines; other programs refuse the file, or read no further.

    Remedy: Take the line out, then renew the tag manifests.
    """
    return met(bag, "blank-line")


@rule("BAG021", "bag-info-line-malformed", severity="error", source="RFC 8493, 2.2.2")
def bag_info_line_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A line of ``bag-info.txt`` is no label, colon and value, nor the continuation of one.

    Why: What it says of the bag is lost to programs.

    Remedy: Write ``Label: value``, and begin the next lines of a long value with a space.
    """
    return met(bag, "bag-info-line-malformed")


@rule("BAG023", "bag-info-separator", severity="warning", source="RFC 8493, 2.2.2")
def bag_info_separator(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A field has white space before its colon, or none after it.

    Why: BagIt 1.0 has exactly one space or tab after the colon; other programs may not see the field.

    Remedy: Write ``Label: value``, then renew the tag manifests.
    """
    return met(bag, "bag-info-separator")


@rule("BAG024", "tag-file-undecodable", severity="error", source="RFC 8493, 2.1.1")
def tag_file_undecodable(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag file has bytes that are no characters in the encoding that ``bagit.txt`` names.

    Why: Names and digests in it may be read wrongly.

    Remedy: Restore the file, or name its true encoding in ``bagit.txt``.
    """
    return met(bag, "tag-file-undecodable")


@rule("BAG026", "bagit-version-unknown", severity="error", source="RFC 8493, 2.1.1")
def bagit_version_unknown(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The bag is of a version of BagIt that Solander does not know; it was judged as 1.0.

    Why: Other rules may hold for it, and not checked is never valid.

    Remedy: Look for a newer Solander, or correct the version if it is a slip.
    """
    return met(bag, "bagit-version-unknown")


@rule("BAG028", "fetch-line-malformed", severity="error", source="RFC 8493, 2.2.3")
def fetch_line_malformed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A line of ``fetch.txt`` is no address, size and path.

    Why: A payload file that was left out can then not be had.

    Remedy: Write ``<address> <size in bytes or -> <path>``.
    """
    return met(bag, "fetch-line-malformed")


@rule("BAG032", "md5sum-mark", severity="warning", source="RFC 8493, 2.1.3")
def md5sum_mark(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A path in a manifest begins with an asterisk, as ``md5sum`` writes it in binary mode.

    Why: The asterisk is no part of the name, but another program may take it for one.

    Remedy: Leave the asterisk out, then renew the tag manifests.
    """
    return met(bag, "md5sum-mark")


@rule("BAG033", "path-not-normal", severity="warning", source="RFC 8493, 2.1.3")
def path_not_normal(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A path in a list begins with ``./``, has empty parts, or steps back with ``..`` without leaving the bag.

    Why: Programs that compare names letter by letter do not find the file.

    Remedy: Write the path from the bag's folder, without ``./`` and ``..``; then renew the tag manifests.
    """
    return met(bag, "path-not-normal")


@rule("BAG034", "percent-unescaped", severity="warning", source="RFC 8493, 2.1.3")
def percent_unescaped(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A path of a BagIt 1.0 list has a percent sign that is not written as ``%25``.

    Why: Other programs may read another name. Many programs write it so, which is why it is read here.

    Remedy: Write ``%25``, then renew the tag manifests.
    """
    return met(bag, "percent-unescaped")


@rule("BAG035", "digest-case-mixed", severity="warning", source="RFC 8493, 2.4")
def digest_case_mixed(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A digest has capitals and small letters.

    Why: Both are legal and mean the same, but no tool mixes them: a flipped bit can.

    Remedy: Restore the manifest from a copy, or make sure of the storage.
    """
    return met(bag, "digest-case-mixed")


@rule("BAG036", "last-line-unfinished", severity="warning", source="RFC 8493, 2.1.3")
def last_line_unfinished(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The last line of a manifest has no end.

    Why: A file that was cut off looks so.

    Remedy: Compare with a copy; if nothing is missing, add the line's end and renew the tag manifests.
    """
    return met(bag, "last-line-unfinished")


@rule("BAG043", "byte-order-mark", severity="warning", source="RFC 8493, 2.1.1")
def byte_order_mark(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """A tag file begins with a byte order mark in UTF-8.

    Why: Programs that do not expect it take it for a part of the first digest or label.

    Remedy: Save the file without the mark, then renew the tag manifests.
    """
    return met(bag, "byte-order-mark")


@rule("BAG063", "manifest-name-not-normal", severity="warning", source="RFC 8493, 2.1.3 and 2.4")
def manifest_name_not_normal(bag: Bag, compared: Compared) -> Iterator[Fault]:
    """The name of a manifest writes its algorithm otherwise than in small letters and digits, or a second manifest is
    of the same algorithm.

    Why: Programs that look for ``manifest-sha512.txt`` pass ``manifest-SHA-512.txt`` by, and say that the bag has no
    manifest or does not list its files; where capitals count for nothing one of two takes the other's place.

    Remedy: Rename the manifest, then renew the tag manifests (``solander bag update`` does both).
    """
    if bag.rules_version < (1, 0):
        return
    for manifests in (bag.manifests, bag.tag_manifests):
        first: dict[str, str] = {}
        for one in manifests:
            # Of an algorithm that is not known other rules speak.
            if one.algorithm is None:
                continue
            begin, hyphen, algorithm = one.path.removesuffix(".txt").partition("-")
            normal = f"{begin}{hyphen}{re.sub('[^a-z0-9]', '', algorithm.lower())}.txt"
            if one.path != normal:
                yield Fault(Place(one.path), "the algorithm's name is not in small letters and digits alone", normal)
            if (other := first.setdefault(one.algorithm, one.path)) != one.path:
                yield Fault(Place(one.path), f"it is of the same algorithm as {other}")


RULES = (
    bagit_txt_missing,
    bagit_txt_malformed,
    manifest_line_malformed,
    path_outside_bag,
    path_in_wrong_list,
    algorithm_unknown,
    bag_info_line_malformed,
    bag_info_separator,
    tag_file_undecodable,
    bagit_version_unknown,
    fetch_line_malformed,
    md5sum_mark,
    path_not_normal,
    percent_unescaped,
    digest_case_mixed,
    last_line_unfinished,
    byte_order_mark,
    algorithm_unchecked,
    algorithm_without_length,
    nul_in_tag_file,
    blank_line,
    manifest_name_not_normal,
)
"""Rules of writing, by code."""
