"""BagIt profiles: where they come from.

Three are built in; any other is a file that a person gives, or that the archive's ``solander.toml`` names. None is ever
fetched.

Source: BagIt Profiles Specification 1.4.0.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from solander.errors import ArchiveError, ProfileError
from solander.files.named import read_whole
from solander.model.bag_profile import BagProfile, Demands
from solander.model.json_text import fault_of, name_twice, place_of
from solander.model.path_patterns import PathPatterns
from solander.model.toml_text import utf8_fault
from solander.profiles import SCHEMAS, Profile

if TYPE_CHECKING:
    from jsonschema import ValidationError

BUILT_IN: Mapping[str, str] = {
    "solander": "bagit-profile.json",
    "solander-crawl": "bagit-profile-crawl.json",
    "aptrust": "bagit-profile-aptrust.json",
    "btr": "bagit-profile-btr.json",
}
"""The profiles that are built in, by the name that ``--profile`` takes: their files among the schemas."""

LIMIT_BYTES = 1024 * 1024
"""A larger file is no profile: the largest known has 8 KiB."""

_SCHEMA = "bagit-profile.schema.json"


def load_bag_profile(name: str | Path) -> BagProfile:
    """A profile by the name of one that is built in, or from a file.

    Raises:
        ProfileError: there is no such file, it cannot be read, or it is no BagIt profile.
    """
    if isinstance(name, str) and name in BUILT_IN:
        return _parsed(SCHEMAS.read(BUILT_IN[name]), BUILT_IN[name], is_built_in=True)
    path = Path(name)
    try:
        content = read_whole(path, LIMIT_BYTES)
    except ArchiveError as error:
        known = ", ".join(BUILT_IN)
        raise ProfileError(path, f"{error.what}; name a BagIt profile's file, or one of {known}") from error
    return _parsed(content, str(name))


def profile_demands(name: str | Path) -> Demands:
    """What a profile demands of whoever makes a bag for it: algorithms, files, fields, versions.

    Raises:
        ProfileError: as ``load_bag_profile``.
    """
    return load_bag_profile(name).demands


def archive_profiles(archive: Path, settings: Profile) -> tuple[BagProfile, ...]:
    """The profiles that an archive's ``solander.toml`` names; files are looked for from the archive's folder.

    Raises:
        ProfileError: one of them cannot be used.
    """
    return tuple(load_bag_profile(name if name in BUILT_IN else archive / name) for name in settings.bagit_profiles)


@lru_cache(maxsize=16)
def _parsed(content: bytes, name: str, *, is_built_in: bool = False) -> BagProfile:
    """A profile from a file's bytes; many bags are judged by the same one.

    Raises:
        ProfileError: it is none.
    """
    import json  # late: whoever judges by no profile needs none

    path = Path(name)
    try:
        value = json.loads(content, object_pairs_hook=_each_once)
    except RecursionError:
        raise ProfileError(path, "its values are nested deeper than any profile's are") from None
    except json.JSONDecodeError as error:
        raise ProfileError(path, f"this is no JSON: {fault_of(error, shows=False)}") from None
    except _Twice as error:
        place = name_twice(content.decode("utf-8", "replace"))
        raise ProfileError(path, f"this is no JSON: {place or _line(str(error))}") from None
    except UnicodeDecodeError as error:
        raise ProfileError(path, f"this is no JSON: {utf8_fault(error)}") from None
    except ValueError:
        # Python reads no number of more than 4,300 digits.
        raise ProfileError(path, "this is no JSON: it holds a number that is longer than is read") from None
    fault = _fault_in(value, content)
    if fault is not None:
        raise ProfileError(path, f"this is no BagIt profile: {fault}")
    profile = BagProfile.of(value, name=name, sha256=hashlib.sha256(content).hexdigest(), is_built_in=is_built_in)
    try:
        for patterns in (profile.tag_files_allowed, profile.payload_files_allowed):
            PathPatterns(patterns or ())
    except ValueError as error:
        raise ProfileError(path, str(error)) from error
    return profile


class _Twice(ValueError):
    """A name stands twice in one object."""


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object's members; which of two twins holds nobody could say (RFC 8259, 4)."""
    value: dict[str, Any] = {}
    for name, member in pairs:
        if name in value:
            raise _Twice(f"{name[:80]!r} stands twice in one object")
        value[name] = member
    return value


def _fault_in(value: object, content: bytes) -> str | None:
    """What of a value is not as a profile has it, in one line; ``None`` where it is one."""
    import json

    from solander.model.json_schema import plainly_keeps

    schema: dict[str, Any] = json.loads(SCHEMAS.read(_SCHEMA))
    if plainly_keeps(value, schema):
        return None
    from jsonschema import Draft202012Validator  # late: the import is slow, and profiles are mostly right

    # The first is enough: a hostile file may have as many faults as it has bytes.
    error = next(Draft202012Validator(schema).iter_errors(value), None)
    if error is None:
        return None
    place = place_of(content.decode("utf-8", "replace"), list(error.absolute_path))
    return f"line {place[0]}, column {place[1]}: {_in_words(error)}" if place else _in_words(error)


def _in_words(error: ValidationError) -> str:
    where = _line("/".join(str(key) for key in error.absolute_path)) or "the whole of it"
    wanted: Any = error.validator_value
    match error.validator:
        case "type":
            kinds = {"object": "an object", "array": "a list", "string": "a string", "boolean": "true or false"}
            return f"{where} must be {kinds.get(wanted, wanted)}"
        case "required" if isinstance(error.instance, dict):
            return f"{where} lacks {next(key for key in wanted if key not in error.instance)}"
        case "enum":
            return f"{where} must be one of {', '.join(wanted)}"
        case _:
            return f"{where}: {_line(repr(error.instance))} cannot stand there"


def _line(text: str) -> str:
    """A text from a file for a message: short, on one line, in characters that can be printed."""
    short = text if len(text) <= 120 else text[:119] + "…"
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape", "backslashreplace").decode() for one in short
    )
