"""Every exception that Solander raises on purpose, one tree.

A fault in the *material* is a finding (``model.finding``), collected and never raised. An exception means that
Solander itself could not do its work; it carries fields, says what was tried and what to do next::

    SolanderError
    ├── UsageError              the command line is wrong, or asks for what cannot be done              exit 2
    ├── SourceError             a page could not be read                            exit 3
    │   ├── SourceMissing           nothing is there
    │   ├── SourceEmpty             it holds no byte, or none that says anything
    │   ├── SourceTooLarge          it passes a bound (size, decoded size, time)
    │   ├── PageTooCostly           reading it would take minutes, or all memory
    │   ├── NotAPage                its bytes are no page: a PDF, an image, an archive
    │   ├── SourceUnreadable        the system refused, or it is no regular file
    │   ├── PayloadRefused          files that no bag can hold as they are, all of them
    │   ├── AddressRefused          an address that may not be asked                exit 1
    │   └── NotFetched              what an address gave is not what was wanted, or it gave nothing
    ├── ArchiveError            the archive or a bag could not be written or read    exit 3
    │   ├── ArchiveUnwritable       no permission, full disk, read-only
    │   ├── NameTaken               something else stands where the bag should
    │   ├── OutputInsideSource      the bag would land inside what is packed         exit 2
    │   └── NotABag                 a bag was asked for and there is none
    ├── DepositError            a bag was not deposited, or not to its end           exit 4
    │   ├── DepositRejected         the repository said no
    │   ├── DepositDiffers          the repository has other bytes than were sent
    │   ├── DepositHeld             our own rules keep it back                         exit 1
    │   ├── TargetUnreachable       it did not answer, or could not be reached         exit 3
    │   └── AnswerLost              it may have acted; nobody knows yet                exit 3
    └── ProfileError            solander.toml or a schema could not be used          exit 2

A programming mistake stays a ``TypeError`` or ``ValueError``.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from solander.model.finding import Report


_FOR_PROGRAMMERS = re.compile(r"\[Errno (?:-?[0-9]+|None)\] |bytearray\(b(?=')|(?<=')\)")


def plain_words(said: str) -> str:
    """What a library says of an error, in one line, without what only programmers read."""
    return _FOR_PROGRAMMERS.sub("", " ".join(said.split()))


class SolanderError(Exception):
    """The root: ``str()`` is one line for a person; ``exit_status`` is the status of the command line."""

    exit_status: ClassVar[int] = 70


class UsageError(SolanderError):
    """The request itself cannot be carried out: options that contradict, a moment that is none."""

    exit_status = 2


class SourceError(SolanderError):
    """A page could not be read; ``place`` is what the user named (a path, ``-`` for standard input)."""

    exit_status = 3

    def __init__(self, place: str, what: str) -> None:
        super().__init__(f"{place}: {what}")
        self.place, self.what = place, what

    def retold(self, place: str, what: str) -> Self:
        """The same error, told of another place or in other words."""
        self.place, self.what, self.args = place, what, (f"{place}: {what}",)
        return self


class SourceMissing(SourceError):
    """Nothing stands at the place that was named."""

    def __init__(self, place: str, remedy: str = "") -> None:
        super().__init__(place, f"there is no such file{remedy}")


class SourceEmpty(SourceError):
    """The source holds no byte, or only white space and NUL bytes (``is_blank``)."""

    def __init__(self, place: str, *, is_blank: bool = False, whose: str = "the file") -> None:
        what = f"{'holds only white space or NUL bytes' if is_blank else 'is empty'}: there is no page in it"
        super().__init__(place, f"{whose} {what}")
        if place == "-":
            self.what = f"standard input {what}"
            self.args = (self.what,)


class SourceTooLarge(SourceError):
    """The source passes a bound; ``limit_bytes`` is that bound."""

    def __init__(self, place: str, limit_bytes: int) -> None:
        super().__init__(place, f"larger than the limit of {limit_bytes:,} bytes (see --max-size)")
        self.limit_bytes = limit_bytes


class PageTooCostly(SourceError):
    """The page's markup passes a bound: reading it would take minutes, or all memory; ``what`` names the bound."""


