"""``solander.toml`` and the schemas, read once: what an archive wants, and what its material is judged by."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from solander.errors import ProfileError, UsageError
from solander.files.named import kind_of
from solander.model.document import Imprint
from solander.model.fixity import REQUIRED_ALGORITHM, STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.model.path_patterns import PathPatterns
from solander.model.ports import SchemaStore

if TYPE_CHECKING:
    from jsonschema import ValidationError

PROFILE_NAME = "solander.toml"
"""The file that makes a folder an archive and says who keeps it."""

SETTINGS_SCHEMA = "solander-toml.schema.json"
"""What judges it: which keys there are, and what each may be."""

LIMIT_BYTES = 16 * 1024

_NONE: Mapping[str, str] = {}


class PathSettings(NamedTuple):
    """How findings in some of an archive's bags, or in some of their files, are taken."""

    patterns: PathPatterns
    """Of paths from the archive's folder: ``2021-*``, ``*/data/tei/page.xml``."""
    ignore: tuple[str, ...] = ()
    severities: Mapping[str, str] = _NONE

    def cover(self, path: str) -> bool:
        """Whether a path is meant: it, or a folder in which it lies."""
        while not self.patterns.cover(path):
            path, cut, _ = path.rpartition("/")
            if not cut:
                return False
        return True


class Profile(NamedTuple):
    """What an archive wants; the defaults hold where there is no ``solander.toml``."""

    imprint: Imprint = Imprint()
    algorithms: tuple[str, ...] = (REQUIRED_ALGORITHM,)
    """Checksum algorithms of the manifests, as ``hashlib`` names them; ``sha512`` is always among them."""
    fail_on: str = "error"
    """The mildest severity that makes a run fail."""
    ignore: tuple[str, ...] = ()
    """Codes of rules that are not to be reported; an error is reported whatever stands here."""
    severities: Mapping[str, str] = _NONE
    """How grave the findings of a rule are to be taken, by its code."""
    paths: tuple[PathSettings, ...] = ()
    """What holds for some paths only; of two that cover one path, the later holds."""
    bagit_profiles: tuple[str, ...] = ()
    """BagIt profiles by which bags that name them are judged: files, from the archive's folder, or names built in."""
    targets: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()
    """Places to which bags are sent, by the names that the keeper gave them, each with its settings."""

    def with_algorithms(self, algorithms: Iterable[str]) -> Profile:
        """The same settings, with bags of these algorithms, each once.

        Raises:
            UsageError: the profile of our bags does not allow one, or ``sha512`` is not among them.
        """
        wanted = tuple(dict.fromkeys(algorithms))
        allowed = (*STRONG_ALGORITHMS, *WEAK_ALGORITHMS)
        strange = [name for name in wanted if name not in allowed]
        if strange:
            raise UsageError(f"no bag is made with {strange[0]}; the algorithms are {', '.join(allowed)}")
        if REQUIRED_ALGORITHM not in wanted:
            raise UsageError(f"every bag is made with {REQUIRED_ALGORITHM}; name it too, beside the others")
        return self._replace(algorithms=wanted)


class SchemaFolder:
    """Schemas in a folder; keeps the promise of ``SchemaStore``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, bytes] = {}

    def read(self, name: str) -> bytes:
        """The bytes of a schema by its file name.

        Raises:
            ProfileError: there is none of that name.
        """
        content = self._read.get(name)
        if content is None:
            try:
                # Kept: a bag is judged by ten of them, and they are what they were when the program was started.
                content = self._read[name] = (self.folder / name).read_bytes()
            except OSError as error:
                reason = error.strerror or "no reason given"
                raise ProfileError(self.folder / name, f"this schema cannot be read ({reason})") from error
        return content


def _schema_folder() -> Path:
    """``schemas`` beside this file in a wheel; beside ``src`` in an editable installation."""
    here = Path(__file__).parent
    within = here / "schemas"
    return within if within.is_dir() else here.parent.parent / "schemas"


SCHEMAS: SchemaStore = SchemaFolder(_schema_folder())
"""The project's own schemas."""


