"""PRF rules of fields: what a profile asks of ``bag-info.txt`` and of other tag files of the same form.

The specification speaks of ``bag-info.txt`` alone (Bag-Info). What is asked of other tag files stands under an element
of our own, ``Solander-Tag-File-Fields``, and has rules of its own.

Source: BagIt Profiles Specification 1.4.0, Bag-Info.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from solander.checking.bags.compared import shown
from solander.checking.profiles.judged import Judged, fields_of, listed, place_of
from solander.checking.rules import Check, Fault, rule
from solander.model.bag import InfoField
from solander.model.bag_profile import AskedOfField
from solander.model.finding import Place

PROFILE_LABEL = "bagit-profile-identifier"
"""In small letters."""


@rule("PRF001", "profile-not-named", severity="error", source="BagIt Profiles 1.4, BagIt-Profile-Identifier")
def profile_not_named(judged: Judged) -> Iterator[Fault]:
    """``bag-info.txt`` does not name the profile by which the bag is judged.

    Why: A receiver finds out by this field what it may expect of the bag.

    Remedy: Pack the page again, or judge the bag by the profile that it names.
    """
    named = judged.fields(PROFILE_LABEL)
    if not any(field.value in judged.profile.identifiers for field in named):
        place = Place(judged.bag.info_path, named[0].line if named else None)
        found = shown(named[0].value) if named else None
        yield Fault(place, "it does not name this profile", shown(judged.profile.identifier), found)


@rule("PRF002", "required-field-missing", severity="error", source="BagIt Profiles 1.4, Bag-Info, required")
def required_field_missing(judged: Judged) -> Iterator[Fault]:
    """A field that the profile requires is missing from ``bag-info.txt``, or empty.

    Why: Repositories refuse the bag, or lose what the field would say.

    Remedy: Add the field, then renew the tag manifests; or pack the page again.
    """
    for asked in judged.profile.fields:
        if asked.required and not any(field.value for field in judged.fields(asked.label)):
            yield Fault(Place(judged.bag.info_path), f"{shown(asked.label)} is missing")


@rule("PRF003", "field-value-not-allowed", severity="error", source="BagIt Profiles 1.4, Bag-Info, values")
def field_value_not_allowed(judged: Judged) -> Iterator[Fault]:
    """A field has a value that the profile does not list.

    Why: The receiver cannot act on it.

    Remedy: Give one of the values that the profile lists, then renew the tag manifests.
    """
    for asked in judged.profile.fields:
        if asked.label.casefold() != PROFILE_LABEL:  # PRF001
            yield from _other_values(asked, judged.fields(asked.label), judged.bag.info_path)


@rule("PRF004", "field-repeated", severity="error", source="BagIt Profiles 1.4, Bag-Info, repeatable")
def field_repeated(judged: Judged) -> Iterator[Fault]:
    """A field stands more than once that the profile wants once.

    Why: Which value holds is anybody's guess.

    Remedy: Leave all but one out, then renew the tag manifests.
    """
    for asked in judged.profile.fields:
        yield from _repeats(asked, judged.fields(asked.label), judged.bag.info_path)


@rule(
    "PRF016",
    "recommended-field-missing",
    severity="warning",
    source="the Beyond the Repository profile 1.0, recommended (BagIt Profiles 1.4 has required alone)",
)
def recommended_field_missing(judged: Judged) -> Iterator[Fault]:
    """A field that the profile recommends is missing from a tag file, or empty.

    Why: The receiver takes the bag, but has to do without what the field would say.

    Remedy: Add the field, then renew the tag manifests; or let it be, if there is nothing to say.
    """
    for asked in judged.profile.fields:
        if _is_only_recommended(asked) and not any(field.value for field in judged.fields(asked.label)):
            yield Fault(Place(judged.bag.info_path), f"{shown(asked.label)} is recommended, and missing")
    for path, wanted, fields in _others(judged):
        for asked in filter(_is_only_recommended, wanted):
            if not any(field.value for field in fields.get(asked.label.casefold(), ())):
                yield Fault(Place(shown(path)), f"{shown(asked.label)} is recommended, and missing")


@rule(
    "PRF017",
    "tag-file-field-missing",
    severity="error",
    source="Solander-Tag-File-Fields, required (schemas/README.md); APTrust's profile 2.3, tags",
)
def tag_file_field_missing(judged: Judged) -> Iterator[Fault]:
    """A tag file lacks a field that the profile requires there, or has it empty.

    A tag file that is not there has none of its fields; that it must be there is asked by another rule.

    Why: The receiver refuses the bag, or does not know what to do with it.

    Remedy: Add the field to that file, then renew the tag manifests.
    """
    for path, wanted, fields in _others(judged):
        for asked in wanted:
            if asked.required and not any(field.value for field in fields.get(asked.label.casefold(), ())):
                yield Fault(Place(shown(path)), f"{shown(asked.label)} is missing")


@rule(
    "PRF018",
    "tag-file-value-not-allowed",
    severity="error",
    source="Solander-Tag-File-Fields, values (schemas/README.md); APTrust's profile 2.3, tags",
)
def tag_file_value_not_allowed(judged: Judged) -> Iterator[Fault]:
    """A field of a tag file has a value that the profile does not list for it.

    Why: The receiver cannot act on it.

    Remedy: Give one of the values that the profile lists, then renew the tag manifests.
    """
    for path, wanted, fields in _others(judged):
        for asked in wanted:
            yield from _other_values(asked, fields.get(asked.label.casefold(), ()), path)


@rule(
    "PRF019",
    "tag-file-field-repeated",
    severity="error",
    source="Solander-Tag-File-Fields, repeatable (schemas/README.md)",
)
def tag_file_field_repeated(judged: Judged) -> Iterator[Fault]:
    """A field of a tag file stands more than once that the profile wants once.

    Why: Which value holds is anybody's guess.

    Remedy: Leave all but one out, then renew the tag manifests.
    """
    for path, wanted, fields in _others(judged):
        for asked in wanted:
            yield from _repeats(asked, fields.get(asked.label.casefold(), ()), path)


@rule(
    "PRF020",
    "tag-file-malformed",
    severity="error",
    source="Solander-Tag-File-Fields (schemas/README.md); RFC 8493, 2.2.2",
)
def tag_file_malformed(judged: Judged) -> Iterator[Fault]:
    """A tag file of which the profile asks for fields has a line that is none, or bytes that are no characters.

    Why: What it was to say is lost, or read otherwise elsewhere.

    Remedy: Write it as ``bag-info.txt`` is written, label, colon, space and value, then renew the tag manifests.
    """
    for path in judged.profile.tag_file_fields:
        for fault in judged.tag_files[path].faults if path in judged.tag_files else ():
            yield Fault(Place(shown(path), fault.line), fault.message, fault.expected, _known(fault.found))


def _known(found: str | None) -> str | None:
    return None if found is None else shown(found)


def _others(judged: Judged) -> Iterator[tuple[str, Sequence[AskedOfField], Mapping[str, Sequence[InfoField]]]]:
    """Each other tag file that is there and of which fields are asked: its path, what is asked, what it has."""
    for path, wanted in judged.profile.tag_file_fields.items():
        if path in judged.tag_files:
            yield path, wanted, fields_of(judged.tag_files[path])


def _is_only_recommended(asked: AskedOfField) -> bool:
    return asked.recommended and not asked.required


def _other_values(asked: AskedOfField, fields: Sequence[InfoField], path: str) -> Iterator[Fault]:
    allowed = frozenset(asked.values)
    for field in fields if allowed else ():
        if field.value not in allowed:
            what = f"{shown(asked.label)} has another value"
            expected = shown(listed(asked.values, " or "))
            yield Fault(place_of(shown(path), field), what, expected, shown(field.value))


def _repeats(asked: AskedOfField, fields: Sequence[InfoField], path: str) -> Iterator[Fault]:
    for field in fields[1:] if not asked.repeatable else ():
        yield Fault(place_of(shown(path), field), f"{shown(asked.label)} is given already", None, shown(field.value))


RULES: tuple[Check[[Judged]], ...] = (
    profile_not_named,
    required_field_missing,
    field_value_not_allowed,
    field_repeated,
    recommended_field_missing,
    tag_file_field_missing,
    tag_file_value_not_allowed,
    tag_file_field_repeated,
    tag_file_malformed,
)
"""PRF rules of fields, by code."""
