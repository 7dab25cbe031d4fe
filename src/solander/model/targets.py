"""A target's promise: how any place to which bags are sent is asked, step by step.

Every target keeps it, a folder as well as a repository, so that one course (``depositing.course``) serves all of them
and the same contract tests judge them.

Source: docs/deposit.md, "What happens, in order"; CONTRIBUTING.md, "A deposit target".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from solander.model.deposit import Consignment, Gap, Parcel, Record, RemoteFile


class Target(Protocol):
    """A place that takes deposits.

    Writes (``begin``, ``begin_version``, ``reserve``, ``send``, ``complete``, ``publish``) are sent once. They raise
    ``AnswerLost`` where nobody knows whether the other side acted, ``DepositRejected`` where it said no, and
    ``TargetUnreachable`` where it was certainly not reached. Reads may be repeated by the target itself.
    """

    @property
    def name(self) -> str:
        """As it was written, without any secret: ``s3:bucket/prefix``."""
        ...

    @property
    def form(self) -> str:
        """The form in which it wants a bag, if nobody says otherwise: one of ``FORMS``."""
        ...

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms that it can take."""
        ...

    @property
    def takes_beside(self) -> bool:
        """Whether it takes files beside the one that holds the bag: the TEI and the Dublin Core."""
        ...

    @property
    def metadata_form(self) -> str | None:
        """The crosswalk that makes its metadata (``invenio``); ``None`` where it wants none."""
        ...

    @property
    def bag_profile(self) -> str | None:
        """The BagIt profile in whose form it wants a bag, by name (``aptrust``); ``None``: as the bag is."""
        ...

    @property
    def at_once(self) -> int:
        """How many deposits it takes at the same time, each by a target of its own; a repository wants them in turn."""
        ...

    @property
    def publishes(self) -> bool:
        """Whether it knows drafts and a public: a storage does not, and what it has is ``stored``."""
        ...

    @property
    def holds_back(self) -> bool:
        """Whether it keeps files from those for whom they are not, as their access says; no storage does."""
        ...

    @property
    def finds_late(self) -> bool:
        """Whether a search finds what was just made only after a while, as a repository's catalogue does."""
        ...

    @property
    def reserves(self) -> bool:
        """Whether it keeps an identifier for a record before that is public."""
        ...

    def gaps(self, consignment: Consignment) -> Iterator[Gap]:
        """What it asks for and the consignment does not tell; nothing is sent."""
        ...

    def find(self, consignment: Consignment) -> tuple[Record, ...]:
        """Records of the object that are there already, by its ``External-Identifier``, the newest first."""
        ...

    def look(self, name: str) -> Record | None:
        """A record as it is now; ``None`` if there is none of that name."""
        ...

    def begin(self, consignment: Consignment) -> Record:
        """Make a draft that bears the object's identifier from its first moment."""
        ...

    def begin_version(self, record: Record, consignment: Consignment) -> Record:
        """Make a draft of the next version of a record that is public, without the files of the version before."""
        ...

    def reserve(self, record: Record) -> Record:
        """Have an identifier kept for the record; one that is kept already stays."""
        ...

    def send(self, record: Record, parcel: Parcel) -> RemoteFile:
        """Send one file, from its first byte, over what a sending that broke off left there."""
        ...

    def read_back(self, record: Record, name: str) -> Iterator[bytes]:
        """The bytes of a file as they are there, in pieces."""
        ...

    def complete(self, record: Record, consignment: Consignment) -> Record:
        """Give the record all it says, with the bag's digest; files that do not belong to it go."""
        ...

    def publish(self, record: Record, consignment: Consignment) -> Record:
        """Make the record public, or hand it to those who decide."""
        ...

    def discard(self, record: Record) -> None:
        """Remove a draft; one that is gone already is no fault."""
        ...

    def close(self) -> None:
        """End connections."""
        ...