def load_profile(archive: Path | None) -> Profile:
    """Read the ``solander.toml`` of an archive; without one, the defaults hold.

    Raises:
        ProfileError: it cannot be read, is no TOML, or holds a key or value that is not known.
        ArchiveError: the system does not let us see whether there is one.
    """
    if archive is None:
        return Profile()
    path = archive / PROFILE_NAME
    kind = kind_of(path)
    if kind == "nothing" and not os.path.lexists(path):
        return Profile()
    if kind != "file":
        # Not to go by the defaults where the keeper meant to say something else.
        raise ProfileError(path, "it is no file" if kind != "nothing" else "it is a link that leads nowhere")
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise ProfileError(path, "larger than any settings are")
        content = path.read_bytes()
    except OSError as error:
        raise ProfileError(path, f"it cannot be read ({error.strerror})") from error
    return _parsed(path, content)


@lru_cache(maxsize=16)
def _parsed(path: Path, content: bytes) -> Profile:
    """The settings; the same bytes at the same place are read once, for every bag of an archive asks for them.

    Raises:
        ProfileError: they are no TOML, or hold a key or value that is not known.
    """
    import tomllib  # late, as below: most bags are judged where there are no settings

    text = ""
    try:
        text = content.decode("utf-8")
        value = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        from solander.model.toml_text import toml_fault, utf8_fault

        what = utf8_fault(error) if isinstance(error, UnicodeDecodeError) else toml_fault(error, text)
        raise ProfileError(path, f"this is no TOML: {what}") from None
    except ValueError:
        # Python reads no number of more than 4,300 digits.
        raise ProfileError(path, "it holds a number that is longer than any setting is") from None
    except RecursionError:
        raise ProfileError(path, "its values are nested deeper than any settings are") from None
    return _profile(path, value, text)


def default_toml() -> str:
    """The text of a new archive's ``solander.toml``, every setting explained."""
    return """# What Solander should know of this archive. Everything here is optional.

# Who keeps it: Source-Organization in bag-info.txt, distributor in the TEI header.
# organization = "Lantern Bay Museum"
# contact_email = "archive@museum.example"

[tei]
# The licence of the TEI files that are made here. The rights of the pages are another thing: see --rights.
# licence = "CC0 1.0"
# licence_target = "https://creativecommons.org/publicdomain/zero/1.0/"

[bag]
# Checksums of every bag: sha512 always; sha256, sha384, sha224, sha1 and md5 beside it for those who ask for them.
algorithms = ["sha512"]

[check]
# The mildest finding that makes a run fail: "info", "warning" or "error".
fail_on = "error"
# Codes of rules that are not to be reported: warnings and remarks only, see: solander explain
ignore = []
# How grave a rule's findings are taken: "info", "warning" or "error". An error that is made milder is counted.
# severity = { DCM009 = "warning" }
# BagIt profiles of other bags that may stand here, which are judged by those that they name: files, looked for from
# this folder, or the names of profiles that are built in ("aptrust", "btr").
# profiles = ["profiles/ours.json"]
# The same for some bags, or some of their files, by their paths from this folder; the later outranks the earlier.
# paths = [{ path = ["2021-*", "*/metadata/dc.xml"], ignore = ["DCM002"], severity = { DCM003 = "warning" } }]

# Places to which bags are deposited, each by a name of your own: solander deposit BAG --to ours
# [targets.ours]
# to = "zenodo-sandbox:"
# Where the token is to be found; it never stands in this file itself. One of:
# token_env = "OUR_TOKEN"
# token_file = "/run/secrets/our-token"
# token_keyring = "zenodo-sandbox/archivist"
"""


