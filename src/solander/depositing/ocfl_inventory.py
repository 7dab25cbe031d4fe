"""The inventory of an OCFL object: every version's files by digest, each kept once.

Source: OCFL 1.1, section 3.5 (inventory) and 3.6 (sidecar).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

DIGEST_ALGORITHM = "sha512"
NAME = "inventory.json"
SIDECAR_NAME = f"{NAME}.{DIGEST_ALGORITHM}"
DECLARATION_NAME, DECLARATION = "0=ocfl_object_1.1", b"ocfl_object_1.1\n"
LIMIT_BYTES = 256 * 1024 * 1024

_TYPE = "https://ocfl.io/1.1/spec/#inventory"
_HEAD = re.compile(r"v([1-9][0-9]*)\Z", re.ASCII)


class Inventory:
    """What an object holds; a new version is added, and nothing of an older one is changed."""

    def __init__(self, value: dict[str, Any]) -> None:
        self.value = value

    @classmethod
    def new(cls, identifier: str) -> Inventory:
        """Of an object that has no version yet."""
        value = {"id": identifier, "type": _TYPE, "digestAlgorithm": DIGEST_ALGORITHM, "head": "v0"}
        return cls({**value, "manifest": {}, "versions": {}})

    @classmethod
    def parse(cls, content: bytes) -> Inventory:
        """Read one that this program can add to.

        Raises:
            ValueError: it is no inventory, or of a kind to which nothing is added here.
        """
        try:
            value = json.loads(content)
            head, versions = value["head"], value["versions"]
            if value["digestAlgorithm"] != DIGEST_ALGORITHM:
                raise ValueError(f"its digests are {value['digestAlgorithm']}; only {DIGEST_ALGORITHM} is added to")
            if not _HEAD.match(head) or head not in versions or not isinstance(value["manifest"], dict):
                raise ValueError("its head is no version that it has, or is padded with zeros")
        except (KeyError, TypeError, RecursionError) as error:
            raise ValueError(f"it lacks what an inventory has ({error})") from error
        return cls(value)

    @property
    def identifier(self) -> str:
        """Of the object."""
        return str(self.value["id"])

    @property
    def head(self) -> int:
        """The number of the newest version; 0 where there is none."""
        return int(str(self.value["head"])[1:])

    def messages(self) -> dict[int, str]:
        """What was said of each version, by its number, the newest first."""
        versions = self.value["versions"]
        numbers = sorted((int(name[1:]) for name in versions if name[1:].isdecimal()), reverse=True)
        said = {number: versions.get(f"v{number}") or versions.get(f"v{number:04d}") or {} for number in numbers}
        return {number: str(version.get("message", "")) for number, version in said.items()}

    def state(self, number: int | None = None) -> dict[str, str]:
        """A version's files, the newest's if no number is said: logical path, digest."""
        name = self.value["head"] if number is None else f"v{number}"
        version = self.value["versions"].get(name, {})
        return {path: digest for digest, paths in version.get("state", {}).items() for path in paths}

    def content_paths(self) -> dict[str, str]:
        """Where the bytes of each digest lie, from the object's root."""
        return {digest: str(paths[0]) for digest, paths in self._by_digest().items()}

    def with_version(
        self,
        files: Mapping[str, str],
        placed: Mapping[str, str],
        *,
        at: datetime,
        message: str,
        user: str,
        address: str,
    ) -> Inventory:
        """The inventory with one more version.

        Args:
            files: logical path and digest of every file of the version.
            placed: where the bytes of each digest lie, from the object's root.
            at: aware.
            message: what is said of the version.
            user: who made it; ``address`` is a URI.
        """
        number = self.head + 1
        manifest = {digest: list(paths) for digest, paths in self._by_digest().items()}
        state: dict[str, list[str]] = {}
        for path, digest in sorted(files.items()):
            state.setdefault(digest, []).append(path)
            if digest not in manifest:
                manifest[digest] = [placed[digest]]
        version = {
            "created": at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "message": message,
            "user": {"name": user, "address": address},
            "state": dict(sorted(state.items())),
        }
        return Inventory(
            {
                **self.value,
                "head": f"v{number}",
                "manifest": dict(sorted(manifest.items())),
                "versions": {**self.value["versions"], f"v{number}": version},
            }
        )

    def content(self) -> bytes:
        """Its bytes."""
        return json.dumps(self.value, indent=2, ensure_ascii=False).encode() + b"\n"

    def _by_digest(self) -> dict[str, list[str]]:
        return {str(digest).lower(): paths for digest, paths in self.value["manifest"].items()}


def sidecar(digest: str) -> bytes:
    """The file that binds an inventory."""
    return f"{digest} {NAME}\n".encode()
