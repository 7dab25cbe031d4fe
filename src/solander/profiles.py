"""``solander.toml`` and the schemas, read once: what an archive wants, and what its material is judged by."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from solander.errors import ProfileError
from solander.model.document import Imprint
from solander.model.fixity import STRONG_ALGORITHMS, WEAK_ALGORITHMS
from solander.model.ports import SchemaStore

PROFILE_NAME = "solander.toml"
"""The file that makes a folder an archive and says who keeps it."""

LIMIT_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an archive wants; the defaults hold where there is no ``solander.toml``."""

    imprint: Imprint = field(default_factory=Imprint)
    algorithms: tuple[str, ...] = ("sha512",)
    """Checksum algorithms of the manifests, as ``hashlib`` names them."""
    fail_on: str = "error"
    """The mildest severity that makes a run fail."""
    ignore: tuple[str, ...] = ()
    """Codes of rules that are not to be reported."""


class SchemaFolder:
    """Schemas in a folder; keeps the promise of ``SchemaStore``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def read(self, name: str) -> bytes:
        """The bytes of a schema by its file name.

        Raises:
            ProfileError: there is none of that name.
        """
        try:
            return (self.folder / name).read_bytes()
        except OSError as error:
            reason = error.strerror or "no reason given"
            raise ProfileError(self.folder / name, f"this schema cannot be read ({reason})") from error


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
    """
    if archive is None or not (archive / PROFILE_NAME).is_file():
        return Profile()
    path = archive / PROFILE_NAME
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise ProfileError(path, "larger than any settings are")
        value = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ProfileError(path, f"it cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProfileError(path, f"this is no TOML: {error}") from error
    return _profile(path, value)


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
# Checksums of every bag. RFC 8493, 2.4 recommends sha512.
algorithms = ["sha512"]

[check]
# The mildest finding that makes a run fail: "info", "warning" or "error".
fail_on = "error"
# Codes of rules that are not to be reported.
ignore = []
"""


_KNOWN: dict[str, dict[str, type]] = {
    "": {"organization": str, "contact_email": str},
    "tei": {"licence": str, "licence_target": str},
    "bag": {"algorithms": list},
    "check": {"fail_on": str, "ignore": list},
}


def _profile(path: Path, value: dict[str, Any]) -> Profile:
    sections: dict[str, dict[str, Any]] = {"": {}}
    for name, part in value.items():
        if isinstance(part, dict) and name in _KNOWN:
            sections[name] = part
        else:
            sections[""][name] = part
    for section, settings in sections.items():
        for key, setting in settings.items():
            where = f"{section}.{key}" if section else key
            wanted = _KNOWN[section].get(key)
            if wanted is None:
                known = ", ".join(sorted(_KNOWN[section])) or "none"
                raise ProfileError(path, f"{where} is not a setting; known here: {known}")
            listed: list[Any] = setting if isinstance(setting, list) else []
            fits = isinstance(setting, wanted) and all(isinstance(one, str) for one in listed)
            if not fits:
                raise ProfileError(path, f"{where} must be {'a list of strings' if wanted is list else 'a string'}")
    top, tei = sections[""], sections.get("tei", {})
    bag, check = sections.get("bag", {}), sections.get("check", {})
    algorithms = tuple(str(name).lower().replace("-", "_") for name in bag.get("algorithms", ["sha512"]))
    algorithms = tuple(name.replace("sha_", "sha") for name in algorithms)
    unknown = [name for name in algorithms if name not in (*STRONG_ALGORITHMS, *WEAK_ALGORITHMS)]
    if unknown or not algorithms:
        raise ProfileError(path, f"bag.algorithms: known are {', '.join((*STRONG_ALGORITHMS, *WEAK_ALGORITHMS))}")
    fail_on = check.get("fail_on", "error")
    if fail_on not in ("info", "warning", "error"):
        raise ProfileError(path, 'check.fail_on must be "info", "warning" or "error"')
    return Profile(
        imprint=Imprint(
            organization=top.get("organization"),
            contact_email=top.get("contact_email"),
            licence=tei.get("licence"),
            licence_target=tei.get("licence_target"),
        ),
        algorithms=algorithms,
        fail_on=fail_on,
        ignore=tuple(check.get("ignore", ())),
    )
