"""A BagIt profile: what a receiver asks of bags besides BagIt itself, as a value.

What a profile leaves out has the value that the specification gives it; what it says and nobody knows is kept by name,
for ``checking`` to tell of. The file's form is judged by ``schemas/bagit-profile.schema.json`` before it comes here.

Source: BagIt Profiles Specification 1.1.0 to 1.4.0, "Implementation Details".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from solander.model.fixity import STRONG_ALGORITHMS

TAG_FILE_FIELDS = "Solander-Tag-File-Fields"
"""Our own element: the fields of other tag files than ``bag-info.txt``, by path, each as ``Bag-Info`` has them.

The specification has no words for them, and APTrust asks for some."""

ALSO_NAMED = "Solander-Also-Named"
"""Our own element: other identifiers by which bags name the same profile."""

_SINCE: Mapping[str, tuple[int, int]] = {
    "BagIt-Profile-Info": (1, 1),
    "Bag-Info": (1, 1),
    "Manifests-Required": (1, 1),
    "Allow-Fetch.txt": (1, 1),
    "Serialization": (1, 1),
    "Accept-Serialization": (1, 1),
    "Accept-BagIt-Version": (1, 1),
    "Tag-Manifests-Required": (1, 1),
    "Tag-Files-Required": (1, 1),
    "Tag-Files-Allowed": (1, 2),
    "Manifests-Allowed": (1, 3),
    "Tag-Manifests-Allowed": (1, 3),
    "Fetch.txt-Required": (1, 4),
    "Data-Empty": (1, 4),
    "Payload-Files-Required": (1, 4),
    "Payload-Files-Allowed": (1, 4),
}
"""Every element, and the version of the specification that brought it."""

_OWN = (TAG_FILE_FIELDS, ALSO_NAMED)
_OF_FIELDS = ("required", "recommended", "repeatable", "values", "description")


class AskedOfField(NamedTuple):
    """What is asked of one field of a tag file."""

    label: str
    required: bool = False
    recommended: bool = False
    repeatable: bool = True
    values: tuple[str, ...] = ()
    """The values that it may have; any, where there are none."""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagProfile:
    """One profile, whole."""

    identifier: str
    """``BagIt-Profile-Identifier``: by this a bag names it."""

    version: str
    """Of the profile, as its keepers count."""

    specification: tuple[int, int]
    """The version of the specification that it says it keeps; 1.1 where it is silent, as the specification has it."""

    name: str
    """The file's own name, as it was given."""

    sha256: str
    """Of the file's bytes."""

    is_built_in: bool = False
    """Whether it comes with Solander: then it is not judged itself, for tests have done so."""

    also_named: tuple[str, ...] = ()
    """Other identifiers of the same profile."""

    fields: tuple[AskedOfField, ...] = ()
    """Of ``bag-info.txt``."""

    tag_file_fields: Mapping[str, tuple[AskedOfField, ...]] = field(default_factory=dict)
    """Of other tag files, by path."""

    manifests_required: tuple[str, ...] = ()
    manifests_allowed: tuple[str, ...] | None = None
    """``None``, here and below, where whatever is required or not is allowed."""
    tag_manifests_required: tuple[str, ...] = ()
    tag_manifests_allowed: tuple[str, ...] | None = None
    tag_files_required: tuple[str, ...] = ()
    tag_files_allowed: tuple[str, ...] | None = None
    payload_files_required: tuple[str, ...] = ()
    payload_files_allowed: tuple[str, ...] | None = None
    allows_fetch: bool = True
    requires_fetch: bool = False
    data_empty: bool = False
    """Whether the payload must be empty, or one file without a byte."""

    serialization: str | None = None
    """``forbidden``, ``required`` or ``optional``; ``None``, which means the last, where the profile is silent."""

    accept_serialization: tuple[str, ...] = ()
    """Media types of archive files."""

    accept_bagit_version: tuple[str, ...] = ()

    elements: tuple[str, ...] = ()
    """Those that it uses, by name."""

    unknown: tuple[str, ...] = ()
    """What it says and nobody has a meaning for: ``Other-Info``, ``Bag-Info.Title.regex``."""

    @classmethod
    def of(cls, value: Mapping[str, Any], *, name: str, sha256: str, is_built_in: bool = False) -> BagProfile:
        """Take a profile as JSON has it; that it keeps the schema has been made sure of.

        Args:
            value: the file's one object.
            name: what to call it to a person: its path, or the name of one that is built in.
            sha256: of the file's bytes, in small hexadecimal digits.
            is_built_in: whether it comes with Solander.

        Raises:
            KeyError: it lacks what the schema wants.
        """
        about = value["BagIt-Profile-Info"]
        tag_files = value.get(TAG_FILE_FIELDS, {})
        return cls(
            identifier=about["BagIt-Profile-Identifier"],
            version=about["Version"],
            specification=_version(about.get("BagIt-Profile-Version", "1.1.0")),
            name=name,
            sha256=sha256,
            is_built_in=is_built_in,
            also_named=_texts(value, ALSO_NAMED) or (),
            fields=_asked(value.get("Bag-Info", {})),
            tag_file_fields={path: _asked(fields) for path, fields in tag_files.items()},
            manifests_required=_texts(value, "Manifests-Required") or (),
            manifests_allowed=_texts(value, "Manifests-Allowed"),
            tag_manifests_required=_texts(value, "Tag-Manifests-Required") or (),
            tag_manifests_allowed=_texts(value, "Tag-Manifests-Allowed"),
            tag_files_required=_texts(value, "Tag-Files-Required") or (),
            tag_files_allowed=_texts(value, "Tag-Files-Allowed"),
            payload_files_required=_texts(value, "Payload-Files-Required") or (),
            payload_files_allowed=_texts(value, "Payload-Files-Allowed"),
            allows_fetch=value.get("Allow-Fetch.txt", True),
            requires_fetch=value.get("Fetch.txt-Required", False),
            data_empty=value.get("Data-Empty", False),
            serialization=value.get("Serialization"),
            accept_serialization=_texts(value, "Accept-Serialization") or (),
            accept_bagit_version=_texts(value, "Accept-BagIt-Version") or (),
            elements=tuple(value),
            unknown=tuple(_unknown(value)),
        )

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Every identifier by which a bag may name it."""
        return (self.identifier, *self.also_named)

    @property
    def newer_elements(self) -> tuple[tuple[str, tuple[int, int]], ...]:
        """Elements that a later version of the specification brought than the one that the profile names."""
        return tuple((one, _SINCE[one]) for one in self.elements if _SINCE.get(one, (1, 1)) > self.specification)

    @property
    def demands(self) -> Demands:
        """What a bag must be made with to keep it."""
        return Demands(
            algorithms=_made_with(self.manifests_required, self.manifests_allowed),
            tag_algorithms=_made_with(self.tag_manifests_required, self.tag_manifests_allowed),
            tag_files=self.tag_files_required,
            fields=tuple(one.label for one in self.fields if one.required),
            tag_file_fields={
                path: tuple(one.label for one in asked if one.required) for path, asked in self.tag_file_fields.items()
            },
            serialised_as=self.accept_serialization if self.serialization == "required" else (),
        )


class Demands(NamedTuple):
    """What a profile demands of whoever makes a bag for it."""

    algorithms: tuple[str, ...]
    """Of the payload manifests, as file names have them: those required; where none is, the best that is allowed."""
    tag_algorithms: tuple[str, ...]
    """Of the tag manifests, chosen likewise."""
    tag_files: tuple[str, ...]
    fields: tuple[str, ...]
    """Labels that ``bag-info.txt`` must have."""
    tag_file_fields: Mapping[str, tuple[str, ...]]
    """Labels that other tag files must have, by path."""
    serialised_as: tuple[str, ...]
    """Media types of which the bag must be one; none where a folder will do."""


def plain_algorithm(name: str) -> str:
    """An algorithm's name without capitals and signs: ``SHA-256`` and ``sha256`` are one (RFC 8493, 2.4)."""
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalnum())


