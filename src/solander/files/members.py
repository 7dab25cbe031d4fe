"""Archive files as trees: the roll of their members, and what every form has in common.

A member's name may have been written by anybody. What would land outside the one root folder is told and not listed;
no name, no number of members and no depth is taken without a bound.

Source: RFC 8493, section 4 (one root folder) and 5.1.1 (paths that lead elsewhere).
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Generic, TypeVar

from solander.errors import ArchiveError
from solander.files.descent import DEPTH_LIMIT, open_regular, why, written
from solander.files.telling import Telling
from solander.model.ports import Entry, Hashed, Wanted
from solander.model.serialised import MemberFault, Serialisation

ENTRIES_LIMIT = 2_000_000
"""Members, and the folders that their names imply; an archive file with more is read so far."""

NAME_LIMIT_CHARACTERS = 16 * 1024
NAMES_LIMIT_CHARACTERS = 256 * 1024 * 1024
"""Of one member's name, and of all together: a compressed archive file may hold names without end."""

DECODED_LIMIT_BYTES = 256 * 1024 * 1024
DECODED_LIMIT_RATIO = 200
"""An archive file may decode to 200 times its own size, or to 256 MiB if that is more; no byte beyond is decoded."""

FAULTS_LIMIT = 1000
"""Of one kind; how many more there were is said."""

_ELSEWHERE = re.compile(r"/|[A-Za-z]:")

Where = TypeVar("Where", bound=tuple[Any, ...])
"""What a form must know to find a member's bytes."""


class MembersExceeded(Exception):
    """A bound is passed; what was read so far stands."""


class Broken(Exception):
    """The archive file cannot be read beyond this point; ``str()`` says why."""


def decoded_limit(size_bytes: int) -> int:
    """How many bytes an archive file of this size may decode to."""
    return max(DECODED_LIMIT_BYTES, DECODED_LIMIT_RATIO * size_bytes)


