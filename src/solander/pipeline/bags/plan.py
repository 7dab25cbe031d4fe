"""What a bag of any payload is made with, as a person asks and a profile demands: decided before anything is written.

What a profile demands and nobody said is named at once, each with the option that says it.

Source: RFC 8493, sections 2.2.2 and 2.4; BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from solander.errors import UsageError
from solander.model.bag import PROFILE_IDENTIFIER, BagInfo
from solander.model.bag_profile import AskedOfField, BagProfile, plain_algorithm
from solander.model.capture import written_moment
from solander.model.fixity import REQUIRED_ALGORITHM
from solander.model.provenance import agent_name
from solander.packing.algorithms import DIGEST_DIGITS, algorithm_named, written_name
from solander.packing.tag_files import format_bag_info
from solander.pipeline.bags.info_stated import Info, TagInfo, checked_info
from solander.pipeline.events import SOLANDER

FORMS = ("tar", "zip", "tar.gz")
"""What a bag can be serialised as, the one first that is taken where a profile leaves the choice."""

_RECKONED = frozenset(("payload-oxum", "bagging-date", "bag-software-agent", "bagit-profile-identifier"))
_NAMING = "BagIt-Profile-Identifier"
_NO_TAG_FILE = re.compile(
    r"bagit\.txt|bag-info\.txt|fetch\.txt|(tag)?manifest-[^/]+\.txt|data(/.*)?|metadata/links\.json"
)


class Plan(NamedTuple):
    """What a bag is made with."""

    algorithms: tuple[str, ...]
    """Of the manifests, as ``hashlib`` names them."""
    tag_algorithms: tuple[str, ...]
    info: BagInfo
    """What ``bag-info.txt`` says, without its ``Payload-Oxum``."""
    tag_files: tuple[tuple[str, bytes], ...]
    """Tag files that were stated, with their bytes."""
    form: str | None
    """What it is serialised as; ``None`` for a folder."""
    profile: BagProfile | None
    """By which it is judged before it is there."""


def plan_bag(
    profile: BagProfile | None,
    *,
    algorithms: Sequence[str] | None,
    form: str | None,
    info: Info,
    tag_info: TagInfo,
    at: datetime,
) -> Plan:
    """Decide what a bag is made with.

    Args:
        profile: which it is to keep, if any.
        algorithms: that were asked for; ``None`` leaves it to the profile, or takes sha512.
        form: what it is to be serialised as; ``None`` leaves it to the profile, or takes a folder.
        info: what was stated for ``bag-info.txt``.
        tag_info: what was stated for other tag files.
        at: the moment of the work.

    Raises:
        UsageError: what is asked for cannot be done, or is not what the profile allows or demands.
    """
    if form is not None and form not in FORMS:
        raise UsageError(f"{form!r} is no form of a bag here; there are {', '.join(FORMS)}")
    own, stated = checked_info(info), _stated(tag_info)
    if profile is not None:
        _refuse_what_no_payload_keeps(profile)
        _refuse_faults(profile, own, stated)
        form = _form(profile, form)
    kept = known_algorithms(_algorithms(profile, algorithms))
    if not kept:
        raise UsageError("a bag has at least one manifest: name an algorithm")
    return Plan(
        algorithms=kept,
        tag_algorithms=_tag_algorithms(profile, kept),
        info=_said(own, at, profile),
        tag_files=tuple((path, format_bag_info(fields)) for path, fields in stated.items()),
        form=form,
        profile=profile,
    )


def known_algorithms(asked: Sequence[str]) -> tuple[str, ...]:
    """Algorithms as ``hashlib`` writes them, each once.

    Raises:
        UsageError: bags have none of that name.
    """
    found = [algorithm_named(one) for one in asked]
    for given, one in zip(asked, found, strict=True):
        if one is None:
            raise UsageError(f"{given!r} is no checksum algorithm of bags; there are {', '.join(DIGEST_DIGITS)}")
    return tuple(dict.fromkeys(one for one in found if one))


def _stated(tag_info: TagInfo) -> Mapping[str, BagInfo]:
    """The fields that were stated for each tag file, in order.

    Raises:
        UsageError: a file's name is none for a tag file, or a field is none.
    """
    pairs: dict[str, list[tuple[str, str]]] = {}
    for path, label, value in tag_info:
        if (
            _NO_TAG_FILE.fullmatch(path)
            or not path.isprintable()
            or "\\" in path
            or not {"", ".", ".."}.isdisjoint(path.split("/"))
        ):
            raise UsageError(f"{path!r} is no tag file that can be stated; bag-info.txt is, with --info")
        pairs.setdefault(path, []).append((label, value))
    return {path: checked_info(fields, path) for path, fields in pairs.items()}


def _refuse_what_no_payload_keeps(profile: BagProfile) -> None:
    """Refuse profiles that no bag made here can keep, whatever is stated."""
    if PROFILE_IDENTIFIER in profile.identifiers:
        raise UsageError("Solander's own profile is one of bags of pages: solander pack makes these")
    if profile.accept_bagit_version and "1.0" not in profile.accept_bagit_version:
        versions = ", ".join(profile.accept_bagit_version)
        raise UsageError(f"{profile.name}: it accepts BagIt {versions}, and 1.0 is written here")
    if profile.requires_fetch:
        raise UsageError(f"{profile.name}: it requires a fetch.txt, and bags are made whole here")


def _refuse_faults(profile: BagProfile, info: BagInfo, stated: Mapping[str, BagInfo]) -> None:
    """Refuse what the profile demands and nobody said, and what it does not allow, all at once."""
    faults = [*_faults(profile.fields, info, "--info '")]
    for path in dict.fromkeys((*profile.tag_files_required, *stated)):
        if path in stated or not _NO_TAG_FILE.fullmatch(path):
            asked = profile.tag_file_fields.get(path, ())
            option = f"--tag-info '{path}/"
            faults += _faults(asked, stated.get(path, BagInfo()), option)
            is_there = path in stated or (path.endswith("/") and any(one.startswith(path) for one in stated))
            if not is_there and not any(one.required for one in asked):
                faults.append(f"{option}{'FILE/' if path.endswith('/') else ''}LABEL: VALUE'".replace("//", "/"))
    if faults:
        raise UsageError(f"{profile.name}: this profile demands more; say {', '.join(faults)}")


def _faults(asked: Iterable[AskedOfField], info: BagInfo, option: str) -> Iterator[str]:
    for one in asked:
        values = info.values(one.label)
        choice = "|".join(one.values) or "…"
        is_reckoned = option == "--info '" and one.label.casefold() in _RECKONED
        if one.required and not values and not is_reckoned:
            yield f"{option}{one.label}: {choice}'"
        for value in values:
            if one.values and value not in one.values and one.label != _NAMING:
                yield f"{option}{one.label}: {choice}' (and not {value!r})"
        if len(values) > 1 and not one.repeatable:
            yield f"{option}{one.label}: …' once (and not {len(values)} times)"


def refuse_absent(profile: BagProfile | None, payload: Collection[str]) -> None:
    """Refuse a payload without the files that the profile requires, all of them at once.

    Args:
        profile: for which the bag is made, if any.
        payload: the names of the payload files in the bag.

    Raises:
        UsageError: there are some.
    """
    required = profile.payload_files_required if profile is not None else ()
    absent = [
        one
        for one in required
        if not (any(path.startswith(one) for path in payload) if one.endswith("/") else one in payload)
    ]
    if profile is not None and absent:
        raise UsageError(f"{profile.name}: it requires what no source has: {', '.join(absent)}")


def _form(profile: BagProfile, asked: str | None) -> str | None:
    from solander.checking.profiles.form import MEDIA_TYPES

    accepted = {one.casefold() for one in profile.accept_serialization}
    possible = [one for one in FORMS if not accepted.isdisjoint(MEDIA_TYPES[one])]
    if asked is None:
        if profile.serialization != "required":
            return None
        if not possible:
            raise UsageError(f"{profile.name}: it wants an archive file of a kind that is not written here")
        return possible[0]
    if profile.serialization == "forbidden":
        raise UsageError(f"{profile.name}: it forbids archive files; leave --serialise out")
    if accepted and asked not in possible:
        raise UsageError(
            f"{profile.name}: it accepts no {asked} file" + "".join(f"; say --serialise {one}" for one in possible[:1])
        )
    return asked


def _algorithms(profile: BagProfile | None, asked: Sequence[str] | None) -> Sequence[str]:
    if profile is None:
        return (REQUIRED_ALGORITHM,) if asked is None else asked
    if asked is None:
        return profile.demands.algorithms or (REQUIRED_ALGORITHM,)
    if refused := _not_allowed(known_algorithms(asked), profile.manifests_allowed):
        allowed = ", ".join(profile.manifests_allowed or ())
        raise UsageError(f"{profile.name}: it allows no manifest of {', '.join(refused)}; there are {allowed}")
    return (*profile.manifests_required, *asked)


def _tag_algorithms(profile: BagProfile | None, kept: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the manifests, and what the profile requires besides; others, where it does not allow these."""
    if profile is None:
        return kept
    refused = _not_allowed(kept, profile.tag_manifests_allowed)
    own = [one for one in kept if one not in refused]
    return known_algorithms((*own, *profile.tag_manifests_required)) or known_algorithms(profile.demands.tag_algorithms)


