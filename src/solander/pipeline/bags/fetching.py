"""A bag whose ``fetch.txt`` is done: what it left out is had from where it says, as far as that was allowed.

Nothing is allowed that was not named. Nothing comes into the bag but what its manifests list, with their digests, and
nothing that is there is ever replaced.

Source: RFC 8493, sections 2.2.3 and 6.1.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from solander.errors import AddressRefused, NameTaken, NotFetched, SolanderError, SourceError, UsageError
from solander.files.arriving import arriving_file
from solander.files.folder import Folder
from solander.files.locks import locked_folder
from solander.model.bag import Bag, FetchEntry
from solander.model.ports import Told
from solander.packing.parse import parse_bag
from solander.pipeline.archive import bag_at
from solander.pipeline.bags.bagging import Watch
from solander.pipeline.clock import seconds_running

if TYPE_CHECKING:
    from solander.capturing.fetching import FetchTerms

FETCH_LIMIT_BYTES = 1024**3
"""Of all that one run fetches, if nothing else is said."""


class Fetched(NamedTuple):
    """What came of one line of ``fetch.txt``."""

    path: str
    url: str
    error: SolanderError | None = None
    """Why it was not had; ``None`` where it was."""
    size_bytes: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedBag:
    """What came of a bag's ``fetch.txt``."""

    path: Path
    files: tuple[Fetched, ...]
    """What was to be fetched, in the order of the lines."""

    already_there: int
    """Lines whose file was there before."""

    faults: tuple[str, ...] = ()
    """Lines that cannot be followed, each with what is wrong."""


def fetch_bag(
    bag: str | Path,
    *,
    allow_hosts: Sequence[str],
    allow_schemes: Sequence[str] = ("https",),
    limit_bytes: int = FETCH_LIMIT_BYTES,
    timeout_seconds: float = 3600.0,
    watch: Watch | None = None,
    told: Told | None = None,
    allow_loopback_for_tests: bool = False,
) -> FetchedBag:
    """Fetch what a bag's ``fetch.txt`` names and its payload lacks.

    Args:
        bag: its folder.
        allow_hosts: which may be asked: ``example.org``, ``*.example.org``, ``example.org:8443``. No other is.
        allow_schemes: ``https``, and ``http`` if it is named.
        limit_bytes: of all files together.
        timeout_seconds: for each file.
        watch: told of each file that is done.
        told: is told how far a file was fetched whose size is known: its path and which it is, bytes done, in all.
        allow_loopback_for_tests: whether this machine may be asked, as a test's own server needs.

    Raises:
        NotABag: it is none.
        ArchiveError: it could not be read or written.
        UsageError: a scheme is none of HTTP's, or no host is named.
    """
    terms = _terms(allow_hosts, allow_schemes, timeout_seconds, allows_loopback=allow_loopback_for_tests)
    path = Path(bag)
    bag_at(path)
    with locked_folder(path):
        read = parse_bag(Folder(path))
        there = {entry.path for entry in read.entries}
        lists = [(one.algorithm, one.path, one.digests()) for one in read.manifests]
        waiting = {one.path: one for one in read.fetch if one.path not in there}
        done: list[Fetched] = []
        left = limit_bytes
        for number, entry in enumerate(waiting.values(), 1):
            tell = None if told is None else partial(_tell, told, f"({number} of {len(waiting)})")
            try:
                size_bytes = _fetch(path, entry, _digests(entry, lists), terms, left, tell)
                left -= size_bytes
                done.append(Fetched(entry.path, entry.url, None, size_bytes))
            except (SourceError, NameTaken) as error:
                done.append(Fetched(entry.path, entry.url, error))
            if watch is not None:
                watch(entry.path, number, len(waiting))
    return FetchedBag(
        path=path,
        files=tuple(done),
        already_there=len({one.path for one in read.fetch} - waiting.keys()),
        faults=_faults(read),
    )


def _terms(
    hosts: Sequence[str], schemes: Sequence[str], timeout_seconds: float, *, allows_loopback: bool
) -> FetchTerms:
    """Whom and how it is allowed to ask.

    Raises:
        UsageError: a scheme is none of HTTP's, or no host is named.
    """
    from solander.capturing.fetching import FetchTerms

    if odd := [one for one in schemes if one not in ("http", "https")]:
        raise UsageError(f"{odd[0]!r}: only http and https can be fetched")
    if not hosts:
        raise UsageError("nothing is fetched from a host that was not named: --allow-host example.org")
    return FetchTerms(
        hosts=tuple(hosts),
        schemes=tuple(schemes),
        timeout_seconds=timeout_seconds,
        seconds_running=seconds_running,
        allows_loopback=allows_loopback,
    )


def _digests(entry: FetchEntry, lists: list[tuple[str | None, str, dict[str, str]]]) -> dict[str, str]:
    """What the file's digests must be, by algorithm.

    Raises:
        AddressRefused: a manifest does not list it, or none can be checked.
    """
    lacking = [name for _, name, digests in lists if entry.path not in digests]
    if lacking or not lists:
        raise AddressRefused(entry.url, f"{', '.join(lacking) or 'no manifest'} does not list {entry.path}")
    wanted = {algorithm: digests[entry.path].lower() for algorithm, _, digests in lists if algorithm}
    if not wanted:
        raise AddressRefused(entry.url, f"no digest of {entry.path} can be checked here")
    return wanted


def _fetch(
    bag: Path, entry: FetchEntry, wanted: Mapping[str, str], terms: FetchTerms, left: int, told: Told | None
) -> int:
    """Fetch one file; its size in bytes."""
    from solander.capturing.fetching import fetched

    size_bytes = entry.size_bytes
    if size_bytes is not None and size_bytes > left:
        raise NotFetched(entry.url, f"it has {size_bytes:,} bytes, and {left:,} of the limit are left (see --limit)")
    most = left if size_bytes is None else size_bytes
    hashers = {name: hashlib.new(name, usedforsecurity=False) for name in wanted}
    got = 0
    with fetched(entry.url, terms) as (length, pieces):
        if length is not None and (length > most or (size_bytes is not None and length != size_bytes)):
            raise NotFetched(entry.url, f"the server has {length:,} bytes of it, where {most:,} were expected at most")
        with arriving_file(bag, entry.path) as write:
            for piece in pieces:
                got += len(piece)
                if got > most:
                    raise NotFetched(entry.url, f"the server sends more than {most:,} bytes")
                for hasher in hashers.values():
                    hasher.update(piece)
                write(piece)
                if told is not None and (whole := length if size_bytes is None else size_bytes):
                    told(entry.path, got, whole)
            if size_bytes is not None and got != size_bytes:
                raise NotFetched(entry.url, f"the server sent {got:,} bytes, and {size_bytes:,} were expected")
            for name, hasher in hashers.items():
                if hasher.hexdigest() != wanted[name]:
                    raise NotFetched(entry.url, f"what the server sent has another {name} than the manifest records")
    return got


def _tell(told: Told, which: str, path: str, done: int, total: int) -> None:
    told(f"{path} {which}", done, total)


def _faults(read: Bag) -> tuple[str, ...]:
    return tuple(
        f"{fault.path}:{fault.line}: {fault.message}" + (f" ({fault.found})" if fault.found else "")
        for fault in read.faults
        if os.path.basename(fault.path) == "fetch.txt"  # noqa: PTH119 - a name within the bag
    )
