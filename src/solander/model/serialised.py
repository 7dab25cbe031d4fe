"""A tree of files within one archive file: what was met while its members were read.

Nothing here is judged: ``checking.bag_serialised`` says which of the facts is an error.

Source: RFC 8493, section 4 (serialization).
"""

from __future__ import annotations

from typing import NamedTuple

SERIALISED_ENDINGS = (".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz")
"""What the names of archive files end in; what one is, its bytes say."""

SKIPPABLE_FRAMES = tuple(bytes((0x50 + number, 0x2A, 0x4D, 0x18)) for number in range(16))
"""What frames begin with that a reader of Zstandard or LZ4 passes over; a file may begin with one (RFC 8878, 3.1.2)."""

INNER_MARK = "!/"
"""Stands between an archive file and a path within it: ``bag.zip!/data/page.html``."""

NO_END = "it ends without the blocks of zeros that end a tar file"
"""What is told of a tar file that may have been cut off between two members."""


class MemberFault(NamedTuple):
    """A fault of an archive file or of one of its members, met while it was read."""

    kind: str
    """The name of the BAG rule that reports it: ``serialised-member-outside``."""
    path: str
    """Within the bag; ``.`` for the archive file as a whole, and for a member outside the bag."""
    message: str
    expected: str | None = None
    found: str | None = None


class Serialisation(NamedTuple):
    """What an archive file is, and what was wrong with it as far as it was read."""

    file_name: str
    """The archive file's own name, without folders."""

    form: str
    """``zip``, ``tar``, ``tar.gz``, ``tar.bz2`` or ``tar.xz``: told from the bytes."""

    root: str | None
    """The name of the one root folder; ``None`` where there is not exactly one."""

    faults: tuple[MemberFault, ...] = ()
    """Each once, in the order in which they were met."""

    @property
    def named_root(self) -> str:
        """The root folder that the file's name promises: ``mybag`` of ``mybag.tar.gz`` (RFC 8493, 4)."""
        lowered = self.file_name.lower()
        endings = sorted(SERIALISED_ENDINGS, key=len, reverse=True)
        ending = next((one for one in endings if lowered.endswith(one)), "")
        return self.file_name[: len(self.file_name) - len(ending)]