def _not_allowed(algorithms: Sequence[str], allowed: Sequence[str] | None) -> list[str]:
    if allowed is None:
        return []
    names = {plain_algorithm(one) for one in allowed}
    return [one for one in algorithms if written_name(one) not in names]


def _said(said: BagInfo, when: datetime, profile: BagProfile | None) -> BagInfo:
    """What ``bag-info.txt`` says, without its ``Payload-Oxum``."""
    labels = {field.label.casefold() for field in said.fields}
    naming = BagInfo()
    if profile is not None and not set(said.values(_NAMING)) & set(profile.identifiers):
        naming = BagInfo.of([(_NAMING, profile.identifier)])
    own = (
        ("Bagging-Date", written_moment(when)[:10]),
        # Not the agent's name first: that is how the bags of pages name theirs.
        ("Bag-Software-Agent", f"bag make, {agent_name(SOLANDER)}"),
    )
    added = BagInfo.of((label, value) for label, value in own if label.casefold() not in labels)
    return BagInfo(fields=(*naming.fields, *said.fields, *added.fields))


def refuse_root(name: str, form: str) -> None:
    """Refuse a bag's name that cannot be the one root folder of an archive file.

    Raises:
        UsageError: it cannot.
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        raise UsageError(
            f"{Path(name).name!r} is not in UTF-8; name the bag with --name, for it goes into a {form} file"
        ) from None
    if "\\" in name or name[1:2] == ":":
        raise UsageError(f"{name!r} leads elsewhere where a {form} file is unpacked; name the bag with --name")