def _made_with(required: Sequence[str], allowed: Sequence[str] | None) -> tuple[str, ...]:
    if required:
        return tuple(dict.fromkeys(plain_algorithm(name) for name in required))
    known = [plain_algorithm(name) for name in allowed or ()]
    best = next((name for name in STRONG_ALGORITHMS if allowed is None or name in known), None)
    return (best,) if best else tuple(known[:1])


def _version(text: str) -> tuple[int, int]:
    major, minor = text.split(".")[:2]
    return int(major), int(minor)


def _texts(value: Mapping[str, Any], element: str) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(value[element])) if element in value else None


def _asked(fields: Mapping[str, Mapping[str, Any]]) -> tuple[AskedOfField, ...]:
    return tuple(
        AskedOfField(
            label,
            asked.get("required", False),
            asked.get("recommended", False),
            asked.get("repeatable", True),
            tuple(dict.fromkeys(asked.get("values", ()))),
            asked.get("description", ""),
        )
        for label, asked in fields.items()
    )


def _unknown(value: Mapping[str, Any]) -> Iterator[str]:
    yield from (element for element in value if element not in _SINCE and element not in _OWN)
    for element, fields in (("Bag-Info", value.get("Bag-Info", {})), *value.get(TAG_FILE_FIELDS, {}).items()):
        for label, asked in fields.items():
            yield from (f"{element}.{label}.{key}" for key in asked if key not in _OF_FIELDS)
