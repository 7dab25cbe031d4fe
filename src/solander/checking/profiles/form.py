"""PRF rules of form: by which version of BagIt a bag is written, whether it is serialised, and as what.

Source: BagIt Profiles Specification 1.4.0, Accept-BagIt-Version, Serialization, Accept-Serialization.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from solander.checking.bags.compared import shown
from solander.checking.profiles.fields import PROFILE_LABEL
from solander.checking.profiles.judged import Judged, listed, place_of
from solander.checking.rules import Check, Fault, rule
from solander.model.finding import Place

MEDIA_TYPES: Mapping[str, tuple[str, ...]] = {
    "zip": ("application/zip", "application/x-zip", "application/x-zip-compressed"),
    "tar": ("application/x-tar", "application/tar", "application/x-gtar", "application/x-ustar"),
    "tar.gz": (
        *("application/gzip", "application/x-gzip", "application/tar+gzip", "application/x-tar+gzip"),
        *("application/x-tgz", "application/x-compressed-tar", "application/x-gtar-compressed"),
    ),
    "tar.bz2": ("application/x-bzip2", "application/bzip2", "application/x-bzip-compressed-tar"),
    "tar.xz": ("application/x-xz", "application/xz", "application/x-xz-compressed-tar"),
}
"""The media types that mean each form in which a bag may be serialised: profiles write them in many ways, and only
``application/zip`` and ``application/gzip`` are registered."""


@rule("PRF014", "bagit-version-not-accepted", severity="error", source="BagIt Profiles 1.4, Accept-BagIt-Version")
def bagit_version_not_accepted(judged: Judged) -> Iterator[Fault]:
    """The bag is of a version of BagIt that the profile does not accept.

    Why: The receiver may read it by other rules.

    Remedy: Make the bag anew in a version that is accepted.
    """
    accepted, version = judged.profile.accept_bagit_version, judged.bag.version
    if version is not None and "{}.{}".format(*version) not in accepted:
        yield Fault(Place("bagit.txt"), "the version is not accepted", listed(accepted), "{}.{}".format(*version))


@rule("PRF021", "serialization-not-as-wanted", severity="error", source="BagIt Profiles 1.4, Serialization")
def serialization_not_as_wanted(judged: Judged) -> Iterator[Fault]:
    """The bag is a folder where the profile requires an archive file, or the other way round.

    Why: The receiver takes the bag in no other way.

    Remedy: Put the folder into an archive file of a kind that the profile accepts, under its own name; or unpack it.
    """
    wanted, form = judged.profile.serialization, judged.form
    if wanted == "required" and form is None:
        accepted = shown(listed(judged.profile.accept_serialization, " or "))
        yield Fault(Place("."), "the profile requires one archive file", accepted or None, "a folder")
    if wanted == "forbidden" and form is not None:
        yield Fault(Place("."), "the profile forbids archive files", "a folder", form)


@rule("PRF022", "serialization-not-accepted", severity="error", source="BagIt Profiles 1.4, Accept-Serialization")
def serialization_not_accepted(judged: Judged) -> Iterator[Fault]:
    """The bag is in an archive file of a kind that the profile does not accept.

    Why: The receiver cannot open it, or refuses to.

    Remedy: Serialise the bag anew, as one of the kinds that the profile lists.
    """
    accepted = judged.profile.accept_serialization
    # Where archive files are forbidden the list has no meaning.
    if judged.form is None or judged.profile.serialization == "forbidden" or not accepted:
        return
    known = MEDIA_TYPES.get(judged.form, ())
    if not any(one.lower() in known for one in accepted):
        yield Fault(
            Place("."), "this kind of archive file is not accepted", shown(listed(accepted, " or ")), judged.form
        )


@rule(
    "PRF023",
    "another-profile-named",
    severity="info",
    source="BagIt Profiles 1.4, BagIt-Profile-Identifier",
)
def another_profile_named(judged: Judged) -> Iterator[Fault]:
    """The bag was judged by a profile that was asked for, and does not name it itself.

    Why: The specification has a bag name each profile that it keeps; a receiver who goes by what bags say of themselves
    would judge this one otherwise.

    Remedy: Where the receiver wants to be told, add ``BagIt-Profile-Identifier`` to ``bag-info.txt``; it may stand more
    than once. Then renew the tag manifests.
    """
    named = judged.fields(PROFILE_LABEL)
    if any(field.value in judged.profile.identifiers for field in named):
        return
    place = place_of(judged.bag.info_path, named[0]) if named else Place(judged.bag.info_path)
    found = shown(named[0].value) if named else None
    yield Fault(place, "it does not name the profile by which it was judged", shown(judged.profile.identifier), found)


RULES: tuple[Check[[Judged]], ...] = (
    bagit_version_not_accepted,
    serialization_not_as_wanted,
    serialization_not_accepted,
    another_profile_named,
)
"""PRF rules of form, by code."""
