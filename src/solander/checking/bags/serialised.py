"""BAG rules of serialization: one bag in one archive file, and nothing in it that harms whoever unpacks it.

The facts were met by the tree that read the archive file; here each gets its code, its gravity and its explanation.

Source: RFC 8493, sections 4 (serialization) and 5.1.1 (paths that lead elsewhere).
"""

from __future__ import annotations

from collections.abc import Iterator

from solander.checking.bags.compared import shown
from solander.checking.rules import Check, Fault, rule, run
from solander.model.finding import Finding, Place, in_order
from solander.model.serialised import Serialisation

NEVER_CHECKED = frozenset({"serialised-unreadable", "serialised-bound-exceeded", "serialised-encrypted"})
"""Rules whose findings say that something was not read: "not checked" is never "valid"."""


def _met(serialisation: Serialisation, kind: str) -> Iterator[Fault]:
    for fault in serialisation.faults:
        if fault.kind == kind:
            expected, found = (None if one is None else shown(one) for one in (fault.expected, fault.found))
            yield Fault(Place(shown(fault.path)), shown(fault.message), expected, found)


@rule("BAG070", "serialised-unreadable", severity="error", source="law 7: not checked is never valid")
def serialised_unreadable(serialisation: Serialisation) -> Iterator[Fault]:
    """The archive file is cut off or damaged, so that its members could not all be read.

    Why: What lies beyond could not be checked.

    Remedy: Restore the archive file from another copy, or serialise the bag again.
    """
    return _met(serialisation, "serialised-unreadable")


@rule("BAG071", "serialised-root-not-one", severity="error", source="RFC 8493, 4")
def serialised_root_not_one(serialisation: Serialisation) -> Iterator[Fault]:
    """The archive file does not have exactly one folder at its top, with everything in it.

    Why: Whoever unpacks it gets files beside the bag, or several folders, and cannot tell which is the bag.

    Remedy: Serialise the bag's folder from the folder in which it stands: ``tar -cf bag.tar bag``.
    What a Mac put beside it goes with ``zip -d bag.zip '__MACOSX/*'``.
    """
    return _met(serialisation, "serialised-root-not-one")


@rule("BAG072", "serialised-member-outside", severity="error", source="RFC 8493, 5.1.1")
def serialised_member_outside(serialisation: Serialisation) -> Iterator[Fault]:
    """A member's name is absolute, climbs with ``..``, or holds a backslash or a NUL.

    Why: A careless program that unpacks it writes outside the folder it was given. The member was not read.

    Remedy: Do not unpack the archive file before its maker has explained it.
    """
    return _met(serialisation, "serialised-member-outside")


@rule("BAG073", "serialised-member-repeated", severity="error", source="RFC 8493, 4")
def serialised_member_repeated(serialisation: Serialisation) -> Iterator[Fault]:
    """Two members have the same name, or one is a file and the other a folder.

    Why: Some programs keep the first when they unpack, others the last; only one of them was checked.

    Remedy: Find out which of the two belongs to the bag, and serialise it again.
    """
    return _met(serialisation, "serialised-member-repeated")


@rule("BAG074", "serialised-member-irregular", severity="error", source="law 6: what comes from outside is bounded")
def serialised_member_irregular(serialisation: Serialisation) -> Iterator[Fault]:
    """A member is a hard link, a file with holes, a part of a file, or of a kind that is not known.

    Why: It has no bytes of its own in the archive file, or has them in a form that not every program reads.

    Remedy: Serialise the bag again, with whole files only: ``tar --hard-dereference``, and without ``--sparse``.
    """
    return _met(serialisation, "serialised-member-irregular")


@rule("BAG075", "serialised-bound-exceeded", severity="error", source="law 6: what comes from outside is bounded")
def serialised_bound_exceeded(serialisation: Serialisation) -> Iterator[Fault]:
    """The archive file has more members, longer names or deeper folders than are read, or decodes to too many bytes.

    Why: A small file can be made to fill any disk. What lies beyond the bound was not read, and not checked.

    Remedy: If its maker is trusted, unpack it and validate the folder.
    """
    return _met(serialisation, "serialised-bound-exceeded")


@rule("BAG076", "serialised-encrypted", severity="error", source="law 7: not checked is never valid")
def serialised_encrypted(serialisation: Serialisation) -> Iterator[Fault]:
    """A member is encrypted.

    Why: It could not be checked, and what nobody has the key to is lost.

    Remedy: Decrypt it, and serialise the bag again without encryption.
    """
    return _met(serialisation, "serialised-encrypted")


@rule("BAG077", "serialised-member-harmed", severity="error", source="law 6: what comes from outside is bounded")
def serialised_member_harmed(serialisation: Serialisation) -> Iterator[Fault]:
    """A member has another size, checksum, method or name than the zip file's directory says, by its bytes or by its
    own header, or lies within another.

    Why: The archive file was damaged, or made so that two programs find different files in it.

    Remedy: Restore the archive file from another copy, or serialise the bag again.
    """
    return _met(serialisation, "serialised-member-harmed")


@rule("BAG078", "serialised-edges-irregular", severity="warning", source="RFC 8493, 4")
def serialised_edges_irregular(serialisation: Serialisation) -> Iterator[Fault]:
    """Bytes stand before, behind or between the archive's members that belong to none, or its end is not marked.

    Why: No manifest protects such bytes, and programs that read from the beginning may unpack them; and a file that was
    cut off between two members has no end.

    Remedy: Serialise the bag again.
    """
    return _met(serialisation, "serialised-edges-irregular")


@rule("BAG079", "serialised-name-differs", severity="warning", source="RFC 8493, 4")
def serialised_name_differs(serialisation: Serialisation) -> Iterator[Fault]:
    """The archive file is not named for its root folder.

    Why: Whoever unpacks ``mybag.zip`` looks for ``mybag``, as BagIt recommends.

    Remedy: Rename the archive file.
    """
    root, expected = serialisation.root, serialisation.named_root
    if root is not None and root != expected:
        yield Fault(Place("."), "the root folder has another name than the file", shown(expected), shown(root))


RULES: tuple[Check[[Serialisation]], ...] = (
    serialised_unreadable,
    serialised_root_not_one,
    serialised_member_outside,
    serialised_member_repeated,
    serialised_member_irregular,
    serialised_bound_exceeded,
    serialised_encrypted,
    serialised_member_harmed,
    serialised_edges_irregular,
    serialised_name_differs,
)
"""By code."""


def check_serialised(serialisation: Serialisation) -> tuple[Finding, ...]:
    """Judge an archive file that holds a bag; to be asked last, when its members were read.

    Returns:
        Findings in order of place, then code.
    """
    return in_order(run(RULES, serialisation))