class Roll(Generic[Where]):
    """The members of an archive file by their names from its top, and what was wrong with them."""

    def __init__(self) -> None:
        self.members: dict[str, tuple[str, int, Where | None]] = {}
        """Of all but folders: kind, size in bytes, and where it lies."""
        self.folders: set[str] = set()
        """Folders that stand in it or that a name implies."""
        self.root: str | None = None
        self._tops: dict[str, None] = {}
        self._characters = 0
        self._faults: dict[MemberFault, None] = {}
        self._told: Counter[str] = Counter()

    def add(self, name: str, kind: str, size_bytes: int, where: Where | None) -> str | None:
        """Enter a member; its name from the archive's top, or ``None`` where it is not listed.

        Args:
            name: as the archive file has it.
            kind: as ``model.ports.Entry`` has it, or what else it is in words.
            size_bytes: as declared.
            where: its bytes.

        Raises:
            MembersExceeded: there are too many.
        """
        if len(name) > NAME_LIMIT_CHARACTERS:
            what = f"the name of a member is longer than {NAME_LIMIT_CHARACTERS:,} characters: {name[:80]}"
            self.fault("serialised-bound-exceeded", "", f"{what}; it is not listed")
            return None
        reason = _leads_elsewhere(name)
        if reason:
            self.fault("serialised-member-outside", "", f"{name[:160]}: {reason}; it was not read")
            return None
        parts = [part for part in name.split("/") if part not in ("", ".")]
        if not parts:
            if kind != "folder":
                self.fault("serialised-member-irregular", "", "a member has no name; it was not read")
            return None
        self._tops.setdefault(parts[0])
        path = "/".join(parts)
        if len(parts) > DEPTH_LIMIT + 1:
            what = f"it lies more than {DEPTH_LIMIT:,} folders deep; it is not listed"
            self.fault("serialised-bound-exceeded", "", f"{path[:80]}: {what}")
            return None
        self._characters += len(path)
        if kind == "folder":
            if path in self.members:
                self._repeated(path)
                return None
            self._imply(path)
            return path
        if path in self.members or path in self.folders or not self._imply(path.rpartition("/")[0]):
            self._repeated(path)
            return None
        if kind not in ("file", "symlink", "special"):
            self.fault("serialised-member-irregular", path, f"it is {kind}; it was not read")
            return None
        self.members[path] = (kind, size_bytes, where)
        if len(self.members) + len(self.folders) > ENTRIES_LIMIT:
            raise MembersExceeded(f"it has more than {ENTRIES_LIMIT:,} members and folders")
        return path

    def _imply(self, folder: str) -> bool:
        """List a folder and all above it; whether none of them is a file."""
        while folder and folder not in self.folders:
            if folder in self.members:
                return False
            self.folders.add(folder)
            self._characters += len(folder)
            if self._characters > NAMES_LIMIT_CHARACTERS or len(self.folders) > ENTRIES_LIMIT:
                raise MembersExceeded("the names of its members and folders are too many, or too long together")
            folder = folder.rpartition("/")[0]
        return True

    def _repeated(self, path: str) -> None:
        what = "the archive file has two members of this name; the first was read"
        self.fault("serialised-member-repeated", path, what)

    def fault(self, kind: str, path: str, message: str, expected: str | None = None, found: str | None = None) -> None:
        """Note a fault of a member, by its name from the archive's top, or of the whole file (``""``)."""
        one = MemberFault(kind, path, message, expected, found)
        if one not in self._faults:
            self._told[kind] += 1
            if self._told[kind] <= FAULTS_LIMIT:
                self._faults[one] = None

    def settle(self) -> None:
        """Find the one root folder, once all members are entered."""
        single = [top for top in self._tops if top not in self.members]
        if len(self._tops) == len(single) == 1:
            self.root = single[0]
            return
        if not self._tops:
            if not self._faults:  # what could not be read may have folders
                self.fault("serialised-root-not-one", "", "there is no folder in it")
            return
        with_mark = [top for top in single if f"{top}/bagit.txt" in self.members]
        self.root = "" if "bagit.txt" in self.members else (with_mark or single or [""])[0]
        tops = [top if top in single else f"{top} (no folder)" for top in sorted(self._tops)]
        more = f" and {len(tops) - 10} more" if len(tops) > 10 else ""
        judged = f"; {self.root} was read" if self.root else "; it was read as if they stood in one folder"
        what = f"it does not have exactly one root folder{judged}"
        self.fault("serialised-root-not-one", "", what, None, ", ".join(tops[:10]) + more)

    def inside(self, path: str) -> str:
        """A path within the root folder, from the archive's top."""
        return f"{self.root}/{path}" if self.root else path

    def faults(self) -> Iterator[MemberFault]:
        """Every fault, its place as it is seen from the root folder."""
        prefix = f"{self.root}/" if self.root else ""
        for one in self._faults:
            inner = one.path.removeprefix(prefix) if one.path.startswith(prefix) else ""
            outer = f"{one.path}: " if one.path and not inner else ""
            yield one._replace(path=inner or ".", message=outer + one.message)
        for kind, number in self._told.items():
            if number > FAULTS_LIMIT:
                yield MemberFault(kind, ".", f"and {number - FAULTS_LIMIT:,} more of this kind, not told one by one")

    def entries(self) -> Iterator[Entry]:
        """Every name below the root folder."""
        prefix = f"{self.root}/" if self.root else ""
        for path in self.folders:
            if path.startswith(prefix):
                yield Entry(path[len(prefix) :], "folder")
        for path, (kind, size_bytes, _) in self.members.items():
            if path.startswith(prefix):
                yield Entry(path[len(prefix) :], kind, size_bytes if kind == "file" else 0)


