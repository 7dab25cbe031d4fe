"""What another program thinks of a bag: its verdict, as a value that ``checking`` holds against our own."""

from __future__ import annotations

from typing import NamedTuple

VALID, INVALID = "valid", "invalid"


class Opinion(NamedTuple):
    """The verdict of another program on a bag."""

    judge: str
    """The program's name: ``bagit``."""

    version: str
    """The program's; empty where it could not be asked."""

    sha256: str
    """Of the program's source, so that the judgement can be repeated; empty where it could not be asked."""

    verdict: str | None
    """``VALID`` or ``INVALID``; ``None`` where it came to none: it crashed, or did not end in time."""

    reason: str = ""
    """Why, in its own words or, where it came to no verdict, in ours; any text, for it may quote the bag."""

    @property
    def name(self) -> str:
        """The program with its version: ``bagit 1.9.0``."""
        return f"{self.judge} {self.version}".rstrip()
