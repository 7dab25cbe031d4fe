"""Manifests: the lines that bind a digest to a path, kept in columns.

A manifest may have a million lines. As a value of its own each would take half a kilobyte; in columns it takes its
path, the bytes of its digest and a number.

Source: RFC 8493, sections 2.1.3 (payload) and 2.2.1 (tag).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class ManifestEntry(NamedTuple):
    """One line of a manifest: a path and the digest that binds it."""

    path: str
    """Relative to the bag, decoded; ``./`` and doubled slashes resolved where the line had them."""
    digest: str
    """Hexadecimal digits; small letters, for both mean the same (RFC 8493, 2.4)."""
    line: int


class ManifestEntries:
    """The lines of a manifest that could be read, in order, repeats and all; each is made when it is asked for.

    Rows are counted from 0; they are not lines, for some lines hold no entry. Nothing is added once a manifest has it.
    """

    __slots__ = ("_digest_bytes", "_digests", "_lines", "_odd", "paths")

    def __init__(self, digest_digits: int | None = None) -> None:
        """``digest_digits`` of every digest; ``None`` where the algorithm is not known, and they may differ."""
        self.paths: list[str] = []
        """The paths, by row."""
        self._lines = array("I")
        self._digest_bytes = (digest_digits or 0) // 2
        self._digests = bytearray()
        self._odd: list[str] = []

    @classmethod
    def of(cls, entries: Iterable[ManifestEntry]) -> ManifestEntries:
        """Make them of single entries."""
        made = cls()
        for entry in entries:
            made.add(*entry)
        return made

    def add(self, path: str, digest: str, line: int) -> None:
        """Add an entry at the end; ``digest`` has as many digits as was said of all.

        Raises:
            ValueError: it has not, or these are no digits.
        """
        if self._digest_bytes:
            content = bytes.fromhex(digest)
            if len(content) != self._digest_bytes:
                raise ValueError(f"a digest of {self._digest_bytes} bytes is wanted, not of {len(content)}")
            self._digests += content
        else:
            self._odd.append(digest.lower())
        self.paths.append(path)
        self._lines.append(line)

    def extend(self, paths: Iterable[str], digests: bytes, lines: Iterable[int]) -> None:
        """Add many at once, with the bytes of their digests one after the other.

        Args:
            paths: as the bag has them, unescaped.
            digests: as many bytes for each path as the algorithm's digest has; nothing looks whether they are.
            lines: of the manifest, from 1; one for each path.
        """
        self.paths.extend(paths)
        self._digests += digests
        self._lines.extend(lines)

    def digest(self, row: int) -> str:
        """The digest of a row."""
        if not self._digest_bytes:
            return self._odd[row]
        start = row * self._digest_bytes
        return self._digests[start : start + self._digest_bytes].hex()

    def has(self, row: int, digest: bytes) -> bool:
        """Whether a row has a digest, given as bytes."""
        start = row * self._digest_bytes
        return self._digests[start : start + self._digest_bytes] == digest

    def __getitem__(self, row: int) -> ManifestEntry:
        return ManifestEntry(self.paths[row], self.digest(row), self._lines[row])

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[ManifestEntry]:
        return map(self.__getitem__, range(len(self.paths)))


class Manifest(NamedTuple):
    """A payload or tag manifest."""

    path: str
    """The file's own name: ``manifest-sha512.txt``."""

    algorithm: str | None
    """The name as ``hashlib`` writes it; ``None`` where Solander knows none of that name."""

    algorithm_written: str
    """The name as it stands in the file's name."""

    entries: ManifestEntries
    """Lines that could be read, in order, repeats and all."""

    is_tag_manifest: bool = False

    def digests(self) -> dict[str, str]:
        """Digests by path; of a path that is listed more than once, the first. For small manifests."""
        digests: dict[str, str] = {}
        for path, digest, _ in self.entries:
            digests.setdefault(path, digest)
        return digests