class NotAPage(SourceError):
    """The bytes are of another kind than a page; ``found`` names the kind, ``remedy`` what to do about it."""

    def __init__(self, place: str, found: str, remedy: str = "") -> None:
        what = f"this is {found}, not an HTML page or plain text"
        super().__init__(place, f"{what}; {remedy}" if remedy else what)
        self.found, self.remedy = found, remedy


class SourceUnreadable(SourceError):
    """The system refused to read the source, or it is a device, a socket or a pipe without an end."""


class PayloadRefused(SourceError):
    """Files that a bag cannot hold as they are: ``faults`` has each with its reason, ``remedy`` what to do."""

    def __init__(self, place: str, faults: tuple[tuple[str, str], ...], remedy: str = "") -> None:
        (path, why), more = faults[0], len(faults) - 1
        what = f"{path}: {why}" + (f" (and {more:,} more)" if more else "")
        super().__init__(place, f"{what}; {remedy}" if remedy else what)
        self.faults, self.remedy = faults, remedy


class AddressRefused(SourceError):
    """An address was not asked: its scheme or host is not allowed, or it leads to a private network."""

    exit_status = 1


class NotFetched(SourceError):
    """An address was asked in vain: it gave nothing in time, too much, or something else than was wanted."""


class ArchiveError(SolanderError):
    """The archive or a bag in it could not be written or read."""

    exit_status = 3

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path, self.what = path, what


class ArchiveUnwritable(ArchiveError):
    """The system refused to write: permission, space, a read-only file system."""


class NameTaken(ArchiveError):
    """Something that is not this object's bag stands where the bag should."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "something else has this name; move it away, or choose another name or place")


class OutputInsideSource(ArchiveError):
    """A place that cannot be meant: the bag, or what comes out of one, would be written into what is read for it."""

    exit_status = 2

    def __init__(self, path: Path, source: Path) -> None:
        where = "this is what is read" if path == source else f"it lies in {source}, which is read"
        super().__init__(path, f"{where}, and nothing is written into that; choose another --into")
        self.source = source


class NotABag(ArchiveError):
    """A bag was asked for, and the folder holds no ``bagit.txt``; ``more`` ends the line, and tells what to do next."""

    def __init__(self, path: Path, more: str = "; see: solander explain BAG001") -> None:
        super().__init__(path, f"this is no bag: it has no bagit.txt{more}")


class ProfileError(SolanderError):
    """``solander.toml`` or a schema that it names could not be used."""

    exit_status = 2

    def __init__(self, path: Path, what: str) -> None:
        super().__init__(f"{path}: {what}")
        self.path, self.what = path, what


class DepositError(SolanderError):
    """A bag was not deposited, or not to its end; ``target`` is the place as it was written."""

    exit_status = 4

    def __init__(self, target: str, what: str) -> None:
        super().__init__(f"{target}: {what}")
        self.target, self.what = target, what


class DepositRejected(DepositError):
    """The repository said no; ``status`` is HTTP's, ``None`` where another protocol is spoken."""

    def __init__(self, target: str, what: str, status: int | None = None) -> None:
        super().__init__(target, what)
        self.status = status


class DepositDiffers(DepositError):
    """The repository has other bytes than were sent: nothing was published."""

    def __init__(self, target: str, name: str, algorithm: str, ours: str, theirs: str) -> None:
        what = f"{name}: what is there is not what was sent ({algorithm} {ours} here, {theirs} there)"
        super().__init__(target, f"{what}; nothing was published")
        self.name, self.algorithm, self.ours, self.theirs = name, algorithm, ours, theirs


class DepositHeld(DepositError):
    """Our own rules keep a bag back; ``report`` says why."""

    exit_status = 1

    def __init__(self, target: str, what: str, report: Report) -> None:
        super().__init__(target, what)
        self.report = report


class TargetUnreachable(DepositError):
    """The place did not answer, or could not be reached; nothing was changed there by the last step."""

    exit_status = 3


class AnswerLost(DepositError):
    """A step was sent and its answer never came: the place may have acted, or may not."""

    exit_status = 3