class SerialisedTree(ABC, Generic[Where]):
    """The root folder of an archive file, read as it stands; keeps ``model.ports.Tree``.

    Names are read once, when they are first asked for. No member is written anywhere.
    """

    form: str
    """As ``model.serialised.Serialisation`` has it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.telling = Telling()
        self._read_roll: Roll[Where] | None = None
        self._stamp: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """The path as given."""
        return str(self.path)

    def faults_so_far(self) -> tuple[MemberFault, ...]:
        """What was met until now; raises what ``serialisation`` does."""
        return tuple(self._roll().faults())

    def serialisation(self) -> Serialisation:
        """What was met; what shows only in a member's bytes, once they were read: to be asked last.

        Raises:
            ArchiveError: the archive file could not be opened.
        """
        faults = self.faults_so_far()
        root = None if any(one.kind == "serialised-root-not-one" for one in faults) else self._roll().root or None
        return Serialisation(file_name=self.path.name, form=self.form, root=root, faults=faults)

    def entries(self) -> Iterator[Entry]:
        """Every name below the root folder, and every folder that a name implies; raises as ``serialisation`` does."""
        yield from self._roll().entries()

    def chunks(self, path: str) -> Iterator[bytes]:
        """The bytes of a member, in pieces.

        Raises:
            ArchiveError: it is no file, or could not be read as it was written.
        """
        kind, size_bytes, where = self._member(path)
        if kind != "file" or where is None:
            raise ArchiveError(self._place(path), "it is a symbolic link" if kind == "symlink" else "it is no file")
        with self._opened() as file:
            yield from self._chunks(file, self._roll().inside(path), size_bytes, where)

    def contents(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Every file and its bytes, which are to be read before the next is asked for: one pass, where that counts."""
        yield from ((one.path, self.chunks(one.path)) for one in self.entries() if one.kind == "file")

    def hashed(self, wanted: Sequence[Wanted]) -> Iterator[Hashed]:
        """The digests of members, each read once, in the order in which they lie.

        Raises:
            ArchiveError: the archive file could not be opened, or has changed.
        """
        members = self._roll()
        asked: list[tuple[Wanted, str, int, Where]] = []
        for one in wanted:
            try:
                kind, size_bytes, where = self._member(one.path)
            except ArchiveError as error:
                yield Hashed(one.path, (), error.what)
                continue
            if kind != "file" or where is None:
                yield Hashed(one.path, (), "it is no file")
            elif size_bytes != one.size_bytes:
                yield Hashed(one.path, (), "it changed while it was read")
            else:
                asked.append((one, members.inside(one.path), size_bytes, where))
        asked.sort(key=lambda one: one[3])
        self.telling.begin(sum(size_bytes for _, _, size_bytes, _ in asked))
        with self._opened() as file:
            yield from self._hashed(file, asked)

    def read(self, path: str, limit_bytes: int) -> bytes:
        """The whole of a small member.

        Raises:
            ArchiveError: it is no file, is larger than ``limit_bytes``, or could not be read.
        """
        _, size_bytes, _ = self._member(path)
        if size_bytes > limit_bytes:
            raise ArchiveError(self._place(path), f"larger than the limit of {limit_bytes:,} bytes")
        return b"".join(self.chunks(path))

    @abstractmethod
    def _enter(self, file: int, size_bytes: int, roll: Roll[Where]) -> None:
        """Enter every member of an open archive file.

        Raises:
            Broken: it cannot be read beyond some point.
            MembersExceeded: a bound is passed.
        """

    @abstractmethod
    def _chunks(self, file: int, path: str, size_bytes: int, where: Where) -> Iterator[bytes]:
        """The bytes of one member."""

    @abstractmethod
    def _hashed(self, file: int, asked: list[tuple[Wanted, str, int, Where]]) -> Iterator[Hashed]:
        """The digests of members, in the order in which they lie."""

    def _roll(self) -> Roll[Where]:
        if self._read_roll is None:
            roll: Roll[Where] = Roll()
            with self._opened() as file:
                try:
                    self._enter(file, os.fstat(file).st_size, roll)
                except Broken as error:
                    roll.fault("serialised-unreadable", "", str(error))
                except MembersExceeded as error:
                    roll.fault("serialised-bound-exceeded", "", f"{error}; it was not read further")
            roll.settle()
            self._read_roll = roll
        return self._read_roll

    def _member(self, path: str) -> tuple[str, int, Where | None]:
        roll = self._roll()
        inside = roll.inside(path)
        if inside in roll.members:
            return roll.members[inside]
        what = "it is a folder" if inside in roll.folders else "there is no such member"
        raise ArchiveError(self._place(path), what)

    def _place(self, path: str) -> Path:
        return self.path / written(path)

    @contextmanager
    def _opened(self) -> Iterator[int]:
        """The open archive file; it must be the one whose names were read, and stay so."""
        try:
            file = open_regular(self.path, None)
        except OSError as error:
            raise ArchiveError(self.path, why(error)) from error
        try:
            status = os.fstat(file)
            stamp = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
            self._stamp = self._stamp or stamp
            if stamp != self._stamp:
                raise ArchiveError(self.path, "it changed while it was read; try again when nothing writes to it")
            yield file
        except OSError as error:
            raise ArchiveError(self.path, why(error)) from error
        finally:
            os.close(file)


def _leads_elsewhere(name: str) -> str | None:
    if "\0" in name:
        return "its name holds a NUL"
    if "\\" in name:
        return "its name holds a backslash, which parts folders on some systems"
    if _ELSEWHERE.match(name):
        return "its name is absolute"
    return "its name climbs with .." if ".." in name.split("/") else None
