"""A deposit: what is sent to a repository, on which terms, and what the repository has of it.

Source: docs/design.md, section 3 (``Receipt``); docs/deposit.md; docs/format.md, "Deposits".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from solander.model.description import Description
from solander.model.provenance import Agent

LOG_NAME = "deposit-log.jsonl"
"""The journal beside an archive's bags, in which every step of every deposit is recorded."""

OPEN, RESTRICTED, EMBARGOED, CLOSED = ACCESSES = ("open", "restricted", "embargoed", "closed")
"""Who may read the files: everybody; whom the repository lets; everybody from a day on; nobody but the depositor."""

DRAFT, SUBMITTED, PUBLISHED, STORED = STATES = ("draft", "submitted", "published", "stored")
"""What a record is: seen by its depositor alone; with the repository's people, who decide; public, and for good; or
kept in a storage that knows no such difference."""

CHECKSUM_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
"""What is reckoned of everything that is sent: each is what some repository answers with."""

FORMS = ("zip", "tar", "files")
"""How a bag is sent: as one archive file, or file by file."""


class Access(NamedTuple):
    """Who may read what is deposited."""

    policy: str
    """One of ``ACCESSES``."""
    until: date | None = None
    """The last day of an embargo."""


class Parcel(NamedTuple):
    """One file on its way to a repository."""

    name: str
    """What it is called there; with forward slashes where a bag is sent file by file."""
    media_type: str
    size_bytes: int
    checksums: tuple[tuple[str, str], ...]
    """Algorithm and small hexadecimal digits, of each of ``CHECKSUM_ALGORITHMS``."""
    chunks: Callable[[], Iterator[bytes]]
    """Gives its bytes from the first on, in pieces, as often as it is asked."""

    def checksum(self, algorithm: str) -> str | None:
        """What the file's checksum by an algorithm is; ``None`` if it was not reckoned."""
        return dict(self.checksums).get(algorithm)


class Gap(NamedTuple):
    """What a repository asks for and nothing tells."""

    field: str
    """The repository's own name for it: ``metadata.creators``."""
    what: str
    """In words: what is wanted, or what is wrong with what there is."""
    remedy: str
    """The option that fills it: ``--creator "Family name, Given name"``."""


class RemoteFile(NamedTuple):
    """A file as a repository has it."""

    name: str
    size_bytes: int | None
    """``None`` where the repository does not say."""
    checksums: tuple[tuple[str, str], ...] = ()
    """What the repository itself reckoned: algorithm, small hexadecimal digits."""
    complete: bool = True
    """``False`` for one whose sending broke off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a repository has of an object, as far as it told."""

    name: str
    """By what the repository knows it: a number, a key, an address."""
    state: str
    """One of ``STATES``."""
    url: str | None = None
    """Where a person finds it."""
    reserved: tuple[tuple[str, str], ...] = ()
    """Identifiers that the repository gave or keeps for it: scheme (``doi``) and value."""
    bag_digest: str | None = None
    """The digest of the bag that it says it holds (``sha512:…``, of the tag manifest); ``None`` while it says none."""
    files: tuple[RemoteFile, ...] = ()
    linkset: str | None = None
    """Where links for machines are (RFC 9264), for others to find its files and descriptions; ``None``: nowhere."""
    tells_files: bool = True
    """Whether the repository tells of a record's files at all; some check them when they come, and say no more."""

    def file(self, name: str) -> RemoteFile | None:
        """Its file of that name; ``None`` if it has none."""
        return next((one for one in self.files if one.name == name), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """One bag made ready for one repository."""

    identifier: str
    """``External-Identifier``: the object's name through all its versions, in every record from the first moment."""
    version: int
    """``Bag-Version``."""
    bag: str
    """The name of the bag's folder."""
    bag_digest: str
    """``sha512:…``, of the tag manifest: it binds every byte of the bag."""
    description: Description
    uri: str | None
    """Where the page was."""
    captured_at: datetime | None
    packed_on: date | None
    """``Bagging-Date``."""
    organization: str | None
    """``Source-Organization``."""
    access: Access
    parcels: tuple[Parcel, ...] = ()
    """What is sent; empty until it was packaged."""
    settings: tuple[tuple[str, str], ...] = ()
    """What only this repository asks for: a community, a collection; by name."""
    metadata: object = None
    """What is said of it, in the form that the target wants; ``None`` where it wants none."""

    def setting(self, name: str) -> str | None:
        """A setting of this repository; ``None`` if it was not given."""
        return dict(self.settings).get(name)

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.description.first("title") or f"Web page {self.uri or self.identifier}"


class Compared(NamedTuple):
    """A file whose arrival was checked."""

    name: str
    size_bytes: int
    checksums: tuple[tuple[str, str], ...]
    """Ours, for ever: algorithm, digits."""
    by: str
    """``server``, which reckoned one of them itself, or ``readback``: it was read again and reckoned here."""
    algorithm: str
    """By which the two were compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a deposit, about to be taken or done: a line of the journal."""

    target: str
    """As it is written."""
    identifier: str
    """``External-Identifier``."""
    version: int
    bag: str
    bag_digest: str
    at: datetime
    """Aware, UTC, whole seconds."""
    step: str
    """``beginning`` and ``begun``, ``sending`` and ``sent`` … before and after; ``done``; ``refused``."""
    record: str | None = None
    """By what the repository knows the record; ``None`` while there is none."""
    facts: tuple[tuple[str, str], ...] = ()
    """What else is known, by name: ``file``, ``doi``."""
    agent: Agent


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What was deposited, where, and what the repository answered: the bag's digest is kept outside it by this."""

    target: str
    """As it is written: ``zenodo-sandbox:``, ``ocfl:/srv/root``."""
    identifier: str
    """``External-Identifier``."""
    version: int
    bag: str
    bag_digest: str
    record: str
    """By what the repository knows it."""
    url: str | None
    linkset: str | None = None
    """Where its links for machines are (RFC 9264); ``None`` where nothing is known of any."""
    state: str
    identifiers: tuple[tuple[str, str], ...]
    """Scheme and value: those that the repository gave."""
    access: Access
    at: datetime
    """When the last step was done: aware, UTC, whole seconds."""
    files: tuple[Compared, ...]
    agent: Agent