def _profile(path: Path, value: dict[str, Any], text: str) -> Profile:
    fault = _fault_in(value, text)
    if fault is not None:
        raise ProfileError(path, fault)
    tei, bag, check = value.get("tei", {}), value.get("bag", {}), value.get("check", {})
    defaults = Profile()
    return Profile(
        imprint=Imprint(
            organization=value.get("organization"),
            contact_email=value.get("contact_email"),
            licence=tei.get("licence"),
            licence_target=tei.get("licence_target"),
        ),
        fail_on=check.get("fail_on", defaults.fail_on),
        ignore=tuple(check.get("ignore", defaults.ignore)),
        severities=dict(check.get("severity", {})),
        paths=tuple(_path_settings(path, one) for one in check.get("paths", ())),
        bagit_profiles=tuple(dict.fromkeys(check.get("profiles", defaults.bagit_profiles))),
        targets=tuple((name, tuple(one.items())) for name, one in value.get("targets", {}).items()),
    ).with_algorithms(bag.get("algorithms", defaults.algorithms))


def _path_settings(path: Path, value: dict[str, Any]) -> PathSettings:
    try:
        patterns = PathPatterns(value["path"])
    except ValueError as error:
        raise ProfileError(path, f"check.paths.path: {error}") from error
    return PathSettings(
        patterns=patterns, ignore=tuple(value.get("ignore", ())), severities=dict(value.get("severity", {}))
    )


def _fault_in(value: dict[str, Any], text: str) -> str | None:
    """What is wrong with the settings by their schema, in one line with the place, the key and what is allowed."""
    from solander.model.json_schema import plainly_keeps

    schema = _settings_schema(SCHEMAS.read(SETTINGS_SCHEMA))
    if plainly_keeps(value, schema):
        return None
    # Late: the import costs more than all else here, and settings are right but for the day they are written.
    from jsonschema import Draft202012Validator

    # What is there and wrong is told before what is lacking.
    errors = sorted(
        Draft202012Validator(schema).iter_errors(value),
        key=lambda one: (one.validator == "contains", [str(key) for key in one.path]),
    )
    return _placed(errors[0], text) if errors else None


def _placed(error: ValidationError, text: str) -> str:
    from solander.model.toml_text import setting_place

    way = [*error.path]
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = error.schema["properties"]  # type: ignore[index]
        way += [next(key for key in error.instance if key not in known)]
    place = setting_place(text, way)
    return f"line {place[0]}, column {place[1]}: {_in_words(error)}" if place else _in_words(error)


def setting_fault(name: str, value: str) -> str | None:
    """What is wrong with a setting of a target, in one line; ``None`` if nothing is."""
    fault = _fault_in({"targets": {"it": {"to": "dir:", name: value}}}, "")
    return fault.removeprefix("targets.it.") if fault is not None else None


@lru_cache(maxsize=2)
def _settings_schema(content: bytes) -> dict[str, Any]:
    import json  # late: as above

    schema: dict[str, Any] = json.loads(content)
    return schema


def _in_words(error: ValidationError) -> str:
    where = ".".join(str(key) for key in error.path if isinstance(key, str))
    wanted: Any = error.validator_value
    match error.validator:
        case "additionalProperties" if isinstance(error.instance, dict):
            known = sorted(error.schema["properties"])  # type: ignore[index]
            strange = next(key for key in error.instance if key not in known)
            key = f"{where}.{strange}" if where else strange
            return f"{key} is not a setting; known here: {', '.join(known)}"
        case "type":
            kinds = {"object": "a table", "array": "a list", "string": "a string", "integer": "a whole number"}
            return f"{where} must be {kinds.get(wanted, wanted)}"
        case "enum" if where in ("check.ignore", "check.paths.ignore"):
            code = error.instance
            if not isinstance(code, str) or not re.fullmatch("[A-Z]{3}[0-9]{3}", code):
                return f"{where}: {code!r} is no code of a rule"
            return f"{where}: {code} cannot be ignored; only warnings and remarks can be, see: solander explain"
        case "contains":
            return f"{where} lacks {REQUIRED_ALGORITHM}, which every bag has; name it too, beside the others"
        case "enum":
            return f"{where} knows no {error.instance!r}; known are {', '.join(wanted)}"
        case "required":
            return f"{where} lacks {wanted[0]}"
        case "uniqueItems":
            return f"{where} names something twice"
        case "minItems":
            return f"{where} is empty; leave it out, or name something"
        case _:
            return f"{where}: {error.instance!r} is no {error.schema['title']}"  # type: ignore[index]
